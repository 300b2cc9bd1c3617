/**
 * What can be done with the deal as a whole: what the buttons at its head and its foot are called and do, and what is in their way.
 */
import { LABELS } from 'c/cosellLabels';
import { counted } from 'c/cosellFormat';
import { FIELD } from 'c/cosellRecord';
import { hasUpdates, isSynced, upgradeOf } from './sending';

const SHARE_LABELS = { private: LABELS.sharePrivate, partnerLed: LABELS.shareVisible, coSell: LABELS.shareCoSell };

/**
 * @param {object} known `{ link, values, dealType, findings, edited, configured, unread }`; `edited` names the fields with unsaved edits, `unread`: nobody
 * knows the settings
 * @returns `{ shared, opens, sends, synced, pausing, looks, running, configured, kept, blocking, stopped, whyNot, shareLabel, shareVariant, saves,
 * saveVariant }`: `running` means that a share has not ended, `pausing` that turning sync on or off waits to be saved, `opens`
 * means that the share button would show more of the deal to somebody, `sends` that it would send this or the edits, `looks` that it would
 * only have both sides compared, `kept` that Partner Center has its copy of the values, `stopped` what the findings stop, in words,
 * `saves` that edits can be saved without a share
 */
export function dealOf({ link, values, dealType, findings, edited, configured, unread }) {
    const { troubled, asked, cameIn, closed, over, onHold } = link;
    const running = link.state === 'running';
    const shared = Boolean(link.referralId);
    const upgrade = shared ? upgradeOf(values, link) : null;
    const opens = !running && !over && (!shared || Boolean(upgrade));
    const synced = isSynced(values, link);
    const sends = opens || (synced && hasUpdates(edited, link));
    const unsaved = edited.length > 0;
    const blocking = findings.filter(({ severity }) => severity === 'block').length;
    const deal = {
        shared,
        upgrade,
        opens,
        sends,
        synced,
        troubled,
        asked: asked && !cameIn,
        blocking,
        dealType,
        unsaved,
        configured,
        unread
    };
    const reason = whyNot(deal);
    return {
        shared,
        opens,
        sends,
        synced,
        pausing: edited.includes(FIELD.sync),
        // Of a closed referral nothing can change any more, of a closed deal nothing was ever sent, and what came in is answered first.
        looks: !sends && (troubled || !(closed || over || onHold)),
        running,
        configured,
        kept: shared && upgrade !== 'coSell',
        blocking,
        stopped: stopped(deal),
        whyNot: reason,
        shareLabel: shareLabel(deal),
        // One button leads: the one that sends; with edits that are not sent, Save.
        shareVariant: sends || (troubled && !unsaved) ? 'brand' : 'neutral',
        // Of a deal that is kept in step, what is saved is sent: two buttons would do the same.
        saves: unsaved && !(synced && sends && !reason),
        saveVariant: sends ? 'neutral' : 'brand'
    };
}

/** What the findings are in the way of; empty where the state of the deal says so itself. */
function stopped({ blocking, opens, shared, troubled }) {
    if (!blocking || !(shared || troubled)) {
        return '';
    }
    if (!opens) {
        return counted(blocking, LABELS.summaryKeptOne, LABELS.summaryKeptMany);
    }
    return shared
        ? counted(blocking, LABELS.summarySendOne, LABELS.summarySendMany)
        : counted(blocking, LABELS.summaryShareOne, LABELS.summaryShareMany);
}

/** Why the share button can't be pressed, in words. Findings stop a share; a sync leaves out what they concern, and does the rest. */
function whyNot({ blocking, opens, configured, unread }) {
    if (opens && blocking) {
        return counted(blocking, LABELS.whyNotOne, LABELS.whyNotMany);
    }
    if (unread) {
        return LABELS.noticeSettingsUnread;
    }
    return configured ? '' : LABELS.whyNotSettings;
}

/** The share button's name says what it does. */
function shareLabel({ shared, unsaved, upgrade, sends, synced, dealType, troubled, asked }) {
    if (!shared) {
        return SHARE_LABELS[dealType];
    }
    // What can't be taken back is named, whatever else is saved with it.
    if (upgrade && unsaved) {
        return SHARE_LABELS[upgrade];
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
