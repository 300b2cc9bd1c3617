import { MOST, gather } from '../gather';

/** Apex with so many records, which it numbers; `refuse` says of which sizes a transaction is too small. */
function org(count, refuse = () => false) {
    return jest.fn(async (after, size) => {
        if (refuse(size, after)) {
            const body = { exceptionType: 'System.LimitException', message: 'Apex heap size too large: 6291457' };
            throw Object.assign(new Error(), { status: 500, body });
        }
        const start = after === null ? 0 : after + 1;
        const records = Array.from({ length: Math.min(size, count - start) }, (_, index) => start + index);
        return JSON.stringify({ records, next: records.length < size ? null : records.at(-1) });
    });
}

/** Reads all there is, and gives the numbers in the order in which they came. */
async function gathered(read, room = MOST) {
    const found = [];
    const more = await gather(read, room, (records) => found.push(...records) > 0);
    return { found, more };
}

const numbers = (count) => [...Array(count).keys()];

describe('gathering a pipeline', () => {
    it.each([
        ['one page', 3, 1],
        ['several pages', 450, 3],
        ['full pages, and an empty one behind them', 400, 3]
    ])('reads %s', async (_what, count, calls) => {
        const read = org(count);
        expect(await gathered(read)).toEqual({ found: numbers(count), more: false });
        expect(read).toHaveBeenCalledTimes(calls);
    });

    it('reads nothing where there is nothing', async () => {
        const pages = [];
        expect(await gather(org(0), MOST, (records) => pages.push(records))).toBe(false);
        expect(pages).toEqual([[]]);
    });

    it('reads no more than there is room for, and says that there is more', async () => {
        const read = org(5000);
        expect(await gathered(read, 250)).toEqual({ found: numbers(250), more: true });
        expect(read.mock.calls.map(([, size]) => size)).toEqual([200, 50]);
    });

    it('asks for half as many while a transaction is too small, and goes on with those', async () => {
        const read = org(300, (size) => size > 50);
        expect(await gathered(read)).toEqual({ found: numbers(300), more: false });
        expect(read.mock.calls.map(([, size]) => size)).toEqual([200, 100, 50, 50, 50, 50, 50, 50, 50]);
    });

    it('gives up when a single record is too much, and at once for any other reason', async () => {
        const tooMuch = org(300, () => true);
        await expect(gathered(tooMuch)).rejects.toMatchObject({ status: 500 });
        expect(tooMuch.mock.calls.at(-1)[1]).toBe(1);
        const refused = jest.fn().mockRejectedValue({ status: 500, body: { message: 'fields.not-readable' } });
        await expect(gathered(refused)).rejects.toMatchObject({ body: { message: 'fields.not-readable' } });
        expect(refused).toHaveBeenCalledTimes(1);
    });

    it('reads no further when nobody wants it any more', async () => {
        const read = org(1000);
        expect(await gather(read, MOST, () => false)).toBe(false);
        expect(read).toHaveBeenCalledTimes(1);
    });
});
