import CosellPipelineProgress from 'c/cosellPipelineProgress';
import { button, clearPage, deep, deepAll, mount, settle, textOf } from '../../__tests__/support/dom';

const item = (id, state, changes = {}) => ({ id, name: `Deal ${id}`, state, texts: [], link: null, again: false, ...changes });
const ALL = [
    item('1', 'private', { link: 'https://partner.microsoft.com/r' }),
    item('2', 'waiting'),
    item('3', 'sending'),
    item('4', 'failed', { texts: ['It broke.'], again: true }),
    item('5', 'blocked', { texts: ['No country.', 'No name.'] }),
    item('6', 'later', { texts: ['Slow.'] }),
    item('7', 'left', { again: true }),
    item('8', 'paused', { texts: ['Until noon.'] }),
    item('9', 'asked'),
    item('10', 'visible')
];
const progress = (properties) => mount('c-cosell-pipeline-progress', CosellPipelineProgress, { items: ALL, running: true, ...properties });
const order = (element) => deepAll(element.shadowRoot, '[data-result]').map((row) => row.dataset.result);

function heard(element, name) {
    const events = [];
    element.addEventListener(name, (event) => events.push(event.detail));
    return events;
}

describe('c-cosell-pipeline-progress', () => {
    afterEach(clearPage);

    it('shows how far it is, and first what needs somebody', async () => {
        const element = progress();
        const bar = deep(element, '[role=progressbar]');
        expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuetext')]).toEqual(['7', '7 of 10']);
        expect(order(element)).toEqual([
            'failed',
            'blocked',
            'paused',
            'sending',
            'later',
            'left',
            'asked',
            'visible',
            'private',
            'waiting'
        ]);
        expect(textOf(deep(element, '[data-result=blocked] .what'))).toBe('No country. No name.');
        expect(button(element, 'Try again')).toBeNull();
        await expect(element).toBeAccessible();
    });

    it.each([
        ['private', 'Registered as private'],
        ['visible', 'Visible to Microsoft'],
        ['asked', 'Waiting for Microsoft']
    ])('says of a deal that is %s just that', (state, words) => {
        const element = progress({ items: [item('1', state)], running: false });
        expect(deep(element, '[data-result] lightning-badge').label).toBe(words);
        expect(textOf(deep(element, '[data-heading]'))).toBe('1 of 1 done');
    });

    it('takes the focus when it appears, and keeps it nowhere else', async () => {
        const element = progress();
        expect(element.shadowRoot.activeElement).toBe(deep(element, '[data-heading]'));
        element.items = [...ALL];
        element.shadowRoot.activeElement.blur();
        await settle();
        expect(element.shadowRoot.activeElement).toBeNull();
    });

    it('can be cancelled once', async () => {
        const element = progress();
        const cancelled = heard(element, 'cosellcancel');
        button(element, 'Cancel').click();
        element.stopping = true;
        await settle();
        expect([cancelled.length, button(element, 'Cancel')]).toEqual([1, null]);
        expect(textOf(deep(element, '[role=status]'))).toBe('Stopping. What is under way is finished first.');
    });

    it('offers another try where one can help, for one and for all, and then goes', async () => {
        const element = progress({ running: false });
        const retried = heard(element, 'cosellretry');
        const closed = heard(element, 'close');
        expect(textOf(deep(element, '[role=status]'))).toBe('3 of 10 done');
        button(element, 'Try again').click();
        button(element, 'Try those again').click();
        button(element, 'Close').click();
        expect(retried).toEqual([{ ids: ['4'] }, { ids: ['4', '7'] }]);
        expect(closed).toHaveLength(1);
        await expect(element).toBeAccessible();
    });

    it('says what stopped it', async () => {
        const element = progress({ running: false, stoppedBy: 'The server is away.' });
        expect(textOf(element)).toContain('Stopped: the others would fail in the same way The server is away.');
        await expect(element).toBeAccessible();
    });

    it('shows ten results, and all of them on request', async () => {
        const element = progress({ items: Array.from({ length: 12 }, (_, index) => item(String(index), 'asked')) });
        expect(order(element)).toHaveLength(10);
        button(element, 'Show all (12)').click();
        await settle();
        expect(order(element)).toHaveLength(12);
        button(element, 'Show fewer').click();
        await settle();
        expect(order(element)).toHaveLength(10);
    });

    it('leads to the record and to Partner Center', () => {
        const element = progress();
        const opened = heard(element, 'cosellopen');
        deep(element, '[data-result=private] .who a').click();
        expect(opened).toEqual([{ id: '1' }]);
        expect(deep(element, '[data-result=private] .what a').href).toBe('https://partner.microsoft.com/r');
    });
});
