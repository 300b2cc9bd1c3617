/**
 * What the panel tells outside its content. Cards above it: what is missing or went wrong, whom to ask, and what the button does.
 * Toasts: how a share ended. How the deal itself stands is in states.js.
 */
import { LABELS } from 'c/cosellLabels';
import { fill } from 'c/cosellFormat';

const RELOAD = { action: 'reload', actionLabel: LABELS.tryAgain };
const SHARE = { action: 'share', actionLabel: LABELS.tryAgain };
const DISMISS = { action: 'dismiss', actionLabel: LABELS.close };

const NO_MODULE = { key: 'module', variant: 'error', heading: LABELS.noticeModule, ...RELOAD };

/** Cards for what the page lacks, by the code of the problem where it has one; `{0}` in a body is what the problem says of itself. */
const CARDS = {
    unreadable: { key: 'record', variant: 'error', heading: LABELS.noticeUnreadable, body: '{0}', ...RELOAD },
    'settings.missing': {
        key: 'settings',
        variant: 'warning',
        heading: LABELS.noticeSettings,
        body: LABELS.noticeSettingsBody,
        hint: LABELS.hintSettings
    },
    'settings.unreadable': {
        key: 'settings',
        variant: 'error',
        heading: LABELS.noticeSettingsUnreadable,
        body: '{0}',
        hint: LABELS.hintSettingsUnreadable
    },
    module: { ...NO_MODULE, body: '{0}', hint: LABELS.hintAdmin },
    'wasm.unavailable': { ...NO_MODULE, body: '{0}', hint: LABELS.hintModuleUnavailable },
    'wasm.blocked': { ...NO_MODULE, body: '{0}', hint: LABELS.hintModuleBlocked },
    'wasm.unreachable': { ...NO_MODULE, body: '{0}', hint: LABELS.hintModuleUnreachable },
    permission: {
        key: 'permission',
        variant: 'info',
        heading: LABELS.noticePermission,
        body: LABELS.noticePermissionBody,
        hint: LABELS.hintPermission
    },
    unasked: { key: 'unasked', variant: 'warning', heading: LABELS.noticeUnasked, body: LABELS.noticeUnaskedBody, ...RELOAD }
};

/** Whom to ask when the proxy can't be talked to. */
const PROXY_HINTS = {
    'proxy.unreachable': LABELS.hintProxy,
    'origin.unknown': LABELS.hintOrigin
};

/** The cards for all that is known to be missing or wrong, the gravest first. */
export function noticesOf({ unreadable, moduleFailure, settings, record, readOnly, unasked, failure }) {
    if (unreadable) {
        return [card(unreadable.code === 'settings.missing' ? unreadable.code : 'unreadable', unreadable)];
    }
    return [
        moduleFailure && card(moduleFailure.code in CARDS ? moduleFailure.code : 'module', moduleFailure),
        settings && !settings.proxyUrl && card('settings.missing'),
        record && readOnly && card('permission'),
        unasked && { ...card('unasked', unasked), hint: PROXY_HINTS[unasked.code] },
        failure
    ].filter(Boolean);
}

function card(name, problem) {
    const { body, ...rest } = CARDS[name];
    return { ...rest, body: fill(body, problem?.message ?? '') };
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
        hint: PROXY_HINTS[code],
        ...(again ? SHARE : DISMISS)
    };
}

/** An answer to a referral that came in did not get through. */
export function notAnswered({ message, code }) {
    return { key: 'failure', variant: 'error', heading: LABELS.noticeNotAnswered, body: message, hint: PROXY_HINTS[code], ...DISMISS };
}

/** A write failed. */
export function notSaved({ message }) {
    return { key: 'failure', variant: 'error', heading: LABELS.noticeNotSaved, body: message, ...DISMISS };
}

/** The toast for an answer that got through. */
export function answered(decision) {
    const title = decision === 'accept' ? LABELS.decideAccepted : LABELS.decideDeclined;
    return { title, message: '', variant: 'success' };
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
