/**
 * How long the page waits: asks again until something is so, or patience is at its end, and tells a server that is silent.
 */

/** Milliseconds between two questions. */
const PAUSE = 2000;

/** Milliseconds after which a server that has answered nothing at all is taken for silent. */
export const SILENCE = 15 * 1000;

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

/**
 * What the questions give; ends with `proxy.timeout` where not one of them was answered in time. One that takes long beside others
 * that do not is asked of a server that is there.
 * @param {Promise[]} questions
 */
export function unlessSilent(questions) {
    const silence = new Promise((resolve, reject) => {
        // eslint-disable-next-line @lwc/lwc/no-async-operation
        const timer = setTimeout(() => reject(Object.assign(new Error('silent'), { code: 'proxy.timeout' })), SILENCE);
        const heard = () => clearTimeout(timer);
        Promise.race(questions).then(heard, heard);
    });
    return Promise.race([Promise.all(questions), silence]);
}

function pause() {
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    return new Promise((resume) => setTimeout(resume, PAUSE));
}
