// One way to call the org from the page. An answer that is not a success is thrown in the form that Lightning Data Service and Apex
// give to components (FetchResponse; Salesforce, "Handle Errors in Lightning Web Components").

/**
 * @param {string} method
 * @param {string} url path on this origin
 * @param {object} [options]
 * @param {unknown} [options.body] sent as JSON
 * @param {Record<string, string>} [options.headers]
 * @returns {Promise<unknown>} the JSON of the answer, `undefined` when it has none
 * @throws {object} a FetchResponse; or an error with a `message` when the org cannot be reached
 */
export async function call(method, url, { body, headers = {} } = {}) {
    const response = await fetch(url, {
        method,
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        body: body === undefined ? undefined : JSON.stringify(body)
    });
    const text = await response.text();
    const content = parsed(text);
    if (response.ok) return content;
    throw deepFreeze({
        ok: false,
        status: response.status,
        statusText: response.statusText,
        headers: {},
        errorType: 'fetchResponse',
        body: content ?? { message: text }
    });
}

function parsed(text) {
    if (!text) return undefined;
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** Components get their data read-only: an assignment to it must fail here as it does on the platform. */
export function deepFreeze(value) {
    if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
    Object.values(value).forEach(deepFreeze);
    return Object.freeze(value);
}
