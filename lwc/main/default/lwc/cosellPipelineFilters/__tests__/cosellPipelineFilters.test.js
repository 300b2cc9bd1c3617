import CosellPipelineFilters from 'c/cosellPipelineFilters';
import { change, clearPage, control, mount } from '../../__tests__/support/dom';

const RULES = [
    { key: 'block-7', label: 'Country', blocks: true, count: 15 },
    { key: 'advice-13', label: 'Matching', blocks: false, count: 1200 }
];
const filters = (filter = {}) =>
    mount('c-cosell-pipeline-filters', CosellPipelineFilters, {
        filter: { state: '', rule: '', owner: 'mine', words: '', ...filter },
        rules: RULES
    });

describe('c-cosell-pipeline-filters', () => {
    afterEach(clearPage);

    it('offers every rule that found something, with its number of deals, and tells advice from what blocks', async () => {
        const element = filters();
        expect(control(element, 'Finding').options.map(({ label }) => label)).toEqual([
            'Any or none',
            'Country (15)',
            'Advice: Matching (1,200)'
        ]);
        await expect(element).toBeAccessible();
    });

    it('keeps a rule that was chosen when nothing is left of it', () => {
        expect(control(filters({ rule: 'block-99' }), 'Finding').options.map(({ value }) => value)).toContain('block-99');
    });

    it.each([
        ['Search', 'fleet', { words: 'fleet' }],
        ['Search', null, { words: '' }],
        ['State', 'ready', { state: 'ready' }],
        ['Finding', 'block-7', { rule: 'block-7' }],
        ['Owner', 'all', { owner: 'all' }]
    ])('tells that %s is now %s', (label, value, detail) => {
        const element = filters();
        const heard = jest.fn();
        element.addEventListener('cosellfilter', ({ detail: told }) => heard(told));
        change(control(element, label), { value });
        expect(heard).toHaveBeenCalledWith(detail);
    });
});
