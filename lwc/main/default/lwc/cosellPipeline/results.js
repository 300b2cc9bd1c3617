/**
 * How each opportunity of a run stands, in words: while it waits, while it is shared, and how it ended. Pure; knows no component.
 */
import { LABELS } from 'c/cosellLabels';
import { PIPELINE_LABELS as WORDS } from 'c/cosellPipelineLabels';
import { describe } from 'c/cosellErrors';
import { dateTime, fill } from 'c/cosellFormat';

/** Ends of a share that another try can better. */
const AGAIN = new Set(['failed', 'left']);

/** What a share that got through has made of a deal, by its type. */
const DONE = { private: 'private', partnerLed: 'visible', coSell: 'asked' };

/**
 * An item of the list of results.
 * @typedef {object} Item
 * @property {string} id
 * @property {string} name
 * @property {'waiting' | 'sending' | 'paused' | 'private' | 'visible' | 'asked' | 'later' | 'blocked' | 'failed' | 'left'} state
 * @property {string[]} texts what there is to say about it: why, until when, what is missing
 * @property {string | null} link to Partner Center
 * @property {boolean} again whether it can be tried again
 */

/** @returns {Item} before its turn */
export function waiting({ id, name }) {
    return { id, name, state: 'waiting', texts: [], link: null, again: false };
}

/** @returns {Item} after what the run told of it */
export function after(item, event) {
    const { state, texts = [], link = null } = happened(event);
    return { ...item, state, texts: texts.filter(Boolean), link, again: AGAIN.has(state) };
}

function happened({ kind, pair, error, until }) {
    switch (kind) {
        case 'begun':
            return { state: 'sending' };
        case 'put-off':
            return { state: 'paused', texts: [fill(WORDS.itemPaused, dateTime(until))] };
        case 'done':
            return done(pair);
        case 'left':
            return { state: 'left', texts: [error ? describe(error).message : WORDS.itemLeftWhy] };
        default:
            return failed(error);
    }
}

/** The proxy has answered: it is done, or will be without anybody's help, or somebody has to do something first. */
function done({ state, reason, dealType, referralLink: link }) {
    const texts = [reason?.message];
    if (state === 'inStep') {
        return { state: DONE[dealType], link };
    }
    return { state: state === 'waiting' ? 'later' : 'failed', texts, link };
}

/** A deal that is not ready says what is missing; everything else says why. */
function failed(error) {
    const { code, message, findings } = describe(error);
    if (code === 'deal.not-ready') {
        const blocking = findings.filter(({ severity }) => severity === 'block');
        return blocked(blocking.length ? blocking.map((finding) => finding.message) : [error.detail ?? message]);
    }
    return { state: 'failed', texts: [code === 'record.conflict' ? WORDS.itemConflict : message] };
}

function blocked(texts) {
    return { state: 'blocked', texts };
}

/** @returns {Item} of one that was read again before another try, and is not ready any more */
export function notReady(item, findings) {
    return { ...item, ...blocked(findings.map(({ message }) => message)), link: null, again: false };
}

/** @returns {Item} of one that is gone, or hidden from the seller, when it is read again */
export function gone(item) {
    return { ...item, state: 'failed', texts: [LABELS.errorNotFound], link: null, again: false };
}

/** Whether what was wanted of it is done. */
export function isDone({ state }) {
    return Object.values(DONE).includes(state);
}
