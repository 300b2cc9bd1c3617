/**
 * What the set-up page says above its cards: what keeps it from asking, and how to mend that.
 */
import { LABELS } from 'c/cosellLabels';
import { SETUP } from 'c/cosellSetupLabels';
import { fill } from 'c/cosellFormat';
import { moduleHintOf } from 'c/cosellNotices';

/** Nobody but an admin gets further. */
export const NOT_PERMITTED = Object.freeze({
    key: 'permission',
    variant: 'info',
    heading: SETUP.noPermission,
    body: SETUP.noPermissionBody,
    hint: SETUP.noPermissionHint
});

/** The settings record is gone. */
export const NO_SETTINGS = Object.freeze({
    key: 'settings',
    variant: 'warning',
    heading: SETUP.noSettings,
    body: SETUP.noSettingsBody,
    hint: SETUP.noSettingsHint
});

/** The org did not answer. */
export function notRead({ code, message }) {
    if (code === 'permission.missing') {
        return NOT_PERMITTED;
    }
    return { key: 'read', variant: 'error', heading: SETUP.unreadable, body: message, action: 'start', actionLabel: LABELS.tryAgain };
}

/** Who reads this is the admin whom the shared words would ask. */
function moduleHint(code) {
    return code === 'wasm.blocked' ? SETUP.orgWasmNo : moduleHintOf(code);
}

const SILENT = ['proxy.unreachable', 'proxy.timeout', 'proxy.unreadable'];

/** What went wrong with a question to the server, in words of this page: the panel's for silence speak of a deal. */
export function inWords({ code, message }, address) {
    return { code, message: SILENT.includes(code) ? fill(SETUP.notAnswering, address) : message };
}

/** Nothing can be asked of the server: it does not answer, does not let us in, or the page can't ask. */
export function notReached(problem, { origin, address }) {
    const { code, message } = inWords(problem, address);
    return {
        key: 'server',
        variant: 'error',
        heading: SETUP.notReached,
        body: message,
        hint: hintOf(code, origin),
        action: 'start',
        actionLabel: LABELS.tryAgain
    };
}

function hintOf(code, origin) {
    if (code === 'certificate.unusable') {
        return SETUP.certificateHint;
    }
    if (code.startsWith('token.')) {
        return SETUP.tokenHint;
    }
    return moduleHint(code) ?? fill(SETUP.notReachedHint, origin);
}

/** Why the rules don't run on this page, and how to mend that, in one text. */
export function notRunning({ code, message }) {
    return [message, moduleHint(code)].filter(Boolean).join(' ');
}
