// The crash matrix of a share: the proxy is killed before and after each call that leaves it, and started again.
//
// The sandbox holds the call, either before it has seen it or after it has done what was asked, and meanwhile the proxy gets
// SIGKILL: no exit handler, no last write. Which calls there are is not written down here but counted in a run without a fault.
//
// To be quick, the matrix runs without the time that a proxy waits before it sends a create again; the last test has that
// time as it is by default, and `second-look.test.mjs` is about nothing else.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { CO_SELL, World } from '../support/world.mjs';

const DEAL = 'Fleet telemetry for the northern depots';

/** Words of a call, without what differs from run to run. */
const name = ({ service, method, path }) => `${service} ${method} ${path.split('?')[0].replace(/[0-9A-Za-z-]{15,}/g, '…')}`;

describe('a co-sell share whose proxy is killed', () => {
    let world, calls, whole;
    const outcome = async () => {
        const deal = await world.opportunity(DEAL);
        const record = await world.record('Opportunity', deal.Id);
        const referrals = await world.referrals();
        const microsoft = referrals.filter((referral) => referral.target.some(({ id }) => id === 'msft'));
        const own = referrals.filter((referral) => !microsoft.includes(referral));
        assert.equal(own.length, 1, 'one referral of ours');
        assert.equal(microsoft.length, 1, 'one of Microsoft’s');
        assert.equal(own[0].engagementId, microsoft[0].engagementId);
        assert.equal(record.Referral_Identifier__c, own[0].id);
        assert.equal(record.Engagement_Identifier__c, own[0].engagementId);
        return {
            state: record.Cosell_State__c,
            reason: record.Cosell_State_Reason__c,
            statuses: [record.Referral_Status__c, record.Microsoft_Status__c],
            audit: record.Audit__c.split('\n').map((line) => line.replace(/^.* UTC - /, ''))
        };
    };
    const prepare = async () => {
        await world.reset();
        const deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, CO_SELL);
        await world.control('DELETE', 'requests');
        return deal;
    };

    before(async () => {
        world = await World.start({ page: true, env: { COSELL_HTTP__TIMEOUT_SECONDS: '30' } });
        const deal = await prepare();
        await world.share(deal.Id);
        calls = await world.control('GET', 'requests');
        whole = await outcome();
    });
    after(() => world.stop());

    it('is known to make calls to all three services, two of them creates', () => {
        assert.deepEqual([...new Set(calls.map(({ service }) => service))].sort(), ['entra', 'partnerCenter', 'salesforce']);
        assert.equal(calls.filter(({ service, method }) => service === 'partnerCenter' && method === 'POST').length, 2);
        assert.ok(calls.some(({ service, method }) => service === 'salesforce' && method === 'PATCH'));
    });

    for (const when of ['before', 'after']) {
        it(`${when} each of its calls ends as if it had not been, with nothing created twice`, async (context) => {
            for (const [position, call] of calls.entries()) {
                await context.test(`${position + 1}. ${name(call)}`, async () => {
                    const deal = await prepare();
                    await world.fault({ skip: position, effect: { kind: 'hold', when } });
                    const interrupted = world.share(deal.Id).catch(() => undefined);
                    const held = await world.control('GET', 'holds/next');
                    assert.equal(name(held), name(call), 'the run is the same as the one without a fault');
                    await world.proxy.kill();
                    await interrupted;
                    await world.control('DELETE', 'faults');
                    await world.startProxy();
                    const { status, body } = await world.share(deal.Id);
                    assert.deepEqual([status, body.state], [200, 'inStep']);
                    assert.deepEqual(await outcome(), whole);
                    // Done before the kill: found, never sent again. Not done: sent once more, and that is all.
                    const isCreate = call.service === 'partnerCenter' && call.method === 'POST';
                    assert.equal((await world.creates()).length, isCreate && when === 'before' ? 3 : 2, 'creates sent');
                });
            }
        });
    }
});

describe('a proxy that was killed before its first create reached Partner Center', () => {
    let world;
    before(async () => {
        const env = { COSELL_HTTP__TIMEOUT_SECONDS: '30', COSELL_RECONCILE__SETTLE_SECONDS: undefined };
        world = await World.start({ page: true, env });
    });
    after(() => world.stop());

    it('waits after its restart, by default a minute, and sends no other create before', async () => {
        const deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, CO_SELL);
        await world.fault({ service: 'partnerCenter', method: 'POST', effect: { kind: 'hold', when: 'before' } });
        const sent = Date.now();
        const interrupted = world.share(deal.Id).catch(() => undefined);
        await world.control('GET', 'holds/next');
        await world.proxy.kill();
        await interrupted;
        await world.control('DELETE', 'faults');
        await world.startProxy();

        for (const _ of [1, 2]) {
            const { status, body } = await world.share(deal.Id);
            assert.deepEqual([status, body.state, body.reason?.code], [200, 'waiting', 'partner-center.unclear']);
            const until = Date.parse(body.reason.until);
            assert.ok(until > sent && until < Date.now() + 60_000, body.reason.until);
        }
        const record = await world.record('Opportunity', deal.Id);
        assert.deepEqual([record.Cosell_State__c, record.Referral_Identifier__c], ['Waiting', null]);
        assert.equal((await world.creates()).length, 1, 'the one that was lost');
        assert.deepEqual(await world.referrals(), []);
    });
});
