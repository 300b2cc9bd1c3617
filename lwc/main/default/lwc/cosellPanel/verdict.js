/**
 * How the deal as a whole stands, and what the panel says and offers for it: one sentence at its head, the buttons at its foot.
 */
import { LABELS } from 'c/cosellLabels';
import { counted } from 'c/cosellFormat';
import { hasUpdates, isSynced, upgradeOf } from './sending';

const SHARE_LABELS = { private: LABELS.sharePrivate, partnerLed: LABELS.shareVisible, coSell: LABELS.shareCoSell };

/**
 * @param {object} known `{ link, values, dealType, findings, edited, configured }`; `edited` names the fields with unsaved edits
 * @returns `{ shared, opens, sends, stands, kept, summary, whyNot, shareLabel, shareVariant, saveVariant }`: `opens` means that the share
 * button would show more of the deal to somebody, `sends` that it would send this or the edits, `stands` that there is something to tell
 * about the pair, `kept` that Partner Center has its copy of the values
 */
export function dealOf({ link, values, dealType, findings, edited, configured }) {
    const { troubled, asked, onHold } = link;
    const shared = Boolean(link.referralId);
    const upgrade = shared ? upgradeOf(values, link) : null;
    const opens = !shared || Boolean(upgrade);
    const synced = isSynced(values, link);
    const sends = opens || (synced && hasUpdates(edited, link));
    const unsaved = edited.length > 0;
    const blocking = findings.filter(({ severity }) => severity === 'block').length;
    const deal = { shared, upgrade, opens, sends, synced, troubled, asked: asked && !onHold, blocking, dealType, unsaved, configured };
    return {
        shared,
        opens,
        sends,
        stands: shared || troubled,
        kept: shared && upgrade !== 'coSell',
        summary: summaryOf(deal),
        whyNot: whyNot(deal),
        shareLabel: shareLabel(deal),
        // One button leads: the one that sends; with edits that are not sent, Save.
        shareVariant: sends || (troubled && !unsaved) ? 'brand' : 'neutral',
        saveVariant: sends ? 'neutral' : 'brand'
    };
}

/** The sentence about the findings; none where the pair's own reason says what is the matter. */
function summaryOf({ blocking, opens, shared, troubled }) {
    if (blocking && !opens) {
        return { icon: 'utility:info', text: counted(blocking, LABELS.summaryKeptOne, LABELS.summaryKeptMany) };
    }
    if (blocking) {
        const [one, many] = shared ? [LABELS.summarySendOne, LABELS.summarySendMany] : [LABELS.summaryShareOne, LABELS.summaryShareMany];
        return { icon: 'utility:error', variant: 'error', text: counted(blocking, one, many) };
    }
    return shared || troubled ? null : { icon: 'utility:success', variant: 'success', text: LABELS.summaryReady };
}

/** Why the share button can't be pressed, in words. Findings stop a share; a sync leaves out what they concern, and does the rest. */
function whyNot({ blocking, opens, configured }) {
    if (opens && blocking) {
        return counted(blocking, LABELS.whyNotOne, LABELS.whyNotMany);
    }
    return configured ? '' : LABELS.whyNotSettings;
}

/** The share button's name says what it does. */
function shareLabel({ shared, unsaved, upgrade, sends, synced, dealType, troubled, asked }) {
    if (!shared) {
        return SHARE_LABELS[dealType];
    }
    if (sends && unsaved) {
        return LABELS.shareChanges;
    }
    if (troubled) {
        return LABELS.tryAgain;
    }
    if (upgrade || synced) {
        return SHARE_LABELS[upgrade] ?? LABELS.shareSync;
    }
    return asked ? LABELS.shareAgain : LABELS.shareLook;
}
