/**
 * One finding: its message, and its fix as a button that says what it does. Asks for the fix (`cosellfix`); carries out nothing.
 */
import { LightningElement, api } from 'lwc';
import { FIELD_LABELS, LABELS } from 'c/cosellLabels';

export default class CosellFinding extends LightningElement {
    labels = LABELS;
    choice;
    editing = false;
    focusEditor = false;

    /** The finding as the rules gave it, with a `key` of its own. */
    @api finding;
    /** What the record that the fix points to holds now. */
    @api values = {};
    /** Fields that an admin mapped, see the editor. */
    @api mapped = {};
    @api readOnly = false;
    @api busy = false;

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
        return this.readOnly ? null : this.finding.fix;
    }

    get isChoice() {
        return this.fix?.kind === 'choose';
    }

    get choiceLabel() {
        const { field, label } = this.fix;
        return FIELD_LABELS[field] ?? FIELD_LABELS[this.mapped[field]] ?? label;
    }

    get isButton() {
        return Boolean(this.fix) && !this.isChoice && !this.editing;
    }

    get buttonIcon() {
        return { add: 'utility:add', edit: 'utility:edit' }[this.fix.kind] ?? 'utility:check';
    }

    get cannotApply() {
        return this.busy || !this.choice;
    }

    /** Edits of the opportunity stay with the others until they are saved or shared; other records are written at once. */
    get submitLabel() {
        return this.fix?.object === 'Opportunity' ? LABELS.apply : LABELS.save;
    }

    /** Moves the focus here: to what mends it, else to the message. */
    @api
    focus() {
        (this.template.querySelector('[data-control]') ?? this.template.querySelector('[data-message]')).focus();
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
