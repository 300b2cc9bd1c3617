/**
 * What the rules say against settings, setting by setting and line by line. The rules themselves decide: here they are only asked often
 * enough to know which line it is.
 */
import { linesOf, mappingsOf } from './uses';

/** The rules' name for each setting that they read; the others are the page's own. */
const RULE_NAMES = {
    countryField: 'countryField',
    dealValueField: 'dealValueField',
    currencyField: 'currencyField',
    defaultCurrency: 'defaultCurrency',
    activeStage: 'activeStage',
    onHoldStage: 'onHoldStage',
    coSellOnly: 'coSellOnly',
    checkMark: 'checkMark'
};

/**
 * @param {Function} check of `c/cosellModule`
 * @param {object} values the settings, and `fieldMappings`, those of the org's records
 * @returns {{ settings: object, lines: object[], readable: object[] }} `settings`: problem by name; `lines`: `{ number, name, problem }`
 * of those that can't be read, alone or beside the ones above, `name` being what of the line is meant, with `source` where a record holds
 * one, and whether it `clashes` with one; `readable`: the others, as `linesOf` gives them
 */
export function readThrough(check, values) {
    const settings = {};
    const sound = {};
    for (const [setting, name] of Object.entries(RULE_NAMES)) {
        const found = check({ [name]: values[setting] });
        if (found) {
            settings[setting] = found.problem;
        } else {
            sound[name] = values[setting];
        }
    }
    const read = (those) => check({ ...sound, rules: those.map(({ text }) => text).join('\n') });
    const lines = [];
    const readable = [];
    // Records first: where one and a line can't both be, the line is what can be mended here.
    for (const line of [...mappingsOf(values.fieldMappings), ...linesOf(values.ruleSettings)]) {
        const found = read([...readable, line]);
        if (found) {
            const { number, source } = line;
            const clashes = !read([...readable.filter(isTyped), line]);
            lines.push({ number, source, clashes, name: culpritOf(line, found, check), problem: found.problem });
        } else {
            readable.push(line);
        }
    }
    return { settings, lines, readable };
}

/** What of the line is meant: the rules name the setting, which for a list of many things is too little. */
function culpritOf({ text, name, value }, found, check) {
    switch (name) {
        case 'mapping':
            return `mapping = ${value.split('|')[0].trim()}`;
        case 'relaxed':
            return relaxedBy(value.split(/[, ]+/).find((rule) => check({ relaxed: rule }))) ?? text;
        default:
            // Without a name there is only the line.
            return name && found.name === name ? name : text;
    }
}

function relaxedBy(rule) {
    return rule && `relaxed = ${rule}`;
}

function isTyped({ source }) {
    return source === undefined;
}
