/**
 * What there is to say of each setting, put together from what the rules say, what the org has, and the few things that only the page
 * reads. Pure functions.
 */
import { SETUP } from 'c/cosellSetupLabels';
import { fill } from 'c/cosellFormat';
import { worded } from './problems';
import { DEFAULTS, judgeField, keyOf, usesOf } from './uses';

const error = (text) => ({ severity: 'error', text });

/**
 * @param {object} known `{ values, reading, fields, setup }`: the settings, what `readThrough` gave, fields by path, what the org told
 * @returns {{ settings: object, lines: object[], mapped: object[] }} verdicts by setting; those on lines that can't be read; and those
 * on fields that lines name, with the line's number (none where a record names the field) and where the field goes
 */
export function verdictsOf({ values, reading, fields, setup }) {
    const settings = {};
    const mapped = [];
    for (const use of usesOf(values, reading.readable)) {
        const verdict = judgeField(use, fields[use.path]);
        if (use.to) {
            mapped.push({ key: use.key, line: use.line, name: use.name, to: use.to, ...verdict });
        } else if (verdict) {
            settings[use.key] = verdict;
        }
    }
    Object.assign(settings, ofCurrency(values, settings.currencyField, setup.org), ofStages(values, setup.stages), ofServer(values));
    for (const [name, problem] of Object.entries(reading.settings)) {
        settings[name] = error(worded(problem));
    }
    const lines = reading.lines.map((line) => ({ key: keyOf(line), ...error(wordsOf(line)) }));
    return { settings, lines, mapped };
}

/** What can't be read, and where it is mended. */
function wordsOf({ number, name, problem, source, clashes }) {
    if (source) {
        return fill(SETUP.mappingWrong, source, worded(problem));
    }
    const words = fill(SETUP.lineWrong, number, name, worded(problem));
    return clashes ? `${words} ${SETUP.mappingClash}` : words;
}

/** An org with one currency has no currency field, which is right as long as the currency is named. */
function ofCurrency({ currencyField, defaultCurrency }, found, { multiCurrency, currency }) {
    const isUsual = !currencyField || currencyField === DEFAULTS.currencyField;
    if (multiCurrency || !isUsual || found?.severity !== 'error') {
        return {};
    }
    return {
        currencyField: { severity: 'ok', text: SETUP.currencySingle },
        ...(defaultCurrency ? {} : { defaultCurrency: error(fill(SETUP.currencyMissing, currency)) })
    };
}

function ofStages({ activeStage, onHoldStage }, stages) {
    const known = new Set(stages.map(({ value }) => value));
    const missing = (stage) => (stage && !known.has(stage) ? error(fill(SETUP.stageMissing, stage)) : undefined);
    const found = { activeStage: missing(activeStage || DEFAULTS.activeStage), onHoldStage: missing(onHoldStage) };
    return Object.fromEntries(Object.entries(found).filter(([, verdict]) => verdict));
}

/** What the page itself needs to ask the server: an address, and a certificate that signs. */
function ofServer({ proxyUrl, certificate }) {
    return {
        ...(isAddress(proxyUrl) ? {} : { proxyUrl: error(SETUP.settingUrlWrong) }),
        ...(certificate.trim() ? {} : { certificate: error(SETUP.settingCertificateMissing) })
    };
}

/** Browsers trust these without https; a server that is tried out stands there. */
const OWN_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/** Whether it is an origin, which is what the page's security policy and the server name, too. */
function isAddress(text) {
    try {
        const { protocol, hostname, origin } = new URL(text);
        const isSafe = protocol === 'https:' || (protocol === 'http:' && OWN_MACHINE.includes(hostname));
        return isSafe && text.trim().toLowerCase().replace(/\/$/, '') === origin;
    } catch {
        return false;
    }
}
