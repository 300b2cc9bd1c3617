// A page with the pipeline on it: the platform's modules as stubs, the rules module real, the proxy as answers to `fetch`.
import { createApexTestWireAdapter } from '@salesforce/sfdx-lwc-jest';
import { SETTINGS } from './records';
import { deep, eventually, mount, settle } from './dom';

const platform = {
    getSettings: createApexTestWireAdapter(jest.fn()),
    getOpen: jest.fn(),
    getAgain: jest.fn(),
    issue: jest.fn(),
    refreshApex: jest.fn()
};

let service;

/** What a test makes of the rules that the page opens. */
let openedAs;
let navigated = [];

/** Milliseconds for a test: axe goes through a whole table in some of them. */
const LONGEST = 60000;

/** Replaces what only the platform has. Called once at the head of a test file, before the first page. */
export function usePlatform({ mayShare = true } = {}) {
    jest.setTimeout(LONGEST);
    const mock = (name, value) => jest.doMock(name, () => ({ __esModule: true, default: value }), { virtual: true });
    mock('@salesforce/apex/CosellController.getSettings', platform.getSettings);
    mock('@salesforce/apex/CosellPipelineController.getOpen', platform.getOpen);
    mock('@salesforce/apex/CosellPipelineController.getAgain', platform.getAgain);
    mock('@salesforce/apex/CosellTokenController.issue', platform.issue);
    mock('@salesforce/customPermission/Cosell_Share', mayShare ? true : undefined);
    mock('@salesforce/resourceUrl/cosellRules', '/resource/cosellRules');
    jest.doMock('@salesforce/apex', () => ({ __esModule: true, refreshApex: platform.refreshApex }), { virtual: true });
    const openRules = async (settings) => openedAs(await service.openRules(settings));
    jest.doMock('c/cosellModule', () => ({ __esModule: true, openRules }));
    const Navigate = Symbol('Navigate');
    const mixin = (Base) =>
        class extends Base {
            [Navigate](target) {
                navigated.push(target);
            }
        };
    jest.doMock('lightning/navigation', () => ({ __esModule: true, NavigationMixin: Object.assign(mixin, { Navigate }) }));
    // jsdom has no performance timeline.
    performance.measure = jest.fn();
}

/** Apex as it answers for these records, page by page; what others own is given apart. */
export function answerWith(mine, others = []) {
    const known = new Map([...mine, ...others].map((record) => [record.Id, record]));
    platform.getOpen.mockImplementation(async ({ scope, after, size }) => {
        const all = scope === 'mine' ? mine : others;
        const start = after ? all.findIndex(({ Id }) => Id === after) + 1 : 0;
        const records = all.slice(start, start + size);
        return JSON.stringify({ records, next: records.length < size ? null : records.at(-1).Id });
    });
    platform.getAgain.mockImplementation(async ({ opportunityIds }) =>
        JSON.stringify({ records: opportunityIds.map((id) => known.get(id)).filter(Boolean) })
    );
    return known;
}

/** Apex as it refuses. */
export function refuseWith(code) {
    platform.getOpen.mockRejectedValue({ status: 500, body: { message: code } });
}

/**
 * A page with the pipeline, after it was read.
 * @param {object} settings null where Apex can't read them
 * @param {Function} until what has to be there before the test goes on
 * @param {Function} rulesAs takes the rules that the page opens, and gives those that it gets
 */
export async function openPage({ settings = SETTINGS, until = isShown, rulesAs = (rules) => rules } = {}) {
    openedAs = rulesAs;
    jest.isolateModules(() => {
        service = jest.requireActual('c/cosellModule');
    });
    const api = require('lightning/uiRecordApi');
    const { default: CosellPipeline } = require('c/cosellPipeline');
    navigated = [];
    const page = { platform, api, toasts: [], navigated };
    api.updateRecord.mockResolvedValue({});
    api.notifyRecordUpdateAvailable.mockResolvedValue(undefined);
    platform.issue.mockResolvedValue('a.b.c');
    page.pipeline = mount('c-cosell-pipeline', CosellPipeline);
    page.pipeline.addEventListener('lightning__showtoast', (event) => page.toasts.push(event.detail));
    if (settings) {
        platform.getSettings.emit(settings);
    } else {
        platform.getSettings.error({ message: 'An internal server error has occurred' }, 500);
    }
    await eventually(() => until(page.pipeline));
    await settle();
    return page;
}

/** Everything is read. */
function isShown(pipeline) {
    return !deep(pipeline, 'lightning-spinner') && deep(pipeline, 'c-cosell-pipeline-filters');
}

/** There is a card in place of the pipeline. */
export function isRefused(pipeline) {
    return !deep(pipeline, 'lightning-spinner') && deep(pipeline, 'c-cosell-notice');
}
