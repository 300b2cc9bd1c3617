/**
 * Whether an org has what Cosell needs, and what it does where something optional is off. Judges facts; asks nobody.
 */

/** The least API version: Spring '26. */
const LEAST = 66;

/** `ok`: as it should be. `missing`: Cosell does not work without. `note`: it works, and this is what is different. */
const ok = (says) => ({ verdict: 'ok', says });
const missing = (says) => ({ verdict: 'missing', says });
const note = (says) => ({ verdict: 'note', says });

/** A switch that everything works without. */
const optional = (isOn, on, off) => (isOn ? ok(on) : note(off));

/** Each thing that is looked at, in the order in which it is told. */
const CHECKS = [
    {
        name: 'Release',
        look: ({ apiVersion }) =>
            apiVersion >= LEAST ? ok(`API version ${apiVersion}`) : missing(`API version ${apiVersion}; Spring '26 (${LEAST}.0) is needed`)
    },
    {
        name: 'My Domain',
        look: ({ instanceUrl }) => {
            const { hostname } = new URL(instanceUrl);
            return /\.my\.salesforce\.(com|mil)$/.test(hostname)
                ? ok(hostname)
                : missing(`${hostname} is no My Domain: deploy one in Setup, My Domain`);
        }
    },
    {
        name: 'Lightning Web Security',
        look: ({ lightningWebSecurity }) => {
            if (lightningWebSecurity === null) return note('this user may not read it; look in Setup, Session Settings: it must be on');
            const off = 'off: the rules are WebAssembly, which Lightning Locker does not let run. Switch it on in Setup, Session Settings';
            return lightningWebSecurity ? ok('on') : missing(off);
        }
    },
    {
        name: 'Notes',
        look: ({ objects }) =>
            optional(
                objects.has('ContentNote'),
                'on',
                'off: what Microsoft writes with a referral is not kept as a note (Setup, Notes Settings)'
            )
    },
    {
        name: 'Opportunity teams',
        look: ({ objects }) =>
            optional(
                objects.has('OpportunityTeamMember'),
                'on',
                'off: only the owner goes to Partner Center, and nobody of a referral comes in (Setup, Opportunity Team Settings)'
            )
    },
    {
        name: 'Multiple currencies',
        look: ({ opportunity }) =>
            optional(opportunity.has('CurrencyIsoCode'), 'on', 'off: name the org’s currency as Default currency in the set-up page')
    },
    {
        name: 'State and country picklists',
        look: ({ account }) =>
            optional(
                account.has('BillingCountryCode'),
                'on',
                'off: countries are read from what people typed, and the panel asks where that is not clear'
            )
    },
    {
        name: 'Translation Workbench',
        look: ({ translationWorkbench }) =>
            optional(
                translationWorkbench,
                'on; French is deployed where it is one of its languages',
                'off, or not to be read: English only'
            )
    },
    {
        name: 'Integration licence',
        look: ({ licences }) => {
            if (!licences) return note('this org has no licence Salesforce Integration: the server signs in as a user of another one');
            const left = licences.TotalLicenses - licences.UsedLicenses;
            return left > 0 ? ok(`${left} left`) : note('all are in use; the server needs one, or has it already');
        }
    },
    {
        name: 'Cosell',
        look: ({ settings, site }) => {
            if (settings === null) return note('not installed yet: npm run org:deploy -- --target-org … --server https://…');
            if (!settings) return missing('installed, but the record Cosell Setting, Default is missing: deploy again with --defaults');
            const server = settings.Proxy_Url__c;
            if (!site) return missing('there is no CSP trusted site Cosell_Proxy: deploy again with --defaults');
            return origin(server) === origin(site.EndpointUrl)
                ? ok(`its server is ${server}`)
                : missing(`the settings name ${server} and the CSP trusted site ${site.EndpointUrl}: the page cannot reach its server`);
        }
    }
];

function origin(address) {
    try {
        return new URL(address).origin;
    } catch {
        return null;
    }
}

/**
 * Judges an org.
 * @param {object} facts what facts.mjs gathers
 * @returns {{ name: string, verdict: 'ok' | 'missing' | 'note', says: string }[]} in the order of the list above
 */
export function judge(facts) {
    return CHECKS.map(({ name, look }) => ({ name, ...look(facts) }));
}
