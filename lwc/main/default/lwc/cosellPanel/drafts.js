/**
 * Unsaved edits of the opportunities that were shown, by id, for as long as the app is open in the browser: whoever looks at another page
 * meanwhile finds them again. Lightning makes a new panel each time a page is shown.
 */
import { openGuard } from 'c/cosellGuard';

const drafts = new Map();
const guard = openGuard();

/** The edits of an opportunity; none where there were none. */
export function draftOf(opportunityId) {
    return drafts.get(opportunityId) ?? {};
}

/** These values were saved: they are no edits any more, whatever is shown by now. */
export function forgetSaved(recordId, values) {
    const open = Object.entries(draftOf(recordId)).filter(([name, value]) => values[name] !== value);
    keepDraft(recordId, Object.fromEntries(open));
}

/** Keeps the edits of an opportunity, and has the browser ask before any are lost. */
export function keepDraft(opportunityId, draft) {
    if (Object.keys(draft).length) {
        drafts.set(opportunityId, draft);
    } else {
        drafts.delete(opportunityId);
    }
    guard.hold(drafts.size > 0);
}
