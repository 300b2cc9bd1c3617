// The benchmark's two pages on loopback, with the Content Security Policy of Lightning Experience.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

import { at } from '../support/paths.mjs';

const POLICY =
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline'; connect-src 'self'; object-src 'none'; base-uri 'self'";
const SCRIPT = 'text/javascript; charset=utf-8';

const page = (script) => () => [
    'text/html; charset=utf-8',
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/${script}.js"></script>`
];
const file = (path, type) => () => [type, readFileSync(at(path))];

const ROUTES = {
    '/sandboxed': page('sandboxed'),
    '/plain': page('plain'),
    '/sandboxed.js': file('target/bench/sandboxed.js', SCRIPT),
    '/plain.js': file('target/bench/plain.js', SCRIPT),
    '/ours.js': file('target/bench/ours.js', SCRIPT),
    '/resource/cosellRules': file('lwc/main/default/staticresources/cosellRules.wasm', 'application/wasm')
};

/** `{ address, stop }` */
export async function serve() {
    const server = createServer((request, response) => {
        const route = ROUTES[request.url];
        if (!route) return response.writeHead(404).end();
        const [type, body] = route();
        return response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { address: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() };
}
