// Which custom permissions the person at this page holds: all, except for those that the address takes away
// (`?without=Cosell_Share,Cosell_Administer`), so that a page can be looked at as somebody who may only read.
const taken = new Set(new URLSearchParams(window.location.search).get('without')?.split(','));

/** What `@salesforce/customPermission/<name>` says: true, or nothing, as on the platform. */
export function holds(name) {
    return taken.has(name) ? undefined : true;
}
