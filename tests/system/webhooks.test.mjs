// Webhooks, from the registration to what an event changes: signed by RSA, delivered over TLS, with nobody clicking and nobody else
// looking for changes.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { WEBHOOKS, World, eventually } from '../support/world.mjs';

const DEAL = 'Fleet telemetry for the northern depots';
const REFERRALS = ['referral-created', 'referral-updated', 'related-referral-created', 'related-referral-updated'];
const ELSEWHERE = 'https://staging.example/webhooks/partner-center';
const elsewhere = { WebhookUrl: ELSEWHERE, WebhookEvents: REFERRALS };

let world;
const here = () => `${world.sandbox.ready.gateway}/webhooks/partner-center`;
const registration = async () => (await world.control('GET', 'webhooks')).registration;
const deliveries = () => world.control('GET', 'webhooks/deliveries');

/** Waits until every delivery is where it stays. */
const settled = (...states) =>
    eventually(`only ${states.join(' or ')}`, async () => {
        const all = await deliveries();
        return all.length > 0 && all.every(({ state }) => states.includes(state)) && all;
    });

before(async () => {
    world = await World.start({ page: true, env: WEBHOOKS });
});
after(() => world.stop());

describe('the registration', () => {
    beforeEach(async () => {
        await world.reset();
        await world.control('DELETE', 'webhooks/registration');
    });

    it('is made where there is none, for the events about referrals, and made again it stays', async () => {
        for (const _ of [1, 2]) {
            const { status, body } = await world.administer('POST', 'webhooks');
            assert.deepEqual([status, body.state, body.registeredUrl], [200, 'ours', here()]);
        }
        const { WebhookUrl, WebhookEvents } = await registration();
        assert.equal(WebhookUrl, here());
        for (const name of REFERRALS) assert.ok(WebhookEvents.includes(name), name);
    });

    it('of another address is shown, kept, and overwritten when that is asked for', async () => {
        await world.control('PUT', 'webhooks/registration', elsewhere);
        const { body: seen } = await world.administer('GET', 'webhooks');
        assert.deepEqual([seen.state, seen.registeredUrl, seen.publicUrl], ['other-url', ELSEWHERE, here()]);
        const { status, body: refused } = await world.administer('POST', 'webhooks');
        assert.deepEqual([status, refused.code, refused.registeredUrl], [409, 'webhooks.other-url', ELSEWHERE]);
        assert.equal((await registration()).WebhookUrl, ELSEWHERE);
        const { body: taken } = await world.administer('POST', 'webhooks', { overwrite: true });
        assert.equal(taken.state, 'ours');
        assert.equal((await registration()).WebhookUrl, here());
    });

    it('by the command line says in words what is so, and fails where events go elsewhere', async () => {
        const told = async (code, words, ...rest) => {
            const { code: ended, out, log } = await world.command('webhooks', ...rest);
            assert.equal(ended, code, out + log);
            assert.match(out + log, words);
        };
        await told(1, /Nobody is registered\./, 'status');
        await told(0, /All events come here\./, 'register');
        await told(0, /OK[^]*Status: completed/, 'test');
        await world.control('PUT', 'webhooks/registration', elsewhere);
        await told(1, /Another address holds the tenant's registration/, 'status');
        await told(1, /overwrite/, 'register');
        await told(0, /All events come here\./, 'register', '--overwrite');
    });

    it('is tested by an event that Partner Center sends on request', async () => {
        await world.administer('POST', 'webhooks');
        const { status, body: asked } = await world.administer('POST', 'webhooks/test');
        assert.equal(status, 200, JSON.stringify(asked));
        const seen = async () => (await world.administer('GET', `webhooks/test/${asked.correlationId}`)).body;
        const test = await eventually('the end of the test', async () => {
            const body = await seen();
            return body.over && body;
        });
        assert.equal(test.arrived, true);
    });

    it('that another system has taken is said in the log', async () => {
        await world.control('PUT', 'webhooks/registration', elsewhere);
        await world.restart({ COSELL_WEBHOOKS__CHECK_SECONDS: '0.2' });
        await eventually('the warning', () => world.proxy.log.includes(ELSEWHERE));
        await world.restart();
    });
});

describe('an event about a deal that is shared', () => {
    let deal, own;
    const note = async () => (await world.record('Opportunity', deal.Id)).Description;
    const write = (text) => world.edit(own.id, { '/details/notes': text });
    const arrives = (text) => eventually(`“${text}” in Salesforce`, async () => (await note()) === text);

    beforeEach(async () => {
        await world.reset();
        await world.control('DELETE', 'webhooks/registration');
        deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, { Sync_with_Partner_Center__c: true });
        const { body } = await world.share(deal.Id);
        assert.equal(body.state, 'inStep', JSON.stringify(body));
        [own] = (await world.pair(deal.Id)).own;
        // Only now, so that no event of the share itself is on its way.
        await world.administer('POST', 'webhooks');
    });

    it('brings what somebody edits in Partner Center', async () => {
        await write('Seen in the portal.');
        await arrives('Seen in the portal.');
        assert.match((await world.record('Opportunity', deal.Id)).Audit__c, /Received from Partner Center: description\./);
    });

    it('brings Microsoft’s answer, and its end of a deal', async () => {
        const fields = { How_can_Microsoft_help__c: 'ProofOfConceptOrDemo', Visible_to_Microsoft_Sellers__c: true };
        await world.change('Opportunity', deal.Id, { ...fields, Customer_Consent__c: true });
        await world.share(deal.Id);
        const [microsoft] = (await world.pair(deal.Id)).microsoft;
        const says = (words) => eventually(words.source, async () => words.test((await world.record('Opportunity', deal.Id)).Audit__c));
        await world.control('POST', `referrals/${microsoft.id}/accept`);
        await says(/Microsoft accepted the deal\./);
        await world.control('POST', `referrals/${microsoft.id}/tracking`, { microsoftMsxId: '7-3XKQPLM2T' });
        const identifier = async () => (await world.record('Opportunity', deal.Id)).Microsoft_CRM_Identifier__c;
        await eventually('Microsoft’s identifier', async () => (await identifier())?.includes('7-3XKQPLM2T'));
        await world.control('POST', `referrals/${microsoft.id}/win`);
        await says(/Microsoft marked the deal as won\./);
    });

    const FORGERIES = [
        { says: 'whose body was changed', how: 'brokenSignature' },
        { says: 'without a signature', how: 'noSignature' },
        { says: 'signed by an algorithm that is not allowed', how: 'algorithm', name: 'rsa-sha1' },
        { says: 'whose certificate has expired', how: 'certificate', which: 'expired' },
        { says: 'whose certificate comes from an authority nobody trusts', how: 'certificate', which: 'untrustedIssuer' },
        { says: 'whose certificate comes from an authority that is not Microsoft’s', how: 'certificate', which: 'otherOrganization' },
        { says: 'whose certificate lies on a host of its own', how: 'certificateUrl', url: 'https://127.0.0.1:1/mine.cer' }
    ];
    for (const { says, ...forgery } of FORGERIES) {
        it(`is refused ${says}, and changes nothing`, async () => {
            await world.control('POST', 'webhooks/faults', { effect: { kind: 'forge', forgery } });
            const before = await note();
            await write('Forged.');
            const [refused] = await settled('refused');
            assert.match(refused.results[0].responseCode, /^(Unauthorized|BadRequest)$/);
            // A genuine event about another deal, which comes after it: what came before would have been looked at by then.
            const other = await world.receive();
            await eventually('the other deal', async () => (await world.opportunitiesOf(other)).length === 1);
            assert.equal(await note(), before);
        });
    }

    it('that is lost is made good for by the sweep', async () => {
        await world.control('POST', 'webhooks/faults', { times: 0, effect: { kind: 'vanish' } });
        await write('Found all the same.');
        await settled('vanished');
        await world.restart({ COSELL_SWEEP__INTERVAL_SECONDS: '1' });
        await arrives('Found all the same.');
        await world.restart();
    });

    it('does no harm twice, late or in another order', async () => {
        await world.control('POST', 'webhooks/faults', { effect: { kind: 'holdBack' } });
        await world.control('POST', 'webhooks/faults', { effect: { kind: 'double' } });
        await write('First.');
        await write('Last.');
        await arrives('Last.');
        const record = await world.record('Opportunity', deal.Id);
        const held = (await deliveries()).filter(({ state }) => state === 'held');
        assert.equal(held.length, 1);
        await world.control('POST', 'webhooks/deliveries/release');
        for (const { id } of await settled('delivered')) await world.control('POST', `webhooks/deliveries/${id}/repeat`);
        await settled('delivered');
        // Everything that was noted before is looked at before what is noted now.
        await write('The end.');
        await arrives('The end.');
        const after = await world.record('Opportunity', deal.Id);
        const lines = (text) => text.split('\n');
        assert.equal(lines(after.Audit__c).length, lines(record.Audit__c).length + 1);
        assert.deepEqual(await world.patches(), []);
    });

    it('that comes while the proxy is dead arrives when it is there again', async () => {
        await world.proxy.kill();
        await write('Sent to nobody.');
        await eventually('a failed attempt', async () => (await deliveries()).some(({ results }) => results.length > 0));
        await world.startProxy();
        await arrives('Sent to nobody.');
        await settled('delivered');
    });

    it('that was answered with 200 is not lost with the process', async () => {
        // What the event asks for waits on the call to Partner Center: the event is taken, and its work is not done.
        await world.fault({ service: 'partnerCenter', method: 'GET', effect: { kind: 'hold', when: 'before' } });
        await write('Taken, not done.');
        await world.control('GET', 'holds/next');
        await settled('delivered');
        await world.proxy.kill();
        await world.control('DELETE', 'faults');
        await world.startProxy();
        await arrives('Taken, not done.');
    });
});
