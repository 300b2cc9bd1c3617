/**
 * What no schema language says by itself: the checks across fields. Both peers call these same functions, so that what is
 * compared is the libraries, not two authors. They look at a parsed record and know neither library.
 *
 * The peers hold what blocks the share of a deal that was never shared, with settings left alone: name, amount, currency, close date,
 * customer, country, team, kind of help, visibility implied by help, contact when help is asked, consent, solutions, a solution
 * assessment alone. Not in them, because it blocks nothing or is more than a look at one record: warnings, settings (fields of other
 * names, default currency, catalogue), unsaved edits, other open deals, and what Microsoft was given.
 */

/** The kinds of help that Microsoft knows. */
export const HELP = [
    'WorkloadSpecificValueProposition',
    'CustomerTechnicalArchitecture',
    'ProofOfConceptOrDemo',
    'QuotesOrLicensing',
    'PostSalesCustomerSuccess',
    'GeneralOrOther'
];

/** A deal value in text. */
export const DECIMAL = /^\s*\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

const MOST = 50;
const PERSON = ['FirstName', 'LastName', 'Email', 'Phone'];

const isComplete = (person) => PERSON.every((field) => person[field]?.trim());
const distinct = (people) => (people.length > MOST ? [...new Map(people.map((person) => [person.Id, person])).values()] : people);

/** With country picklists the code has a field of its own. */
export const countryOf = (account) => (account.BillingCountryCode === undefined ? account.BillingCountry : account.BillingCountryCode);

export function hasReachableTeam({ Owner, OpportunityTeamMembers }) {
    const members = (OpportunityTeamMembers?.records ?? []).map(({ User }) => User);
    const complete = [Owner, ...members].filter((person) => person && isComplete(person));
    return complete.length > 0 && distinct(complete).length <= MOST;
}

/** A name beside the check mark that the connector puts before it. */
export const isNamed = (name) =>
    name
        .trim()
        .replace(/^[✓✔✗✘]/, '')
        .trim() !== '';

export function hasSolutions({ Microsoft_Solutions__r }) {
    const named = (Microsoft_Solutions__r?.records ?? []).filter(({ Solution_Identifier__c }) => Solution_Identifier__c?.trim());
    const isAssessment = named.some(({ Solution_Type__c }) => Solution_Type__c?.trim().toLowerCase() === 'assessment');
    return named.length > 0 && named.length <= (isAssessment ? 1 : MOST);
}

export const isVisibleWhenHelpIsAsked = ({ How_can_Microsoft_help__c, Visible_to_Microsoft_Sellers__c }) =>
    !How_can_Microsoft_help__c || Visible_to_Microsoft_Sellers__c === true;

export function hasContactWhenHelpIsAsked({ How_can_Microsoft_help__c, Microsoft_Customer_Contact__c, OpportunityContactRoles }) {
    if (!How_can_Microsoft_help__c) return true;
    const roles = OpportunityContactRoles?.records ?? [];
    const role = Microsoft_Customer_Contact__c
        ? roles.find(({ Contact }) => Contact?.Id === Microsoft_Customer_Contact__c)
        : (roles.find(({ IsPrimary }) => IsPrimary) ?? roles[0]);
    return Boolean(role?.Contact) && isComplete(role.Contact);
}

/** A table to look codes up in. No Set: inside Lightning Web Security every call of one crosses the sandbox's border. */
export const tableOf = (codes) => Object.freeze(Object.assign(Object.create(null), Object.fromEntries(codes.map((code) => [code, true]))));

/** A day of the calendar: `2027-02-29` has the shape of a date and is none. Zod's own dates know that, valibot's do not. */
export function isOnTheCalendar(text) {
    const [year, month, day] = text.split('-').map(Number);
    const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
    return day <= days;
}
