import { arrange, blockingKeys, nextKey } from '../arrange';
import { ACCOUNT_ID, CONTACT_ID, OPPORTUNITY_ID, readyDeal } from '../../__tests__/support/records';

const finding = (code, field, fix = null, severity = 'block') => ({ code, field, fix, severity });
const edit = (object, recordId, ...fields) => ({ kind: 'edit', object, recordId, fields });

describe('the arrangement of findings', () => {
    it('puts under a field of the form what concerns it, and the rest into the list', () => {
        const places = arrange(
            [
                finding('country.name', 'account.country'),
                finding('contact.incomplete', 'contact'),
                finding('solutions.missing', 'solutions'),
                finding('team.incomplete', 'team')
            ],
            readyDeal(),
            {}
        );
        const codes = Object.fromEntries(Object.entries(places).map(([place, found]) => [place, found.map(({ code }) => code)]));
        expect(codes).toEqual({
            list: ['country.name', 'team.incomplete'],
            help: [],
            visibility: [],
            contact: ['contact.incomplete'],
            consent: [],
            solutions: ['solutions.missing']
        });
    });

    it('tells findings of one code apart', () => {
        const { list } = arrange([finding('currency.unknown', 'currency'), finding('currency.unknown', 'currency')], readyDeal(), {});
        expect(list.map(({ key }) => key)).toEqual(['currency.unknown#1', 'currency.unknown#2']);
    });

    it.each([
        ['the opportunity with its edits', edit('Opportunity', OPPORTUNITY_ID, 'Amount'), 'Amount', 1],
        ['the account', edit('Account', ACCOUNT_ID, 'BillingCity'), 'BillingCity', 'Hamburg'],
        ['the contact', edit('Contact', CONTACT_ID, 'Email'), 'Email', 'ada@alder.example']
    ])('starts an editor with what %s holds', (_what, fix, name, value) => {
        expect(arrange([finding('x', 'name', fix)], readyDeal(), { Amount: 1 }).list[0].values[name]).toBe(value);
    });

    it('leaves the choice of an account to the page', () => {
        const fix = edit('Opportunity', OPPORTUNITY_ID, 'AccountId');
        expect(arrange([finding('customer.missing', 'account', fix)], readyDeal(), {}).list[0].fix).toBeNull();
    });

    it.each([
        ['none to choose from', null, null],
        ['some to choose from', undefined, { kind: 'add', what: 'contact' }]
    ])('offers to choose a contact where there are %s', (_case, roles, fix) => {
        const record = readyDeal(roles === null ? { OpportunityContactRoles: null } : {});
        expect(arrange([finding('contact.missing', 'contact', { kind: 'add', what: 'contact' })], record, {}).contact[0].fix).toEqual(fix);
    });

    it('sends the seller to the form for what the form can edit', () => {
        const fix = edit('Opportunity', OPPORTUNITY_ID, 'How_can_Microsoft_help__c');
        expect(arrange([finding('help.unknown', 'help', fix)], readyDeal(), {}).help[0].elsewhere).toBe(true);
    });

    it('orders what blocks as the page does, without what only advises', () => {
        const places = arrange(
            [finding('a', 'solutions'), finding('b', 'account'), finding('c', 'closeDate', null, 'warn'), finding('d', 'help')],
            readyDeal(),
            {}
        );
        expect(blockingKeys(places)).toEqual(['b#1', 'd#1', 'a#1']);
    });

    it.each([
        ['the one after it', ['a', 'b', 'c'], ['a', 'c'], 'b', 'c'],
        ['itself while it is still open', ['a', 'b', 'c'], ['a', 'b', 'c'], 'b', 'b'],
        ['the first when it was the last', ['a', 'b'], ['a'], 'b', 'a'],
        ['the first when only advice was taken', ['a', 'b'], ['a', 'b'], 'advice', 'a'],
        ['a new one', ['a'], ['z'], 'a', 'z'],
        ['none when none is left', ['a'], [], 'a', undefined]
    ])('goes on to %s', (_which, before, now, mended, next) => {
        expect(nextKey(before, now, mended)).toBe(next);
    });
});
