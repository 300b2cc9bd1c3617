import { encodePairs, encodeRecord, encodeRequest, readColumns } from '../rows';

const [FILE, GROUP, RECORD, UNIT, ABSENT] = ['\u001c', '\u001d', '\u001e', '\u001f', '\0'];
const table = (...cells) => cells.join(UNIT);

/** The cells of a record for columns of its own, or for those of its only relationship. */
const own = (record, ...columns) => encodeRecord(readColumns(table(...columns)), record).split(UNIT);
const children = (record) => encodeRecord(readColumns(`Id${GROUP}${table('Roles', 'Contact.Id', 'IsPrimary')}`), record).split(GROUP)[1];

describe('rows of text', () => {
    it.each([
        ['a text', 'Husum', 'Husum'],
        ['an amount', 84000.5, '84000.5'],
        ['nothing at all', 0, '0'],
        ['yes', true, 'true'],
        ['no', false, 'false'],
        ['no value', null, ''],
        ['a blank text', '', ''],
        ['a text of many lines', 'one\r\ntwo\tthree', 'one\r\ntwo\tthree'],
        ['letters of all kinds', 'Ærø 漢 🚢', 'Ærø 漢 🚢'],
        ['what is no value', { deep: 1 }, ''],
        ['a list', ['a'], '']
    ])('hold %s', (_what, value, cell) => {
        expect(own({ Id: 'x', Name: value, City: 'y' }, 'Id', 'Name', 'City')).toEqual(['x', cell, 'y']);
    });

    it('tell a field that the record lacks from a blank one', () => {
        expect(own({ Name: null }, 'Name', 'CurrencyIsoCode')).toEqual(['', ABSENT]);
        expect(own({}, '')).toEqual([ABSENT]);
    });

    it.each([
        ['the field', { Account: { Country: { Code: 'DE' } } }, 'DE'],
        ['nothing behind a blank lookup', { Account: { Country: null } }, ABSENT],
        ['nothing behind a lookup that is no record', { Account: { Country: 7 } }, ABSENT],
        ['nothing without the lookup', {}, ABSENT]
    ])('find behind a path %s', (_what, record, cell) => {
        expect(own(record, 'Account.Country.Code')).toEqual([cell]);
    });

    it.each([FILE, GROUP, RECORD, UNIT, ABSENT])('keep no separator that stands in a value (%j)', (separator) => {
        const record = { Id: separator, Name: `a${separator}b${separator}`, Roles: { records: [{ IsPrimary: separator }] } };
        expect(own(record, 'Id', 'Missing', 'Name')).toEqual([' ', ABSENT, 'a b ']);
        expect(children(record)).toBe(table(ABSENT, ' '));
        expect(encodePairs({ notes: `a${separator}b` })).toBe(table('notes', 'a b'));
    });

    it('hold the rows of a relationship in their order', () => {
        const records = [{ Contact: { Id: 'a' }, IsPrimary: true }, { Contact: null, IsPrimary: false }, null];
        expect(children({ Roles: { records } })).toBe([table('a', 'true'), table(ABSENT, 'false'), table(ABSENT, ABSENT)].join(RECORD));
    });

    it.each([undefined, null, {}, { records: null }, { records: [] }, { records: 7 }, 'x'])(
        'hold none for a relationship of %j',
        (Roles) => {
            expect(children({ Roles })).toBe('');
        }
    );

    it('hold settings: texts, flags, lists line by line, maps as lines; nothing for what has no value', () => {
        const settings = { locale: 'fr', relaxed: true, other: ['a', 'b'], names: { DE: 'Allemagne', FR: 'France' }, none: null };
        expect(encodePairs({ ...settings, missing: undefined, blank: '' })).toBe(
            ['locale\u001ffr', 'relaxed\u001ftrue', 'other\u001fa\nb', 'names\u001fDE|Allemagne\nFR|France', 'blank\u001f'].join(RECORD)
        );
    });

    it('hold a request: the facts, then its records', () => {
        expect(encodeRequest({ today: '2026-11-22' }, ['a', '', 'b'])).toBe(['today\u001f2026-11-22', 'a', '', 'b'].join(FILE));
    });
});
