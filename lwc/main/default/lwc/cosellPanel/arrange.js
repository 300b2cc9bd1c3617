/**
 * Where each finding is shown and which comes next: under a field of the form, or in the list of what lies elsewhere on the page.
 * Pure functions over what the rules found.
 */
import { FIELD, contactsOf, valuesOf } from 'c/cosellRecord';

/** Fields with a control of their own in the form, from top to bottom. */
const PLACES = ['help', 'visibility', 'contact', 'consent', 'solutions'];

const OWN_FIELDS = new Set(Object.values(FIELD));

/**
 * Gives every finding a `key` that lasts from one review to the next, and what its editor starts with.
 * @returns {{ list: object[], help: object[], visibility: object[], contact: object[], consent: object[], solutions: object[] }}
 */
export function arrange(findings, record, draft) {
    const seen = {};
    const places = { list: [], ...Object.fromEntries(PLACES.map((place) => [place, []])) };
    for (const finding of findings) {
        seen[finding.code] = (seen[finding.code] ?? 0) + 1;
        places[PLACES.includes(finding.field) ? finding.field : 'list'].push({
            ...finding,
            key: `${finding.code}#${seen[finding.code]}`,
            fix: possibleFix(finding.fix, record),
            elsewhere: finding.fix?.fields?.some((name) => OWN_FIELDS.has(name)) ?? false,
            values: finding.fix ? valuesOf(record, draft, finding.fix.object, finding.fix.recordId) : {}
        });
    }
    return places;
}

/** Neither a record can be chosen in a text input, nor a contact where there is none: both are added elsewhere on the page. */
function possibleFix(fix, record) {
    const elsewhere = fix?.fields?.includes('AccountId') || (fix?.what === 'contact' && !contactsOf(record).length);
    return elsewhere ? null : fix;
}

/** Keys of what stops a share, in the order of the page. */
export function blockingKeys(places) {
    return ['list', ...PLACES].flatMap((place) => places[place].filter(({ severity }) => severity === 'block').map(({ key }) => key));
}

/** The finding to go to after one was mended: the next that is still open, else the first; undefined when none is left. */
export function nextKey(before, now, mended) {
    const passed = new Set(before.slice(0, Math.max(0, before.indexOf(mended))));
    return now.find((key) => !passed.has(key)) ?? now[0];
}
