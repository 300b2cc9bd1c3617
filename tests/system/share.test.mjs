// Sharing without the page: what the proxy does, and what it refuses.
import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';

import { CO_SELL, World } from '../support/world.mjs';

const READY = 'Fleet telemetry for the northern depots';
const DEMO = 'Warehouse modernisation';

describe('sharing a deal', () => {
    let world, deal;
    before(async () => {
        world = await World.start({ page: true });
    });
    after(() => world.stop());
    beforeEach(async () => {
        await world.reset();
        deal = await world.opportunity(READY);
    });

    it('creates one referral that Microsoft does not see, for a private deal', async () => {
        await world.change('Opportunity', deal.Id, { Sync_with_Partner_Center__c: true });
        const { status, body } = await world.share(deal.Id);
        assert.deepEqual([status, body.state, body.dealType, body.microsoftReferralId], [200, 'inStep', 'private', null]);
        const [own, ...others] = await world.referrals();
        assert.deepEqual(others, []);
        assert.equal(own.id, body.referralId);
        assert.equal(own.externalReferenceId, deal.Id);
        assert.equal(own.consent.consentToShareReferralWithMicrosoftSellers, false);
    });

    it('judges by the rules as the org has set them, and stops at a setting that can’t be read', async () => {
        const set = (lines) => world.control('PATCH', 'settings', { Rule_Settings__c: lines });
        await world.change('Opportunity', deal.Id, CO_SELL);
        await world.change('Account', deal.AccountId, { BillingStreet: null });
        const refused = await world.share(deal.Id);
        assert.deepEqual([refused.status, refused.body.code], [422, 'deal.not-ready']);

        await set('relaxed = 7');
        const stopped = await world.share(deal.Id);
        const told = [stopped.status, stopped.body.code, stopped.body.detail];
        assert.deepEqual(told, [503, 'settings.unreadable', "relaxed: names a rule that can't give way"]);
        assert.deepEqual(await world.referrals(), []);

        await set('# ours\r\nrelaxed = 12\r\n');
        const { status, body } = await world.share(deal.Id);
        assert.deepEqual([status, body.state], [200, 'inStep'], JSON.stringify(body));
        assert.deepEqual([body.facts['sent.microsoft'], body.facts['sent.incoming']], ['New / Pending', 'false']);
        assert.ok(Date.parse(body.facts['sent.due']) > Date.parse(body.facts['sent.created']), JSON.stringify(body.facts));
    });

    it('sends a field that the org has mapped by a record, and stops at a record that can’t be read', async () => {
        const map = (Opportunity_Field__c, Referral_Path__c, Active__c = true) => ({
            ...{ Opportunity_Field__c, Referral_Path__c, Active__c },
            ...{ Direction__c: 'toPartnerCenter', Transform__c: 'text' }
        });
        await world.change('Opportunity', deal.Id, { ...CO_SELL, NextStep: 'SPRING-27' });
        await world.control('PUT', 'org/mappings', [map('NextStep', '/id')]);
        const stopped = await world.share(deal.Id);
        const told = [stopped.status, stopped.body.code, stopped.body.detail];
        assert.deepEqual(told, [503, 'settings.unreadable', 'mapping: has a line whose path only Partner Center writes']);
        assert.deepEqual(await world.referrals(), []);

        await world.control('PUT', 'org/mappings', [map('NextStep', '/campaignId'), map('No_Such_Field__c', '/status', false)]);
        const { status, body } = await world.share(deal.Id);
        assert.deepEqual([status, body.state], [200, 'inStep'], JSON.stringify(body));
        const { own } = await world.pair(deal.Id);
        assert.equal(own[0].campaignId, 'SPRING-27');
    });

    it('creates one referral that Microsoft sees, for a partner-led deal', async () => {
        await world.change('Opportunity', deal.Id, { Sync_with_Partner_Center__c: true, Visible_to_Microsoft_Sellers__c: true });
        const { body } = await world.share(deal.Id);
        assert.deepEqual([body.state, body.dealType], ['inStep', 'partnerLed']);
        const referrals = await world.referrals();
        assert.equal(referrals.length, 1);
        assert.equal(referrals[0].consent.consentToShareReferralWithMicrosoftSellers, true);
    });

    it('creates two referrals of one engagement for a co-sell deal, and writes the link, the states and the audit back', async () => {
        await world.change('Opportunity', deal.Id, CO_SELL);
        const { body } = await world.share(deal.Id);
        assert.deepEqual([body.state, body.dealType], ['inStep', 'coSell']);

        const referrals = await world.referrals();
        assert.equal(referrals.length, 2);
        const microsoft = referrals.find((referral) => referral.target.some(({ id }) => id === 'msft'));
        const own = referrals.find((referral) => referral !== microsoft);
        assert.equal(microsoft.engagementId, own.engagementId);
        assert.deepEqual(microsoft.target, [{ type: 'BusinessProfileLocation', id: 'msft' }]);
        assert.equal(microsoft.inviteContext.assistanceRequestCode, 'ProofOfConceptOrDemo');
        assert.deepEqual([body.referralId, body.microsoftReferralId, body.engagementId], [own.id, microsoft.id, own.engagementId]);

        const record = await world.record('Opportunity', deal.Id);
        assert.equal(record.Referral_Identifier__c, own.id);
        assert.equal(record.Referral_Link__c, body.referralLink);
        assert.ok(body.referralLink.includes(own.id));
        assert.equal(record.Cosell_State__c, 'InStep');
        assert.equal(record.Microsoft_Status__c, 'New / Pending');
        assert.match(
            record.Audit__c,
            /UTC - Asked Microsoft for help: proof of concept \/ demo\. Waiting for an answer\.\n.*UTC - Shared with Microsoft as co-sell\.$/
        );
    });

    it('does nothing more when it is asked again, however often', async () => {
        await world.change('Opportunity', deal.Id, CO_SELL);
        await world.share(deal.Id);
        const before = await world.record('Opportunity', deal.Id);
        await world.control('DELETE', 'requests');
        for (const { status, body } of await Promise.all([world.share(deal.Id), world.share(deal.Id), world.share(deal.Id)])) {
            assert.deepEqual([status, body.state], [200, 'inStep']);
        }
        const requests = await world.control('GET', 'requests');
        assert.deepEqual(
            requests.filter(({ method, path }) => method !== 'GET' && !path.includes('token')),
            []
        );
        assert.deepEqual(await world.record('Opportunity', deal.Id), before);
    });

    it('is done once when it is asked for many times at once', async () => {
        await world.change('Opportunity', deal.Id, CO_SELL);
        const answers = await Promise.all(Array.from({ length: 8 }, () => world.share(deal.Id)));
        assert.equal((await world.creates()).length, 2);
        assert.equal((await world.referrals()).length, 2);
        for (const { status, body } of answers)
            assert.ok(status === 200 && ['inStep', 'waiting'].includes(body.state), JSON.stringify(body));
        assert.equal((await world.share(deal.Id)).body.state, 'inStep');
    });

    it('turns a private deal into co-sell later: shown first, asked then, in the same engagement', async () => {
        await world.change('Opportunity', deal.Id, { Sync_with_Partner_Center__c: true });
        const { body: first } = await world.share(deal.Id);
        await world.change('Opportunity', deal.Id, CO_SELL);
        const { body: second } = await world.share(deal.Id);
        assert.deepEqual([second.dealType, second.referralId, second.engagementId], ['coSell', first.referralId, first.engagementId]);
        const own = (await world.referrals()).find(({ id }) => id === first.referralId);
        assert.equal(own.consent.consentToShareReferralWithMicrosoftSellers, true);
        const requests = await world.control('GET', 'requests');
        assert.equal(requests.filter(({ service, method }) => service === 'partnerCenter' && method === 'PATCH').length, 1);
    });

    it('brings Microsoft’s answer to the record when it is asked again', async () => {
        await world.change('Opportunity', deal.Id, CO_SELL);
        const { body } = await world.share(deal.Id);
        await world.control('POST', `referrals/${body.microsoftReferralId}/accept`);
        const { body: answered } = await world.share(deal.Id);
        assert.equal(answered.microsoft.substatus, 'Accepted');
        const record = await world.record('Opportunity', deal.Id);
        assert.equal(record.Microsoft_Status__c, 'Active / Accepted');
        assert.ok(record.Microsoft_CRM_Identifier__c);
        assert.equal(record.Microsoft_Seller__c, 'Microsoft Seller, seller@microsoft.example');
        assert.match(record.Audit__c, /^.*UTC - Microsoft accepted the deal\.\n/);
    });

    it('leaves a deal alone that the seller has not chosen to share', async () => {
        const { status, body } = await world.share(deal.Id);
        assert.deepEqual([status, body.state, body.referralId], [200, 'notShared', null]);
        assert.deepEqual(await world.referrals(), []);
    });

    it('refuses an invalid deal with the codes that the page shows, and creates nothing', async () => {
        const demo = await world.opportunity(DEMO);
        await world.change('Opportunity', demo.Id, CO_SELL);
        const { status, body, headers } = await world.share(demo.Id);
        assert.equal(status, 422);
        assert.match(headers.get('content-type'), /^application\/problem\+json/);
        assert.equal(body.code, 'deal.not-ready');
        assert.deepEqual(body.findings.map(({ code }) => code).sort(), ['contact.incomplete', 'country.name', 'solutions.missing']);
        assert.deepEqual(await world.creates(), []);
        const record = await world.record('Opportunity', demo.Id);
        assert.equal(record.Cosell_State__c, 'NeedsYou');
        assert.match(record.Audit__c, /Deutschland/);
    });

    it('speaks French to a seller who does', async () => {
        const demo = await world.opportunity(DEMO);
        await world.change('Opportunity', demo.Id, CO_SELL);
        const { body } = await world.ask('POST', demo.Id, { headers: { 'accept-language': 'fr-CA,fr;q=0.9,en;q=0.5' } });
        assert.ok(body.findings.some(({ message }) => message.startsWith('«\u00a0Deutschland\u00a0» n’est pas un code pays')));
    });

    it('tells how a deal stands without asking anybody, so that a page may look again and again', async () => {
        await world.change('Opportunity', deal.Id, CO_SELL);
        const { body: shared } = await world.share(deal.Id);
        await world.control('DELETE', 'requests');
        const { status, body } = await world.ask('GET', deal.Id, { token: await world.token(deal.Id, 'read') });
        assert.deepEqual([status, body.state, body.referralId, body.held], [200, 'inStep', shared.referralId, shared.held]);
        assert.deepEqual(await world.control('GET', 'requests'), []);
    });
});

describe('a deal of an org as it is', () => {
    let world;
    before(async () => {
        world = await World.start({ page: true });
    });
    after(() => world.stop());

    // A deal in pounds, of a customer in Great Britain, with one more person on the team.
    const TEAMED = 'Cold chain compliance';
    const OWNER = 'jo.lindqvist@partner.example';
    const COLLEAGUE = 'henrik.aas@partner.example';
    const USUAL = { currency: 'GBP', country: 'GB', team: [OWNER, COLLEAGUE] };

    const ORGS = [
        { says: 'with currencies, teams and countries as text', features: {}, sends: {} },
        {
            says: 'with one currency, which the settings name',
            features: { multiCurrency: false },
            settings: { Default_Currency__c: 'NOK' },
            sends: { currency: 'NOK' }
        },
        { says: 'without opportunity teams: the owner is the team', features: { teams: false }, sends: { team: [OWNER] } },
        {
            says: 'with country picklists: the code is sent, not the name',
            features: { countryPicklists: true },
            account: { BillingCountryCode: 'AT' },
            sends: { country: 'AT' }
        },
        {
            says: 'with country picklists whose code the settings name',
            features: { countryPicklists: true },
            settings: { Country_Field__c: 'BillingCountryCode' },
            account: { BillingCountryCode: 'AT' },
            sends: { country: 'AT' }
        },
        {
            says: 'with country picklists, and neither currencies nor teams',
            features: { multiCurrency: false, teams: false, countryPicklists: true },
            settings: { Default_Currency__c: 'CHF' },
            account: { BillingCountryCode: 'CH' },
            sends: { currency: 'CHF', country: 'CH', team: [OWNER] }
        }
    ];

    for (const { says, features, settings, account, sends } of ORGS) {
        it(`${says}, is shared with the right currency, country and team`, async () => {
            await world.reset();
            await world.control('PATCH', 'features', features);
            if (settings) await world.control('PATCH', 'settings', settings);
            const deal = await world.opportunity(TEAMED);
            if (account) await world.change('Account', deal.AccountId, account);
            await world.change('Opportunity', deal.Id, CO_SELL);

            const { status, body } = await world.share(deal.Id);
            assert.deepEqual([status, body.state], [200, 'inStep'], JSON.stringify(body));
            const { own, microsoft } = await world.pair(deal.Id);
            for (const referrals of [own, microsoft]) {
                assert.equal(referrals.length, 1);
                const [{ details, customerProfile, team }] = referrals;
                const sent = { currency: details.currency, country: customerProfile.address.country, team: team.map(({ email }) => email) };
                assert.deepEqual(sent, { ...USUAL, ...sends });
            }
        });
    }
});

describe('a seller’s token', () => {
    let world, deal, other;
    before(async () => {
        world = await World.start({ page: true });
        deal = await world.opportunity(READY);
        other = await world.opportunity(DEMO);
    });
    after(() => world.stop());

    const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const stranger = createPrivateKey(
        generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
    );

    /** A token whose claims are ours to choose. Without the org's key it is a forgery. */
    function forged(claims, header = { alg: 'RS256', typ: 'JWT' }) {
        const content = `${encode(header)}.${encode(claims)}`;
        return `${content}.${sign('RSA-SHA256', Buffer.from(content), stranger).toString('base64url')}`;
    }

    const claims = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
    const genuine = async () => claims(await world.token(deal.Id));
    /** A token that the org's own key signs, with claims that its Apex would not write. */
    const signed = async (change) => world.control('POST', 'seller-tokens', { ...(await genuine()), ...change });
    const now = () => Math.floor(Date.now() / 1000);

    const CASES = [
        { says: 'is needed', token: () => '', gives: [401, 'token.missing'] },
        { says: 'must be a token', token: () => 'not.a.token', gives: [401, 'token.invalid'] },
        { says: 'must be signed by the org', token: async () => forged(await genuine()), gives: [401, 'token.invalid'] },
        { says: 'must be signed with RSA', token: async () => forged(await genuine(), { alg: 'HS256' }), gives: [401, 'token.invalid'] },
        {
            says: 'must be signed at all',
            token: async () => `${encode({ alg: 'none' })}.${encode(await genuine())}.`,
            gives: [401, 'token.invalid']
        },
        { says: 'is of one org', token: () => signed({ iss: '00DQy00000OtherMAH' }), gives: [401, 'token.issuer'] },
        { says: 'is for one proxy', token: () => signed({ aud: 'another-proxy' }), gives: [401, 'token.audience'] },
        { says: 'expires', token: () => signed({ iat: now() - 400, exp: now() - 100 }), gives: [401, 'token.expired'] },
        { says: 'lives five minutes at most', token: () => signed({ exp: now() + 3600 }), gives: [401, 'token.invalid'] },
        { says: 'is for one record', token: () => world.token(other.Id), gives: [403, 'token.record'] },
        { says: 'that only reads does not share', token: () => world.token(deal.Id, 'read'), gives: [403, 'token.action'] }
    ];

    for (const { says, token, gives } of CASES) {
        it(says, async () => {
            const { status, body } = await world.ask('POST', deal.Id, { token: await token() });
            assert.deepEqual([status, body.code], gives);
        });
    }

    it('that the org would issue is taken, so that the refusals above are about what they say', async () => {
        assert.equal((await world.ask('POST', deal.Id, { token: await signed({}) })).status, 200);
    });

    it('is not asked for by a page of an unknown origin: the call is refused before anything is looked at', async () => {
        for (const origin of ['https://evil.example', 'null', `${world.page}.evil.example`]) {
            const { status, body, headers } = await world.ask('POST', deal.Id, { headers: { origin } });
            assert.deepEqual([status, body.code], [403, 'origin.unknown'], origin);
            assert.equal(headers.get('access-control-allow-origin'), null);
        }
    });

    it('from the org’s own origin is answered with exactly that origin allowed', async () => {
        const { status, headers } = await world.ask('POST', deal.Id, { headers: { origin: world.page } });
        assert.equal(status, 200);
        assert.equal(headers.get('access-control-allow-origin'), world.page);
    });

    for (const level of ['info', 'trace']) {
        it(`never appears in the log, nor does any other secret, at level ${level}`, async () => {
            await world.reset();
            await world.control('PATCH', 'entra', { rotateRefreshTokens: true });
            await world.restart({ COSELL_LOG__FILTER: level });
            const token = await world.token(deal.Id);
            await world.change('Opportunity', deal.Id, CO_SELL);
            assert.equal((await world.ask('POST', deal.Id, { token })).body.state, 'inStep');
            assert.equal((await world.ask('POST', deal.Id, { token: `${token}x` })).status, 401);
            await world.proxy.stop();

            const handed = (name) => readFileSync(join(world.sandbox.ready.directory, name), 'utf8').trim();
            const { access, refresh, sessions } = await world.control('GET', 'tokens');
            const secrets = {
                'seller token': [token, token.split('.')[2]],
                'client secret': [handed('client-secret')],
                'refresh token': [handed('refresh-token'), ...refresh],
                'encryption key': [handed('encryption-key')],
                'integration key': handed('integration.key').split('\n').slice(1, -1),
                'access token of Entra': access,
                'session of the org': sessions
            };
            const { log } = world.proxy;
            assert.match(log, /reconciled/, 'the proxy is expected to log');
            for (const [name, values] of Object.entries(secrets)) {
                assert.ok(values.length > 0 && values.every((value) => value.length > 15), `there is a ${name} to look for`);
                for (const value of values) assert.ok(!log.includes(value), `the log holds a ${name}`);
            }
            assert.doesNotMatch(log, /Bearer [A-Za-z0-9]|00DQy[0-9A-Za-z]+!|PRIVATE KEY/);
        });
    }
});
