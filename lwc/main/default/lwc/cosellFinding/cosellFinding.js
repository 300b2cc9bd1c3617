/**
 * One finding: its message, and its fix as a button that says what it does, or who can make it. Asks for the fix (`cosellfix`), tells
 * whether the reader may make it (`access`); carries out nothing.
 */
import { LightningElement, api, wire } from 'lwc';
import getAccess from '@salesforce/apex/CosellController.getAccess';
import { LABELS } from 'c/cosellLabels';
import { fieldsOf, nameOf, obstacleOf } from 'c/cosellAccess';

export default class CosellFinding extends LightningElement {
    labels = LABELS;
    choice;
    editing = false;
    focusEditor = false;
    shown;
    /** The record that the fix writes to, and the fields; undefined where it writes to none. */
    target;
    written = [];
    access;

    /** The finding as the rules gave it, with a `key` of its own. */
    @api
    get finding() {
        return this.shown;
    }
    set finding(finding) {
        this.shown = finding;
        this.target = finding.fix?.recordId;
        const written = fieldsOf(finding.fix);
        // The same question again is no other one, though it comes with each review.
        this.written = String(written) === String(this.written) ? this.written : written;
    }
    /** What the record that the fix points to holds now. */
    @api values = {};
    /** Fields that an admin mapped, see the editor. */
    @api mapped = {};
    @api readOnly = false;
    @api busy = false;

    /** Until it is known, or where it can't be, whoever tries is told by Salesforce. */
    @wire(getAccess, { recordId: '$target', fields: '$written' })
    wiredAccess({ data }) {
        this.access = data;
        if (data) {
            const detail = { key: this.finding.key, refused: Boolean(this.obstacle) };
            this.dispatchEvent(new CustomEvent('access', { detail }));
        }
    }

    renderedCallback() {
        if (this.focusEditor) {
            this.focusEditor = false;
            this.template.querySelector('c-cosell-editor')?.focus();
        }
    }

    get isBlocking() {
        return this.finding.severity === 'block';
    }

    get boxClass() {
        return `finding slds-p-around_x-small ${this.isBlocking ? 'finding_block' : ''}`;
    }

    get iconName() {
        return this.isBlocking ? 'utility:error' : 'utility:info';
    }

    get iconVariant() {
        return this.isBlocking ? 'error' : '';
    }

    get severityText() {
        return this.isBlocking ? LABELS.severityBlock : LABELS.severityWarn;
    }

    get fix() {
        return this.readOnly || this.obstacle ? null : this.finding.fix;
    }

    get obstacle() {
        return this.readOnly ? '' : obstacleOf(this.finding.fix, this.access, this.mapped);
    }

    get isChoice() {
        return this.fix?.kind === 'choose';
    }

    get choiceLabel() {
        return nameOf(this.fix.field, this.mapped, this.fix.label);
    }

    get isButton() {
        return Boolean(this.fix) && !this.isChoice && !this.editing;
    }

    get isEditing() {
        return Boolean(this.fix) && this.editing;
    }

    get savesAtOnce() {
        return this.isButton && Boolean(this.fix.values);
    }

    get buttonIcon() {
        return { add: 'utility:add', edit: 'utility:edit' }[this.fix.kind] ?? 'utility:check';
    }

    get cannotApply() {
        return this.busy || !this.choice;
    }

    /**
     * Moves the focus here: to what opens or takes an input, else to the message. A button that saves at once is left to whoever presses
     * it: the key that led here may be pressed a second time.
     */
    @api
    focus() {
        const control = this.savesAtOnce ? null : this.template.querySelector('[data-control]');
        (control ?? this.template.querySelector('[data-message]')).focus();
    }

    handleChoice(event) {
        this.choice = event.detail.value;
    }

    handleApply() {
        this.ask({ [this.fix.field]: this.choice });
    }

    handleFix() {
        if (this.fix.kind === 'edit' && !this.finding.elsewhere) {
            this.editing = true;
            this.focusEditor = true;
            return;
        }
        this.ask(this.fix.values);
    }

    handleCancel() {
        this.editing = false;
        this.focusEditor = false;
        Promise.resolve().then(() => this.focus());
    }

    handleSave(event) {
        this.ask(event.detail.values);
    }

    ask(values) {
        const { key, fix, field } = this.finding;
        this.dispatchEvent(new CustomEvent('cosellfix', { bubbles: true, composed: true, detail: { key, field, fix, values } }));
    }
}
