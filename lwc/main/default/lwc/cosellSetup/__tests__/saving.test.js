import { asksBeforeClosing, button, change, clearPage, control, deep, deepAll, eventually, textOf } from '../../__tests__/support/dom';
import { SETTINGS, fieldOf, setupOf } from '../../__tests__/support/setupData';
import { openPage, rest, usePlatform } from '../../__tests__/support/setupPage';

usePlatform();

const type = async (page, label, value) => {
    change(control(page.element, label), { value });
    await rest();
};
const save = async (page) => {
    button(page.element, 'Save').click();
    await rest();
};

describe('the settings on c-cosell-setup', () => {
    afterEach(clearPage);

    it('are saved whole, and are so when the org has them', async () => {
        let settings = SETTINGS;
        const page = await openPage({ setup: () => setupOf(settings) });
        page.platform.saveSettings.mockImplementation(async ({ values }) => {
            settings = { ...SETTINGS, certificate: values.certificate };
        });
        expect(button(page.element, 'Save')).toBeNull();
        await type(page, 'Certificate that signs', 'Cosell_2027');
        await save(page);
        const [[{ values }]] = page.platform.saveSettings.mock.calls;
        expect(values).toEqual({
            ...Object.fromEntries(Object.entries(SETTINGS).map(([name, value]) => [name, value ?? ''])),
            certificate: 'Cosell_2027'
        });
        expect(page.toasts).toEqual([expect.objectContaining({ title: 'Settings saved', variant: 'success' })]);
        expect(button(page.element, 'Save')).toBeNull();
    });

    it('are in force also where the org trims them and ends lines otherwise', async () => {
        let settings = SETTINGS;
        const page = await openPage({ setup: () => setupOf(settings) });
        page.platform.saveSettings.mockImplementation(async ({ values }) => {
            settings = { ...SETTINGS, ruleSettings: values.ruleSettings.trim().replaceAll('\n', '\r\n') };
        });
        change(deep(page.element, '[data-name="ruleSettings"]'), { value: '# Ours\nrelaxed = 12\n ' });
        await rest();
        await save(page);
        expect(page.toasts).toEqual([expect.objectContaining({ title: 'Settings saved' })]);
        expect([button(page.element, 'Save'), asksBeforeClosing()]).toEqual([null, false]);
    });

    it('stay as they were typed where the org can’t be asked for them once more', async () => {
        let setup = setupOf();
        const page = await openPage({ setup: () => setup });
        await type(page, 'Certificate that signs', 'Cosell_2027');
        setup = Promise.reject(new Error('busy'));
        button(page.element, 'Check again').click();
        await rest();
        expect(textOf(page.element)).toContain('The settings can’t be read');
        expect(control(page.element, 'Certificate that signs').value).toBe('Cosell_2027');
        setup = setupOf();
        button(page.element, 'Try again').click();
        await rest();
        expect(control(page.element, 'Certificate that signs').value).toBe('Cosell_2027');
    });

    it('that are not in force after a while say where to look', async () => {
        const page = await openPage();
        await type(page, 'Certificate that signs', 'Cosell_2027');
        await save(page);
        await eventually(() => textOf(page.element).includes('not in force yet'));
        expect(control(page.element, 'Certificate that signs').value).toBe('Cosell_2027');
    });

    it('that Salesforce does not take stay as they were typed', async () => {
        const page = await openPage();
        page.platform.saveSettings.mockRejectedValue({ body: { message: 'settings.not-saved' } });
        await type(page, 'Certificate that signs', 'Cosell_2027');
        await save(page);
        expect(textOf(page.element)).toContain('Customize Application');
        await expect(page.element).toBeAccessible();
        deep(page.element, '[data-discard]').click();
        await rest();
        expect(control(page.element, 'Certificate that signs').value).toBe(SETTINGS.certificate);
    });

    describe('whose fields the org is still asked for', () => {
        const asks = async (changes) => {
            const page = await openPage();
            const answers = [];
            page.platform.describeFields.mockImplementation(() => new Promise((...ends) => answers.push(ends)));
            await type(page, ...changes);
            return { page, answers };
        };
        const footer = (page) => textOf(deepAll(page.element.shadowRoot, '[data-summary]').at(-1));

        it('are saved when it has told of them, and not before', async () => {
            const { page, answers } = await asks(['Currency field', 'Campaign_Code__c']);
            expect(footer(page)).toBe('Checking…');
            await save(page);
            expect(page.platform.saveSettings).not.toHaveBeenCalled();
            answers[0][0]([fieldOf('Opportunity.Campaign_Code__c')]);
            await rest();
            expect(page.platform.saveSettings).toHaveBeenCalledTimes(1);
        });

        it('are not saved where one is not there', async () => {
            const { page, answers } = await asks(['Currency field', 'Nope__c']);
            await save(page);
            answers[0][0]([fieldOf('Opportunity.Nope__c')]);
            await rest();
            expect(page.platform.saveSettings).not.toHaveBeenCalled();
            expect(footer(page)).toBe('1 setting must be mended before you can save.');
        });

        it('are asked for again on save where it did not answer, and not saved while it does not', async () => {
            const { page, answers } = await asks(['Currency field', 'Campaign_Code__c']);
            answers[0][1](new Error('busy'));
            await rest();
            await save(page);
            answers[1][1](new Error('busy'));
            await rest();
            expect(page.platform.saveSettings).not.toHaveBeenCalled();
            expect(footer(page)).toContain('Salesforce did not answer');
            await expect(page.element).toBeAccessible();
        });
    });

    it('that are in force and wrong are told over the page, and not taken for a draft', async () => {
        const page = await openPage({ setup: setupOf({ ...SETTINGS, dealValueField: 'Nope__c' }) });
        const [header, footer] = deepAll(page.element.shadowRoot, '[data-summary]').map(textOf);
        expect(header).toBe('Everything is connected. 1 setting in force must be mended.');
        expect(footer).toBe('1 setting in force must be mended.');
        await type(page, 'Deal value field', 'Amount');
        expect(deepAll(page.element.shadowRoot, '[data-summary]').map(textOf)).toEqual([header, 'All settings can be read.']);
    });

    it('leave the focus on what tells how they stand when their buttons go', async () => {
        const page = await openPage();
        await type(page, 'Certificate that signs', 'Cosell_2027');
        deep(page.element, '[data-discard]').click();
        await rest();
        const settings = deep(page.element, 'c-cosell-setup-settings');
        expect(settings.shadowRoot.activeElement).toBe(deep(settings, '[data-summary]'));
    });

    it('leave the focus on Save where they could not be saved', async () => {
        const page = await openPage();
        page.platform.saveSettings.mockRejectedValue({ body: { message: 'settings.not-saved' } });
        await type(page, 'Certificate that signs', 'Cosell_2027');
        const focus = jest.spyOn(button(page.element, 'Save'), 'focus');
        await save(page);
        expect(focus).toHaveBeenCalledTimes(1);
    });

    it('have the browser ask before it would lose what was typed, and not after that is saved', async () => {
        let settings = SETTINGS;
        const page = await openPage({ setup: () => setupOf(settings) });
        expect(asksBeforeClosing()).toBe(false);
        await type(page, 'Certificate that signs', 'Cosell_2027');
        expect(asksBeforeClosing()).toBe(true);
        page.platform.saveSettings.mockImplementation(async ({ values }) => {
            settings = { ...SETTINGS, certificate: values.certificate };
        });
        await save(page);
        expect(asksBeforeClosing()).toBe(false);
        await type(page, 'Certificate that signs', 'Cosell_2028');
        clearPage();
        expect(asksBeforeClosing()).toBe(false);
    });

    it('can be opened in Setup', async () => {
        const page = await openPage();
        expect(deep(page.element, '[data-open]').label).toBe('Open the record in Setup');
    });
});
