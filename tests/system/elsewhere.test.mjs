// Changes that nobody tells the proxy of: made in list views, by the API, on what hangs on the deal, or in Partner Center. Nobody
// clicks after the first share.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { World, eventually } from '../support/world.mjs';

const DEAL = 'Fleet telemetry for the northern depots';
/** Seconds within which a change must have arrived. */
const SOON = 10;
/** Looks so often that a test need not sit it out; one test has the defaults. */
const OFTEN = { COSELL_FEED__INTERVAL_SECONDS: '0.5', COSELL_RECONCILE__WORKER_INTERVAL_SECONDS: '0.2' };

const stage = {};
const own = async () => (await stage.world.pair(stage.id)).own[0];
const record = () => stage.world.record('Opportunity', stage.id);
const create = (object, fields) => stage.world.org('POST', `/services/data/v66.0/sobjects/${object}`, fields);
const remove = (object, id) => stage.world.org('DELETE', `/services/data/v66.0/sobjects/${object}/${id}`);
const child = async (object, lookup = 'OpportunityId') =>
    (await stage.world.query(`SELECT Id FROM ${object} WHERE ${lookup} = '${stage.id}' ORDER BY Id`))[0].Id;

/** Waits until our referral is as `holds` wants it. */
const arrives = (what, holds) => eventually(what, async () => holds(await own()), SOON);

const isLook = ({ path }) => path.endsWith('/composite');

/** Waits until nothing is left of what was changed before: no look of the last while brought any work. */
async function quiet() {
    await stage.world.control('DELETE', 'requests');
    await eventually('quiet', async () => {
        const last = (await stage.world.control('GET', 'requests')).slice(-6);
        return last.length === 6 && last.every(isLook);
    });
}

/** A contact of the deal's customer, and the role that ties the two. */
async function addContact(LastName) {
    const { AccountId } = await record();
    const Email = `${LastName.toLowerCase()}@customer.example`;
    const { id: ContactId } = await create('Contact', { AccountId, FirstName: 'Kim', LastName, Email, Phone: '+46 31 555 01 99' });
    await create('OpportunityContactRole', { OpportunityId: stage.id, ContactId, Role: 'Evaluator' });
}

/** Starts a world whose deal is shared anew as a private one before each test. */
function shared(env) {
    before(async () => {
        stage.world = await World.start({ page: true, env });
    });
    after(() => stage.world.stop());
    beforeEach(async () => {
        const { world } = stage;
        await world.reset();
        stage.id = (await world.opportunity(DEAL)).Id;
        await world.change('Opportunity', stage.id, { Sync_with_Partner_Center__c: true });
        const { body } = await world.share(stage.id);
        assert.equal(body.state, 'inStep', JSON.stringify(body));
        if (env === OFTEN) await quiet();
    });
}

describe('a change elsewhere in Salesforce is noticed', () => {
    shared(OFTEN);

    it('of the opportunity', async () => {
        await stage.world.change('Opportunity', stage.id, { Amount: 700000 });
        await arrives('the amount', ({ details }) => details.dealValue === 700000);
        await eventually('its line', async () => /Sent to Partner Center: deal value\./.test((await record()).Audit__c), SOON);
    });

    it('of a contact', async () => {
        const [role] = await stage.world.query(`SELECT ContactId FROM OpportunityContactRole WHERE OpportunityId = '${stage.id}'`);
        await stage.world.change('Contact', role.ContactId, { Email: 'new.address@customer.example' });
        await arrives('the address', ({ customerProfile }) => customerProfile.team[0]?.email === 'new.address@customer.example');
    });

    it('of the contact roles, when one is removed', async () => {
        await addContact('Berg');
        await quiet();
        const roles = await stage.world.query(`SELECT Id, Contact.Email FROM OpportunityContactRole WHERE OpportunityId = '${stage.id}'`);
        const [shown] = (await own()).customerProfile.team;
        const inUse = roles.find((role) => role.Contact.Email === shown.email);
        const other = roles.find((role) => role !== inUse);
        await remove('OpportunityContactRole', inUse.Id);
        await arrives('the other contact', ({ customerProfile }) => customerProfile.team[0]?.email === other.Contact.Email);
    });

    it('of the solutions, when one comes and when one goes', async () => {
        const old = await child('Microsoft_Solution__c', 'Opportunity__c');
        const azure = { Name: 'Azure', Solution_Identifier__c: 'MS-AZURE', Solution_Type__c: '1P', Publisher_Name__c: 'Microsoft' };
        await create('Microsoft_Solution__c', { Opportunity__c: stage.id, ...azure });
        await arrives('the new solution', ({ details }) => details.requirements.solutions.length === 2);
        await quiet();
        await remove('Microsoft_Solution__c', old);
        await arrives('the one that is left', ({ details }) => details.requirements.solutions.map(({ id }) => id).join() === 'MS-AZURE');
    });

    it('of the team, when a member comes and when one goes', async () => {
        const before = (await own()).team.length;
        const [user] = await stage.world.query("SELECT Id FROM User WHERE Email = 'amelie.vasseur@partner.example'");
        await create('OpportunityTeamMember', { OpportunityId: stage.id, UserId: user.Id, TeamMemberRole: 'Sales Rep' });
        await arrives('the new member', ({ team }) => team.length === before + 1);
        await quiet();
        await remove('OpportunityTeamMember', await child('OpportunityTeamMember'));
        await arrives('the member’s leaving', ({ team }) => team.length === before);
    });

    it('of the account: a deal that was not ready is shared once its customer’s country is mended', async () => {
        const { world } = stage;
        await world.reset();
        const deal = await world.opportunity(DEAL);
        await world.change('Account', deal.AccountId, { BillingCountry: 'Nowhere' });
        await world.change('Opportunity', deal.Id, { Sync_with_Partner_Center__c: true });
        const state = async () => (await world.record('Opportunity', deal.Id)).Cosell_State__c;
        await eventually('the finding', async () => (await state()) === 'NeedsYou', SOON);
        await world.change('Account', deal.AccountId, { BillingCountry: 'SE' });
        await eventually('the share', async () => (await state()) === 'InStep', SOON);
        assert.equal((await world.pair(deal.Id)).own.length, 1);
    });

    it('when its transaction ends long after others that began later', async () => {
        const { world } = stage;
        await world.control('POST', 'org/late-write', { sellersOnly: true });
        await world.change('Opportunity', stage.id, { Amount: 700000 });
        const [role] = await world.query(`SELECT ContactId FROM OpportunityContactRole WHERE OpportunityId = '${stage.id}'`);
        await world.change('Contact', role.ContactId, { Title: 'Director' });
        await quiet();
        assert.equal((await own()).details.dealValue, 612000);
        await world.control('DELETE', 'org/late-write');
        await arrives('the amount', ({ details }) => details.dealValue === 700000);
    });

    it('of the sum of its products, which nothing else replaces and which makes no circle', async () => {
        const { world } = stage;
        const products = (total) => world.control('PUT', `org/opportunities/${stage.id}/products`, { total });
        await products('5000');
        await arrives('the sum', ({ details }) => details.dealValue === 5000);
        await world.edit((await own()).id, { '/details/dealValue': 480000 });
        assert.equal((await world.share(stage.id)).body.state, 'inStep');
        await quiet();
        assert.deepEqual([(await record()).Amount, (await own()).details.dealValue], [5000, 480000]);
        await products('6000');
        await arrives('the new sum', ({ details }) => details.dealValue === 6000);
    });

    it('while the proxy was away', async () => {
        const { world } = stage;
        await world.proxy.kill();
        await world.change('Opportunity', stage.id, { Amount: 5 });
        await world.startProxy();
        await arrives('the amount', ({ details }) => details.dealValue === 5);
    });

    it('and our own writes are not: nothing is looked at again because of them', async () => {
        const { world } = stage;
        await world.change('Opportunity', stage.id, { Amount: 9 });
        await arrives('the amount', ({ details }) => details.dealValue === 9);
        const looks = async () => {
            const requests = await world.control('GET', 'requests');
            const first = requests.findLastIndex(({ service, method }) => service === 'salesforce' && method === 'PATCH');
            const since = first < 0 ? [] : requests.slice(first);
            return {
                feeds: since.filter(isLook).length,
                others: since.filter(({ service, path }) => service === 'partnerCenter' || path.includes('Cosell_Setting__mdt')).length
            };
        };
        await eventually('five more looks', async () => (await looks()).feeds >= 5);
        assert.equal((await looks()).others, 0);
    });
});

describe('with the default interval', () => {
    shared({ COSELL_FEED__INTERVAL_SECONDS: undefined });

    it('a change is in Partner Center within ten seconds', async () => {
        for (const amount of [11, 12]) {
            await stage.world.change('Opportunity', stage.id, { Amount: amount });
            await arrives('the amount', ({ details }) => details.dealValue === amount);
        }
    });
});

describe('a change in Partner Center that no webhook tells of', () => {
    shared({ COSELL_SWEEP__INTERVAL_SECONDS: '1' });

    it('is found by the sweep', async () => {
        await stage.world.edit((await own()).id, { '/details/notes': 'Seen by Microsoft.' });
        await eventually('the note', async () => (await record()).Description === 'Seen by Microsoft.', SOON);
    });
});

describe('work that waits', () => {
    shared({ COSELL_RECONCILE__BACKOFF_BASE_SECONDS: '600' });

    it('says since when and until when, and is done at once when somebody asks', async () => {
        const { world, id } = stage;
        await world.change('Opportunity', id, { Amount: 9 });
        await world.fault({ service: 'partnerCenter', method: 'GET', times: 1, effect: { kind: 'status', status: 503 } });
        const { body: waiting } = await world.share(id);
        assert.equal(waiting.state, 'waiting');
        assert.ok(waiting.pendingSince <= waiting.reason.until, JSON.stringify(waiting));
        const { body } = await world.share(id);
        assert.deepEqual([body.state, body.pendingSince, body.reason], ['inStep', null, null]);
        assert.equal((await own()).details.dealValue, 9);
    });
});
