/**
 * How the deal as a whole stands, and what the panel says and offers for it: one sentence at its head, the buttons at its foot.
 */
import { LABELS } from 'c/cosellLabels';
import { counted } from 'c/cosellFormat';
import { upgradeOf } from './sending';

const SHARE_LABELS = { private: LABELS.sharePrivate, partnerLed: LABELS.shareVisible, coSell: LABELS.shareCoSell };

/**
 * @param {object} known `{ link, values, dealType, findings, unsaved, configured }`
 * @returns `{ shared, sends, stands, kept, summary, whyNot, shareLabel, shareVariant, saveVariant }`: `sends` means that the share button
 * would send something, `stands` that there is something to tell about the pair, `kept` that Partner Center has its copy of the values,
 * which no share sends again
 */
export function dealOf({ link, values, dealType, findings, unsaved, configured }) {
    const { troubled, asked } = link;
    const shared = Boolean(link.referralId);
    const upgrade = shared ? upgradeOf(values, link) : null;
    const sends = !shared || Boolean(upgrade);
    const blocking = findings.filter(({ severity }) => severity === 'block').length;
    const deal = { shared, upgrade, sends, troubled, asked, blocking, dealType, unsaved: Boolean(unsaved), configured };
    return {
        shared,
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
function summaryOf({ blocking, sends, shared, troubled }) {
    if (blocking && !sends) {
        return { icon: 'utility:info', text: counted(blocking, LABELS.summaryKeptOne, LABELS.summaryKeptMany) };
    }
    if (blocking) {
        const [one, many] = shared ? [LABELS.summarySendOne, LABELS.summarySendMany] : [LABELS.summaryShareOne, LABELS.summaryShareMany];
        return { icon: 'utility:error', variant: 'error', text: counted(blocking, one, many) };
    }
    return shared || troubled ? null : { icon: 'utility:success', variant: 'success', text: LABELS.summaryReady };
}

/** Why the share button can't be pressed, in words. Findings stop what is sent; they don't stop a look at Microsoft's answer. */
function whyNot({ blocking, sends, configured }) {
    if (sends && blocking) {
        return counted(blocking, LABELS.whyNotOne, LABELS.whyNotMany);
    }
    return configured ? '' : LABELS.whyNotSettings;
}

/** The share button's name says what it does. */
function shareLabel({ shared, unsaved, upgrade, dealType, troubled, asked }) {
    if (!shared) {
        return SHARE_LABELS[dealType];
    }
    if (upgrade && unsaved) {
        return LABELS.shareChanges;
    }
    if (troubled) {
        return LABELS.tryAgain;
    }
    return SHARE_LABELS[upgrade] ?? (asked ? LABELS.shareAgain : LABELS.shareLook);
}
