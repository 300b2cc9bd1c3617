// Every state in which a seller meets the panel, as data: what the record says, what the proxy answers, what the page lacks, and what is
// pressed. The component tests and the gallery of pictures walk the same list.
import { inboundDeal, pairState, privateDeal, readyDeal, roughDeal, sharedDeal } from './records.js';

const DAY = 24 * 60 * 60 * 1000;

/** A moment so many days from now, as the UI API writes it. */
const inDays = (days) => new Date(Date.now() + days * DAY).toISOString();

const SELLER = 'Kim Ng, kim.ng@microsoft.example';
const LATER = { code: 'partner-center.unavailable', message: 'Partner Center can’t be reached. We try again by ourselves.', until: null };

/** The shared deal with Microsoft’s answer, and what the trail says of it. */
function answered(status, line, changes = {}) {
    const audit = [line && `2026-11-25 09:12 UTC - ${line}`, sharedDeal().Audit__c].filter(Boolean).join('\n');
    return sharedDeal({ Microsoft_Status__c: status, Microsoft_Answer_Due__c: inDays(-1), Audit__c: audit, ...changes });
}

/** A deal that came in, after it was answered. */
function afterwards(status, line, changes = {}) {
    return inboundDeal({
        StageName: 'Qualification',
        Referral_Status__c: status,
        Microsoft_Answer_Due__c: null,
        Microsoft_Seller__c: SELLER,
        Audit__c: `2026-11-25 09:12 UTC - ${line}\n${inboundDeal().Audit__c}`,
        ...changes
    });
}

const troubled = (state, reason) => ({ Cosell_State__c: state, Cosell_State_Reason__c: reason });

/**
 * `name` is also that of the picture; `state` the key of `STATES` in cosellPanel/states.js, or none where a notice takes its place; `record`
 * and `pair` what Salesforce and the proxy say (`pair` may be a refusal or `'never'`), `module` how the rules fail to run, `settings` changes
 * to the settings, `readOnly` without the permission, `shares` whether the share button is pressed.
 */
export const PANEL_STATES = [
    { name: 'not-ready', state: 'notReady', record: roughDeal() },
    { name: 'ready', state: 'ready', record: readyDeal() },
    {
        name: 'ready-private',
        state: 'ready',
        record: readyDeal({ How_can_Microsoft_help__c: null, Visible_to_Microsoft_Sellers__c: false, Microsoft_Customer_Contact__c: null })
    },
    { name: 'closed-unshared', state: 'over', record: readyDeal({ StageName: 'Closed Lost', IsClosed: true }) },
    { name: 'sharing', state: 'sharing', record: readyDeal(), pair: 'never', shares: true },
    {
        name: 'sharing-goes-on',
        state: 'running',
        record: readyDeal({ Sync_with_Partner_Center__c: true }),
        pair: pairState({
            state: 'waiting',
            referralId: null,
            referralLink: null,
            engagementId: null,
            microsoft: null,
            reason: { code: 'reconcile.running', message: 'Still working on it. Look again in a moment.', until: null }
        })
    },
    { name: 'private', state: 'private', record: privateDeal() },
    {
        name: 'visible',
        state: 'visible',
        record: sharedDeal({
            How_can_Microsoft_help__c: null,
            Deal_Type__c: 'PartnerLed',
            Microsoft_Status__c: null,
            Microsoft_Answer_Due__c: null,
            Audit__c: '2026-11-22 14:01 UTC - Shared with Microsoft: its sellers can see the deal, and none was asked for help.'
        })
    },
    { name: 'asked', state: 'asked', record: sharedDeal({ Microsoft_Answer_Due__c: inDays(11) }) },
    { name: 'asked-overdue', state: 'asked', record: sharedDeal({ Microsoft_Answer_Due__c: inDays(-2) }) },
    {
        name: 'asked-and-unsent',
        state: 'asked',
        record: sharedDeal({ Microsoft_Answer_Due__c: inDays(11) }),
        pair: pairState({
            microsoft: { status: 'New', substatus: 'Pending', answerDue: inDays(11) },
            pendingSince: '2026-11-22T16:26:10Z',
            held: { '/details/dealValue': '70000', '/details/currency': 'EUR' }
        })
    },
    {
        name: 'asked-and-paused',
        state: 'asked',
        record: sharedDeal({ Microsoft_Answer_Due__c: inDays(11), Sync_with_Partner_Center__c: false })
    },
    { name: 'asked-with-findings', state: 'asked', record: sharedDeal({ Microsoft_Answer_Due__c: inDays(11), Amount: 0 }) },
    {
        name: 'accepted',
        state: 'accepted',
        record: answered('Active / Accepted', 'Microsoft accepted the deal.', {
            Microsoft_Seller__c: SELLER,
            Microsoft_CRM_Identifier__c: '7-3XK9PLQ2M'
        })
    },
    { name: 'accepted-unnamed', state: 'accepted', record: answered('Active / Accepted', 'Microsoft accepted the deal.') },
    {
        name: 'declined',
        state: 'declined',
        record: answered('Closed / Declined', 'Microsoft declined the deal: No Microsoft seller directly manages this customer')
    },
    { name: 'declined-without-reason', state: 'declined', record: answered('Closed / Declined', 'Microsoft declined the deal.') },
    {
        name: 'expired',
        state: 'expired',
        record: answered('Closed / Expired', 'Microsoft did not answer in time. The request has expired.')
    },
    { name: 'on-hold', state: 'onHold', record: inboundDeal({ Microsoft_Answer_Due__c: inDays(6) }) },
    { name: 'on-hold-overdue', state: 'onHold', record: inboundDeal({ Microsoft_Answer_Due__c: inDays(-3) }) },
    { name: 'taken', state: 'taken', record: afterwards('Active / Accepted', 'Accepted the referral.') },
    {
        name: 'turned-down',
        state: 'turnedDown',
        record: afterwards('Closed / Declined', 'Declined the referral: Customer didn’t respond', {
            StageName: 'Closed Lost',
            Microsoft_Status__c: 'Active / Accepted'
        })
    },
    {
        name: 'missed',
        state: 'missed',
        record: afterwards('Closed / Expired', 'The referral expired in Partner Center: nobody answered in time.')
    },
    {
        name: 'won',
        state: 'won',
        record: answered('Active / Accepted', 'Marked the deal as won in Partner Center.', {
            Referral_Status__c: 'Closed / Won',
            StageName: 'Closed Won',
            IsClosed: true,
            IsWon: true
        })
    },
    {
        name: 'lost',
        state: 'lost',
        record: answered('Active / Accepted', 'Marked the deal as lost in Partner Center: Customer chose another vendor', {
            Referral_Status__c: 'Closed / Lost',
            StageName: 'Closed Lost',
            IsClosed: true
        })
    },
    {
        name: 'closed',
        state: 'closed',
        record: answered('Active / Accepted', 'The deal was closed as a mistake in Partner Center.', {
            Referral_Status__c: 'Closed / Error'
        })
    },
    {
        name: 'won-by-microsoft',
        state: 'wonByMicrosoft',
        record: answered('Closed / Won', 'Microsoft marked the deal as won.', { Microsoft_Seller__c: SELLER })
    },
    {
        name: 'lost-by-microsoft',
        state: 'lostByMicrosoft',
        record: answered('Closed / Lost', 'Microsoft marked the deal as lost: Project budget isn’t adequate', {
            Microsoft_Seller__c: SELLER
        })
    },
    {
        name: 'waiting',
        state: 'waiting',
        record: sharedDeal({ Microsoft_Answer_Due__c: inDays(11), ...troubled('Waiting', LATER.message) }),
        pair: pairState({
            state: 'waiting',
            reason: { ...LATER, until: '2026-11-22T16:31:00Z' },
            pendingSince: '2026-11-22T16:26:10Z'
        })
    },
    {
        name: 'needs-you',
        state: 'needsYou',
        record: sharedDeal({
            Microsoft_Answer_Due__c: inDays(11),
            Amount: 0,
            ...troubled('NeedsYou', 'The deal value is 0. Enter what you expect the deal to be worth.')
        })
    },
    {
        name: 'broken',
        state: 'broken',
        record: sharedDeal({
            Microsoft_Answer_Due__c: inDays(11),
            ...troubled('Broken', 'The connection to Partner Center needs a new sign-in. Tell your administrator; nothing is lost.')
        })
    },
    {
        name: 'proxy-unreachable',
        state: 'accepted',
        record: answered('Active / Accepted', 'Microsoft accepted the deal.', { Microsoft_Seller__c: SELLER }),
        pair: 'unreachable'
    },
    { name: 'no-permission', state: 'notReady', record: roughDeal(), readOnly: true },
    { name: 'no-permission-shared', state: 'asked', record: sharedDeal({ Microsoft_Answer_Due__c: inDays(11) }), readOnly: true },
    { name: 'no-webassembly', record: readyDeal(), module: 'unavailable' },
    { name: 'no-webassembly-shared', state: 'asked', record: sharedDeal({ Microsoft_Answer_Due__c: inDays(11) }), module: 'unavailable' },
    { name: 'webassembly-blocked', record: readyDeal(), module: 'blocked' },
    { name: 'rules-missing', record: readyDeal(), module: 'missing' },
    { name: 'no-settings', state: 'ready', record: readyDeal(), settings: { proxyUrl: null } },
    { name: 'unreadable-setting', record: readyDeal(), settings: { ruleSettings: 'relaxed = 7' } }
];
