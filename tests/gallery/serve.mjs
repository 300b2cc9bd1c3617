// Serves the gallery's page on loopback, and plays the org and the proxy behind it as one state of the gallery says they answer.
// It must not know any component.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

import { at } from '../support/paths.mjs';

/** What the Content Security Policy of Lightning Experience lets components do. */
const POLICY =
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'";

const TYPES = {
    '.css': 'text/css',
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.svg': 'image/svg+xml',
    '.wasm': 'application/wasm'
};

const REFUSED = Symbol('refused');

/** An answer that is no success: an HTTP status with a body, as Apex, the UI API or the proxy give it. */
export const refused = (status, body) => ({ [REFUSED]: status, body });

/** An answer that never comes. */
export const NEVER = Symbol('never');

/** The connection breaks: nobody is there. */
export const GONE = Symbol('gone');

/** An Apex method that throws a code. */
export const thrown = (code) => refused(500, { message: code });

/**
 * A record with the fields that were asked for, in the UI API's form; its values are looked up in a record as a REST query returns it.
 * What that lacks is a field that the org does not have.
 */
function uiRecord(record, apiName, names) {
    const groups = new Map();
    for (const [name, ...rest] of names) groups.set(name, [...(groups.get(name) ?? []), ...(rest.length ? [rest] : [])]);
    const fields = {};
    for (const [name, inner] of groups) {
        if (!(name in record)) continue;
        const value = record[name];
        fields[name] = { displayValue: null, value: inner.length && value ? uiRecord(value, name, inner) : value };
    }
    return { apiName, id: record.Id, eTag: '1', weakEtag: 1, lastModifiedDate: record.LastModifiedDate ?? null, fields };
}

/** A record after a save, with the fields that were saved. The state stays as it is: nobody reads them again. */
const saved = (record, fields) =>
    uiRecord(
        { ...record, ...fields },
        record.attributes?.type ?? 'Opportunity',
        Object.keys(fields).map((name) => [name])
    );

/** The answer to a request, from what a state says of the org. */
function answerOf({ apex = {}, records = [], proxy = {} }, { method, pathname, search, body, origin }) {
    const [, className, apexMethod] = /^\/apex\/(\w+)\/(\w+)$/.exec(pathname) ?? [];
    if (className) return resolved(apex[`${className}.${apexMethod}`], body, origin);
    const [, id] = /^\/services\/data\/v[\d.]+\/ui-api\/records\/(\w+)$/.exec(pathname) ?? [];
    if (id) {
        const record = records.find(({ Id }) => Id === id);
        if (!record) return undefined;
        if (method === 'PATCH') return saved(record, body.fields);
        const asked = `${search.get('fields') ?? ''},${search.get('optionalFields') ?? ''}`.split(',').filter(Boolean);
        const [apiName] = asked[0].split('.');
        return uiRecord(
            record,
            apiName,
            asked.map((name) => name.split('.').slice(1))
        );
    }
    const call = Object.keys(proxy).find((pattern) => matches(pattern, `${method} ${pathname}`));
    return call && resolved(proxy[call], body, origin);
}

/** `GET /v1/opportunities/*`: a star stands for one part of a path. */
const matches = (pattern, call) => new RegExp(`^${pattern.replaceAll('*', '[^/]+')}$`).test(call);

/** An answer may be a function of what was sent, and of the page's own origin, which the proxy shares. */
const resolved = (answer, sent, origin) => (typeof answer === 'function' ? answer(sent, { origin }) : answer);

async function bodyOf(request) {
    let text = '';
    for await (const part of request) text += part;
    return text ? JSON.parse(text) : undefined;
}

/**
 * @returns {Promise<{ address: string, state: object, unanswered: string[], stop: () => void }>} `state` is the one that is played;
 * `unanswered` lists what was asked for and the state has no answer to
 */
export async function serve() {
    const stage = { state: {}, unanswered: [] };
    const file = async (response, name) => {
        const from = at(path.join('target/gallery/page', path.normalize(name)));
        const content = await readFile(from).catch(() => undefined);
        const type = TYPES[path.extname(from)] ?? 'application/octet-stream';
        const headers = { 'content-type': type, 'content-security-policy': POLICY };
        if (content) response.writeHead(200, name.startsWith('/assets/') ? { ...headers, 'cache-control': 'max-age=600' } : headers);
        else response.writeHead(404);
        response.end(content);
    };
    const server = createServer(async (request, response) => {
        const { pathname, searchParams: search } = new URL(request.url, 'http://gallery');
        if (pathname === '/') return file(response, '/index.html');
        if (pathname === '/blank') return response.writeHead(200, { 'content-type': TYPES['.html'] }).end();
        if (pathname === '/resource/cosellRules') {
            if (stage.state.module !== 'missing') return file(response, '/cosellRules.wasm');
            return response.writeHead(404).end();
        }
        if (pathname.startsWith('/assets/')) return file(response, pathname);
        const asked = { method: request.method, pathname, search, body: await bodyOf(request), origin: stage.address };
        const answer = answerOf(stage.state.org ?? {}, asked);
        if (answer === NEVER) return undefined;
        if (answer === GONE) return request.socket.destroy();
        if (answer === undefined) stage.unanswered.push(`${asked.method} ${pathname}`);
        const status = answer === undefined ? 404 : (answer?.[REFUSED] ?? 200);
        const content = answer === undefined ? { message: 'not in this state' } : answer?.[REFUSED] ? answer.body : answer;
        return response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const stop = () => {
        server.close();
        server.closeAllConnections();
    };
    return Object.assign(stage, { address: `http://127.0.0.1:${server.address().port}`, stop });
}
