/**
 * The cards above the panel's content: what is missing or went wrong, whom to ask, and what the button does.
 */
import { LABELS } from 'c/cosellLabels';

const MODULE_HINTS = {
    'wasm.unavailable': LABELS.hintModuleUnavailable,
    'wasm.blocked': LABELS.hintModuleBlocked,
    'wasm.unreachable': LABELS.hintModuleUnreachable
};

const SHARE_HINTS = {
    'proxy.unreachable': LABELS.hintProxy,
    'origin.unknown': LABELS.hintOrigin
};

/** The opportunity can't be read: nothing else can be shown. */
export function unreadable({ message }) {
    return {
        key: 'record',
        variant: 'error',
        heading: LABELS.noticeUnreadable,
        body: message,
        action: 'reload',
        actionLabel: LABELS.tryAgain
    };
}

/** The rules can't run on this page. */
export function moduleMissing({ code, message }) {
    return {
        key: 'module',
        variant: 'error',
        heading: LABELS.noticeModule,
        body: message,
        hint: MODULE_HINTS[code] ?? LABELS.hintAdmin,
        action: 'reload',
        actionLabel: LABELS.tryAgain
    };
}

/** No address of the proxy. */
export function notSetUp() {
    return {
        key: 'settings',
        variant: 'warning',
        heading: LABELS.noticeSettings,
        body: LABELS.noticeSettingsBody,
        hint: LABELS.hintSettings
    };
}

/** The user may look only. */
export function notPermitted() {
    return {
        key: 'permission',
        variant: 'info',
        heading: LABELS.noticePermission,
        body: LABELS.noticePermissionBody,
        hint: LABELS.hintPermission
    };
}

/** A share failed. */
export function notShared({ code, message }) {
    const again = code !== 'deal.not-ready';
    return {
        key: 'failure',
        variant: again ? 'error' : 'warning',
        heading: LABELS.noticeNotShared,
        body: message,
        hint: SHARE_HINTS[code],
        action: again ? 'share' : undefined,
        actionLabel: again ? LABELS.tryAgain : undefined
    };
}

/** A write failed. */
export function notSaved({ message }) {
    return {
        key: 'failure',
        variant: 'error',
        heading: LABELS.noticeNotSaved,
        body: message,
        action: 'dismiss',
        actionLabel: LABELS.close
    };
}
