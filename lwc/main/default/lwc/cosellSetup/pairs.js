/**
 * The list of pairs that need attention: how it is read page by page, what tells a pair from all others, and by which name the server
 * is asked for it.
 */

/** Pairs of one page of the list. */
const PAGE = 50;

/** What stays the same first: a referral that came in has no opportunity yet, and of some the referral is found out later. */
const IDENTIFIERS = ['opportunityId', 'engagementId', 'referralId'];

/** The pair with its `key`, and `by`, whose identifier that is. */
function keyed(pair) {
    const by = IDENTIFIERS.find((identifier) => pair[identifier]);
    return { ...pair, by, key: pair[by] };
}

/** One page: `{ pairs, next }`; `after` is what `next` was on the one before. */
export async function readPage(ask, after) {
    const query = after ? `&after=${encodeURIComponent(after)}` : '';
    const { pairs, next } = await ask('GET', `attention?limit=${PAGE}${query}`);
    return { pairs: pairs.map(keyed), next };
}

/** Pages from the first on: one, and as many more as there are while `goesOn(pages)`. */
export async function readPages(ask, goesOn) {
    const pages = [await readPage(ask)];
    while (pages.at(-1).next && goesOn(pages)) {
        // Each page says where the next one begins.
        // eslint-disable-next-line no-await-in-loop
        pages.push(await readPage(ask, pages.at(-1).next));
    }
    return pages;
}

/** The pair that has this key, or had it before it became an opportunity; undefined where no page has it. */
export function findPair(pages, key) {
    return pages.flatMap(({ pairs }) => pairs).find((pair) => IDENTIFIERS.some((identifier) => pair[identifier] === key));
}
