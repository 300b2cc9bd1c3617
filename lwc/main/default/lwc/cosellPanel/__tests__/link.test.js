import { linkOf } from '../link';
import { pairState, readyDeal, sharedDeal } from '../../__tests__/support/records';

describe('how the pair stands', () => {
    it.each([
        ['nothing was shared', readyDeal(), undefined, 'notShared'],
        ['Microsoft has not answered', sharedDeal(), undefined, 'asked'],
        ['Microsoft accepted', sharedDeal({ Microsoft_Status__c: 'Active / Accepted' }), undefined, 'inStep'],
        ['nobody was asked', sharedDeal({ Microsoft_Status__c: null }), undefined, 'inStep'],
        ['a step failed', sharedDeal({ Cosell_State__c: 'Waiting' }), undefined, 'waiting'],
        ['the seller has to act', sharedDeal({ Cosell_State__c: 'NeedsYou' }), undefined, 'needsYou'],
        ['the connection is broken', sharedDeal({ Cosell_State__c: 'Broken' }), undefined, 'broken'],
        ['only the proxy knows yet', readyDeal(), pairState(), 'asked']
    ])('is told when %s', (_case, record, pair, state) => {
        expect(linkOf(record, pair).state).toBe(state);
    });

    it('takes from the proxy what the record does not hold yet', () => {
        const { referralId, referralLink, engagementId } = pairState();
        expect(linkOf(readyDeal(), pairState())).toMatchObject({ referralId, link: referralLink, engagementId, substatus: 'Pending' });
    });

    it('says why it waits and until when', () => {
        const record = sharedDeal({ Cosell_State__c: 'Waiting', Cosell_State_Reason__c: 'Partner Center can’t be reached.' });
        const pair = pairState({ state: 'waiting', reason: { code: 'x', message: 'y', until: '2026-11-22T18:05:00Z' } });
        expect(linkOf(record, pair)).toMatchObject({ reason: 'Partner Center can’t be reached.', until: '2026-11-22T18:05:00Z' });
        expect(linkOf(record, undefined).until).toBeNull();
    });

    it('gives no reason for being in step', () => {
        expect(linkOf(sharedDeal({ Cosell_State_Reason__c: 'An old one.' }), undefined).reason).toBe('');
    });
});
