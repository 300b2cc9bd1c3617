// A create that ended without an answer: it is looked for before another is sent, whatever else happens meanwhile.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { CO_SELL, eventually, World } from '../support/world.mjs';

const DEAL = 'Fleet telemetry for the northern depots';
const CREATE = { service: 'partnerCenter', method: 'POST' };
const PRIVATE = { Sync_with_Partner_Center__c: true };
/** More lists than any test reads. */
const UNTIL_TOLD = 100_000;

/** A worker that a test need not wait for long. */
const BRISK = {
    COSELL_RECONCILE__BACKOFF_BASE_SECONDS: '0.2',
    COSELL_RECONCILE__BACKOFF_CAP_SECONDS: '0.5',
    COSELL_RECONCILE__WORKER_INTERVAL_SECONDS: '0.2'
};

/** Steps that the tests of a world have in common. */
function steps(world) {
    const state = async (deal) => (await world.record('Opportunity', deal.Id)).Cosell_State__c;
    return {
        state,

        /** A deal of the sample data with these fields, and nothing in the log. */
        async prepare(fields) {
            await world.reset();
            const deal = await world.opportunity(DEAL);
            await world.change('Opportunity', deal.Id, fields);
            return deal;
        },

        /** The seller reads that we look again, in the panel and on the record, and until when. */
        async assertWaiting(deal, { status, body }, window) {
            const { code, until } = body.reason ?? {};
            assert.deepEqual([status, body.state, code], [200, 'waiting', 'partner-center.unclear'], JSON.stringify(body));
            const wait = (Date.parse(until) - Date.now()) / 1000;
            // A time is told to the second, rounded down, and an answer takes its own time.
            assert.ok(wait > -2 && wait <= window, `waits ${wait} s, of a window of ${window} s`);
            assert.equal(await state(deal), 'Waiting');
        },

        /** Exactly so many referrals of ours and of Microsoft's; the record names the first. */
        async assertPair(deal, counts) {
            const { own, microsoft } = await world.pair(deal.Id);
            assert.deepEqual({ own: own.length, microsoft: microsoft.length }, counts);
            const record = await world.record('Opportunity', deal.Id);
            assert.equal(record.Referral_Identifier__c, own[0]?.id ?? null);
            assert.equal(Boolean(record.Microsoft_Status__c), counts.microsoft > 0);
        }
    };
}

describe('a create that was lost before it was done', () => {
    const WINDOW = 4;
    let world, prepare, state, assertWaiting, assertPair;
    before(async () => {
        world = await World.start({ page: true, env: { ...BRISK, COSELL_RECONCILE__SETTLE_SECONDS: String(WINDOW) } });
        ({ prepare, state, assertWaiting, assertPair } = steps(world));
    });
    after(() => world.stop());

    /** What the worker makes of it when nobody clicks. */
    const ends = (deal, expected) => eventually(`the worker ends with ${expected}`, async () => (await state(deal)) === expected);

    for (const { says, skip, fields, counts } of [
        { says: 'ours', skip: 0, fields: PRIVATE, counts: { own: 1, microsoft: 0 } },
        { says: 'ours, of a co-sell deal', skip: 0, fields: CO_SELL, counts: { own: 1, microsoft: 1 } },
        { says: 'Microsoft’s', skip: 1, fields: CO_SELL, counts: { own: 1, microsoft: 1 } }
    ]) {
        it(`${says}: a click within the window sends nothing, after it the worker alone sends one more`, async () => {
            const deal = await prepare(fields);
            await world.fault({ ...CREATE, skip, effect: { kind: 'drop', when: 'before' } });
            const start = performance.now();
            await assertWaiting(deal, await world.share(deal.Id), WINDOW);
            await assertWaiting(deal, await world.share(deal.Id), WINDOW);
            const lost = skip + 1;
            assert.equal((await world.creates()).length, lost, 'nothing more is sent within the window');

            await eventually('another create', async () => (await world.creates()).length > lost);
            assert.ok(performance.now() - start > WINDOW * 1000, 'not before the window is over');
            await ends(deal, 'InStep');
            await assertPair(deal, counts);
            assert.equal((await world.share(deal.Id)).body.state, 'inStep');
            assert.equal((await world.creates()).length, counts.own + counts.microsoft + 1, 'only the lost one was repeated');
        });
    }

    for (const { says, skip, fields, change, end, counts } of [
        {
            says: 'no longer wants to share: nothing is sent any more',
            skip: 0,
            fields: PRIVATE,
            change: { Sync_with_Partner_Center__c: false },
            end: 'NotShared',
            counts: { own: 0, microsoft: 0 }
        },
        {
            says: 'sets the amount to 0: it must be mended first',
            skip: 0,
            fields: PRIVATE,
            change: { Amount: 0 },
            end: 'NeedsYou',
            counts: { own: 0, microsoft: 0 }
        },
        {
            says: 'needs no help any more: Microsoft is not asked again',
            skip: 1,
            fields: CO_SELL,
            change: { How_can_Microsoft_help__c: null },
            end: 'InStep',
            counts: { own: 1, microsoft: 0 }
        }
    ]) {
        it(`is waited for although the seller ${says}`, async () => {
            const deal = await prepare(fields);
            await world.fault({ ...CREATE, skip, effect: { kind: 'drop', when: 'before' } });
            const start = performance.now();
            await assertWaiting(deal, await world.share(deal.Id), WINDOW);
            await world.change('Opportunity', deal.Id, change);
            await assertWaiting(deal, await world.share(deal.Id), WINDOW);
            await ends(deal, end);
            assert.ok(performance.now() - start > WINDOW * 1000, 'not before the window is over');
            await assertPair(deal, counts);
            assert.equal((await world.creates()).length, skip + 1);
        });
    }
});

describe('a create that was done, of which the lists do not tell yet,', () => {
    const WINDOW = 60;
    let world, prepare, assertWaiting, assertPair;
    before(async () => {
        world = await World.start({ page: true, env: { COSELL_RECONCILE__SETTLE_SECONDS: String(WINDOW) } });
        ({ prepare, assertWaiting, assertPair } = steps(world));
    });
    after(() => world.stop());

    for (const { says, skip = 0, fields = PRIVATE, change, state = 'inStep' } of [
        { says: 'is taken over', change: {} },
        { says: 'is taken over although the seller no longer wants to share', change: { Sync_with_Partner_Center__c: false } },
        { says: 'is taken over although the amount is 0 now, which is not sent', change: { Amount: 0 }, state: 'needsYou' },
        { says: 'is taken over although the customer takes its consent back', change: { Customer_Consent__c: false } },
        { says: 'is taken over, Microsoft’s too', skip: 1, fields: CO_SELL, change: {} },
        {
            says: 'is taken over, Microsoft’s too, although help is no longer wanted, which comes too late',
            skip: 1,
            fields: CO_SELL,
            change: { How_can_Microsoft_help__c: null },
            state: 'needsYou'
        },
        {
            says: 'is taken over, Microsoft’s too, although the seller no longer wants to share',
            skip: 1,
            fields: CO_SELL,
            change: { Sync_with_Partner_Center__c: false }
        },
        {
            says: 'is taken over, Microsoft’s too, although the amount is 0 now, which is not sent',
            skip: 1,
            fields: CO_SELL,
            change: { Amount: 0 },
            state: 'needsYou'
        }
    ]) {
        it(`${says}, and no other is sent`, async () => {
            const deal = await prepare(fields);
            await world.staleLists(UNTIL_TOLD);
            await world.fault({ ...CREATE, skip, effect: { kind: 'drop', when: 'after' } });
            await assertWaiting(deal, await world.share(deal.Id), WINDOW);
            await world.change('Opportunity', deal.Id, change);
            await assertWaiting(deal, await world.share(deal.Id), WINDOW);

            await world.staleLists(0);
            const { status, body } = await world.share(deal.Id);
            assert.deepEqual([status, body.state], [state === 'needsYou' ? 422 : 200, state]);
            await assertPair(deal, { own: 1, microsoft: skip });
            assert.equal((await world.creates()).length, skip + 1);
        });
    }

    it('is not repeated when it was confirmed: a list that lacks it is late, not right', async () => {
        const deal = await prepare(CO_SELL);
        await world.staleLists(UNTIL_TOLD);
        assert.equal((await world.share(deal.Id)).body.state, 'inStep');
        await world.share(deal.Id);
        await world.staleLists(0);
        assert.equal((await world.share(deal.Id)).body.state, 'inStep');
        await assertPair(deal, { own: 1, microsoft: 1 });
        assert.equal((await world.creates()).length, 2);
    });

    it('is not repeated after the window either, once a list has told of it', async () => {
        const deal = await prepare(CO_SELL);
        await world.staleLists(UNTIL_TOLD);
        await world.fault({ ...CREATE, effect: { kind: 'drop', when: 'after' } });
        await assertWaiting(deal, await world.share(deal.Id), WINDOW);
        await world.staleLists(0);
        await world.restart({ COSELL_RECONCILE__SETTLE_SECONDS: '0' });
        assert.equal((await world.share(deal.Id)).body.state, 'inStep');
        await assertPair(deal, { own: 1, microsoft: 1 });
        assert.equal((await world.creates()).length, 2);
    });
});

describe('a referral of ours behind a hundred newer ones of others', () => {
    let world, prepare, assertWaiting, assertPair;
    before(async () => {
        const env = { COSELL_HTTP__TIMEOUT_SECONDS: '30', COSELL_PARTNER_CENTER__MAX_PAGES: '1' };
        world = await World.start({ page: true, env });
        ({ prepare, assertWaiting, assertPair } = steps(world));
    });
    after(() => world.stop());
    const lists = async () => {
        const requests = await world.control('GET', 'requests');
        return requests.filter(({ service, method, path }) => service === 'partnerCenter' && method === 'GET' && path.includes('Outgoing'));
    };

    for (const { says, when, own } of [
        { says: 'is found when more pages are read', when: 'after', own: 0 },
        { says: 'that never came to be is sent when all pages are read', when: 'before', own: 1 }
    ]) {
        it(`leaves the search unfinished, whatever the window says, and ${says}`, async () => {
            const deal = await prepare(PRIVATE);
            await world.fault({ ...CREATE, effect: { kind: 'hold', when } });
            const cut = world.share(deal.Id);
            await world.control('GET', 'holds/next');
            await world.control('POST', 'referrals/seed', { count: 150 });
            await world.control('DELETE', 'faults');
            await assertWaiting(deal, await cut, 60);
            for (const _ of [1, 2]) await assertWaiting(deal, await world.share(deal.Id), 60);
            assert.equal((await world.creates()).length, 1, 'no second create while the search is unfinished');
            assert.ok((await lists()).every(({ path }) => !path.includes('skiptoken')));

            await world.restart({ COSELL_PARTNER_CENTER__MAX_PAGES: '20' });
            assert.equal((await world.share(deal.Id)).body.state, 'inStep');
            assert.ok(
                (await lists()).some(({ path }) => path.includes('skiptoken')),
                'a later page was read'
            );
            await assertPair(deal, { own: 1, microsoft: 0 });
            assert.equal((await world.creates()).length, 1 + own);
        });
    }
});

describe('a referral that the proxy’s store does not know, or that a list leaves out', () => {
    let world, prepare, assertPair;
    before(async () => {
        world = await World.start({ page: true, env: { COSELL_HTTP__TIMEOUT_SECONDS: '30' } });
        ({ prepare, assertPair } = steps(world));
    });
    after(() => world.stop());

    /** What links a record to its referral, gone. */
    const UNLINKED = {
        Referral_Identifier__c: null,
        Referral_Link__c: null,
        Engagement_Identifier__c: null,
        Microsoft_Status__c: null,
        Referral_Status__c: null
    };

    for (const [which, skip] of [
        ['our create', 0],
        ['Microsoft’s', 1]
    ]) {
        it(`is found when the store is lost right after ${which}, before the record names anything`, async () => {
            const deal = await prepare(CO_SELL);
            await world.fault({ ...CREATE, skip, effect: { kind: 'hold', when: 'after' } });
            const interrupted = world.share(deal.Id).catch(() => undefined);
            await world.control('GET', 'holds/next');
            await world.forget();
            await interrupted;
            await world.control('DELETE', 'faults');
            await world.startProxy();
            assert.equal((await world.share(deal.Id)).body.state, 'inStep');
            await assertPair(deal, { own: 1, microsoft: 1 });
            assert.equal((await world.creates()).length, 2);
        });
    }

    it('that a lagging list leaves out after a confirmed share is read by its identifier, and nobody is alarmed', async () => {
        const deal = await prepare(CO_SELL);
        await world.staleLists(2);
        await world.share(deal.Id);
        const { body } = await world.share(deal.Id);
        assert.deepEqual([body.state, body.reason, body.microsoft.substatus], ['inStep', null, 'Pending']);
        assert.equal((await world.creates()).length, 2);
    });

    for (const { says, fields } of [
        { says: 'the store is lost', fields: {} },
        { says: 'the store is lost and the record’s identifiers with it', fields: UNLINKED }
    ]) {
        it(`is found when ${says}, after all was done`, async () => {
            const deal = await prepare(CO_SELL);
            await world.share(deal.Id);
            await world.forget();
            await world.change('Opportunity', deal.Id, fields);
            await world.startProxy();
            assert.equal((await world.share(deal.Id)).body.state, 'inStep');
            await assertPair(deal, { own: 1, microsoft: 1 });
            assert.equal((await world.creates()).length, 2);
        });
    }
});

describe('a record that names the referral of another deal', () => {
    let world, deal;
    before(async () => {
        world = await World.start({ page: true });
    });
    after(() => world.stop());
    beforeEach(async () => {
        await world.reset();
        deal = await world.opportunity(DEAL);
    });

    /** Another opportunity's referral, whose own record has lost it: the field is unique. */
    async function ofAnotherOpportunity() {
        const other = await world.opportunity('Cold chain compliance');
        await world.change('Opportunity', other.Id, {
            Sync_with_Partner_Center__c: true,
            Visible_to_Microsoft_Sellers__c: false,
            How_can_Microsoft_help__c: null
        });
        const { body } = await world.share(other.Id);
        await world.change('Opportunity', other.Id, { Referral_Identifier__c: null });
        return body.referralId;
    }

    const ofAnotherSystem = async () => (await world.control('POST', 'referrals/seed', { count: 1 }))[0].id;

    for (const { says, other } of [
        { says: 'another opportunity', other: ofAnotherOpportunity },
        { says: 'another system', other: ofAnotherSystem }
    ]) {
        it(`of ${says}, leaves that referral alone and says what is wrong`, async () => {
            await world.change('Opportunity', deal.Id, { ...CO_SELL, Referral_Identifier__c: await other() });
            const before = await world.referrals();
            assert.equal(before.length, 1);
            await world.control('DELETE', 'requests');

            const { status, body } = await world.share(deal.Id);
            assert.deepEqual([status, body.state, body.reason?.code], [200, 'needsYou', 'partner-center.foreign'], JSON.stringify(body));
            const record = await world.record('Opportunity', deal.Id);
            assert.deepEqual([record.Cosell_State__c, record.Cosell_State_Reason__c], ['NeedsYou', body.reason.message]);
            assert.equal(record.Microsoft_Status__c, null, 'nothing of the other deal is told');

            assert.deepEqual(await world.referrals(), before);
            const requests = await world.control('GET', 'requests');
            assert.deepEqual(
                requests.filter(({ service, method }) => service === 'partnerCenter' && method !== 'GET'),
                []
            );
        });
    }

    it('is mended by taking the identifier away: then it gets its own', async () => {
        const foreign = await ofAnotherSystem();
        await world.change('Opportunity', deal.Id, { ...CO_SELL, Referral_Identifier__c: foreign });
        await world.share(deal.Id);
        await world.change('Opportunity', deal.Id, { Referral_Identifier__c: null });
        assert.equal((await world.share(deal.Id)).body.state, 'inStep');
        const { own, microsoft } = await world.pair(deal.Id);
        assert.deepEqual([own.length, microsoft.length], [1, 1]);
        assert.notEqual(own[0].id, foreign);
    });
});
