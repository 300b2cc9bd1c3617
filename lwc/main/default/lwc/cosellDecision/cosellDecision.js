/**
 * The answer to a referral that came in: accept, or decline with a reason, and until when. Tells what the seller decided; must not know
 * how it is sent.
 */
import { LightningElement, api } from 'lwc';
import { LABELS, REASON_LABELS } from 'c/cosellLabels';
import { date, daysBetween, fill, inDays, today } from 'c/cosellFormat';

export default class CosellDecision extends LightningElement {
    labels = LABELS;
    reasons = Object.entries(REASON_LABELS).map(([value, label]) => ({ value, label }));
    declining = false;
    reason = '';
    goTo;

    /** Until when the answer is due, a moment; blank where nobody said. */
    @api due;
    @api readOnly = false;
    @api busy = false;

    get dueBy() {
        return this.due ? fill(LABELS.decideBy, date(today(new Date(this.due))), inDays(daysBetween(new Date(), this.due))) : '';
    }

    get canDecide() {
        return !this.readOnly;
    }

    renderedCallback() {
        if (this.goTo) {
            this.template.querySelector(this.goTo)?.focus();
            this.goTo = undefined;
        }
    }

    handleAccept() {
        this.decide({ decision: 'accept' });
    }

    handleDecline() {
        this.declining = true;
        this.goTo = 'lightning-combobox';
    }

    handleCancel() {
        this.declining = false;
        this.reason = '';
        this.goTo = '[data-decline]';
    }

    handleReason(event) {
        this.reason = event.detail.value;
        // A complaint that went only with the focus would move the buttons away under the click that takes it.
        event.target.reportValidity();
    }

    handleConfirm() {
        const list = this.template.querySelector('lightning-combobox');
        if (list.reportValidity()) {
            this.decide({ decision: 'decline', reason: this.reason });
        } else {
            list.focus();
        }
    }

    decide(detail) {
        this.dispatchEvent(new CustomEvent('coselldecide', { detail }));
    }
}
