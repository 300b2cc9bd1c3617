// The fields of an opportunity that the page shows and edits: where they stand, what they are called, how they are written.
import { words } from './words.js';

const opportunity = (name) => `Opportunity.${name}`;
const account = (name) => `Opportunity.Account.${name}`;

/** Every opportunity has these. */
export const required = ['Id', 'Name', 'StageName', 'Amount', 'CloseDate', 'Description', 'AccountId', 'OwnerId', 'LastModifiedDate']
    .map(opportunity)
    .concat(
        ['Id', 'Name', 'BillingStreet', 'BillingCity', 'BillingState', 'BillingPostalCode', 'BillingCountry', 'LastModifiedDate'].map(
            account
        )
    );

/** These depend on the org's features, and on what the user may see. */
export const optional = [
    'CurrencyIsoCode',
    'Owner.FirstName',
    'Owner.LastName',
    'Referral_Identifier__c',
    'Referral_Link__c',
    'Engagement_Identifier__c',
    'Microsoft_CRM_Identifier__c',
    'Microsoft_Seller__c',
    'Referral_Status__c',
    'Microsoft_Status__c',
    'Microsoft_Answer_Due__c',
    'Cosell_State__c',
    'Cosell_State_Reason__c',
    'Audit__c'
].map(opportunity);

/**
 * The sections of the details. A field: its name, label, kind (`text`, `long`, `money`, `currency`, `date`, `stage`, `person`, `moment`,
 * `url`, `state`), and for what can be edited the object it is written to and its greatest length. A section that is `onlyFilled`
 * shows the fields that have a value.
 */
export const sections = [
    {
        name: 'opportunity',
        label: words.sectionOpportunity,
        fields: [
            { name: opportunity('Name'), label: words.name, kind: 'text', object: 'Opportunity', length: 120, required: true },
            { name: opportunity('Amount'), label: words.amount, kind: 'money', object: 'Opportunity' },
            { name: account('Name'), label: words.account, kind: 'text' },
            { name: opportunity('CurrencyIsoCode'), label: words.currency, kind: 'currency', object: 'Opportunity' },
            { name: opportunity('CloseDate'), label: words.closeDate, kind: 'date', object: 'Opportunity', required: true },
            { name: opportunity('StageName'), label: words.stage, kind: 'stage', object: 'Opportunity', required: true },
            { name: opportunity('Owner'), label: words.owner, kind: 'person' },
            { name: opportunity('LastModifiedDate'), label: words.modified, kind: 'moment' },
            { name: opportunity('Description'), label: words.description, kind: 'long', object: 'Opportunity', length: 32_000, wide: true }
        ]
    },
    {
        name: 'account',
        label: words.sectionAccount,
        fields: [
            { name: account('BillingStreet'), label: words.street, kind: 'long', object: 'Account', length: 255 },
            { name: account('BillingPostalCode'), label: words.postalCode, kind: 'text', object: 'Account', length: 20 },
            { name: account('BillingCity'), label: words.city, kind: 'text', object: 'Account', length: 40 },
            { name: account('BillingCountry'), label: words.country, kind: 'text', object: 'Account', length: 80 }
        ]
    },
    {
        name: 'cosell',
        label: words.sectionCosell,
        onlyFilled: true,
        fields: [
            { name: opportunity('Cosell_State__c'), label: words.cosellState, kind: 'state' },
            { name: opportunity('Cosell_State_Reason__c'), label: words.cosellStateReason, kind: 'text' },
            { name: opportunity('Referral_Identifier__c'), label: words.referral, kind: 'text' },
            { name: opportunity('Referral_Link__c'), label: words.referralLink, kind: 'url' },
            { name: opportunity('Engagement_Identifier__c'), label: words.engagement, kind: 'text' },
            { name: opportunity('Microsoft_CRM_Identifier__c'), label: words.crm, kind: 'text' },
            { name: opportunity('Microsoft_Seller__c'), label: words.seller, kind: 'text' },
            { name: opportunity('Referral_Status__c'), label: words.referralStatus, kind: 'text' },
            { name: opportunity('Microsoft_Status__c'), label: words.microsoftStatus, kind: 'text' },
            { name: opportunity('Microsoft_Answer_Due__c'), label: words.answerDue, kind: 'moment' },
            { name: opportunity('Audit__c'), label: words.audit, kind: 'long', wide: true }
        ]
    }
];
