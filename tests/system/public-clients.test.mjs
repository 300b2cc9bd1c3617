// The sandbox's Salesforce is Salesforce enough for a client that has never heard of it.
import assert from 'node:assert/strict';
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { globalAgent } from 'node:https';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import jsforce from 'jsforce';

import { Process } from '../support/processes.mjs';

const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The assertion of the OAuth 2.0 JWT bearer flow, made by hand. */
function assertion({ consumerKey, username, audience, directory }) {
    const claims = { iss: consumerKey, sub: username, aud: audience, exp: Math.floor(Date.now() / 1000) + 120 };
    const content = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
    const key = readFileSync(join(directory, 'integration.key'));
    return `${content}.${createSign('RSA-SHA256').update(content).sign(key).toString('base64url')}`;
}

describe('jsforce', () => {
    let sandbox, connection;
    before(async () => {
        sandbox = await Process.start('cosell-sandbox', ['--until-stdin-closes']);
        globalAgent.options.ca = readFileSync(join(sandbox.ready.directory, 'ca.pem'));
        connection = new jsforce.Connection({ loginUrl: sandbox.ready.salesforce, version: '66.0' });
        await connection.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: assertion(sandbox.ready) });
    });
    after(() => sandbox.stop());

    it('logs in with the JWT bearer flow', () => {
        assert.ok(connection.accessToken);
        assert.equal(connection.userInfo.organizationId.slice(0, 15), sandbox.ready.orgId.slice(0, 15));
    });

    it('creates, reads, changes and deletes a record', async () => {
        const { id, success } = await connection.sobject('Account').create({ Name: 'Brückenbau Elbe', BillingCountry: 'DE' });
        assert.ok(success);
        await connection.sobject('Account').update({ Id: id, BillingCity: 'Dresden' });
        const account = await connection.sobject('Account').retrieve(id);
        assert.deepEqual([account.Name, account.BillingCity], ['Brückenbau Elbe', 'Dresden']);
        await connection.sobject('Account').destroy(id);
        await assert.rejects(connection.sobject('Account').retrieve(id), { errorCode: 'ENTITY_IS_DELETED' });
    });

    it('upserts by an external id', async () => {
        const [deal] = (await connection.query('SELECT Id FROM Opportunity LIMIT 1')).records;
        await connection.sobject('Opportunity').update({ Id: deal.Id, Referral_Identifier__c: 'ref-1' });
        await connection.sobject('Opportunity').upsert({ Referral_Identifier__c: 'ref-1', NextStep: 'Call' }, 'Referral_Identifier__c');
        const changed = await connection.sobject('Opportunity').retrieve(deal.Id);
        assert.equal(changed.NextStep, 'Call');
    });

    it('queries with a parent and a subquery', async () => {
        const { records } = await connection.query(
            "SELECT Id, Account.Name, (SELECT Contact.LastName FROM OpportunityContactRoles) FROM Opportunity WHERE Name = 'Warehouse modernisation'"
        );
        assert.equal(records[0].Account.Name, 'Halden Logistik GmbH');
        assert.equal(records[0].OpportunityContactRoles.records[0].Contact.LastName, 'Okafor');
    });

    it('is told what is wrong in Salesforce’s own form', async () => {
        await assert.rejects(connection.sobject('Opportunity').create({ Name: 'No date' }), { errorCode: 'REQUIRED_FIELD_MISSING' });
        await assert.rejects(connection.query('SELECT Nothing FROM Opportunity'), { errorCode: 'INVALID_FIELD' });
    });
});
