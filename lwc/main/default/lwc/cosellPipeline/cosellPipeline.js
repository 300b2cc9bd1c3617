/**
 * The pipeline of a tab, an app page or the home page: reads the open opportunities, has the rules judge all of them in one call, and
 * shares those that the seller selects. What a deal is, how a run goes and what its results say is decided in the modules beside it.
 */
import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { refreshApex } from '@salesforce/apex';
import getSettings from '@salesforce/apex/CosellController.getSettings';
import MAY_SHARE from '@salesforce/customPermission/Cosell_Share';
import { LABELS } from 'c/cosellLabels';
import { PIPELINE_LABELS as WORDS } from 'c/cosellPipelineLabels';
import { describe } from 'c/cosellErrors';
import { fill, number, today } from 'c/cosellFormat';
import { openGuard } from 'c/cosellGuard';
import { openRules } from 'c/cosellModule';
import { reconcile } from 'c/cosellProxy';
import { FIELD } from 'c/cosellRecord';
import { alikeOf, consequencesOf } from './choice';
import * as pipeline from './deals';
import { MOST, gather } from './gather';
import { noticesOf } from './notices';
import { announce, pageOf, readAgain, register } from './org';
import * as results from './results';
import { startRun } from './run';
import { NOTHING_READ, missingScope, withPage, withRecord, withRecords, withScope } from './scopes';

/** Entry of the browser's performance timeline that says how long the rules took for all deals together. */
const MEASURE = 'cosell.reviewAll';

export default class CosellPipeline extends NavigationMixin(LightningElement) {
    labels = LABELS;
    words = WORDS;
    settings;
    settingsWire;
    rules;
    moduleFailure;
    unreadable;
    /** How many readings are under way, and a mark that a newer one has begun. */
    readings = 0;
    reading = false;
    known = NOTHING_READ;
    deals = [];
    filter = pipeline.NO_FILTER;
    order = pipeline.FIRST_ORDER;
    selected = new Set();
    /** Results of a run by id, in its order; none before the first run. */
    items;
    run;
    guard = openGuard();
    stopping = false;
    retrying = false;
    stoppedBy;

    @wire(getSettings)
    wiredSettings(result) {
        const { data, error } = result;
        this.settingsWire = result;
        if (data || error) {
            this.settings = data;
            this.unreadable = error && describe(error);
            if (data) {
                this.begin();
            }
        }
    }

    disconnectedCallback() {
        this.readings += 1;
        this.run?.cancel();
    }

    /* What the template shows */

    get ready() {
        return Boolean(this.rules && this.known.scopes.length);
    }

    get readOnly() {
        return !MAY_SHARE;
    }

    get running() {
        return Boolean(this.run);
    }

    get busy() {
        return this.running || this.retrying || this.reading;
    }

    get notices() {
        const { unreadable, moduleFailure, settings, readOnly, known } = this;
        return noticesOf({ unreadable, moduleFailure, settings, readOnly, more: known.more });
    }

    get readingText() {
        const { length } = this.known.entries;
        return length ? `${WORDS.reading} ${number(length)}` : WORDS.reading;
    }

    get owned() {
        return pipeline.ownedBy(this.deals, this.filter.owner);
    }

    get counts() {
        return pipeline.countsOf(this.owned);
    }

    get rulesFound() {
        return pipeline.rulesOf(this.owned);
    }

    get visible() {
        return pipeline.sorted(pipeline.filtered(this.deals, this.filter), this.order);
    }

    /** Changes whenever the list should begin at its start again. */
    get view() {
        return JSON.stringify([this.filter, this.order]);
    }

    get showOwner() {
        return this.filter.owner === 'all';
    }

    get canShare() {
        return !this.readOnly && this.counts.ready > 0;
    }

    get cannotShare() {
        return this.busy || !this.selected.size || !this.settings.proxyUrl;
    }

    get selectedDeals() {
        return this.deals.filter(({ id }) => this.selected.has(id));
    }

    /** Nobody is asked to select while nothing can be. */
    get consequences() {
        const { selectedDeals } = this;
        return this.running && !selectedDeals.length ? '' : consequencesOf(selectedDeals);
    }

    get alike() {
        return alikeOf(this.selectedDeals);
    }

    /** What the filters let through and can be shared. */
    get selectable() {
        return pipeline.filtered(this.deals, this.filter).filter(({ state }) => state === 'ready');
    }

    get selectAllLabel() {
        return fill(WORDS.selectAll, number(this.selectable.length));
    }

    get allSelected() {
        const { selectable } = this;
        return selectable.length > 0 && selectable.every(({ id }) => this.selected.has(id));
    }

    get cannotSelectAll() {
        return this.busy || !this.selectable.length;
    }

    get nothing() {
        if (this.reading) {
            return null;
        }
        if (this.counts.all) {
            return { heading: WORDS.noMatch, action: WORDS.clear };
        }
        return { heading: WORDS.empty, text: this.showOwner ? '' : fill(WORDS.emptyHint, WORDS.ownerAll, WORDS.owner) };
    }

    get itemList() {
        return [...this.items.values()];
    }

    /* What the seller does */

    handleRefresh() {
        if (!this.settings) {
            this.readSettings();
            return;
        }
        this.known = NOTHING_READ;
        this.begin();
    }

    handleFilter(event) {
        this.filter = { ...this.filter, ...event.detail };
        this.readMissing();
    }

    handleClear() {
        this.filter = { ...pipeline.NO_FILTER, owner: this.filter.owner };
    }

    handleSort(event) {
        const { by } = event.detail;
        this.order = { by, descending: by === this.order.by && !this.order.descending };
    }

    handleSelect(event) {
        const { ids, chosen } = event.detail;
        this.select(ids, chosen);
    }

    handleSelectAll(event) {
        this.select(
            this.selectable.map(({ id }) => id),
            event.detail.checked
        );
    }

    select(ids, chosen) {
        const selected = new Set(this.selected);
        for (const id of ids) {
            if (chosen) {
                selected.add(id);
            } else {
                selected.delete(id);
            }
        }
        this.selected = selected;
    }

    handleShare() {
        const chosen = this.visible.filter(({ id }) => this.selected.has(id));
        const hidden = this.selectedDeals.filter((deal) => !chosen.includes(deal));
        const deals = [...chosen, ...hidden];
        this.selected = new Set();
        this.items = new Map(deals.map((deal) => [deal.id, results.waiting(deal)]));
        this.share(deals.map(({ id }) => id));
    }

    handleCancel() {
        this.stopping = true;
        this.run.cancel();
    }

    async handleRetry(event) {
        const { ids } = event.detail;
        this.retrying = true;
        try {
            this.takeAgain(ids, await readAgain(ids, this.rules.fields));
        } catch (error) {
            this.toast(LABELS.noticeNotShared, describe(error).message, 'error');
            return;
        } finally {
            this.retrying = false;
        }
        const open = ids.filter((id) => this.items.get(id).state === 'waiting');
        if (open.length) {
            await this.share(open);
        }
    }

    /** The focus goes on to where the next share begins, or to the head of the list where none can. */
    handleClose() {
        this.items = undefined;
        this.template.querySelector(this.cannotSelectAll ? '[data-heading]' : '[data-select-all]').focus();
    }

    handleOpen(event) {
        const attributes = { objectApiName: 'Opportunity', recordId: event.detail.id, actionName: 'view' };
        this[NavigationMixin.Navigate]({ type: 'standard__recordPage', attributes });
    }

    /* How it is done */

    /** Without the settings nothing can begin; when they arrive, it does. */
    async readSettings() {
        try {
            await refreshApex(this.settingsWire);
        } catch (error) {
            this.unreadable = describe(error);
        }
    }

    async begin() {
        this.unreadable = undefined;
        try {
            this.rules = this.rules ?? (await openRules(this.settings));
            this.moduleFailure = undefined;
        } catch (error) {
            this.moduleFailure = describe(error);
            return;
        }
        await this.readMissing();
    }

    /** Reads what the choice of owners needs and nobody has read yet. */
    async readMissing() {
        if (!missingScope(this.known, this.filter.owner) || !this.rules || this.reading) {
            return;
        }
        this.readings += 1;
        const mark = this.readings;
        this.reading = true;
        try {
            await this.readScopes(mark);
        } catch (error) {
            this.unreadable = mark === this.readings ? describe(error) : this.unreadable;
        }
        try {
            this.look();
        } catch (error) {
            // Rules that trapped answer no more: to try again starts others, and until then nothing is known of any deal.
            this.moduleFailure = describe(error);
            this.rules = undefined;
        }
        this.reading = false;
    }

    /** One scope after the other, since they share the room, and as long as the reading with this mark is wanted. */
    async readScopes(mark) {
        const scope = missingScope(this.known, this.filter.owner);
        if (!scope) {
            return;
        }
        const take = (records) => {
            this.known = withPage(this.known, scope, records);
            return mark === this.readings;
        };
        const more = await gather(pageOf(scope, this.rules.fields), MOST - this.known.entries.length, take);
        if (mark === this.readings) {
            this.known = withScope(this.known, scope, more);
            await this.readScopes(mark);
        }
    }

    /** Has the rules judge everything that was read, in one call: they also compare the deals with one another. */
    look() {
        const { known, settings } = this;
        const { entries } = known;
        const start = performance.now();
        const records = entries.map(({ record }) => record);
        const verdicts = this.rules.reviewAll(records, today(), { now: new Date().toISOString() });
        performance.measure(MEASURE, { start, end: performance.now(), detail: records.length });
        this.deals = entries.map(({ record, mine }, index) => pipeline.dealOf(record, verdicts[index], { mine, settings }));
        const ready = new Set(this.deals.filter(({ state }) => state === 'ready').map(({ id }) => id));
        this.selected = new Set([...this.selected].filter((id) => ready.has(id)));
    }

    /** Shares these, and keeps the page from being closed unnoticed meanwhile. */
    async share(ids) {
        this.stoppedBy = undefined;
        this.stopping = false;
        const { rules } = this;
        this.run = startRun(ids, { share: (id) => this.shareOne(id, rules), tell: (id, event) => this.hear(id, event) });
        await this.guard.during(() => this.run.ended);
        this.run = undefined;
        const { length } = this.itemList;
        const done = this.itemList.filter(results.isDone).length;
        this.toast(fill(WORDS.ended, number(done), number(length)), '', done === length ? 'success' : 'warning');
        await announce(ids);
    }

    async shareOne(id, rules) {
        const { record } = this.deals.find((deal) => deal.id === id);
        if (!record[FIELD.sync]) {
            await register(record);
            this.replace(id, { ...record, [FIELD.sync]: true });
        }
        return reconcile(id, rules);
    }

    /** Something happened to an opportunity of the run. */
    hear(id, event) {
        this.items = new Map(this.items).set(id, results.after(this.items.get(id), event));
        const { record } = this.deals.find((deal) => deal.id === id);
        if (event.kind === 'done') {
            this.replace(id, pipeline.withPair(record, event.pair));
        } else if (event.error?.findings?.length) {
            this.replace(id, record, { ready: false, findings: event.error.findings });
        }
        if (event.kind === 'left' && event.error) {
            this.stoppedBy = describe(event.error).message;
        }
    }

    /** Takes in another state of one record, until the rules are asked again about all. */
    replace(id, record, verdict = {}) {
        const { settings } = this;
        this.known = withRecord(this.known, record);
        this.deals = this.deals.map((deal) => {
            const known = {
                ready: deal.state !== 'blocked',
                dealType: deal.dealType,
                findings: [...deal.blocks, ...deal.advice],
                ...verdict
            };
            return deal.id === id ? pipeline.dealOf(record, known, { mine: deal.mine, settings }) : deal;
        });
    }

    /** Takes in records that were read again, and says of each in the results whether it is to be tried. */
    takeAgain(ids, records) {
        this.known = withRecords(this.known, ids, records);
        this.look();
        const items = new Map(this.items);
        for (const id of ids) {
            const item = items.get(id);
            const deal = this.deals.find((candidate) => candidate.id === id);
            if (!deal) {
                items.set(id, results.gone(item));
            } else {
                items.set(id, deal.blocks.length && deal.state !== 'shared' ? results.notReady(item, deal.blocks) : results.waiting(deal));
            }
        }
        this.items = items;
    }

    toast(title, message, variant) {
        this.dispatchEvent(new ShowToastEvent({ title, message, variant }));
    }
}
