/**
 * The audit trail as a timeline, newest entry first; the older ones on request.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { dateTime } from 'c/cosellFormat';

const FIRST = 5;

export default class CosellTimeline extends LightningElement {
    labels = LABELS;
    all = false;

    /** `{ key, at, text }`, newest first; `at` an ISO moment or null. */
    @api entries = [];

    get visible() {
        const shown = this.all ? this.entries : this.entries.slice(0, FIRST);
        return shown.map((entry) => ({ ...entry, when: entry.at ? dateTime(entry.at) : '' }));
    }

    get hasMore() {
        return !this.all && this.entries.length > FIRST;
    }

    handleMore() {
        this.all = true;
    }
}
