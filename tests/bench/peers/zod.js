// The checks in zod 4, in its usual style.
import * as z from 'zod';

import {
    DECIMAL,
    HELP,
    countryOf,
    hasContactWhenHelpIsAsked,
    hasReachableTeam,
    hasSolutions,
    isNamed,
    isVisibleWhenHelpIsAsked,
    tableOf
} from './checks.js';

/**
 * The check of one record: `true` when nothing blocks a share.
 * @param {{ countries: string[], currencies: string[] }} codes
 * @param {{ jitless?: boolean }} options zod writes and evaluates code of its own unless told not to
 */
export function zodCheck(codes, options = {}) {
    const countries = tableOf(codes.countries);
    const currencies = tableOf(codes.currencies);

    const filled = z.string().trim().min(1);
    const blank = z.string().nullish();
    const rows = (row) => z.object({ records: z.array(row) }).nullish();
    const person = z.object({ Id: blank, FirstName: blank, LastName: blank, Email: blank, Phone: blank }).nullish();

    const record = z
        .object({
            Id: filled,
            Name: z.string().refine(isNamed),
            Amount: z.union([z.number().positive(), z.string().refine((text) => DECIMAL.test(text) && Number(text) > 0)]),
            CurrencyIsoCode: z
                .string()
                .trim()
                .refine((code) => currencies[code]),
            CloseDate: z.iso.date(),
            Account: z
                .object({ Name: filled, BillingStreet: filled, BillingCity: filled, BillingCountry: blank, BillingCountryCode: blank })
                .refine((account) => countries[countryOf(account)?.trim()]),
            Owner: person,
            OpportunityTeamMembers: rows(z.object({ User: person })),
            OpportunityContactRoles: rows(z.object({ IsPrimary: z.boolean().nullish(), Contact: person })),
            Microsoft_Solutions__r: rows(z.object({ Name: blank, Solution_Identifier__c: blank, Solution_Type__c: blank })),
            How_can_Microsoft_help__c: z.enum(HELP).nullish(),
            Visible_to_Microsoft_Sellers__c: z.boolean().nullish(),
            Microsoft_Customer_Contact__c: blank,
            Customer_Consent__c: z.literal(true)
        })
        .refine(hasReachableTeam, { path: ['Owner'] })
        .refine(hasSolutions, { path: ['Microsoft_Solutions__r'] })
        .refine(isVisibleWhenHelpIsAsked, { path: ['Visible_to_Microsoft_Sellers__c'] })
        .refine(hasContactWhenHelpIsAsked, { path: ['OpportunityContactRoles'] });

    return (value) => record.safeParse(value, options).success;
}
