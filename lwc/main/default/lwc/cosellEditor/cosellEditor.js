/**
 * Inputs for the fields that a fix wants completed, on whichever record. Says what was typed; writes nothing.
 */
import { LightningElement, api } from 'lwc';
import { FIELD_LABELS, LABELS } from 'c/cosellLabels';
import { openGuard } from 'c/cosellGuard';

const TYPES = { Email: 'email', Phone: 'tel', CloseDate: 'date', Amount: 'number' };

export default class CosellEditor extends LightningElement {
    labels = LABELS;
    typed = {};
    guard = openGuard();

    /** `Opportunity`, `Account` or `Contact`. */
    @api object;
    /** API names of the fields to ask for. */
    @api fields = [];
    /** Those of them that may stay blank. */
    @api optional = [];
    /** What the record holds now. */
    @api values = {};
    /** Labels of fields that an admin mapped: API name → one of the names above. */
    @api mapped = {};
    @api busy = false;

    renderedCallback() {
        this.guard.hold(this.fields.some((name) => String(this.valueOf(name)) !== String(this.values[name] ?? '')));
    }

    disconnectedCallback() {
        this.guard.release();
    }

    get inputs() {
        return this.fields.map((name) => {
            const known = FIELD_LABELS[name] ? name : (this.mapped[name] ?? name);
            const type = TYPES[known] ?? 'text';
            const step = type === 'number' ? '0.01' : undefined;
            return {
                name,
                label: FIELD_LABELS[`${this.object}.${known}`] ?? FIELD_LABELS[known] ?? name,
                type,
                step,
                required: !this.optional.includes(name),
                value: this.valueOf(name)
            };
        });
    }

    /** Puts the cursor into the first input. */
    @api
    focus() {
        this.template.querySelector('lightning-input')?.focus();
    }

    valueOf(name) {
        return this.typed[name] ?? this.values[name] ?? '';
    }

    handleChange(event) {
        this.typed = { ...this.typed, [event.target.name]: event.detail.value };
    }

    handleEnter(event) {
        if (event.key === 'Enter') {
            // Saving moves the focus on: what would follow this key must not press the button that it lands on.
            event.preventDefault();
            this.handleSave();
        }
    }

    handleEscape(event) {
        if (event.key === 'Escape') {
            event.stopPropagation();
            this.handleCancel();
        }
    }

    /**
     * Keeps the cursor where it is while a button is pressed: leaving an input checks it, a complaint that comes or goes moves the
     * buttons, and the click would miss.
     */
    handlePress(event) {
        event.preventDefault();
    }

    handleSubmit(event) {
        event.preventDefault();
    }

    handleCancel() {
        this.dispatchEvent(new CustomEvent('cancel'));
    }

    handleSave() {
        // A date that was typed is taken over when its input is left.
        this.template.activeElement?.blur();
        const refused = [...this.template.querySelectorAll('lightning-input')].filter((input) => input.reportValidity() === false);
        if (refused.length) {
            refused[0].focus();
            return;
        }
        const values = Object.fromEntries(this.inputs.map(({ name, type, value }) => [name, written(type, value)]));
        this.dispatchEvent(new CustomEvent('save', { detail: { values } }));
    }
}

/** As Salesforce takes it: a number as one, and what is blank as nothing. */
function written(type, value) {
    if (value === '') {
        return null;
    }
    return type === 'number' ? Number(value) : value;
}
