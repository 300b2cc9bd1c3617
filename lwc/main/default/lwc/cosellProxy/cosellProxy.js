/**
 * What a page has the proxy do with one opportunity, in the user's name. Salesforce's token for it is for one action and lives five
 * minutes, so each call asks for its own right before. Must not know what the answer is shown as.
 */
import issueToken from '@salesforce/apex/CosellTokenController.issue';

/**
 * Has the proxy make both sides equal.
 * @param {string} recordId
 * @param {object} rules as `c/cosellModule` opens them
 * @param {Function} [onsend] is called when the token is there
 * @returns {Promise<object>} the state of the pair, as every call here gives it
 */
export async function reconcile(recordId, rules, onsend = () => {}) {
    const token = await issueToken({ opportunityId: recordId, action: 'share' });
    onsend();
    return rules.proxyClient().reconcile(recordId, token);
}

/** Asks the proxy how the pair stands. Changes nothing. */
export async function read(recordId, rules) {
    const token = await issueToken({ opportunityId: recordId, action: 'read' });
    return rules.proxyClient().read(recordId, token);
}

/** Sends the seller's answer to a referral that came in: `accept`, or `decline` with a reason. */
export async function decide(recordId, rules, decision, reason = '') {
    const token = await issueToken({ opportunityId: recordId, action: 'decide' });
    return rules.proxyClient().decide(recordId, token, decision, reason);
}
