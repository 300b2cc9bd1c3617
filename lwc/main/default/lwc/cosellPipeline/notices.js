/**
 * The cards above the pipeline: what is missing or went wrong, and what its button does.
 */
import { LABELS } from 'c/cosellLabels';
import { PIPELINE_LABELS as WORDS } from 'c/cosellPipelineLabels';
import { fill, number } from 'c/cosellFormat';
import { MOST } from './gather';

const MODULE_HINTS = {
    'wasm.unavailable': LABELS.hintModuleUnavailable,
    'wasm.blocked': LABELS.hintModuleBlocked,
    'wasm.unreachable': LABELS.hintModuleUnreachable,
    'settings.unreadable': LABELS.hintSettingsUnreadable
};

/** The gravest first. */
export function noticesOf({ unreadable, moduleFailure, settings, readOnly, more }) {
    return [
        unreadable && cannotRead(unreadable),
        moduleFailure && moduleMissing(moduleFailure),
        settings && !settings.proxyUrl && notSetUp(),
        readOnly && notPermitted(),
        more && tooMany()
    ].filter(Boolean);
}

function cannotRead({ code, message }) {
    if (code === 'settings.missing') {
        return notSetUp();
    }
    return { key: 'read', variant: 'error', heading: WORDS.unreadable, body: message, action: 'refresh', actionLabel: LABELS.tryAgain };
}

function moduleMissing({ code, message }) {
    const heading = code === 'settings.unreadable' ? LABELS.noticeSettingsUnreadable : LABELS.noticeModule;
    const hint = MODULE_HINTS[code] ?? LABELS.hintAdmin;
    return { key: 'module', variant: 'error', heading, body: message, hint, action: 'refresh', actionLabel: LABELS.tryAgain };
}

function notSetUp() {
    return { key: 'settings', variant: 'warning', heading: LABELS.noticeSettings, hint: LABELS.hintSettings };
}

function notPermitted() {
    return {
        key: 'permission',
        variant: 'info',
        heading: LABELS.noticePermission,
        body: LABELS.noticePermissionBody,
        hint: LABELS.hintPermission
    };
}

function tooMany() {
    return { key: 'more', variant: 'info', heading: fill(WORDS.tooMany, number(MOST)) };
}
