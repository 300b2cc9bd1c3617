import CosellEditor from 'c/cosellEditor';
import { asksBeforeClosing, button, change, clearPage, control, deepAll, mount, settle } from '../../__tests__/support/dom';

function edit(properties) {
    const element = mount('c-cosell-editor', CosellEditor, properties);
    const heard = { save: jest.fn(), cancel: jest.fn() };
    element.addEventListener('save', (event) => heard.save(event.detail.values));
    element.addEventListener('cancel', heard.cancel);
    return { element, heard };
}

/** Whether the key may go on to do what it does by itself. */
const press = (target, key) => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));

describe('c-cosell-editor', () => {
    afterEach(clearPage);

    it('asks for exactly the fields that are named, starting with what they hold', async () => {
        const { element } = edit({
            object: 'Contact',
            fields: ['Email', 'Phone'],
            values: { Phone: '+49 40 1234567', LastName: 'Okafor' }
        });
        const inputs = deepAll(element.shadowRoot, 'lightning-input').map(({ label, type, value, required }) => ({
            label,
            type,
            value,
            required
        }));
        expect(inputs).toEqual([
            { label: 'Email', type: 'email', value: '', required: true },
            { label: 'Phone', type: 'tel', value: '+49 40 1234567', required: true }
        ]);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['Account', 'Name', {}, 'Account name', 'text'],
        ['Opportunity', 'Name', {}, 'Opportunity name', 'text'],
        ['Opportunity', 'CloseDate', {}, 'Close date', 'date'],
        ['Opportunity', 'Deal_Value__c', { Deal_Value__c: 'Amount' }, 'Deal value', 'number'],
        ['Account', 'Country_Code__c', { Country_Code__c: 'BillingCountry' }, 'Country (two-letter code)', 'text'],
        ['Account', 'Whatever__c', {}, 'Whatever__c', 'text']
    ])('names %s.%s, mapped by %j, "%s"', (object, name, mapped, label, type) => {
        const { element } = edit({ object, fields: [name], mapped });
        expect(control(element, label).type).toBe(type);
    });

    it('hands over what was typed, numbers as numbers', () => {
        const { element, heard } = edit({ object: 'Opportunity', fields: ['Amount', 'Name'], values: { Name: 'Alder' } });
        change(control(element, 'Deal value'), { value: '84000.50' });
        button(element, 'Save').click();
        expect(heard.save).toHaveBeenCalledWith({ Amount: 84000.5, Name: 'Alder' });
    });

    it('has the browser ask before it would lose what was typed, until that is what the record holds', async () => {
        const { element } = edit({ object: 'Opportunity', fields: ['Amount', 'Name'], values: { Name: 'Alder', Amount: 7 } });
        const type = async (value) => {
            change(control(element, 'Deal value'), { value });
            await settle();
        };
        expect(asksBeforeClosing()).toBe(false);
        await type('8');
        expect(asksBeforeClosing()).toBe(true);
        await type('7');
        expect(asksBeforeClosing()).toBe(false);
        await type('9');
        element.values = { Name: 'Alder', Amount: 9 };
        await settle();
        expect(asksBeforeClosing()).toBe(false);
        await type('8');
        clearPage();
        expect(asksBeforeClosing()).toBe(false);
    });

    it('lets some stay blank, which Salesforce takes as nothing', () => {
        const { element, heard } = edit({
            object: 'Contact',
            fields: ['LastName', 'Phone'],
            optional: ['Phone'],
            values: { LastName: 'Okafor', Phone: '1' }
        });
        expect([control(element, 'Last name').required, control(element, 'Phone').required]).toEqual([true, false]);
        change(control(element, 'Phone'), { value: '' });
        button(element, 'Save').click();
        expect(heard.save).toHaveBeenCalledWith({ LastName: 'Okafor', Phone: null });
    });

    it('keeps the cursor where it is while a button is pressed, so that no complaint moves the button away', () => {
        const { element } = edit({ object: 'Contact', fields: ['Email'] });
        const pressed = new MouseEvent('mousedown', { bubbles: true, composed: true, cancelable: true });
        button(element, 'Save').dispatchEvent(pressed);
        expect(pressed.defaultPrevented).toBe(true);
    });

    it('saves nothing while an input refuses what it holds', () => {
        const { element, heard } = edit({ object: 'Contact', fields: ['Email'] });
        const input = control(element, 'Email');
        input.reportValidity = () => false;
        button(element, 'Save').click();
        expect(heard.save).not.toHaveBeenCalled();
    });

    it('saves on Enter, which presses nothing else, and gives up on Escape', async () => {
        const { element, heard } = edit({ object: 'Contact', fields: ['Email'] });
        change(control(element, 'Email'), { value: 'ada@alder.example' });
        expect(press(control(element, 'Email'), 'Enter')).toBe(false);
        press(control(element, 'Email'), 'Escape');
        await settle();
        expect(heard.save).toHaveBeenCalledWith({ Email: 'ada@alder.example' });
        expect(heard.cancel).toHaveBeenCalledTimes(1);
    });

    it('gives up when asked to', () => {
        const { element, heard } = edit({ object: 'Contact', fields: ['Email'] });
        button(element, 'Cancel').click();
        expect(heard.cancel).toHaveBeenCalledTimes(1);
        expect(heard.save).not.toHaveBeenCalled();
    });
});
