/**
 * The co-sell panel of the opportunity page: keeps the record, the unsaved edits and the rules' verdict on both, and lets its children
 * show them. What to show where, what a share does and sends, and what an error means, is decided in the modules beside it.
 */
import { LightningElement, api, wire } from 'lwc';
import { getRecord } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { refreshApex } from '@salesforce/apex';
import getAccess from '@salesforce/apex/CosellController.getAccess';
import getSnapshot from '@salesforce/apex/CosellController.getSnapshot';
import getSettings from '@salesforce/apex/CosellController.getSettings';
import getSolutions from '@salesforce/apex/CosellController.getSolutions';
import MAY_SHARE from '@salesforce/customPermission/Cosell_Share';
import { obstacleOf } from 'c/cosellAccess';
import { LABELS } from 'c/cosellLabels';
import { describe } from 'c/cosellErrors';
import { fill } from 'c/cosellFormat';
import { openGuard } from 'c/cosellGuard';
import { isKnownToProxy, linkOf, pairFacts } from 'c/cosellLink';
import { openRules } from 'c/cosellModule';
import { decide } from 'c/cosellProxy';
import * as model from 'c/cosellRecord';
import { arrange, blockingKeys } from './arrange';
import { openAsking } from './asking';
import { draftOf, keepDraft } from './drafts';
import { openFocusing } from './focusing';
import { footOf, headOf } from './head';
import { judge } from './judging';
import * as notice from './notices';
import { awaitedOf, openEdits } from './sending';
import * as steps from './steps';
import { dealOf } from './verdict';
import { viewOf } from './view';
import { openWatch } from './watch';

/** What belongs to one opportunity, and goes when the page shows another. */
const NOTHING = Object.freeze({
    snapshot: undefined,
    live: undefined,
    record: undefined,
    access: undefined,
    outcome: undefined,
    pair: undefined,
    refused: undefined,
    failure: undefined,
    unreadable: undefined,
    unasked: undefined,
    progress: undefined
});

export default class CosellPanel extends LightningElement {
    labels = LABELS;
    requiredFields = model.REQUIRED_FIELDS;
    optionalFields;
    choiceFields = model.CHOICE_FIELDS;
    access;
    settings;
    settingsWire;
    settingsFailure;
    catalogue = null;
    catalogueFailed = false;
    solutionsWire;
    rules;
    record;
    draft = {};
    outcome;
    pair;
    refused;
    /** What is under way: `{ words, sharing }`. */
    progress;
    guard = openGuard();
    focusing = openFocusing(this);
    asking = openAsking(this, (pair, unasked) => {
        Object.assign(this, { pair, unasked });
        this.look();
    });
    watch = openWatch(this.asking.again);
    unreadable;
    moduleFailure;
    failure;
    /** Why the proxy could not be asked how the pair stands. */
    unasked;
    opportunityId;
    snapshotWire;
    snapshot;
    live;

    /** The opportunity of the page. */
    @api
    get recordId() {
        return this.opportunityId;
    }
    set recordId(value) {
        if (value !== this.opportunityId) {
            keepDraft(this.opportunityId, this.draft);
            this.opportunityId = value;
            Object.assign(this, NOTHING, { draft: draftOf(value) });
            this.focusing.after(undefined);
            this.asking.forget();
            this.watch.startAnew();
        }
    }

    @wire(getSettings)
    wiredSettings(result) {
        const { data, error } = result;
        this.settingsWire = result;
        if (data || error) {
            this.settings = data ?? {};
            const problem = error && describe(error);
            this.settingsFailure = problem?.code === 'settings.missing' ? undefined : problem;
            this.readAlso(model.optionalFields(this.settings));
            this.startRules();
        }
    }

    @wire(getSolutions)
    wiredSolutions(result) {
        this.solutionsWire = result;
        this.catalogue = result.data ?? null;
        this.catalogueFailed = Boolean(result.error);
    }

    @wire(getSnapshot, { opportunityId: '$recordId' })
    wiredSnapshot(result) {
        this.snapshotWire = result;
        const snapshot = result.data && JSON.parse(result.data);
        if (snapshot && model.isSameId(snapshot.Id, this.recordId)) {
            this.snapshot = snapshot;
            this.unreadable = undefined;
            this.look();
        } else if (result.error && !this.asking.isQuiet()) {
            this.unreadable = describe(result.error);
        }
    }

    @wire(getAccess, { recordId: '$recordId', fields: '$choiceFields' })
    wiredAccess({ data }) {
        this.access = data;
    }

    @wire(getRecord, { recordId: '$recordId', fields: '$requiredFields', optionalFields: '$optionalFields' })
    wiredRecord({ data }) {
        // Without it the snapshot stands alone; only what changes on the page is then seen later.
        if (data && model.isSameId(data.id, this.recordId)) {
            this.live = data;
            this.look();
        }
    }

    connectedCallback() {
        this.watch.open();
    }

    /** The page goes on without the panel, and so does what is under way: until it has ended, the browser asks. */
    disconnectedCallback() {
        keepDraft(this.opportunityId, this.draft);
        this.watch.close();
    }

    renderedCallback() {
        this.focusing.goOn();
        keepDraft(this.opportunityId, this.draft);
    }

    /* What the template shows */

    get ready() {
        return Boolean(this.record && this.outcome?.status === 'reviewed');
    }

    get busy() {
        return Boolean(this.progress);
    }

    get readOnly() {
        return !MAY_SHARE || Boolean(this.obstacle);
    }

    /** Why the opportunity can't be changed, and who can; empty where it can, or where nobody has said yet. */
    get obstacle() {
        return obstacleOf({ kind: 'edit', object: 'Opportunity', fields: [] }, this.access, {});
    }

    /** The answer to a referral goes through the module as well. */
    get cannotDecide() {
        return this.busy || !this.rules || !this.settings.proxyUrl;
    }

    get notices() {
        const { unreadable, moduleFailure, settings, settingsFailure, record, obstacle, unasked, failure } = this;
        const lacking = { unreadable, moduleFailure, settings, settingsFailure };
        return notice.noticesOf({ ...lacking, record, mayShare: Boolean(MAY_SHARE), obstacle, unasked, failure });
    }

    get link() {
        return linkOf(this.record, this.pair);
    }

    get deal() {
        const { link, findings, draft, settings, settingsFailure, outcome } = this;
        const known = { link, values: model.choicesOf(this.record, draft), findings, edited: Object.keys(draft) };
        return dealOf({ ...known, dealType: outcome?.dealType, configured: Boolean(settings?.proxyUrl), unread: Boolean(settingsFailure) });
    }

    get head() {
        const { link, deal, view, outcome, progress, canAct, readOnly, waits } = this;
        return headOf({ link, deal, values: view.values, outcome, progress, canAct, readOnly, waits });
    }

    /** What could be sent of a deal, and what is in the way; of none that was closed before anybody shared it. */
    get showsDeal() {
        return this.ready && !this.link.over;
    }

    /** Whether the proxy may be asked, and knows more of the deal than the record says. */
    get mayAsk() {
        return Boolean(!this.readOnly && this.rules && this.settings.proxyUrl && isKnownToProxy(this.record));
    }

    get waits() {
        return !this.ready && !this.unreadable && !this.moduleFailure;
    }

    /** Not even how the deal stands is known yet. */
    get waitsForAll() {
        return this.waits && !(this.record && this.head.standing);
    }

    get findings() {
        return this.refused?.findings ?? this.outcome?.findings ?? [];
    }

    get places() {
        return arrange(this.findings, this.record, this.draft);
    }

    get view() {
        const { record, draft, link, settings } = this;
        return viewOf({ record, draft, link, settings });
    }

    get canAct() {
        return this.ready && !this.readOnly;
    }

    get foot() {
        const { busy, canAct } = this;
        return canAct ? footOf({ deal: this.deal, unsaved: this.view.unsaved, busy }) : {};
    }

    /* What the seller does */

    handleDraft(event) {
        this.edit(event.detail.values);
    }

    async handleFix(event) {
        const { key, field, fix, values, onend } = event.detail;
        const before = blockingKeys(this.places);
        if (fix.kind === 'add' || !values) {
            this.form.focusField(fix.what === 'solution' ? 'solutions' : field);
        } else {
            const done = await this.write(LABELS.saved, () => this.mend(fix, values), { key, before });
            if (done?.problem && !onend) {
                this.focusing.after({ back: key });
                this.focusing.goOn();
            }
            onend?.(Boolean(done && !done.problem));
        }
    }

    handleGoTo(event) {
        this.focusing.to(event.detail.key);
    }

    handleSolutionAdd(event) {
        const { solution } = event.detail;
        const before = blockingKeys(this.places);
        const key = this.places.solutions[0]?.key;
        this.write(fill(LABELS.solutionAdded, solution.name), () => steps.addSolution(this.recordId, solution), key && { key, before });
    }

    handleSolutionRemove(event) {
        const { recordId, label } = event.detail;
        this.write(fill(LABELS.solutionRemoved, label), () => steps.removeSolution(recordId));
    }

    handleDiscard() {
        this.draft = {};
        this.focusing.after({ before: [] });
        this.look();
    }

    handleSave() {
        this.write(LABELS.saved, () => steps.saveFields(this.recordId, this.draft, this.unmodifiedSince), { before: [] });
    }

    async handleShare() {
        const { recordId, rules, unmodifiedSince, deal } = this;
        const fields = steps.fieldsToShare(this.record, this.draft, deal);
        const onstep = (words) => {
            this.progress = recordId === this.recordId ? { words, sharing: deal.sends } : this.progress;
        };
        this.focusing.to();
        const share = () => steps.share({ recordId, fields, unmodifiedSince, rules, opens: deal.opens, onstep });
        const done = await this.run(() => this.guard.during(share));
        if (done?.problem) {
            const { findings } = done.problem;
            this.failure = notice.notShared(done.problem, deal);
            this.refused = findings.length ? { findings, of: model.contentOf(this.record) } : undefined;
            this.focusing.after({ before: [] });
        } else if (done) {
            this.takeIn(done.result, notice.toastOf(done.result, deal));
        }
    }

    async handleDecide(event) {
        const { recordId, rules } = this;
        const { decision, reason } = event.detail;
        this.progress = { words: LABELS.progressAnswering };
        this.focusing.to();
        const answer = () => decide(recordId, rules, decision, reason);
        const done = await this.run(() => this.guard.during(answer));
        if (done?.problem) {
            this.failure = notice.notAnswered(done.problem);
        } else if (done) {
            this.takeIn(done.result, notice.answered(decision));
        }
    }

    async handleCatalogue() {
        try {
            await refreshApex(this.solutionsWire);
        } catch {
            this.catalogueFailed = true;
        }
    }

    handleNotice(event) {
        this.forgive();
        // The card goes, and its button with it.
        this.focusing.to();
        this.act(event.currentTarget.dataset.action);
    }

    handleStanding(event) {
        this.act(event.detail.name);
    }

    /* How it is done */

    act(name) {
        const mend = () => this.focusing.to(blockingKeys(this.places)[0]);
        const actions = { reload: () => this.reload(), share: () => this.handleShare(), mend, dismiss: () => {} };
        actions[name]();
    }

    get form() {
        return this.template.querySelector('c-cosell-form');
    }

    get unmodifiedSince() {
        return this.live?.lastModifiedDate ?? this.record.LastModifiedDate;
    }

    async startRules() {
        try {
            this.rules = await openRules(this.settings);
            this.moduleFailure = undefined;
            this.readAlso(model.optionalFields(this.settings, this.rules.fields));
            this.look();
        } catch (error) {
            this.moduleFailure = describe(error);
        }
    }

    /** Asks for these fields. The same ones again are no other request. */
    readAlso(fields) {
        this.optionalFields = String(fields) === String(this.optionalFields) ? this.optionalFields : fields;
    }

    async reload() {
        this.asking.forget();
        Object.assign(this, { unasked: undefined, pair: undefined });
        const settings = this.settingsFailure && refreshApex(this.settingsWire).catch(() => {});
        await Promise.all([settings, this.rules ? undefined : this.startRules(), this.run(() => {})]);
    }

    /** The proxy has done what it was asked for, and says how the pair stands now. */
    takeIn(result, toast) {
        this.pair = { ...result, seen: model.modifiedAt(this.record) };
        this.toast(toast);
        this.look();
        this.focusing.after({ before: [] });
    }

    /** What failed before says nothing about what is done or shown now. */
    forgive() {
        this.failure = undefined;
        this.refused = undefined;
    }

    /** Saves a fix, on whichever record; an unsaved edit of the same field gives way to it. */
    async mend({ object, recordId }, values) {
        const isDeal = object === 'Opportunity';
        await steps.saveFields(recordId, values, isDeal ? this.unmodifiedSince : undefined);
        if (isDeal && model.isSameId(recordId, this.recordId)) {
            this.draft = Object.fromEntries(Object.entries(this.draft).filter(([name]) => !(name in values)));
        }
    }

    /** Takes in what changed and asks the rules again. What the record now holds is no edit any more. */
    look() {
        if (!this.snapshot) {
            return;
        }
        this.record = model.mergeRecord(this.snapshot, this.live);
        this.draft = model.changesOf(this.record, openEdits(this.draft, this.link));
        if (this.refused && this.refused.of !== model.contentOf(this.record)) {
            this.forgive();
        }
        const { rules, record, draft, link, pair } = this;
        Object.assign(this, judge({ rules, record, draft, link, facts: pairFacts(record, pair) }));
        if (this.outcome?.status === 'unreadable') {
            this.unreadable = describe(this.outcome);
        }
        this.watch.follow(awaitedOf(this.link, this.deal.synced, this.draft, this.outcome));
        this.asking.once();
    }

    edit(values) {
        this.draft = model.applyEdit(this.record, this.draft, values);
        if (this.refused) {
            this.forgive();
        }
        this.look();
    }

    /** One write with its progress, its toast, or its failure. Gives how it ended, as `run` does. */
    async write(title, action, mended) {
        this.progress = { words: LABELS.progressWriting };
        const done = await this.run(action);
        if (done?.problem) {
            this.failure = notice.notSaved(done.problem);
        } else if (done) {
            this.toast({ title, message: '', variant: 'success' });
            this.focusing.after(mended);
            if (this.deal.synced) {
                this.watch.expect();
            }
            // The page may have shown the end of it already, and then nothing is rendered any more.
            this.focusing.goOn();
        }
        return done;
    }

    /**
     * Does something to the opportunity and reads it again.
     * @returns {Promise<{ result?: object, problem?: object } | undefined>} undefined when the page shows another opportunity by then,
     * to which none of this belongs
     */
    async run(action) {
        const { recordId, snapshotWire } = this;
        this.forgive();
        const done = await steps.attempt(action);
        const unreadable = await steps.reread(recordId, snapshotWire).catch(describe);
        if (recordId !== this.recordId) {
            return undefined;
        }
        this.unreadable = unreadable ?? this.unreadable;
        this.progress = undefined;
        return done;
    }

    toast(words) {
        this.dispatchEvent(new ShowToastEvent(words));
    }
}
