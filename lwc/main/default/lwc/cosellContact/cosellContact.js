/**
 * Who Microsoft may talk to at the customer: one of the opportunity's contact roles, and what is missing on that contact.
 */
import { LightningElement, api } from 'lwc';
import { LABELS } from 'c/cosellLabels';
import { fill } from 'c/cosellFormat';
import { FIELD } from 'c/cosellRecord';

export default class CosellContact extends LightningElement {
    labels = LABELS;

    /** Id of the chosen contact; null leaves the choice to the contact roles. */
    @api chosen;
    /** The contact roles: `{ id, name, role }`. */
    @api contacts = [];
    @api findings = [];
    @api mapped = {};
    @api readOnly = false;
    @api busy = false;

    get hasContacts() {
        return this.contacts.length > 0 || Boolean(this.chosen);
    }

    get choice() {
        return this.chosen ?? '';
    }

    get locked() {
        return this.readOnly || this.busy;
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
        this.dispatchEvent(new CustomEvent('coselldraft', { bubbles: true, composed: true, detail: { values } }));
    }
}
