import CosellContact from 'c/cosellContact';
import getAccess from '@salesforce/apex/CosellController.getAccess';
import { CONTACT_ID, OTHER_CONTACT_ID } from '../../__tests__/support/records';
import { button, change, clearPage, control, deep, mount, settle, textOf } from '../../__tests__/support/dom';

const CONTACTS = [
    {
        id: CONTACT_ID,
        name: 'Ada Okafor',
        role: 'Decision Maker',
        contact: { FirstName: 'Ada', LastName: 'Okafor', Email: 'ada@alder.example', Phone: null }
    },
    { id: OTHER_CONTACT_ID, name: 'Ben Sommer', role: '', contact: { LastName: 'Sommer' } }
];

function show(properties) {
    const element = mount('c-cosell-contact', CosellContact, properties);
    const ondraft = jest.fn();
    element.addEventListener('coselldraft', (event) => ondraft(event.detail.values));
    const onfix = jest.fn();
    element.addEventListener('cosellfix', (event) => onfix(event.detail));
    return { element, ondraft, onfix, list: control(element, 'Customer contact for Microsoft') };
}

/** Opens the inputs of the contact that is shown. */
async function open(element) {
    deep(element, '[data-edit]').click();
    await settle();
}

describe('c-cosell-contact', () => {
    afterEach(clearPage);

    it('offers the contact roles, and to leave the choice to them', async () => {
        const { element, list } = show({ contacts: CONTACTS });
        expect(list.options.map(({ label }) => label)).toEqual([
            'From the contact roles: Ada Okafor',
            'Ada Okafor (Decision Maker)',
            'Ben Sommer'
        ]);
        expect(list.value).toBe('');
        await expect(element).toBeAccessible();
    });

    it.each([
        [CONTACT_ID, CONTACT_ID],
        ['', null]
    ])('reports the choice "%s"', (value, contact) => {
        const { list, ondraft } = show({ contacts: CONTACTS, chosen: OTHER_CONTACT_ID });
        change(list, { value });
        expect(ondraft).toHaveBeenCalledWith({ Microsoft_Customer_Contact__c: contact });
    });

    it.each([
        ['the first of the contact roles', null, 'Email ada@alder.example Phone missing'],
        ['the chosen one', OTHER_CONTACT_ID, 'Email missing Phone missing']
    ])('shows what Microsoft is told of %s', async (_who, chosen, words) => {
        const { element } = show({ contacts: CONTACTS, chosen });
        expect(textOf(element)).toContain(`${words} Of the contact, only name, email and phone go to Partner Center.`);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['all of it where Microsoft is asked', true, [true, true, true, true]],
        ['the last name alone otherwise', false, [false, true, false, false]]
    ])('has the contact completed in place, and demands %s', async (_what, needed, required) => {
        const { element, onfix } = show({ contacts: CONTACTS, needed });
        await open(element);
        const names = ['First name', 'Last name', 'Email', 'Phone'];
        expect(names.map((name) => control(element, name).required)).toEqual(required);
        await expect(element).toBeAccessible();
        change(control(element, 'Phone'), { value: '+49 40 1' });
        button(element, 'Save').click();
        await settle();
        expect(onfix).toHaveBeenCalledWith({
            key: undefined,
            field: 'contact',
            fix: { kind: 'edit', object: 'Contact', recordId: CONTACT_ID, fields: ['FirstName', 'LastName', 'Email', 'Phone'] },
            values: { FirstName: 'Ada', LastName: 'Okafor', Email: 'ada@alder.example', Phone: '+49 40 1' },
            onend: expect.any(Function)
        });
    });

    it.each([
        ['closes the inputs once it is saved', true],
        ['keeps what was typed where it could not be saved', false]
    ])('%s', async (_what, saved) => {
        const { element, onfix } = show({ contacts: CONTACTS });
        await open(element);
        change(control(element, 'Phone'), { value: '+49 40 1' });
        button(element, 'Save').click();
        await settle();
        expect(control(element, 'Phone').value).toBe('+49 40 1');
        const focus = jest.spyOn(HTMLElement.prototype, 'focus');
        onfix.mock.lastCall[0].onend(saved);
        await settle();
        const shown = [control(element, 'Phone')?.value, focus.mock.contexts];
        expect(shown).toEqual(saved ? [undefined, []] : ['+49 40 1', [control(element, 'First name')]]);
        focus.mockRestore();
    });

    it('closes the inputs when somebody else is shown: what was typed is of nobody else', async () => {
        const { element } = show({ contacts: CONTACTS, chosen: OTHER_CONTACT_ID });
        await open(element);
        element.chosen = null;
        await settle();
        expect(deep(element, 'c-cosell-editor')).toBeNull();
    });

    it('closes the inputs again, and for another contact', async () => {
        const { element, list } = show({ contacts: CONTACTS });
        await open(element);
        button(element, 'Cancel').click();
        await settle();
        expect(deep(element, 'c-cosell-editor')).toBeNull();
        await open(element);
        change(list, { value: OTHER_CONTACT_ID });
        await settle();
        expect(deep(element, 'c-cosell-editor')).toBeNull();
    });

    it('says who can change the contact where the seller may not', async () => {
        const { element } = show({ contacts: CONTACTS });
        getAccess.emit({ mayEdit: false, owner: 'Kim Berg', lockedFields: [] });
        await settle();
        expect(textOf(element)).toContain('You can’t change this contact. Ask Kim Berg, who owns it, or an administrator.');
        expect(deep(element, 'lightning-button-icon')).toBeNull();
        await expect(element).toBeAccessible();
    });

    it('leaves it to a finding that has the contact completed', () => {
        const fix = { kind: 'edit', object: 'Contact', recordId: CONTACT_ID, fields: ['Phone'], label: 'Complete' };
        const findings = [{ key: 'contact.incomplete#1', severity: 'block', message: 'No phone.', fix }];
        expect(deep(show({ contacts: CONTACTS, findings }).element, 'lightning-button-icon')).toBeNull();
    });

    it.each([
        ['nor chosen', true],
        ['but chosen', false]
    ])('can’t be completed any more where nothing of it would be sent, %s, and says why', async (_case, kept) => {
        const { element, list } = show({ contacts: CONTACTS, lock: 'Microsoft keeps whom it was told.', kept });
        expect(list.disabled).toBe(kept);
        expect(textOf(element)).toContain('Microsoft keeps whom it was told.');
        expect(textOf(element)).not.toContain('only name, email and phone go to Microsoft');
        expect(deep(element, 'lightning-button-icon')).toBeNull();
        await expect(element).toBeAccessible();
    });

    it('says why also where nobody is chosen', () => {
        expect(textOf(show({ lock: 'Microsoft keeps whom it was told.' }).element)).toContain('keeps whom it was told');
    });

    it('shows that the chosen contact has no role any more', () => {
        const { list } = show({ contacts: CONTACTS, chosen: '003Qy00000GONE0IAF' });
        expect(list.options.find(({ value }) => value === list.value).label).toBe('A contact without a role on this opportunity');
    });

    it('says where to add contact roles when there are none', async () => {
        const { element } = show({});
        expect(textOf(element)).toContain('no contact roles yet');
        element.focus();
        expect(element.shadowRoot.activeElement).toBe(deep(element, '[data-empty]'));
        await expect(element).toBeAccessible();
    });

    it.each([
        ['somebody was named', CONTACTS, 'Email ada@alder.example Phone missing'],
        ['nobody was', [], 'Customer contact for Microsoft –']
    ])('neither promises nor asks for anything once the referral is closed: %s', async (_who, contacts, words) => {
        const { element } = show({ contacts, closed: true, readOnly: true });
        expect(textOf(element)).toBe(words);
        await expect(element).toBeAccessible();
    });

    it.each(['readOnly', 'busy'])('is locked while %s', (state) => {
        expect(show({ contacts: CONTACTS, [state]: true }).list.disabled).toBe(true);
    });

    it('shows what is missing on the contact', () => {
        const findings = [{ key: 'contact.incomplete#1', severity: 'block', message: 'No e-mail.', fix: null }];
        const { element } = show({ contacts: CONTACTS, findings });
        expect(textOf(element)).toContain('No e-mail.');
        expect(element.focusFinding('contact.incomplete#1')).toBe(true);
    });
});
