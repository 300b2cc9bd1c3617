// A shared deal that lives on: what changes on one side comes to the other, once, and a conflict is told.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { CO_SELL, World } from '../support/world.mjs';

const DEAL = 'Fleet telemetry for the northern depots';
const PRIVATE = { Sync_with_Partner_Center__c: true };
const PATCH = { service: 'partnerCenter', method: 'PATCH' };

/** Starts a world whose deal is shared anew, with these fields, before each test. */
function shared(fields) {
    const stage = {};
    before(async () => {
        stage.world = await World.start({ page: true });
    });
    after(() => stage.world.stop());
    beforeEach(async () => {
        const { world } = stage;
        await world.reset();
        const { Id } = await world.opportunity(DEAL);
        await world.change('Opportunity', Id, fields);
        const { status, body } = await world.share(Id);
        assert.deepEqual([status, body.state], [200, 'inStep'], JSON.stringify(body));
        await world.patches();
        Object.assign(stage, { id: Id, first: body });
        stage.own = await own(stage);
    });
    return stage;
}

/** Our referral as Partner Center holds it. */
const own = async ({ world, id }) => (await world.pair(id)).own[0];
const record = ({ world, id }) => world.record('Opportunity', id);
const trail = async (stage) => (await record(stage)).Audit__c.split('\n').map((line) => line.replace(/^.* UTC - /, ''));
const paths = ({ operations }) => operations.map(({ path }) => path).sort();

/** Reconciles; both sides must be the same then. Gives the patches that it took. */
async function settle({ world, id }) {
    const { status, body } = await world.share(id);
    assert.deepEqual([status, body.state, body.reason], [200, 'inStep', null], JSON.stringify(body));
    return world.patches();
}

/** Reconciles again: nothing is sent, and nothing is written. */
async function assertSettled(stage) {
    const { world } = stage;
    const held = await record(stage);
    await world.control('DELETE', 'requests');
    assert.deepEqual(await settle(stage), []);
    const writes = (await world.control('GET', 'requests')).filter(({ method, path }) => method !== 'GET' && !path.includes('token'));
    assert.deepEqual(writes, []);
    assert.deepEqual(await record(stage), held);
}

describe('a change in Salesforce', () => {
    const stage = shared(PRIVATE);

    for (const { says, change, sends, told } of [
        { says: 'of the amount', change: { Amount: 700000.5 }, sends: { '/details/dealValue': 700000.5 }, told: 'deal value' },
        {
            says: 'of the close date',
            change: { CloseDate: '2030-04-30' },
            sends: { '/details/closingDateTime': '2030-04-30T00:00:00Z' },
            told: 'close date'
        },
        {
            says: 'of the description',
            change: { Description: 'Now 150 lorries.' },
            sends: { '/details/notes': 'Now 150 lorries.' },
            told: 'description'
        },
        {
            says: 'of three fields at once',
            change: { Amount: 1, CurrencyIsoCode: 'EUR', Description: null },
            sends: { '/details/currency': 'EUR', '/details/dealValue': 1, '/details/notes': '' },
            told: 'description, deal value and currency'
        }
    ]) {
        it(`${says} reaches Partner Center as one patch of the version that was read, and nothing else does`, async () => {
            const { world, id } = stage;
            await world.change('Opportunity', id, change);
            const sent = await settle(stage);
            assert.deepEqual(sent.length, 1);
            assert.equal(sent[0].ifMatch, stage.own.eTag);
            const values = Object.fromEntries(sent[0].operations.map(({ path, value }) => [path, value]));
            assert.deepEqual(values, sends);
            const held = await own(stage);
            for (const [path, value] of Object.entries(sends)) {
                assert.equal(
                    path
                        .split('/')
                        .slice(1)
                        .reduce((here, name) => here[name], held),
                    value,
                    path
                );
            }
            assert.equal((await trail(stage))[0], `Sent to Partner Center: ${told}.`);
            await assertSettled(stage);
        });
    }

    it('of the solutions takes the new one along and the old one out', async () => {
        const { world, id } = stage;
        const [old] = await world.query(`SELECT Id FROM Microsoft_Solution__c WHERE Opportunity__c = '${id}'`);
        await world.org('DELETE', `/services/data/v66.0/sobjects/Microsoft_Solution__c/${old.Id}`);
        const solution = {
            Opportunity__c: id,
            Name: 'Azure',
            Solution_Identifier__c: 'MS-AZURE',
            Solution_Type__c: '1P',
            Publisher_Name__c: 'Microsoft'
        };
        await world.org('POST', '/services/data/v66.0/sobjects/Microsoft_Solution__c', solution);
        const sent = await settle(stage);
        assert.deepEqual(sent.map(paths), [['/details/requirements/solutions']]);
        assert.deepEqual(
            (await own(stage)).details.requirements.solutions.map((it) => it.id),
            ['MS-AZURE']
        );
        await assertSettled(stage);
    });

    it('of the customer’s contact goes out until Microsoft is asked', async () => {
        const { world, id } = stage;
        const [role] = await world.query(`SELECT ContactId FROM OpportunityContactRole WHERE OpportunityId = '${id}'`);
        await world.change('Contact', role.ContactId, { Email: 'new.address@customer.example' });
        assert.deepEqual((await settle(stage)).map(paths), [['/customerProfile/team']]);
        assert.equal((await own(stage)).customerProfile.team[0].email, 'new.address@customer.example');
        await assertSettled(stage);
    });

    it('that breaks a rule is not sent, while what it does not concern is', async () => {
        const { world, id } = stage;
        await world.change('Opportunity', id, { Amount: -5, Description: 'Reworked.' });
        const { status, body } = await world.share(id);
        assert.deepEqual([status, body.code], [422, 'deal.not-ready']);
        assert.ok(
            body.findings.some(({ code }) => code === 'amount.negative'),
            JSON.stringify(body.findings)
        );
        assert.deepEqual((await world.patches()).map(paths), [['/details/notes']]);
        const held = await record(stage);
        assert.equal(held.Cosell_State__c, 'NeedsYou');
        assert.match(held.Cosell_State_Reason__c, /negative/);
        const look = async () => (await world.ask('GET', id, { token: await world.token(id, 'read') })).body.reason?.message;
        assert.match(await look(), /negative/);
        await world.change('Opportunity', id, { Amount: 5 });
        assert.equal(await look(), undefined, 'mended, though not sent yet');
        assert.deepEqual((await settle(stage)).map(paths), [['/details/dealValue']]);
    });

    it('that Partner Center refuses waits for somebody, with Microsoft’s words, and is not sent over and over', async () => {
        const { world, id } = stage;
        const body = { error: { code: 'InvalidInput', message: 'Deal value exceeds what this program allows.' } };
        await world.fault({ ...PATCH, times: 1, effect: { kind: 'status', status: 422, body } });
        await world.change('Opportunity', id, { Amount: 5 });
        const { status, body: pair } = await world.share(id);
        assert.deepEqual([status, pair.state, pair.reason.code], [200, 'needsYou', 'partner-center.change-refused']);
        assert.match(pair.reason.message, /the deal stands there as it was\. It says: .*exceeds what this program allows/);
        assert.doesNotMatch((await trail(stage)).join('\n'), /Sent to Partner Center/);
        await settle(stage);
        assert.equal((await own(stage)).details.dealValue, 5);
        assert.equal((await trail(stage))[0], 'Sent to Partner Center: deal value.');
    });

    it('that the proxy dies over is sent once and told once', async () => {
        const { world, id } = stage;
        for (const [when, amount] of [
            ['before', 11],
            ['after', 12]
        ]) {
            await world.change('Opportunity', id, { Amount: amount });
            await world.fault({ ...PATCH, effect: { kind: 'hold', when } });
            const interrupted = world.share(id).catch(() => undefined);
            await world.control('GET', 'holds/next');
            await world.proxy.kill();
            await interrupted;
            await world.control('DELETE', 'faults');
            await world.startProxy();
            await settle(stage);
            assert.equal((await own(stage)).details.dealValue, amount);
            const lines = (await trail(stage)).filter((line) => line === 'Sent to Partner Center: deal value.');
            assert.equal(lines.length, when === 'before' ? 1 : 2, when);
            await assertSettled(stage);
        }
    });
});

describe('a change in Partner Center', () => {
    const stage = shared(PRIVATE);

    it('comes to the record and is told', async () => {
        const { world } = stage;
        await world.edit(stage.own.id, { '/details/dealValue': 480000.25, '/details/notes': 'Seen by Microsoft.' });
        assert.deepEqual(await settle(stage), []);
        const { Amount, Description } = await record(stage);
        assert.deepEqual([Amount, Description], [480000.25, 'Seen by Microsoft.']);
        assert.equal((await trail(stage))[0], 'Received from Partner Center: description and deal value.');
        await assertSettled(stage);
    });

    it('meets one of the seller’s in another field: both stand', async () => {
        const { world, id } = stage;
        await world.edit(stage.own.id, { '/details/notes': 'Theirs.' });
        await world.change('Opportunity', id, { Amount: 9 });
        assert.deepEqual((await settle(stage)).map(paths), [['/details/dealValue']]);
        const { Amount, Description } = await record(stage);
        assert.deepEqual([Amount, Description, (await own(stage)).details.notes], [9, 'Theirs.', 'Theirs.']);
        await assertSettled(stage);
    });

    it('meets one of the seller’s in the same field: Salesforce’s stands, and the trail names the other', async () => {
        const { world, id } = stage;
        await world.edit(stage.own.id, { '/details/dealValue': 480000 });
        await world.change('Opportunity', id, { Amount: 520000 });
        assert.deepEqual((await settle(stage)).map(paths), [['/details/dealValue']]);
        assert.deepEqual([(await record(stage)).Amount, (await own(stage)).details.dealValue], [520000, 520000]);
        const line = (await trail(stage)).find((entry) => entry.startsWith('Changed on both sides'));
        assert.match(line, /deal value.*Salesforce’s 520,000.* stands; Partner Center had 480,000/);
        await assertSettled(stage);
    });

    it('that arrives between look and patch is looked at before anything is overwritten', async () => {
        const { world, id } = stage;
        await world.change('Opportunity', id, { Amount: 9 });
        await world.fault({ ...PATCH, effect: { kind: 'hold', when: 'before' } });
        const settling = settle(stage);
        await world.control('GET', 'holds/next');
        const edited = await world.edit(stage.own.id, { '/details/notes': 'In between.' });
        await world.control('POST', 'holds/release');
        const [first, second, ...others] = await settling;
        assert.deepEqual(others, []);
        assert.deepEqual([first.ifMatch, second.ifMatch], [stage.own.eTag, edited.eTag]);
        const { Amount, Description } = await record(stage);
        const { dealValue, notes } = (await own(stage)).details;
        assert.deepEqual([Amount, Description, dealValue, notes], [9, 'In between.', 9, 'In between.']);
        assert.equal((await trail(stage)).filter((line) => line === 'Sent to Partner Center: deal value.').length, 1);
        await assertSettled(stage);
    });

    it('that keeps coming ends in waiting, not in a circle', async () => {
        const { world, id } = stage;
        await world.change('Opportunity', id, { Amount: 9 });
        await world.fault({ ...PATCH, times: 0, effect: { kind: 'status', status: 412 } });
        await world.control('DELETE', 'requests');
        const { body } = await world.share(id);
        assert.equal(body.state, 'waiting');
        const tries = (await world.control('GET', 'requests')).filter(
            ({ method, service }) => method === 'PATCH' && service === 'partnerCenter'
        );
        assert.ok(tries.length > 1 && tries.length < 10, `${tries.length} patches`);
        await world.control('DELETE', 'faults');
        await settle(stage);
    });

    it('that the org does not take waits for somebody, and the rest is written', async () => {
        const { world, id } = stage;
        const message = 'Deals of this size need an approval.';
        const body = [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message, fields: ['Amount'] }];
        await world.fault({ service: 'salesforce', method: 'PATCH', times: 1, effect: { kind: 'status', status: 400, body } });
        await world.edit(stage.own.id, { '/details/dealValue': 480000, '/consent/consentToShareReferralWithMicrosoftSellers': true });
        const { status, body: pair } = await world.share(id);
        assert.deepEqual([status, pair.state, pair.reason.code], [200, 'needsYou', 'salesforce.refused']);
        const held = await record(stage);
        assert.deepEqual([held.Amount, held.Deal_Type__c, held.Cosell_State__c], [612000, 'PartnerLed', 'NeedsYou']);
        assert.ok(held.Cosell_State_Reason__c.endsWith(message), held.Cosell_State_Reason__c);
        assert.deepEqual(await settle(stage), [], 'the value is not lost, and not overwritten');
        assert.deepEqual([(await record(stage)).Amount, (await own(stage)).details.dealValue], [480000, 480000]);
        await assertSettled(stage);
    });

    it('that Salesforce drops without a word is not written over and over: what the record holds stands', async () => {
        const { world } = stage;
        await world.fault({ service: 'salesforce', method: 'PATCH', times: 1, effect: { kind: 'status', status: 204 } });
        await world.edit(stage.own.id, { '/details/dealValue': 480000 });
        assert.deepEqual((await settle(stage)).map(paths), [['/details/dealValue']]);
        assert.deepEqual([(await record(stage)).Amount, (await own(stage)).details.dealValue], [612000, 612000]);
        await assertSettled(stage);
    });

    it('is told to a page as what Partner Center holds, now and when it looks again', async () => {
        const { world, id, first } = stage;
        assert.equal(first.held['/details/dealValue'], '612000');
        await world.edit(stage.own.id, { '/details/dealValue': 480000 });
        const { body } = await world.share(id);
        assert.equal(body.held['/details/dealValue'], '480000');
        const { body: later } = await world.ask('GET', id, { token: await world.token(id, 'read') });
        assert.deepEqual(later.held, body.held);
    });
});

describe('the end of a deal', () => {
    const stage = shared(CO_SELL);

    for (const { says, stageName, substatus, told } of [
        { says: 'won', stageName: 'Closed Won', substatus: 'Won', told: 'Marked the deal as won in Partner Center.' },
        {
            says: 'lost, without a reason where the org has no field for one',
            stageName: 'Closed Lost',
            substatus: 'Lost',
            told: 'Marked the deal as lost in Partner Center.'
        }
    ]) {
        it(`${says}: Salesforce’s closes the referral, and no change goes out after that`, async () => {
            const { world, id } = stage;
            await world.change('Opportunity', id, { StageName: stageName });
            const sent = await settle(stage);
            assert.equal(sent.length, 1);
            const { status, substatus: held } = await own(stage);
            assert.deepEqual([status, held], ['Closed', substatus]);
            assert.ok((await trail(stage)).includes(told), (await trail(stage)).join('\n'));
            await assertSettled(stage);

            await world.change('Opportunity', id, { Amount: 1 });
            await world.share(id);
            assert.deepEqual(await world.patches(), []);
        });
    }

    it('is not the end of what was asked: help that is wanted no longer needs somebody, also when they look again', async () => {
        const { world, id } = stage;
        await world.change('Opportunity', id, { How_can_Microsoft_help__c: null });
        const { status, body } = await world.share(id);
        assert.deepEqual([status, body.state], [422, 'needsYou']);
        assert.deepEqual(await world.patches(), []);
        const { body: later } = await world.ask('GET', id, { token: await world.token(id, 'read') });
        assert.deepEqual([later.state, later.reason.code, later.reason.message], ['needsYou', 'deal.not-ready', body.detail]);
    });

    it('in Partner Center closes the opportunity', async () => {
        const { world } = stage;
        await world.edit(stage.own.id, { '/status': 'Closed', '/substatus': 'Won' });
        assert.deepEqual(await settle(stage), []);
        const { StageName, Referral_Status__c } = await record(stage);
        assert.deepEqual([StageName, Referral_Status__c], ['Closed Won', 'Closed / Won']);
        assert.ok((await trail(stage)).includes('The deal was closed as won in Partner Center.'));
        await assertSettled(stage);
    });
});
