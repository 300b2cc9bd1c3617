import { OPPORTUNITY_ID, pairOf, pairState, privateDeal, readyDeal, sharedDeal } from '../../__tests__/support/records';
import { button, change, clearPage, control, deep, settle, textOf } from '../../__tests__/support/dom';
import { atRest, looks, openPage, problem, serve, usePlatform } from '../../__tests__/support/panel';

usePlatform();

const CONSENT = 'Customer agrees to sharing';
const HELD = { '/details/dealValue': '84000', '/details/currency': 'EUR' };
const LATER = { code: 'partner-center.unavailable', message: 'Partner Center can’t be reached.', until: null };
const APART = 'Not the same on both sides since';
const standing = (panel) => deep(panel, '[data-state]').dataset.state;

/** So many seconds pass, and all that was begun in them ends. The module and `fetch` keep their own time. */
async function pass(seconds) {
    await jest.advanceTimersByTimeAsync(seconds * 1000);
    await settle();
}

/** A page whose time stands still until it is let pass. */
async function open(record, options) {
    const page = await openPage(record, options);
    // What was opened with the page was counted as part of it.
    fetch.mockClear();
    page.platform.refreshApex.mockClear();
    page.api.notifyRecordUpdateAvailable.mockClear();
    return page;
}

describe('the panel looks again by itself', () => {
    beforeEach(() => {
        jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
        serve();
    });
    afterEach(() => {
        clearPage();
        jest.useRealTimers();
    });

    it('and shows that what was saved is sent, without a word', async () => {
        const page = await open(sharedDeal({ Cosell_State__c: 'InStep' }));
        const live = () => deep(page.panel, '[aria-live]').firstElementChild;
        const heading = live();
        deep(page.panel, 'c-cosell-form').dispatchEvent(
            new CustomEvent('cosellfix', {
                bubbles: true,
                composed: true,
                detail: {
                    key: 'x',
                    field: 'amount',
                    fix: { kind: 'edit', object: 'Opportunity', recordId: OPPORTUNITY_ID },
                    values: { Amount: 90000 }
                }
            })
        );
        await atRest(page.panel);
        expect(looks()).toEqual([]);

        serve(undefined, {
            looked: () => new Response(JSON.stringify(pairOf(page.record, { pendingSince: '2026-11-22T16:26:10Z', held: HELD })))
        });
        await pass(5);
        expect(looks()).toHaveLength(1);
        expect(textOf(page.panel)).toContain(APART);

        const { activeElement } = document;
        serve(undefined, {
            looked: () => new Response(JSON.stringify(pairOf(page.record, { held: { ...HELD, '/details/dealValue': '90000' } })))
        });
        page.record.Audit__c = `2026-11-22 16:27 UTC - Sent to Partner Center: deal value.\n${page.record.Audit__c}`;
        await pass(5);
        expect(textOf(page.panel)).not.toContain(APART);
        expect(textOf(page.panel)).toContain('Sent to Partner Center: deal value.');
        expect([page.toasts.map(({ title }) => title), document.activeElement]).toEqual([['Saved'], activeElement]);
        expect(live()).toBe(heading);

        fetch.mockClear();
        await pass(600);
        expect(looks()).toEqual([]);
    });

    it.each([
        ['the share goes on', { state: 'waiting', reason: { ...LATER, code: 'reconcile.running' } }, 1],
        ['Partner Center is waited for', { state: 'waiting', reason: LATER }, 1],
        ['both sides differ', { pendingSince: '2026-11-22T16:26:10Z' }, 1],
        ['something is not there yet', { held: { '/details/dealValue': '70000', '/details/currency': 'EUR' } }, 1],
        ['all is where it should be', { held: HELD }, 0]
    ])('as long as there is something to wait for: %s', async (_what, pair, times) => {
        serve(undefined, { looked: pairState(pair) });
        const page = await open(sharedDeal());
        await pass(5);
        expect([looks().length, page.platform.refreshApex.mock.calls.length]).toEqual([times, times]);
    });

    it('not for edits that nobody has saved', async () => {
        serve(undefined, { looked: pairState({ held: HELD }) });
        const { panel } = await open(privateDeal());
        change(control(panel, 'Visible to Microsoft sellers'), { checked: true });
        await pass(20);
        expect(looks()).toEqual([]);
    });

    it('and keeps what is chosen and not saved', async () => {
        serve(undefined, { looked: pairState({ state: 'waiting', reason: LATER }) });
        const { panel } = await open(privateDeal());
        change(control(panel, CONSENT), { checked: false });
        await pass(5);
        expect(looks()).toHaveLength(1);
        expect([control(panel, CONSENT).checked, textOf(panel).includes(`Not saved yet: ${CONSENT}`)]).toEqual([false, true]);
    });

    it.each([
        ['the proxy can’t be asked', () => serve(undefined, { looked: problem(503, 'salesforce.unavailable') })],
        [
            'Salesforce can’t be read',
            (page) =>
                page.platform.refreshApex.mockImplementation(async () => {
                    page.platform.getSnapshot.error({ message: 'opportunity.not-found' }, 500);
                    throw new Error('not read');
                })
        ],
        ['no token is given', (page) => page.platform.issue.mockRejectedValue({ status: 500, body: { message: 'permission.missing' } })]
    ])('and shows what it knew before when %s', async (_what, fail) => {
        serve(undefined, { looked: pairState({ state: 'waiting', reason: LATER }) });
        const page = await open(sharedDeal());
        const before = textOf(page.panel);
        fail(page);
        await pass(5);
        expect(page.platform.refreshApex).toHaveBeenCalledTimes(1);
        expect(textOf(page.panel)).toBe(before);
        expect([deep(page.panel, 'c-cosell-notice'), page.toasts]).toEqual([null, []]);
    });

    it('when somebody comes back to the page', async () => {
        const page = await open(readyDeal());
        await pass(31);
        expect(page.platform.refreshApex).not.toHaveBeenCalled();
        page.record = sharedDeal();
        window.dispatchEvent(new CustomEvent('focus'));
        await pass(0);
        expect(standing(page.panel)).toBe('asked');
        expect(looks()).toHaveLength(1);
    });

    it('not while something is under way', async () => {
        serve(() => new Promise(() => {}), { looked: pairState({ state: 'waiting', reason: LATER }) });
        const page = await open(sharedDeal());
        button(page.panel, 'Try again').click();
        await pass(600);
        expect([looks(), page.platform.refreshApex.mock.calls]).toEqual([[], []]);
    });

    it.each([
        ['the panel is gone', () => clearPage()],
        [
            'the page shows another opportunity',
            (page) => {
                page.panel.recordId = '006Qy00000OTHER0AV';
            }
        ]
    ])('no more when %s', async (_why, leave) => {
        serve(undefined, { looked: pairState({ state: 'waiting', reason: LATER }) });
        const page = await open(sharedDeal());
        leave(page);
        await pass(600);
        expect([looks(), page.platform.refreshApex.mock.calls]).toEqual([[], []]);
    });
});
