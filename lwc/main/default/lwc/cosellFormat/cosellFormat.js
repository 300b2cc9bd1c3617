/**
 * Words, numbers and dates as the user reads them: placeholders in labels, plurals, money, dates, country names.
 * Words follow the user's language, numbers and dates the user's locale, times the user's time zone. Knows nothing of records.
 */
import LANG from '@salesforce/i18n/lang';
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

const DAY = 24 * 60 * 60 * 1000;

/** CLDR has names for these, but they are no ISO 3166 countries (European Union, unknown region, pseudo-locales …). */
const NO_COUNTRY = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);

/** Languages of customer records, besides the reader's own. */
const OTHER_LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt'];

/** Puts values into the `{0}`, `{1}` … of a label. */
export function fill(label, ...values) {
    return label.replace(/\{(\d+)\}/g, (placeholder, index) => values[Number(index)] ?? placeholder);
}

/** A number as the user's locale writes it. */
export function number(value) {
    return new Intl.NumberFormat(LOCALE).format(value);
}

/** The label for one or for many, with the number in `{0}`. */
export function counted(count, one, many) {
    const form = new Intl.PluralRules(LANG).select(count);
    return fill(form === 'one' ? one : many, number(count));
}

/** A list in prose: "a, b, and c". */
export function listed(items) {
    return new Intl.ListFormat(LANG, { type: 'conjunction' }).format(items);
}

/** An amount in its currency; the bare number with the code where the code is none that Intl accepts. */
export function money(value, currency) {
    const amount = Number(value);
    if (value === null || value === undefined || value === '' || Number.isNaN(amount)) {
        return '';
    }
    const digits = { minimumFractionDigits: 0, maximumFractionDigits: 2 };
    if (!currency) {
        return new Intl.NumberFormat(LOCALE, digits).format(amount);
    }
    try {
        return new Intl.NumberFormat(LOCALE, { ...digits, style: 'currency', currency }).format(amount);
    } catch {
        return `${new Intl.NumberFormat(LOCALE, digits).format(amount)} ${currency}`;
    }
}

/** A calendar date (`2027-03-31`, or the midnight UTC of one). */
export function date(value) {
    return formatted(value, { dateStyle: 'long', timeZone: 'UTC' });
}

/** A number (`84000.5`) or a day (`2027-03-31`) that stands in a sentence. */
export function figure(plain) {
    return /^\d{4}-\d{2}-\d{2}$/.test(plain) ? date(plain) : money(plain);
}

/** A moment in the user's time zone. */
export function dateTime(value) {
    return formatted(value, { dateStyle: 'medium', timeStyle: 'short', timeZone: TIME_ZONE });
}

/** The same, for what happens seconds after each other. */
export function dateTimeToTheSecond(value) {
    return formatted(value, { dateStyle: 'medium', timeStyle: 'medium', timeZone: TIME_ZONE });
}

/** Whole days from one moment to another, as calendar days of the user's time zone. */
export function daysBetween(from, to) {
    return Math.round((Date.parse(today(new Date(to))) - Date.parse(today(new Date(from)))) / DAY);
}

/** "in 11 days", "today", "3 days ago". */
export function inDays(days) {
    return new Intl.RelativeTimeFormat(LANG, { numeric: 'auto' }).format(days, 'day');
}

/** The date of a moment in the user's time zone, as `2026-11-22`. */
export function today(moment = new Date()) {
    const parts = new Intl.DateTimeFormat('en-US', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: TIME_ZONE });
    const { year, month, day } = Object.fromEntries(parts.formatToParts(moment).map((part) => [part.type, part.value]));
    return `${year}-${month}-${day}`;
}

/** The name of a country in the user's language; the code itself where it has none. */
export function countryName(code) {
    if (!/^[A-Z]{2}$/.test(code ?? '')) {
        return code ?? '';
    }
    return new Intl.DisplayNames(LANG, { type: 'region' }).of(code);
}

/** Every country code with its name in the user's language, for the rules to recognise names by. */
export function countryNames() {
    return Object.fromEntries(namedCountries(LANG));
}

/** Lines of a code and its name in other languages that customer records are often kept in, for the rules to guess by. */
export function otherCountryNames() {
    const own = new Intl.Locale(LANG).language;
    const languages = OTHER_LANGUAGES.filter((language) => language !== own);
    return languages.flatMap((language) => namedCountries(language).map((entry) => entry.join('|')));
}

/** Every currency code with its name in the user's language, for the rules to recognise names by and to write them. */
export function currencyNames() {
    const names = new Intl.DisplayNames(LANG, { type: 'currency', fallback: 'none' });
    const named = Intl.supportedValuesOf('currency').map((code) => [code, names.of(code)]);
    return Object.fromEntries(named.filter(([, name]) => name));
}

function namedCountries(language) {
    const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    return countryCodes()
        .map((code) => [code, names.of(code)])
        .filter(([, name]) => name);
}

let codes;

function countryCodes() {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    codes =
        codes ??
        letters.flatMap((first) => letters.map((second) => first + second)).filter((code) => !NO_COUNTRY.has(code) && isCurrent(code));
    return codes;
}

/** Withdrawn codes (DD, UK, ZR …) have a canonical successor; offering its name twice would make it ambiguous. */
function isCurrent(code) {
    const [canonical] = Intl.getCanonicalLocales(`und-${code}`);
    return canonical === `und-${code}`;
}

function formatted(value, options) {
    const moment = new Date(value ?? NaN);
    return Number.isNaN(moment.getTime()) ? '' : new Intl.DateTimeFormat(LOCALE, options).format(moment);
}
