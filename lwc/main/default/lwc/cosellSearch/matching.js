/**
 * Which options fit what was typed: those that hold every word of it, whatever their accents and capitals. Pure.
 */

/** The text as it is compared: without accents, in small letters. */
function folded(text) {
    return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * The options that fit, those first whose name begins with it, then those whose name holds it.
 * @param {{ label: string, meta?: string }[]} options
 * @param {string} typed
 */
export function matching(options, typed) {
    const wanted = folded(typed).trim();
    const words = wanted.split(/\s+/);
    const ranked = [[], [], []];
    for (const option of options) {
        const name = folded(option.label);
        const holds = (text) => words.every((word) => text.includes(word));
        if (name.startsWith(wanted)) {
            ranked[0].push(option);
        } else if (holds(name)) {
            ranked[1].push(option);
        } else if (holds(`${name} ${folded(option.meta ?? '')}`)) {
            ranked[2].push(option);
        }
    }
    return ranked.flat();
}
