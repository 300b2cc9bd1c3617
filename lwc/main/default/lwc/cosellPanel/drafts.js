/**
 * Unsaved edits of the opportunities that were shown, by id, for as long as the app is open in the browser: whoever looks at another page
 * meanwhile finds them again. Lightning makes a new panel each time a page is shown.
 */
export const drafts = new Map();
