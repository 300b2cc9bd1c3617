// What the org and the server tell the set-up page. Plain data, for component tests and the gallery.
export const SETTINGS = Object.freeze({
    proxyUrl: 'https://cosell.alder.example',
    certificate: 'Cosell_Seller_Token',
    countryField: 'BillingCountry',
    dealValueField: 'Amount',
    currencyField: 'CurrencyIsoCode',
    defaultCurrency: null,
    activeStage: 'Qualification',
    onHoldStage: 'On Hold',
    coSellOnly: null,
    checkMark: null,
    ruleSettings: null
});

export const ORG = Object.freeze({
    myDomain: true,
    notes: true,
    teams: true,
    countryPicklists: false,
    multiCurrency: true,
    currency: 'EUR',
    integrationUsers: 1
});

export const STAGES = Object.freeze(['Qualification', 'On Hold'].map((value) => ({ value, label: value })));

/** What the org tells. */
export function setupOf(settings = SETTINGS, org = {}) {
    return { settings, recordId: 'm00000000000001AAA', stages: STAGES, org: { ...ORG, ...org } };
}

const FIELDS = {
    'Account.BillingCountry': { label: 'Billing Country', type: 'STRING' },
    'Opportunity.Amount': { label: 'Amount', type: 'CURRENCY' },
    'Opportunity.CurrencyIsoCode': { label: 'Opportunity Currency', type: 'PICKLIST' },
    'Opportunity.Campaign_Code__c': { label: 'Campaign Code', type: 'STRING' }
};

/** A field as the org describes it. */
export function fieldOf(path, more = {}) {
    const known = FIELDS[path];
    return known ? { path, exists: true, name: path.split('.').at(-1), writable: 'yes', ...known, ...more } : { path, exists: false };
}

export const OPPORTUNITY_ID = '006Qy00000AbCdEIAV';

/** The server's answers where a test says nothing else. */
export function answers(changes = {}) {
    return {
        'GET health': healthOf(),
        'GET webhooks': registrationOf(),
        'GET attention': { pairs: [], next: null },
        'POST retry': { retried: true },
        'GET retry': { underWay: false },
        ...changes
    };
}

/** All connections well, but for the changes by name. */
export function healthOf(changes = {}, checkedAt = '2026-11-22T14:02:00Z') {
    const names = ['salesforce', 'entra', 'partner-center', 'webhooks', 'store'];
    const connections = names.map((name) => ({ name, state: 'ok', code: null, detail: `About ${name}.`, facts: {}, ...changes[name] }));
    return { checkedAt, connections };
}

export function registrationOf(changes = {}) {
    const url = 'https://cosell.alder.example/webhooks/partner-center';
    return {
        state: 'ours',
        publicUrl: url,
        registeredUrl: url,
        events: [],
        missingEvents: [],
        checkedAt: '2026-11-22T14:01:58Z',
        ...changes
    };
}

export function pairOf(changes = {}) {
    return {
        kind: 'opportunity',
        opportunityId: OPPORTUNITY_ID,
        referralId: null,
        engagementId: null,
        state: 'broken',
        code: 'partner-center.refused',
        message: 'Partner Center refused the deal.',
        since: '2026-11-22T13:00:00Z',
        waitingUntil: null,
        attempts: 3,
        ...changes
    };
}
