/**
 * The opportunity as the rules read it: API names, the merge of what Lightning Data Service shows with what Apex adds, and unsaved edits.
 * Pure functions over plain objects; knows neither the module nor any component.
 */
import { readTrail } from 'c/cosellTrail';

/** API names of the package's fields on Opportunity. */
export const FIELD = Object.freeze({
    sync: 'Sync_with_Partner_Center__c',
    help: 'How_can_Microsoft_help__c',
    visible: 'Visible_to_Microsoft_Sellers__c',
    consent: 'Customer_Consent__c',
    contact: 'Microsoft_Customer_Contact__c',
    referralId: 'Referral_Identifier__c',
    referralLink: 'Referral_Link__c',
    engagementId: 'Engagement_Identifier__c',
    crmId: 'Microsoft_CRM_Identifier__c',
    seller: 'Microsoft_Seller__c',
    referralStatus: 'Referral_Status__c',
    dealType: 'Deal_Type__c',
    microsoftStatus: 'Microsoft_Status__c',
    answerDue: 'Microsoft_Answer_Due__c',
    state: 'Cosell_State__c',
    stateReason: 'Cosell_State_Reason__c',
    audit: 'Audit__c'
});

/** What a seller decides in the panel. */
export const CHOICE_FIELDS = Object.freeze([FIELD.sync, FIELD.help, FIELD.visible, FIELD.consent, FIELD.contact]);

const WRITTEN_BY_PROXY = new Set([
    FIELD.referralId,
    FIELD.referralLink,
    FIELD.engagementId,
    FIELD.crmId,
    FIELD.seller,
    FIELD.referralStatus,
    FIELD.dealType,
    FIELD.microsoftStatus,
    FIELD.answerDue,
    FIELD.state,
    FIELD.stateReason,
    FIELD.audit,
    'LastModifiedDate'
]);

/** Microsoft's help codes, in the order they are offered. */
export const HELP_CODES = Object.freeze([
    'WorkloadSpecificValueProposition',
    'CustomerTechnicalArchitecture',
    'ProofOfConceptOrDemo',
    'QuotesOrLicensing',
    'PostSalesCustomerSuccess',
    'GeneralOrOther'
]);

const DEAL_FIELDS = [
    'StageName',
    'IsClosed',
    'IsWon',
    'Amount',
    'CurrencyIsoCode',
    'CloseDate',
    'Description',
    'AccountId',
    'LastModifiedDate'
];
const ACCOUNT_FIELDS = [
    'Id',
    'Name',
    'BillingStreet',
    'BillingCity',
    'BillingState',
    'BillingPostalCode',
    'BillingCountry',
    'BillingCountryCode'
];

/** Without these there is nothing to show. */
export const REQUIRED_FIELDS = Object.freeze(['Opportunity.Id', 'Opportunity.Name']);

/** A field name, or a path of them. What is none is not asked for, since it would cost the whole record. */
const PATH = /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/;

/**
 * What is read where the org has it and the user may see it: a missing field must not cost the whole record.
 * @param {object} settings what the org has set
 * @param {string[]} wanted paths that the rules want; the owner is left to the snapshot, since nobody changes it on this page
 */
export function optionalFields(settings, wanted = []) {
    const deal = [...DEAL_FIELDS, ...Object.values(FIELD), settings?.dealValueField, settings?.currencyField];
    const account = [...ACCOUNT_FIELDS, settings?.countryField].filter(Boolean).map((name) => `Account.${name}`);
    const others = wanted.filter((path) => !path.startsWith('Owner.'));
    return [...new Set([...deal, ...account, ...others])].filter((path) => PATH.test(path)).map((path) => `Opportunity.${path}`);
}

/** The snapshot with the values that Lightning Data Service shows now laid over it. */
export function mergeRecord(snapshot, live) {
    return live?.fields ? overlay(snapshot ?? {}, live) : snapshot;
}

function overlay(base, live) {
    const merged = { ...base };
    for (const [name, { value }] of Object.entries(live.fields)) {
        merged[name] = value?.fields ? overlay(sameRecord(base[name], value) ? base[name] : {}, value) : value;
    }
    return merged;
}

/** Values of another account must not shine through after the account was changed. */
function sameRecord(base, live) {
    const id = live.fields.Id?.value ?? live.id;
    return Boolean(base) && (!id || base.Id === id);
}

/** The draft without what equals the record: what remains is what a save has to write. */
export function changesOf(record, draft) {
    return Object.fromEntries(Object.entries(draft).filter(([name, value]) => blank(value) !== blank(record?.[name])));
}

function blank(value) {
    return value === undefined || value === '' || value === false ? null : value;
}

/** The draft after an edit. Without help nothing makes the deal visible any more: that falls back to the record. */
export function applyEdit(record, draft, values) {
    const next = { ...draft, ...values };
    if (FIELD.help in values && !values[FIELD.help]) {
        delete next[FIELD.visible];
    }
    return changesOf(record, next);
}

/** What the seller has decided, with the edits: `{ sync, help, visible, consent, contact }`. */
export function choicesOf(record, draft) {
    const read = (name) => ({ ...record, ...draft })[FIELD[name]] ?? null;
    return {
        sync: Boolean(read('sync')),
        help: read('help'),
        visible: Boolean(read('visible')),
        consent: Boolean(read('consent')),
        contact: read('contact')
    };
}

/** Fields that an admin mapped, by the standard field whose place they take. */
export function mappedFields({ dealValueField, currencyField, countryField } = {}) {
    return { [dealValueField]: 'Amount', [currencyField]: 'CurrencyIsoCode', [countryField]: 'BillingCountry' };
}

/** When the record was modified, in milliseconds; NaN where it does not say. Apex writes the offset without its colon. */
export function modifiedAt(record) {
    return Date.parse(record?.LastModifiedDate?.replace(/\+0000$/, 'Z'));
}

/** What the record says beside how it stands with Partner Center: equal before and after the proxy wrote to it. */
export function contentOf(record) {
    return JSON.stringify(record, (name, value) => (WRITTEN_BY_PROXY.has(name) ? undefined : value));
}

/** Whether two ids, of 15 or 18 characters, are of one record. */
export function isSameId(one, other) {
    return one?.slice(0, 15) === other?.slice(0, 15);
}

function rows(list) {
    return list?.records ?? [];
}

/** The contact roles, each contact once: `{ id, name, role, primary, contact }`. */
export function contactsOf(record) {
    const seen = new Map();
    for (const { ContactId: id, Contact: contact, Role: role, IsPrimary: primary } of rows(record?.OpportunityContactRoles)) {
        if (id && !seen.has(id)) {
            seen.set(id, { id, name: fullName(contact), role: role ?? '', primary: Boolean(primary), contact: contact ?? {} });
        }
    }
    return [...seen.values()];
}

/** The solutions on the deal: `{ id, identifier, name, type, publisher }`. */
export function solutionsOf(record) {
    return rows(record?.Microsoft_Solutions__r).map((row) => ({
        id: row.Id,
        identifier: row.Solution_Identifier__c,
        name: row.Name,
        type: row.Solution_Type__c,
        publisher: row.Publisher_Name__c
    }));
}

/** What a record that a fix points to holds now, to start an editor with. */
export function valuesOf(record, draft, object, id) {
    switch (object) {
        case 'Opportunity':
            return { ...record, ...draft };
        case 'Account':
            return record?.Account ?? {};
        case 'Contact':
            return contactsOf(record).find((contact) => contact.id === id)?.contact ?? {};
        default:
            return {};
    }
}

function fullName(person) {
    return [person?.FirstName, person?.LastName].filter(Boolean).join(' ');
}

/** The audit trail, newest entry first, as `c/cosellTrail` reads it. */
export function auditOf(record) {
    return readTrail(record?.[FIELD.audit]);
}
