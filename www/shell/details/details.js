// The record's details: sections of fields in two columns, edited in place and saved together.
import { LightningElement, api } from 'lwc';
import { getFieldValue, notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { sections } from '../fields.js';
import { problem } from '../format.js';
import { currencies, stages } from '../org.js';
import { fill, words } from '../words.js';

export default class Details extends LightningElement {
    @api record;

    words = words;
    editing = false;
    busy = false;
    failure;
    choices = { stage: [], currency: [] };
    collapsed = new Set();
    draft = {};

    async connectedCallback() {
        // Without its choices a picklist still offers the value it has.
        const [stage, currency] = await Promise.all([stages().catch(() => []), currencies().catch(() => [])]);
        this.choices = { stage, currency: currency.map((code) => ({ label: code, value: code })) };
    }

    get sections() {
        return sections.flatMap((section) => {
            const open = !this.collapsed.has(section.name);
            const empty = section.onlyFilled ? [undefined, null] : [undefined];
            const fields = section.fields.filter((field) => !empty.includes(getFieldValue(this.record, field.name)));
            if (fields.length === 0) return [];
            return {
                ...section,
                fields: fields.map((field) => ({ ...field, className: field.wide ? 'wide' : '' })),
                hidden: !open,
                expanded: String(open),
                icon: open ? 'utility:chevrondown' : 'utility:chevronright',
                className: open ? 'slds-section slds-is-open' : 'slds-section'
            };
        });
    }

    toggle(event) {
        const { section } = event.currentTarget.dataset;
        const collapsed = new Set(this.collapsed);
        if (!collapsed.delete(section)) collapsed.add(section);
        this.collapsed = collapsed;
    }

    edit(event) {
        this.draft = {};
        this.failure = undefined;
        this.editing = true;
        this.wanted = event.detail;
    }

    renderedCallback() {
        if (!this.wanted) return;
        const field = [...this.template.querySelectorAll('shell-field')].find((each) => each.field.name === this.wanted);
        this.wanted = undefined;
        field?.focusInput();
    }

    change(event) {
        this.draft[event.detail.name] = event.detail.value;
    }

    cancel() {
        this.editing = false;
    }

    async save(event) {
        event.preventDefault();
        if (this.busy) return;
        const fields = [...this.template.querySelectorAll('shell-field')];
        if (fields.map((field) => field.isValid()).includes(false)) return;
        this.busy = true;
        this.failure = undefined;
        try {
            for (const object of ['Account', 'Opportunity']) await this.write(object);
            this.editing = false;
            const name = getFieldValue(this.record, 'Opportunity.Name');
            this.dispatchEvent(new ShowToastEvent({ title: fill(words.saved, name), variant: 'success' }));
        } catch (error) {
            const overtaken = error.status === 412;
            this.failure = overtaken ? words.conflict : problem(error);
            // Saving again means it: with the record as it is now, the next attempt is not refused.
            if (overtaken) await notifyRecordUpdateAvailable([{ recordId: this.record.id }]);
        }
        this.busy = false;
    }

    async write(object) {
        const values = {};
        for (const { fields } of sections) {
            for (const { name, object: owner } of fields) {
                const edited = owner === object && name in this.draft && this.draft[name] !== getFieldValue(this.record, name);
                if (edited) values[name.split('.').at(-1)] = this.draft[name];
            }
        }
        if (Object.keys(values).length === 0) return;
        const path = object === 'Account' ? 'Opportunity.Account' : 'Opportunity';
        const Id = getFieldValue(this.record, `${path}.Id`);
        await updateRecord({ fields: { Id, ...values } }, { ifUnmodifiedSince: getFieldValue(this.record, `${path}.LastModifiedDate`) });
    }
}
