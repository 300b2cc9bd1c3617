import CosellPipelineChart from 'c/cosellPipelineChart';
import { button, clearPage, deep, deepAll, mount, settle, textOf } from '../../__tests__/support/dom';

const rules = (count) =>
    Array.from({ length: count }, (_, index) => ({ key: `block-${index}`, label: `Rule ${index}`, blocks: true, count: count - index }));
const ADVICE = { key: 'advice-13', label: 'Matching', blocks: false, count: 50 };
const chart = (properties = {}) =>
    mount('c-cosell-pipeline-chart', CosellPipelineChart, {
        counts: { ready: 5, blocked: 3, shared: 2, all: 10 },
        rules: [...rules(2), ADVICE],
        ...properties
    });

function heard(element) {
    const events = [];
    element.addEventListener('cosellfilter', (event) => events.push(event.detail));
    return events;
}

describe('c-cosell-pipeline-chart', () => {
    afterEach(clearPage);

    it('shows the parts of the whole, and what blocks, in words and numbers', async () => {
        const element = chart();
        const parts = deepAll(element.shadowRoot, 'rect').map((rect) => [rect.getAttribute('x'), rect.getAttribute('width')]);
        expect(parts).toEqual([
            ['0', '50'],
            ['50', '30'],
            ['80', '20']
        ]);
        expect(deepAll(element.shadowRoot, 'button').map(textOf)).toEqual(['5 Ready', '3 To mend', '2 Shared', 'Rule 0 2', 'Rule 1 1']);
        expect(deepAll(element.shadowRoot, '.fill').map((bar) => bar.style.width)).toEqual(['100%', '50%']);
        await expect(element).toBeAccessible();
    });

    it('says the same as tables', async () => {
        const element = chart({ rules: [...rules(8), ADVICE] });
        button(element, 'Show as a table').click();
        await settle();
        const rows = (table) => deepAll(element.shadowRoot, `table[${table}] tbody tr`).map(textOf);
        expect(rows('data-readiness')).toEqual(['Ready 5', 'To mend 3', 'Shared 2']);
        expect(rows('data-rules')).toHaveLength(8);
        expect(deep(element, 'svg')).toBeNull();
        await expect(element).toBeAccessible();
        button(element, 'Show as a chart').click();
        await settle();
        expect(deep(element, 'svg')).not.toBeNull();
    });

    it('filters by what is pressed, and stops when it is pressed again', async () => {
        const element = chart();
        const filters = heard(element);
        const press = (selector) => deep(element, selector).click();
        press('button[data-state=blocked]');
        press('button[data-rule=block-1]');
        Object.assign(element, { state: 'blocked', rule: 'block-1' });
        await settle();
        const pressed = deepAll(element.shadowRoot, 'button[aria-pressed=true]').map(textOf);
        expect(pressed).toEqual(['3 To mend', 'Rule 1 1']);
        press('button[data-state=blocked]');
        press('button[data-rule=block-1]');
        expect(filters).toEqual([{ state: 'blocked' }, { rule: 'block-1' }, { state: '' }, { rule: '' }]);
    });

    it('shows six rules, and all of them on request', async () => {
        const element = chart({ rules: rules(8) });
        const shown = () => deepAll(element.shadowRoot, 'button[data-rule]').length;
        expect(shown()).toBe(6);
        button(element, 'Show all (8)').click();
        await settle();
        expect(shown()).toBe(8);
        button(element, 'Show fewer').click();
        await settle();
        expect(shown()).toBe(6);
    });

    it('is no empty chart where nothing is or nothing blocks', async () => {
        const element = chart({ counts: { ready: 0, blocked: 0, shared: 0, all: 0 }, rules: [] });
        expect(textOf(element)).toContain('Nothing has to be mended.');
        await expect(element).toBeAccessible();
    });
});
