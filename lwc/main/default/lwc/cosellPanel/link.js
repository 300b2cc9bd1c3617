/**
 * How the opportunity and its referral stand: from the record and from the proxy's last answer, whichever is newer.
 */
import { HELP_LABELS } from 'c/cosellLabels';
import { FIELD, modifiedAt } from 'c/cosellRecord';

const STATES = { NotShared: 'notShared', InStep: 'inStep', Waiting: 'waiting', NeedsYou: 'needsYou', Broken: 'broken' };

/** In these states there is something to tell. */
const TROUBLED = ['waiting', 'needsYou', 'broken'];

const DEAL_TYPES = { Private: 'private', PartnerLed: 'partnerLed', CoSell: 'coSell' };

/**
 * The audit entry of the question to Microsoft, as the rules write it in each of their languages. The record's own field says what the
 * seller would ask now; only the trail says what was asked.
 */
const ASKED = /(?:Asked Microsoft for help: |Aide demandée à Microsoft\s: )(.+?)\. /;

/**
 * @param {object} record
 * @param {object} [pair] the proxy's last answer; `seen` is when the record that was read after it was modified
 * @returns `{ state, troubled, reason, until, referralId, link, engagementId, crmId, seller, held, closed, asked, help, substatus, answerDue }`:
 * `onHold` whether it came in and waits for the
 * seller’s answer; `held` is how far Partner Center has the deal opened, `asked` whether Microsoft was asked for help, `help` what for
 */
export function linkOf(record, pair) {
    const fresh = isFresh(record, pair);
    const recorded = { state: STATES[record[FIELD.state]], reason: record[FIELD.stateReason] };
    const told = { state: pair?.state, reason: pair?.reason?.message, until: fresh ? pair.reason?.until : null };
    const sources = (fresh ? [told, recorded] : [recorded, told]).filter(({ state }) => state);
    const state = sources[0]?.state ?? 'notShared';
    const troubled = TROUBLED.includes(state);
    const same = sources.filter((source) => source.state === state);

    // "New / Pending": the second word says what Microsoft answered.
    const written = record[FIELD.microsoftStatus]?.split(' / ')[1];
    const substatus = (fresh ? (pair.microsoft?.substatus ?? written) : (written ?? pair?.microsoft?.substatus)) ?? null;
    const asked = Boolean(record[FIELD.microsoftStatus] || pair?.microsoft);
    const held = DEAL_TYPES[record[FIELD.dealType]] ?? supposed(record, asked);
    // Ours are active from the start: a new one came in and waits for the seller.
    const onHold = record[FIELD.referralStatus]?.startsWith('New') ?? false;
    return {
        state: state === 'inStep' ? settled(record, substatus, held, onHold) : state,
        troubled,
        reason: (troubled && same.find(({ reason }) => reason)?.reason) || '',
        until: (state === 'waiting' && told.until) || null,
        referralId: record[FIELD.referralId] ?? pair?.referralId ?? null,
        link: record[FIELD.referralLink] ?? pair?.referralLink ?? null,
        engagementId: record[FIELD.engagementId] ?? pair?.engagementId ?? null,
        crmId: record[FIELD.crmId] ?? null,
        seller: record[FIELD.seller] ?? null,
        held,
        closed: record[FIELD.referralStatus]?.startsWith('Closed') ?? false,
        asked,
        help: asked ? helpAsked(record) : '',
        onHold,
        // Whoever sent it has answered for themselves: that is no news, and says nothing of what is asked now.
        substatus: onHold ? null : substatus,
        answerDue: (fresh && pair.microsoft?.answerDue) || record[FIELD.answerDue] || pair?.microsoft?.answerDue || null
    };
}

/** What Microsoft answered, by the word of its referral. */
const ANSWERS = { Pending: 'asked', Received: 'asked', Accepted: 'accepted', Declined: 'declined', Expired: 'expired' };

/** How a referral that came in ended without our taking part, by the words of its status. */
const UNTAKEN = { 'Closed / Declined': 'turnedDown', 'Closed / Expired': 'expired' };

/** How a deal stands that is where it should be. */
function settled(record, substatus, held, onHold) {
    if (onHold) {
        return 'onHold';
    }
    const untaken = UNTAKEN[record[FIELD.referralStatus]];
    if (untaken) {
        return untaken;
    }
    return ANSWERS[substatus] ?? (held === 'private' ? 'private' : 'inStep');
}

/** Where the record does not say how far the deal is opened, what was wanted has been done. */
function supposed(record, asked) {
    if (asked) {
        return 'coSell';
    }
    return record[FIELD.visible] ? 'partnerLed' : 'private';
}

/** What the proxy writes to the record too: once the record is newer, it knows better. */
const RECORDED = ['sent.visible', 'sent.help', 'sent.own', 'sent.microsoft', 'sent.due'];

/** What Partner Center holds and Microsoft was given, as facts for the rules, where the proxy has told. */
export function pairFacts(record, pair) {
    const held = Object.entries(pair?.held ?? {}).map(([path, text]) => [`held:${path}`, text]);
    const given = Object.entries(pair?.facts ?? {}).filter(([name]) => isFresh(record, pair) || !RECORDED.includes(name));
    return Object.fromEntries([...given, ...held]);
}

/** Whether the record was not modified since the proxy told of the pair. */
function isFresh(record, pair) {
    return Boolean(pair) && !(modifiedAt(record) > pair.seen);
}

function helpAsked(record) {
    const [, words] = ASKED.exec(record[FIELD.audit] ?? '') ?? [];
    const now = record[FIELD.help];
    return words ?? HELP_LABELS[now] ?? now ?? '';
}
