import { SETTINGS, readyDeal, sharedDeal } from '../../__tests__/support/records';
import { PANEL_STATES } from '../../__tests__/support/panelStates';
import { button, clearPage, deep, deepAll, settle, textOf } from '../../__tests__/support/dom';
import { expectAWayOn, isShown, openPage, openState, looks, problem, serve, usePlatform } from '../../__tests__/support/panel';
import { STATES } from '../states';

usePlatform();

const standing = (panel) => deep(panel, '[data-state]');

describe('the panel in every state', () => {
    const { WebAssembly: assembly } = global;

    afterEach(() => {
        global.WebAssembly = assembly;
        clearPage();
    });

    it.each(PANEL_STATES.filter(({ readOnly }) => !readOnly).map((state) => [state.name, state]))(
        '%s: says how things are and what comes next, to everybody',
        async (_name, state) => {
            const { panel } = await openState(state);
            expect(isShown(panel, state)).toBe(true);
            expectAWayOn(panel);
            await expect(panel).toBeAccessible();
        }
    );

    it('leaves no state out', () => {
        expect([...new Set(PANEL_STATES.map(({ state }) => state))].filter(Boolean).sort()).toEqual(Object.keys(STATES).sort());
    });

    it('shows the outline of all of it while it loads, and nothing else', async () => {
        serve();
        const page = await openPage(readyDeal(), { until: () => true, loads: true });
        expect(deep(page.panel, 'c-cosell-stencil').whole).toBe(true);
        expect([standing(page.panel), deep(page.panel, '[data-share]')]).toEqual([null, null]);
        await expect(page.panel).toBeAccessible();
    });

    it('has its buttons before the rules are there, for later', async () => {
        serve(undefined, { resource: () => new Promise(() => {}) });
        const { panel } = await openPage(sharedDeal(), { until: () => true });
        expect([deep(panel, '[data-share]').label, deep(panel, '[data-share]').disabled]).toEqual(['Sync now', true]);
        expect(deep(panel, 'c-cosell-stencil').whole).toBe(false);
        await expect(panel).toBeAccessible();
    });

    it('goes to the first thing to mend', async () => {
        const { panel } = await openState(PANEL_STATES.find(({ name }) => name === 'not-ready'));
        const focus = jest.spyOn(HTMLElement.prototype, 'focus');
        button(panel, 'Go to the first').click();
        await settle();
        const [first] = deepAll(panel.shadowRoot, 'c-cosell-finding');
        expect(focus.mock.contexts.some((element) => deepAll(first.shadowRoot, '*').includes(element))).toBe(true);
        focus.mockRestore();
    });
});

describe('what the proxy says of a deal when the page opens', () => {
    afterEach(clearPage);

    it.each([
        ['not of one that was never shared', readyDeal(), {}, 0],
        ['of one that is shared', sharedDeal(), {}, 1],
        ['of one that is to be shared', readyDeal({ Sync_with_Partner_Center__c: true }), {}, 1],
        ['not where it has no address', sharedDeal(), { proxyUrl: null }, 0]
    ])('is asked: %s', async (_case, record, settings, times) => {
        serve();
        const page = await openPage(record, { settings: { ...SETTINGS, ...settings } });
        page.show();
        await settle();
        expect(looks()).toHaveLength(times);
        expect(page.platform.issue.mock.calls.map(([{ action }]) => action)).toEqual(Array(times).fill('read'));
    });

    it('can be asked for again where it did not answer', async () => {
        serve(undefined, { looked: problem(503, 'salesforce.unavailable') });
        const { panel } = await openPage(sharedDeal());
        expect(textOf(panel)).toContain('The Cosell server could not be asked');
        expect(textOf(panel)).toContain('Try again in a moment. What you see here is what Salesforce knows.');
        serve();
        button(deep(panel, 'c-cosell-notice'), 'Try again').click();
        await settle();
        await new Promise(setImmediate);
        await settle();
        expect(textOf(panel)).not.toContain('The Cosell server could not be asked');
    });
});
