/**
 * Where the focus goes when the button that had it is gone or could not be clicked for a while: a browser leaves it nowhere.
 */

/** Gives it to the first of the places that is there and can be used. Whoever went elsewhere meanwhile stays there. */
export function focusFirst(template, selectors) {
    if (document.activeElement === document.body) {
        const places = selectors.map((selector) => template.querySelector(selector));
        places.find((place) => place && !place.disabled)?.focus();
    }
}
