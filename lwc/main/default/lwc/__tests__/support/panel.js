// A page with the panel on it: the platform's modules as stubs, the rules module real, the proxy as answers to `fetch`.
import { createApexTestWireAdapter } from '@salesforce/sfdx-lwc-jest';
import { CATALOGUE, OPPORTUNITY_ID, SETTINGS, asLive, moduleBytes, pairOf, pairState } from './records';
import { deep, deepAll, eventually, mount, settle, textOf } from './dom';

const platform = {
    getSnapshot: createApexTestWireAdapter(jest.fn()),
    getSettings: createApexTestWireAdapter(jest.fn()),
    getSolutions: createApexTestWireAdapter(jest.fn()),
    issue: jest.fn(),
    refreshApex: jest.fn()
};

let service;

/** What a page makes of the rules that it opens. */
let openedAs;

/** The record of the page that is open. */
let shown;

/** Replaces what only the platform has. Called once at the head of a test file, before the first page. */
export function usePlatform({ mayShare = true } = {}) {
    // What a page before left unsaved stays for as long as the app is open.
    beforeEach(() => require('../../cosellPanel/drafts').keepDraft(OPPORTUNITY_ID, {}));
    const mock = (name, value) => jest.doMock(name, () => ({ __esModule: true, default: value }), { virtual: true });
    for (const method of ['getSnapshot', 'getSettings', 'getSolutions']) {
        mock(`@salesforce/apex/CosellController.${method}`, platform[method]);
    }
    mock('@salesforce/apex/CosellTokenController.issue', platform.issue);
    mock('@salesforce/customPermission/Cosell_Share', mayShare ? true : undefined);
    mock('@salesforce/resourceUrl/cosellRules', '/resource/cosellRules');
    jest.doMock('@salesforce/apex', () => ({ __esModule: true, refreshApex: platform.refreshApex }), { virtual: true });
    // A page starts its own module; within a test file the registry would hand on the one of the page before.
    jest.doMock('c/cosellModule', () => ({ __esModule: true, openRules: async (settings) => openedAs(await service.openRules(settings)) }));
}

/**
 * What `fetch` answers: the resource its bytes, the proxy `answer` (a pair, or a function that gives a Response or throws) to what is to be
 * done, and to a look what the record says, or `looked`.
 */
export function serve(answer = pairState(), { resource = () => new Response(moduleBytes()), looked } = {}) {
    const give = (what, request) => (typeof what === 'function' ? what(request) : new Response(JSON.stringify(what)));
    global.fetch = jest.fn(async (request) => {
        if (typeof request === 'string') {
            return resource();
        }
        return request.method === 'GET' ? give(looked ?? pairOf(shown()), request) : give(answer, request);
    });
}

/** A problem document of the proxy. */
export function problem(status, code, more = {}) {
    return () => new Response(JSON.stringify({ code, status, title: code, detail: `About ${code}.`, ...more }), { status });
}

/** The requests that reached the proxy to have something done. */
export function proxyCalls() {
    return requests().filter(({ method }) => method !== 'GET');
}

/** The requests that only asked it how the pair stands. */
export function looks() {
    return requests().filter(({ method }) => method === 'GET');
}

function requests() {
    return fetch.mock.calls.map(([request]) => request).filter((request) => typeof request !== 'string');
}

/**
 * A page with the panel. The record in it lives as on the platform: what is written is shown again.
 * @param {Function} until what has to be there before the test goes on
 * @param {boolean} loads the platform has not given the record yet
 * @param {Function} rulesAs takes the rules that the page opens, and gives those that it gets
 */
export async function openPage(record, { settings = SETTINGS, until = isReviewed, loads = false, rulesAs = (rules) => rules } = {}) {
    openedAs = rulesAs;
    jest.isolateModules(() => {
        service = jest.requireActual('c/cosellModule');
    });
    const api = require('lightning/uiRecordApi');
    const { default: CosellPanel } = require('c/cosellPanel');
    const page = { platform, api, record, toasts: [] };
    shown = () => page.record;

    page.show = () => {
        platform.getSnapshot.emit(JSON.stringify(page.record));
        api.getRecord.emit(asLive(page.record));
    };
    api.updateRecord.mockImplementation(async ({ fields: { Id: id, ...fields } }) => {
        Object.assign(id === page.record.Id ? page.record : findRelated(page.record, id), fields);
        page.show();
    });
    platform.refreshApex.mockImplementation(async () => page.show());
    platform.issue.mockResolvedValue('a.b.c');

    page.panel = mount('c-cosell-panel', CosellPanel, { recordId: OPPORTUNITY_ID });
    page.panel.addEventListener('lightning__showtoast', (event) => page.toasts.push(event.detail));
    platform.getSettings.emit(settings);
    platform.getSolutions.emit(CATALOGUE);
    if (!loads) {
        page.show();
    }
    await eventually(() => until(page.panel));
    await settle();
    await new Promise(setImmediate);
    await settle();
    return page;
}

/** How the rules fail to run. */
const SPOILED = {
    unavailable: () => delete global.WebAssembly,
    blocked: () => {
        const refuse = () => Promise.reject(new TypeError('WebAssembly.instantiate(): Argument 0 must be a buffer source'));
        global.WebAssembly = Object.assign(Object.create(global.WebAssembly), { instantiate: refuse });
    }
};

const NEVER = () => new Promise(() => {});
const unreachable = () => {
    throw new TypeError('Failed to fetch');
};

/** A page with the panel in one of `PANEL_STATES`. */
export async function openState(state) {
    const { record, pair, module, settings = {}, shares } = state;
    const looked = { never: undefined, unreachable }[pair] ?? (typeof pair === 'string' ? undefined : pair);
    const resource = module === 'missing' ? () => new Response('', { status: 404 }) : undefined;
    serve(pair === 'never' ? NEVER : pair, { looked, ...(resource && { resource }) });
    SPOILED[module]?.();
    const page = await openPage(record, {
        settings: { ...SETTINGS, ...settings },
        until: (panel) => (shares ? isReviewed(panel) : isShown(panel, state))
    });
    if (shares) {
        deep(page.panel, '[data-share]').click();
        await settle();
    }
    return page;
}

/** Whether the panel shows a state of `PANEL_STATES`: by its key, or by a notice in its place. */
export function isShown(panel, { state }) {
    return Boolean(deep(panel, state ? `[data-state="${state}"]` : 'c-cosell-notice'));
}

/** No dead end: there is a sentence that says what comes next, or whom to ask, or a button. */
export function expectAWayOn(panel) {
    const notices = deepAll(panel.shadowRoot, 'c-cosell-notice');
    const told = notices.length ? notices.every(({ hint, actionLabel }) => hint || actionLabel) : /Next: \S/.test(textOf(panel));
    expect(told || deep(panel, 'c-cosell-decision')).toBeTruthy();
}

/** The rules have spoken. */
export function isReviewed(panel) {
    return deep(panel, 'c-cosell-form');
}

/** The panel has nothing under way. */
export async function atRest(panel) {
    await settle();
    await eventually(() => !deep(panel, 'lightning-spinner'));
    await settle();
}

/** The messages of all findings, from top to bottom. */
export function messages(panel) {
    const found = [];
    const walk = (root) => {
        for (const element of root.querySelectorAll('*')) {
            if (element.tagName === 'C-COSELL-FINDING') {
                found.push(textOf(element));
            } else if (element.shadowRoot) {
                walk(element.shadowRoot);
            }
        }
    };
    walk(panel.shadowRoot);
    return found;
}

function findRelated(record, id) {
    const contacts = record.OpportunityContactRoles.records.map(({ Contact: contact }) => contact);
    return [record.Account, ...contacts].find((row) => row.Id === id);
}
