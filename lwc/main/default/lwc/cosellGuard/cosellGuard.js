/**
 * Has the browser ask before the page is closed or loaded anew while that would cut something off, or lose what somebody typed.
 * Knows neither what that is nor who does it.
 */

/** @returns `{ during, hold, release }`, for one component; there may be several reasons to ask at once */
export function openGuard() {
    const reasons = new Set();

    function ask(reason, isOne) {
        if (isOne) {
            reasons.add(reason);
        } else {
            reasons.delete(reason);
        }
        const change = reasons.size ? 'addEventListener' : 'removeEventListener';
        window[change]('beforeunload', stay);
    }

    return Object.freeze({
        /** Does this, and has the browser ask until it has ended, well or badly. */
        async during(action) {
            ask(action, true);
            try {
                return await action();
            } finally {
                ask(action, false);
            }
        },
        /** Whether something would be lost, from now on. */
        hold(isUnsaved) {
            ask('unsaved', isUnsaved);
        },
        /** Has the browser ask no more, whatever is under way or unsaved. */
        release() {
            reasons.clear();
            ask('', false);
        }
    });

    function stay(event) {
        event.preventDefault();
    }
}
