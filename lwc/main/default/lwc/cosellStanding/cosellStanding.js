/**
 * How the deal stands, at the panel's head: what it is called, what that means, what comes next, and the one button that helps. Knows no
 * state: it shows what it is given; what else helps goes into its slot.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { STATE_LABELS } from 'c/cosellStateLabels';

export default class CosellStanding extends LightningElement {
    labels = { next: STATE_LABELS.next, working: LABELS.working };

    /** `{ key, icon, variant, heading, body, next, clock: { words, share } | null }`; `body` are sentences. */
    @api standing = {};
    /** The button: `{ name, label, variant, disabled }`; none without it. Its click is the `action` event with the name. */
    @api action;
    /** What the findings stop, `{ text, action: { name, label, variant } | null }`. */
    @api findings = {};
    /** Something is under way: a spinner in place of the icon. */
    @api working = false;

    get paragraphs() {
        return this.standing.body.map((text, index) => ({ key: String(index), text }));
    }

    get clockStyle() {
        return `width: ${this.standing.clock.share}%`;
    }

    get hasButtons() {
        return Boolean(this.action || this.findings.action);
    }

    /** Moves the focus to the heading. */
    @api
    focus() {
        this.template.querySelector('[data-summary]').focus();
    }

    handleAction(event) {
        this.dispatchEvent(new CustomEvent('action', { detail: { name: event.currentTarget.dataset.action } }));
    }
}
