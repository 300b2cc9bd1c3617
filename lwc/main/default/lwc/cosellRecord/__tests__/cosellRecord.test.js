import * as model from 'c/cosellRecord';
import { ACCOUNT_ID, CONTACT_ID, OPPORTUNITY_ID, OTHER_CONTACT_ID, asLive, readyDeal, sharedDeal } from '../../__tests__/support/records';

const { FIELD } = model;

describe('c-cosell-record', () => {
    describe('the fields that are read', () => {
        it('include those an admin mapped, once each', () => {
            const fields = model.optionalFields({
                dealValueField: 'Deal_Value__c',
                currencyField: 'CurrencyIsoCode',
                countryField: 'Country_Code__c'
            });
            expect(fields).toEqual(expect.arrayContaining(['Opportunity.Deal_Value__c', 'Opportunity.Account.Country_Code__c']));
            expect(new Set(fields).size).toBe(fields.length);
        });

        it('include what the rules want, except for the owner and for what is no field name', () => {
            const usual = model.optionalFields({});
            const wanted = ['Amount', 'Loss_Reason__c', 'Account.DunsNumber', 'Owner.Email', 'X FROM User', ''];
            const added = model.optionalFields({}, wanted).filter((name) => !usual.includes(name));
            expect(added).toEqual(['Opportunity.Loss_Reason__c', 'Opportunity.Account.DunsNumber']);
        });

        it('do without settings', () => {
            expect(model.optionalFields({})).toEqual(expect.arrayContaining(['Opportunity.Amount', 'Opportunity.Account.BillingCountry']));
        });
    });

    describe('the merge', () => {
        it('lays what the page shows now over the snapshot, account included', () => {
            const live = asLive(readyDeal({ Amount: 92000 }, { BillingCountry: 'FR' }));
            const merged = model.mergeRecord(readyDeal(), live);
            expect(merged.Amount).toBe(92000);
            expect(merged.Account).toEqual(readyDeal({}, { BillingCountry: 'FR' }).Account);
            expect(merged.OpportunityContactRoles).toEqual(readyDeal().OpportunityContactRoles);
        });

        it('keeps of the account what the page does not read', () => {
            const snapshot = readyDeal({}, { Country_Code__c: 'DE' });
            expect(model.mergeRecord(snapshot, asLive(readyDeal())).Account.Country_Code__c).toBe('DE');
        });

        it('lets nothing of the old account shine through a new one', () => {
            const live = asLive(readyDeal({ AccountId: '001Qy00000NEWNEIAF' }, { Id: '001Qy00000NEWNEIAF' }));
            delete live.fields.Account.value.fields.BillingCity;
            expect(model.mergeRecord(readyDeal(), live).Account).not.toHaveProperty('BillingCity');
        });

        it('takes a removed account', () => {
            expect(model.mergeRecord(readyDeal(), asLive(readyDeal({ Account: null }))).Account).toBeNull();
        });

        it('stays with the snapshot while the page shows nothing', () => {
            const snapshot = readyDeal();
            expect(model.mergeRecord(snapshot, undefined)).toBe(snapshot);
        });
    });

    describe('the draft', () => {
        it.each([
            ['an edit', { [FIELD.consent]: false }, { [FIELD.consent]: false }],
            ['the value that the record has', { [FIELD.consent]: true }, {}],
            ['blank for blank', { [FIELD.referralId]: '' }, {}],
            ['off where the record says nothing', { [FIELD.sync]: false }, {}]
        ])('holds of %s what has to be saved', (_case, draft, expected) => {
            expect(model.changesOf(readyDeal(), draft)).toEqual(expected);
        });

        it('makes a deal invisible again when help is taken back before it was saved', () => {
            const record = readyDeal({ [FIELD.help]: null, [FIELD.visible]: false });
            const asked = model.applyEdit(record, {}, { [FIELD.help]: 'GeneralOrOther', [FIELD.visible]: true });
            expect(asked).toEqual({ [FIELD.help]: 'GeneralOrOther', [FIELD.visible]: true });
            expect(model.applyEdit(record, asked, { [FIELD.help]: null })).toEqual({});
        });

        it('is what the seller sees', () => {
            expect(model.choicesOf(readyDeal(), { [FIELD.help]: null }).help).toBeNull();
            expect(model.choicesOf(readyDeal(), {})).toEqual({
                sync: false,
                help: 'ProofOfConceptOrDemo',
                visible: true,
                consent: true,
                contact: CONTACT_ID
            });
        });
    });

    it('names every contact once, with its first role', () => {
        const record = readyDeal();
        record.OpportunityContactRoles.records.push({ ...record.OpportunityContactRoles.records[0], Role: 'Evaluator' });
        expect(model.contactsOf(record).map(({ id, name, role }) => [id, name, role])).toEqual([
            [CONTACT_ID, 'Ada Okafor', 'Decision Maker'],
            [OTHER_CONTACT_ID, 'Ben Sommer', '']
        ]);
    });

    it('finds no contacts and solutions where there are none', () => {
        const record = readyDeal({ OpportunityContactRoles: null, Microsoft_Solutions__r: null });
        expect([model.contactsOf(record), model.solutionsOf(record)]).toEqual([[], []]);
    });

    it.each([
        ['Opportunity', OPPORTUNITY_ID, 'Amount', 1],
        ['Account', ACCOUNT_ID, 'BillingCity', 'Hamburg'],
        ['Contact', OTHER_CONTACT_ID, 'Phone', '+49 40 1234568'],
        ['Contact', '003Qy00000NOBODYIA', 'Phone', undefined],
        ['User', '005Qy00000aaaaaIAA', 'Phone', undefined]
    ])('starts an editor of %s %s with what it holds', (object, id, field, expected) => {
        expect(model.valuesOf(readyDeal(), { Amount: 1 }, object, id)[field]).toBe(expected);
    });

    it('reads the audit trail', () => {
        const audit = '2026-11-22 14:02 UTC - Microsoft accepted the deal.\nImported.';
        expect(model.auditOf({ [FIELD.audit]: audit })).toMatchObject([
            { at: '2026-11-22T14:02:00Z', text: 'Microsoft accepted the deal.', side: 'microsoft' },
            { at: null, text: 'Imported.' }
        ]);
        expect(model.auditOf({})).toEqual([]);
    });

    it.each(['2026-11-22T16:25:57.000+0000', '2026-11-22T16:25:57.000Z'])('reads %s as the moment of a change', (moment) => {
        expect(model.modifiedAt({ LastModifiedDate: moment })).toBe(Date.UTC(2026, 10, 22, 16, 25, 57));
    });

    it('says nothing else after the proxy has written to it', () => {
        expect(model.contentOf(sharedDeal({ Sync_with_Partner_Center__c: false }))).toBe(model.contentOf(readyDeal()));
        expect(model.contentOf(readyDeal({ Amount: 1 }))).not.toBe(model.contentOf(readyDeal()));
    });

    it.each([
        ['006Qy00000AbCdE', '006Qy00000AbCdEIAV', true],
        ['006Qy00000AbCdEIAV', '006Qy00000AbCdFIAV', false],
        ['006Qy00000AbCdEIAV', undefined, false]
    ])('compares the ids %s and %s', (one, other, same) => {
        expect(model.isSameId(one, other)).toBe(same);
    });
});
