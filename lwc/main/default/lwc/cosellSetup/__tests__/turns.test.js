import { openTurns } from '../turns';

describe('an answer', () => {
    it('is news unless one to a later question was taken', () => {
        const begin = openTurns();
        const [first, second, third] = [begin(), begin(), begin()];
        expect([second(), first(), third()]).toEqual([true, false, true]);
    });

    it('is news as well where the ones before are still awaited', () => {
        const begin = openTurns();
        begin();
        expect(begin()()).toBe(true);
    });
});
