// Leads: with "co-sell only" off, what comes in as a lead is a Lead in Salesforce, and an opportunity once it is accepted in Partner
// Center. Nobody clicks.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { WEBHOOKS, World, eventually } from '../support/world.mjs';

const KINDS = ['qualified-lead', 'marketplace-lead'];
const ACCEPTED = { '/status': 'Active', '/substatus': 'Accepted' };

describe('a lead of Partner Center', () => {
    let world;
    const leads = async ({ id }) => {
        const found = await world.query(`SELECT Id FROM Lead WHERE Referral_Identifier__c = '${id}'`);
        return Promise.all(found.map(({ Id }) => world.record('Lead', Id)));
    };
    const lead = (referral, holds = () => true) =>
        eventually('the lead', async () => {
            const [one, ...more] = await leads(referral);
            assert.deepEqual(more, [], 'one lead');
            return one && holds(one) && one;
        });
    const opportunity = (referral) =>
        eventually('the opportunity', async () => {
            const [one, ...more] = await world.opportunitiesOf(referral);
            assert.deepEqual(more, [], 'one opportunity');
            return one;
        });

    before(async () => {
        world = await World.start({ page: true, env: WEBHOOKS });
    });
    after(() => world.stop());
    beforeEach(async () => {
        await world.reset();
        await world.control('PATCH', 'settings', { Cosell_Only__c: 'false' });
        await world.administer('POST', 'webhooks', { overwrite: true });
    });

    for (const kind of KINDS) {
        it(`is one Lead of its customer: ${kind}`, async () => {
            const referral = await world.receive(kind);
            const { FirstName, LastName, Company, Email, Status, Country, Audit__c } = await lead(referral);
            assert.deepEqual(
                [FirstName, LastName, Company, Email, Status, Country],
                ['Signe', 'Aalberg', 'Kvernå Bryggeri AS', 'signe.aalberg@kvernaa.example', 'Open - Not Contacted', 'NO']
            );
            assert.match(Audit__c, /This lead came through Partner Center\./);
            assert.deepEqual(await world.opportunitiesOf(referral), []);
        });
    }

    it('is nothing here where the org wants co-sell only', async () => {
        await world.control('PATCH', 'settings', { Cosell_Only__c: 'true' });
        const referral = await world.receive('qualified-lead');
        const other = await world.receive('co-sell');
        await opportunity(other);
        assert.deepEqual([await leads(referral), await world.opportunitiesOf(referral)], [[], []]);
    });

    it('becomes one opportunity on the active stage when it is accepted', async () => {
        const referral = await world.receive('qualified-lead');
        const { Id } = await lead(referral);
        await world.edit(referral.id, ACCEPTED);
        const deal = await opportunity(referral);
        assert.equal(deal.StageName, 'Qualification');
        assert.match(deal.Audit__c, /The lead was accepted in Partner Center and became this opportunity\./);
        const converted = await world.record('Lead', Id);
        assert.deepEqual([converted.IsConverted, converted.ConvertedOpportunityId], [true, deal.Id]);
    });

    it('that is declined in Partner Center stays a Lead with a status of its end', async () => {
        const referral = await world.receive('qualified-lead');
        await lead(referral);
        await world.edit(referral.id, { '/status': 'Closed', '/substatus': 'Declined', '/statusReason': 'Not a customer' });
        await lead(referral, ({ Status }) => Status === 'Closed - Not Converted');
        assert.deepEqual(await world.opportunitiesOf(referral), []);
    });

    it('whose status the org does not know gets its default, and the trail says so', async () => {
        await world.control('PATCH', 'settings', { Rule_Settings__c: 'leadStatuses = New|Fresh from Microsoft' });
        const { Status, Audit__c } = await lead(await world.receive('qualified-lead'));
        assert.equal(Status, 'Open - Not Contacted');
        assert.match(Audit__c, /There is no lead status Fresh from Microsoft here; Open - Not Contacted stands in its place\./);
    });

    it('told of again and again is one Lead', async () => {
        await world.control('POST', 'webhooks/faults', { times: 0, effect: { kind: 'double' } });
        const referral = await world.receive('marketplace-lead');
        await lead(referral);
        for (const { id } of await world.control('GET', 'webhooks/deliveries'))
            await world.control('POST', `webhooks/deliveries/${id}/repeat`);
        await lead(await world.receive('marketplace-lead', { name: 'Told of afterwards' }));
        assert.equal((await leads(referral)).length, 1);
    });
});
