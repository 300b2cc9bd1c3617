// The built WebAssembly module, loaded in Node from the files that a deployment would carry, and asked as a page asks it.
import { existsSync, readFileSync } from 'node:fs';

import { openExchange } from '../../lwc/main/default/lwc/cosellModule/exchange.js';
import { encodePairs, encodeRecord, encodeRequest, readColumns } from '../../lwc/main/default/lwc/cosellModule/rows.js';
import { root } from './paths.mjs';

const glue = new URL('lwc/main/default/lwc/cosellRules/cosellRules.js', root);
const binary = new URL('lwc/main/default/staticresources/cosellRules.wasm', root);

/** `{ CosellRules, ProxyClient, memory }`, ready to use. */
export async function loadModule() {
    if (!existsSync(glue) || !existsSync(binary)) throw new Error('The WebAssembly module is not built: run `npm run build` first.');
    const module = await import(glue.href);
    const { memory } = await module.default({ module_or_path: readFileSync(binary) });
    return { ...module, memory };
}

const encoder = new TextEncoder();

/**
 * Writes bytes as they are, where a page's encoder writes a text; like that one nothing where the memory has grown. No encoder writes
 * 0xff, which says that nothing was written: 0xfe is as wrong.
 */
function writeBytes(bytes, place) {
    if (place.length > 0) place.set(bytes.subarray(0, place.length).map((byte) => Math.min(byte, 0xfe)));
}

/** The rules with settings by name, or as rows: `{ columns, review, reviewAll, free }`, asked in bytes and answering with objects. */
export function rulesWith({ CosellRules, memory }, settings = {}) {
    const rules = new CosellRules(encoder.encode(typeof settings === 'string' ? settings : encodePairs(settings)));
    const exchange = openExchange(rules, memory, writeBytes);
    return {
        columns: () => rules.columns(),
        review: (bytes) => exchange('review', bytes),
        reviewAll: (bytes) => exchange('reviewAll', bytes),
        free: () => rules.free()
    };
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
    return rules[method](asked instanceof Uint8Array ? asked : request(rules, asked));
}
