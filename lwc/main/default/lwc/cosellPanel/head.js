/**
 * What the panel shows at its head and at its foot: how the deal stands, and the buttons that lead to the next step. Puts together what
 * the record, the rules and the page know; the words are in states.js and verdict.js.
 */
import { HELP_LABELS, LABELS } from 'c/cosellLabels';
import { STATE_LABELS } from 'c/cosellStateLabels';
import { standingOf } from './states';

/** In these states nothing else helps than to mend what was found. */
const MENDING = ['notReady', 'needsYou'];

/**
 * @param {object} known `{ link, deal, values, outcome, progress, canAct, readOnly, waits }`; `waits` for the rules, which takes no buttons away
 * @returns `{ standing, action, findings, working }` as `c-cosell-standing` takes them, without `standing` nothing is known yet; `decides`:
 * the seller is to answer
 */
export function headOf({ link, deal, values, outcome, progress, canAct, readOnly, waits }) {
    const standing = standingOf({
        link,
        synced: deal.synced,
        pausing: deal.pausing,
        blocking: deal.blocking,
        configured: deal.configured,
        dealType: outcome?.dealType,
        reviewed: outcome?.status === 'reviewed',
        help: HELP_LABELS[values.help] ?? values.help,
        progress: progress?.words,
        sharing: progress?.sharing
    });
    const mends = Boolean(canAct && deal.blocking && !progress);
    const offers = canAct || (waits && !readOnly);
    const leads = mends && MENDING.includes(standing?.key);
    return {
        standing,
        action: offers && deal.looks && !progress ? lookOf(deal, leads, !canAct) : null,
        findings: {
            text: deal.stopped,
            action: mends ? { name: 'mend', label: LABELS.goToFirst, variant: leads ? 'brand' : 'neutral' } : null
        },
        working: Boolean(progress),
        decides: link.onHold && !readOnly
    };
}

/** The foot: `{ shown, whyNot, cannotShare }`; it is there for what can be saved or sent, and says what is in the way of that. */
export function footOf({ deal, unsaved, busy }) {
    return {
        shown: Boolean(unsaved || deal.sends),
        whyNot: busy || !deal.sends ? '' : deal.whyNot,
        cannotShare: busy || Boolean(deal.whyNot)
    };
}

/** One button leads: where something is to be mended first, not this one. */
function lookOf({ running, shareLabel, shareVariant, whyNot }, isSecond, isEarly) {
    if (running) {
        return { name: 'reload', label: STATE_LABELS.headLookAgain, variant: 'brand', disabled: isEarly };
    }
    return { name: 'share', label: shareLabel, variant: isSecond ? 'neutral' : shareVariant, disabled: isEarly || Boolean(whyNot) };
}
