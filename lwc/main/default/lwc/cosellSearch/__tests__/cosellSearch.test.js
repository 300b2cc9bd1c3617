import CosellSearch from 'c/cosellSearch';
import { clearPage, deep, deepAll, mount, settle, textOf } from '../../__tests__/support/dom';

const OPTIONS = [
    { value: 'a', label: 'Fleet Compass', meta: 'Co-sell ready · Lindgrove Software' },
    { value: 'b', label: 'Ledger Bridge for Dynamics 365', meta: 'Co-sell ready · Lindgrove Software' },
    { value: 'c', label: 'Azure', meta: 'Microsoft solution · Microsoft' },
    { value: 'd', label: 'Évaluation', meta: 'Already on this deal', disabled: true },
    { value: 'e', label: 'Bridge of Azure', meta: '' }
];

function show(options = OPTIONS) {
    const element = mount('c-cosell-search', CosellSearch, { label: 'Add', placeholder: 'Search', iconName: 'standard:product', options });
    const heard = { choose: jest.fn(), cancel: jest.fn() };
    element.addEventListener('choose', (event) => heard.choose(event.detail.value));
    element.addEventListener('cancel', () => heard.cancel());
    const input = deep(element, 'input');
    return {
        element,
        input,
        heard,
        async type(text) {
            input.value = text;
            input.dispatchEvent(new CustomEvent('input'));
            await settle();
        },
        async press(...keys) {
            for (const key of keys) {
                input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
                // eslint-disable-next-line no-await-in-loop
                await settle();
            }
        },
        listed: () =>
            deepAll(element.shadowRoot, '[role="option"]').map((option) => option.querySelector('.slds-listbox__option-text').textContent),
        active: () => deep(element, '[aria-selected="true"]')?.querySelector('.slds-listbox__option-text').textContent
    };
}

describe('c-cosell-search', () => {
    afterEach(clearPage);

    it('is a combobox that is folded at first', async () => {
        const { element, input } = show();
        expect([input.getAttribute('role'), input.getAttribute('aria-expanded')]).toEqual(['combobox', 'false']);
        await expect(element).toBeAccessible();
    });

    it('unfolds on a click and takes what is clicked', async () => {
        const { element, input, heard } = show();
        input.click();
        await settle();
        expect(input.getAttribute('aria-expanded')).toBe('true');
        await expect(element).toBeAccessible();
        deepAll(element.shadowRoot, '[role="option"]')[2].click();
        expect(heard.choose.mock.calls).toEqual([['c']]);
    });

    it('keeps the cursor in the input while something is clicked', () => {
        const { element } = show();
        const press = new MouseEvent('mousedown', { bubbles: true, composed: true, cancelable: true });
        deep(element, '[role="option"]').dispatchEvent(press);
        expect(press.defaultPrevented).toBe(true);
    });

    it.each([
        ['lindgrove', ['Fleet Compass', 'Ledger Bridge for Dynamics 365'], '2 matches'],
        ['BRIDGE', ['Bridge of Azure', 'Ledger Bridge for Dynamics 365'], '2 matches'],
        ['re', ['Azure', 'Bridge of Azure', 'Fleet Compass', 'Ledger Bridge for Dynamics 365', 'Évaluation'], '5 matches'],
        ['software bridge', ['Ledger Bridge for Dynamics 365'], '1 match'],
        ['evaluation', ['Évaluation'], '1 match'],
        ['  ', OPTIONS.map(({ label }) => label), '5 matches']
    ])('lists for “%s” what holds all of its words, names that begin with it first', async (typed, labels, status) => {
        const { element, type, listed } = show();
        await type(typed);
        expect(listed()).toEqual(labels);
        expect(textOf(element)).toContain(status);
    });

    it('says so when nothing fits', async () => {
        const { element, type, press, heard } = show();
        await type('Zebra');
        expect(textOf(element)).toContain('Nothing matches “Zebra”.');
        await press('ArrowDown', 'Enter');
        expect(heard.choose).not.toHaveBeenCalled();
        await expect(element).toBeAccessible();
    });

    it('lists the first fifty of many, and says how many more there are', async () => {
        const many = Array.from({ length: 320 }, (_, index) => ({ value: `${index}`, label: `Solution ${index}`, meta: '' }));
        const { element, input, listed } = show(many);
        input.click();
        await settle();
        expect(listed()).toHaveLength(50);
        expect(textOf(element)).toContain('270 more. Type more to narrow the list.');
    });

    it('is worked by the keyboard alone', async () => {
        const { input, press, active, heard } = show();
        await press('ArrowDown');
        expect([input.getAttribute('aria-expanded'), active()]).toEqual(['true', 'Fleet Compass']);
        await press('ArrowDown', 'ArrowDown');
        expect(active()).toBe('Azure');
        await press('ArrowUp', 'ArrowUp', 'ArrowUp');
        expect(active()).toBe('Bridge of Azure');
        const active_ = input.getAttribute('aria-activedescendant');
        expect(active_).toBeTruthy();
        await press('Enter');
        expect(heard.choose.mock.calls).toEqual([['e']]);
    });

    it('proposes the first match while something is typed', async () => {
        const { type, press, active, heard } = show();
        await type('azure');
        expect(active()).toBe('Azure');
        await press('Enter');
        expect(heard.choose.mock.calls).toEqual([['c']]);
    });

    it('lists what can’t be taken, and does not take it', async () => {
        const { element, type, press, heard } = show();
        await type('evaluation');
        expect(deep(element, '[role="option"]').getAttribute('aria-disabled')).toBe('true');
        await press('Enter');
        deep(element, '[role="option"]').click();
        expect(heard.choose).not.toHaveBeenCalled();
    });

    it('closes the list on Escape, and the search on another', async () => {
        const { input, press, heard } = show();
        await press('ArrowDown', 'Escape');
        expect([input.getAttribute('aria-expanded'), heard.cancel.mock.calls.length]).toEqual(['false', 0]);
        await press('Escape');
        expect(heard.cancel).toHaveBeenCalledTimes(1);
    });

    it('folds the list when it is left, and does nothing on Enter then', async () => {
        const { input, press, heard } = show();
        await press('ArrowDown');
        input.dispatchEvent(new CustomEvent('blur'));
        await settle();
        expect(input.getAttribute('aria-expanded')).toBe('false');
        await press('Enter');
        expect(heard.choose).not.toHaveBeenCalled();
    });
});
