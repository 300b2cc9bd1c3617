import CosellReferral from 'c/cosellReferral';
import { clearPage, deep, mount, textOf } from '../../__tests__/support/dom';

const DAY = 24 * 60 * 60 * 1000;
const show = (referral) => mount('c-cosell-referral', CosellReferral, { referral });

describe('c-cosell-referral', () => {
    beforeEach(() => {
        jest.useFakeTimers({ now: new Date('2026-11-22T18:00:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
    });

    afterEach(() => {
        jest.useRealTimers();
        clearPage();
    });

    it.each([
        ['Pending', 11 * DAY, 'Microsoft’s answer is due in 11 days'],
        ['Received', DAY, 'Microsoft’s answer is due tomorrow'],
        ['Pending', 0, 'Microsoft’s answer is due today'],
        ['Pending', -2 * DAY, 'Microsoft’s answer was due on November 20, 2026'],
        ['Accepted', 11 * DAY, 'Microsoft accepted this deal'],
        ['Declined', 0, 'Microsoft declined this deal'],
        ['Expired', 0, 'Microsoft did not answer in time'],
        ['Won', 0, 'Microsoft counts this deal as won'],
        ['Lost', 0, 'Microsoft counts this deal as lost']
    ])('tells Microsoft’s answer: %s, due after %d ms', (substatus, wait, words) => {
        const answerDue = new Date(Date.now() + wait).toISOString();
        expect(textOf(show({ substatus, answerDue }))).toContain(words);
    });

    it('waits for an answer without a deadline too', () => {
        expect(textOf(show({ substatus: 'Pending', answerDue: null }))).toContain('Microsoft has not answered yet');
    });

    it('says what was asked', () => {
        expect(textOf(show({ substatus: 'Pending', help: 'Quotes and licensing' }))).toContain('Asked: Quotes and licensing');
    });

    it('says why it waits and until when', () => {
        const words = textOf(show({ reason: 'Partner Center can’t be reached.', until: '2026-11-22T18:05:00Z' })).replace(/\u202f/g, ' ');
        expect(words).toContain('Partner Center can’t be reached. Next try: Nov 22, 2026, 10:05 AM');
    });

    it('shows whom to talk to at Microsoft', () => {
        const element = show({ referralId: '7c1e5b9e', seller: 'Kim Ng, kim@microsoft.example' });
        expect(textOf(element)).toBe('Referral 7c1e5b9e Microsoft seller Kim Ng, kim@microsoft.example');
    });

    it('shows the identifiers there are, and the link', async () => {
        const element = show({ referralId: '7c1e5b9e', engagementId: 'b3a1f0de', crmId: null, link: 'https://partner.microsoft.com/x' });
        expect(textOf(element)).toBe('Referral 7c1e5b9e Engagement b3a1f0de');
        expect(deep(element, 'lightning-formatted-url')).toMatchObject({
            value: 'https://partner.microsoft.com/x',
            label: 'Open in Partner Center'
        });
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
});
