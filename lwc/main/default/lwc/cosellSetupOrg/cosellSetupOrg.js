/**
 * What the org brings along: what must be there, what is used when it is on. Knows what each means for Cosell.
 */
import { LightningElement, api } from 'lwc';
import { SETUP } from 'c/cosellSetupLabels';
import { counted, fill } from 'c/cosellFormat';
import { isNeeded } from 'c/cosellSetupCurrency';

const LOOKS = {
    yes: { icon: 'utility:success', variant: 'success', alternative: SETUP.stateOk },
    no: { icon: 'utility:warning', variant: 'warning', alternative: SETUP.stateWarning },
    info: { icon: 'utility:info', alternative: '' },
    waiting: { icon: 'utility:clock', alternative: SETUP.stateChecking }
};

const NAMES = {
    domain: SETUP.orgDomain,
    wasm: SETUP.orgWasm,
    user: SETUP.orgUser,
    notes: SETUP.orgNotes,
    teams: SETUP.orgTeams,
    currency: SETUP.orgCurrency,
    countries: SETUP.orgCountries
};

export default class CosellSetupOrg extends LightningElement {
    labels = SETUP;
    /** Its features, as the org tells them; undefined while it is asked. */
    @api org;
    /** The settings; null where there are none. */
    @api settings;
    /** Whether the rules run on this page; undefined while that is not known. */
    @api runs;
    /** Why they don't, in words; undefined where nobody knows. */
    @api obstacle;

    get rows() {
        const found = this.org ? judge(this.org, this) : {};
        return Object.entries(NAMES).map(([key, name]) => {
            const [state, text] = found[key] ?? ['waiting', SETUP.stateChecking];
            return { key, name, text, ...LOOKS[state] };
        });
    }
}

function judge(org, { settings, runs, obstacle }) {
    const { myDomain, notes, teams, countryPicklists, integrationUsers } = org;
    const either = (is, yes, no, otherwise = 'no') => (is ? ['yes', yes] : [otherwise, no]);
    return {
        domain: either(myDomain, SETUP.orgDomainYes, SETUP.orgDomainNo),
        wasm: runs === undefined ? undefined : either(runs, SETUP.orgWasmYes, obstacle ?? SETUP.orgWasmNo),
        user: judgeUsers(integrationUsers),
        notes: either(notes, SETUP.orgNotesYes, SETUP.orgNotesNo),
        teams: either(teams, SETUP.orgTeamsYes, SETUP.orgTeamsNo, 'info'),
        currency: judgeCurrency(org, settings ?? {}),
        countries: either(countryPicklists, SETUP.orgCountriesYes, SETUP.orgCountriesNo, 'info')
    };
}

function judgeCurrency(org, settings) {
    if (org.multiCurrency) {
        return ['info', SETUP.orgCurrencyMany];
    }
    const isUnnamed = isNeeded(settings, org) && !settings.defaultCurrency;
    return isUnnamed ? ['no', fill(SETUP.orgCurrencyUnnamed, org.currency)] : ['info', fill(SETUP.orgCurrencyOne, org.currency)];
}

function judgeUsers(count) {
    if (count === null || count === undefined) {
        return ['info', SETUP.orgUserUnknown];
    }
    if (count === 0) {
        return ['no', SETUP.orgUserNone];
    }
    return count === 1 ? ['yes', SETUP.orgUserOne] : ['info', counted(count, SETUP.orgUserOne, SETUP.orgUserMany)];
}
