import { clearPage, textOf } from '../../__tests__/support/dom';
import { asked, openPage, usePlatform } from '../../__tests__/support/setupPage';

usePlatform({ mayAdminister: false });

describe('c-cosell-setup without the permission', () => {
    afterEach(clearPage);

    it('says whom to ask, and asks nobody itself', async () => {
        const page = await openPage();
        expect(textOf(page.element)).toContain('permission set Cosell Admin');
        expect(page.platform.getSetup).not.toHaveBeenCalled();
        expect(asked()).toEqual([]);
        await expect(page.element).toBeAccessible();
    });
});
