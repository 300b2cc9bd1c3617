import { roughDeal, sharedDeal } from '../../__tests__/support/records';
import { clearPage, control, deep, deepAll, textOf } from '../../__tests__/support/dom';
import { messages, openPage, serve, usePlatform } from '../../__tests__/support/panel';

usePlatform({ mayShare: false });

describe('the panel for those who may only look', () => {
    beforeEach(() => serve());
    afterEach(clearPage);

    it('shows the findings without their fixes, and whom to ask', async () => {
        const { panel } = await openPage(roughDeal());
        expect(textOf(panel)).toContain('You can look, but not share');
        expect(textOf(panel)).toContain('the permission set Cosell Seller');
        expect(messages(panel)).toHaveLength(4);
        expect([deep(panel, '[data-share]'), deepAll(panel.shadowRoot, 'lightning-button')]).toEqual([null, []]);
        await expect(panel).toBeAccessible();
    });

    it('locks the fields', async () => {
        const { panel } = await openPage(sharedDeal());
        expect(control(panel, 'How can Microsoft help?').disabled).toBe(true);
        expect(textOf(panel)).toContain(sharedDeal().Referral_Identifier__c);
    });
});
