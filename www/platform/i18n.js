// What `@salesforce/i18n/*` says in the page's locale. Keys that are not here keep the base components' own (English) default.
import { gregorian } from './calendarData.js';
import { language, locale } from './language.js';

const numbers = new Intl.NumberFormat(locale, { minimumFractionDigits: 1 }).formatToParts(-12345.6);
const part = (type) => numbers.find((each) => each.type === type)?.value;

/** Date patterns in CLDR letters, as the platform serves them for the locale. */
const patterns = {
    en: {},
    fr: {
        'dateTime.shortDateFormat': 'dd/MM/yyyy',
        'dateTime.mediumDateFormat': 'd MMM yyyy',
        'dateTime.longDateFormat': 'd MMMM yyyy',
        'dateTime.shortTimeFormat': 'HH:mm',
        'dateTime.mediumTimeFormat': 'HH:mm:ss',
        'dateTime.shortDateTimeFormat': 'dd/MM/yyyy HH:mm',
        'dateTime.mediumDateTimeFormat': 'd MMM yyyy, HH:mm:ss',
        'dateTime.longDateTimeFormat': "d MMMM yyyy 'à' HH:mm:ss z",
        'number.currencyFormat': '#,##0.00 ¤',
        'number.percentFormat': '#,##0 %',
        firstDayOfWeek: 2,
        calendarData: { gregorian: gregorian(locale) }
    }
};

export const i18n = {
    lang: language === 'en' ? 'en-US' : language,
    locale,
    dir: 'ltr',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    'number.decimalSeparator': part('decimal'),
    'number.groupingSeparator': part('group'),
    ...patterns[language]
};
