// The checks in valibot 1, in its usual style.
import * as v from 'valibot';

import {
    DECIMAL,
    HELP,
    countryOf,
    hasContactWhenHelpIsAsked,
    hasReachableTeam,
    hasSolutions,
    isNamed,
    isOnTheCalendar,
    isVisibleWhenHelpIsAsked,
    tableOf
} from './checks.js';

/**
 * The check of one record: `true` when nothing blocks a share.
 * @param {{ countries: string[], currencies: string[] }} codes
 */
export function valibotCheck(codes) {
    const countries = tableOf(codes.countries);
    const currencies = tableOf(codes.currencies);

    const filled = v.pipe(v.string(), v.trim(), v.minLength(1));
    const blank = v.nullish(v.string());
    const rows = (row) => v.nullish(v.object({ records: v.array(row) }));
    const person = v.nullish(v.object({ Id: blank, FirstName: blank, LastName: blank, Email: blank, Phone: blank }));

    const record = v.pipe(
        v.object({
            Id: filled,
            Name: v.pipe(v.string(), v.check(isNamed)),
            Amount: v.union([
                v.pipe(v.number(), v.gtValue(0)),
                v.pipe(
                    v.string(),
                    v.check((text) => DECIMAL.test(text) && Number(text) > 0)
                )
            ]),
            CurrencyIsoCode: v.pipe(
                v.string(),
                v.trim(),
                v.check((code) => currencies[code] === true)
            ),
            CloseDate: v.pipe(v.string(), v.isoDate(), v.check(isOnTheCalendar)),
            Account: v.pipe(
                v.object({ Name: filled, BillingStreet: filled, BillingCity: filled, BillingCountry: blank, BillingCountryCode: blank }),
                v.check((account) => countries[countryOf(account)?.trim()] === true)
            ),
            Owner: person,
            OpportunityTeamMembers: rows(v.object({ User: person })),
            OpportunityContactRoles: rows(v.object({ IsPrimary: v.nullish(v.boolean()), Contact: person })),
            Microsoft_Solutions__r: rows(v.object({ Name: blank, Solution_Identifier__c: blank, Solution_Type__c: blank })),
            How_can_Microsoft_help__c: v.nullish(v.picklist(HELP)),
            Visible_to_Microsoft_Sellers__c: v.nullish(v.boolean()),
            Microsoft_Customer_Contact__c: blank,
            Customer_Consent__c: v.literal(true)
        }),
        v.check(hasReachableTeam),
        v.check(hasSolutions),
        v.check(isVisibleWhenHelpIsAsked),
        v.check(hasContactWhenHelpIsAsked)
    );

    return (value) => v.safeParse(record, value).success;
}
