// One field of the details: shown with a pencil, or an input while the record is edited.
import { LightningElement, api } from 'lwc';
import { getFieldDisplayValue, getFieldValue } from 'lightning/uiRecordApi';
import { cosellState, date, dateTime, money } from '../format.js';
import { fill, words } from '../words.js';

const inputTypes = { text: 'text', money: 'number', date: 'date' };

export default class Field extends LightningElement {
    /** A row of `sections` in `fields.js`. */
    @api field;
    @api record;
    /** Options of the picklists: `{ stage, currency }`. */
    @api choices;

    typed;
    isBeingEdited = false;

    /** Whether the record is being edited. */
    @api
    get editing() {
        return this.isBeingEdited;
    }
    set editing(value) {
        this.isBeingEdited = value;
        this.typed = undefined;
    }
    get value() {
        return getFieldValue(this.record, this.field.name);
    }

    /** What stands in the input: what was typed, or else the record's value. */
    get entered() {
        return this.typed === undefined ? this.value : this.typed;
    }

    get isEditable() {
        return Boolean(this.field.object) && !this.editing;
    }

    get isEdited() {
        return Boolean(this.field.object) && this.editing;
    }

    get isLong() {
        return this.field.kind === 'long';
    }

    get isUrl() {
        return this.field.kind === 'url' && Boolean(this.value);
    }

    get inputType() {
        return inputTypes[this.field.kind];
    }

    get options() {
        const offered = this.choices?.[this.field.kind];
        if (!offered) return undefined;
        const known = offered.some(({ value }) => value === this.value);
        return known || !this.value ? offered : [...offered, { label: this.value, value: this.value }];
    }

    get stateClass() {
        return this.field.kind === 'state' ? cosellState(this.value).className : undefined;
    }

    get valueClass() {
        const lines = this.isLong ? ' lines' : '';
        return `slds-form-element__static${lines}`;
    }

    get editLabel() {
        return fill(words.edit, this.field.label);
    }

    get text() {
        const { kind, name } = this.field;
        if (kind === 'money') return money(this.value, getFieldValue(this.record, 'Opportunity.CurrencyIsoCode'));
        if (kind === 'date') return date(this.value);
        if (kind === 'moment') return dateTime(this.value);
        if (kind === 'state') return cosellState(this.value).label;
        if (kind === 'stage') return getFieldDisplayValue(this.record, name) ?? this.value;
        if (kind === 'person') return this.person;
        return this.value;
    }

    get person() {
        const part = (name) => getFieldValue(this.record, `${this.field.name}.${name}`);
        return [part('FirstName'), part('LastName')].filter(Boolean).join(' ');
    }

    @api
    focusInput() {
        this.input?.focus();
    }

    /** Shows what is wrong with the input; true when nothing is. */
    @api
    isValid() {
        return this.input?.reportValidity() ?? true;
    }

    get input() {
        return this.template.querySelector('[data-input]');
    }

    ask() {
        if (!this.isEditable) return;
        this.dispatchEvent(new CustomEvent('edit', { detail: this.field.name }));
    }

    change(event) {
        const typed = event.detail.value;
        this.typed = typed;
        const empty = typed === '' || typed === undefined || typed === null;
        const value = empty ? null : this.field.kind === 'money' ? Number(typed) : typed;
        this.dispatchEvent(new CustomEvent('changevalue', { detail: { name: this.field.name, value } }));
    }
}
