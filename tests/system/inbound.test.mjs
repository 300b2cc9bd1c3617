// Referrals that come in: from Microsoft's seller through a signed event into Salesforce, on hold there until somebody answers, and
// the answer back to Partner Center. Nobody clicks unless the sentence says so.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { WEBHOOKS, World, eventually } from '../support/world.mjs';

const DECLINED = "Customer didn't respond";
const IN_ORG = { customerProfile: { name: 'Björkvik Transport AB', address: { city: 'Göteborg', postalCode: '411 19', country: 'SE' } } };

let world;
const children = (object, id, fields, lookup = 'OpportunityId') => world.query(`SELECT ${fields} FROM ${object} WHERE ${lookup} = '${id}'`);
const accounts = (name) => world.query(`SELECT Id FROM Account WHERE Name = '${name}'`);

/** The one opportunity of a referral, once all that belongs to it is there. */
async function arrived(referral, holds = () => true) {
    return eventually('the opportunity', async () => {
        const [one, ...more] = await world.opportunitiesOf(referral);
        assert.deepEqual(more, [], 'one opportunity');
        return one && (await holds(one)) && one;
    });
}

const titles = async (id) =>
    (await children('ContentDocumentLink', id, 'ContentDocument.Title', 'LinkedEntityId')).map(
        ({ ContentDocument }) => ContentDocument.Title
    );
const hasNote = async ({ Id }) => (await titles(Id)).length > 0;

/** Waits until Partner Center holds the referral in this status. */
const stands = (referral, status, substatus) =>
    eventually(`${status} ${substatus}`, async () => {
        const now = await world.referral(referral.id);
        return now.status === status && now.substatus === substatus && now;
    });

const standing = ({ status, substatus }) => [status, substatus];

function withWebhooks(env = {}) {
    before(async () => {
        world = await World.start({ page: true, env: { ...WEBHOOKS, ...env } });
    });
    after(() => world.stop());
    beforeEach(async () => {
        await world.reset();
        await world.administer('POST', 'webhooks', { overwrite: true });
    });
}

describe('a referral of Microsoft’s seller', () => {
    withWebhooks();

    it('becomes one opportunity on hold, with its account, contact, role, team, solutions, note and value', async () => {
        const referral = await world.receive();
        const deal = await arrived(referral, hasNote);
        const expected = {
            Name: 'Bottling line telemetry',
            StageName: 'On Hold',
            Amount: 62000,
            CurrencyIsoCode: 'NOK',
            CloseDate: '2030-06-30',
            Description: "Wants the line's sensors in one view by summer.",
            Referral_Identifier__c: referral.id,
            Engagement_Identifier__c: referral.engagementId,
            Sync_with_Partner_Center__c: true
        };
        for (const [field, value] of Object.entries(expected)) assert.equal(deal[field], value, field);
        assert.ok(deal.Referral_Link__c.includes(referral.id));
        const account = await world.record('Account', deal.AccountId);
        assert.deepEqual(
            [account.Name, account.BillingCity, account.BillingPostalCode, account.BillingCountry],
            ['Kvernå Bryggeri AS', 'Trondheim', '7012', 'NO']
        );
        const [role, ...roles] = await children('OpportunityContactRole', deal.Id, 'IsPrimary, Contact.Email, Contact.LastName');
        assert.deepEqual([roles.length, role.IsPrimary, role.Contact.Email], [0, true, 'signe.aalberg@kvernaa.example']);
        const solutions = await children('Microsoft_Solution__c', deal.Id, 'Solution_Identifier__c', 'Opportunity__c');
        assert.deepEqual(
            solutions.map((one) => one.Solution_Identifier__c),
            ['SOL-20417-KXD']
        );
        const team = await children('OpportunityTeamMember', deal.Id, 'User.Email');
        assert.deepEqual(
            team.map(({ User }) => User.Email),
            ['jo.lindqvist@partner.example']
        );
        assert.equal((await titles(deal.Id)).length, 1);
        assert.match(deal.Audit__c, /This referral came through Partner Center and waits for your answer\./);
        assert.match(deal.Audit__c, /Made the account Kvernå Bryggeri AS for it\./);
    });

    it('whose customer is in the org belongs to that account', async () => {
        const [known] = await accounts(IN_ORG.customerProfile.name);
        const deal = await arrived(await world.receive('co-sell', IN_ORG));
        assert.equal(deal.AccountId, known.Id);
        assert.equal((await accounts(IN_ORG.customerProfile.name)).length, 1);
    });

    it('whose customer could be several accounts gets a new one, and the trail says so', async () => {
        const [known] = await accounts(IN_ORG.customerProfile.name);
        const { Name, BillingCity, BillingPostalCode, BillingCountry } = await world.record('Account', known.Id);
        await world.org('POST', '/services/data/v66.0/sobjects/Account', { Name, BillingCity, BillingPostalCode, BillingCountry });
        const deal = await arrived(await world.receive('co-sell', IN_ORG));
        assert.equal((await accounts(Name)).length, 3);
        assert.match(deal.Audit__c, /Several accounts could be Björkvik Transport AB/);
    });

    it('told of twice, or many times, is one opportunity', async () => {
        await world.control('POST', 'webhooks/faults', { times: 0, effect: { kind: 'double' } });
        const referral = await world.receive();
        await arrived(referral, hasNote);
        for (const { id } of await world.control('GET', 'webhooks/deliveries'))
            await world.control('POST', `webhooks/deliveries/${id}/repeat`);
        const other = await world.receive('co-sell', { name: 'Told of afterwards' });
        await arrived(other, hasNote);
        assert.equal((await world.opportunitiesOf(referral)).length, 1);
        assert.equal((await accounts('Kvernå Bryggeri AS')).length, 1);
    });

    const WITHOUT = [
        { feature: 'notes', says: /Left out: the sender’s notes, because notes are off in this org\./ },
        { feature: 'teams', says: /Left out: the team \(jo\.lindqvist@partner\.example\), because opportunity teams are off/ },
        { feature: 'multiCurrency', only: 'NOK', says: /Made the account Kvernå Bryggeri AS for it\./ },
        {
            feature: 'multiCurrency',
            only: 'EUR',
            amount: null,
            says: /Left out: the deal value 62000 NOK, because this org has only one currency\./
        }
    ];
    for (const { feature, only, amount = 62000, says } of WITHOUT) {
        it(`in an org without ${feature} comes all the same, and the trail says what is left out: ${only ?? 'it'}`, async () => {
            await world.control('PATCH', 'features', { [feature]: false });
            if (only) await world.control('PATCH', 'settings', { Default_Currency__c: only });
            const deal = await arrived(await world.receive());
            assert.match(deal.Audit__c, says);
            assert.deepEqual([deal.StageName, deal.Amount], ['On Hold', amount]);
        });
    }

    it('in another currency than the org’s only one gets its value from the seller, and Microsoft gets it with the currency', async () => {
        await world.control('PATCH', 'features', { multiCurrency: false });
        await world.control('PATCH', 'settings', { Default_Currency__c: 'EUR' });
        const referral = await world.receive();
        const deal = await arrived(referral, hasNote);
        const money = async () => {
            const { details } = await world.referral(referral.id);
            return [details.dealValue, details.currency];
        };
        await world.share(deal.Id);
        assert.equal((await world.decide(deal.Id, { decision: 'accept' })).body.state, 'needsYou');
        const { body } = await world.ask('GET', deal.Id);
        assert.deepEqual([body.state, await money()], ['needsYou', [62000, 'NOK']], JSON.stringify(body.reason));
        assert.equal((await world.record('Opportunity', deal.Id)).Amount, null);
        await world.change('Opportunity', deal.Id, { Amount: 5300 });
        await world.share(deal.Id);
        assert.deepEqual(await money(), [5300, 'EUR']);
        assert.equal((await world.record('Opportunity', deal.Id)).Amount, 5300);
    });

    it('that no event told of is found by the sweep', async () => {
        await world.control('POST', 'webhooks/faults', { times: 0, effect: { kind: 'vanish' } });
        await world.restart({ COSELL_SWEEP__INTERVAL_SECONDS: '1' });
        const deal = await arrived(await world.receive());
        assert.equal(deal.StageName, 'On Hold');
        await world.restart();
    });
});

describe('a referral that waits for its answer', () => {
    let referral, deal;
    const record = () => world.record('Opportunity', deal.Id);
    const audit = (words) => eventually(words.source, async () => words.test((await record()).Audit__c));
    withWebhooks({ COSELL_FEED__INTERVAL_SECONDS: '0.5' });
    beforeEach(async () => {
        referral = await world.receive();
        deal = await arrived(referral, hasNote);
    });

    it('keeps what the seller edits to itself until it is accepted', async () => {
        await world.patches();
        await world.change('Opportunity', deal.Id, { Amount: 99000 });
        const { body } = await world.share(deal.Id);
        assert.equal(body.state, 'inStep', JSON.stringify(body));
        assert.deepEqual(await world.patches(), []);
        assert.equal((await world.referral(referral.id)).details.dealValue, 62000);
        const held = await record();
        assert.equal(held.Amount, 99000);
        // Salesforce's times are whole seconds: a second change within one of them has the version of the first.
        await eventually('the next second', () => Date.now() >= Date.parse(held.LastModifiedDate) + 1000);
        await world.change('Opportunity', deal.Id, { StageName: 'Qualification' });
        const now = await stands(referral, 'Active', 'Accepted');
        await eventually('the amount', async () => (await world.referral(now.id)).details.dealValue === 99000);
    });

    it('is accepted by moving the stage', async () => {
        await world.change('Opportunity', deal.Id, { StageName: 'Qualification' });
        await stands(referral, 'Active', 'Accepted');
        await audit(/Accepted the referral\./);
    });

    it('is accepted by the seller’s click, which moves the stage; a second click comes to the same', async () => {
        for (const _ of [1, 2]) {
            const { status, body } = await world.decide(deal.Id, { decision: 'accept' });
            assert.deepEqual([status, body.state], [200, 'inStep'], JSON.stringify(body));
        }
        assert.deepEqual(standing(await world.referral(referral.id)), ['Active', 'Accepted']);
        assert.equal((await record()).StageName, 'Qualification');
        assert.equal((await record()).Audit__c.match(/Accepted the referral\./g).length, 1);
    });

    it('is declined with a reason of the list, and with no other', async () => {
        for (const reason of ['', 'Because']) {
            const { status, body } = await world.decide(deal.Id, { decision: 'decline', reason });
            assert.deepEqual([status, body.code], [422, 'decision.reason']);
        }
        assert.deepEqual(standing(await world.referral(referral.id)), ['New', 'Pending']);
        const { status, body } = await world.decide(deal.Id, { decision: 'decline', reason: DECLINED });
        assert.equal(status, 200, JSON.stringify(body));
        const declined = await world.referral(referral.id);
        assert.deepEqual([...standing(declined), declined.statusReason], ['Closed', 'Declined', DECLINED]);
        assert.equal((await record()).StageName, 'Closed Lost');
        assert.match((await record()).Audit__c, /Declined the referral: Customer didn't respond/);
        const { status: late, body: refused } = await world.decide(deal.Id, { decision: 'accept' });
        assert.deepEqual([late, refused.code], [409, 'decision.answered']);
    });

    it('may be answered by nobody whose token is for something else', async () => {
        const token = await world.token(deal.Id, 'share');
        const { status, body } = await world.ask('POST', deal.Id, { token, path: '/decision', body: { decision: 'accept' } });
        assert.deepEqual([status, body.code], [403, 'token.action']);
        assert.deepEqual(standing(await world.referral(referral.id)), ['New', 'Pending']);
    });

    it('that is accepted in Partner Center leaves the on-hold stage', async () => {
        await world.edit(referral.id, { '/status': 'Active', '/substatus': 'Accepted' });
        await eventually('the stage', async () => (await record()).StageName === 'Qualification');
        await audit(/The referral was accepted in Partner Center\./);
    });

    it('expires when nobody answers in time, and cannot be answered after', async () => {
        const due = Date.parse((await world.referral(referral.id)).expirationDateTime);
        const advanceSeconds = Math.ceil((due - Date.now()) / 1000) + 60;
        await world.control('POST', 'clock', { advanceSeconds, only: 'microsoft' });
        await stands(referral, 'Closed', 'Expired');
        await audit(/The referral expired in Partner Center: nobody answered in time\./);
        const { status, body } = await world.decide(deal.Id, { decision: 'accept' });
        assert.deepEqual([status, body.code], [409, 'decision.expired']);
    });
});

describe('a proxy that is killed while a referral comes in', () => {
    let calls, whole;
    const name = ({ service, method, path }) => `${service} ${method} ${path.split('?')[0].replace(/[0-9A-Za-z-]{15,}/g, '…')}`;

    /** What there is of a referral, without what differs from run to run. */
    const outcome = async (referral) => {
        const deal = await arrived(referral, hasNote);
        const counts = {
            accounts: await accounts('Kvernå Bryggeri AS'),
            contacts: await world.query("SELECT Id FROM Contact WHERE Email = 'signe.aalberg@kvernaa.example'"),
            roles: await children('OpportunityContactRole', deal.Id, 'Id'),
            solutions: await children('Microsoft_Solution__c', deal.Id, 'Id', 'Opportunity__c'),
            team: await children('OpportunityTeamMember', deal.Id, 'Id'),
            notes: await titles(deal.Id)
        };
        return { stage: deal.StageName, ...Object.fromEntries(Object.entries(counts).map(([of, all]) => [of, all.length])) };
    };

    /** One event only, so that the calls are the same in every run. */
    const prepare = async () => {
        await world.control('POST', 'webhooks/faults', { event: 'related-referral-created', times: 0, effect: { kind: 'vanish' } });
        await world.control('DELETE', 'requests');
    };

    /** The calls that take a referral in, from the first look at its engagement to the note, its last record. */
    const taking = async () => {
        const requests = await world.control('GET', 'requests');
        return requests.slice(0, requests.findLastIndex(({ path }) => path.endsWith('/composite')) + 1);
    };

    // Between two looks of the worker a referral is taken in whole, so nothing else calls meanwhile.
    withWebhooks({ COSELL_HTTP__TIMEOUT_SECONDS: '30', COSELL_RECONCILE__WORKER_INTERVAL_SECONDS: '2' });
    beforeEach(() => prepare());

    it('is known to make its records by composite calls, the last one its note', async () => {
        const referral = await world.receive();
        whole = await outcome(referral);
        calls = await taking();
        assert.deepEqual(whole, { stage: 'On Hold', accounts: 1, contacts: 1, roles: 1, solutions: 1, team: 1, notes: 1 });
        assert.ok(calls.filter(({ path }) => path.endsWith('/composite')).length >= 3, calls.map(name).join('\n'));
    });

    const MATRIX = [
        { when: 'before', of: 'each of those calls', includes: () => true },
        { when: 'after', of: 'each of those that write', includes: ({ path }) => path.endsWith('/composite') }
    ];
    for (const { when, of, includes } of MATRIX) {
        it(`${when} ${of} makes each record once`, async (context) => {
            for (const [position, call] of calls.entries()) {
                if (!includes(call)) continue;
                await context.test(`${position + 1}. ${name(call)}`, async () => {
                    await world.reset();
                    await world.administer('POST', 'webhooks');
                    await prepare();
                    await world.fault({ skip: position, effect: { kind: 'hold', when } });
                    const referral = await world.receive();
                    assert.equal(name(await world.control('GET', 'holds/next')), name(call), 'the same run');
                    await world.proxy.kill();
                    await world.control('DELETE', 'faults');
                    await world.startProxy();
                    assert.deepEqual(await outcome(referral), whole);
                });
            }
        });
    }

    it('or never hears that its records were made, makes them once', async () => {
        await world.fault({ service: 'salesforce', path: '/composite', times: 0, effect: { kind: 'drop', when: 'after' } });
        const referral = await world.receive();
        const lost = async () => (await world.control('GET', 'faults'))[0].hits;
        await eventually('a lost answer', async () => (await lost()) > 0);
        await world.control('DELETE', 'faults');
        await world.restart();
        assert.deepEqual(await outcome(referral), whole);
    });
});
