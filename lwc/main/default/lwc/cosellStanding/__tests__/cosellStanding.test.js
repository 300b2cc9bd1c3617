import CosellStanding from 'c/cosellStanding';
import { button, clearPage, deep, mount, textOf } from '../../__tests__/support/dom';

const STANDING = {
    key: 'asked',
    icon: 'utility:clock',
    variant: '',
    heading: 'Due soon',
    body: ['Asked: a demo'],
    next: 'Wait.',
    clock: null
};
const SHARE = { name: 'share', label: 'Sync now', variant: 'neutral', disabled: false };
const MEND = { text: '1 thing to mend', action: { name: 'mend', label: 'Go to the first' } };

function show(properties) {
    const element = mount('c-cosell-standing', CosellStanding, { standing: STANDING, ...properties });
    const onaction = jest.fn();
    element.addEventListener('action', ({ detail }) => onaction(detail.name));
    return { element, onaction };
}

describe('c-cosell-standing', () => {
    afterEach(clearPage);

    it('says how things are and what comes next, and announces the heading', async () => {
        const { element } = show();
        expect(textOf(element)).toBe('Due soon Asked: a demo Next: Wait.');
        expect(textOf(deep(element, '[aria-live]'))).toBe('Due soon');
        await expect(element).toBeAccessible();
    });

    it('tells by a bar how much of the time is over, and in words how much is left', async () => {
        const { element } = show({ standing: { ...STANDING, clock: { words: '11 of 14 days left', share: 21 } } });
        expect(textOf(element)).toContain('11 of 14 days left');
        expect(deep(element, '.slds-progress-bar__value').style.width).toBe('21%');
        await expect(element).toBeAccessible();
    });

    it('offers what it is given, and tells which was chosen', async () => {
        const { element, onaction } = show({ action: SHARE, findings: MEND });
        expect(textOf(element)).toContain('1 thing to mend');
        button(element, 'Sync now').click();
        button(element, 'Go to the first').click();
        expect(onaction.mock.calls).toEqual([['share'], ['mend']]);
        await expect(element).toBeAccessible();
    });

    it('turns while something is under way', () => {
        expect(deep(show().element, 'lightning-spinner')).toBeNull();
        expect(deep(show({ working: true }).element, 'lightning-spinner').alternativeText).toBe('Working');
    });

    it('takes the focus to its heading, whatever there is to press', () => {
        const { element } = show({ action: SHARE, findings: MEND });
        element.focus();
        expect(element.shadowRoot.activeElement).toBe(deep(element, '[data-summary]'));
    });
});
