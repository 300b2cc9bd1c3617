import CosellTimeline from 'c/cosellTimeline';
import { button, clearPage, mount, settle, textOf } from '../../__tests__/support/dom';

const entries = (count) =>
    Array.from({ length: count }, (_, index) => ({ key: `${index}`, at: '2026-11-22T14:01:00Z', text: `Entry ${index}.` }));

describe('c-cosell-timeline', () => {
    afterEach(clearPage);

    it('shows what happened and when', async () => {
        const element = mount('c-cosell-timeline', CosellTimeline, {
            entries: [
                { key: '0', at: '2026-11-22T14:01:00Z', text: 'Shared.' },
                { key: '1', at: null, text: 'Imported.' }
            ]
        });
        expect(textOf(element).replace(/\u202f/g, ' ')).toBe('Timeline Shared. Nov 22, 2026, 6:01 AM Imported.');
        await expect(element).toBeAccessible();
    });

    it('shows the older entries on request', async () => {
        const element = mount('c-cosell-timeline', CosellTimeline, { entries: entries(7) });
        expect(textOf(element)).not.toContain('Entry 6.');
        button(element, 'Show earlier entries').click();
        await settle();
        expect(textOf(element)).toContain('Entry 6.');
        expect(button(element, 'Show earlier entries')).toBeNull();
    });

    it('offers no more where there is no more', () => {
        const element = mount('c-cosell-timeline', CosellTimeline, { entries: entries(5) });
        expect(button(element, 'Show earlier entries')).toBeNull();
    });
});
