/**
 * Reads a pipeline page by page, since one transaction of Apex can't hold it: each page starts behind the last record of the one
 * before. Knows neither the shape of a record nor who shows it.
 */

/** How many opportunities a pipeline shows at most. */
export const MOST = 2000;

/** Records of a page: as many as Apex takes. */
const PAGE = 200;

/**
 * @param {(after: string | null, size: number) => Promise<string>} read a page, as JSON `{ records, next }`
 * @param {number} room how many records are wanted at most
 * @param {(records: object[]) => boolean} onpage takes what was read; false when nobody wants the rest any more
 * @returns {Promise<boolean>} whether there are more than there was room for
 */
export async function gather(read, room, onpage) {
    if (room <= 0) {
        return true;
    }
    let size = PAGE;
    let left = room;
    let after = null;
    do {
        // The next page starts where this one ends.
        // eslint-disable-next-line no-await-in-loop
        const page = await readPage(read, after, Math.min(size, left));
        size = Math.min(size, page.size);
        left -= page.records.length;
        after = page.next;
        if (!onpage(page.records)) {
            return false;
        }
    } while (after && left > 0);
    return Boolean(after);
}

/** Whether Apex failed because one transaction can't hold what was asked for. */
export function isTooMuch(error) {
    return error?.body?.exceptionType === 'System.LimitException';
}

/** Long descriptions fill a transaction sooner: then half as many are asked for at a time. */
async function readPage(read, after, size) {
    try {
        return { ...JSON.parse(await read(after, size)), size };
    } catch (error) {
        if (!isTooMuch(error) || size === 1) {
            throw error;
        }
        return readPage(read, after, Math.ceil(size / 2));
    }
}
