const NARROW = '\u202f';

/** The module as a user of a language and locale loads it. */
function formatFor({ lang = 'en', locale = 'en-GB', timeZone = 'Europe/Berlin' } = {}) {
    let format;
    jest.isolateModules(() => {
        for (const [key, value] of Object.entries({ lang, locale, timeZone })) {
            jest.doMock(`@salesforce/i18n/${key}`, () => ({ __esModule: true, default: value }), { virtual: true });
        }
        format = require('c/cosellFormat');
    });
    return format;
}

const french = { lang: 'fr', locale: 'fr-FR', timeZone: 'Europe/Paris' };

describe('c-cosell-format', () => {
    it('fills placeholders in any order, and leaves those without a value', () => {
        const { fill } = formatFor();
        expect(fill('{1} of {0}, {2}', 'two', 'one')).toBe('one of two, {2}');
    });

    it.each([
        [{}, 0, '0 things'],
        [{}, 1, '1 thing'],
        [{}, 1200, '1,200 things'],
        [french, 0, '0 thing'],
        [french, 1, '1 thing'],
        [french, 2, '2 things']
    ])('counts as the language does (%j, %d)', (user, count, expected) => {
        expect(formatFor(user).counted(count, '{0} thing', '{0} things')).toBe(expected);
    });

    it.each([
        [{}, 84000, 'EUR', '€84,000'],
        [{}, 84000.5, 'EUR', '€84,000.5'],
        [{}, 84000, 'QQ', '84,000 QQ'],
        [{}, 84000, '', '84,000'],
        [{}, 0, 'JPY', 'JP¥0'],
        [{}, null, 'EUR', ''],
        [{}, 'many', 'EUR', ''],
        [french, 84000, 'EUR', `84${NARROW}000 €`]
    ])('writes money as the locale does (%j, %p %p)', (user, value, currency, expected) => {
        expect(
            formatFor(user)
                .money(value, currency)
                .replace(/\u00a0/g, ' ')
        ).toBe(expected);
    });

    it('keeps a calendar date where it is, west of Greenwich too', () => {
        const { date } = formatFor({ locale: 'en-US', timeZone: 'America/Los_Angeles' });
        expect(date('2027-03-31')).toBe('March 31, 2027');
        expect(date('2027-03-31T00:00:00Z')).toBe('March 31, 2027');
    });

    it.each([null, undefined, '', 'soon'])('shows nothing for %p, which is no moment', (value) => {
        const { date, dateTime } = formatFor();
        expect([date(value), dateTime(value)]).toEqual(['', '']);
    });

    it('shows moments in the time zone of the user', () => {
        expect(formatFor({ timeZone: 'Asia/Tokyo' }).dateTime('2026-11-22T14:01:00Z')).toBe('22 Nov 2026, 23:01');
    });

    it.each([
        ['2026-11-22T23:30:00Z', 'Europe/Berlin', '2026-11-23'],
        ['2026-11-22T23:30:00Z', 'America/Los_Angeles', '2026-11-22']
    ])('takes the day of %s in %s to be %s', (moment, timeZone, expected) => {
        expect(formatFor({ timeZone }).today(new Date(moment))).toBe(expected);
    });

    it('counts days by the calendar, not by hours', () => {
        const { daysBetween } = formatFor();
        expect(daysBetween('2026-11-22T22:00:00Z', '2026-11-23T01:00:00Z')).toBe(1);
        expect(daysBetween('2026-11-22T01:00:00Z', '2026-11-22T20:00:00Z')).toBe(0);
    });

    it.each([
        [{}, 11, 'in 11 days'],
        [{}, 0, 'today'],
        [french, 1, 'demain'],
        [french, 11, 'dans 11 jours']
    ])('says when in words (%j, %d)', (user, days, expected) => {
        expect(formatFor(user).inDays(days)).toBe(expected);
    });

    it('names countries in the language of the user', () => {
        expect(formatFor().countryName('DE')).toBe('Germany');
        expect(formatFor(french).countryName('DE')).toBe('Allemagne');
        expect(formatFor().countryName('Deutschland')).toBe('Deutschland');
        expect(formatFor().countryName(undefined)).toBe('');
    });

    it('knows every country once, and no withdrawn or invented code', () => {
        const names = formatFor().countryNames();
        expect(names).toMatchObject({ DE: 'Germany', GB: 'United Kingdom', KR: 'South Korea' });
        expect(new Set(Object.values(names)).size).toBe(Object.keys(names).length);
        expect(Object.keys(names)).not.toEqual(expect.arrayContaining(['DD']));
        for (const code of ['UK', 'SU', 'AN', 'EU', 'UN', 'ZZ', 'XA']) {
            expect(names).not.toHaveProperty(code);
        }
        expect(Object.keys(names).length).toBeGreaterThan(240);
    });

    it('lists in prose', () => {
        expect(formatFor().listed(['a', 'b', 'c'])).toBe('a, b, and c');
        expect(formatFor(french).listed(['a', 'b', 'c'])).toBe('a, b et c');
    });
});
