import { button, change, clearPage, control, deep, eventually, textOf } from '../../__tests__/support/dom';
import { SETTINGS, setupOf } from '../../__tests__/support/setupData';
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

    it('are in force also where the org ends lines otherwise', async () => {
        let settings = SETTINGS;
        const page = await openPage({ setup: () => setupOf(settings) });
        page.platform.saveSettings.mockImplementation(async ({ values }) => {
            settings = { ...SETTINGS, ruleSettings: values.ruleSettings.replaceAll('\n', '\r\n') };
        });
        change(deep(page.element, '[data-name="ruleSettings"]'), { value: '# Ours\nrelaxed = 12' });
        await rest();
        await save(page);
        expect(page.toasts).toEqual([expect.objectContaining({ title: 'Settings saved' })]);
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

    it('can be opened in Setup', async () => {
        const page = await openPage();
        expect(deep(page.element, '[data-open]').label).toBe('Open the record in Setup');
    });
});
