// The records that are measured, and the broken ones that every peer must refuse.
import { base } from '../../support/cases.mjs';

/** A typical opportunity that is ready to be shared as co-sell. */
export const ready = { ...base.record, How_can_Microsoft_help__c: 'ProofOfConceptOrDemo', Visible_to_Microsoft_Sellers__c: true };

export const { today } = base;

/** The ready record as many times, each a deal of its own with a customer of its own: like deals of one customer would be told apart. */
export const many = (count) =>
    Array.from({ length: count }, (_, index) => ({
        ...ready,
        Id: `006Qy0000${String(index).padStart(6, '0')}IAV`,
        Name: `${ready.Name} ${index}`,
        Account: { ...ready.Account, Id: `001Qy0000${String(index).padStart(6, '0')}IAF` }
    }));

const bent = (says, change) => {
    const record = structuredClone(ready);
    change(record);
    return { says, record };
};
const contactOf = (record) => record.OpportunityContactRoles.records[0].Contact;

/** One thing wrong in each. */
export const broken = [
    bent('a name of blanks', (record) => (record.Name = '  ')),
    bent('an amount of zero', (record) => (record.Amount = 0)),
    bent('no amount', (record) => (record.Amount = null)),
    bent('a withdrawn currency', (record) => (record.CurrencyIsoCode = 'HRK')),
    bent('a day that does not exist', (record) => (record.CloseDate = '2027-02-29')),
    bent('no account', (record) => (record.Account = null)),
    bent('an account without a city', (record) => (record.Account.BillingCity = '')),
    bent('the name of a country', (record) => (record.Account.BillingCountry = 'Germany')),
    bent('an owner without a phone', (record) => (record.Owner.Phone = null)),
    bent('a kind of help that Microsoft does not know', (record) => (record.How_can_Microsoft_help__c = 'Anything')),
    bent('help, and not visible', (record) => (record.Visible_to_Microsoft_Sellers__c = false)),
    bent('help, and no contact', (record) => (record.OpportunityContactRoles = null)),
    bent('help, and a contact without an e-mail', (record) => (contactOf(record).Email = null)),
    bent('no consent', (record) => (record.Customer_Consent__c = false)),
    bent('no solution', (record) => (record.Microsoft_Solutions__r = null))
];
