/**
 * Where the focus goes when the button that had it is gone or could not be clicked for a while: a browser leaves it nowhere.
 */

/** The focus of a component, by its template. */
export function openFocusing(template) {
    let next = [];

    return Object.freeze({
        /** Has the focus go on to the first of these places that is there and can be used, when what is under way is over. */
        goOn(...selectors) {
            next = selectors;
        },
        /** To be called after each render that shows how it ended. Whoever went elsewhere meanwhile stays there. */
        settle() {
            if (document.activeElement === document.body) {
                const places = next.map((selector) => template.querySelector(selector));
                places.find((place) => place && !place.disabled)?.focus();
            }
            next = [];
        }
    });
}
