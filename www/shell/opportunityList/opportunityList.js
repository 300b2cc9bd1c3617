// All opportunities, to search, to sort and to open.
import { LightningElement } from 'lwc';
import { language } from '../../platform/language.js';
import { open } from '../../platform/location.js';
import { collator, cosellState, date, money, personName, problem } from '../format.js';
import { opportunities } from '../org.js';
import { fill, words } from '../words.js';

const columns = [
    { field: 'name', label: words.name },
    { field: 'account', label: words.account },
    { field: 'stage', label: words.stage },
    { field: 'amount', label: words.amount, className: 'amount' },
    { field: 'close', label: words.closeDate },
    { field: 'owner', label: words.owner },
    { field: 'stateText', label: words.cosellState }
];

export default class OpportunityList extends LightningElement {
    words = words;
    rows = [];
    loading = true;
    failure;
    search = '';
    sorted = { field: 'name', ascending: true };

    connectedCallback() {
        this.load();
    }

    async load() {
        this.loading = true;
        this.failure = undefined;
        try {
            this.rows = (await opportunities()).map(asRow);
        } catch (error) {
            this.failure = problem(error);
        }
        this.loading = false;
    }

    get columns() {
        return columns.map((column) => {
            const active = column.field === this.sorted.field;
            const direction = this.sorted.ascending ? 'ascending' : 'descending';
            return {
                ...column,
                title: fill(words.sortBy, column.label),
                sort: active ? direction : null,
                arrow: active ? `utility:${this.sorted.ascending ? 'arrowup' : 'arrowdown'}` : null
            };
        });
    }

    get visible() {
        const wanted = this.search.trim().toLocaleLowerCase(language);
        const { field, ascending } = this.sorted;
        const found = this.rows.filter((row) => row.text.includes(wanted));
        return found.sort((one, other) => compare(one[field], other[field]) * (ascending ? 1 : -1));
    }

    get summary() {
        if (this.loading || this.failure) return '';
        const shown = this.visible.length;
        const count = shown === this.rows.length ? fill(words.items, shown) : fill(words.itemsOf, shown, this.rows.length);
        return `${count} • ${fill(words.sortedBy, columns.find(({ field }) => field === this.sorted.field).label)}`;
    }

    get emptyHeading() {
        return this.rows.length ? words.noMatchTitle : words.listEmpty;
    }

    get emptyText() {
        return this.rows.length ? fill(words.noMatch, this.search.trim()) : '';
    }

    find(event) {
        this.search = event.detail.value ?? '';
    }

    sort(event) {
        const { field } = event.currentTarget.dataset;
        this.sorted = { field, ascending: field === this.sorted.field ? !this.sorted.ascending : true };
    }

    openLink(event) {
        event.stopPropagation();
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(urlOfRow(event.currentTarget.dataset.id));
    }

    openRow(event) {
        if (window.getSelection().toString()) return;
        open(urlOfRow(event.currentTarget.dataset.id));
    }
}

const urlOfRow = (id) => `/lightning/r/Opportunity/${id}/view`;

function asRow(record) {
    const state = cosellState(record.Cosell_State__c);
    const row = {
        id: record.Id,
        url: urlOfRow(record.Id),
        name: record.Name,
        account: record.Account?.Name ?? '',
        stage: record.StageName,
        amount: record.Amount,
        amountText: money(record.Amount, record.CurrencyIsoCode),
        close: record.CloseDate,
        closeText: date(record.CloseDate),
        owner: personName(record.Owner),
        state,
        stateText: state.label
    };
    const parts = [row.name, row.account, row.stage, row.amountText, row.closeText, row.owner, row.stateText];
    return { ...row, text: parts.join('\n').toLocaleLowerCase(language) };
}

/** Empty values come first, as in a list view. */
function compare(one, other) {
    if (one === null || other === null || one === undefined || other === undefined) return Number(one !== null) - Number(other !== null);
    return typeof one === 'number' ? one - other : collator.compare(one, other);
}
