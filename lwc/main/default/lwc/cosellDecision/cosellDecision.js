/**
 * The answer to a referral that came in: accept, or decline with a reason. Tells what the seller decided; must not know how it is sent,
 * or until when it is due.
 */
import { LightningElement, api } from 'lwc';
import { LABELS, REASON_LABELS } from 'c/cosellLabels';

export default class CosellDecision extends LightningElement {
    labels = LABELS;
    reasons = Object.entries(REASON_LABELS).map(([value, label]) => ({ value, label }));
    declining = false;
    reason = '';
    goTo;

    @api busy = false;

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
