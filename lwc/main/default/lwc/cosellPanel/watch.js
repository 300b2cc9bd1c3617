/**
 * Looks again by itself: at growing distances while something is awaited, and when somebody comes back to the page, or turns to what is
 * shown. Only while the page is seen, and one look at a time. Must not know what is looked at, nor what is awaited.
 */

/**
 * Seconds from one look to the next. What was saved is usually sent within ten; what has to wait is tried again after seconds, then after
 * minutes. When nothing has moved for five minutes it may take hours, and whoever comes back by then has it looked at anyway.
 */
const PAUSES = [5, 10, 20, 40, 60, 60, 60, 60];

/** Seconds for which what was looked at counts as new; Lightning Data Service's are as many. */
const FRESH = 30;

/** And for whoever turns to it: of much that is changed beside it on the same page, a contact role for one, nobody tells. */
const AT_HAND = 10;

/** Looks that follow a change in any case: at the first, nobody may have noticed it yet. */
const AT_LEAST = 2;

/**
 * @param {() => Promise<void>} look looks once; never fails
 * @returns `{ open, close, turnTo, startAnew, follow, expect }`: `open` and `close` go with the component; `turnTo` when the pointer or the
 * focus enters it; `startAnew` when there is something else to look at; `follow` is told what is awaited, a text that changes when something happens, empty where nothing is; `expect`
 * when a change was made whose end nobody has told of yet
 */
export function openWatch(look) {
    let isOpen = false;
    let awaited = '';
    let owed = 0;
    let step = 0;
    let timer;
    let isDue = false;
    let isLooking = false;
    /** Which thing is looked at: a look that was begun for an earlier one tells nothing of this. */
    let thing = 0;
    let lookedAt = Date.now();

    function plan() {
        clearTimeout(timer);
        if (isOpen && !isLooking && (awaited || owed) && step < PAUSES.length) {
            // Nothing else tells a page that time has passed; the timer goes with the component.
            // eslint-disable-next-line @lwc/lwc/no-async-operation
            timer = setTimeout(take, PAUSES[step] * 1000);
        }
    }

    function take() {
        isDue = document.hidden;
        if (!isDue) {
            lookNow();
        }
    }

    async function lookNow() {
        clearTimeout(timer);
        isLooking = true;
        isDue = false;
        lookedAt = Date.now();
        const [before, its] = [awaited, thing];
        await look();
        if (its !== thing) {
            return;
        }
        isLooking = false;
        owed = Math.max(0, owed - 1);
        step = awaited === before ? step + 1 : 0;
        plan();
    }

    function lookIfOlderThan(seconds) {
        const isOld = Date.now() - lookedAt > seconds * 1000;
        if (!document.hidden && !isLooking && (isDue || isOld)) {
            lookNow();
        }
    }

    const comeBack = () => lookIfOlderThan(FRESH);

    function startAnew() {
        awaited = '';
        owed = 0;
        step = 0;
        isDue = false;
        isLooking = false;
        thing += 1;
        lookedAt = Date.now();
        clearTimeout(timer);
    }

    return Object.freeze({
        open() {
            isOpen = true;
            document.addEventListener('visibilitychange', comeBack);
            window.addEventListener('focus', comeBack);
            plan();
        },
        close() {
            isOpen = false;
            document.removeEventListener('visibilitychange', comeBack);
            window.removeEventListener('focus', comeBack);
            clearTimeout(timer);
        },
        turnTo: () => lookIfOlderThan(AT_HAND),
        startAnew,
        follow(mark) {
            if (mark !== awaited) {
                awaited = mark;
                // What moves during a look is counted at its end.
                step = isLooking ? step : 0;
                plan();
            }
        },
        expect() {
            owed = AT_LEAST;
            step = 0;
            plan();
        }
    });
}
