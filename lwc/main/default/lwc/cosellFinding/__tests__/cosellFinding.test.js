import CosellFinding from 'c/cosellFinding';
import getAccess from '@salesforce/apex/CosellController.getAccess';
import { ACCOUNT_ID, CONTACT_ID, OPPORTUNITY_ID } from '../../__tests__/support/records';
import { button, change, clearPage, control, deep, mount, settle, textOf } from '../../__tests__/support/dom';

const SET = {
    kind: 'set',
    object: 'Account',
    recordId: ACCOUNT_ID,
    values: { BillingCountry: 'DE' },
    label: 'Use DE (Germany)'
};
const CHOOSE = {
    kind: 'choose',
    object: 'Account',
    recordId: ACCOUNT_ID,
    field: 'BillingCountry',
    options: [
        { value: 'KR', label: 'South Korea (KR)' },
        { value: 'KP', label: 'North Korea (KP)' }
    ],
    label: 'Choose'
};
const EDIT = { kind: 'edit', object: 'Contact', recordId: CONTACT_ID, fields: ['Email'], label: 'Complete' };
const ADD = { kind: 'add', what: 'solution', label: 'Add a solution' };

function show(fix, { severity = 'block', ...more } = {}) {
    const finding = { key: 'k#1', code: 'some.code', severity, field: 'account.country', message: 'Something is wrong.', fix, ...more };
    const element = mount('c-cosell-finding', CosellFinding, { finding });
    const onfix = jest.fn();
    element.addEventListener('cosellfix', (event) => onfix(event.detail));
    return { element, onfix };
}

describe('c-cosell-finding', () => {
    afterEach(clearPage);

    it.each([
        ['block', 'Must be mended'],
        ['warn', 'Advice']
    ])('shows the message of a finding (%s) and says how grave it is', async (severity, alternative) => {
        const { element } = show(SET, { severity });
        expect(textOf(element)).toBe('Something is wrong.');
        expect(deep(element, 'lightning-icon').alternativeText).toBe(alternative);
        await expect(element).toBeAccessible();
    });

    it('has no button where no fix is known', () => {
        expect(deep(show(null).element, 'lightning-button')).toBeNull();
    });

    it('has no button for those who may only look', async () => {
        const { element } = show(SET);
        element.readOnly = true;
        await settle();
        expect(deep(element, 'lightning-button')).toBeNull();
    });

    it.each([
        ['values that are known', SET, { BillingCountry: 'DE' }],
        ['something to be added', ADD, undefined]
    ])('asks at once for %s', (_what, fix, values) => {
        const { element, onfix } = show(fix);
        button(element, fix.label).click();
        expect(onfix).toHaveBeenCalledWith({ key: 'k#1', field: 'account.country', fix, values });
    });

    it('lets the seller choose first where there is a choice', async () => {
        const { element, onfix } = show(CHOOSE);
        expect(button(element, 'Save').disabled).toBe(true);
        change(control(element, 'Country (two-letter code)'), { value: 'KR' });
        await settle();
        button(element, 'Save').click();
        expect(onfix).toHaveBeenCalledWith(expect.objectContaining({ values: { BillingCountry: 'KR' } }));
        await expect(element).toBeAccessible();
    });

    it('opens inputs for what has to be completed, and asks with what was typed', async () => {
        const { element, onfix } = show(EDIT);
        button(element, 'Complete').click();
        await settle();
        expect(onfix).not.toHaveBeenCalled();
        change(control(element, 'Email'), { value: 'ada@alder.example' });
        button(element, 'Save').click();
        expect(onfix).toHaveBeenCalledWith(expect.objectContaining({ values: { Email: 'ada@alder.example' } }));
        await expect(element).toBeAccessible();
    });

    it('closes them again', async () => {
        const { element } = show(EDIT);
        button(element, 'Complete').click();
        await settle();
        button(element, 'Cancel').click();
        await settle();
        expect(button(element, 'Complete')).not.toBeNull();
    });

    it('saves edits of the opportunity as it saves all others', async () => {
        const { element } = show({ ...EDIT, object: 'Opportunity', recordId: OPPORTUNITY_ID, fields: ['CloseDate'] });
        button(element, 'Complete').click();
        await settle();
        expect(button(element, 'Save')).not.toBeNull();
    });

    it.each([
        [
            'the record is somebody else’s',
            SET,
            { mayEdit: false, owner: 'Kim Berg', lockedFields: [] },
            'You can’t change this account. Ask Kim Berg, who owns it, or an administrator.'
        ],
        [
            'nobody says whose the record is',
            EDIT,
            { mayEdit: false, owner: null, lockedFields: [] },
            'You can’t change this contact. Ask its owner or an administrator.'
        ],
        [
            'the field is locked',
            CHOOSE,
            { mayEdit: true, owner: 'Kim Berg', lockedFields: ['BillingCountry'] },
            'An administrator must let you edit: Country (two-letter code)'
        ],
        [
            'one of the fields is locked',
            { ...EDIT, fields: ['Email', 'Phone'] },
            { mayEdit: true, owner: null, lockedFields: ['Phone'] },
            'An administrator must let you edit: Phone'
        ]
    ])('says who can help where %s', async (_why, fix, access, words) => {
        const { element } = show(fix);
        getAccess.emit(access);
        await settle();
        expect(textOf(element)).toBe(`Something is wrong. ${words}`);
        expect(deep(element, 'lightning-button')).toBeNull();
        await expect(element).toBeAccessible();
    });

    it('asks for the access that its fix needs, and once only', async () => {
        const { element } = show({ ...EDIT, fields: ['Email', 'Phone'] });
        await settle();
        expect(getAccess.getLastConfig()).toEqual({ recordId: CONTACT_ID, fields: ['Email', 'Phone'] });
        const { fields } = getAccess.getLastConfig();
        element.finding = { ...element.finding, fix: { ...EDIT, fields: ['Email', 'Phone'] } };
        await settle();
        expect(getAccess.getLastConfig().fields).toBe(fields);
    });

    it('keeps the button where the seller may, and for those that write nothing', async () => {
        const { element } = show(SET);
        getAccess.emit({ mayEdit: true, owner: 'Kim Berg', lockedFields: [] });
        await settle();
        expect(button(element, 'Use DE (Germany)')).not.toBeNull();
        expect(button(show(ADD).element, 'Add a solution')).not.toBeNull();
    });

    it.each([
        ['the message, where the button saves at once', SET, '[data-message]'],
        ['the message, where there is none', null, '[data-message]'],
        ['the button that opens inputs', EDIT, '[data-control]'],
        ['the button that opens a picker', ADD, '[data-control]'],
        ['the list to choose from', CHOOSE, '[data-control]']
    ])('takes the focus to %s', (_what, fix, selector) => {
        const { element } = show(fix);
        const focus = jest.spyOn(HTMLElement.prototype, 'focus');
        element.focus();
        expect(focus.mock.contexts.slice(-1)).toEqual([deep(element, selector)]);
        focus.mockRestore();
    });

    it('leads to the control of the form where there is one', () => {
        const { element, onfix } = show({ ...EDIT, fields: ['How_can_Microsoft_help__c'] }, { elsewhere: true });
        button(element, 'Complete').click();
        expect(onfix).toHaveBeenCalledWith(expect.objectContaining({ values: undefined }));
    });
});
