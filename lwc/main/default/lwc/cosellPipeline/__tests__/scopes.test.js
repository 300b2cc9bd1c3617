import { NOTHING_READ, missingScope, withPage, withRecord, withRecords, withScope } from '../scopes';

const page = (...ids) => ids.map((Id) => ({ Id }));
const read = (known) => known.entries.map(({ record, mine }) => `${record.Id}${record.now ?? ''}${mine ? ' mine' : ''}`);

describe('what of the pipeline was read', () => {
    const mine = withScope(withPage(NOTHING_READ, 'mine', page('a', 'b')), 'mine', false);
    const all = withScope(withPage(mine, 'others', page('b', 'c')), 'others', true);

    it.each([
        ['mine', NOTHING_READ, 'mine'],
        ['all', NOTHING_READ, 'mine'],
        ['mine', mine, undefined],
        ['all', mine, 'others'],
        ['all', all, undefined]
    ])('leaves to read, where %s is wanted of %j: %s', (owner, known, scope) => {
        expect(missingScope(known, owner)).toBe(scope);
    });

    it('has each opportunity once, also one that changed hands between two pages', () => {
        expect(read(all)).toEqual(['a mine', 'b mine', 'c']);
    });

    it('remembers that there are more', () => {
        expect([NOTHING_READ, mine, all, withScope(all, 'third', false)].map(({ more }) => more)).toEqual([false, false, true, true]);
    });

    it('takes in one in another state, and several that were read again, of which some are gone', () => {
        expect(read(withRecord(all, { Id: 'b', now: '!' }))).toEqual(['a mine', 'b! mine', 'c']);
        expect(read(withRecords(all, ['a', 'c'], [{ Id: 'c', now: '!' }]))).toEqual(['b mine', 'c!']);
    });
});
