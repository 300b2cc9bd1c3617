// Names of months, days and halves of the day for `@salesforce/i18n/calendarData`, in the shape the platform gives them
// (which is CLDR's), from the browser's own tables.
const dayKeys = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
/** 1 January 2023 was a Sunday. */
const first = (month, day) => new Date(Date.UTC(2023, month, day));

/** The Gregorian calendar of a locale. */
export function gregorian(locale) {
    const name = (date, options) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(date);
    const months = (width) =>
        Object.fromEntries(Array.from({ length: 12 }, (_each, index) => [index + 1, name(first(index, 1), { month: width })]));
    const days = (width) => Object.fromEntries(dayKeys.map((key, index) => [key, name(first(0, index + 1), { weekday: width })]));
    const widths = (make) => ({ abbreviated: make('short'), short: make('short'), narrow: make('narrow'), wide: make('long') });
    const both = (value) => ({ format: value, 'stand-alone': value });
    const halves = { am: 'AM', pm: 'PM' };
    const eras = { 0: 'BC', 1: 'AD' };
    return {
        dayPeriods: both({ abbreviated: halves, narrow: halves, wide: halves }),
        days: both(widths(days)),
        eras: { eraNames: eras, eraAbbr: eras, eraNarrow: eras },
        months: both(widths(months))
    };
}
