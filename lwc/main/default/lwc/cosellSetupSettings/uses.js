/**
 * Which fields of the org the settings name, what each of them is for, and what is said of a field for that. The rules read the
 * settings; what they name is looked up here, since they can't see an org. Pure functions.
 */
import { SETUP } from 'c/cosellSetupLabels';
import { fill } from 'c/cosellFormat';
import { CURRENCY_FIELD } from 'c/cosellSetupCurrency';

const TEXT = { types: ['STRING', 'PICKLIST', 'COMBOBOX', 'TEXTAREA', 'EMAIL', 'PHONE', 'URL', 'ID', 'REFERENCE'], words: SETUP.typesText };
const NUMBER = { types: ['CURRENCY', 'DOUBLE', 'INTEGER', 'LONG'], words: SETUP.typesNumber };
const DAY = { types: ['DATE', 'DATETIME'], words: SETUP.typesDay };
const FLAG = { types: ['BOOLEAN'], words: SETUP.typesFlag };
const TAGS = { types: [...TEXT.types, 'MULTIPICKLIST'], words: SETUP.typesText };

/** What a setting that names a field wants of it. Those that are written take what comes from Partner Center. */
const FIELD_SETTINGS = {
    countryField: { object: 'Account', fits: TEXT, written: true },
    dealValueField: { object: 'Opportunity', fits: NUMBER, written: true },
    currencyField: { object: 'Opportunity', fits: TEXT, written: true },
    reasonField: { object: 'Opportunity', fits: TEXT, written: true },
    marketplaceIntentField: { object: 'Opportunity', fits: TEXT },
    partnerRoleField: { object: 'Opportunity', fits: TEXT },
    solutionAreaField: { object: 'Opportunity', fits: TEXT },
    solutionPlayField: { object: 'Opportunity', fits: TEXT },
    locationField: { object: 'Opportunity', fits: TEXT },
    dunsField: { object: 'Account', fits: TEXT },
    federalField: { object: 'Account', fits: FLAG },
    referralProgramField: { object: 'Opportunity', fits: TEXT, written: true }
};

const TRANSFORMS = { text: TEXT, number: NUMBER, day: DAY, flag: FLAG, tags: TAGS };
const RECEIVED = ['toSalesforce', 'both'];

/** What the rights of the server's user mean. `reading`: also where nothing is written. */
const RIGHTS = {
    yes: { text: SETUP.fieldWritable },
    never: { severity: 'error', whole: true, text: SETUP.fieldNever },
    no: { severity: 'warning', whole: true, text: SETUP.fieldReadOnly },
    hidden: { severity: 'warning', whole: true, reading: true, text: SETUP.fieldHidden },
    unassigned: { severity: 'warning', reading: true, text: SETUP.fieldUnassigned },
    unknown: { text: SETUP.fieldUnknown }
};

/** What blank settings are taken for (`src/rules/src/settings.rs`). */
export const DEFAULTS = Object.freeze({
    countryField: 'BillingCountry',
    dealValueField: 'Amount',
    currencyField: CURRENCY_FIELD,
    activeStage: 'Qualification'
});

/** The lines of the rule settings that say something: `{ number, name, value }`; lines are counted as an editor does, from 1. */
export function linesOf(text) {
    return (text ?? '')
        .split(/\r?\n/)
        .map((line, index) => ({ number: index + 1, text: line.trim() }))
        .filter((line) => line.text && !line.text.startsWith('#'))
        .map((line) => {
            const [name, ...value] = line.text.split('=');
            return { ...line, name: name.trim(), value: value.join('=').trim() };
        });
}

/** The field mappings of the org's records, as lines that can't be edited here: `source` is the field that the record names. */
export function mappingsOf(text) {
    return linesOf(text).map((line) => ({ ...line, source: line.value.split('|')[0].trim() }));
}

/** What tells a line from the others, and those of records from those that are typed. */
export function keyOf({ number, source }) {
    return source === undefined ? `line-${number}` : `record-${number}`;
}

/** The fields that the settings name: `{ key, path, object, name, fits, written, line }`. A line's are those of a line that can be read. */
export function usesOf(values, lines) {
    const own = ['countryField', 'dealValueField', 'currencyField'].map((setting) =>
        useOf({ key: setting, name: (values[setting] || DEFAULTS[setting]).trim(), ...FIELD_SETTINGS[setting] })
    );
    return [...own, ...lines.map(useOfLine).filter(Boolean)];
}

function useOfLine(line) {
    const { number, name, value, source } = line;
    const place = { key: keyOf(line), line: source === undefined ? number : undefined };
    if (name === 'mapping') {
        const [field, path, direction, transform] = value.split('|').map((part) => part.trim());
        const written = RECEIVED.includes(direction);
        return useOf({
            ...place,
            name: field,
            to: path,
            object: 'Opportunity',
            fits: TRANSFORMS[transform],
            written
        });
    }
    const wanted = FIELD_SETTINGS[name];
    return wanted && value ? useOf({ ...place, name: value, to: name, ...wanted }) : undefined;
}

function useOf(use) {
    return { ...use, path: `${use.object}.${use.name}` };
}

/**
 * What there is to say of the field for this use: `{ severity: 'error' | 'warning' | 'ok', text }`; an error keeps the settings from
 * being saved, a warning is for the one who gives rights.
 */
export function judgeField({ name, object, fits, written }, field) {
    if (!field) {
        return null;
    }
    if (field.unanswered) {
        return { severity: 'warning', text: fill(SETUP.fieldUnchecked, name, object) };
    }
    if (!field.exists) {
        return { severity: 'error', text: fill(SETUP.fieldMissing, name, object) };
    }
    const { label, type, writable } = field;
    const typeName = type.toLowerCase();
    if (!fits.types.includes(type)) {
        return { severity: 'error', text: fill(SETUP.fieldType, label, typeName, fits.words) };
    }
    const known = fill(SETUP.fieldFits, label, typeName);
    const rights = RIGHTS[writable];
    if (!rights) {
        return { severity: 'ok', text: known };
    }
    if (!written && !rights.reading) {
        return { severity: 'ok', text: known };
    }
    const severity = rights.severity ?? 'ok';
    return { severity, text: rights.whole ? fill(rights.text, label) : `${known} · ${rights.text}` };
}
