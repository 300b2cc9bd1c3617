/**
 * What the seller decides: help, visibility, contact, consent, solutions, synchronisation. Every control reports its edit (`coselldraft`);
 * the form keeps none, so that it always shows what the record and the draft hold.
 */
import { LightningElement, api } from 'lwc';
import { HELP_LABELS, LABELS } from 'c/cosellLabels';
import { FIELD, HELP_CODES } from 'c/cosellRecord';

export default class CosellForm extends LightningElement {
    labels = LABELS;

    /** What the fields show: `{ sync, help, visible, consent, contact }`. */
    @api values = {};
    /** What can't be changed any more, and why: `{ all, help, visible, contact, consent, begun }`, empty where it can. */
    @api locks = {};
    @api shared = false;
    /** Both sides are kept the same: what is saved is sent. */
    @api synced = false;
    /** Findings by field: `{ help, visibility, contact, consent, solutions }`. */
    @api findings = {};
    @api contacts = [];
    @api solutions = [];
    /** What may be added; null until it is known. */
    @api catalogue = null;
    @api catalogueFailed = false;
    @api mapped = {};
    @api readOnly = false;
    @api busy = false;

    /** Nothing is sent any more, so that nothing may be promised. */
    get closed() {
        return Boolean(this.locks.all);
    }

    get heading() {
        return this.closed ? LABELS.formHeadingClosed : LABELS.formHeading;
    }

    /** Nothing here can be changed. */
    get frozen() {
        return this.readOnly || this.closed;
    }

    get locked() {
        return this.frozen || this.busy;
    }

    get helpValue() {
        return this.values.help ?? '';
    }

    get helpOptions() {
        const unknown = this.helpValue && !HELP_CODES.includes(this.helpValue) ? [this.helpValue] : [];
        return [
            { value: '', label: LABELS.helpNone },
            ...[...HELP_CODES, ...unknown].map((code) => ({ value: code, label: HELP_LABELS[code] ?? code }))
        ];
    }

    get helpLocked() {
        return this.locked || Boolean(this.locks.help);
    }

    get impliedByHelp() {
        return Boolean(this.values.help && this.values.visible);
    }

    get visibleLocked() {
        return this.locked || Boolean(this.locks.visible) || this.impliedByHelp;
    }

    get visibleHint() {
        if (this.closed) {
            return '';
        }
        return this.locks.visible || (this.impliedByHelp ? LABELS.visibleByHelp : LABELS.visibleHint);
    }

    get consentLocked() {
        return this.locked || this.isKept('consent');
    }

    get contactKept() {
        return this.isKept('contact');
    }

    /** What is not sent any more stays as it is, but for what a finding speaks of, and for an edit that was begun. */
    isKept(place) {
        return Boolean(this.locks[place] && !this.findings[place]?.length && !this.locks.begun?.includes(place));
    }

    get consentHint() {
        return this.closed ? '' : this.locks.consent || LABELS.consentHint;
    }

    get syncHint() {
        if (this.closed) {
            return '';
        }
        if (this.synced) {
            return LABELS.syncHintOn;
        }
        if (this.shared) {
            return this.values.sync ? '' : LABELS.syncHintPaused;
        }
        return this.values.sync ? LABELS.syncHintReady : LABELS.syncHint;
    }

    /** Moves the focus to the control of a field, or opens its picker. */
    @api
    focusField(field) {
        if (field === 'solutions') {
            this.template.querySelector('c-cosell-solutions').openPicker();
        } else if (field === 'contact') {
            this.template.querySelector('c-cosell-contact').focus();
        } else {
            this.template.querySelector(`[data-control="${field}"]`)?.focus();
        }
    }

    /** Moves the focus to a finding; says whether it is here. */
    @api
    focusFinding(key) {
        const places = this.template.querySelectorAll('c-cosell-findings, c-cosell-contact, c-cosell-solutions');
        return [...places].some((place) => place.focusFinding(key));
    }

    handleHelp(event) {
        const help = event.detail.value || null;
        // Asking for help makes the deal visible (Microsoft Learn, "Co-sell connector for Salesforce CRM").
        this.report(help ? { [FIELD.help]: help, [FIELD.visible]: true } : { [FIELD.help]: null });
    }

    handleVisible(event) {
        this.report({ [FIELD.visible]: event.detail.checked });
    }

    handleConsent(event) {
        this.report({ [FIELD.consent]: event.detail.checked });
    }

    handleSync(event) {
        this.report({ [FIELD.sync]: event.detail.checked });
    }

    report(values) {
        this.dispatchEvent(new CustomEvent('coselldraft', { bubbles: true, composed: true, detail: { values } }));
    }
}
