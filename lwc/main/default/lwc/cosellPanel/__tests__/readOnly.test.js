import { readyDeal, roughDeal, sharedDeal } from '../../__tests__/support/records';
import { clearPage, control, deep, deepAll, settle, textOf } from '../../__tests__/support/dom';
import { PANEL_STATES } from '../../__tests__/support/panelStates';
import { expectAWayOn, isShown, looks, messages, openPage, openState, serve, usePlatform } from '../../__tests__/support/panel';

usePlatform({ mayShare: false });

describe('the panel for those who may only look', () => {
    beforeEach(() => serve());
    afterEach(clearPage);

    it('shows the findings without their fixes, and whom to ask', async () => {
        const { panel } = await openPage(roughDeal());
        expect(textOf(panel)).toContain('You can look, but not share');
        expect(textOf(panel)).toContain('the permission set Cosell Seller');
        expect(messages(panel)).toHaveLength(4);
        // What is left leads from the sum at the top to the fields.
        const buttons = deepAll(panel.shadowRoot, 'lightning-button').map(({ label }) => label);
        expect([deep(panel, '[data-share]'), buttons]).toEqual([null, ['Customer contact for Microsoft', 'Solutions']]);
        await expect(panel).toBeAccessible();
    });

    it('says the same where Salesforce lets them read nothing at all', async () => {
        const page = await openPage(readyDeal(), { until: () => true, loads: true });
        page.platform.getSnapshot.error({ message: 'You do not have access to the Apex class named CosellController.' }, 403);
        await settle();
        expect(textOf(page.panel)).toContain('You can look, but not share');
        expect(textOf(page.panel)).toContain('the permission set Cosell Seller');
        expect(textOf(page.panel)).not.toContain('Apex');
    });

    it('locks the fields', async () => {
        const { panel } = await openPage(sharedDeal());
        expect(control(panel, 'How can Microsoft help?').disabled).toBe(true);
        expect(textOf(panel)).toContain(sharedDeal().Referral_Identifier__c);
    });

    it.each(PANEL_STATES.filter(({ readOnly }) => readOnly).map((state) => [state.name, state]))(
        '%s: says how things are and whom to ask, to everybody',
        async (_name, state) => {
            const { panel } = await openState(state);
            expect(isShown(panel, state)).toBe(true);
            expectAWayOn(panel);
            // Nobody who may not share gets a token.
            expect(looks()).toEqual([]);
            await expect(panel).toBeAccessible();
        }
    );
});
