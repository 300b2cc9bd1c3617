/**
 * When settings are the same: the org trims what it is given and keeps nothing for what is blank, and it may end lines otherwise than the
 * browser.
 */

/** Whether these settings, by name, are what the others say. */
export function isSame(values, others) {
    return Object.entries(values).every(([name, value]) => plain(value) === plain(others[name]));
}

function plain(value) {
    return (value ?? '').replaceAll('\r\n', '\n').trim();
}
