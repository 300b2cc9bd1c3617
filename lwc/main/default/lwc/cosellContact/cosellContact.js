/**
 * Who Microsoft may talk to at the customer: one of the opportunity's contact roles, what of that contact goes to Microsoft, and a way to
 * mend it here. Tells what was chosen and typed; writes nothing.
 */
import { LightningElement, api, wire } from 'lwc';
import getAccess from '@salesforce/apex/CosellController.getAccess';
import { obstacleOf } from 'c/cosellAccess';
import { FIELD_LABELS, LABELS } from 'c/cosellLabels';
import { fill } from 'c/cosellFormat';
import { FIELD } from 'c/cosellRecord';

/** What Microsoft is told of a contact, and all that it is told. */
const FIELDS = ['FirstName', 'LastName', 'Email', 'Phone'];

/** What Salesforce itself demands of one. */
const ALWAYS = ['LastName'];

export default class CosellContact extends LightningElement {
    labels = LABELS;
    fields = FIELDS;
    /** Id of the contact whose inputs are open: what is typed into them is of nobody else. */
    edited;
    focusOn;
    access;

    /** Id of the chosen contact; null leaves the choice to the contact roles. */
    @api chosen;
    /** The contact roles: `{ id, name, role, contact }`. */
    @api contacts = [];
    /** Microsoft is asked for help, and needs somebody whom it can reach. */
    @api needed = false;
    /** Why another choice would not be sent any more, in words; empty where it would. */
    @api lock = '';
    /** No other can be chosen any more. */
    @api kept = false;
    /** The referral is closed: nobody is told of anybody any more. */
    @api closed = false;
    @api findings = [];
    @api mapped = {};
    @api readOnly = false;
    @api busy = false;

    @wire(getAccess, { recordId: '$shownId', fields: '$fields' })
    wiredAccess({ data }) {
        this.access = data;
    }

    renderedCallback() {
        this.takeFocus();
    }

    get hasContacts() {
        return this.contacts.length > 0 || Boolean(this.chosen);
    }

    get help() {
        return this.closed ? '' : LABELS.contactHelp;
    }

    get nobody() {
        return this.closed ? '–' : LABELS.contactEmpty;
    }

    get choice() {
        return this.chosen ?? '';
    }

    get isOpen() {
        return !this.lock && !this.closed;
    }

    get locked() {
        return this.readOnly || this.busy || this.kept;
    }

    get options() {
        const named = this.contacts.map(({ id, name, role }) => ({
            value: id,
            label: role ? fill(LABELS.contactWithRole, name, role) : name
        }));
        const automatic = this.contacts.length ? [{ value: '', label: fill(LABELS.contactAutomatic, this.contacts[0].name) }] : [];
        const stranger = this.chosen && !this.contacts.some(({ id }) => id === this.chosen);
        return [...automatic, ...named, ...(stranger ? [{ value: this.chosen, label: LABELS.contactStranger }] : [])];
    }

    /** Whom Microsoft would be told of; undefined where that is none of the contact roles. */
    get shown() {
        return this.chosen ? this.contacts.find(({ id }) => id === this.chosen) : this.contacts[0];
    }

    get shownId() {
        return this.shown?.id;
    }

    get rows() {
        return ['Email', 'Phone'].map((name) => {
            const value = this.shown.contact?.[name];
            return { name, label: FIELD_LABELS[name], value: value || LABELS.contactBlank, look: value ? 'value' : 'value blank' };
        });
    }

    get values() {
        return this.shown?.contact ?? {};
    }

    get obstacle() {
        return this.readOnly ? '' : obstacleOf({ kind: 'edit', object: 'Contact', fields: FIELDS }, this.access, this.mapped);
    }

    /** A finding that has the contact completed says the same as what stands here, and has its own way to do it. */
    get isCovered() {
        return this.findings.some(({ fix }) => fix?.object === 'Contact');
    }

    get canEdit() {
        return !this.readOnly && !this.lock && !this.obstacle && !this.isTyping && !this.isCovered;
    }

    get told() {
        return this.isCovered || this.lock ? '' : this.obstacle;
    }

    get isEditing() {
        return !this.readOnly && !this.obstacle && this.isTyping;
    }

    get isTyping() {
        return Boolean(this.shown) && this.edited === this.shownId;
    }

    get editLabel() {
        return fill(LABELS.contactEdit, this.shown.name);
    }

    get optional() {
        return this.needed ? [] : FIELDS.filter((name) => !ALWAYS.includes(name));
    }

    @api
    focus() {
        (this.template.querySelector('lightning-combobox') ?? this.template.querySelector('[data-empty]')).focus();
    }

    @api
    focusFinding(key) {
        return this.template.querySelector('c-cosell-findings').focusFinding(key);
    }

    handleChange(event) {
        const values = { [FIELD.contact]: event.detail.value || null };
        this.edited = undefined;
        this.dispatchEvent(new CustomEvent('coselldraft', { bubbles: true, composed: true, detail: { values } }));
    }

    handleEdit() {
        this.edited = this.shownId;
        this.focusOn = 'c-cosell-editor';
    }

    /** The focus goes back to where the inputs were opened. */
    handleCancel() {
        this.edited = undefined;
        this.focusOn = '[data-edit]';
    }

    /** What was typed stays until it is saved, since that may fail; where the focus goes from there, the page decides. */
    handleSave(event) {
        const { values } = event.detail;
        const fix = { kind: 'edit', object: 'Contact', recordId: this.edited, fields: FIELDS };
        const onend = (saved) => {
            this.edited = saved ? undefined : this.edited;
            this.focusOn = saved ? undefined : 'c-cosell-editor';
            this.takeFocus();
        };
        const detail = { key: this.findings[0]?.key, field: 'contact', fix, values, onend };
        this.dispatchEvent(new CustomEvent('cosellfix', { bubbles: true, composed: true, detail }));
    }

    takeFocus() {
        if (this.focusOn && !this.busy) {
            this.template.querySelector(this.focusOn)?.focus();
            this.focusOn = undefined;
        }
    }
}
