/**
 * What this version still sends of a deal that is shared: that it becomes visible, and the question to Microsoft. Nothing else that
 * changes in Salesforce reaches Partner Center, so nothing else may look as if it did.
 */
import { LABELS } from 'c/cosellLabels';
import { FIELD } from 'c/cosellRecord';

/**
 * How far the next share would open a deal that is shared already.
 * @returns {'coSell' | 'partnerLed' | null} null when there is nothing left to send
 */
export function upgradeOf({ help, visible }, { asked, closed, held }) {
    // Nothing about a closed referral can be changed, and Microsoft is asked once.
    if (closed || asked) {
        return null;
    }
    if (help) {
        return 'coSell';
    }
    return visible && held === 'private' ? 'partnerLed' : null;
}

/** Why controls are locked for good, in words; empty where they are not. */
export function locksOf(record, { referralId, asked, held }) {
    const shown = Boolean(referralId && record[FIELD.visible]);
    const seen = held === 'private' ? LABELS.visibleHint : LABELS.visibleForGood;
    return { help: asked ? LABELS.helpForGood : '', visible: shown ? seen : '' };
}

/** The edits without those that came too late. */
export function openEdits(draft, { asked }) {
    const { [FIELD.help]: help, ...others } = draft;
    return asked && help !== undefined ? others : draft;
}
