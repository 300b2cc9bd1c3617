// What the shell reads from the org beside single records: lists, and the choices of picklists.
import { call } from '../platform/http.js';
import { collator } from './format.js';

const version = '/services/data/v66.0';

/** All rows of a query. */
export async function query(soql) {
    const rows = [];
    let url = `${version}/query?q=${encodeURIComponent(soql)}`;
    while (url) {
        const page = await call('GET', url);
        rows.push(...page.records);
        url = page.done ? null : page.nextRecordsUrl;
    }
    return rows;
}

/** Whether an error says that the org has no such field or object, which depends on the features switched on in it. */
const isAbsent = (error) => Array.isArray(error?.body) && ['INVALID_FIELD', 'INVALID_TYPE'].includes(error.body[0]?.errorCode);

/** The first query the org understands; the last one's failure is the caller's. */
export async function queryAny(first, ...others) {
    try {
        return await query(first);
    } catch (error) {
        if (!others.length || !isAbsent(error)) throw error;
        return queryAny(...others);
    }
}

const listFields = 'Id, Name, StageName, Amount, CloseDate, Cosell_State__c, Account.Name, Owner.FirstName, Owner.LastName';
const list = (fields) => `SELECT ${fields} FROM Opportunity`;

/** All opportunities, by name as the page's language orders it. */
export async function opportunities() {
    const rows = await queryAny(list(`${listFields}, CurrencyIsoCode`), list(listFields));
    return rows.sort((one, other) => collator.compare(one.Name, other.Name));
}

const related = (children) => (id) => `SELECT Id, ${children.join(', ')} FROM Opportunity WHERE Id = '${id}'`;
const contacts =
    '(SELECT Id, ContactId, Role, IsPrimary, Contact.FirstName, Contact.LastName, Contact.Email, Contact.Phone FROM OpportunityContactRoles)';
const solutions = '(SELECT Id, Name, Solution_Identifier__c, Solution_Type__c, Publisher_Name__c FROM Microsoft_Solutions__r)';
const team = '(SELECT Id, TeamMemberRole, User.FirstName, User.LastName, User.Email FROM OpportunityTeamMembers)';

/** The records below an opportunity; `team` is null where the org has no opportunity teams. */
export async function relatedRecords(id) {
    const [row] = await queryAny(related([contacts, solutions, team])(id), related([contacts, solutions])(id));
    const records = (list) => list?.records ?? [];
    return {
        contacts: records(row?.OpportunityContactRoles),
        solutions: records(row?.Microsoft_Solutions__r),
        team: row && 'OpportunityTeamMembers' in row ? records(row.OpportunityTeamMembers) : null
    };
}

const once = (read) => {
    let answer;
    return () => {
        answer ??= read().catch((error) => {
            answer = undefined;
            throw error;
        });
        return answer;
    };
};

/** The stages in their order: `{ value, label, closed, won }`. */
export const stages = once(async () => {
    const rows = await query('SELECT ApiName, MasterLabel, IsClosed, IsWon FROM OpportunityStage WHERE IsActive = true ORDER BY SortOrder');
    return rows.map((row) => ({ value: row.ApiName, label: row.MasterLabel, closed: row.IsClosed, won: row.IsWon }));
});

/** A record of the settings with every field of its type, as `{ type, name, fields: [{ name, label, value }] }`; null where it is gone. */
export async function settingRecord(id) {
    const { label: type, fields: described } = await call('GET', `${version}/sobjects/Cosell_Setting__mdt/describe`);
    const fields = described.filter(({ name }) => name.endsWith('__c'));
    const names = ['MasterLabel', ...fields.map(({ name }) => name)];
    const [row] = await query(`SELECT ${names.join(', ')} FROM Cosell_Setting__mdt WHERE Id = '${id}'`);
    const shown = ({ name, picklistValues }) => picklistValues?.find(({ value }) => value === row[name])?.label ?? row[name];
    return row ? { type, name: row.MasterLabel, fields: fields.map((field) => ({ ...field, value: shown(field) })) } : null;
}

/** ISO codes of the currencies that are active in the org; none where it has only one. */
export const currencies = once(async () => {
    const rows = await queryAny('SELECT IsoCode FROM CurrencyType WHERE IsActive = true ORDER BY IsoCode', 'SELECT Id FROM Organization');
    return rows.map((row) => row.IsoCode).filter(Boolean);
});
