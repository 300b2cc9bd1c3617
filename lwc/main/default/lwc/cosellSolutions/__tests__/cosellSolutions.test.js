import CosellSolutions from 'c/cosellSolutions';
import { CATALOGUE } from '../../__tests__/support/records';
import { button, change, clearPage, control, deep, mount, settle, textOf } from '../../__tests__/support/dom';

const ON_DEAL = [{ id: 'a0B1', identifier: 'SOL-20417-KXD', name: 'Warehouse Insight', publisher: 'Lindqvist Partners' }];

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
    return control(element, 'Add a solution');
}

describe('c-cosell-solutions', () => {
    afterEach(clearPage);

    it('shows the solutions of the deal as pills', async () => {
        const { element } = show({ solutions: ON_DEAL });
        expect(deep(element, 'lightning-pill-container').items).toMatchObject([{ name: 'a0B1', label: 'Warehouse Insight' }]);
        await expect(element).toBeAccessible();
    });

    it('says so when there is none', () => {
        expect(textOf(show({}).element)).toContain('No solution yet');
    });

    it('offers of the catalogue what is not on the deal yet', async () => {
        const { element, heard } = show({ solutions: ON_DEAL });
        const picker = await open(element);
        expect(picker.options).toEqual([{ value: 'SOL-30518-LYE', label: 'Dock Planner · Lindqvist Partners' }]);
        await expect(element).toBeAccessible();
        change(picker, { value: 'SOL-30518-LYE' });
        expect(heard.add).toHaveBeenCalledWith({ solution: CATALOGUE[1] });
    });

    it('closes the picker on Escape without adding anything', async () => {
        const { element, heard } = show({});
        const picker = await open(element);
        picker.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
        await settle();
        expect(control(element, 'Add a solution')).toBeNull();
        expect(heard.add).not.toHaveBeenCalled();
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
        ['asks for the removal of a pill', false, [[{ recordId: 'a0B1', label: 'Warehouse Insight' }]]],
        ['removes nothing while something else is under way', true, []]
    ])('%s', (_what, busy, asked) => {
        const { element, heard } = show({ solutions: ON_DEAL, busy });
        const item = { name: 'a0B1', label: 'Warehouse Insight' };
        deep(element, 'lightning-pill-container').dispatchEvent(new CustomEvent('itemremove', { detail: { item } }));
        expect(heard.remove.mock.calls).toEqual(asked);
    });

    it('only lists them for those who may only look', async () => {
        const { element } = show({ solutions: ON_DEAL, readOnly: true });
        expect([deep(element, 'lightning-pill-container'), button(element, 'Add')]).toEqual([null, null]);
        expect(textOf(element)).toContain('Warehouse Insight');
        await expect(element).toBeAccessible();
    });

    it('can be opened from a finding', async () => {
        const findings = [{ key: 'solutions.missing#1', severity: 'block', message: 'Add at least one.', fix: null }];
        const { element } = show({ findings });
        element.openPicker();
        await settle();
        expect(control(element, 'Add a solution')).not.toBeNull();
        expect(element.focusFinding('solutions.missing#1')).toBe(true);
    });
});
