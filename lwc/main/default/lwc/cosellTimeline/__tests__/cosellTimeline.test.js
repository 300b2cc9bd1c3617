import CosellTimeline from 'c/cosellTimeline';
import { readTrail } from 'c/cosellTrail';
import { button, clearPage, deep, deepAll, mount, settle, textOf } from '../../__tests__/support/dom';

const TRAIL = [
    '2026-11-22 14:02 UTC - Microsoft accepted the deal.',
    '2026-11-22 14:01 UTC - Shared with Microsoft as co-sell.',
    'Imported.'
].join('\n');

const many = (count) => Array.from({ length: count }, (_, index) => `2026-11-22 14:01 UTC - Entry ${index}.`).join('\n');

function show(trail) {
    return mount('c-cosell-timeline', CosellTimeline, { entries: readTrail(trail) });
}

describe('c-cosell-timeline', () => {
    afterEach(clearPage);

    it('shows who did what and when, in the reader’s time zone', async () => {
        const element = show(TRAIL);
        expect(textOf(element).replace(/\u202f/g, ' ')).toBe(
            'Timeline Microsoft Nov 22, 2026, 6:02 AM Microsoft accepted the deal. ' +
                'You Nov 22, 2026, 6:01 AM Shared with Microsoft as co-sell. Imported.'
        );
        expect(deep(element, 'time').getAttribute('datetime')).toBe('2026-11-22T14:02:00Z');
        expect(deepAll(element.shadowRoot, 'lightning-icon').map(({ iconName }) => iconName)).toEqual([
            'utility:comments',
            'utility:share',
            'utility:note'
        ]);
        await expect(element).toBeAccessible();
    });

    it('shows ten more at a time, says how many, and goes on to the first of them', async () => {
        const element = show(many(25));
        const entries = () => deepAll(element.shadowRoot, 'li').length;
        expect([entries(), textOf(deep(element, '[role="status"]'))]).toEqual([10, '10 of 25 entries shown']);
        button(element, 'Show earlier entries').click();
        await settle();
        expect(entries()).toBe(20);
        expect(element.shadowRoot.activeElement.textContent).toContain('Entry 10.');
        button(element, 'Show earlier entries').click();
        await settle();
        expect(entries()).toBe(25);
        expect(textOf(element)).toContain('25 of 25 entries shown');
        expect(button(element, 'Show earlier entries')).toBeNull();
        await expect(element).toBeAccessible();
    });

    it('offers no more where there is no more', () => {
        const element = show(many(10));
        expect(button(element, 'Show earlier entries')).toBeNull();
        expect(textOf(element)).not.toContain('entries shown');
    });
});
