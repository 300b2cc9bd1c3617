/**
 * The rules' verdict on a deal, as far as anybody can still act on it.
 */
import { describe } from 'c/cosellErrors';
import { today } from 'c/cosellFormat';

/**
 * @param {object} known `{ rules, record, draft, link, facts }`; `facts` by name, as the proxy told them
 * @returns `{ rules, outcome }` without an outcome where there are no rules; with a `moduleFailure` where they broke down over it
 */
export function judge({ rules, record, draft, link, facts }) {
    try {
        const outcome = rules?.review(record, draft, today(), { now: new Date().toISOString(), ...facts });
        return { rules, outcome: outcome?.status === 'reviewed' ? asActedOn(outcome, link) : outcome };
    } catch (error) {
        // Rules that trapped answer no more: to try again starts others.
        return { rules: undefined, outcome: undefined, moduleFailure: describe(error) };
    }
}

function asActedOn(outcome, { closed, onHold }) {
    if (closed) {
        return ofClosed(outcome);
    }
    // Its heading says what is to be answered until when, and has the buttons for it.
    return onHold ? { ...outcome, findings: outcome.findings.filter(({ code }) => !code.startsWith('answer.')) } : outcome;
}

/** Of a closed referral nothing can be mended and nothing would change: what remains to be said is that it is closed. */
function ofClosed({ findings, preview, ...outcome }) {
    return {
        ...outcome,
        findings: findings.filter(({ code }) => code.startsWith('closed.')),
        preview: { ...preview, changes: undefined }
    };
}
