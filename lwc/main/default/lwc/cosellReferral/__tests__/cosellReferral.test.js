import CosellReferral from 'c/cosellReferral';
import { clearPage, deep, mount, textOf } from '../../__tests__/support/dom';

const show = (referral) => mount('c-cosell-referral', CosellReferral, { referral });

describe('c-cosell-referral', () => {
    afterEach(clearPage);

    it('shows whom to talk to at Microsoft first', () => {
        const element = show({ referralId: '7c1e5b9e', seller: 'Kim Ng, kim@microsoft.example', crmId: '7-3XK' });
        expect(textOf(element)).toBe('Microsoft seller Kim Ng, kim@microsoft.example Microsoft CRM identifier 7-3XK Referral 7c1e5b9e');
    });

    it('shows the identifiers there are, and the link', async () => {
        const element = show({ referralId: '7c1e5b9e', engagementId: 'b3a1f0de', crmId: null, link: 'https://partner.microsoft.com/x' });
        expect(textOf(element)).toBe('Referral 7c1e5b9e Engagement b3a1f0de');
        expect(deep(element, 'lightning-formatted-url')).toMatchObject({
            value: 'https://partner.microsoft.com/x',
            label: 'Open in Partner Center'
        });
        await expect(element).toBeAccessible();
    });
});
