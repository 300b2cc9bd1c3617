/**
 * The cards above the pipeline: what is missing or went wrong, and what its button does.
 */
import { LABELS } from 'c/cosellLabels';
import { PIPELINE_LABELS as WORDS } from 'c/cosellPipelineLabels';
import { fill, number } from 'c/cosellFormat';
import { noticeOf } from 'c/cosellNotices';
import { MOST } from './gather';

const AGAIN = { action: 'refresh', actionLabel: LABELS.tryAgain };

/** The gravest first. */
export function noticesOf({ unreadable, moduleFailure, settings, readOnly, more }) {
    return [
        unreadable && cannotRead(unreadable),
        moduleFailure && { ...noticeOf(moduleFailure), ...AGAIN },
        settings && !settings.proxyUrl && noticeOf({ code: 'settings.missing' }),
        readOnly && noticeOf({ code: 'permission.missing' }),
        more && tooMany()
    ].filter(Boolean);
}

function cannotRead({ code, message }) {
    if (code === 'settings.missing') {
        return noticeOf({ code });
    }
    return { key: 'read', variant: 'error', heading: WORDS.unreadable, body: message, ...AGAIN };
}

function tooMany() {
    return { key: 'more', variant: 'info', heading: fill(WORDS.tooMany, number(MOST)) };
}
