// Values as a seller reads them, in the page's language and time zone.
import { language, locale } from '../platform/language.js';
import { words } from './words.js';

/** The order of words in the page's language. */
export const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });

const number = new Intl.NumberFormat(locale);
const day = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

/** An amount with its currency. A currency that is no ISO 4217 code is shown as it stands: finding it wrong is the rules' work. */
export function money(amount, currency) {
    if (amount === null || amount === undefined) return '';
    if (!/^[A-Z]{3}$/.test(currency ?? '')) return [currency, number.format(amount)].filter(Boolean).join(' ');
    return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code' }).format(amount);
}

/** A calendar date, `2027-03-31` or longer; what is no date is shown as it stands. */
export function date(value) {
    if (!value) return '';
    const parsed = new Date(`${value.slice(0, 10)}T00:00:00Z`);
    return Number.isNaN(parsed.valueOf()) ? value : day.format(parsed);
}

export function dateTime(value) {
    if (!value) return '';
    const parsed = new Date(value.replace(/\+0000$/, 'Z'));
    return Number.isNaN(parsed.valueOf()) ? value : moment.format(parsed);
}

export function yesNo(value) {
    return value ? words.yes : words.no;
}

export function personName(person) {
    return [person?.FirstName ?? person?.firstName, person?.LastName ?? person?.lastName].filter(Boolean).join(' ');
}

/** How a co-sell state looks: its words, and the design system's theme. */
export function cosellState(value) {
    const themes = { InStep: 'slds-theme_success', Waiting: 'slds-theme_info', NeedsYou: 'slds-theme_warning', Broken: 'slds-theme_error' };
    return { label: words.states[value ?? 'none'] ?? value, className: ['slds-badge', themes[value]].filter(Boolean).join(' ') };
}

/** What went wrong, in words, from whatever a call has thrown. */
export function problem(error) {
    const body = error?.body;
    if (Array.isArray(body)) return body.map(({ message }) => message).join(' ');
    const output = [...(body?.output?.errors ?? []), ...Object.values(body?.output?.fieldErrors ?? {}).flat()];
    if (output.length) return output.map(({ message }) => message).join(' ');
    return body?.message ?? error?.message ?? error?.statusText ?? String(error);
}
