import CosellSetupPair from 'c/cosellSetupPair';
import { clearPage, mount, settle } from '../../__tests__/support/dom';
import { OPPORTUNITY_ID, pairOf } from '../../__tests__/support/setupData';

// As on the platform: what asks for an address before it is on the page is heard by nobody.
jest.mock('lightning/navigation', () => {
    const GenerateUrl = Symbol('GenerateUrl');
    const Navigate = Symbol('Navigate');
    const NavigationMixin = (Base) =>
        class extends Base {
            [GenerateUrl]({ attributes }) {
                return this.isConnected ? Promise.resolve(`/lightning/r/${attributes.recordId}/view`) : new Promise(() => {});
            }
            [Navigate]() {}
        };
    return { NavigationMixin: Object.assign(NavigationMixin, { GenerateUrl, Navigate }) };
});

describe('the link of c-cosell-setup-pair', () => {
    afterEach(clearPage);

    it('is there although the deal was known before the row was on the page', async () => {
        const pair = { ...pairOf(), by: 'opportunityId', key: OPPORTUNITY_ID };
        const element = mount('c-cosell-setup-pair', CosellSetupPair, { pair });
        await settle();
        expect(element.shadowRoot.querySelector('[data-record]').getAttribute('href')).toBe(`/lightning/r/${OPPORTUNITY_ID}/view`);
    });
});
