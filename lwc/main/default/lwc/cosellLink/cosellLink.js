/**
 * How the opportunity and its referral stand: from the record and from the proxy's last answer, whichever is newer.
 */
import { HELP_LABELS } from 'c/cosellLabels';
import { FIELD, modifiedAt } from 'c/cosellRecord';
import { inReadersWords } from 'c/cosellTrail';
import { trailOf } from './trail';

const STATES = { NotShared: 'notShared', InStep: 'inStep', Waiting: 'waiting', NeedsYou: 'needsYou', Broken: 'broken' };

/** In these states there is something to tell. */
const TROUBLED = ['waiting', 'needsYou', 'broken'];

/** The reason that the proxy gives while a run for the deal has not ended. */
const RUNNING = 'reconcile.running';

/** And the one while a change has been noticed and not been carried over: nothing is wrong, and the deal stands as it did. */
const PENDING = 'reconcile.pending';

const DEAL_TYPES = { Private: 'private', PartnerLed: 'partnerLed', CoSell: 'coSell' };

/** How a referral that came in ended without our taking part, by the words of its status. */
const UNTAKEN = { 'Closed / Declined': 'turnedDown', 'Closed / Expired': 'missed' };

/**
 * @param {object} record
 * @param {object} [pair] the proxy's last answer; `seen` is when the record that was read after it was modified
 * @returns `{ state, troubled, reason, until, pendingSince, referralId, link, engagementId, crmId, seller, held, closed, over, asked,
 * cameIn, help, reasonGiven, substatus, answerDue, onHold, onItsWay }`: `state` as the badge has it; `over` that the opportunity was closed
 * and never shared; `held` how far Partner Center has the deal opened; `asked` whether Microsoft is on the deal, as it was asked for help or, where it `cameIn`, has sent it; `help` what for; `reasonGiven` why
 * somebody declined or lost it; `onHold` whether it came in and waits for the seller’s answer; `onItsWay` says of a change that it is being
 * carried over; `until` when the next try is due, `pendingSince` since when both sides have not been the same
 */
export function linkOf(record, pair) {
    const fresh = isFresh(record, pair);
    const recorded = { state: STATES[record[FIELD.state]], reason: inReadersWords(record[FIELD.stateReason]) };
    const isPending = pair?.reason?.code === PENDING;
    const told = { state: isPending ? 'inStep' : pair?.state, reason: pair?.reason?.message, until: fresh ? untilOf(pair) : null };
    const sources = (fresh ? [told, recorded] : [recorded, told]).filter(({ state }) => state);
    const state = sources[0]?.state ?? 'notShared';
    const troubled = TROUBLED.includes(state);
    const same = sources.filter((source) => source.state === state);

    // "New / Pending": the second word says what Microsoft answered.
    const written = record[FIELD.microsoftStatus]?.split(' / ')[1];
    const substatus = (fresh ? (pair.microsoft?.substatus ?? written) : (written ?? pair?.microsoft?.substatus)) ?? null;
    const asked = Boolean(record[FIELD.microsoftStatus] || pair?.microsoft);
    const held = DEAL_TYPES[record[FIELD.dealType]] ?? supposed(record, asked);
    const trail = trailOf(record);
    const standing = {
        own: record[FIELD.referralStatus] ?? '',
        substatus,
        held,
        cameIn: pair?.facts?.['sent.incoming'] === 'true' || trail.cameIn
    };
    // Ours are active from the start: a new one came in and waits for the seller.
    const onHold = standing.own.startsWith('New');
    const referralId = record[FIELD.referralId] ?? pair?.referralId ?? null;
    const shown = troubled && fresh && pair.reason?.code === RUNNING ? 'running' : state;
    return {
        state: shown === 'inStep' ? settled(standing, onHold) : shown,
        troubled,
        reason: (troubled && same.find(({ reason }) => reason)?.reason) || '',
        until: (state === 'waiting' && told.until) || null,
        pendingSince: (fresh && pair.pendingSince) || null,
        referralId,
        link: record[FIELD.referralLink] ?? pair?.referralLink ?? null,
        engagementId: record[FIELD.engagementId] ?? pair?.engagementId ?? null,
        crmId: record[FIELD.crmId] ?? null,
        seller: record[FIELD.seller] ?? null,
        held,
        closed: standing.own.startsWith('Closed'),
        over: Boolean(record.IsClosed) && state === 'notShared' && !referralId,
        asked,
        // What Microsoft sent us it was never asked for, whatever its own referral says.
        cameIn: standing.cameIn && !trail.help,
        help: asked ? trail.help || nameOfHelp(record) : '',
        reasonGiven: reasonGiven(standing, trail),
        onHold,
        onItsWay: (fresh && isPending && pair.reason.message) || '',
        // Whoever sent it has answered for themselves: that is no news, and says nothing of what is asked now.
        substatus: onHold || standing.own in UNTAKEN ? null : substatus,
        answerDue: (fresh && pair.microsoft?.answerDue) || record[FIELD.answerDue] || pair?.microsoft?.answerDue || null
    };
}

/** What Microsoft answered, by the word of its referral. */
const ANSWERS = {
    Pending: 'asked',
    Received: 'asked',
    Accepted: 'accepted',
    Declined: 'declined',
    Expired: 'expired',
    Won: 'wonByMicrosoft',
    Lost: 'lostByMicrosoft'
};

/** How a deal ended that we took part in. */
const ENDED = { 'Closed / Won': 'won', 'Closed / Lost': 'lost' };

/** How a deal stands that is where it should be. */
function settled({ own, substatus, held, cameIn }, onHold) {
    if (onHold) {
        return 'onHold';
    }
    const end = UNTAKEN[own] ?? ENDED[own] ?? (own.startsWith('Closed') ? 'closed' : undefined);
    // Whoever sent a referral has accepted it before.
    return end ?? (cameIn && (!substatus || substatus === 'Accepted') ? 'taken' : ANSWERS[substatus]) ?? byVisibility(held);
}

function byVisibility(held) {
    return held === 'private' ? 'private' : 'visible';
}

/** Why it ended as it did, or was not taken; empty where nobody said. */
function reasonGiven({ own, substatus }, trail) {
    if (own in UNTAKEN) {
        return trail.turnedDown;
    }
    if (own in ENDED) {
        return trail.lost;
    }
    return substatus === 'Lost' ? trail.lostByMicrosoft : trail.declined;
}

/** Where the record does not say how far the deal is opened, what was wanted has been done. */
function supposed(record, asked) {
    if (asked) {
        return 'coSell';
    }
    return record[FIELD.visible] ? 'partnerLed' : 'private';
}

function untilOf({ waitingUntil, reason }) {
    return waitingUntil ?? reason?.until ?? null;
}

/** What the proxy writes to the record too: once the record is newer, it knows better. */
const RECORDED = ['sent.visible', 'sent.help', 'sent.own', 'sent.microsoft', 'sent.due'];

/** What Partner Center holds and Microsoft was given, as facts for the rules, where the proxy has told. */
export function pairFacts(record, pair) {
    const held = Object.entries(pair?.held ?? {}).map(([path, text]) => [`held:${path}`, text]);
    const given = Object.entries(pair?.facts ?? {}).filter(([name]) => isFresh(record, pair) || !RECORDED.includes(name));
    return Object.fromEntries([...given, ...held]);
}

/** Whether the proxy knows more of it than the record says: it is shared, or is to be. */
export function isKnownToProxy(record) {
    return Boolean(record[FIELD.referralId] || record[FIELD.sync] || TROUBLED.includes(STATES[record[FIELD.state]]));
}

/** Whether the record was not modified since the proxy told of the pair. */
function isFresh(record, pair) {
    return Boolean(pair) && !(modifiedAt(record) > pair.seen);
}

function nameOfHelp(record) {
    const now = record[FIELD.help];
    return HELP_LABELS[now] ?? now ?? '';
}
