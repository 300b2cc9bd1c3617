// The words of the shell in the page's language.
import { inPageLanguage } from '../platform/language.js';
import en from './words/en.js';
import fr from './words/fr.js';

export const words = inPageLanguage({ en, fr });

/** Puts values into a text's places: `fill('{0} of {1}', 3, 60)`. */
export function fill(text, ...values) {
    return text.replace(/\{(\d+)\}/g, (place, index) => values[Number(index)] ?? place);
}
