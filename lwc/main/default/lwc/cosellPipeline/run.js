/**
 * Shares many opportunities, a few at a time. Each is a share of its own, complete or not begun, so that a run that ends early leaves
 * nothing half done. Knows neither a record nor a word: what a share does is given, what happens is told.
 */

/** How many shares are under way at once: the proxy answers others too. */
const AT_ONCE = 3;

/** How often a share is begun that the proxy puts off. */
const TRIES = 4;

/** Seconds to wait where the proxy puts a share off without saying for how long. */
const USUAL_PAUSE = 5;

/** Failures that are not the opportunity's: each further share would end in the same way. */
const COMMON = new Set([
    'proxy.unreachable',
    'origin.unknown',
    'settings.missing',
    'settings.unreadable',
    'permission.missing',
    'certificate.unusable',
    'salesforce.sign-in',
    'partner-center.sign-in'
]);

/** Apex and the module put the code in different places. */
function codeOf(error) {
    return typeof error?.code === 'string' ? error.code : error?.body?.message;
}

/** Whether the proxy has too much to do just now, and will take the same share later. */
function isPutOff({ status, retryAfter }) {
    return status === 429 || (status === 503 && retryAfter > 0);
}

/** Waits so many milliseconds. */
function sleep(milliseconds) {
    // Nothing else tells a page that the time is over that a server asked for.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Starts a run.
 * @param {string[]} ids in the order in which they are shared
 * @param {object} how
 * @param {(id: string) => Promise<object>} how.share shares one, and gives the state of the pair
 * @param {(id: string, event: object) => void} how.tell is told `{ kind: 'begun' }`, then `{ kind: 'put-off', until }` and again `begun`
 * while the proxy wants it later, and at last `{ kind: 'done', pair }`, `{ kind: 'failed', error }` or `{ kind: 'left', error }`: not
 * begun, because the run was cancelled or because of an error that concerns every share
 * @param {(milliseconds: number) => Promise<void>} [how.wait]
 * @returns {{ ended: Promise<void>, cancel: () => void }} `cancel` lets end what is under way, and begins nothing more
 */
export function startRun(ids, { share, tell, wait = sleep }) {
    const queue = [...ids];
    let stop;
    const stopped = new Promise((resolve) => {
        stop = resolve;
    });
    let over = false;
    let reason;
    let pause = null;

    function cancel(error) {
        over = true;
        reason = reason ?? error;
        stop();
    }

    /** All shares wait together: the proxy is one. */
    async function putOff(id, seconds) {
        const until = new Date(Date.now() + seconds * 1000).toISOString();
        tell(id, { kind: 'put-off', until });
        const waited = Promise.race([wait(seconds * 1000), stopped]);
        pause = waited;
        await waited;
        pause = pause === waited ? null : pause;
    }

    async function attempt(id, tries) {
        await pause;
        if (over) {
            tell(id, { kind: 'left', error: reason });
            return;
        }
        tell(id, { kind: 'begun' });
        try {
            tell(id, { kind: 'done', pair: await share(id) });
        } catch (error) {
            if (isPutOff(error) && tries < TRIES) {
                await putOff(id, error.retryAfter ?? USUAL_PAUSE);
                await attempt(id, tries + 1);
                return;
            }
            tell(id, { kind: 'failed', error });
            if (COMMON.has(codeOf(error))) {
                cancel(error);
            }
        }
    }

    async function work() {
        while (queue.length) {
            // One after the other, as many lines as AT_ONCE.
            // eslint-disable-next-line no-await-in-loop
            await attempt(queue.shift(), 1);
        }
    }

    const lines = Array.from({ length: Math.min(AT_ONCE, ids.length) }, work);
    return { ended: Promise.all(lines).then(() => {}), cancel: () => cancel() };
}
