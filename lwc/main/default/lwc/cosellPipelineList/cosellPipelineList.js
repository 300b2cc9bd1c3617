/**
 * The deals of the pipeline as a table, a page at a time: what each lacks or where it stands, a link to it, and a checkbox where it can be
 * shared. Says what the seller does with it; what that does is decided elsewhere.
 */
import { LightningElement, api } from 'lwc';
import { FIELD_LABELS, LABELS } from 'c/cosellLabels';
import { PIPELINE_LABELS as WORDS } from 'c/cosellPipelineLabels';
import { date, fill, money, number } from 'c/cosellFormat';
import { FIELD } from 'c/cosellRecord';

/** Rows of a page. */
const PAGE = 25;

const COLUMNS = [
    { by: 'name', label: `${WORDS.name}, ${WORDS.customer}`, className: 'name', sortable: true },
    { by: 'owner', label: WORDS.owner, className: 'owner', sortable: true },
    { by: 'amount', label: FIELD_LABELS.Amount, className: 'amount', sortable: true },
    { by: 'closeDate', label: FIELD_LABELS.CloseDate, className: 'close', sortable: true },
    { by: 'state', label: WORDS.state, className: 'state', sortable: true },
    { by: 'what', label: WORDS.missing, className: 'what' }
];

/** What sharing does with a deal that is ready, by its type. */
const SHARES = { private: WORDS.sharesPrivate, partnerLed: WORDS.sharesVisible, coSell: WORDS.sharesCoSell };

const BLOCK = { icon: 'utility:error', variant: 'error', weight: LABELS.severityBlock };
const ADVICE = { icon: 'utility:info', variant: '', weight: LABELS.severityWarn };

export default class CosellPipelineList extends LightningElement {
    labels = LABELS;
    words = WORDS;
    pageIndex = 0;
    expanded = new Set();
    seen;

    /** All deals that are shown, in their order, as `c/cosellPipeline` makes them. */
    @api deals = [];
    /** `{ by, descending }` */
    @api order;
    /** Ids of the deals that are chosen. */
    @api selected = new Set();
    @api showOwner = false;
    @api readOnly = false;
    @api busy = false;

    /** A mark of what is looked at: another one starts at the first page. */
    @api
    get view() {
        return this.seen;
    }
    set view(value) {
        this.pageIndex = value === this.seen ? this.pageIndex : 0;
        this.seen = value;
    }

    get lastPage() {
        return Math.max(0, Math.ceil(this.deals.length / PAGE) - 1);
    }

    /** The page that is shown: fewer deals may have fewer pages. */
    get shown() {
        return Math.min(this.pageIndex, this.lastPage);
    }

    get canSelect() {
        return !this.readOnly;
    }

    get columns() {
        return COLUMNS.filter(({ by }) => by !== 'owner' || this.showOwner).map((column) => {
            const active = column.by === this.order?.by;
            return {
                ...column,
                title: fill(WORDS.sort, column.label),
                sort: active ? (this.order.descending ? 'descending' : 'ascending') : null,
                arrow: active ? (this.order.descending ? 'utility:arrowdown' : 'utility:arrowup') : null
            };
        });
    }

    get rows() {
        return this.deals.slice(this.shown * PAGE, (this.shown + 1) * PAGE).map((deal) => this.rowOf(deal));
    }

    rowOf(deal) {
        const selectable = deal.state === 'ready';
        return {
            id: deal.id,
            url: `/lightning/r/Opportunity/${deal.id}/view`,
            name: deal.name,
            account: deal.account,
            owner: deal.owner,
            amountText: money(deal.amount, deal.currency),
            closeText: date(deal.closeDate),
            selectable,
            selected: this.selected.has(deal.id),
            selectLabel: fill(WORDS.select, deal.name),
            standing: deal.standing,
            theme: selectable ? 'slds-theme_success' : 'slds-badge_lightest',
            stateText: selectable ? WORDS.stateReadyOne : fill(WORDS.toMend, number(deal.blocks.length)),
            link: deal.record[FIELD.referralLink],
            ...this.linesOf(deal)
        };
    }

    /** What comes first to do, and the rest on request: why it waits or is broken, what blocks it or what sharing does, advice. */
    linesOf({ id, state, reason, blocks, alike, advice, dealType }) {
        // Another deal like this one is what a seller has to know before anything is sent.
        const first = [
            ...(reason ? [{ ...ADVICE, text: reason }] : []),
            ...(state === 'ready' ? [{ text: SHARES[dealType] }] : []),
            ...(state !== 'shared' && alike ? [lineOf(ADVICE)(alike)] : [])
        ];
        const open =
            state === 'shared' ? [] : [...blocks.map(lineOf(BLOCK)), ...advice.filter((each) => each !== alike).map(lineOf(ADVICE))];
        const all = [...first, ...open].map((line, index) => ({ ...line, key: String(index) }));
        const shown = state === 'blocked' ? first.length + 1 : first.length;
        const expanded = this.expanded.has(id);
        const hidden = all.length - shown;
        // A single line says more than a button that hides it.
        const folds = hidden > 1;
        return {
            lines: folds && !expanded ? all.slice(0, shown) : all,
            expanded: String(expanded),
            moreLabel: folds ? (expanded ? WORDS.fewer : fill(WORDS.more, number(hidden))) : ''
        };
    }

    get hasPages() {
        return this.deals.length > PAGE;
    }

    get isFirst() {
        return this.shown === 0;
    }

    get isLast() {
        return this.shown === this.lastPage;
    }

    get range() {
        const first = this.shown * PAGE;
        const last = Math.min(first + PAGE, this.deals.length);
        return fill(WORDS.range, number(first + 1), number(last), number(this.deals.length));
    }

    handlePrevious() {
        this.pageIndex = this.shown - 1;
    }

    handleNext() {
        this.pageIndex = this.shown + 1;
    }

    handleSort(event) {
        this.tell('cosellsort', { by: event.currentTarget.dataset.by });
    }

    handleSelect(event) {
        this.tell('cosellselect', { ids: [event.currentTarget.dataset.id], chosen: event.detail.checked });
    }

    handleMore(event) {
        const { id } = event.currentTarget.dataset;
        const expanded = new Set(this.expanded);
        if (!expanded.delete(id)) {
            expanded.add(id);
        }
        this.expanded = expanded;
    }

    /** Where Tab has moved the focus, it is seen: browsers think of no margin around the box inside a base component. */
    handleKey(event) {
        if (event.key === 'Tab') {
            event.target.scrollIntoView({ block: 'nearest' });
        }
    }

    handleOpen(event) {
        if (event.metaKey || event.ctrlKey || event.shiftKey) {
            return;
        }
        event.preventDefault();
        this.tell('cosellopen', { id: event.currentTarget.dataset.id });
    }

    tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
    }
}

function lineOf(look) {
    return ({ message }) => ({ ...look, text: message });
}
