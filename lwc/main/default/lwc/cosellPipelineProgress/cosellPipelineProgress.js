/**
 * A run of shares: how far it is, how it can be cancelled, and how each opportunity ended, with what to do where it did not end well.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { PIPELINE_LABELS as WORDS } from 'c/cosellPipelineLabels';
import { STATE_LABELS } from 'c/cosellStateLabels';
import { fill, number } from 'c/cosellFormat';

/** Results that are shown before the seller asks for all of them. */
const FIRST = 10;

/**
 * How each state looks, in the order in which the results stand: what needs somebody comes first. `open` is not over yet, `good` has ended
 * as it was wanted.
 */
const LOOKS = {
    failed: { label: WORDS.itemFailed, theme: 'slds-theme_error' },
    blocked: { label: WORDS.itemBlocked, theme: 'slds-theme_warning' },
    paused: { label: WORDS.itemWaiting, theme: 'slds-badge_lightest', open: true },
    sending: { label: WORDS.itemSending, theme: 'slds-badge_inverse', open: true },
    later: { label: WORDS.itemLater, theme: 'slds-theme_warning' },
    left: { label: WORDS.itemLeft, theme: 'slds-badge_lightest' },
    asked: { label: STATE_LABELS.stateAsked, theme: 'slds-theme_success', good: true },
    visible: { label: STATE_LABELS.stateVisible, theme: 'slds-theme_success', good: true },
    private: { label: WORDS.itemPrivate, theme: 'slds-theme_success', good: true },
    waiting: { label: WORDS.itemWaiting, theme: 'slds-badge_lightest', open: true }
};
const ORDER = Object.keys(LOOKS);

export default class CosellPipelineProgress extends LightningElement {
    labels = LABELS;
    words = WORDS;
    unfolded = false;
    focused = false;

    /** `{ id, name, state, texts, link, again }` of each opportunity of the run. */
    @api items = [];
    @api running = false;
    /** It was cancelled, and what is under way ends. */
    @api stopping = false;
    /** What made the run stop by itself, in words. */
    @api stoppedBy;
    /** Nothing can be begun just now. */
    @api busy = false;

    renderedCallback() {
        if (!this.focused) {
            this.focused = true;
            this.template.querySelector('[data-heading]').focus();
        }
    }

    get over() {
        return !this.running;
    }

    get canCancel() {
        return this.running && !this.stopping;
    }

    get canRetry() {
        return this.over && this.again.length > 0;
    }

    get again() {
        return this.items.filter(({ again }) => again).map(({ id }) => id);
    }

    get done() {
        return this.items.filter(({ state }) => !LOOKS[state].open).length;
    }

    get heading() {
        return this.running ? WORDS.running : this.ended;
    }

    get ended() {
        const good = this.items.filter(({ state }) => LOOKS[state].good).length;
        return fill(WORDS.ended, number(good), number(this.items.length));
    }

    get progressText() {
        return fill(WORDS.of, number(this.done), number(this.items.length));
    }

    get barStyle() {
        return `width: ${this.items.length ? (this.done / this.items.length) * 100 : 0}%`;
    }

    /** Only what is worth interrupting for: each step would be too much to listen to. */
    get announcement() {
        if (this.stopping && this.running) {
            return WORDS.cancelling;
        }
        return this.running ? '' : this.ended;
    }

    /** The heading says it to the eye already, once the run has ended. */
    get announcementClass() {
        return this.running ? 'slds-m-top_x-small' : 'slds-assistive-text';
    }

    get tally() {
        return ORDER.map((state) => ({ state, count: this.items.filter((item) => item.state === state).length }))
            .filter(({ count }) => count)
            .map(({ state, count }) => ({
                state,
                label: fill(WORDS.withCount, LOOKS[state].label, number(count)),
                theme: LOOKS[state].theme
            }));
    }

    get rows() {
        const inOrder = [...this.items].sort((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state));
        return (this.unfolded ? inOrder : inOrder.slice(0, FIRST)).map((item) => ({
            ...item,
            url: `/lightning/r/Opportunity/${item.id}/view`,
            label: LOOKS[item.state].label,
            theme: LOOKS[item.state].theme,
            lines: item.texts.map((text, index) => ({ key: String(index), text })),
            canRetry: item.again && this.over
        }));
    }

    get hasMore() {
        return this.items.length > FIRST;
    }

    get moreLabel() {
        return this.unfolded ? WORDS.fewer : fill(WORDS.showAll, number(this.items.length));
    }

    handleMore() {
        this.unfolded = !this.unfolded;
    }

    handleCancel() {
        this.tell('cosellcancel');
        this.template.querySelector('[data-heading]').focus();
    }

    handleRetry(event) {
        this.tell('cosellretry', { ids: [event.currentTarget.dataset.id] });
        this.template.querySelector('[data-heading]').focus();
    }

    handleRetryAll() {
        this.tell('cosellretry', { ids: this.again });
        this.template.querySelector('[data-heading]').focus();
    }

    handleClose() {
        this.tell('close');
    }

    handleOpen(event) {
        if (event.metaKey || event.ctrlKey || event.shiftKey) {
            return;
        }
        event.preventDefault();
        this.tell('cosellopen', { id: event.currentTarget.dataset.id });
    }

    tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}
