// The pipeline: what is ready and what is not, while it is shared and after that, and whatever can stand in its place.
import { SETTINGS, dealNumber, idOf, pairState, sharedDeal } from '../../../lwc/main/default/lwc/__tests__/support/records.js';
import { NEVER, refused, thrown } from '../serve.mjs';

const SHARE = (number) => `POST /v1/opportunities/${idOf(number)}/reconcile`;
const PRIVATE = { How_can_Microsoft_help__c: null, Visible_to_Microsoft_Sellers__c: false };

const TWINS = [dealNumber(1), dealNumber(2, { ...PRIVATE, Name: 'Cold store telemetry for the harbour and the two inland depots' })];

const DEALS = [
    ...TWINS,
    { ...dealNumber(3, { Name: 'Alder warehouse modernisation, second try' }), Account: TWINS[0].Account },
    dealNumber(4, {}, { BillingCountry: 'Deutschland' }),
    dealNumber(5, { Customer_Consent__c: false, Amount: 0 }),
    dealNumber(6, { Microsoft_Solutions__r: null }, { BillingCountry: null, BillingCity: null }),
    sharedDeal({ Name: 'Fleet telemetry' }),
    sharedDeal({
        Id: idOf(8),
        Name: 'Claims triage',
        Cosell_State__c: 'Waiting',
        Cosell_State_Reason__c: 'Partner Center asks us to slow down. We try again by ourselves.'
    })
];

const orgOf = ({ deals = DEALS, settings = {}, proxy = {}, apex = {} } = {}) => ({
    apex: {
        'CosellController.getSettings': (_parameters, { origin }) => ({ ...SETTINGS, proxyUrl: origin, ...settings }),
        'CosellPipelineController.getOpen': JSON.stringify({ records: deals, next: null }),
        'CosellTokenController.issue': 'a.b.c',
        ...apex
    },
    records: deals,
    proxy
});

const pipeline = (name, shows, { org, ...more } = {}) => ({
    component: 'cosellPipeline',
    name,
    place: 'page',
    shows,
    org: orgOf(org),
    ...more
});

async function shareAll(page) {
    await page.locator('[data-select-all] input').press('Space');
    await page.locator('[data-share] button').click();
}

const LIST = 'c-cosell-pipeline-list';
const ENDED = '[data-close]';

const findings = [{ code: 'x', rule: 15, severity: 'block', field: 'solutions', message: 'Add at least one solution.', fix: null }];

export default [
    pipeline('mixed', LIST),
    pipeline('selected', LIST, { act: (page) => page.locator('[data-select-all] input').press('Space') }),
    pipeline('as-table', LIST, { act: (page) => page.locator('[data-switch] button').click() }),
    pipeline('filtered', LIST, { act: (page) => page.locator('button[data-state=blocked]').click() }),
    pipeline('no-match', '[data-clear]', { act: (page) => page.getByRole('searchbox').fill('nothing of the kind') }),
    pipeline('several-pages', 'nav', { org: { deals: Array.from({ length: 60 }, (_, index) => dealNumber(index + 1)) } }),
    pipeline('empty', 'h3', { org: { deals: [] } }),
    pipeline('reading', 'lightning-spinner', { org: { apex: { 'CosellPipelineController.getOpen': NEVER } } }),
    pipeline('sharing', LIST, {
        org: { proxy: { [SHARE(1)]: pairState(), [SHARE(2)]: NEVER, [SHARE(3)]: NEVER } },
        act: async (page) => {
            await shareAll(page);
            await page.locator('[data-result=asked]').waitFor();
        }
    }),
    pipeline('shared', LIST, {
        org: {
            proxy: {
                [SHARE(1)]: pairState(),
                [SHARE(2)]: refused(422, { code: 'deal.not-ready', status: 422, title: 'Not ready', detail: 'Not ready.', findings }),
                [SHARE(3)]: refused(500, { code: 'internal', status: 500, title: 'Internal', detail: 'The server could not finish this.' })
            }
        },
        act: async (page) => {
            await shareAll(page);
            await page.locator(ENDED).waitFor();
        }
    }),
    pipeline('no-permission', LIST, { without: ['Cosell_Share'] }),
    pipeline('no-settings', LIST, { org: { settings: { proxyUrl: null } } }),
    pipeline('unreadable', 'c-cosell-notice', { org: { apex: { 'CosellPipelineController.getOpen': thrown('fields.not-readable') } } }),
    pipeline('module-missing', 'c-cosell-notice', { module: 'missing' })
];
