// The highlights panel: the name, the key fields, and the way to the opportunity before and after this one in the list.
import { LightningElement, api } from 'lwc';
import { getFieldValue } from 'lightning/uiRecordApi';
import { open } from '../../platform/location.js';
import { cosellState, date, money } from '../format.js';
import { opportunities } from '../org.js';
import { fill, words } from '../words.js';

export default class Highlights extends LightningElement {
    @api record;

    words = words;
    ids = [];

    async connectedCallback() {
        // Moving on is a convenience: when the list cannot be read the record is still there, and the list says why.
        this.ids = await opportunities().then(
            (rows) => rows.map((row) => row.Id),
            () => []
        );
    }

    get name() {
        return this.value('Name');
    }

    get facts() {
        const state = cosellState(this.value('Cosell_State__c'));
        const owner = [this.value('Owner.FirstName'), this.value('Owner.LastName')].filter(Boolean).join(' ');
        return [
            { label: words.account, value: this.value('Account.Name') },
            { label: words.closeDate, value: date(this.value('CloseDate')) },
            { label: words.amount, value: money(this.value('Amount'), this.value('CurrencyIsoCode')) },
            { label: words.owner, value: owner },
            { label: words.cosellState, value: state.label, className: state.className }
        ];
    }

    get index() {
        return this.ids.indexOf(this.record.id);
    }

    get position() {
        return this.index < 0 ? '' : fill(words.position, this.index + 1, this.ids.length);
    }

    get isFirst() {
        return this.index <= 0;
    }

    get isLast() {
        return this.index < 0 || this.index === this.ids.length - 1;
    }

    value(field) {
        return getFieldValue(this.record, `Opportunity.${field}`);
    }

    step(event) {
        open(`/lightning/r/Opportunity/${this.ids[this.index + Number(event.currentTarget.dataset.step)]}/view`);
    }
}
