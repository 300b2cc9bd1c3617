// The set-up page in every state, as a whole: its cards have no state that it does not bring about.
import {
    OPPORTUNITY_ID,
    SETTINGS,
    answers,
    fieldOf,
    healthOf,
    pairOf,
    registrationOf,
    setupOf
} from '../../../lwc/main/default/lwc/__tests__/support/setupData.js';
import { NEVER, refused, thrown } from '../serve.mjs';

const problem = (status, code, detail) => refused(status, { code, status, title: code, detail });

const OTHER_ID = '006Qy00000AbCdFIAV';
const recordOf = (Id, Name) => ({ Id, Name, LastModifiedDate: '2026-11-22T14:00:00.000+0000' });

/** What the org and the server say; `routes` are the server's answers, `settings` and `org` what is otherwise in Salesforce. */
const told = ({ settings = {}, org = {}, routes = {}, apex = {} } = {}) => ({
    apex: {
        'CosellSetupController.getSetup': (_parameters, { origin }) =>
            setupOf(settings && { ...SETTINGS, proxyUrl: origin, ...settings }, org),
        'CosellSetupController.describeFields': ({ paths }) => paths.map((path) => fieldOf(path)),
        'CosellSetupController.issueToken': 'a.b.c',
        ...apex
    },
    records: [recordOf(OPPORTUNITY_ID, 'Cold chain telemetry'), recordOf(OTHER_ID, 'Harbour crane monitoring')],
    proxy: Object.fromEntries(Object.entries(answers(routes)).map(([route, answer]) => [route.replace(' ', ' /v1/admin/'), answer]))
});

const page = ({ name, shows, given, ...more }) => ({ component: 'cosellSetup', name, place: 'page', shows, org: told(given), ...more });

const SHOWN = '[data-verdict]';
const NOTICE = 'c-cosell-notice';
const elsewhere = registrationOf({ state: 'other-url', registeredUrl: 'https://cosell-test.alder.example/webhooks/partner-center' });
const attempt = { dateTimeUtc: '2026-11-22T14:02:00Z', systemError: false };

const FACTS = {
    salesforce: { user: 'integration@alder.example', apiUsage: { used: 1840, max: 100000 } },
    entra: { tokenObtainedAt: '2026-11-22T13:31:00Z', tokenExpiresAt: '2026-11-22T14:31:00Z', signInRenewedAt: '2026-11-22T13:31:00Z' },
    webhooks: { registeredUrl: registrationOf().registeredUrl, lookedAt: '2026-11-22T14:00:00Z' },
    store: { driver: 'postgres' }
};
const known = (changes = {}) =>
    healthOf(Object.fromEntries(Object.entries(FACTS).map(([name, facts]) => [name, { facts, ...changes[name] }])));

const FAILING = {
    salesforce: {
        state: 'warning',
        code: 'salesforce.usage',
        detail: '96,400 of the org’s 100,000 API calls of the last 24 hours are used.'
    },
    entra: {
        state: 'failed',
        code: 'partner-center.sign-in',
        detail: 'The sign-in to Partner Center has run out.',
        since: '2026-11-20T09:12:00Z'
    },
    store: { state: 'failed', code: 'store.unavailable', detail: 'The store does not answer; the server’s log says why.' }
};

const PAIRS = [
    pairOf({ state: 'broken', message: 'Salesforce lets nobody write the field Amount. An admin has to mend that.' }),
    pairOf({
        opportunityId: OTHER_ID,
        state: 'waiting',
        message: 'Partner Center asks to slow down.',
        attempts: 1,
        waitingUntil: '2026-11-22T14:10:00Z'
    }),
    pairOf({ kind: 'referral', opportunityId: null, referralId: '7c1e5b9e-28a4-4c0e-9d0d-0f5d0e1f8a11', state: 'needsYou', attempts: 0 })
];

const RULES = [
    '# Ours since the spring',
    'relaxed = 12',
    'mapping = Campaign_Code__c|/campaignId|toPartnerCenter|text',
    'reasonField = Why__c',
    'odd = 1'
].join('\n');

const test = (delivery) => ({
    'POST webhooks/test': { correlationId: '4a1d' },
    'GET webhooks/test/4a1d': { over: true, status: 'completed', ...delivery }
});
const click = (selector) => (where) => where.locator(`${selector} button`).click();

export default [
    page({ name: 'loading', shows: '[data-connection="store"]', given: { routes: { 'GET webhooks': NEVER, 'GET health': NEVER } } }),
    page({ name: 'all-well', shows: SHOWN, given: { routes: { 'GET health': known() } } }),
    page({ name: 'connections-fail', shows: '[data-remedy]', given: { routes: { 'GET health': known(FAILING) } } }),
    page({ name: 'deals-need-attention', shows: '[data-retry]', given: { routes: { 'GET attention': { pairs: PAIRS, next: 'x' } } } }),
    page({
        name: 'deals-unreadable',
        shows: '[data-look]',
        given: { routes: { 'GET attention': problem(500, 'internal', 'It failed.') } }
    }),
    page({ name: 'events-elsewhere', shows: '[data-registration="other-url"]', given: { routes: { 'GET webhooks': elsewhere } } }),
    page({
        name: 'events-not-registered',
        shows: '[data-registration="not-registered"]',
        given: { routes: { 'GET webhooks': registrationOf({ state: 'not-registered', registeredUrl: null }) } }
    }),
    page({
        name: 'events-missing',
        shows: '[data-registration="missing-events"]',
        given: {
            routes: { 'GET webhooks': registrationOf({ state: 'missing-events', missingEvents: ['referral-created', 'test-created'] }) }
        }
    }),
    page({ name: 'events-off', shows: SHOWN, given: { routes: { 'GET webhooks': problem(409, 'webhooks.off', 'Off.') } } }),
    page({
        name: 'events-unknown',
        shows: '[data-look]',
        given: { routes: { 'GET webhooks': problem(503, 'partner-center.unavailable', 'Partner Center does not answer.') } }
    }),
    page({
        name: 'test-arrived',
        shows: '[data-outcome]',
        given: { routes: test({ arrived: true, results: [{ ...attempt, responseCode: 'OK', responseMessage: '' }] }) },
        act: click('[data-test]')
    }),
    page({
        name: 'test-lost',
        shows: '[data-outcome]',
        given: { routes: test({ arrived: false, results: [{ ...attempt, responseCode: 'Unauthorized', responseMessage: 'signature' }] }) },
        act: click('[data-test]')
    }),
    page({
        name: 'settings-wrong',
        shows: '[data-line]',
        given: { settings: { ruleSettings: RULES, dealValueField: 'Worth__c', activeStage: 'Begun' } }
    }),
    page({
        name: 'org-lacks-things',
        shows: SHOWN,
        given: { org: { myDomain: false, notes: false, teams: false, multiCurrency: false, integrationUsers: 0 } }
    }),
    page({ name: 'settings-missing', shows: NOTICE, given: { settings: null } }),
    page({ name: 'server-silent', shows: NOTICE, given: { routes: { 'GET health': refused(502, 'Bad Gateway') } } }),
    page({
        name: 'token-refused',
        shows: NOTICE,
        given: { routes: { 'GET health': problem(401, 'token.invalid', 'The token is not valid.') } }
    }),
    page({
        name: 'certificate-unusable',
        shows: NOTICE,
        given: { apex: { 'CosellSetupController.issueToken': thrown('certificate.unusable') } }
    }),
    page({ name: 'org-silent', shows: NOTICE, given: { apex: { 'CosellSetupController.getSetup': thrown('UNKNOWN_EXCEPTION') } } }),
    page({ name: 'rules-blocked', shows: NOTICE, before: 'delete globalThis.WebAssembly;' }),
    page({ name: 'no-permission', shows: NOTICE, without: ['Cosell_Administer'] })
];
