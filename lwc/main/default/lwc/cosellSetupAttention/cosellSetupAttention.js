/**
 * The deals that wait, need somebody or are broken, and referrals that came in and are stuck. Knows the list; a row knows a deal.
 */
import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import { LABELS } from 'c/cosellLabels';
import { SETUP } from 'c/cosellSetupLabels';
import { fill } from 'c/cosellFormat';

export default class CosellSetupAttention extends LightningElement {
    labels = { ...SETUP, tryAgain: LABELS.tryAgain };
    /** As the server tells them, each with its `key`; undefined while it is asked. */
    @api pairs;
    /** Whether there are more. */
    @api more;
    /** Why they could not be read. */
    @api problem;
    /** Keys of those that are being looked at. */
    @api retrying = [];

    get isWaiting() {
        return !this.problem && !this.pairs;
    }

    get isEmpty() {
        return this.pairs?.length === 0;
    }

    get rows() {
        return (this.pairs ?? []).map((pair) => ({ key: pair.key, pair, busy: this.retrying.includes(pair.key) }));
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
