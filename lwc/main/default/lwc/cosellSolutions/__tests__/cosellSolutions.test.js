import CosellSolutions from 'c/cosellSolutions';
import { CATALOGUE } from '../../__tests__/support/records';
import { button, clearPage, deep, deepAll, mount, settle, textOf } from '../../__tests__/support/dom';

const ON_DEAL = [{ id: 'a0B1', identifier: 'SOL-20417-KXD', name: 'Warehouse Insight', type: '3P', publisher: 'Lindqvist Partners' }];
const META = 'Co-sell ready solution · Lindqvist Partners';

function show(properties) {
    const element = mount('c-cosell-solutions', CosellSolutions, { catalogue: CATALOGUE, ...properties });
    const heard = { add: jest.fn(), remove: jest.fn() };
    element.addEventListener('cosellsolutionadd', (event) => heard.add(event.detail));
    element.addEventListener('cosellsolutionremove', (event) => heard.remove(event.detail));
    return { element, heard };
}

async function open(element) {
    button(element, 'Add').click();
    await settle();
    return deep(element, 'c-cosell-search');
}

function removal(element) {
    return deepAll(element.shadowRoot, 'lightning-button-icon')[0] ?? null;
}

/** What the focus is moved to; the base components are stand-ins here, which can't take it. */
async function focusedBy(action) {
    const focus = jest.spyOn(HTMLElement.prototype, 'focus');
    action();
    await settle();
    const [last] = focus.mock.contexts.slice(-1);
    focus.mockRestore();
    return last;
}

describe('c-cosell-solutions', () => {
    afterEach(clearPage);

    it.each([
        ['3P', 'Lindqvist Partners', META],
        ['1P', 'Microsoft', 'Microsoft solution · Microsoft'],
        ['Assessment', '', 'Solution assessment'],
        ['X', undefined, 'X']
    ])('shows the solutions of the deal with type (%s) and publisher', async (type, publisher, meta) => {
        const { element } = show({ catalogue: null, solutions: [{ ...ON_DEAL[0], type, publisher }] });
        expect(textOf(element)).toContain(`Warehouse Insight ${meta} · SOL-20417-KXD`);
        expect(removal(element).alternativeText).toBe('Remove Warehouse Insight');
        await expect(element).toBeAccessible();
    });

    it('says so when there is none', () => {
        expect(textOf(show({}).element)).toContain('No solution');
    });

    it('says of a solution that came in what the catalogue knows of it', async () => {
        const solutions = [{ id: 'a0B1', identifier: 'SOL-20417-KXD', name: 'Warehouse Insight' }];
        const { element } = show({ solutions, catalogue: null });
        expect(textOf(element)).not.toContain(META);
        element.catalogue = CATALOGUE;
        await settle();
        expect(textOf(element)).toContain(`Warehouse Insight ${META} · SOL-20417-KXD`);
    });

    it('offers the catalogue, and marks what is on the deal already', async () => {
        const { element, heard } = show({ solutions: ON_DEAL });
        const search = await open(element);
        expect(search.options).toEqual([
            {
                value: 'SOL-20417-KXD',
                label: 'Warehouse Insight',
                meta: `Already on this deal · ${META} · SOL-20417-KXD`,
                disabled: true
            },
            { value: 'SOL-30518-LYE', label: 'Dock Planner', meta: `${META} · SOL-30518-LYE`, disabled: false }
        ]);
        await expect(element).toBeAccessible();
        const focused = focusedBy(() => search.dispatchEvent(new CustomEvent('choose', { detail: { value: 'SOL-30518-LYE' } })));
        expect(heard.add).toHaveBeenCalledWith({ solution: CATALOGUE[1] });
        expect(await focused).toBe(button(element, 'Add'));
    });

    it('closes the search without adding anything', async () => {
        const { element, heard } = show({});
        const search = await open(element);
        search.dispatchEvent(new CustomEvent('cancel'));
        await settle();
        expect(deep(element, 'c-cosell-search')).toBeNull();
        expect(heard.add).not.toHaveBeenCalled();
    });

    it('closes on Escape where there is nothing to search', async () => {
        const { element } = show({ catalogue: [] });
        await open(element);
        deep(element, '[data-picker]').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
        await settle();
        expect(deep(element, '[data-picker]')).toBeNull();
    });

    it.each([
        ['the catalogue is empty', { catalogue: [] }, 'The catalogue is empty.'],
        ['the catalogue is on its way', { catalogue: null }, 'Working'],
        ['the catalogue could not be loaded', { catalogue: null, catalogueFailed: true }, 'The catalogue could not be loaded.'],
        ['all of it is on the deal', { catalogue: CATALOGUE.slice(0, 1), solutions: ON_DEAL }, 'Every solution of the catalogue']
    ])('explains that there is nothing to choose because %s', async (_why, properties, words) => {
        const { element } = show(properties);
        await open(element);
        expect(textOf(element)).toContain(words);
    });

    it('asks for a catalogue that could not be loaded once more', async () => {
        const { element } = show({ catalogue: null, catalogueFailed: true });
        const asked = jest.fn();
        element.addEventListener('cosellcatalogue', asked);
        await open(element);
        await expect(element).toBeAccessible();
        button(element, 'Load again').click();
        expect(asked).toHaveBeenCalledTimes(1);
    });

    it.each([
        ['goes to the button that adds one', false],
        ['goes to the search that is open', true]
    ])('asks for the removal of a solution, and the focus %s', async (_where, isOpen) => {
        const { element, heard } = show({ solutions: ON_DEAL });
        if (isOpen) {
            await open(element);
        }
        const focused = focusedBy(() => {
            removal(element).click();
            element.solutions = [];
        });
        expect(heard.remove.mock.calls).toEqual([[{ recordId: 'a0B1', label: 'Warehouse Insight' }]]);
        expect(await focused).toBe(isOpen ? deep(element, 'input') : button(element, 'Add'));
    });

    it('removes nothing while something else is under way', () => {
        expect(removal(show({ solutions: ON_DEAL, busy: true }).element).disabled).toBe(true);
    });

    it('only lists them for those who may only look', async () => {
        const { element } = show({ solutions: ON_DEAL, readOnly: true });
        expect([removal(element), button(element, 'Add')]).toEqual([null, null]);
        expect(textOf(element)).toContain('Warehouse Insight');
        await expect(element).toBeAccessible();
    });

    it('can be opened from a finding', async () => {
        const findings = [{ key: 'solutions.missing#1', severity: 'block', message: 'Add at least one.', fix: null }];
        const { element } = show({ findings });
        element.openPicker();
        await settle();
        expect(deep(element, 'c-cosell-search')).not.toBeNull();
        expect(element.focusFinding('solutions.missing#1')).toBe(true);
    });
});
