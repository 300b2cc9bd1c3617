/**
 * The cards for what every page may lack, by the code of the problem: settings, a permission, a module that runs. Whoever shows one
 * adds its button; what only one page can lack is that page's own.
 */
import { LABELS } from 'c/cosellLabels';

/** What helps where the rules don't run, by why they don't. */
const MODULE_HINTS = {
    'wasm.unavailable': LABELS.hintModuleUnavailable,
    'wasm.blocked': LABELS.hintModuleBlocked,
    'wasm.unreachable': LABELS.hintModuleUnreachable
};

/** Apart from the module, which can fail in more ways than have a code. */
const CARDS = {
    'settings.missing': { variant: 'warning', heading: LABELS.noticeSettings, hint: LABELS.hintSettings },
    'settings.unreadable': { variant: 'error', heading: LABELS.noticeSettingsUnreadable, hint: LABELS.hintSettingsUnreadable },
    'permission.missing': {
        variant: 'info',
        heading: LABELS.noticePermission,
        body: LABELS.noticePermissionBody,
        hint: LABELS.hintPermission
    }
};

/** What helps where the rules don't run; undefined for a code of another kind. */
export function moduleHintOf(code) {
    return MODULE_HINTS[code];
}

/**
 * The card for a problem; one that has no card of its own is of the module.
 * @param {{ code: string, message?: string }} problem as `c/cosellErrors` describes it; the card says its message unless it has words of its own
 */
export function noticeOf({ code, message }) {
    const card = CARDS[code] ?? { variant: 'error', heading: LABELS.noticeModule, hint: MODULE_HINTS[code] ?? LABELS.hintAdmin };
    return { key: code, body: message, ...card };
}
