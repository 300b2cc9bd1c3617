/**
 * Asks what only others know: the proxy how the pair stands, once for a record, and all of it again when nobody has asked for that. Must
 * not know what is made of the answers.
 */
import { modifiedAt } from 'c/cosellRecord';
import { lookUp, reread } from './steps';

/**
 * @param {object} panel `{ recordId, record, snapshotWire, rules, pair, busy, mayAsk }`, as they are at each time
 * @param {(pair?: object, problem?: object) => void} take takes what the proxy answers
 * @returns `{ once, again, forget, isQuiet }`: `again` never fails, and `isQuiet()` while it reads this record
 */
export function openAsking(panel, take) {
    let isAsked = false;
    let readsAgain;

    async function ask(isAgain) {
        const { recordId, record, rules, pair } = panel;
        if (panel.busy || !panel.mayAsk) {
            return;
        }
        isAsked = true;
        const answer = await lookUp(recordId, rules);
        // What was done meanwhile knows better; and what can't be asked again says nothing of what was told before.
        if (recordId === panel.recordId && pair === panel.pair && (answer.pair || !isAgain)) {
            take(answer.pair && { ...answer.pair, seen: modifiedAt(record) }, answer.problem);
        }
    }

    const isQuiet = () => readsAgain !== undefined && readsAgain === panel.recordId;

    return Object.freeze({
        /** The record does not say since when, until when, and what is held. */
        async once() {
            if (!isAsked && !panel.pair && !isQuiet()) {
                await ask(false);
            }
        },
        /** Reads the record and the pair without a word: of what can't be read now, what is shown stands. */
        async again() {
            const { recordId, snapshotWire } = panel;
            if (panel.busy || !panel.record) {
                return;
            }
            readsAgain = recordId;
            await reread(recordId, snapshotWire).catch(() => {});
            readsAgain = undefined;
            if (recordId === panel.recordId) {
                await ask(true);
            }
        },
        /** The next `once` asks, whoever was asked before. */
        forget() {
            isAsked = false;
        },
        isQuiet
    });
}
