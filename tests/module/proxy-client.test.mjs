// The module's client of the proxy, against a server that misbehaves in every way a network can.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { inspect } from 'node:util';

import { loadModule } from '../support/module.mjs';

const ID = '006Qy00000AbCdEIAV';
const STATE = { opportunityId: ID, state: 'inStep', findings: [] };
const problem =
    (status, body, headers = {}) =>
    (request, response) =>
        response.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify(body));

/** What the server does → what the caller gets. */
const CASES = [
    {
        says: 'an answer is handed over as it is',
        answer: (request, response) => response.end(JSON.stringify(STATE)),
        gives: { state: 'inStep', opportunityId: ID }
    },
    {
        says: 'a problem rejects with its code, status and detail',
        answer: problem(403, { code: 'token.record', title: 'Another record', detail: 'The token is for another record.' }),
        rejects: { code: 'token.record', status: 403, message: 'The token is for another record.' }
    },
    {
        says: 'a refused deal brings its findings',
        answer: problem(422, { code: 'deal.not-ready', title: 'Not ready', findings: [{ code: 'amount.zero' }] }),
        rejects: { code: 'deal.not-ready', status: 422, findings: [{ code: 'amount.zero' }] }
    },
    {
        says: 'a service that asks for patience says how long',
        answer: problem(503, { code: 'salesforce.unavailable', title: 'Unavailable' }, { 'retry-after': '30' }),
        rejects: { code: 'salesforce.unavailable', status: 503, retryAfter: 30 }
    },
    {
        says: 'an answer that is no JSON is unreadable',
        answer: (request, response) => response.end('<html>'),
        rejects: { code: 'proxy.unreadable', status: 200 }
    },
    {
        says: 'an answer that is JSON and no state is unreadable',
        answer: (request, response) => response.end('[1]'),
        rejects: { code: 'proxy.unreadable', status: 200 }
    },
    {
        says: 'a gateway page is unreadable with its status',
        answer: (request, response) => response.writeHead(502).end('Bad gateway'),
        rejects: { code: 'proxy.unreadable', status: 502 }
    },
    {
        says: 'a connection that breaks is unreachable',
        answer: (request, response) => response.socket.destroy(),
        rejects: { code: 'proxy.unreachable' }
    },
    {
        says: 'a server that never answers is a timeout',
        answer: () => {},
        timeoutMs: 50,
        rejects: { code: 'proxy.timeout' }
    }
];

describe('the client of the proxy', () => {
    let ProxyClient, server, baseUrl, answer, seen;
    before(async () => {
        ({ ProxyClient } = await loadModule());
        server = createServer((request, response) => {
            seen = request;
            answer(request, response);
        });
        await new Promise((done) => server.listen(0, '127.0.0.1', done));
        baseUrl = `http://127.0.0.1:${server.address().port}`;
    });
    after(() => {
        server.closeAllConnections();
        server.close();
    });

    for (const given of CASES) {
        it(given.says, async () => {
            ({ answer } = given);
            const client = new ProxyClient({ baseUrl, timeoutMs: given.timeoutMs, locale: 'fr' });
            if (given.gives) {
                const state = await client.reconcile(ID, 'token');
                for (const [name, value] of Object.entries(given.gives)) assert.deepEqual(state[name], value, name);
                return;
            }
            const error = await client.reconcile(ID, 'token').then(
                () => assert.fail('must reject'),
                (reason) => reason
            );
            assert.ok(error instanceof Error);
            for (const [name, value] of Object.entries(given.rejects)) assert.deepEqual(error[name], value, name);
        });
    }

    it('asks with the token, the language and the path of the opportunity', async () => {
        answer = (request, response) => response.end(JSON.stringify(STATE));
        const client = new ProxyClient({ baseUrl: `${baseUrl}/`, locale: 'fr' });
        await client.reconcile(ID, 'the-token');
        assert.deepEqual(
            [seen.method, seen.url, seen.headers.authorization, seen.headers['accept-language']],
            ['POST', `/v1/opportunities/${ID}/reconcile`, 'Bearer the-token', 'fr']
        );
        await client.read(ID, 'the-token');
        assert.deepEqual([seen.method, seen.url], ['GET', `/v1/opportunities/${ID}`]);
    });

    it('sends an answer to a referral that came in, with its reason', async () => {
        let body = '';
        answer = async (request, response) => {
            body = '';
            for await (const chunk of request) body += chunk;
            response.end(JSON.stringify(STATE));
        };
        const client = new ProxyClient({ baseUrl });
        await client.decide(ID, 'token', 'decline', 'Said “no”,\nand "never"');
        assert.deepEqual(
            [seen.method, seen.url, seen.headers['content-type'], JSON.parse(body)],
            ['POST', `/v1/opportunities/${ID}/decision`, 'application/json', { decision: 'decline', reason: 'Said “no”,\nand "never"' }]
        );
        await client.decide(ID, 'token', 'accept', '');
        assert.deepEqual(JSON.parse(body), { decision: 'accept' });
    });

    it('asks as an admin, with a body where there is one', async () => {
        let body = '';
        answer = async (request, response) => {
            body = '';
            for await (const chunk of request) body += chunk;
            response.end(JSON.stringify({ connections: [] }));
        };
        const client = new ProxyClient({ baseUrl });
        assert.deepEqual(await client.admin('GET', 'attention?limit=50', 'token'), { connections: [] });
        assert.deepEqual(
            [seen.method, seen.url, body, seen.headers['content-type']],
            ['GET', '/v1/admin/attention?limit=50', '', undefined]
        );
        await client.admin('POST', 'webhooks', 'token', '{"overwrite":true}');
        assert.deepEqual([seen.method, seen.url, body], ['POST', '/v1/admin/webhooks', '{"overwrite":true}']);
    });

    for (const token of ['line\nbreak', 'blank space', 'tökén']) {
        it(`never puts ${JSON.stringify(token)} into a header`, async () => {
            const error = await new ProxyClient({ baseUrl }).read(ID, token).catch((reason) => reason);
            assert.equal(error.code, 'token.invalid');
        });
    }

    for (const [wrong, options] of [
        ['baseUrl', undefined],
        ['baseUrl', {}],
        ['baseUrl', { baseUrl: 5 }],
        ['baseUrl', { baseUrl: 'httpx://y' }],
        ['baseUrl', { baseUrl: 'http' }],
        ['timeoutMs', { baseUrl: 'https://y.example', timeoutMs: 'soon' }],
        ['timeoutMs', { baseUrl: 'https://y.example', timeoutMs: -1 }],
        ['timeoutMs', { baseUrl: 'https://y.example', timeoutMs: NaN }],
        ['locale', { baseUrl: 'https://y.example', locale: 5 }],
        ['locale', { baseUrl: 'https://y.example', locale: 'fr\n' }]
    ]) {
        it(`is not made from ${inspect(options)}, and says that ${wrong} is wrong`, () => {
            assert.throws(() => new ProxyClient(options), { code: 'settings.unreadable', message: new RegExp(`^${wrong} `) });
        });
    }

    it('takes null for an option that is not given', async () => {
        answer = (request, response) => response.end(JSON.stringify(STATE));
        await new ProxyClient({ baseUrl, timeoutMs: null, locale: null }).read(ID, 'token');
        assert.equal(seen.headers['accept-language'], 'en');
    });

    it('serves calls that overlap, each with its own answer', async () => {
        answer = (request, response) => {
            const state = { ...STATE, asked: request.method };
            setTimeout(() => response.end(JSON.stringify(state)), request.method === 'GET' ? 40 : 0);
        };
        const client = new ProxyClient({ baseUrl });
        const states = await Promise.all([client.read(ID, 'token'), client.reconcile(ID, 'token')]);
        assert.deepEqual(
            states.map((state) => state.asked),
            ['GET', 'POST']
        );
    });

    it('finishes a call whose client is freed meanwhile', async () => {
        answer = (request, response) => setTimeout(() => response.end(JSON.stringify(STATE)), 20);
        const client = new ProxyClient({ baseUrl });
        const state = client.read(ID, 'token');
        client.free();
        assert.equal((await state).state, 'inStep');
    });

    it('rejects also when what stops a call is no Error', async (test) => {
        test.mock.method(globalThis, 'fetch', () => Promise.reject('blocked'));
        const error = await new ProxyClient({ baseUrl }).read(ID, 'token').catch((reason) => reason);
        assert.equal(error.code, 'proxy.unreachable');
    });

    it('calls a body that never ends a timeout', async () => {
        answer = (request, response) => response.write('{');
        const error = await new ProxyClient({ baseUrl, timeoutMs: 50 }).read(ID, 'token').catch((reason) => reason);
        assert.equal(error.code, 'proxy.timeout');
    });

    for (const id of ['', '../admin', '006', `${ID}/x`, '006Qy00000AbCdEIA?']) {
        it(`never puts ${JSON.stringify(id)} into a path`, async () => {
            const error = await new ProxyClient({ baseUrl }).read(id, 'token').catch((reason) => reason);
            assert.equal(error.code, 'opportunity.id');
        });
    }
});
