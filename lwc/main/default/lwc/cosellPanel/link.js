/**
 * How the opportunity and its referral stand, from the record and, where the record does not know yet, from the proxy's last answer.
 */
import { FIELD } from 'c/cosellRecord';

const STATES = { NotShared: 'notShared', InStep: 'inStep', Waiting: 'waiting', NeedsYou: 'needsYou', Broken: 'broken' };

/** @returns `{ state, referralId, link, engagementId, crmId, substatus, answerDue, help, reason, until }` */
export function linkOf(record, pair) {
    const state = STATES[record[FIELD.state]] ?? pair?.state ?? 'notShared';
    // "New / Pending": the second word says what Microsoft answered.
    const substatus = record[FIELD.microsoftStatus]?.split(' / ')[1] ?? pair?.microsoft?.substatus ?? null;
    const reason = record[FIELD.stateReason] ?? pair?.reason?.message ?? '';
    return {
        state: state === 'inStep' && (substatus === 'Pending' || substatus === 'Received') ? 'asked' : state,
        referralId: record[FIELD.referralId] ?? pair?.referralId ?? null,
        link: record[FIELD.referralLink] ?? pair?.referralLink ?? null,
        engagementId: record[FIELD.engagementId] ?? pair?.engagementId ?? null,
        crmId: record[FIELD.crmId] ?? null,
        substatus,
        answerDue: record[FIELD.answerDue] ?? pair?.microsoft?.answerDue ?? null,
        help: record[FIELD.help] ?? null,
        reason: state === 'inStep' ? '' : reason,
        until: state === 'waiting' ? (pair?.reason?.until ?? null) : null
    };
}
