/**
 * Answers in the order of their questions: one that was asked for earlier than what is known already says how things were.
 */

/** @returns a function to be called with each question; what it gives is called with the answer, and says whether that is news */
export function openTurns() {
    let begun = 0;
    let taken = 0;
    return function begin() {
        begun += 1;
        const turn = begun;
        return function isNews() {
            const is = turn > taken;
            taken = Math.max(turn, taken);
            return is;
        };
    };
}
