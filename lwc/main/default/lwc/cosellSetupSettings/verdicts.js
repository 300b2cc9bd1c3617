/**
 * What there is to say of each setting, put together from what the rules say, what the org has, and the few things that only the page
 * reads. Pure functions.
 */
import { SETUP } from 'c/cosellSetupLabels';
import { fill } from 'c/cosellFormat';
import { isNeeded } from 'c/cosellSetupCurrency';
import { remedyFor, worded } from './problems';
import { DEFAULTS, judgeField, keyOf, usesOf } from './uses';

const error = (text) => ({ severity: 'error', text });
const hint = (text) => ({ severity: 'hint', text });

/**
 * @param {object} known `{ values, reading, fields, setup, currencyProblem }`: the settings, what `readThrough` gave, fields by path,
 * what the org told, and what says whether a currency is one
 * @returns {{ settings: object, lines: object[], mapped: object[] }} verdicts by setting; those on lines that can't be read; and those
 * on fields that lines name, with the line's number (none where a record names the field) and where the field goes
 */
export function verdictsOf({ values, reading, fields, setup, currencyProblem }) {
    const settings = { checkMark: hint(SETUP.settingMarkHint) };
    const mapped = [];
    for (const use of usesOf(values, reading.readable)) {
        const verdict = judgeField(use, fields[use.path]);
        if (use.to) {
            mapped.push({ key: use.key, line: use.line, name: use.name, to: use.to, ...verdict });
        } else if (verdict) {
            settings[use.key] = verdict;
        }
    }
    Object.assign(settings, ofCurrency(values, setup.org, currencyProblem), ofStages(values, setup.stages), ofServer(values));
    for (const [name, problem] of Object.entries(reading.settings)) {
        settings[name] = error(worded(problem));
    }
    const lines = reading.lines.map((line) => ({ key: keyOf(line), ...error(wordsOf(line)) }));
    return { settings, lines, mapped };
}

/** What can't be read, and where it is mended. */
function wordsOf({ number, name, problem, source, clashes }) {
    const [, rule] = /^relaxed = (\d+)$/.exec(name) ?? [];
    if (rule && worded(problem) === SETUP.problemRelaxed) {
        return fill(SETUP.lineNoRule, number, rule);
    }
    const words = source ? fill(SETUP.mappingWrong, source, worded(problem)) : fill(SETUP.lineWrong, number, name, worded(problem));
    const remedy = !source && clashes ? SETUP.mappingClash : remedyFor(problem);
    return [words, remedy].filter(Boolean).join(' ');
}

/** An org with one currency has no currency field, which is right as long as the currency is named. */
function ofCurrency(values, org, currencyProblem) {
    if (!isNeeded(values, org)) {
        return { defaultCurrency: hint(SETUP.currencyUnneeded) };
    }
    const currencyField = { severity: 'ok', text: SETUP.currencySingle };
    const named = values.defaultCurrency.trim();
    if (!named) {
        return { currencyField, defaultCurrency: error(fill(SETUP.currencyMissing, org.currency)) };
    }
    const problem = currencyProblem(named);
    if (problem) {
        return { currencyField, defaultCurrency: error(problem) };
    }
    const isOther = named !== org.currency;
    const other = { severity: 'warning', text: fill(SETUP.currencyOther, org.currency, named) };
    return isOther ? { currencyField, defaultCurrency: other } : { currencyField };
}

function ofStages({ activeStage, onHoldStage }, stages) {
    const known = new Set(stages.map(({ value }) => value));
    const missing = (stage) => (stage && !known.has(stage) ? error(fill(SETUP.stageMissing, stage)) : undefined);
    const found = { activeStage: missing(activeStage || DEFAULTS.activeStage), onHoldStage: missing(onHoldStage) };
    return Object.fromEntries(Object.entries(found).filter(([, verdict]) => verdict));
}

/** What the page itself needs to ask the server: an address, and a certificate that signs. What an address is stands there anyway. */
function ofServer({ proxyUrl, certificate }) {
    const problem = certificateProblem(certificate.trim());
    return {
        proxyUrl: (isAddress(proxyUrl) ? hint : error)(SETUP.settingUrlHint),
        ...(problem ? { certificate: error(problem) } : {})
    };
}

/** What Salesforce takes for the unique name of a certificate. */
const UNIQUE_NAME = /^[a-z](_?[a-z0-9])*$/i;

function certificateProblem(name) {
    if (!name) {
        return SETUP.settingCertificateMissing;
    }
    return UNIQUE_NAME.test(name) ? undefined : fill(SETUP.settingCertificateWrong, name);
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
