// The built WebAssembly module, loaded in Node from the files that a deployment would carry, and asked as a page asks it.
import { existsSync, readFileSync } from 'node:fs';

import { encodePairs, encodeRecord, encodeRequest, readColumns } from '../../lwc/main/default/lwc/cosellModule/rows.js';
import { root } from './paths.mjs';

const glue = new URL('lwc/main/default/lwc/cosellRules/cosellRules.js', root);
const binary = new URL('lwc/main/default/staticresources/cosellRules.wasm', root);

/** `{ CosellRules, ProxyClient }`, ready to use. */
export async function loadModule() {
    if (!existsSync(glue) || !existsSync(binary)) throw new Error('The WebAssembly module is not built: run `npm run build` first.');
    const module = await import(glue.href);
    await module.default({ module_or_path: readFileSync(binary) });
    return module;
}

const encoder = new TextEncoder();

/** The rules with settings by name. */
export function rulesWith({ CosellRules }, settings = {}) {
    return new CosellRules(encoder.encode(encodePairs(settings)));
}

/** The bytes of a request: `{ record, draft, peers, today, facts }` for one review, `{ records, today, facts }` for many. */
export function request(rules, { record, draft, peers = [], records, today, facts }) {
    const columns = readColumns(rules.columns());
    const rows = (one) => encodeRecord(columns, one ?? {});
    const edited = Object.keys(draft ?? {}).length > 0;
    const one = () => [rows({ ...record, ...draft }), edited ? rows(record) : ''];
    const parts = records ? records.map(rows) : [...one(), ...peers.map(rows)];
    return encoder.encode(encodeRequest({ today, ...facts }, parts));
}

/** Asks the rules with an object or with bytes, and gives the answer as an object. */
export function ask(rules, method, asked) {
    return JSON.parse(rules[method](asked instanceof Uint8Array ? asked : request(rules, asked)));
}
