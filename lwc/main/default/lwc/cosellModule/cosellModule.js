/**
 * The rules module (WebAssembly) for components: fetched once, started once, and asked in bytes.
 * Knows how the module gets here and why it may not; must not know what a rule says or what a component shows.
 */
import RESOURCE_URL from '@salesforce/resourceUrl/cosellRules';
import LANG from '@salesforce/i18n/lang';
import init, { CosellRules, ProxyClient } from 'c/cosellRules';
import { countryNames, currencyNames, figure, otherCountryNames } from 'c/cosellFormat';
import { openExchange } from './exchange';
import { encodePairs, encodeRecord, encodeRequest, readColumns } from './rows';

/** Milliseconds a share may take: it ends with two creates at Microsoft and a write to Salesforce. */
const TIMEOUT = 60000;

/** First bytes of every WebAssembly binary: `\0asm`. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

/** The settings that the rules look at, by the rules' name for them; the others are the page's own. */
const RULE_SETTINGS = Object.freeze({
    countryField: 'countryField',
    dealValueField: 'dealValueField',
    currencyField: 'currencyField',
    defaultCurrency: 'defaultCurrency',
    activeStage: 'activeStage',
    onHoldStage: 'onHoldStage',
    coSellOnly: 'coSellOnly',
    checkMark: 'checkMark'
});

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
 * @returns {Promise<{ fields: string[], review: Function, reviewAll: Function, proxyClient: Function }>}
 * @throws with the code `settings.unreadable` and a message that names the setting
 */
export async function openRules(settings) {
    const { memory } = await loadModule();
    const rules = new CosellRules(new TextEncoder().encode(encodePairs(ruleSettings(settings))));
    const columns = readColumns(rules.columns());
    const exchange = openExchange(rules, memory);
    const ask = (method, facts, records) => exchange(method, encodeRequest(facts, records));
    let client;
    return Object.freeze({
        /** What the rules want to know of the opportunity itself, as paths of API names. */
        fields: columns.own.map((path) => path.join('.')).filter(Boolean),
        /** Findings and preview of a record with the edits that are not saved yet; `today` as `2026-11-22`, `facts` by name. */
        review(record, draft, today, facts) {
            const saved = encodeRecord(columns, record ?? {});
            const isEdited = Object.keys(draft ?? {}).length > 0;
            const records = isEdited ? [encodeRecord(columns, { ...record, ...draft }), saved] : [saved];
            return inLocale(withWholePreview(ask('review', { today, ...facts }, records)));
        },
        /** Findings of many records in one call, in their order, each compared with those of its customer. */
        reviewAll(records, today, facts) {
            const rows = records.map((record) => encodeRecord(columns, record ?? {}));
            const answer = ask('reviewAll', { today, ...facts }, rows);
            return answer.reviews?.map(inLocale) ?? rows.map(() => answer);
        },
        /** The client of the proxy that the settings name. */
        proxyClient() {
            client = client ?? makeClient(settings);
            return client;
        }
    });
}

/** The client of the proxy alone, which works also with settings that the rules can't read. */
export async function openProxy(settings) {
    await loadModule();
    return makeClient(settings);
}

/**
 * Gives what looks settings through. It answers what the rules say against them: `{ name, problem }`, the setting and what is wrong with it in English; null when they can be read.
 * Names are those of the rules, with the text of the org's own settings in `rules`.
 */
export async function openCheck() {
    await loadModule();
    return (settings) => {
        try {
            new CosellRules(new TextEncoder().encode(encodePairs(settings))).free();
            return null;
        } catch (error) {
            if (error.code !== 'settings.unreadable') {
                throw error;
            }
            const [name, ...problem] = error.message.split(': ');
            return { name, problem: problem.join(': ') };
        }
    };
}

function makeClient(settings) {
    return new ProxyClient({ baseUrl: settings.proxyUrl, timeoutMs: TIMEOUT, locale: LANG });
}

/** The answer with both documents whole: Microsoft's comes with what it has otherwise than ours. */
function withWholePreview(answer) {
    const { preview } = answer;
    if (preview?.microsoft) {
        preview.microsoft = { ...preview.referral, ...preview.microsoft };
    }
    return answer;
}

/** Numbers and days in sentences stand between these marks, plainly. */
// eslint-disable-next-line no-control-regex
const FIGURE = /\u0001([^\u0001]*)\u0001/g;

/** The answer with its sentences as the reader's locale writes numbers and days. */
function inLocale(answer) {
    for (const finding of answer.findings ?? []) {
        finding.message = finding.message.replace(FIGURE, (_marked, plain) => figure(plain));
    }
    return answer;
}

async function start() {
    if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') {
        throw new CosellModuleError('wasm.unavailable');
    }
    const bytes = await download();
    try {
        return await init({ module_or_path: bytes });
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
    const given = Object.entries(RULE_SETTINGS).map(([name, source]) => [name, settings[source]]);
    const names = { countryNames: countryNames(), otherCountryNames: otherCountryNames(), currencyNames: currencyNames() };
    // The mappings are lines like the others, from records of their own.
    const rules = [settings.ruleSettings, settings.fieldMappings].filter(Boolean).join('\n');
    return { ...Object.fromEntries(given), rules, ...names, locale: LANG };
}
