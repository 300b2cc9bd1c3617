/**
 * What the panel tells outside its content. Cards above it: what is missing or went wrong, whom to ask, and what the button does.
 * Toasts: how a share ended.
 */
import { LABELS } from 'c/cosellLabels';
import { fill } from 'c/cosellFormat';

const MODULE_HINTS = {
    'wasm.unavailable': LABELS.hintModuleUnavailable,
    'wasm.blocked': LABELS.hintModuleBlocked,
    'wasm.unreachable': LABELS.hintModuleUnreachable
};

const SHARE_HINTS = {
    'proxy.unreachable': LABELS.hintProxy,
    'origin.unknown': LABELS.hintOrigin
};

/** The cards for all that is known to be missing or wrong, the gravest first. */
export function noticesOf({ unreadable: problem, moduleFailure, settings, record, readOnly, failure }) {
    if (problem) {
        return [problem.code === 'settings.missing' ? notSetUp() : unreadable(problem)];
    }
    return [
        moduleFailure && moduleMissing(moduleFailure),
        settings && !settings.proxyUrl && notSetUp(),
        record && readOnly && notPermitted(),
        failure
    ].filter(Boolean);
}

/** The opportunity can't be read: nothing else can be shown. */
function unreadable({ message }) {
    return {
        key: 'record',
        variant: 'error',
        heading: LABELS.noticeUnreadable,
        body: message,
        action: 'reload',
        actionLabel: LABELS.tryAgain
    };
}

/** The rules can't run on this page, or not with what an admin has set. */
function moduleMissing({ code, message }) {
    if (code === 'settings.unreadable') {
        return {
            key: 'settings',
            variant: 'error',
            heading: LABELS.noticeSettingsUnreadable,
            body: message,
            hint: LABELS.hintSettingsUnreadable
        };
    }
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
function notSetUp() {
    return {
        key: 'settings',
        variant: 'warning',
        heading: LABELS.noticeSettings,
        body: LABELS.noticeSettingsBody,
        hint: LABELS.hintSettings
    };
}

/** The user may look only. */
function notPermitted() {
    return {
        key: 'permission',
        variant: 'info',
        heading: LABELS.noticePermission,
        body: LABELS.noticePermissionBody,
        hint: LABELS.hintPermission
    };
}

/** A share failed, or a sync. */
export function notShared({ code, message }, { shared, sends }) {
    const again = code !== 'deal.not-ready';
    const sent = shared ? LABELS.noticeNotSent : LABELS.noticeNotShared;
    return {
        key: 'failure',
        variant: again ? 'error' : 'warning',
        heading: sends || !again ? sent : LABELS.noticeNotLooked,
        body: message,
        hint: SHARE_HINTS[code],
        action: again ? 'share' : 'dismiss',
        actionLabel: again ? LABELS.tryAgain : LABELS.close
    };
}

/** An answer to a referral that came in did not get through. */
export function notAnswered({ message, code }) {
    return {
        key: 'failure',
        variant: 'error',
        heading: LABELS.noticeNotAnswered,
        body: message,
        hint: SHARE_HINTS[code],
        action: 'dismiss',
        actionLabel: LABELS.close
    };
}

/** The toast for an answer that got through. */
export function answered(decision) {
    const title = decision === 'accept' ? LABELS.decideAccepted : LABELS.decideDeclined;
    return { title, message: '', variant: 'success' };
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

/** The toast for what the proxy answered. It claims no more than was asked of it. */
export function toastOf({ state, reason, dealType, referralId }, { opens }) {
    if (state === 'inStep') {
        const shared = dealType === 'private' ? LABELS.sharedPrivate : LABELS.shared;
        return opens
            ? { title: shared, message: fill(LABELS.sharedReferral, referralId), variant: 'success' }
            : { title: LABELS.looked, message: '', variant: 'success' };
    }
    const saved = referralId ? LABELS.sharedPartly : LABELS.sharedLater;
    return { title: opens ? saved : LABELS.lookedLater, message: reason?.message ?? '', variant: 'warning' };
}
