/**
 * The co-sell panel of the opportunity page: keeps the record, the unsaved edits and the rules' verdict on both, and lets its children
 * show them. What to show where, what a share does, and what an error means, is decided in the modules beside it.
 */
import { LightningElement, api, wire } from 'lwc';
import { getRecord, notifyRecordUpdateAvailable } from 'lightning/uiRecordApi';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { refreshApex } from '@salesforce/apex';
import getSnapshot from '@salesforce/apex/CosellController.getSnapshot';
import getSettings from '@salesforce/apex/CosellController.getSettings';
import getSolutions from '@salesforce/apex/CosellController.getSolutions';
import MAY_SHARE from '@salesforce/customPermission/Cosell_Share';
import { FIELD_LABELS, LABELS } from 'c/cosellLabels';
import { describe } from 'c/cosellErrors';
import { counted, fill, listed, today } from 'c/cosellFormat';
import { openRules } from 'c/cosellModule';
import * as model from 'c/cosellRecord';
import { arrange, blockingKeys, nextKey } from './arrange';
import { linkOf } from './link';
import * as notice from './notices';
import * as steps from './steps';

const { FIELD } = model;
const SHARE_LABELS = { private: LABELS.sharePrivate, partnerLed: LABELS.shareVisible, coSell: LABELS.shareCoSell };

export default class CosellPanel extends LightningElement {
    labels = LABELS;
    requiredFields = model.REQUIRED_FIELDS;
    optionalFields;
    settings;
    catalogue = [];
    rules;
    record;
    draft = {};
    outcome;
    pair;
    refused = [];
    progress = '';
    unreadable;
    moduleFailure;
    failure;
    opportunityId;
    snapshotWire;
    snapshot;
    live;
    focusAfter;

    /** The opportunity of the page. */
    @api
    get recordId() {
        return this.opportunityId;
    }
    set recordId(value) {
        if (value !== this.opportunityId) {
            this.opportunityId = value;
            Object.assign(this, { snapshot: undefined, live: undefined, record: undefined, outcome: undefined, pair: undefined });
            Object.assign(this, { draft: {}, refused: [], failure: undefined, unreadable: undefined });
        }
    }

    @wire(getSettings)
    wiredSettings({ data, error }) {
        if (data || error) {
            this.settings = data ?? {};
            this.optionalFields = model.optionalFields(this.settings);
            this.startRules();
        }
    }

    @wire(getSolutions)
    wiredSolutions({ data }) {
        this.catalogue = data ?? [];
    }

    @wire(getSnapshot, { opportunityId: '$recordId' })
    wiredSnapshot(result) {
        this.snapshotWire = result;
        if (result.data) {
            this.snapshot = JSON.parse(result.data);
            this.unreadable = undefined;
            this.look();
        } else if (result.error) {
            this.unreadable = describe(result.error);
        }
    }

    @wire(getRecord, { recordId: '$recordId', fields: '$requiredFields', optionalFields: '$optionalFields' })
    wiredRecord({ data }) {
        // Without it the snapshot stands alone; only what changes on the page is then seen later.
        if (data) {
            this.live = data;
            this.look();
        }
    }

    renderedCallback() {
        if (this.focusAfter && this.ready && !this.busy) {
            const { key, before } = this.focusAfter;
            this.focusAfter = undefined;
            this.focusNext(nextKey(before, blockingKeys(this.places), key));
        }
    }

    /* What the template shows */

    get ready() {
        return Boolean(this.record && this.outcome?.status === 'reviewed');
    }

    get busy() {
        return Boolean(this.progress);
    }

    get readOnly() {
        return !MAY_SHARE;
    }

    get notices() {
        if (this.unreadable) {
            const unset = this.unreadable.code === 'settings.missing';
            return [unset ? notice.notSetUp() : notice.unreadable(this.unreadable)];
        }
        return [
            this.moduleFailure && notice.moduleMissing(this.moduleFailure),
            this.settings && !this.settings.proxyUrl && notice.notSetUp(),
            this.record && this.readOnly && notice.notPermitted(),
            this.failure
        ].filter(Boolean);
    }

    get link() {
        return linkOf(this.record, this.pair);
    }

    get shared() {
        return Boolean(this.record && this.link.referralId);
    }

    get findings() {
        return this.refused.length ? this.refused : this.outcome.findings;
    }

    get places() {
        return arrange(this.findings, this.record, this.draft);
    }

    get blocking() {
        return this.findings.filter(({ severity }) => severity === 'block').length;
    }

    get summary() {
        if (!this.ready) {
            const waits = !this.unreadable && !this.moduleFailure;
            return waits ? { icon: 'utility:clock', text: LABELS.loading } : null;
        }
        if (this.blocking) {
            const [one, many] = this.shared
                ? [LABELS.summarySendOne, LABELS.summarySendMany]
                : [LABELS.summaryShareOne, LABELS.summaryShareMany];
            return { icon: 'utility:error', variant: 'error', text: counted(this.blocking, one, many) };
        }
        return this.shared ? null : { icon: 'utility:success', variant: 'success', text: LABELS.summaryReady };
    }

    get values() {
        const read = (name) => model.valueOf(this.record, this.draft, FIELD[name]) ?? null;
        return {
            sync: Boolean(read('sync')),
            help: read('help'),
            visible: Boolean(read('visible')),
            consent: Boolean(read('consent')),
            contact: read('contact')
        };
    }

    get visibleForGood() {
        return this.shared && Boolean(this.record[FIELD.visible]);
    }

    get contacts() {
        return model.contactsOf(this.record);
    }

    get solutions() {
        return model.solutionsOf(this.record);
    }

    get audit() {
        return model.auditOf(this.record);
    }

    /** Fields that an admin mapped, by the standard field whose place they take. */
    get mapped() {
        const { dealValueField, currencyField, countryField } = this.settings ?? {};
        return { [dealValueField]: 'Amount', [currencyField]: 'CurrencyIsoCode', [countryField]: 'BillingCountry' };
    }

    get canAct() {
        return this.ready && !this.readOnly;
    }

    get unsaved() {
        const names = Object.keys(this.draft);
        return names.length ? fill(LABELS.unsaved, listed(names.map((name) => this.labelOf(name)))) : '';
    }

    get whyNot() {
        if (this.busy) {
            return '';
        }
        if (this.blocking) {
            return counted(this.blocking, LABELS.whyNotOne, LABELS.whyNotMany);
        }
        return this.settings.proxyUrl ? '' : LABELS.whyNotSettings;
    }

    get cannotShare() {
        return this.busy || Boolean(this.whyNot);
    }

    get shareLabel() {
        if (!this.shared) {
            return SHARE_LABELS[this.outcome.dealType];
        }
        if (this.unsaved) {
            return LABELS.shareChanges;
        }
        return this.isTroubled ? LABELS.tryAgain : LABELS.shareAgain;
    }

    get shareVariant() {
        return this.shared && !this.unsaved && !this.isTroubled ? 'neutral' : 'brand';
    }

    get isTroubled() {
        return ['waiting', 'needsYou', 'broken'].includes(this.link.state);
    }

    /* What the seller does */

    handleDraft(event) {
        this.edit(event.detail.values);
    }

    handleFix(event) {
        const { key, field, fix, values } = event.detail;
        const before = blockingKeys(this.places);
        if (fix.kind === 'add' || !values) {
            this.form.focusField(fix.what === 'solution' ? 'solutions' : field);
        } else if (fix.object === 'Opportunity') {
            this.edit(values);
            this.focusAfter = { key, before };
        } else {
            this.write(LABELS.saved, () => steps.saveFields(fix.recordId, values), { key, before });
        }
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
        this.focusAfter = { before: [] };
        this.look();
    }

    handleSave() {
        this.write(LABELS.saved, () => steps.saveFields(this.recordId, this.draft, this.unmodifiedSince), { before: [] });
    }

    async handleShare() {
        this.failure = undefined;
        this.refused = [];
        const fields = steps.fieldsToShare(this.record, this.draft);
        const onstep = (words) => {
            this.progress = words;
        };
        const { recordId, rules, unmodifiedSince } = this;
        try {
            this.pair = await steps.share({ recordId, fields, unmodifiedSince, rules, onstep });
            this.toastPair();
        } catch (error) {
            const problem = describe(error);
            this.failure = notice.notShared(problem);
            this.refused = problem.findings;
        }
        await this.refresh();
        this.focusAfter = { before: [] };
        this.progress = '';
    }

    handleNotice(event) {
        const actions = { reload: () => this.reload(), share: () => this.handleShare(), dismiss: () => {} };
        this.failure = undefined;
        actions[event.currentTarget.dataset.action]();
    }

    /* How it is done */

    get form() {
        return this.template.querySelector('c-cosell-form');
    }

    get unmodifiedSince() {
        return this.live?.lastModifiedDate ?? this.record.LastModifiedDate;
    }

    labelOf(name) {
        return FIELD_LABELS[name] ?? FIELD_LABELS[this.mapped[name]] ?? name;
    }

    async startRules() {
        try {
            this.rules = await openRules(this.settings);
            this.moduleFailure = undefined;
            this.look();
        } catch (error) {
            this.moduleFailure = describe(error);
        }
    }

    async reload() {
        await Promise.all([this.rules ? undefined : this.startRules(), this.refresh()]);
    }

    /** Takes in what changed and asks the rules again. What the record now holds is no edit any more. */
    look() {
        if (!this.snapshot) {
            return;
        }
        this.record = model.mergeRecord(this.snapshot, this.live);
        this.draft = model.changesOf(this.record, this.draft);
        this.outcome = this.rules?.review(this.record, this.draft, today());
        if (this.outcome?.status === 'unreadable') {
            this.unreadable = describe(this.outcome);
        }
    }

    edit(values) {
        this.draft = model.applyEdit(this.record, this.draft, values);
        this.refused = [];
        this.look();
    }

    /** One write with its progress, its toast, or its failure; afterwards everything is read again. */
    async write(done, action, focusAfter) {
        this.failure = undefined;
        this.refused = [];
        this.progress = LABELS.progressWriting;
        try {
            await action();
            this.toast(done, '', 'success');
            this.focusAfter = focusAfter;
        } catch (error) {
            this.failure = notice.notSaved(describe(error));
        }
        await this.refresh();
        this.progress = '';
    }

    async refresh() {
        try {
            await Promise.all([notifyRecordUpdateAvailable([{ recordId: this.recordId }]), refreshApex(this.snapshotWire)]);
        } catch (error) {
            this.unreadable = describe(error);
        }
    }

    focusNext(key) {
        const places = key ? [this.template.querySelector('c-cosell-findings'), this.form] : [];
        if (!places.some((place) => place.focusFinding(key))) {
            this.template.querySelector(this.cannotShare ? '[data-summary]' : '[data-share]')?.focus();
        }
    }

    toastPair() {
        const { state, reason, dealType, referralId } = this.pair;
        if (state === 'inStep') {
            const title = dealType === 'private' ? LABELS.sharedPrivate : LABELS.shared;
            this.toast(title, fill(LABELS.sharedReferral, referralId), 'success');
        } else {
            this.toast(LABELS.sharedLater, reason?.message ?? '', 'warning');
        }
    }

    toast(title, message, variant) {
        this.dispatchEvent(new ShowToastEvent({ title, message, variant }));
    }
}
