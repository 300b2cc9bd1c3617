// What Partner Center may answer to a create, and how each answer ends: a clear state on the opportunity, nothing doubled.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { CO_SELL, World } from '../support/world.mjs';

const DEAL = 'Fleet telemetry for the northern depots';
const CREATE = { service: 'partnerCenter', method: 'POST' };
const error = (code) => ({ error: { code, message: 'As the service words it.', target: 'referral' } });

/** The answer, the state that the opportunity is in then, the reason's code, and whether asking again mends it. */
const CASES = [
    {
        says: '400',
        effect: { kind: 'status', status: 400, body: error('invalidRequest') },
        state: 'needsYou',
        reason: 'partner-center.refused'
    },
    {
        says: '422',
        effect: { kind: 'status', status: 422, body: error('invalidRequest') },
        state: 'needsYou',
        reason: 'partner-center.refused'
    },
    {
        says: '401, even with a new token',
        times: 2,
        effect: { kind: 'status', status: 401, body: error('unauthenticated') },
        state: 'broken',
        reason: 'partner-center.sign-in'
    },
    {
        says: '403',
        effect: { kind: 'status', status: 403, body: error('accessDenied') },
        state: 'broken',
        reason: 'partner-center.forbidden'
    },
    {
        says: '404',
        effect: { kind: 'status', status: 404, body: error('itemNotFound') },
        state: 'needsYou',
        reason: 'partner-center.refused'
    },
    {
        says: '429 with Retry-After',
        effect: {
            kind: 'status',
            status: 429,
            headers: { 'retry-after': '57' },
            body: { statusCode: 429, message: 'Rate limit is exceeded.' }
        },
        state: 'waiting',
        reason: 'partner-center.throttled',
        waits: 57
    },
    {
        says: '500',
        effect: { kind: 'status', status: 500, body: error('generalException') },
        state: 'waiting',
        reason: 'partner-center.unclear'
    },
    {
        says: '503 with Retry-After',
        effect: { kind: 'status', status: 503, headers: { 'retry-after': '30' }, body: error('serviceNotAvailable') },
        state: 'waiting',
        reason: 'partner-center.unavailable',
        waits: 30
    },
    { says: 'no answer in time, after it was done', effect: { kind: 'hold', when: 'after' }, state: 'inStep' },
    {
        says: 'a connection cut before it was done',
        effect: { kind: 'drop', when: 'before' },
        state: 'waiting',
        reason: 'partner-center.unclear'
    },
    { says: 'a connection cut after it was done', effect: { kind: 'drop', when: 'after' }, state: 'inStep' },
    { says: 'what is no JSON, after it was done', effect: { kind: 'malformed' }, state: 'inStep' }
];

describe('Partner Center answers a create with', () => {
    let world;
    before(async () => {
        world = await World.start({ page: true, env: { COSELL_RECONCILE__SETTLE_SECONDS: '60' } });
    });
    after(() => world.stop());

    for (const { says, effect, times = 1, state, reason, waits } of CASES) {
        for (const [which, skip] of [
            ['our referral', 0],
            ['Microsoft’s', 1]
        ]) {
            it(`${says}, to ${which}`, async () => {
                await world.reset();
                const deal = await world.opportunity(DEAL);
                await world.change('Opportunity', deal.Id, CO_SELL);
                await world.fault({ ...CREATE, skip, times, effect });
                const start = Date.now();
                const { status, body } = await world.share(deal.Id);
                const expected = { state, reason: reason ?? null };
                assert.deepEqual({ status, state: body.state, reason: body.reason?.code ?? null }, { status: 200, ...expected });
                if (waits) {
                    const until = (Date.parse(body.reason.until) - start) / 1000;
                    assert.ok(until >= waits - 1 && until < waits + 20, `waits ${until} s for ${waits}`);
                }

                const record = await world.record('Opportunity', deal.Id);
                assert.equal(record.Cosell_State__c.toLowerCase(), state.toLowerCase());
                if (reason) assert.ok(record.Cosell_State_Reason__c && record.Audit__c.includes(record.Cosell_State_Reason__c));
                else assert.equal(record.Cosell_State_Reason__c, null);

                const referrals = await world.referrals();
                const engagements = new Set(referrals.map(({ engagementId }) => engagementId));
                assert.ok(engagements.size <= 1, 'one engagement');
                assert.ok(referrals.length <= 2, 'nothing doubled');
                if (state === 'inStep') assert.equal(referrals.length, 2);
                await world.control('DELETE', 'faults');
            });
        }
    }

    it('a 401 once: a new token is fetched and nobody notices', async () => {
        await world.reset();
        const deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, CO_SELL);
        await world.fault({ ...CREATE, effect: { kind: 'status', status: 401, body: error('unauthenticated') } });
        assert.equal((await world.share(deal.Id)).body.state, 'inStep');
        assert.equal((await world.referrals()).length, 2);
    });

    it('a refusal, which the seller mends: the next share goes through', async () => {
        await world.reset();
        const deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, CO_SELL);
        await world.fault({ ...CREATE, effect: { kind: 'status', status: 400, body: error('invalidRequest') } });
        assert.equal((await world.share(deal.Id)).body.state, 'needsYou');
        assert.equal((await world.share(deal.Id)).body.state, 'inStep');
        const record = await world.record('Opportunity', deal.Id);
        assert.deepEqual([record.Cosell_State__c, record.Cosell_State_Reason__c], ['InStep', null]);
    });

    it('412 to the change of a referral: it is read again and changed then', async () => {
        await world.reset();
        const deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, { Sync_with_Partner_Center__c: true });
        await world.share(deal.Id);
        await world.change('Opportunity', deal.Id, { Visible_to_Microsoft_Sellers__c: true });
        await world.fault({
            service: 'partnerCenter',
            method: 'PATCH',
            effect: { kind: 'status', status: 412, body: error('preconditionFailed') }
        });
        const { body } = await world.share(deal.Id);
        assert.deepEqual([body.state, body.dealType], ['inStep', 'partnerLed']);
        const patches = (await world.control('GET', 'requests')).filter(
            ({ service, method }) => service === 'partnerCenter' && method === 'PATCH'
        );
        assert.deepEqual(
            patches.map(({ status }) => status),
            [412, 204]
        );
    });
});

describe('Salesforce answers', () => {
    let world;
    before(async () => {
        world = await World.start({ page: true });
    });
    after(() => world.stop());

    it('that the session has expired: the proxy signs in again and goes on', async () => {
        const deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, CO_SELL);
        await world.share(deal.Id);
        await world.control('POST', 'expire-sessions');
        const fresh = new World({});
        fresh.sandbox = world.sandbox;
        fresh.proxy = world.proxy;
        const { status, body } = await fresh.share(deal.Id);
        assert.deepEqual([status, body.state], [200, 'inStep']);
    });

    it('503 with a page instead of JSON: the seller is told to try again, and when', async () => {
        await world.reset();
        const deal = await world.opportunity(DEAL);
        const token = await world.token(deal.Id);
        await world.fault({ service: 'salesforce', times: 0, effect: { kind: 'status', status: 503 } });
        const { status, body, headers } = await world.ask('POST', deal.Id, { token });
        await world.control('DELETE', 'faults');
        assert.deepEqual([status, body.code], [503, 'salesforce.unavailable']);
        assert.ok(Number(headers.get('retry-after')) > 0);
    });

    it('412 to the write-back: the record is read again, and what the seller wrote meanwhile is kept', async () => {
        await world.reset();
        const deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, CO_SELL);
        const conflict = [{ errorCode: 'PRECONDITION_FAILED', message: 'Changed meanwhile' }];
        await world.fault({ service: 'salesforce', method: 'PATCH', effect: { kind: 'status', status: 412, body: conflict } });
        assert.equal((await world.share(deal.Id)).body.state, 'inStep');
        assert.equal((await world.referrals()).length, 2);
    });
});
