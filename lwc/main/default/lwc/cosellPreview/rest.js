/**
 * What of the documents for Partner Center no row of the preview shows by itself: nothing that is sent may be missing there, but for what
 * says the same in every document, such as the kind of a solution's identifier. Pure; knows no words.
 */

/** Paths that the sections show. */
const SHOWN = new Set([
    'name',
    'externalReferenceId',
    'salesStage',
    'team',
    'customerProfile/name',
    'customerProfile/team',
    'customerProfile/address/addressLine1',
    'customerProfile/address/addressLine2',
    'customerProfile/address/city',
    'customerProfile/address/state',
    'customerProfile/address/postalCode',
    'customerProfile/address/country',
    'consent/consentToToShareInfoWithOthers',
    'consent/consentToContact',
    'consent/consentToShareReferralWithMicrosoftSellers',
    'details/notes',
    'details/dealValue',
    'details/currency',
    'details/closingDateTime',
    'details/requirements/solutions',
    'details/requirements/additionalRequirements/attributes',
    'inviteContext/assistanceRequestCode',
    'inviteContext/notes'
]);

/** Paths of what Partner Center must be told of every deal, which nobody has chosen. */
const CODES = new Set(['qualification', 'type', 'target']);

/**
 * @param {(object | null | undefined)[]} documents
 * @returns `{ codes: string[], others: { path, text }[] }`; `others` is what an admin mapped
 */
export function restOf(documents) {
    const leaves = documents.flatMap((document) => leavesOf(document ?? {}, '')).filter(({ path, text }) => text && !SHOWN.has(path));
    const rest = leaves.filter((leaf, at) => leaves.findIndex(({ path, text }) => path === leaf.path && text === leaf.text) === at);
    return {
        codes: rest.filter(({ path }) => CODES.has(path)).map(({ text }) => text),
        others: rest.filter(({ path }) => !CODES.has(path))
    };
}

function leavesOf(value, path) {
    if (Array.isArray(value)) {
        return [{ path, text: value.map((item) => Object.values(item).join(' ')).join(', ') }];
    }
    if (value && typeof value === 'object') {
        return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, path ? `${path}/${name}` : name));
    }
    return [{ path, text: String(value ?? '') }];
}
