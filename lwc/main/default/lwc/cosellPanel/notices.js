/**
 * What the panel tells outside its content. Cards above it: what is missing or went wrong, whom to ask, and what the button does.
 * Toasts: how a share ended. How the deal itself stands is in states.js.
 */
import { LABELS } from 'c/cosellLabels';
import { fill } from 'c/cosellFormat';
import { noticeOf } from 'c/cosellNotices';

const RELOAD = { action: 'reload', actionLabel: LABELS.tryAgain };
const SHARE = { action: 'share', actionLabel: LABELS.tryAgain };
const DISMISS = { action: 'dismiss', actionLabel: LABELS.close };

/** Whom to ask when the proxy can't be talked to. */
const PROXY_HINTS = {
    'proxy.unreachable': LABELS.hintProxy,
    'origin.unknown': LABELS.hintOrigin
};

/** The cards for all that is known to be missing or wrong, the gravest first. */
export function noticesOf({ unreadable, moduleFailure, settings, settingsFailure, record, mayShare, obstacle, unasked, failure }) {
    if (unreadable) {
        return [notReadable(unreadable, mayShare)];
    }
    return [
        moduleFailure && notRunning(moduleFailure),
        settingsFailure && { ...cannotRead(settingsFailure), key: 'settings', heading: LABELS.noticeSettingsUnread },
        settings && !settings.proxyUrl && !settingsFailure && notSetUp(),
        record && !mayShare && noticeOf({ code: 'permission.missing' }),
        record && mayShare && obstacle && { key: 'access', variant: 'info', heading: obstacle },
        unasked && notAsked(unasked),
        failure
    ].filter(Boolean);
}

/** Whoever lacks the permission may not even ask. */
function notReadable(problem, mayShare) {
    if (!mayShare) {
        return noticeOf({ code: 'permission.missing' });
    }
    return problem.code === 'settings.missing' ? noticeOf(problem) : cannotRead(problem);
}

function cannotRead({ message }) {
    return { key: 'record', variant: 'error', heading: LABELS.noticeUnreadable, body: message, ...RELOAD };
}

/** A setting that can't be read stays so until an admin has mended it, which a page that is loaded anew then sees. */
function notRunning(problem) {
    return problem.code === 'settings.unreadable' ? noticeOf(problem) : { ...noticeOf(problem), ...RELOAD };
}

function notSetUp() {
    return { ...noticeOf({ code: 'settings.missing' }), body: LABELS.noticeSettingsBody };
}

function notAsked({ code, message }) {
    const body = fill(LABELS.noticeUnaskedBody, message);
    return { key: 'unasked', variant: 'warning', heading: LABELS.noticeUnasked, body, hint: PROXY_HINTS[code], ...RELOAD };
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
