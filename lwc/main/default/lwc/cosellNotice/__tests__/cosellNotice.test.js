import CosellNotice from 'c/cosellNotice';
import { button, clearPage, mount, textOf } from '../../__tests__/support/dom';

const notice = { heading: 'Not shared', body: 'The server can’t be reached.', hint: 'Ask your admin.' };

describe('c-cosell-notice', () => {
    afterEach(clearPage);

    it.each([
        ['info', 'status'],
        ['warning', 'status'],
        ['error', 'alert'],
        [undefined, 'status']
    ])('says what happened and what to do (%s is announced as %s)', async (variant, role) => {
        const element = mount('c-cosell-notice', CosellNotice, { ...notice, variant });
        expect(textOf(element)).toBe('Not shared The server can’t be reached. Ask your admin.');
        expect(element.shadowRoot.querySelector(`[role="${role}"]`)).not.toBeNull();
        await expect(element).toBeAccessible();
    });

    it('has no button without a label for it', () => {
        const element = mount('c-cosell-notice', CosellNotice, notice);
        expect(element.shadowRoot.querySelector('lightning-button')).toBeNull();
    });

    it('tells when its button is pressed', () => {
        const element = mount('c-cosell-notice', CosellNotice, { ...notice, actionLabel: 'Try again' });
        const onaction = jest.fn();
        element.addEventListener('action', onaction);
        button(element, 'Try again').click();
        expect(onaction).toHaveBeenCalledTimes(1);
    });
});
