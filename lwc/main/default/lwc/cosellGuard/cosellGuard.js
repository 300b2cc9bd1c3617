/**
 * Has the browser ask before the page is closed while something is under way that it would cut off.
 * Knows neither what that is nor who does it.
 */

/** @returns `{ during, release }`, for one component; several things may be under way at once */
export function openGuard() {
    const underWay = new Set();

    function release() {
        window.removeEventListener('beforeunload', stay);
    }

    return Object.freeze({
        /** Does this, and has the browser ask until it has ended, well or badly. */
        async during(action) {
            underWay.add(action);
            window.addEventListener('beforeunload', stay);
            try {
                return await action();
            } finally {
                underWay.delete(action);
                if (!underWay.size) {
                    release();
                }
            }
        },
        /** Has the browser ask no more, whatever is under way. */
        release
    });

    function stay(event) {
        event.preventDefault();
    }
}
