// The built WebAssembly module, loaded in Node from the files that a deployment would carry.
import { existsSync, readFileSync } from 'node:fs';

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
const decoder = new TextDecoder();

/** Asks the module with an object, and gives its answer as one. */
export function ask(rules, method, request) {
    return JSON.parse(decoder.decode(rules[method](encoder.encode(JSON.stringify(request)))));
}
