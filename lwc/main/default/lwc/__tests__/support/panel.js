// A page with the panel on it: the platform's modules as stubs, the rules module real, the proxy as answers to `fetch`.
import { createApexTestWireAdapter } from '@salesforce/sfdx-lwc-jest';
import { CATALOGUE, OPPORTUNITY_ID, SETTINGS, asLive, moduleBytes, pairState } from './records';
import { deep, eventually, mount, settle, textOf } from './dom';

const platform = {
    getSnapshot: createApexTestWireAdapter(jest.fn()),
    getSettings: createApexTestWireAdapter(jest.fn()),
    getSolutions: createApexTestWireAdapter(jest.fn()),
    issue: jest.fn(),
    refreshApex: jest.fn()
};

let service;

/** Replaces what only the platform has. Called once at the head of a test file, before the first page. */
export function usePlatform({ mayShare = true } = {}) {
    const mock = (name, value) => jest.doMock(name, () => ({ __esModule: true, default: value }), { virtual: true });
    for (const method of ['getSnapshot', 'getSettings', 'getSolutions']) {
        mock(`@salesforce/apex/CosellController.${method}`, platform[method]);
    }
    mock('@salesforce/apex/CosellTokenController.issue', platform.issue);
    mock('@salesforce/customPermission/Cosell_Share', mayShare ? true : undefined);
    mock('@salesforce/resourceUrl/cosellRules', '/resource/cosellRules');
    jest.doMock('@salesforce/apex', () => ({ __esModule: true, refreshApex: platform.refreshApex }), { virtual: true });
    // A page starts its own module; within a test file the registry would hand on the one of the page before.
    jest.doMock('c/cosellModule', () => ({ __esModule: true, openRules: (settings) => service.openRules(settings) }));
}

/** What `fetch` answers: the resource its bytes, the proxy `answer` (a pair, or a function that gives a Response or throws). */
export function serve(answer = pairState(), resource = () => new Response(moduleBytes())) {
    global.fetch = jest.fn(async (request) => {
        if (typeof request === 'string') {
            return resource();
        }
        return typeof answer === 'function' ? answer(request) : new Response(JSON.stringify(answer));
    });
}

/** A problem document of the proxy. */
export function problem(status, code, more = {}) {
    return () => new Response(JSON.stringify({ code, status, title: code, detail: `About ${code}.`, ...more }), { status });
}

/** The requests that reached the proxy. */
export function proxyCalls() {
    return fetch.mock.calls.map(([request]) => request).filter((request) => typeof request !== 'string');
}

/**
 * A page with the panel. The record in it lives as on the platform: what is written is shown again.
 * @param {Function} until what has to be there before the test goes on
 */
export async function openPage(record, { settings = SETTINGS, until = isReviewed } = {}) {
    jest.isolateModules(() => {
        service = jest.requireActual('c/cosellModule');
    });
    const api = require('lightning/uiRecordApi');
    const { default: CosellPanel } = require('c/cosellPanel');
    const page = { platform, api, record, toasts: [] };

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
    page.show();
    await eventually(() => until(page.panel));
    await settle();
    return page;
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
