import { dealNumber } from '../../__tests__/support/records';
import { clearPage, deep, textOf } from '../../__tests__/support/dom';
import { serve } from '../../__tests__/support/panel';
import { answerWith, openPage, usePlatform } from '../../__tests__/support/pipeline';

usePlatform({ mayShare: false });

describe('c-cosell-pipeline without the permission to share', () => {
    afterEach(clearPage);

    it('shows everything and lets nothing be shared', async () => {
        serve();
        answerWith([dealNumber(1)]);
        const page = await openPage();
        expect(textOf(page.pipeline)).toContain('You can look, but not share');
        expect(textOf(page.pipeline)).toContain('Deal 1');
        expect([deep(page.pipeline, '[data-share]'), deep(page.pipeline, 'tbody lightning-input')]).toEqual([null, null]);
        await expect(page.pipeline).toBeAccessible();
    });
});
