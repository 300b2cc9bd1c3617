// What an administrator sees of a whole system over real sockets: how the connections stand, what stands still, and that a click has
// it looked at again.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { WEBHOOKS, World, eventually } from '../support/world.mjs';

describe('an administrator', () => {
    let world;
    const standing = async () => (await world.administer('GET', 'attention')).body;
    before(async () => {
        world = await World.start({ page: true, env: WEBHOOKS });
    });
    after(() => world.stop());
    beforeEach(async () => {
        await world.reset();
        await world.administer('POST', 'webhooks', { overwrite: true });
    });

    it('sees every connection, asked for real', async () => {
        const { status, body } = await world.administer('GET', 'health');
        assert.equal(status, 200);
        const states = Object.fromEntries(body.connections.map(({ name, state }) => [name, state]));
        const ok = ['salesforce', 'entra', 'partner-center', 'webhooks', 'store'].map((name) => [name, 'ok']);
        assert.deepEqual(states, Object.fromEntries(ok), JSON.stringify(body));
        const { apiUsage } = body.connections[0].facts;
        assert.ok(apiUsage.used > 0 && apiUsage.max > apiUsage.used, JSON.stringify(apiUsage));
    });

    it('sees a referral that the org does not take, and has it looked at again once that is mended', async () => {
        await world.control('PATCH', 'settings', { On_Hold_Stage__c: 'Nowhere' });
        const referral = await world.receive();
        const [stuck] = await eventually('the referral in the list', async () => {
            const { pairs } = await standing();
            return pairs.length > 0 && pairs;
        });
        assert.deepEqual(
            [stuck.kind, stuck.referralId, stuck.state, stuck.code],
            ['referral', referral.id, 'needsYou', 'inbound.unknown-stage']
        );
        assert.match(stuck.message, /Nowhere/);
        await world.control('PATCH', 'settings', { On_Hold_Stage__c: 'On Hold' });
        const { status, body } = await world.administer('POST', 'retry', { referralId: referral.id });
        assert.deepEqual([status, body], [202, { retried: true }]);
        await eventually('the opportunity', async () => (await world.opportunitiesOf(referral)).length === 1);
        await eventually('nothing in the list', async () => (await standing()).pairs.length === 0);
    });
});
