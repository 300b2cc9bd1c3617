/**
 * The rules module (WebAssembly) for components: fetched once, started once, and asked in bytes.
 * Knows how the module gets here and why it may not; must not know what a rule says or what a component shows.
 */
import RESOURCE_URL from '@salesforce/resourceUrl/cosellRules';
import LANG from '@salesforce/i18n/lang';
import init, { CosellRules, ProxyClient } from 'c/cosellRules';
import { countryNames } from 'c/cosellFormat';

/** Milliseconds a share may take: it ends with two creates at Microsoft and a write to Salesforce. */
const TIMEOUT = 60000;

/** First bytes of every WebAssembly binary: `\0asm`. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** The settings that the rules look at; the others are the page's own. */
const RULE_SETTINGS = ['countryField', 'dealValueField', 'currencyField', 'defaultCurrency'];

/**
 * Why the module is not there.
 * `wasm.unavailable`: the browser has no WebAssembly. `wasm.blocked`: the page does not let it run (Lightning Web Security off or in its
 * performance mode, or a content security policy). `wasm.unreachable`: the static resource did not arrive, or is not the one of this version.
 */
class CosellModuleError extends Error {
    constructor(code, cause) {
        super(cause?.message ?? code, { cause });
        this.name = 'CosellModuleError';
        this.code = code;
    }
}

let loading;

/** Starts the module. One download for the whole page; a failed start may be tried again, unless only a new page can help. */
function loadModule() {
    if (!loading) {
        loading = start().catch((error) => {
            loading = error.lasting ? loading : undefined;
            throw error;
        });
    }
    return loading;
}

/**
 * The rules for one set of settings.
 * @param {object} settings what `CosellController.getSettings` answers
 * @returns {Promise<{ review: Function, proxyClient: Function }>}
 */
export async function openRules(settings) {
    await loadModule();
    const rules = new CosellRules(ruleSettings(settings));
    const encoder = new TextEncoder();
    const decoder = new TextDecoder();
    let client;
    return Object.freeze({
        /** Findings and preview of a record with the edits that are not saved yet; `today` as `2026-11-22`. */
        review(record, draft, today) {
            const request = encoder.encode(JSON.stringify({ record, draft, today }));
            return JSON.parse(decoder.decode(rules.review(request)));
        },
        /** The client of the proxy that the settings name. */
        proxyClient() {
            client = client ?? new ProxyClient({ baseUrl: settings.proxyUrl, timeoutMs: TIMEOUT, locale: LANG });
            return client;
        }
    });
}

async function start() {
    if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') {
        throw new CosellModuleError('wasm.unavailable');
    }
    const bytes = await download();
    try {
        await init({ module_or_path: bytes });
    } catch (error) {
        const refused = isRefusal(error);
        // The glue keeps a module of another version once it has taken it.
        throw Object.assign(new CosellModuleError(refused ? 'wasm.blocked' : 'wasm.unreachable', error), { lasting: !refused });
    }
}

/** The page refuses to compile; a module of another version compiles, but does not fit the glue. */
function isRefusal(error) {
    return error?.name === 'CompileError' || (error?.name !== 'LinkError' && /WebAssembly/.test(error?.message));
}

async function download() {
    let bytes;
    try {
        const response = await fetch(RESOURCE_URL);
        if (!response.ok) {
            throw new Error(`HTTP ${response.status}`);
        }
        bytes = await response.arrayBuffer();
    } catch (error) {
        throw new CosellModuleError('wasm.unreachable', error);
    }
    // An expired session answers 200 with a log-in page.
    const head = new Uint8Array(bytes, 0, Math.min(MAGIC.length, bytes.byteLength));
    if (!MAGIC.every((byte, index) => head[index] === byte)) {
        throw new CosellModuleError('wasm.unreachable');
    }
    return bytes;
}

function ruleSettings(settings) {
    const given = RULE_SETTINGS.filter((name) => settings[name]).map((name) => [name, settings[name]]);
    return { ...Object.fromEntries(given), locale: LANG, countryNames: countryNames() };
}
