// The panel in every state, and while it loads.
import { CATALOGUE, OPPORTUNITY_ID, SETTINGS, pairOf, readyDeal } from '../../../lwc/main/default/lwc/__tests__/support/records.js';
import { PANEL_STATES } from '../../../lwc/main/default/lwc/__tests__/support/panelStates.js';
import { GONE, NEVER, thrown } from '../serve.mjs';

const READ = 'GET /v1/opportunities/*';
const SHARE = 'POST /v1/opportunities/*/reconcile';

/** How the rules fail to run, as a script of the page. */
const SPOILED = {
    unavailable: 'delete globalThis.WebAssembly;',
    blocked:
        "WebAssembly.instantiate = () => Promise.reject(new TypeError('WebAssembly.instantiate(): Argument 0 must be a buffer source'));"
};

/** What the proxy answers: by default, what the record says. */
function proxyOf({ record, pair = pairOf(record) }) {
    if (pair === 'never') return { [READ]: pairOf(record), [SHARE]: NEVER };
    if (pair === 'unreachable') return { [READ]: GONE };
    return { [READ]: pair, [SHARE]: pair };
}

/** What the org says of a record and the page around it; also for other components of the same page. */
export const orgOf = ({ record, settings = {}, pair }) => ({
    apex: {
        'CosellController.getSnapshot': JSON.stringify(record),
        'CosellController.getSettings': (_parameters, { origin }) => ({ ...SETTINGS, proxyUrl: origin, ...settings }),
        'CosellController.getAccess': { mayEdit: true, owner: 'Jo Lindqvist', lockedFields: [] },
        'CosellController.getSolutions': CATALOGUE,
        'CosellTokenController.issue': 'a.b.c'
    },
    records: [record],
    proxy: proxyOf({ record, pair })
});

const panel = (state) => ({ component: 'cosellPanel', properties: { recordId: OPPORTUNITY_ID }, org: orgOf(state), ...state });

const inState = ({ name, state, module, readOnly, shares, ...given }) => ({
    ...panel({ ...given }),
    name,
    shows: state ? `[data-state="${state}"]` : 'c-cosell-notice',
    without: readOnly ? ['Cosell_Share'] : [],
    module: module === 'missing' ? module : undefined,
    before: SPOILED[module],
    act: shares ? (page) => page.locator('[data-share] button').click() : undefined
});

const NOTHING_YET = Object.fromEntries(
    ['getSnapshot', 'getSettings', 'getSolutions', 'getAccess'].map((method) => [`CosellController.${method}`, NEVER])
);

/** A ready deal of which Apex refuses something. */
function refusing(name, apex) {
    const state = panel({ record: readyDeal() });
    return { ...state, name, shows: 'c-cosell-notice', org: { ...state.org, apex: { ...state.org.apex, ...apex } } };
}

const incoming = PANEL_STATES.find(({ name }) => name === 'on-hold');

export default [
    ...PANEL_STATES.map(inState),
    {
        ...panel({ record: readyDeal() }),
        name: 'loading',
        shows: '[data-stencil]',
        org: { ...orgOf({ record: readyDeal() }), apex: NOTHING_YET }
    },
    { ...panel({ record: readyDeal() }), name: 'max-perf-mode', shows: 'c-cosell-notice', sandbox: ['enableMaxPerfMode'] },
    refusing('unreadable', { 'CosellController.getSnapshot': thrown('opportunity.not-found') }),
    refusing('no-settings-record', {
        'CosellController.getSnapshot': thrown('settings.missing'),
        'CosellController.getSettings': thrown('settings.missing')
    }),
    refusing('settings-unread', { 'CosellController.getSettings': thrown('opportunity.not-readable') }),
    refusing('not-editable', { 'CosellController.getAccess': { mayEdit: false, owner: 'Jo Lindqvist', lockedFields: [] } }),
    {
        ...refusing('not-permitted', {
            'CosellController.getSnapshot': thrown('You do not have access to the Apex class named CosellController.')
        }),
        without: ['Cosell_Share']
    },
    {
        ...panel(incoming),
        name: 'on-hold-declining',
        shows: 'c-cosell-decision lightning-combobox',
        act: (page) => page.locator('[data-decline] button').click()
    }
];
