import { OPPORTUNITY_ID, SETTINGS, moduleBytes, pairState, readyDeal, sharedDeal } from '../../__tests__/support/records';

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
        expect(outcome.findings.map(({ code }) => code).sort()).toEqual(['consent.contact', 'country.name']);
        expect(outcome.preview.dealType).toBe('coSell');
    });

    it.each(['review', 'reviewAll'])('writes numbers and days in sentences for the reader’s locale (%s)', async (method) => {
        resource();
        const rules = await freshModule().openRules(SETTINGS);
        const record = readyDeal({ CloseDate: '2026-01-05' });
        const { findings } = method === 'review' ? rules.review(record, {}, TODAY) : rules.reviewAll([record], TODAY)[0];
        expect(findings[0].message).toBe(
            'The close date, January 5, 2026, has passed. A date ahead tells Microsoft that the deal is alive.'
        );
    });

    it('knows of the fields that an admin mapped, and of no other', async () => {
        resource();
        const ruleSettings = 'mapping = NextStep|/campaignId|toPartnerCenter|text';
        const { fields } = await freshModule().openRules({ ...SETTINGS, ruleSettings });
        expect(fields).toEqual(expect.arrayContaining(['Name', 'NextStep']));
        expect(fields).not.toContain('LeadSource');
    });

    it('shows both documents whole, Microsoft’s with what it has otherwise', async () => {
        resource();
        const rules = await freshModule().openRules(SETTINGS);
        const { referral, microsoft } = rules.review(readyDeal(), {}, TODAY).preview;
        expect(microsoft).toEqual({
            ...referral,
            target: [{ type: 'BusinessProfileLocation', id: 'msft' }],
            inviteContext: expect.anything()
        });
        expect(referral.inviteContext).toEqual({ assistanceRequestCode: 'Unknown' });
    });

    it('compares the edits with what is saved', async () => {
        resource();
        const rules = await freshModule().openRules(SETTINGS);
        const seen = sharedDeal({ How_can_Microsoft_help__c: null, Microsoft_Status__c: null, Deal_Type__c: 'PartnerLed' });
        const hidden = { Visible_to_Microsoft_Sellers__c: false };
        const codes = (record, draft) => rules.review(record, draft, TODAY).findings.map(({ code }) => code);
        expect([codes(seen, {}), codes(seen, hidden)]).toEqual([[], ['visibility.withdrawn']]);
    });

    it('tells the rules the facts that it is given', async () => {
        resource();
        const rules = await freshModule().openRules(SETTINGS);
        const facts = { now: '2026-11-22T12:00:00Z', 'held:/details/notes': '' };
        expect(rules.review(sharedDeal(), {}, TODAY, facts).preview.changes).toEqual([
            { field: 'notes', path: '/details/notes', before: '', after: sharedDeal().Description }
        ]);
        expect(rules.review(sharedDeal(), {}, TODAY, { gossip: 'x' })).toMatchObject({ status: 'unreadable', code: 'request.unreadable' });
    });

    it('reviews many in one call, each with its answer', async () => {
        resource();
        const rules = await freshModule().openRules(SETTINGS);
        const answers = rules.reviewAll([readyDeal(), null, readyDeal({ Amount: 0 })], TODAY);
        expect(answers.map(({ code, ready }) => code ?? ready)).toEqual([true, 'record.unreadable', false]);
        expect(rules.reviewAll([], TODAY)).toEqual([]);
        expect(rules.reviewAll([readyDeal(), readyDeal()], 'today').map(({ code }) => code)).toEqual(Array(2).fill('request.unreadable'));
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

    it('takes what an admin set as lines: rules that give way, and fields to look at', async () => {
        resource();
        const { openRules } = freshModule();
        const record = readyDeal({}, { BillingStreet: null });
        const said = (rules) => rules.review(record, {}, TODAY).findings.map(({ rule, severity }) => [rule, severity]);
        const strict = await openRules(SETTINGS);
        const eased = await openRules({
            ...SETTINGS,
            ruleSettings: '# Ours\r\nrelaxed = 12\r\n\r\nreasonField = Loss_Reason__c',
            fieldMappings: 'mapping = Campaign_Code__c|/campaignId|both|text'
        });
        expect([said(strict), said(eased)]).toEqual([[[12, 'block']], [[12, 'warn']]]);
        expect(eased.fields.filter((path) => !strict.fields.includes(path))).toEqual(['Loss_Reason__c', 'Campaign_Code__c']);
        expect(strict.fields).toEqual(expect.arrayContaining(['Amount', 'Account.BillingCountry']));
    });

    it.each([
        ['relaxed = 12\nrelaxed = 7', "relaxed: names a rule that can't give way"],
        ['relaxd = 12', 'relaxd: is no setting'],
        ['relaxed 12', 'rules: must be lines name = value']
    ])('refuses %j by the name of the setting, and goes on working', async (ruleSettings, message) => {
        resource();
        const { openRules } = freshModule();
        await expect(openRules({ ...SETTINGS, ruleSettings })).rejects.toMatchObject({ code: 'settings.unreadable', message });
        expect((await openRules(SETTINGS)).review(readyDeal(), {}, TODAY).ready).toBe(true);
    });

    it('refuses a fact that it can’t read by its name', async () => {
        resource();
        const rules = await freshModule().openRules(SETTINGS);
        const answer = (facts) => rules.review(sharedDeal(), {}, TODAY, facts);
        expect(answer({ 'sent.due': 'soon' })).toMatchObject({ code: 'request.unreadable', message: 'unreadable fact: sent.due' });
        expect(answer({ 'sent.due': '' })).toEqual(answer({}));
    });

    it('opens the client alone, also with settings that the rules can’t read', async () => {
        resource();
        const client = await freshModule().openProxy({ ...SETTINGS, ruleSettings: 'odd = 1' });
        fetch.mockResolvedValue(new Response('{"connections":[]}'));
        expect(await client.admin('GET', 'health', 'a.b.c')).toEqual({ connections: [] });
        expect(fetch.mock.calls.at(-1)[0].url).toBe(`${SETTINGS.proxyUrl}/v1/admin/health`);
    });

    it.each([
        [{ countryField: 'BillingCountry', checkMark: null }, null],
        [{ checkMark: 'perhaps' }, { name: 'checkMark', problem: 'must be true or false' }],
        [{ rules: 'relaxed = 12\nodd = 1' }, { name: 'odd', problem: 'is no setting' }],
        [{ rules: 'salesStages = New' }, { name: 'salesStages', problem: "must be lines stage|Microsoft's sales stage" }]
    ])('says what the rules have against %o', async (settings, expected) => {
        resource();
        const check = await freshModule().openCheck();
        expect(check(settings)).toEqual(expected);
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
