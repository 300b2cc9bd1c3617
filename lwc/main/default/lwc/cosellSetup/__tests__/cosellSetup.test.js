import { button, clearPage, deep, deepAll, eventually, textOf } from '../../__tests__/support/dom';
import { SETTINGS, answers, healthOf, registrationOf, setupOf } from '../../__tests__/support/setupData';
import { asked, openPage, problem, rest, serve, usePlatform } from '../../__tests__/support/setupPage';

usePlatform();

const summary = ({ element }) => textOf(element.shadowRoot.querySelector('[data-summary]'));
const connection = ({ element }, name) => deep(element, `[data-connection="${name}"]`);
const click = async (element) => {
    element.click();
    await rest();
};

describe('c-cosell-setup', () => {
    afterEach(clearPage);

    it('shows every connection, and that all are well', async () => {
        const page = await openPage();
        const names = deepAll(page.element.shadowRoot, '[data-connection]').map(({ dataset }) => dataset.connection);
        expect(names).toEqual(['salesforce', 'entra', 'partner-center', 'webhooks', 'store']);
        expect(summary(page)).toBe('Everything is connected and working.');
        expect(asked().sort()).toEqual(['GET attention?limit=50', 'GET health', 'GET webhooks']);
        expect(page.platform.issueToken).toHaveBeenCalledTimes(1);
        await expect(page.element).toBeAccessible();
    });

    it('says what to do about a connection that fails, and since when it does', async () => {
        const entra = {
            state: 'failed',
            code: 'partner-center.sign-in',
            detail: 'The sign-in has run out.',
            since: '2026-11-20T09:00:00Z'
        };
        const page = await openPage({ routes: answers({ 'GET health': healthOf({ entra }) }) });
        const words = textOf(connection(page, 'entra'));
        expect(words).toContain('The sign-in has run out.');
        expect(words).toContain('Nov 20, 2026');
        expect(words).toContain('role Referrals admin sign in again');
        expect(summary(page)).toBe('1 connection needs your attention.');
        await expect(page.element).toBeAccessible();
    });

    it('keeps the same rows while it asks', async () => {
        let answer;
        const page = await openPage({
            routes: answers({
                'GET health': () =>
                    new Promise((resolve) => {
                        answer = resolve;
                    })
            })
        });
        expect(deepAll(page.element.shadowRoot, '[data-connection]')).toHaveLength(5);
        expect(summary(page)).toBe('Checking the connections…');
        await expect(page.element).toBeAccessible();
        await eventually(() => answer);
        answer(healthOf());
        await rest();
        expect(summary(page)).toBe('Everything is connected and working.');
    });

    it('asks again on request', async () => {
        const page = await openPage();
        fetch.mockClear();
        await click(deep(page.element, '[data-refresh]'));
        expect(asked()).toContain('GET health');
    });

    it('waits for an answer that is newer than the one it shows, and takes none of the old states for sure meanwhile', async () => {
        const page = await openPage();
        const newer = healthOf({ store: { state: 'failed', code: 'store.unavailable' } }, '2026-11-22T14:02:09Z');
        let answer;
        const healths = [healthOf(), new Promise((resolve) => (answer = resolve))];
        serve(answers({ 'GET health': () => healths.shift() }));
        await click(deep(page.element, '[data-refresh]'));
        expect(textOf(connection(page, 'store'))).toContain('Checking…');
        expect(textOf(connection(page, 'store'))).not.toContain('Works');
        answer(newer);
        await rest();
        expect(textOf(connection(page, 'store'))).toContain('Does not work');
        expect(textOf(page.element)).toMatch(/Checked Nov 22, 2026, \d+:02:09/);
    });

    it('gives the focus back to the button that asks again', async () => {
        const page = await openPage();
        const refresh = deep(page.element, '[data-refresh]');
        const focus = jest.spyOn(refresh, 'focus');
        await click(refresh);
        await eventually(() => !refresh.disabled);
        expect(focus).toHaveBeenCalledTimes(1);
    });

    it('gives the focus to its title where that button is gone', async () => {
        const routes = answers();
        const page = await openPage({ routes });
        routes['GET health'] = problem(401, 'token.invalid');
        await click(deep(page.element, '[data-refresh]'));
        expect(page.element.shadowRoot.activeElement).toBe(page.element.shadowRoot.querySelector('h1'));
    });

    it('says that a server is silent though it took the questions', async () => {
        const page = await openPage();
        const forever = () => new Promise(() => {});
        serve(answers({ 'GET health': forever, 'GET webhooks': forever, 'GET attention': forever }));
        const { setTimeout: patient } = window;
        window.setTimeout = (then) => setImmediate(then);
        await click(deep(page.element, '[data-refresh]'));
        window.setTimeout = patient;
        expect(textOf(page.element)).toContain(`There is no answer of Cosell’s from ${SETTINGS.proxyUrl}.`);
        serve(answers());
        await click(button(page.element, 'Try again'));
        expect(summary(page)).toBe('Everything is connected and working.');
    });

    it('can’t be asked again while the org still answers', async () => {
        let answer;
        const setups = [setupOf(), new Promise((resolve) => (answer = resolve))];
        const page = await openPage({ setup: () => setups.shift() });
        await click(deep(page.element, '[data-refresh]'));
        expect(deep(page.element, '[data-refresh]').disabled).toBe(true);
        answer(setupOf());
        await rest();
        expect(deep(page.element, '[data-refresh]').disabled).toBe(false);
    });

    const UNREACHABLE = Object.assign(new Error('HTTP 404'), { code: 'wasm.unreachable' });
    const UNAVAILABLE = Object.assign(new Error('wasm.unavailable'), { code: 'wasm.unavailable' });
    const BLOCKED = Object.assign(new Error('refused'), { code: 'wasm.blocked' });
    it.each([
        ['do not arrive', UNREACHABLE, 'deploy the static resource cosellRules again', 'use Lightning Web Security'],
        ['meet an old browser', UNAVAILABLE, 'Update the browser', 'use Lightning Web Security'],
        ['are refused by the page', BLOCKED, 'use Lightning Web Security', 'Update the browser']
    ])('says how to mend it when the rules %s', async (_case, module, words, others) => {
        const page = await openPage({ module });
        const said = [deep(page.element, 'c-cosell-notice'), deep(page.element, '[data-prerequisite="wasm"]')].map(textOf);
        expect(said).toEqual([expect.stringContaining(words), expect.stringContaining(words)]);
        expect(said.join(' ')).not.toContain(others);
        await expect(page.element).toBeAccessible();
    });

    const unreachable = () => {
        throw new TypeError('Failed to fetch');
    };
    it.each([
        ['does not answer', { routes: answers({ 'GET health': unreachable }) }, 'must name http://localhost'],
        ['does not know this page', { routes: answers({ 'GET health': problem(403, 'origin.unknown') }) }, 'must name http://localhost'],
        ['does not accept the token', { routes: answers({ 'GET health': problem(401, 'token.invalid') }) }, 'seller_token.certificates'],
        ['has an address that is none', { setup: setupOf({ ...SETTINGS, proxyUrl: 'cosell' }) }, 'Compare three addresses']
    ])('says how to mend it when the server %s, and leaves the settings to be mended', async (_case, given, hint) => {
        const page = await openPage(given);
        const words = textOf(page.element);
        expect(words).toContain('Cosell’s server can’t be asked');
        expect(words).toContain(hint);
        expect(deep(page.element, 'c-cosell-setup-connections')).toBeNull();
        expect(deep(page.element, 'c-cosell-setup-settings')).not.toBeNull();
        await expect(page.element).toBeAccessible();
    });

    it('names the certificate where the org can’t sign', async () => {
        const token = () => Promise.reject({ body: { message: 'certificate.unusable' } });
        const page = await openPage({ token });
        expect(textOf(page.element)).toContain('Certificate and Key Management');
    });

    it('tries again when it is asked to, with a token of its own', async () => {
        const routes = answers({ 'GET health': unreachable });
        const page = await openPage({ routes });
        routes['GET health'] = healthOf();
        await click(button(page.element, 'Try again'));
        expect(summary(page)).toBe('Everything is connected and working.');
    });

    it('offers to make the settings record again where it is missing', async () => {
        const page = await openPage({ setup: { ...setupOf(null), recordId: null } });
        expect(textOf(page.element)).toContain('The settings record is missing');
        expect(asked()).toEqual([]);
        expect(deep(page.element, 'c-cosell-setup-settings')).not.toBeNull();
        await expect(page.element).toBeAccessible();
    });

    it('says so when the org does not answer', async () => {
        const page = await openPage({ setup: () => Promise.reject({ body: { message: 'Out of order' } }) });
        expect(textOf(page.element)).toContain('Out of order');
        expect(button(page.element, 'Try again')).not.toBeNull();
    });

    it('believes the org about the permission, too', async () => {
        const page = await openPage({ setup: () => Promise.reject({ body: { message: 'permission.missing' } }) });
        expect(textOf(page.element)).toContain('You may not set Cosell up');
        expect(deep(page.element, 'c-cosell-setup-settings')).toBeNull();
    });

    describe('events', () => {
        const there = registrationOf({ state: 'other-url', registeredUrl: 'https://elsewhere.example/hook' });

        it('are registered for with a click where nobody is', async () => {
            const routes = answers({
                'GET webhooks': registrationOf({ state: 'not-registered', registeredUrl: null }),
                'POST webhooks': async (request) => {
                    expect(await request.json()).toEqual({ overwrite: false });
                    routes['GET health'] = healthOf({}, '2026-11-22T14:03:00Z');
                    return registrationOf();
                }
            });
            const page = await openPage({ routes });
            await click(button(page.element, 'Register for events'));
            const ours = deep(page.element, '[data-registration="ours"]');
            expect(deep(page.element, 'c-cosell-setup-webhooks').shadowRoot.activeElement).toBe(ours);
            expect(page.toasts).toEqual([expect.objectContaining({ variant: 'success' })]);
        });

        it('can be registered for before the connections are known', async () => {
            let answer;
            const first = new Promise((resolve) => (answer = resolve));
            const healths = [first, healthOf()];
            const routes = answers({
                'GET webhooks': registrationOf({ state: 'not-registered', registeredUrl: null }),
                'GET health': () => healths.shift() ?? healthOf(),
                'POST webhooks': registrationOf()
            });
            const page = await openPage({ routes });
            await click(button(page.element, 'Register for events'));
            expect(asked().filter((request) => request === 'GET health')).toHaveLength(2);
            answer(healthOf());
            await rest();
            expect(summary(page)).toBe('Everything is connected and working.');
        });

        it('are taken from another address only by who says so, and is told whose they are', async () => {
            const take = jest.fn(async (request) => {
                expect(await request.json()).toEqual({ overwrite: true });
                return registrationOf();
            });
            const page = await openPage({ routes: answers({ 'GET webhooks': there, 'POST webhooks': take }) });
            expect(textOf(page.element)).toContain('https://elsewhere.example/hook gets no event any more');
            const register = button(page.element, 'Register for events');
            expect(register.disabled).toBe(true);
            await expect(page.element).toBeAccessible();
            const box = deepAll(page.element.shadowRoot, 'lightning-input').find(({ type }) => type === 'checkbox');
            box.dispatchEvent(new CustomEvent('change', { detail: { checked: true } }));
            await rest();
            await click(register);
            expect(take).toHaveBeenCalledTimes(1);
        });

        it('show what is so when somebody else was faster', async () => {
            const routes = answers({
                'GET webhooks': registrationOf({ state: 'not-registered', registeredUrl: null }),
                'POST webhooks': () => {
                    routes['GET webhooks'] = there;
                    return problem(409, 'webhooks.other-url')();
                }
            });
            const page = await openPage({ routes });
            await click(button(page.element, 'Register for events'));
            expect(deep(page.element, '[data-registration="other-url"]')).not.toBeNull();
            expect(page.toasts).toEqual([expect.objectContaining({ variant: 'error' })]);
        });

        it('that are off are no fault', async () => {
            const page = await openPage({ routes: answers({ 'GET webhooks': problem(409, 'webhooks.off') }) });
            expect(textOf(page.element)).toContain('Events are off on this server');
            await expect(page.element).toBeAccessible();
        });

        it('that can’t be looked at are asked for again', async () => {
            const routes = answers({ 'GET webhooks': problem(503, 'partner-center.unavailable') });
            const page = await openPage({ routes });
            expect(textOf(page.element)).toContain('About partner-center.unavailable.');
            routes['GET webhooks'] = registrationOf();
            await click(button(page.element, 'Try again'));
            const { activeElement } = deep(page.element, 'c-cosell-setup-webhooks').shadowRoot;
            expect(activeElement).not.toBeNull();
            expect(activeElement).toBe(deep(page.element, '[data-registration="ours"]'));
        });

        it('that can’t be looked at once more keep the focus where they are asked for', async () => {
            const routes = answers();
            const page = await openPage({ routes });
            routes['GET webhooks'] = problem(503, 'partner-center.unavailable');
            await click(button(page.element, 'Check again'));
            const focus = jest.spyOn(HTMLElement.prototype, 'focus');
            await click(button(deep(page.element, 'c-cosell-setup-webhooks'), 'Try again'));
            expect(focus.mock.contexts.map(({ dataset }) => Object.keys(dataset))).toEqual([['look']]);
            focus.mockRestore();
        });

        const attempt = { responseCode: 'Unauthorized', responseMessage: 'no', systemError: false, dateTimeUtc: '2026-11-22T14:02:00Z' };
        it.each([
            ['arrives', { arrived: true, over: true, status: 'completed', results: [{ ...attempt, responseCode: 'OK' }] }, 'arrived.'],
            ['does not arrive', { arrived: false, over: true, status: 'completed', results: [attempt] }, 'did not arrive.'],
            ['takes too long', { arrived: false, over: false, status: 'pending', results: [] }, 'within a minute']
        ])('are tested, and it is said when one %s', async (_case, delivery, words) => {
            const first = { arrived: false, over: false, status: 'pending', results: [] };
            const deliveries = [first, delivery];
            const page = await openPage({
                routes: answers({
                    'POST webhooks/test': { correlationId: '1-2' },
                    'GET webhooks/test/1-2': () => deliveries.shift() ?? delivery
                })
            });
            await click(button(page.element, 'Send a test event'));
            await eventually(() => deep(page.element, '[data-outcome]'));
            expect(textOf(deep(page.element, 'c-cosell-setup-webhooks'))).toContain(words);
            await expect(page.element).toBeAccessible();
        });

        it.each([
            ['another address', there],
            ['nobody', registrationOf({ state: 'not-registered', registeredUrl: null })],
            ['nothing, for they are off', problem(409, 'webhooks.off')]
        ])('forget their test when %s is registered', async (_case, registration) => {
            const routes = answers({
                'POST webhooks/test': { correlationId: '1-2' },
                'GET webhooks/test/1-2': { arrived: true, over: true, status: 'completed', results: [] }
            });
            const page = await openPage({ routes });
            await click(button(page.element, 'Send a test event'));
            expect(deep(page.element, '[data-outcome]')).not.toBeNull();
            await click(deep(page.element, '[data-refresh]'));
            expect(deep(page.element, '[data-outcome]')).not.toBeNull();
            routes['GET webhooks'] = registration;
            await click(deep(page.element, '[data-refresh]'));
            expect(deep(page.element, '[data-outcome]')).toBeNull();
        });

        it('keep saying why nobody could register for them, and what to do, until it is tried again', async () => {
            const none = registrationOf({ state: 'not-registered', registeredUrl: null });
            const routes = answers({ 'GET webhooks': none, 'POST webhooks': problem(502, 'partner-center.refused') });
            const page = await openPage({ routes });
            await click(button(page.element, 'Register for events'));
            const words = textOf(deep(page.element, 'c-cosell-setup-webhooks'));
            expect(words).toContain('The registration did not work About partner-center.refused.');
            expect(words).toContain('the role Referrals admin');
            await expect(page.element).toBeAccessible();
            routes['POST webhooks'] = registrationOf();
            await click(button(page.element, 'Register for events'));
            expect(deep(page.element, '[data-refusal]')).toBeNull();
        });

        it('of which a server that is gone has no test say no word of a deal', async () => {
            const page = await openPage({ routes: answers({ 'POST webhooks/test': () => new Response('<html>', { status: 502 }) }) });
            await click(button(page.element, 'Send a test event'));
            expect(textOf(deep(page.element, '[data-refusal]'))).toBe(`There is no answer of Cosell’s from ${SETTINGS.proxyUrl}.`);
        });

        it('of which no test can be had say so', async () => {
            const page = await openPage({ routes: answers({ 'POST webhooks/test': problem(503, 'partner-center.unavailable') }) });
            await click(button(page.element, 'Send a test event'));
            expect(textOf(page.element)).toContain('The test could not be asked for');
        });
    });
});
