import CosellContact from 'c/cosellContact';
import { CONTACT_ID, OTHER_CONTACT_ID } from '../../__tests__/support/records';
import { change, clearPage, control, deep, mount, textOf } from '../../__tests__/support/dom';

const CONTACTS = [
    { id: CONTACT_ID, name: 'Ada Okafor', role: 'Decision Maker' },
    { id: OTHER_CONTACT_ID, name: 'Ben Sommer', role: '' }
];

function show(properties) {
    const element = mount('c-cosell-contact', CosellContact, properties);
    const ondraft = jest.fn();
    element.addEventListener('coselldraft', (event) => ondraft(event.detail.values));
    return { element, ondraft, list: control(element, 'Customer contact for Microsoft') };
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
