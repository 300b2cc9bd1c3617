/**
 * The audit trail as a timeline, newest entry first: who, when, what. The older ones on request, ten at a time.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { dateTime, fill, number } from 'c/cosellFormat';

/** How many entries come at a time. */
const PAGE = 10;

const SIDES = {
    you: LABELS.sideYou,
    microsoft: LABELS.sideMicrosoft,
    partnerCenter: LABELS.sidePartnerCenter,
    cosell: LABELS.sideCosell
};

const ICONS = {
    shared: 'utility:share',
    asked: 'utility:question',
    answered: 'utility:comments',
    declined: 'utility:close',
    expired: 'utility:clock',
    arrived: 'utility:inbox',
    sent: 'utility:upload',
    received: 'utility:download',
    merged: 'utility:merge',
    noted: 'utility:info',
    trouble: 'utility:warning'
};

export default class CosellTimeline extends LightningElement {
    labels = LABELS;
    count = PAGE;
    focusOn;

    /** The entries as `c/cosellTrail` reads them, newest first. */
    @api entries = [];

    renderedCallback() {
        if (this.focusOn) {
            const entry = [...this.template.querySelectorAll('[data-entry]')].find(({ dataset }) => dataset.entry === this.focusOn);
            this.focusOn = undefined;
            entry?.focus();
        }
    }

    get visible() {
        return this.entries.slice(0, this.count).map(({ key, at, text, side, kind }) => ({
            key,
            text,
            at,
            side: SIDES[side] ?? '',
            when: at ? dateTime(at) : '',
            icon: ICONS[kind] ?? 'utility:note',
            iconClass: `icon ${side ? `icon_${side}` : ''}`
        }));
    }

    get hasMore() {
        return this.entries.length > this.count;
    }

    get isLong() {
        return this.entries.length > PAGE;
    }

    get shown() {
        const { length } = this.entries;
        return fill(LABELS.timelineShown, number(Math.min(this.count, length)), number(length));
    }

    /** The button goes with the last entries: the focus moves on to the first that came. */
    handleMore() {
        this.focusOn = this.entries[this.count].key;
        this.count += PAGE;
    }
}
