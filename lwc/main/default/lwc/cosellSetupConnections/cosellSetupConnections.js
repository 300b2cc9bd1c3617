/**
 * How each connection stands, what is known about it, and what to do where it fails. Until the answer is there, the same rows wait
 * for it, so that nothing moves.
 */
import { LightningElement, api } from 'lwc';
import { SETUP } from 'c/cosellSetupLabels';
import { dateTime, fill } from 'c/cosellFormat';
import { factsOf } from './facts';

const STATES = {
    ok: { icon: 'utility:success', variant: 'success', text: SETUP.stateOk, badge: 'slds-badge slds-theme_success' },
    warning: { icon: 'utility:warning', variant: 'warning', text: SETUP.stateWarning, badge: 'slds-badge slds-theme_warning' },
    failed: { icon: 'utility:error', variant: 'error', text: SETUP.stateFailed, badge: 'slds-badge slds-theme_error' },
    off: { icon: 'utility:ban', text: SETUP.stateOff, badge: 'slds-badge' },
    checking: { icon: 'utility:clock', text: SETUP.stateChecking, badge: 'slds-badge' }
};

/** The connections in the order of a deal's way, with the words for them. */
const CONNECTIONS = {
    salesforce: { name: SETUP.salesforce, ok: SETUP.salesforceOk, remedy: SETUP.salesforceRemedy },
    entra: { name: SETUP.entra, ok: SETUP.entraOk, remedy: SETUP.entraRemedy },
    'partner-center': { name: SETUP.partnerCenter, ok: SETUP.partnerCenterOk, remedy: SETUP.partnerCenterRemedy },
    webhooks: { name: SETUP.webhooks, ok: SETUP.webhooksOk, remedy: SETUP.webhooksRemedy },
    store: { name: SETUP.store, ok: SETUP.storeOk, remedy: SETUP.storeRemedy }
};

/** What mends these is not where the connection usually fails. */
const REMEDIES = {
    'settings.unreadable': SETUP.settingsRemedy,
    'inbound.no-stage': SETUP.settingsRemedy,
    'inbound.unknown-stage': SETUP.settingsRemedy
};

const WAITING = Object.keys(CONNECTIONS).map((name) => ({ name, state: 'checking' }));

export default class CosellSetupConnections extends LightningElement {
    labels = SETUP;
    /** As the server tells them: `[{ name, state, code, detail, since, facts }]`; undefined while it is asked. */
    @api connections;
    /** Whether they are asked anew: what is shown is what was, and no state is sure. */
    @api checking = false;

    get rows() {
        const told = this.connections ?? WAITING;
        const known = Object.keys(CONNECTIONS);
        // One that this version has no words for comes last, under the server's own name for it.
        const place = ({ name }) => (known.includes(name) ? known.indexOf(name) : known.length);
        return [...told].sort((one, other) => place(one) - place(other)).map((connection) => rowOf(connection, this.checking));
    }
}

function rowOf({ name, state, code, detail, since, facts }, checking) {
    const words = CONNECTIONS[name] ?? { name };
    const isIll = state === 'warning' || state === 'failed';
    return {
        key: name,
        name: words.name,
        ...(checking ? STATES.checking : (STATES[state] ?? STATES.warning)),
        sentence: state === 'ok' ? (words.ok ?? detail) : detail,
        since: since && isIll ? fill(SETUP.since, dateTime(since)) : '',
        remedy: isIll ? (REMEDIES[code] ?? words.remedy) : '',
        facts: factsOf(facts)
    };
}
