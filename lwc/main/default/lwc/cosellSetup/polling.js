/**
 * Asks again until something is so, or patience is at its end. Stops when the page does.
 */

/** Milliseconds between two questions. */
const PAUSE = 2000;

/**
 * @param {Function} ask what is asked; its last answer is given back
 * @param {Function} isOver whether an answer ends it
 * @param {{ times: number, isWanted: Function }} limits how often to ask, and whether anybody still waits
 */
export async function askUntil(ask, isOver, { times, isWanted }) {
    let answer = await ask();
    for (let time = 1; time < times && !isOver(answer) && isWanted(); time += 1) {
        // One after the other is the point.
        // eslint-disable-next-line no-await-in-loop
        await pause();
        // eslint-disable-next-line no-await-in-loop
        answer = await ask();
    }
    return answer;
}

function pause() {
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    return new Promise((resume) => setTimeout(resume, PAUSE));
}
