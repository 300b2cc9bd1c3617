import { button, clearPage, deep, deepAll, eventually, textOf } from '../../__tests__/support/dom';
import { OPPORTUNITY_ID, answers, healthOf, pairOf } from '../../__tests__/support/setupData';
import { asked, openPage, problem, rest, usePlatform } from '../../__tests__/support/setupPage';

usePlatform();

const summary = ({ element }) => textOf(element.shadowRoot.querySelector('[data-summary]'));
const click = async (element) => {
    element.click();
    await rest();
};

describe('deals that need attention on c-cosell-setup', () => {
    afterEach(clearPage);

    const WAITING = pairOf({ state: 'waiting', opportunityId: '006Qy00000AbCdFIAV' });
    it.each([
        ['one that is broken', { pairs: [pairOf(), WAITING], next: null }, 'Everything is connected. 1 deal needs somebody.'],
        [
            'a seller’s and one that is stuck',
            { pairs: [pairOf({ state: 'needsYou' }), pairOf({ state: 'stuck', opportunityId: null, referralId: 'a' })], next: null },
            'Everything is connected. 2 deals need somebody.'
        ],
        ['more than were read', { pairs: [pairOf()], next: 'x' }, 'Everything is connected. 1 or more deals need somebody.'],
        ['one that goes on by itself', { pairs: [WAITING], next: null }, 'Everything is connected.'],
        ['nobody knows which', problem(500, 'internal.error'), 'Everything is connected.']
    ])('are told over the page: %s', async (_case, attention, words) => {
        expect(summary(await openPage({ routes: answers({ 'GET attention': attention }) }))).toBe(words);
    });

    it('are told beside connections that fail', async () => {
        const failing = healthOf({ store: { state: 'failed', code: 'store.unavailable' } });
        const page = await openPage({ routes: answers({ 'GET health': failing, 'GET attention': { pairs: [pairOf()], next: null } }) });
        expect(summary(page)).toBe('1 connection needs your attention. 1 deal needs somebody.');
    });

    it('are none, in words', async () => {
        const page = await openPage();
        expect(textOf(deep(page.element, '[data-empty]'))).toContain('No deal needs attention');
    });

    it.each([
        ['gone', [], 'Needs no attention any more'],
        ['failed anew', [pairOf({ attempts: 4 })], 'Looked at; it still needs attention']
    ])('are asked after until nobody is at them any more, and then said to be %s', async (_case, end, title) => {
        const lists = [[pairOf()], end];
        const stands = [true, true, false];
        const routes = answers({
            'GET attention': () => ({ pairs: lists.shift(), next: null }),
            'GET retry': () => ({ underWay: stands.shift() })
        });
        const page = await openPage({ routes });
        await click(deep(page.element, '[data-retry]'));
        await eventually(() => page.toasts.length);
        expect(page.toasts).toEqual([expect.objectContaining({ title })]);
        expect([lists, stands]).toEqual([[], []]);
        const retry = asked().slice(asked().indexOf('POST retry'));
        const asks = `GET retry?opportunityId=${OPPORTUNITY_ID}`;
        expect(retry).toEqual(['POST retry', asks, asks, asks, 'GET attention?limit=50']);
    });

    it('are asked after again where that fails once', async () => {
        const stands = [problem(500, 'internal.error')(), { underWay: false }];
        const routes = answers({ 'GET attention': { pairs: [pairOf()], next: null }, 'GET retry': () => stands.shift() });
        const page = await openPage({ routes });
        await click(deep(page.element, '[data-retry]'));
        await eventually(() => page.toasts.length);
        expect(page.toasts).toEqual([expect.objectContaining({ title: 'Looked at; it still needs attention' })]);
    });

    it('are left to the list where that fails twice', async () => {
        const routes = answers({ 'GET attention': { pairs: [pairOf()], next: null }, 'GET retry': problem(403, 'token.not-allowed') });
        const page = await openPage({ routes });
        await click(deep(page.element, '[data-retry]'));
        await eventually(() => page.toasts.length);
        expect(asked().filter((call) => call.startsWith('GET retry'))).toHaveLength(2);
        expect(page.toasts).toEqual([expect.objectContaining({ title: 'Still being looked at; check again in a moment' })]);
    });

    it('that came in are known again by their engagement when they have become a deal that needs somebody', async () => {
        const referral = { engagementId: 'e-1', referralId: 'r-1' };
        const lists = [[pairOf({ kind: 'referral', opportunityId: null, ...referral })], [pairOf(referral)]];
        const page = await openPage({ routes: answers({ 'GET attention': () => ({ pairs: lists.shift(), next: null }) }) });
        await click(deep(page.element, '[data-retry]'));
        await eventually(() => page.toasts.length);
        expect(asked()).toContain('GET retry?engagementId=e-1');
        expect(page.toasts).toEqual([expect.objectContaining({ title: 'Looked at; it still needs attention' })]);
    });

    it('are asked after by their own name beside a deal of the same engagement', async () => {
        const deal = pairOf({ engagementId: 'e-1' });
        const came = pairOf({ kind: 'referral', opportunityId: null, engagementId: 'e-1' });
        const page = await openPage({ routes: answers({ 'GET attention': { pairs: [deal, came], next: null } }) });
        await click(deepAll(page.element.shadowRoot, '[data-retry]')[1]);
        await eventually(() => page.toasts.length);
        expect(asked()).toContain('GET retry?engagementId=e-1');
    });

    it('that somebody is at for long are not said to be looked at', async () => {
        const routes = answers({ 'GET attention': { pairs: [pairOf()], next: null }, 'GET retry': { underWay: true } });
        const page = await openPage({ routes });
        await click(deep(page.element, '[data-retry]'));
        await eventually(() => page.toasts.length);
        expect(page.toasts).toEqual([
            expect.objectContaining({ title: 'Still being looked at; check again in a moment', variant: 'info' })
        ]);
        expect(deep(page.element, '[data-retry]').getAttribute('aria-disabled')).toBe('false');
    });

    it('say nothing of themselves where everything was asked anew meanwhile', async () => {
        let answer;
        const routes = answers({
            'GET attention': { pairs: [pairOf()], next: null },
            'GET retry': () => new Promise((resolve) => (answer = resolve))
        });
        const page = await openPage({ routes });
        await click(deep(page.element, '[data-retry]'));
        await eventually(() => answer);
        routes['GET attention'] = { pairs: [], next: null };
        await click(button(page.element, 'Check again'));
        answer({ underWay: false });
        await rest();
        expect(page.toasts).toEqual([]);
    });

    it('are looked at again with a click, and go when they are mended', async () => {
        const routes = answers({
            'GET attention': { pairs: [pairOf()], next: null },
            'POST retry': async (request) => {
                expect(await request.json()).toEqual({ opportunityId: OPPORTUNITY_ID });
                routes['GET attention'] = { pairs: [], next: null };
                return new Response('{"retried":true}', { status: 202 });
            }
        });
        const page = await openPage({ routes });
        expect(textOf(page.element)).toContain('Partner Center refused the deal.');
        await expect(page.element).toBeAccessible();
        await click(deep(page.element, '[data-retry]'));
        expect(deep(page.element, '[data-empty]')).not.toBeNull();
        expect(page.toasts).toEqual([expect.objectContaining({ title: 'Needs no attention any more' })]);
    });

    it.each([
        ['still fail', new Response('{"retried":true}', { status: 202 }), 'Looked at; it still needs attention'],
        ['are not known any more', problem(404, 'pair.unknown')(), 'It could not be looked at']
    ])('that %s say so', async (_case, answer, title) => {
        const pairs = [pairOf({ kind: 'referral', opportunityId: null, referralId: 'r-1' })];
        const page = await openPage({ routes: answers({ 'GET attention': { pairs, next: null }, 'POST retry': () => answer }) });
        await click(deep(page.element, '[data-retry]'));
        await eventually(() => page.toasts.length);
        expect(page.toasts[0]).toMatchObject({ title });
    });

    const OTHER_ID = '006Qy00000AbCdFIAV';

    it('come page by page', async () => {
        const pages = {
            'GET attention?limit=50': { pairs: [pairOf()], next: 'c 1' },
            'GET attention?limit=50&after=c%201': { pairs: [pairOf({ opportunityId: OTHER_ID })], next: null }
        };
        const page = await openPage({ routes: answers({ 'GET attention': () => pages[asked().at(-1)] }) });
        const more = deep(page.element, '[data-more]');
        more.tabIndex = 0;
        more.focus();
        await click(more);
        const [, second] = deepAll(page.element.shadowRoot, 'c-cosell-setup-pair');
        expect(second.pair.key).toBe(OTHER_ID);
        expect(deep(page.element, '[data-more]')).toBeNull();
        expect(deep(page.element, 'c-cosell-setup-attention').shadowRoot.activeElement).toBe(second);
    });

    const paged = (pages) => answers({ 'GET attention': () => pages[asked().at(-1)], 'POST retry': { retried: true } });
    const retry = (page, index) => click(deepAll(page.element.shadowRoot, '[data-retry]')[index]);

    it('stay as far as they were listed when one of a later page is looked at', async () => {
        const second = 'GET attention?limit=50&after=c%201';
        const pages = {
            'GET attention?limit=50': { pairs: [pairOf()], next: 'c 1' },
            [second]: { pairs: [pairOf({ opportunityId: OTHER_ID })], next: null }
        };
        const page = await openPage({ routes: paged(pages) });
        await click(deep(page.element, '[data-more]'));
        pages[second] = { pairs: [pairOf({ opportunityId: OTHER_ID, attempts: 4 })], next: null };
        await retry(page, 1);
        expect(deepAll(page.element.shadowRoot, 'c-cosell-setup-pair')).toHaveLength(2);
        expect(page.toasts).toEqual([expect.objectContaining({ title: 'Looked at; it still needs attention' })]);
    });

    it('are not taken for mended when they moved to a page that was not listed', async () => {
        const pages = {
            'GET attention?limit=50': { pairs: [pairOf()], next: 'c 1' },
            'GET attention?limit=50&after=c%201': { pairs: [pairOf()], next: null }
        };
        const page = await openPage({ routes: paged(pages) });
        pages['GET attention?limit=50'] = { pairs: [pairOf({ opportunityId: OTHER_ID })], next: 'c 1' };
        pages['GET attention?limit=50&after=c%201'] = { pairs: [pairOf({ attempts: 4 })], next: null };
        await retry(page, 0);
        expect(page.toasts).toEqual([expect.objectContaining({ title: 'Looked at; it still needs attention' })]);
    });

    it('of which the list can’t be read any more are not taken for anything', async () => {
        const pages = { 'GET attention?limit=50': { pairs: [pairOf()], next: null } };
        const page = await openPage({ routes: paged(pages) });
        pages['GET attention?limit=50'] = problem(500, 'internal.error')();
        await retry(page, 0);
        await eventually(() => textOf(page.element).includes('The list could not be read'));
        expect(page.toasts).toEqual([]);
    });

    it.each([
        ['the one after it', 3, 0, OTHER_ID],
        ['the one before the last', 2, 1, OPPORTUNITY_ID],
        ['what says that there is none', 1, 0, undefined]
    ])('hand the focus on to %s when they are mended', async (_case, count, index, expected) => {
        const pairs = [pairOf(), pairOf({ opportunityId: OTHER_ID }), pairOf({ opportunityId: '006Qy00000AbCdGIAV' })].slice(0, count);
        const pages = { 'GET attention?limit=50': { pairs, next: null } };
        const page = await openPage({ routes: paged(pages) });
        pages['GET attention?limit=50'] = { pairs: pairs.filter((_pair, place) => place !== index), next: null };
        deepAll(page.element.shadowRoot, '[data-retry]')[index].focus();
        await retry(page, index);
        const { activeElement } = deep(page.element, 'c-cosell-setup-attention').shadowRoot;
        expect(activeElement).not.toBeNull();
        expect(activeElement.pair?.key).toBe(expected);
    });

    it('hand the focus on to what asks for them again where they can’t be read any more', async () => {
        const routes = answers({ 'GET attention': { pairs: [pairOf()], next: null } });
        const page = await openPage({ routes });
        routes['GET attention'] = problem(500, 'internal.error');
        const pressed = deep(page.element, '[data-retry]');
        pressed.focus();
        const focus = jest.spyOn(HTMLElement.prototype, 'focus');
        await click(pressed);
        await eventually(() => deep(page.element, '[data-look]'));
        expect(focus.mock.contexts.map(({ dataset }) => dataset.look)).toContain('');
        focus.mockRestore();
    });

    it('that can’t be read are asked for again', async () => {
        const routes = answers({ 'GET attention': problem(500, 'internal.error') });
        const page = await openPage({ routes });
        expect(textOf(page.element)).toContain('The list could not be read');
        routes['GET attention'] = { pairs: [], next: null };
        await click(button(page.element, 'Try again'));
        const { activeElement } = deep(page.element, 'c-cosell-setup-attention').shadowRoot;
        expect(activeElement).not.toBeNull();
        expect(activeElement).toBe(deep(page.element, '[data-empty]'));
    });
});
