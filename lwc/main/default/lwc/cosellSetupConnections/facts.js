/**
 * What the server knows about a connection, as rows of a name and a value. Facts that this version has no words for are left out.
 */
import { SETUP } from 'c/cosellSetupLabels';
import { dateTime, fill, number } from 'c/cosellFormat';

const text = (value) => String(value);

/** Names of databases as their makers write them. */
const DRIVERS = { sqlite: 'SQLite', postgres: 'PostgreSQL', postgresql: 'PostgreSQL' };

const FACTS = {
    address: [SETUP.factAddress, text],
    user: [SETUP.factUser, text],
    apiUsage: [SETUP.factUsage, ({ used, max }) => fill(SETUP.factUsageOf, number(used), number(max))],
    tenant: [SETUP.factTenant, text],
    tokenObtainedAt: [SETUP.factTokenSince, dateTime],
    tokenExpiresAt: [SETUP.factToken, dateTime],
    signInRenewedAt: [SETUP.factSignIn, dateTime],
    registeredUrl: [SETUP.factUrl, text],
    lookedAt: [SETUP.factLooked, dateTime],
    driver: [SETUP.factDriver, (value) => DRIVERS[value] ?? value]
};

/** `[{ key, name, value }]`, in one order whatever the server's. */
export function factsOf(facts) {
    return Object.entries(FACTS)
        .filter(([key]) => facts?.[key] !== undefined && facts[key] !== null)
        .map(([key, [name, show]]) => ({ key, name, value: show(facts[key]) }));
}
