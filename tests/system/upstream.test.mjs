// What Partner Center may answer to a create, and how each answer ends: a clear state on the opportunity, nothing doubled.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { CO_SELL, eventually, World } from '../support/world.mjs';

const DEAL = 'Fleet telemetry for the northern depots';
const CREATE = { service: 'partnerCenter', method: 'POST' };
const error = (code) => ({ error: { code, message: 'As the service words it.', target: 'referral' } });

const status = (code, more = {}) => ({ kind: 'status', status: code, body: error('generalException'), ...more });
const SIDES = [
    ['our referral', 0],
    ['Microsoft’s', 1]
];

/** Once Partner Center has ours, it is not the deal that it refuses. */
const REFUSED = ['partner-center.refused', 'partner-center.change-refused'];

/** The answer, the state that the opportunity is in then, and the reason's code, or its codes for the one of ours and the other. */
const CASES = [
    {
        says: '400',
        effect: { kind: 'status', status: 400, body: error('invalidRequest') },
        state: 'needsYou',
        reason: REFUSED
    },
    {
        says: '422',
        effect: { kind: 'status', status: 422, body: error('invalidRequest') },
        state: 'needsYou',
        reason: REFUSED
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
        reason: REFUSED
    },
    {
        says: '412',
        effect: { kind: 'status', status: 412, body: error('preconditionFailed') },
        state: 'needsYou',
        reason: REFUSED
    },
    ...[408, 409, 504].map((code) => ({ says: String(code), effect: status(code), state: 'waiting', reason: 'partner-center.unclear' })),
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
        for (const [which, skip] of SIDES) {
            it(`${says}, to ${which}`, async () => {
                await world.reset();
                const deal = await world.opportunity(DEAL);
                await world.change('Opportunity', deal.Id, CO_SELL);
                await world.fault({ ...CREATE, skip, times, effect });
                const start = Date.now();
                const { status, body } = await world.share(deal.Id);
                const [ours = null, theirs = ours] = [reason].flat();
                const expected = { state, reason: skip ? theirs : ours };
                assert.deepEqual({ status, state: body.state, reason: body.reason?.code ?? null }, { status: 200, ...expected });
                if (waits) {
                    const until = (Date.parse(body.reason.until) - start) / 1000;
                    assert.ok(until >= waits - 1 && until < waits + 20, `waits ${until} s for ${waits}`);
                }

                const record = await world.record('Opportunity', deal.Id);
                assert.equal(record.Cosell_State__c.toLowerCase(), state.toLowerCase());
                if (reason) assert.ok(record.Cosell_State_Reason__c && record.Audit__c.includes(record.Cosell_State_Reason__c));
                else assert.equal(record.Cosell_State_Reason__c, null);

                // What was refused or lost is not there, what was done is: neither more nor less.
                const done = state === 'inStep' ? 2 : skip;
                const { own, microsoft } = await world.pair(deal.Id);
                assert.deepEqual([own.length, microsoft.length], [Math.min(done, 1), Math.max(done - 1, 0)]);
                assert.equal((await world.referrals()).length, done);
                assert.ok(
                    [...own, ...microsoft].every(({ engagementId }) => engagementId === own[0].engagementId),
                    'one engagement'
                );
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

/** Answers after which nobody has to do anything but wait. Whoever heals it: the worker alone, or a seller who asks again. */
const PASSING = [
    ...[429, 503].flatMap((code) => [
        { says: `${code} with Retry-After`, effect: status(code, { headers: { 'retry-after': '1' } }) },
        { says: String(code), effect: status(code) }
    ]),
    ...[408, 409, 500, 504].map((code) => ({ says: String(code), effect: status(code) })),
    { says: 'a connection cut before it was done', effect: { kind: 'drop', when: 'before' } },
    ...[408, 409, 500, 503, 504].map((code) => ({
        says: `${code} from a gateway, after it was done`,
        effect: status(code, { when: 'after' }),
        done: true
    })),
    {
        says: '503 with Retry-After from a gateway, after it was done',
        effect: status(503, { when: 'after', headers: { 'retry-after': '1' } }),
        done: true
    },
    { says: 'no answer in time, after it was done', effect: { kind: 'hold', when: 'after' }, done: true },
    { says: 'a connection cut after it was done', effect: { kind: 'drop', when: 'after' }, done: true },
    { says: 'what is no JSON, after it was done', effect: { kind: 'malformed' }, done: true }
];

describe('When it has passed that Partner Center answered a create with', () => {
    let world;
    before(async () => {
        const env = {
            COSELL_RECONCILE__SETTLE_SECONDS: '1',
            COSELL_RECONCILE__BACKOFF_BASE_SECONDS: '0.2',
            COSELL_RECONCILE__BACKOFF_CAP_SECONDS: '0.5',
            COSELL_RECONCILE__WORKER_INTERVAL_SECONDS: '0.2'
        };
        world = await World.start({ page: true, env });
    });
    after(() => world.stop());

    const HEALERS = [
        ['the worker alone', async (deal) => (await world.record('Opportunity', deal.Id)).Cosell_State__c === 'InStep'],
        ['asking again', async (deal) => (await world.share(deal.Id)).body.state === 'inStep']
    ];

    for (const { says, effect, done = false } of PASSING) {
        for (const [which, skip] of SIDES) {
            // Each answer meets both healers, one on either side.
            const [healer, healed] = HEALERS[(skip + Number(done)) % 2];
            it(`${says}, to ${which}, ${healer} brings it in step with one of ours and one of Microsoft’s`, async () => {
                await world.reset();
                const deal = await world.opportunity(DEAL);
                await world.change('Opportunity', deal.Id, CO_SELL);
                await world.fault({ ...CREATE, skip, effect });
                const { body } = await world.share(deal.Id);
                await world.control('DELETE', 'faults');
                if (body.state !== 'inStep') assert.equal(body.state, 'waiting', JSON.stringify(body));
                await eventually('in step', () => healed(deal));

                const { own, microsoft } = await world.pair(deal.Id);
                assert.deepEqual([own.length, microsoft.length], [1, 1]);
                assert.equal((await world.referrals()).length, 2);
                assert.equal(microsoft[0].engagementId, own[0].engagementId);
                assert.equal((await world.creates()).length, done ? 2 : 3, 'what was done is never sent again');
                const record = await world.record('Opportunity', deal.Id);
                assert.deepEqual([record.Referral_Identifier__c, record.Cosell_State_Reason__c], [own[0].id, null]);
            });
        }
    }

    for (const [which, skip] of SIDES) {
        it(`504 from a gateway to ${which}, which the lists do not know yet, it is waited for and not sent again`, async () => {
            await world.reset();
            await world.restart({ COSELL_RECONCILE__SETTLE_SECONDS: '60' });
            const deal = await world.opportunity(DEAL);
            await world.change('Opportunity', deal.Id, CO_SELL);
            await world.staleLists(100_000);
            await world.fault({ ...CREATE, skip, effect: status(504, { when: 'after' }) });
            for (const _ of [1, 2]) assert.equal((await world.share(deal.Id)).body.reason?.code, 'partner-center.unclear');
            await world.staleLists(0);
            await eventually('in step', async () => (await world.share(deal.Id)).body.state === 'inStep');
            const { own, microsoft } = await world.pair(deal.Id);
            assert.deepEqual([own.length, microsoft.length, (await world.creates()).length], [1, 1, 2]);
        });
    }
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
        await world.fault({ service: 'salesforce', method: 'PATCH', effect: { kind: 'hold', when: 'before' } });
        const share = world.share(deal.Id);
        await world.control('GET', 'holds/next');
        const { LastModifiedDate: read } = await world.record('Opportunity', deal.Id);
        // Salesforce tells moments in whole seconds: within the same one a change cannot be told from none.
        const written = await eventually('a later second', async () => {
            await world.change('Opportunity', deal.Id, { Description: 'Three more depots.', Amount: 700000 });
            const record = await world.record('Opportunity', deal.Id);
            return record.LastModifiedDate !== read && record;
        });
        await world.control('POST', 'holds/release');

        assert.equal((await share).body.state, 'inStep');
        const requests = await world.control('GET', 'requests');
        const writes = requests.filter(({ service, method }) => service === 'salesforce' && method === 'PATCH');
        assert.deepEqual(
            writes.map(({ status }) => status),
            [412, 204]
        );
        const record = await world.record('Opportunity', deal.Id);
        assert.deepEqual([record.Description, record.Amount], [written.Description, written.Amount]);
        assert.equal(record.Cosell_State__c, 'InStep');
        assert.equal(record.Audit__c.match(/Shared with Microsoft/g).length, 1);
        const { own, microsoft } = await world.pair(deal.Id);
        assert.deepEqual([own.length, microsoft.length, (await world.creates()).length], [1, 1, 2]);
    });

    it('412 to the write-back because the seller no longer wants to share: what was shared is linked, nothing is sent twice', async () => {
        await world.reset();
        const deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, { Sync_with_Partner_Center__c: true });
        await world.fault({ service: 'salesforce', method: 'PATCH', effect: { kind: 'hold', when: 'before' } });
        const share = world.share(deal.Id);
        await world.control('GET', 'holds/next');
        const { LastModifiedDate: read } = await world.record('Opportunity', deal.Id);
        await eventually('a later second', async () => {
            await world.change('Opportunity', deal.Id, { Sync_with_Partner_Center__c: false });
            return (await world.record('Opportunity', deal.Id)).LastModifiedDate !== read;
        });
        await world.control('POST', 'holds/release');
        await share;
        const { own, microsoft } = await world.pair(deal.Id);
        assert.deepEqual([own.length, microsoft.length, (await world.creates()).length], [1, 0, 1]);
        const record = await world.record('Opportunity', deal.Id);
        assert.deepEqual([record.Sync_with_Partner_Center__c, record.Referral_Identifier__c], [false, own[0].id]);
    });
});
