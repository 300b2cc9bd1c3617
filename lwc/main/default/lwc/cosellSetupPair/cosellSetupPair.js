/**
 * A deal that needs attention: what it is called, why it needs it, since when, and a button that has it looked at now.
 */
import { LightningElement, api, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { getRecord } from 'lightning/uiRecordApi';
import { SETUP } from 'c/cosellSetupLabels';
import { counted, dateTime, fill } from 'c/cosellFormat';

const STATES = {
    waiting: { icon: 'utility:clock', text: SETUP.pairWaiting, badge: 'slds-badge' },
    needsYou: { icon: 'utility:warning', variant: 'warning', text: SETUP.pairNeeds, badge: 'slds-badge slds-theme_warning' },
    broken: { icon: 'utility:error', variant: 'error', text: SETUP.pairBroken, badge: 'slds-badge slds-theme_error' },
    stuck: { icon: 'utility:warning', variant: 'warning', text: SETUP.pairStuck, badge: 'slds-badge slds-theme_warning' }
};

/** Names while the record's own is not known: it is not read yet, the admin may not see it, or there is none. */
const KINDS = { opportunity: SETUP.pairOpportunity, lead: SETUP.pairLead, referral: SETUP.pairReferral };

/** Records are opened by what their identifiers begin with; of a lead the server knows the identifier as that of its pair. */
const OBJECTS = { '006': 'Opportunity', '00Q': 'Lead' };

export default class CosellSetupPair extends NavigationMixin(LightningElement) {
    labels = SETUP;
    shownPair;
    found;
    url;

    /** As the server tells it, and `key`, its identifier. */
    @api
    get pair() {
        return this.shownPair;
    }
    set pair(value) {
        const moved = value?.opportunityId !== this.shownPair?.opportunityId;
        this.shownPair = value;
        if (moved) {
            this.found = undefined;
            this.url = undefined;
            if (this.isConnected) {
                this.findUrl();
            }
        }
    }

    /** Whether it is being looked at. */
    @api busy = false;

    @wire(getRecord, { recordId: '$recordId', fields: '$fields' })
    wiredRecord({ data }) {
        // Without it the identifier stands for the name.
        this.found = data;
    }

    connectedCallback() {
        // The page is asked for addresses by an event, which nobody hears before.
        this.findUrl();
    }

    /** The button stays while the pair is looked at, and keeps the focus. */
    get isBusy() {
        return String(this.busy);
    }

    get objectName() {
        return OBJECTS[this.shownPair?.opportunityId?.slice(0, 3)];
    }

    get recordId() {
        return this.objectName ? this.shownPair.opportunityId : undefined;
    }

    get fields() {
        return this.objectName ? [`${this.objectName}.Name`] : undefined;
    }

    get name() {
        return this.found?.fields.Name.value ?? fill(KINDS[this.shownPair.kind] ?? '{0}', this.shownPair.key);
    }

    get look() {
        const { state } = this.shownPair;
        return STATES[state] ?? STATES.stuck;
    }

    get reason() {
        return this.shownPair.message ?? this.shownPair.code;
    }

    get facts() {
        const { since, attempts, waitingUntil } = this.shownPair;
        return [
            since && fill(SETUP.since, dateTime(since)),
            attempts > 0 && counted(attempts, SETUP.pairTriesOne, SETUP.pairTriesMany),
            waitingUntil && fill(SETUP.pairNext, dateTime(waitingUntil))
        ]
            .filter(Boolean)
            .join(' · ');
    }

    get retryOf() {
        return fill(SETUP.pairRetryOf, this.name);
    }

    get page() {
        return {
            type: 'standard__recordPage',
            attributes: { objectApiName: this.objectName, recordId: this.recordId, actionName: 'view' }
        };
    }

    async findUrl() {
        if (this.recordId) {
            const { recordId } = this;
            const url = await this[NavigationMixin.GenerateUrl](this.page);
            if (recordId === this.recordId) {
                this.url = url;
            }
        }
    }

    handleOpen(event) {
        if (event.metaKey || event.ctrlKey || event.shiftKey) {
            return;
        }
        event.preventDefault();
        this[NavigationMixin.Navigate](this.page);
    }

    /** The button gets it: what else is here can be read. */
    @api
    focus() {
        this.template.querySelector('[data-retry]').focus();
    }

    handleRetry() {
        if (this.busy) {
            return;
        }
        const { key } = this.shownPair;
        const detail = { key, name: this.name };
        this.dispatchEvent(new CustomEvent('cosellretry', { detail, bubbles: true, composed: true }));
    }
}
