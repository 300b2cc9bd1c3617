import { serve, usePlatform } from '../../__tests__/support/panel';
import { OPPORTUNITY_ID } from '../../__tests__/support/records';
import { mount, settle } from '../../__tests__/support/dom';

usePlatform();
// After that: the panel inside it asks for what only the platform has.
const { default: CosellAction } = require('c/cosellAction');

describe('the quick action', () => {
    it('shows the panel once it is told the opportunity', async () => {
        serve();
        const action = mount('c-cosell-action', CosellAction, {});
        const panel = () => action.shadowRoot.querySelector('c-cosell-panel');
        expect(panel()).toBeNull();

        action.recordId = OPPORTUNITY_ID;
        await settle();

        expect(panel().recordId).toBe(OPPORTUNITY_ID);
        await expect(action).toBeAccessible();
    });
});
