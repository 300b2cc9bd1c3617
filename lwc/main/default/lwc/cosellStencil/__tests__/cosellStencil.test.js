import CosellStencil from 'c/cosellStencil';
import { clearPage, mount, textOf } from '../../__tests__/support/dom';

describe('c-cosell-stencil', () => {
    afterEach(clearPage);

    it('says what it stands for, and shows nobody its bars by name', async () => {
        const element = mount('c-cosell-stencil', CosellStencil);
        expect(textOf(element)).toBe('Reading the opportunity…');
        expect(element.shadowRoot.querySelector('[data-stencil]').getAttribute('aria-hidden')).toBe('true');
        await expect(element).toBeAccessible();
    });
});
