/**
 * The deals that wait, need somebody or are broken, and referrals that came in and are stuck. Knows the list; a row knows a deal.
 */
import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { LABELS } from 'c/cosellLabels';
import { SETUP } from 'c/cosellSetupLabels';
import { fill } from 'c/cosellFormat';
import { focusFirst } from 'c/cosellSetupFocus';

export default class CosellSetupAttention extends LightningElement {
    labels = { ...SETUP, tryAgain: LABELS.tryAgain };
    shownPairs;
    /** Where in the list the focus was when it changed. */
    place;

    /** As the server tells them, each with its `key`; undefined while it is asked. */
    @api
    get pairs() {
        return this.shownPairs;
    }
    set pairs(value) {
        this.place = this.template.activeElement?.dataset.place;
        this.shownPairs = value;
    }

    /** Whether there are more. */
    @api more;
    /** Why they could not be read. */
    @api problem;
    /** Keys of those that are being looked at. */
    @api retrying = [];

    /** A row that goes takes the focus with it: the next one gets it, the last where there is none, what is said instead of them. */
    renderedCallback() {
        if (this.place !== undefined) {
            const row = `[data-place="${Math.min(this.place, this.rows.length - 1)}"]`;
            this.place = undefined;
            focusFirst(this.template, [row, '[data-empty]']);
        }
    }

    get isWaiting() {
        return !this.problem && !this.pairs;
    }

    get isEmpty() {
        return this.pairs?.length === 0;
    }

    get rows() {
        return (this.pairs ?? []).map((pair, place) => ({ key: pair.key, pair, place, busy: this.retrying.includes(pair.key) }));
    }

    get shown() {
        return fill(SETUP.attentionShown, new Intl.NumberFormat(LOCALE).format(this.pairs.length));
    }

    handleLook() {
        this.dispatchEvent(new CustomEvent('look'));
    }

    handleMore() {
        this.dispatchEvent(new CustomEvent('cosellmore'));
    }
}
