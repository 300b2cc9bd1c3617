// The whole system on loopback: a sandbox with Salesforce, Partner Center and Entra ID, and the proxy in front of them.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { at } from './paths.mjs';
import { Process, run } from './processes.mjs';

const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * What the demo's configuration leaves to a test: no waiting that a test would have to sit out, no looking for changes, whose
 * calls would come between those that a test counts, and no webhooks. A setting that a world gives as `undefined` is what the
 * sandbox's configuration or the defaults say.
 */
const IMPATIENT = {
    COSELL_HTTP__TIMEOUT_SECONDS: '2',
    COSELL_RECONCILE__SETTLE_SECONDS: '0',
    COSELL_FEED__INTERVAL_SECONDS: '0',
    COSELL_SWEEP__INTERVAL_SECONDS: '0',
    COSELL_WEBHOOKS__PUBLIC_URL: '',
    COSELL_LOG__FILTER: 'info'
};

/** With webhooks, and a worker that need not be waited for. */
export const WEBHOOKS = { COSELL_WEBHOOKS__PUBLIC_URL: undefined, COSELL_RECONCILE__WORKER_INTERVAL_SECONDS: '0.2' };

export class World {
    /** Starts the sandbox and, unless told otherwise, the proxy. */
    static async start({ proxy = true, page = false, env = {} } = {}) {
        const world = new World(env);
        world.sandbox = await Process.start('cosell-sandbox', ['--until-stdin-closes', ...(page ? ['--page', at('target/www')] : [])]);
        if (proxy) await world.startProxy();
        return world;
    }

    constructor(env) {
        this.env = { ...IMPATIENT, ...env };
    }

    get page() {
        return this.sandbox.ready.page;
    }

    get #configuration() {
        return ['--config', join(this.sandbox.ready.directory, 'proxy.toml')];
    }

    /** (Re)starts the proxy on the same store. */
    async startProxy(env = {}) {
        this.proxy = await this.startReplica(env);
        await this.control('PATCH', 'settings', { Proxy_Url__c: this.proxy.ready.listen });
        return this.proxy;
    }

    /** Starts another process of the proxy, which the org does not know. */
    startReplica(env = {}) {
        return Process.start('cosell-proxy', ['serve', ...this.#configuration], { ...this.env, ...env });
    }

    /** Runs a command of the proxy with its configuration: `{ code, out, log }`. */
    command(...words) {
        return run('cosell-proxy', [...words, ...this.#configuration], { ...this.env, COSELL_LOG__FILTER: 'off' });
    }

    /** Kills the proxy and takes its store away. */
    async forget() {
        await this.proxy?.kill();
        for (const ending of ['', '-wal', '-shm']) rmSync(join(this.sandbox.ready.directory, `cosell.sqlite${ending}`), { force: true });
    }

    /** Kills the proxy and starts it again on the same store, with these settings in addition. */
    async restart(env) {
        await this.proxy.kill();
        await this.startProxy(env);
    }

    /** Back to the sample data, with a proxy that remembers nothing. */
    async reset() {
        await this.forget();
        await this.control('POST', 'reset');
        this.#cookie = undefined;
        await this.startProxy();
    }

    async stop() {
        await this.proxy?.kill();
        await this.sandbox?.stop();
    }

    /** A lever of the sandbox: its answer's body, `undefined` for none. */
    async control(method, path, body) {
        const response = await fetch(`${this.page}/_sandbox/${path}`, {
            method,
            headers: body ? JSON_TYPE : {},
            body: body && JSON.stringify(body)
        });
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
        const text = await response.text();
        return text ? JSON.parse(text) : undefined;
    }

    /** Switches a fault on. */
    fault(fault) {
        return this.control('POST', 'faults', fault);
    }

    /** Everything that Partner Center holds. */
    referrals() {
        return this.control('GET', 'referrals');
    }

    /** What Partner Center holds of an opportunity: our referrals of it, and Microsoft's. */
    async pair(opportunityId) {
        const ofDeal = (await this.referrals()).filter(({ externalReferenceId }) => externalReferenceId === opportunityId);
        const microsoft = ofDeal.filter(({ target }) => target?.some(({ id }) => id === 'msft'));
        return { own: ofDeal.filter((referral) => !microsoft.includes(referral)), microsoft };
    }

    /** Edits a referral as somebody does in the portal: paths and their new values. */
    edit(id, values) {
        const operations = Object.entries(values).map(([path, value]) => ({ op: 'replace', path, value }));
        return this.control('PATCH', `referrals/${id}`, operations);
    }

    /** A referral comes to us: what Partner Center holds of it as ours. `values` are properties that are not as invented. */
    async receive(kind = 'co-sell', values = {}) {
        return (await this.control('POST', 'referrals/inbound', { kind, ...values })).at(-1);
    }

    /** Our referral as Partner Center holds it. */
    async referral(id) {
        return (await this.referrals()).find((referral) => referral.id === id);
    }

    /** The opportunities of a referral, whole, with all that hangs on them. */
    async opportunitiesOf({ id }) {
        const found = await this.query(`SELECT Id FROM Opportunity WHERE Referral_Identifier__c = '${id}'`);
        return Promise.all(found.map(({ Id }) => this.record('Opportunity', Id)));
    }

    /** The patches that the proxy asked for since the last call of this, whatever came of them: `{ id, ifMatch, operations }`. */
    async patches() {
        const patches = await this.control('GET', 'patches');
        await this.control('DELETE', 'patches');
        return patches;
    }

    /** From now on lists tell of the referrals that exist now; 0 lets them tell of all again. */
    staleLists(lists) {
        return this.control('PATCH', 'partner-center', { staleLists: lists });
    }

    #cookie;

    /** The session that a seller's browser has after opening the page. */
    async #session() {
        if (!this.#cookie) {
            const response = await fetch(`${this.page}/lightning/o/Opportunity/list`);
            this.#cookie = response.headers.getSetCookie()[0]?.split(';')[0];
            if (!this.#cookie) throw new Error('the page gave no session');
        }
        return this.#cookie;
    }

    /** A call to the org as the seller's browser makes it. */
    async org(method, path, body) {
        const response = await fetch(`${this.page}${path}`, {
            method,
            headers: { ...JSON_TYPE, cookie: await this.#session() },
            body: body && JSON.stringify(body)
        });
        const text = await response.text();
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
        return text ? JSON.parse(text) : undefined;
    }

    /** The records of a query. */
    async query(soql) {
        return (await this.org('GET', `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`)).records;
    }

    /** An opportunity by its name, with all that hangs on it. */
    async opportunity(name) {
        const [found] = await this.query(`SELECT Id, AccountId, Name FROM Opportunity WHERE Name = '${name.replaceAll("'", "\\'")}'`);
        if (!found) throw new Error(`the sample data has no opportunity called ${name}`);
        return found;
    }

    /** A record, whole. */
    record(object, id) {
        return this.org('GET', `/services/data/v66.0/sobjects/${object}/${id}`);
    }

    /** Changes a record as a seller would. */
    change(object, id, fields) {
        return this.org('PATCH', `/services/data/v66.0/sobjects/${object}/${id}`, fields);
    }

    /** A token as the org's Apex issues it. */
    token(opportunityId, action = 'share') {
        return this.org('POST', '/apex/CosellTokenController/issue', { opportunityId, action });
    }

    /** A call to the proxy: `{ status, headers, body }`. Without a token one is asked for. */
    async ask(method, opportunityId, { token, path = method === 'POST' ? '/reconcile' : '', ...request } = {}) {
        const bearer = token === undefined ? await this.token(opportunityId) : token;
        return this.#call(method, `/v1/opportunities/${opportunityId}${path}`, bearer, request);
    }

    async #call(method, path, bearer, { headers = {}, body, proxy = this.proxy } = {}) {
        const response = await fetch(`${proxy.ready.listen}${path}`, {
            method,
            headers: { ...(bearer ? { authorization: `Bearer ${bearer}` } : {}), ...(body ? JSON_TYPE : {}), ...headers },
            body: body && JSON.stringify(body)
        });
        const text = await response.text();
        return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
    }

    /** A call of whoever sets the proxy up, such as `webhooks`, with a token that the org signs for that. */
    async administer(method, path, body) {
        const now = Math.floor(Date.now() / 1000);
        const org = this.sandbox.ready.orgId;
        const claims = { iss: org, sub: org, aud: 'cosell-proxy', iat: now, exp: now + 60, rec: org, act: 'admin' };
        const token = await this.control('POST', 'seller-tokens', claims);
        return this.#call(method, `/v1/admin/${path}`, token, { body });
    }

    /** A seller's answer to a referral: `{ decision, reason }`. */
    async decide(opportunityId, body) {
        const token = await this.token(opportunityId, 'decide');
        return this.ask('POST', opportunityId, { token, path: '/decision', body });
    }

    /** Shares an opportunity, or makes both sides equal again. */
    share(opportunityId) {
        return this.ask('POST', opportunityId);
    }

    /** The calls to Partner Center that create something, as the sandbox counted them. */
    async creates() {
        const requests = await this.control('GET', 'requests');
        return requests.filter(({ service, method }) => service === 'partnerCenter' && method === 'POST');
    }
}

/** Asks again and again, and gives the first answer that is neither false nor missing. */
export async function eventually(what, ask, seconds = 30) {
    const end = performance.now() + seconds * 1000;
    for (;;) {
        const answer = await ask();
        if (answer) return answer;
        assert.ok(performance.now() < end, `${what}: not within ${seconds} s`);
        await pause(50);
    }
}

/** Fields that make an opportunity ready to be shared as co-sell, beside what the sample data holds. */
export const CO_SELL = {
    Sync_with_Partner_Center__c: true,
    How_can_Microsoft_help__c: 'ProofOfConceptOrDemo',
    Visible_to_Microsoft_Sellers__c: true,
    Customer_Consent__c: true
};
