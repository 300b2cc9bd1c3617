/**
 * What is still sent of a deal that is shared. Two steps open it further: that it becomes visible, and the question to Microsoft. Other
 * changes are sent once they are saved, here or anywhere else, except for what Partner Center keeps as it was first shared.
 */
import { LABELS } from 'c/cosellLabels';
import { FIELD } from 'c/cosellRecord';

/**
 * How far the next share would open a deal that is shared already.
 * @returns {'coSell' | 'partnerLed' | null} null when there is nothing left to send
 */
export function upgradeOf({ help, visible }, { asked, closed, held, onHold }) {
    // Nothing about a closed referral can be changed, nothing is sent before one that came in is answered, and Microsoft is asked once.
    if (closed || onHold || asked) {
        return null;
    }
    if (help) {
        return 'coSell';
    }
    return visible && held === 'private' ? 'partnerLed' : null;
}

/** Fields of the opportunity that Partner Center keeps; once Microsoft was asked, also the contact. */
const KEPT = [FIELD.consent, 'Name'];

/** Whether the two are kept in step: nothing is sent of a closed referral or an unanswered one, nor while the seller does not want it. */
export function isSynced({ sync }, { referralId, closed, onHold }) {
    return Boolean(referralId && sync && !closed && !onHold);
}

/** Whether any of these edits is sent. */
export function hasUpdates(edited, { asked }) {
    const kept = asked ? [...KEPT, FIELD.contact] : KEPT;
    return edited.some((name) => !kept.includes(name));
}

/**
 * Why controls are locked for good, in words; empty where they are not. `all` is the whole form, and said once; `begun` names the places of
 * edits that can still be taken back.
 */
export function locksOf(record, draft, { referralId, asked, cameIn, closed, held }) {
    if (closed) {
        return { all: LABELS.closedForGood, help: '', visible: '', contact: '', consent: '', begun: [] };
    }
    const shown = Boolean(referralId && record[FIELD.visible]);
    const seen = held === 'private' ? LABELS.visibleHint : LABELS.visibleForGood;
    const settled = cameIn ? LABELS.helpCameIn : LABELS.helpForGood;
    // Both go with the question, or came with the referral: they are not sent again.
    const told = asked ? LABELS.toldForGood : '';
    return {
        all: '',
        help: asked ? settled : '',
        visible: shown ? seen : '',
        contact: told,
        consent: told,
        begun: ['contact', 'consent'].filter((place) => FIELD[place] in draft)
    };
}

/** The edits without those that came too late. */
export function openEdits(draft, { asked }) {
    const { [FIELD.help]: help, ...others } = draft;
    return asked && help !== undefined ? others : draft;
}

/** In these states the other side goes on by itself. */
const GOES_ON = ['running', 'waiting'];

/** What has yet to happen to the pair by itself: a text that changes when something happens, empty where nothing is awaited. */
export function awaitedOf({ state, until, pendingSince }, synced, draft, outcome) {
    // Edits that are not saved would change something too, but nobody sends them.
    const isSaved = !Object.keys(draft).length;
    const unsent = (synced && isSaved && outcome?.preview?.changes?.length) || 0;
    return GOES_ON.includes(state) || pendingSince || unsent ? JSON.stringify([state, until, pendingSince, unsent]) : '';
}
