/**
 * The deals that wait, need somebody or are broken, and referrals that came in and are stuck. Knows the list; a row knows a deal.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { SETUP } from 'c/cosellSetupLabels';
import { fill, number } from 'c/cosellFormat';
import { openFocusing } from 'c/cosellSetupFocus';

export default class CosellSetupAttention extends LightningElement {
    labels = { ...SETUP, tryAgain: LABELS.tryAgain };
    shownPairs;
    shownProblem;
    focusing = openFocusing(this.template);

    /** As the server tells them, each with its `key`; undefined while it is asked. */
    @api
    get pairs() {
        return this.shownPairs;
    }
    set pairs(value) {
        const { place, more } = this.template.activeElement?.dataset ?? {};
        if (place !== undefined) {
            // A row that goes takes the focus with it: the next one gets it, the last where there is none, what is said instead of them.
            this.focusing.goOn(`[data-place="${Math.min(place, (value?.length ?? 0) - 1)}"]`, '[data-empty]');
        } else if (more !== undefined) {
            // With the last page its button goes: the first row that came gets it.
            this.focusing.goOn(`[data-place="${this.shownPairs.length}"]`);
        }
        this.shownPairs = value;
    }

    /** Whether there are more. */
    @api more;
    /** Why they could not be read. */
    @api
    get problem() {
        return this.shownProblem;
    }
    set problem(value) {
        if (value && this.template.activeElement) {
            this.focusing.goOn('[data-look]');
        }
        this.shownProblem = value;
    }

    /** Keys of those that are being looked at. */
    @api retrying = [];

    renderedCallback() {
        if (!this.isWaiting) {
            this.focusing.settle();
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
        return fill(SETUP.attentionShown, number(this.pairs.length));
    }

    handleLook() {
        this.focusing.goOn('[data-look]', '[data-place="0"]', '[data-empty]');
        this.dispatchEvent(new CustomEvent('look'));
    }

    handleMore() {
        this.dispatchEvent(new CustomEvent('cosellmore'));
    }
}
