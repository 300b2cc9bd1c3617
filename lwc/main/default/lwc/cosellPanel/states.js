/**
 * The states of a deal as a seller meets them: what each is called, what it means, and what comes next. One table, one row a state: a
 * row's texts are labels, or functions of the facts that make a label of them. How one state is told from another is in c/cosellLink, what
 * stands in the way of the panel itself in notices.js.
 */
import { LABELS } from 'c/cosellLabels';
import { STATE_LABELS } from 'c/cosellStateLabels';
import { counted, date, dateTime, daysBetween, fill, inDays, today } from 'c/cosellFormat';

/** Days within which a request is to be answered, on either side (Microsoft Learn, "Manage co-sell opportunities"). */
const ANSWER_DAYS = 14;

const GOOD = { icon: 'utility:success', variant: 'success' };
const CALM = { icon: 'utility:info', variant: '' };
const CLOCK = { icon: 'utility:clock', variant: '' };
const HEED = { icon: 'utility:warning', variant: 'warning' };
const STOP = { icon: 'utility:error', variant: 'error' };
const PRIVATE = { icon: 'utility:lock', variant: '' };

const READY = {
    private: () => STATE_LABELS.bodyReadyPrivate,
    partnerLed: () => STATE_LABELS.bodyReadyVisible,
    coSell: ({ help }) => fill(STATE_LABELS.bodyReadyCoSell, help || LABELS.helpUnnamed)
};

const reason = ({ link }) => link.reason;
const reasonGiven = ({ link }) => link.reasonGiven && fill(STATE_LABELS.bodyReason, link.reasonGiven);
const asked = ({ link }) => link.help && fill(LABELS.asked, link.help);
const pendingSince = ({ link }) => link.pendingSince && fill(STATE_LABELS.bodyPendingSince, dateTime(link.pendingSince));
const underWay = (facts) => facts.link.onItsWay || pendingSince(facts);
const until = ({ link }) => link.until && fill(LABELS.waitingUntil, dateTime(link.until));

/** Every state: `{ look, heading, body, next, clock }`; `clock` where a deadline runs. */
export const STATES = {
    notReady: {
        look: STOP,
        heading: ({ blocking }) => counted(blocking, LABELS.summaryShareOne, LABELS.summaryShareMany),
        next: STATE_LABELS.nextMend
    },
    ready: { look: GOOD, heading: LABELS.summaryReady, body: [(facts) => READY[facts.dealType]?.(facts)], next: nextOfReady },
    sharing: { look: CLOCK, heading: ({ progress }) => progress, next: STATE_LABELS.nextSharing },
    running: { look: CLOCK, heading: STATE_LABELS.headRunning, body: [reason], next: STATE_LABELS.nextRunning },
    private: { look: PRIVATE, heading: STATE_LABELS.headPrivate, body: [STATE_LABELS.bodyPrivate], next: STATE_LABELS.nextPrivate },
    visible: { look: GOOD, heading: STATE_LABELS.headVisible, body: [STATE_LABELS.bodyVisible], next: STATE_LABELS.nextVisible },
    asked: { look: CLOCK, heading: due, body: [asked], next: nextOfAsked, clock: ({ link }) => link.answerDue },
    accepted: { look: GOOD, heading: STATE_LABELS.answerAccepted, body: [asked, sellerUnnamed], next: STATE_LABELS.nextAccepted },
    declined: {
        look: HEED,
        heading: STATE_LABELS.answerDeclined,
        body: [asked, (facts) => reasonGiven(facts) || STATE_LABELS.bodyReasonUnnamed],
        next: STATE_LABELS.nextDeclined
    },
    expired: {
        look: HEED,
        heading: STATE_LABELS.answerExpired,
        body: [asked, STATE_LABELS.bodyRequestExpired],
        next: STATE_LABELS.nextDeclined
    },
    onHold: {
        look: CLOCK,
        heading: LABELS.decideHeading,
        body: [decideBy, LABELS.decideHint],
        clock: ({ link }) => link.answerDue
    },
    taken: { look: GOOD, heading: STATE_LABELS.headTaken, body: [STATE_LABELS.bodyTaken], next: STATE_LABELS.nextTaken },
    turnedDown: { look: CALM, heading: STATE_LABELS.headTurnedDown, body: [reasonGiven], next: STATE_LABELS.nextInbound },
    missed: { look: HEED, heading: STATE_LABELS.headMissed, body: [STATE_LABELS.bodyMissed], next: STATE_LABELS.nextInbound },
    won: { look: GOOD, heading: STATE_LABELS.headWon, body: [STATE_LABELS.bodyClosed], next: STATE_LABELS.nextWon },
    lost: { look: CALM, heading: STATE_LABELS.headLost, body: [reasonGiven, STATE_LABELS.bodyClosed], next: STATE_LABELS.nextClosed },
    over: { look: CALM, heading: STATE_LABELS.headOver, body: [STATE_LABELS.bodyOver], next: STATE_LABELS.nextOver },
    closed: { look: CALM, heading: STATE_LABELS.headClosed, body: [STATE_LABELS.bodyClosed], next: STATE_LABELS.nextClosed },
    wonByMicrosoft: {
        look: GOOD,
        heading: STATE_LABELS.answerWon,
        body: [STATE_LABELS.bodyWonByMicrosoft],
        next: STATE_LABELS.nextMicrosoftWon
    },
    lostByMicrosoft: {
        look: HEED,
        heading: STATE_LABELS.answerLost,
        body: [reasonGiven, STATE_LABELS.bodyWonByMicrosoft],
        next: STATE_LABELS.nextMicrosoftLost
    },
    waiting: { look: CLOCK, heading: STATE_LABELS.headWaiting, body: [reason, pendingSince, until], next: STATE_LABELS.nextWaiting },
    needsYou: { look: HEED, heading: STATE_LABELS.headNeedsYou, body: [reason, pendingSince], next: STATE_LABELS.nextNeedsYou },
    broken: { look: STOP, heading: STATE_LABELS.headBroken, body: [reason, pendingSince], next: STATE_LABELS.nextBroken }
};

/** States in which both sides would be kept the same, so that it matters that they are not. */
const OPEN = ['private', 'visible', 'asked', 'accepted', 'declined', 'expired', 'taken', 'wonByMicrosoft', 'lostByMicrosoft'];

/** Which row of the table tells of the deal; undefined as long as nobody knows. */
function keyOf({ link, progress, sharing, blocking, reviewed }) {
    if (sharing && progress) {
        return 'sharing';
    }
    if (link.state !== 'notShared') {
        return link.state;
    }
    if (link.over) {
        return 'over';
    }
    if (!reviewed) {
        return undefined;
    }
    return blocking ? 'notReady' : 'ready';
}

/**
 * What is told of a deal.
 * @param {object} facts `{ link, synced, pausing, blocking, configured, dealType, help, reviewed, progress, sharing }`
 * @returns `{ key, icon, variant, heading, body, next, clock }`, undefined as long as nobody knows; `body` are sentences, `clock` is
 * `{ left, of, share, words }` or null
 */
export function standingOf(facts) {
    const key = keyOf(facts);
    const state = STATES[key];
    if (!state) {
        return undefined;
    }
    const paused = OPEN.includes(key) && !facts.synced;
    const [bodyPaused, nextPaused] = facts.pausing
        ? [STATE_LABELS.bodyPausing, STATE_LABELS.nextPausing]
        : [STATE_LABELS.bodyPaused, STATE_LABELS.nextPaused];
    const since = OPEN.includes(key) && facts.synced ? [underWay] : [];
    const sentences = [...(state.body ?? []), ...since, ...(paused ? [bodyPaused] : [])];
    return {
        key,
        ...state.look,
        heading: facts.progress || said(state.heading, facts),
        body: sentences.map((sentence) => said(sentence, facts)).filter(Boolean),
        next: said(paused ? nextPaused : state.next, facts) || '',
        clock: clockOf(state.clock?.(facts))
    };
}

function said(text, facts) {
    return typeof text === 'function' ? text(facts) : text;
}

/** How much of the time for an answer is left; null where nobody knows, or where it is over. */
function clockOf(end) {
    const left = end ? daysBetween(new Date(), end) : -1;
    // A date further away is somebody else's deadline: no clock could show it.
    if (left < 0 || left > ANSWER_DAYS) {
        return null;
    }
    const words = fill(counted(left, STATE_LABELS.daysLeftOne, STATE_LABELS.daysLeftMany), '', ANSWER_DAYS);
    return { left, of: ANSWER_DAYS, share: Math.round(((ANSWER_DAYS - left) / ANSWER_DAYS) * 100), words };
}

function isOverdue({ link }) {
    return Boolean(link.answerDue) && daysBetween(new Date(), link.answerDue) < 0;
}

function due(facts) {
    const { answerDue } = facts.link;
    if (!answerDue) {
        return STATE_LABELS.answerPending;
    }
    return isOverdue(facts)
        ? fill(STATE_LABELS.answerOverdue, date(today(new Date(answerDue))))
        : fill(STATE_LABELS.answerDue, inDays(daysBetween(new Date(), answerDue)));
}

function nextOfAsked(facts) {
    return isOverdue(facts) ? STATE_LABELS.nextOverdue : STATE_LABELS.nextAsked;
}

/** Where sharing is not set up, a notice says what comes next. */
function nextOfReady({ configured }) {
    return configured ? STATE_LABELS.nextReady : '';
}

function decideBy(facts) {
    const { answerDue } = facts.link;
    const words = isOverdue(facts) ? LABELS.decideOverdue : LABELS.decideBy;
    return answerDue && fill(words, date(today(new Date(answerDue))), inDays(daysBetween(new Date(), answerDue)));
}

function sellerUnnamed({ link }) {
    return link.seller ? '' : STATE_LABELS.bodyAcceptedUnnamed;
}
