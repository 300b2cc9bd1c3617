// Where the page is: its path, and the record or page it stands for. The shell draws what this says, `lightning/navigation` changes it.
const listeners = new Set();

const routes = [
    { pattern: /^\/lightning\/r\/(\w+)\/(\w+)\/view\/?$/, page: ([, object, id]) => recordPage(object, id) },
    { pattern: /^\/lightning\/o\/(\w+)\/(?:list|home)\/?$/, page: ([, object]) => objectPage(object) },
    { pattern: /^\/lightning\/n\/(\w+)\/?$/, page: ([, apiName]) => namedPage(apiName) },
    { pattern: /^\/lightning\/setup\/CustomMetadata\/page\/?$/, page: () => setupPage() },
    { pattern: /^\/partner-center\/?$/, page: () => namedPage('partner-center') }
];

const recordPage = (objectApiName, recordId) => ({
    type: 'standard__recordPage',
    attributes: { objectApiName, recordId, actionName: 'view' },
    state: {}
});
const objectPage = (objectApiName) => ({ type: 'standard__objectPage', attributes: { objectApiName, actionName: 'list' }, state: {} });
const namedPage = (apiName) => ({ type: 'standard__navItemPage', attributes: { apiName }, state: {} });
/** A record in Setup: no page reference of the platform's stands for it, only its address. */
const setupPage = () => ({
    type: 'standard__webPage',
    attributes: { url: `${window.location.pathname}${window.location.search}` },
    state: {}
});

/** The page reference of a path, `undefined` when the page knows none. */
export function pageOf(path) {
    for (const { pattern, page } of routes) {
        const match = pattern.exec(path);
        if (match) return page(match);
    }
    return undefined;
}

/** The URL of a page reference. */
export function urlOf({ type, attributes }) {
    if (type === 'standard__recordPage') return `/lightning/r/${attributes.objectApiName}/${attributes.recordId}/view`;
    if (type === 'standard__objectPage') return `/lightning/o/${attributes.objectApiName}/list`;
    // The simulation's own page has an address of its own: it is none of Lightning's.
    if (type === 'standard__navItemPage')
        return attributes.apiName === 'partner-center' ? '/partner-center' : `/lightning/n/${attributes.apiName}`;
    if (type === 'standard__webPage') return attributes.url;
    throw new Error(`no URL for a page of type ${type}`);
}

export function currentPage() {
    return pageOf(window.location.pathname);
}

/** Goes to a page of this application, or opens another site's in a new tab. */
export function open(url, { replace = false } = {}) {
    const target = new URL(url, window.location.origin);
    if (target.origin !== window.location.origin) {
        window.open(target, '_blank', 'noopener');
        return;
    }
    window.history[replace ? 'replaceState' : 'pushState'](null, '', `${target.pathname}${target.search}`);
    tell();
}

/** Calls back at every change of page; returns how to stop it. */
export function onMove(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

function tell() {
    for (const listener of listeners) listener(currentPage());
}

window.addEventListener('popstate', tell);
