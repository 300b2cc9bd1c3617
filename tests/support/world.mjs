// The whole system on loopback: a sandbox with Salesforce, Partner Center and Entra ID, and the proxy in front of them.
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { at } from './paths.mjs';
import { Process } from './processes.mjs';

const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * What the demo's configuration leaves to a test: no waiting that a test would have to sit out. A setting that a world gives as
 * `undefined` has its default.
 */
const IMPATIENT = {
    COSELL_HTTP__TIMEOUT_SECONDS: '2',
    COSELL_RECONCILE__SETTLE_SECONDS: '0',
    COSELL_LOG__FILTER: 'info'
};

export class World {
    /** Starts the sandbox and, unless told otherwise, the proxy. */
    static async start({ proxy = true, page = false, env = {} } = {}) {
        const world = new World(env);
        world.sandbox = await Process.start('cosell-sandbox', page ? ['--page', at('target/www')] : []);
        if (proxy) await world.startProxy();
        return world;
    }

    constructor(env) {
        this.env = { ...IMPATIENT, ...env };
    }

    get page() {
        return this.sandbox.ready.page;
    }

    /** (Re)starts the proxy on the same store. */
    async startProxy(env = {}) {
        const configuration = join(this.sandbox.ready.directory, 'proxy.toml');
        this.proxy = await Process.start('cosell-proxy', ['serve', '--config', configuration], { ...this.env, ...env });
        await this.control('PATCH', 'settings', { Proxy_Url__c: this.proxy.ready.listen });
        return this.proxy;
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
    async ask(method, opportunityId, { token, path = method === 'POST' ? '/reconcile' : '', headers = {} } = {}) {
        const bearer = token === undefined ? await this.token(opportunityId) : token;
        const response = await fetch(`${this.proxy.ready.listen}/v1/opportunities/${opportunityId}${path}`, {
            method,
            headers: { ...(bearer ? { authorization: `Bearer ${bearer}` } : {}), ...headers }
        });
        const text = await response.text();
        return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
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
