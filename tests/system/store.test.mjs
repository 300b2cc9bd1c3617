// The store: lost and made again from the two sides, and shared by two processes on one PostgreSQL.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { startPostgres } from '../support/postgres.mjs';
import { CO_SELL, WEBHOOKS, World, eventually } from '../support/world.mjs';

const DEAL = 'Fleet telemetry for the northern depots';

describe('a store that is lost', () => {
    let world, deal, own, incoming;
    before(async () => {
        world = await World.start({ page: true, env: WEBHOOKS });
        await world.administer('POST', 'webhooks');
    });
    after(() => world.stop());
    beforeEach(async () => {
        await world.reset();
        incoming = await world.receive();
        await eventually('the opportunity', async () => (await world.opportunitiesOf(incoming)).length === 1);
        deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, CO_SELL);
        const { body } = await world.share(deal.Id);
        assert.equal(body.state, 'inStep', JSON.stringify(body));
        [own] = (await world.pair(deal.Id)).own;
    });

    it('is made again from both sides, and what changed meanwhile goes on as if it had not been', async () => {
        const ids = async () => (await world.referrals()).map(({ id }) => id).sort();
        const before = await ids();
        await world.forget();
        await world.change('Opportunity', deal.Id, { Amount: 700000 });
        const { code, out, log } = await world.command('rebuild');
        assert.equal(code, 0, out + log);
        assert.match(out, /Opportunities that will be looked at: 2\. Referrals of them that are known for sure: 1\./);
        await world.startProxy();
        await eventually('the amount', async () => (await world.referral(own.id)).details.dealValue === 700000);
        await world.edit(incoming.id, { '/status': 'Active', '/substatus': 'Accepted' });
        await eventually('the stage', async () => {
            const [{ StageName }] = await world.opportunitiesOf(incoming);
            return StageName === 'Qualification';
        });
        assert.deepEqual(await ids(), before, 'no referral more, none less');
    });

    it('may be made again twice, and while it was never lost', async () => {
        await world.proxy.kill();
        for (const _ of [1, 2]) {
            const { code, out, log } = await world.command('rebuild');
            assert.equal(code, 0, out + log);
        }
        await world.startProxy();
        const { body } = await world.share(deal.Id);
        assert.equal(body.state, 'inStep', JSON.stringify(body));
        const { own: mine, microsoft } = await world.pair(deal.Id);
        assert.deepEqual([mine.length, microsoft.length], [1, 1]);
    });

    it('is not made again beside a proxy that uses it', async () => {
        const { code, log } = await world.command('rebuild');
        assert.equal(code, 1);
        assert.match(log, /cosell\.sqlite/);
    });
});

describe('two processes with one PostgreSQL', () => {
    let world, postgres, second;
    const start = async () => {
        second = await world.startReplica();
        return second;
    };
    before(async () => {
        postgres = await startPostgres();
        const env = {
            ...WEBHOOKS,
            COSELL_STORE__POSTGRES__VALUE: postgres.url,
            COSELL_FEED__INTERVAL_SECONDS: '0.5',
            COSELL_RECONCILE__LEASE_SECONDS: '2',
            COSELL_HTTP__TIMEOUT_SECONDS: '30'
        };
        world = await World.start({ page: true, env });
        await start();
        await world.administer('POST', 'webhooks');
    });
    after(async () => {
        await second?.kill();
        await world?.stop();
        await postgres?.stop();
    });

    it('share a deal once, however often both are asked to', async () => {
        const deal = await world.opportunity(DEAL);
        await world.change('Opportunity', deal.Id, CO_SELL);
        const ask = (proxy) => world.ask('POST', deal.Id, { proxy });
        const answers = await Promise.all([1, 2, 3].flatMap(() => [ask(world.proxy), ask(second)]));
        for (const { status, body } of answers) assert.equal(status, 200, JSON.stringify(body));
        const { body } = await eventually('the share', async () => {
            const answer = await ask(second);
            return answer.body.state === 'inStep' && answer;
        });
        const { own, microsoft } = await world.pair(deal.Id);
        assert.deepEqual([own.length, microsoft.length], [1, 1]);
        assert.equal(body.referralId, own[0].id);
        assert.equal((await world.creates()).length, 2);
    });

    it('send a change once, whoever of them notices it', async () => {
        const deal = await world.opportunity(DEAL);
        const [own] = (await world.pair(deal.Id)).own;
        await world.patches();
        await world.change('Opportunity', deal.Id, { Amount: 5 });
        await eventually('the amount', async () => (await world.referral(own.id)).details.dealValue === 5);
        const values = (await world.patches()).filter(({ id }) => id === own.id);
        assert.equal(values.length, 1, JSON.stringify(values));
    });

    it('take a referral in once; when one of them dies over it, the other goes on', async () => {
        await world.fault({ service: 'salesforce', path: '/composite', method: 'POST', skip: 1, effect: { kind: 'hold', when: 'after' } });
        const referral = await world.receive();
        await world.control('GET', 'holds/next');
        // Whichever of the two it was: both are killed, one after the other, and each time there is one that goes on.
        await second.kill();
        await world.control('DELETE', 'faults');
        await start();
        await world.restart();
        const [deal] = await eventually('the opportunity', async () => {
            const found = await world.opportunitiesOf(referral);
            return found.length > 0 && found;
        });
        const notes = () => world.query(`SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '${deal.Id}'`);
        await eventually('its note', async () => (await notes()).length > 0);
        assert.equal((await notes()).length, 1);
        assert.equal((await world.opportunitiesOf(referral)).length, 1);
        assert.equal((await world.query("SELECT Id FROM Account WHERE Name = 'Kvernå Bryggeri AS'")).length, 1);
    });
});
