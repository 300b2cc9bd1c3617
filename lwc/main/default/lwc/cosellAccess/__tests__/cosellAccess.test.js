import { fieldsOf, nameOf, obstacleOf } from 'c/cosellAccess';

const EDIT = { kind: 'edit', object: 'Account', recordId: '001', fields: ['BillingCity', 'Code__c'] };
const access = (changes) => ({ mayEdit: true, owner: 'Kim Berg', lockedFields: [], ...changes });

describe('c-cosell-access', () => {
    it.each([
        [{ kind: 'set', values: { BillingCountry: 'DE' } }, ['BillingCountry']],
        [{ kind: 'choose', field: 'BillingCountry', options: [] }, ['BillingCountry']],
        [EDIT, ['BillingCity', 'Code__c']],
        [{ kind: 'add', what: 'contact' }, []],
        [null, []]
    ])('knows what the fix %j writes', (fix, fields) => {
        expect(fieldsOf(fix)).toEqual(fields);
    });

    it.each([
        ['nobody has said', undefined, ''],
        ['the seller may', access(), ''],
        ['another field is locked', access({ lockedFields: ['Name'] }), ''],
        ['it is somebody’s', access({ mayEdit: false }), 'You can’t change this account. Ask Kim Berg, who owns it, or an administrator.'],
        [
            'its owner is hidden',
            access({ mayEdit: false, owner: null }),
            'You can’t change this account. Ask its owner or an administrator.'
        ],
        [
            'fields are locked',
            access({ lockedFields: ['BillingCity', 'Code__c'] }),
            'An administrator must let you edit: City and Country (two-letter code)'
        ]
    ])('says what is in the way where %s', (_where, known, words) => {
        expect(obstacleOf(EDIT, known, { Code__c: 'BillingCountry' })).toBe(words);
    });

    it('names a field as the page does, else by what it is told, else as Salesforce does', () => {
        expect([nameOf('Email', {}), nameOf('X__c', {}, 'Choose'), nameOf('X__c', {})]).toEqual(['Email', 'Choose', 'X__c']);
    });
});
