import { SETTINGS, moduleBytes, pairState, readyDeal, OPPORTUNITY_ID } from '../../__tests__/support/records';

const TODAY = '2026-11-22';
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** The service as a page loads it: nothing is started yet. */
function freshModule() {
    let module;
    jest.isolateModules(() => {
        module = require('c/cosellModule');
    });
    return module;
}

function resource(body = moduleBytes(), init = { status: 200 }) {
    global.fetch = jest.fn(async () => new Response(body, init));
}

describe('c-cosell-module', () => {
    const { WebAssembly: assembly } = global;

    afterEach(() => {
        global.WebAssembly = assembly;
    });

    it('downloads the module once, however many ask for it', async () => {
        resource();
        const { openRules } = freshModule();
        await Promise.all([openRules(SETTINGS), openRules(SETTINGS)]);
        expect(fetch).toHaveBeenCalledTimes(1);
    });

    it('asks the rules', async () => {
        resource();
        const rules = await freshModule().openRules(SETTINGS);
        const outcome = rules.review(readyDeal({}, { BillingCountry: 'Deutschland' }), { Customer_Consent__c: false }, TODAY);
        expect(outcome.findings.map(({ code }) => code).sort()).toEqual(['consent.missing', 'country.name']);
        expect(outcome.preview.dealType).toBe('coSell');
    });

    it('gets an answer for what is no record, and goes on working', async () => {
        resource();
        const rules = await freshModule().openRules(SETTINGS);
        expect(rules.review(null, {}, TODAY)).toMatchObject({ status: 'unreadable', code: 'record.unreadable' });
        expect(rules.review(readyDeal(), {}, TODAY)).toMatchObject({ status: 'reviewed', ready: true });
    });

    it('works with settings that are blank', async () => {
        resource();
        const rules = await freshModule().openRules({ proxyUrl: null, countryField: null });
        expect(rules.review(readyDeal(), {}, TODAY).status).toBe('reviewed');
    });

    it('calls the proxy that the settings name, in the language of the user', async () => {
        resource();
        const rules = await freshModule().openRules(SETTINGS);
        global.fetch = jest.fn(async () => new Response(JSON.stringify(pairState())));
        expect(await rules.proxyClient().reconcile(OPPORTUNITY_ID, 'a.b.c')).toMatchObject({ state: 'inStep' });
        const [request] = fetch.mock.calls[0];
        expect([request.method, request.url]).toEqual(['POST', `${SETTINGS.proxyUrl}/v1/opportunities/${OPPORTUNITY_ID}/reconcile`]);
        expect([request.headers.get('authorization'), request.headers.get('accept-language')]).toEqual(['Bearer a.b.c', 'en']);
    });

    describe('when it can’t start', () => {
        it.each([
            ['there is no WebAssembly', () => delete global.WebAssembly, 'wasm.unavailable'],
            [
                'the page refuses to compile',
                () => {
                    const instantiate = () =>
                        Promise.reject(new TypeError('WebAssembly.instantiate(): Argument 0 must be a buffer source'));
                    global.WebAssembly = Object.assign(Object.create(assembly), { instantiate });
                },
                'wasm.blocked'
            ],
            ['the resource is not there', () => resource('', { status: 404 }), 'wasm.unreachable'],
            ['a log-in page comes instead', () => resource('<!doctype html>'), 'wasm.unreachable'],
            ['nothing comes at all', () => resource(''), 'wasm.unreachable'],
            [
                'the network is down',
                () => {
                    global.fetch = jest.fn().mockRejectedValue(new TypeError('Failed to fetch'));
                },
                'wasm.unreachable'
            ]
        ])('because %s, says so, and can be tried again', async (_reason, spoil, code) => {
            resource();
            spoil();
            const { openRules } = freshModule();
            const error = await openRules(SETTINGS).catch((problem) => problem);
            expect(error.name).toBe('CosellModuleError');
            expect(error.code).toBe(code);

            global.WebAssembly = assembly;
            resource();
            await expect(openRules(SETTINGS)).resolves.toHaveProperty('review');
        });

        it('because the module is of another version, asks for a new page', async () => {
            resource(new Uint8Array([...MAGIC, 1, 0, 0, 0]));
            const { openRules } = freshModule();
            await expect(openRules(SETTINGS)).rejects.toMatchObject({ code: 'wasm.unreachable' });
            resource();
            await expect(openRules(SETTINGS)).rejects.toMatchObject({ code: 'wasm.unreachable' });
        });
    });
});
