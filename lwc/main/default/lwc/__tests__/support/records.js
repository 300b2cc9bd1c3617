// Sample data in the shapes of the platform.
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const OPPORTUNITY_ID = '006Qy00000AbCdEIAV';
export const ACCOUNT_ID = '001Qy00000XyZ12IAF';
export const CONTACT_ID = '003Qy00000kLmN3IAK';
export const OTHER_CONTACT_ID = '003Qy00000kLmN4IAK';

export const SETTINGS = Object.freeze({
    proxyUrl: 'https://cosell.alder.example',
    countryField: 'BillingCountry',
    dealValueField: 'Amount',
    currencyField: 'CurrencyIsoCode',
    defaultCurrency: 'EUR'
});

export const CATALOGUE = Object.freeze([
    { identifier: 'SOL-20417-KXD', name: 'Warehouse Insight', type: '3P', publisher: 'Lindqvist Partners' },
    { identifier: 'SOL-30518-LYE', name: 'Dock Planner', type: '3P', publisher: 'Lindqvist Partners' }
]);

/** A co-sell deal to which nothing is left to say; the second argument changes its account. */
export function readyDeal(changes = {}, accountChanges = {}) {
    return {
        Id: OPPORTUNITY_ID,
        Name: 'Alder warehouse modernisation',
        StageName: 'Qualification',
        Amount: 84000,
        CurrencyIsoCode: 'EUR',
        CloseDate: '2099-03-31',
        Description: 'Moves its warehouse management to Azure.',
        LastModifiedDate: '2026-11-22T16:25:57.000+0000',
        Sync_with_Partner_Center__c: false,
        How_can_Microsoft_help__c: 'ProofOfConceptOrDemo',
        Visible_to_Microsoft_Sellers__c: true,
        Customer_Consent__c: true,
        Microsoft_Customer_Contact__c: CONTACT_ID,
        Referral_Identifier__c: null,
        Audit__c: null,
        AccountId: ACCOUNT_ID,
        Account: {
            Id: ACCOUNT_ID,
            Name: 'Alder Logistik GmbH',
            BillingStreet: 'Hafenstraße 12',
            BillingCity: 'Hamburg',
            BillingState: 'HH',
            BillingPostalCode: '20457',
            BillingCountry: 'DE',
            ...accountChanges
        },
        Owner: {
            Id: '005Qy00000aaaaaIAA',
            FirstName: 'Jo',
            LastName: 'Lindqvist',
            Email: 'jo.lindqvist@partner.example',
            Phone: '+46 8 555 0100'
        },
        OpportunityContactRoles: list(
            role(CONTACT_ID, 'Decision Maker', {
                FirstName: 'Ada',
                LastName: 'Okafor',
                Email: 'ada@alder.example',
                Phone: '+49 40 1234567'
            }),
            role(OTHER_CONTACT_ID, null, { FirstName: 'Ben', LastName: 'Sommer', Email: null, Phone: '+49 40 1234568' })
        ),
        OpportunityTeamMembers: null,
        Microsoft_Solutions__r: list(solutionRow(CATALOGUE[0])),
        ...changes
    };
}

/** A deal as it comes out of a CRM: the country by name, a contact without e-mail, no solution. */
export function roughDeal() {
    const record = readyDeal({ Microsoft_Solutions__r: null }, { BillingCountry: 'Deutschland', BillingPostalCode: null });
    record.OpportunityContactRoles.records[0].Contact.Email = null;
    return record;
}

/** The id of the deal of this number. */
export const idOf = (number) => `006Qy0000${String(number).padStart(6, '0')}IAV`;

/** A deal of its own, with a customer of its own: like deals of one customer would be told apart. */
export function dealNumber(number, changes = {}, accountChanges = {}) {
    const Id = `001Qy0000${String(number).padStart(6, '0')}IAF`;
    const deal = readyDeal({ Id: idOf(number), Name: `Deal ${number}`, AccountId: Id, ...changes });
    return { ...deal, Account: { ...deal.Account, Id, Name: `Customer ${number}`, ...accountChanges } };
}

/** The complete deal after it was shared; Microsoft has not answered. */
export function sharedDeal(changes = {}) {
    return readyDeal({
        Sync_with_Partner_Center__c: true,
        Referral_Identifier__c: '7c1e5b9e-28a4-4c0e-9d0d-0f5d0e1f8a11',
        Referral_Link__c: 'https://partner.microsoft.com/dashboard/referrals/v2/inbox?id=7c1e5b9e',
        Engagement_Identifier__c: 'b3a1f0de-7f6f-4fd2-b1aa-59f1a8d0c3b7',
        Referral_Status__c: 'Active / Accepted',
        Deal_Type__c: 'CoSell',
        Microsoft_Status__c: 'New / Pending',
        Microsoft_Answer_Due__c: '2099-12-06T14:01:00.000+0000',
        Cosell_State__c: 'InStep',
        Audit__c:
            '2026-11-22 14:02 UTC - Asked Microsoft for help: proof of concept / demo. Waiting for an answer.\n2026-11-22 14:01 UTC - Shared with Microsoft as co-sell.',
        ...changes
    });
}

/** A deal that Partner Center has as private; nobody was asked. */
export function privateDeal(changes = {}) {
    return sharedDeal({
        How_can_Microsoft_help__c: null,
        Visible_to_Microsoft_Sellers__c: false,
        Deal_Type__c: 'Private',
        Microsoft_Status__c: null,
        Microsoft_Answer_Due__c: null,
        Audit__c: '2026-11-22 14:01 UTC - Registered in Partner Center as a private deal. Microsoft’s sellers don’t see it.',
        ...changes
    });
}

/** A deal that Microsoft's seller sent us and that waits for the seller's answer. */
export function inboundDeal(changes = {}) {
    return sharedDeal({
        StageName: 'On Hold',
        How_can_Microsoft_help__c: null,
        Referral_Status__c: 'New / Pending',
        Deal_Type__c: 'PartnerLed',
        Microsoft_Status__c: null,
        Audit__c: '2026-11-22 14:01 UTC - This referral came through Partner Center and waits for your answer.',
        ...changes
    });
}

/** One that Microsoft sent and the seller has accepted; that Microsoft's own referral stands beside it does not mean that it was asked. */
export function receivedDeal(changes = {}) {
    return inboundDeal({
        StageName: 'Qualification',
        Referral_Status__c: 'Active / Accepted',
        Microsoft_Status__c: 'Active / Accepted',
        Audit__c:
            '2026-11-22 14:02 UTC - Accepted the referral.\n' +
            '2026-11-22 14:01 UTC - This referral came through Partner Center and waits for your answer.',
        ...changes
    });
}

/** What the proxy answers for it. */
export function pairState(changes = {}) {
    return {
        opportunityId: OPPORTUNITY_ID,
        state: 'inStep',
        reason: null,
        dealType: 'coSell',
        referralId: '7c1e5b9e-28a4-4c0e-9d0d-0f5d0e1f8a11',
        referralLink: 'https://partner.microsoft.com/dashboard/referrals/v2/inbox?id=7c1e5b9e',
        engagementId: 'b3a1f0de-7f6f-4fd2-b1aa-59f1a8d0c3b7',
        microsoftReferralId: '9d2f6c00-28a4-4c0e-9d0d-0f5d0e1f8a11',
        microsoft: { status: 'New', substatus: 'Pending', answerDue: '2099-12-06T14:01:00Z' },
        findings: [],
        ...changes
    };
}

const STATES = { InStep: 'inStep', Waiting: 'waiting', NeedsYou: 'needsYou', Broken: 'broken' };

/** What the proxy answers where it knows no more of a deal than its record says. */
export function pairOf(record, changes = {}) {
    const [status, substatus] = (record.Microsoft_Status__c ?? '').split(' / ');
    const message = record.Cosell_State_Reason__c;
    return pairState({
        state: STATES[record.Cosell_State__c] ?? 'notShared',
        reason: message ? { code: 'record', message, until: null } : null,
        pendingSince: null,
        dealType: record.Referral_Identifier__c ? 'coSell' : null,
        referralId: record.Referral_Identifier__c,
        referralLink: record.Referral_Link__c ?? null,
        engagementId: record.Engagement_Identifier__c ?? null,
        microsoft: substatus ? { status, substatus, answerDue: record.Microsoft_Answer_Due__c } : null,
        ...changes
    });
}

export function list(...records) {
    return { totalSize: records.length, done: true, records };
}

export function solutionRow({ identifier, name, type, publisher }) {
    return {
        Id: `a0B-${identifier}`,
        Name: name,
        Solution_Identifier__c: identifier,
        Solution_Type__c: type,
        Publisher_Name__c: publisher
    };
}

function role(contactId, name, contact) {
    return { Id: `00K-${contactId}`, ContactId: contactId, Role: name, IsPrimary: Boolean(name), Contact: { Id: contactId, ...contact } };
}

/** The record as Lightning Data Service gives it: no child lists, every value in a node of its own. */
export function asLive(record, apiName = 'Opportunity') {
    const fields = Object.entries(record)
        .filter(([name, value]) => name !== 'Owner' && !value?.records)
        .map(([name, value]) => [name, { displayValue: null, value: value?.Id ? asLive(value, name) : value }]);
    return { apiName, id: record.Id, lastModifiedDate: record.LastModifiedDate, fields: Object.fromEntries(fields) };
}

/** The bytes of the rules module, as the static resource delivers them. */
export function moduleBytes() {
    const { buffer, byteOffset, byteLength } = readFileSync(path.resolve(__dirname, '../../../staticresources/cosellRules.wasm'));
    return buffer.slice(byteOffset, byteOffset + byteLength);
}
