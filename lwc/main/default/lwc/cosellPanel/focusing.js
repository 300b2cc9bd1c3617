/**
 * Where the focus goes once something is done: to the next finding that is open, else to what says how the deal stands. Never to what saves
 * or sends at once, for a second Enter would press it.
 */
import { blockingKeys, nextKey } from './arrange';

/**
 * @param {object} panel `{ template, places, ready, busy }`, as they are at each time
 * @returns `{ to, after, goOn }`
 */
export function openFocusing(panel) {
    let awaited;

    function to(key) {
        const places = key ? [...panel.template.querySelectorAll('c-cosell-findings, c-cosell-form')] : [];
        if (!places.some((place) => place.focusFinding(key))) {
            panel.template.querySelector('c-cosell-standing')?.focus();
        }
    }

    return Object.freeze({
        /** Moves the focus to a finding, by its key; without one, to how the deal stands. */
        to,
        /**
         * Has the focus go on from a finding that was mended, `{ key, before }` with the keys that were open then, or back to one that was
         * not, `{ back }`; nowhere without.
         */
        after(mended) {
            awaited = mended;
        },
        /** Moves the focus to what is to be done next, once it is there. */
        goOn() {
            if (awaited && panel.ready && !panel.busy) {
                const { key, before, back } = awaited;
                awaited = undefined;
                to(before ? nextKey(before, blockingKeys(panel.places), key) : back);
            }
        }
    });
}
