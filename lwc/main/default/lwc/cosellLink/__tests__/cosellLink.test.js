import { modifiedAt } from 'c/cosellRecord';
import { linkOf, pairFacts } from 'c/cosellLink';
import { inboundDeal, pairState, readyDeal, receivedDeal, sharedDeal } from '../../__tests__/support/records';

const CAME_IN = '2026-11-22 14:01 UTC - This referral came through Partner Center and waits for your answer.';

describe('how the pair stands', () => {
    it.each([
        ['nothing was shared', readyDeal(), undefined, 'notShared'],
        ['Microsoft has not answered', sharedDeal(), undefined, 'asked'],
        ['Microsoft accepted', sharedDeal({ Microsoft_Status__c: 'Active / Accepted' }), undefined, 'accepted'],
        ['Microsoft declined', sharedDeal({ Microsoft_Status__c: 'Closed / Declined' }), undefined, 'declined'],
        ['Microsoft did not answer', sharedDeal({ Microsoft_Status__c: 'Closed / Expired' }), undefined, 'expired'],
        ['only we see it', sharedDeal({ Microsoft_Status__c: null, Deal_Type__c: 'Private' }), undefined, 'private'],
        ['nobody was asked', sharedDeal({ Microsoft_Status__c: null, Deal_Type__c: 'PartnerLed' }), undefined, 'visible'],
        ['a step failed', sharedDeal({ Cosell_State__c: 'Waiting' }), undefined, 'waiting'],
        ['the seller has to act', sharedDeal({ Cosell_State__c: 'NeedsYou' }), undefined, 'needsYou'],
        ['the connection is broken', sharedDeal({ Cosell_State__c: 'Broken' }), undefined, 'broken'],
        ['a referral that came in waits', inboundDeal(), undefined, 'onHold'],
        ['it was accepted', inboundDeal({ Referral_Status__c: 'Active / Accepted', Audit__c: CAME_IN }), undefined, 'taken'],
        ['the seller declined it', inboundDeal({ Referral_Status__c: 'Closed / Declined' }), undefined, 'turnedDown'],
        [
            'the seller did not answer it',
            inboundDeal({ Referral_Status__c: 'Closed / Expired', Microsoft_Status__c: 'Active / Accepted' }),
            undefined,
            'missed'
        ],
        ['the deal was won', sharedDeal({ Referral_Status__c: 'Closed / Won' }), undefined, 'won'],
        ['it was lost', sharedDeal({ Referral_Status__c: 'Closed / Lost' }), undefined, 'lost'],
        ['it was closed as a mistake', sharedDeal({ Referral_Status__c: 'Closed / Error' }), undefined, 'closed'],
        ['Microsoft alone won it', sharedDeal({ Microsoft_Status__c: 'Closed / Won' }), undefined, 'wonByMicrosoft'],
        ['Microsoft alone lost it', sharedDeal({ Microsoft_Status__c: 'Closed / Lost' }), undefined, 'lostByMicrosoft'],
        ['only the proxy knows yet', readyDeal(), pairState(), 'asked']
    ])('is told when %s', (_case, record, pair, state) => {
        expect(linkOf(record, pair).state).toBe(state);
    });

    it('tells nothing of Microsoft’s own answer while ours is waited for', () => {
        const record = inboundDeal({ Microsoft_Status__c: 'Active / Accepted' });
        expect(linkOf(record, undefined)).toMatchObject({ state: 'onHold', substatus: null });
    });

    it('takes from the proxy what the record does not hold yet', () => {
        const { referralId, referralLink, engagementId } = pairState();
        expect(linkOf(readyDeal(), pairState())).toMatchObject({ referralId, link: referralLink, engagementId, substatus: 'Pending' });
    });

    it('says why it waits and until when', () => {
        const record = sharedDeal({ Cosell_State__c: 'Waiting', Cosell_State_Reason__c: 'Partner Center can’t be reached.' });
        const pair = pairState({ state: 'waiting', reason: { code: 'x', message: 'y', until: '2026-11-22T18:05:00Z' } });
        expect(linkOf(record, pair)).toMatchObject({ reason: 'y', until: '2026-11-22T18:05:00Z' });
        expect(linkOf(record, undefined)).toMatchObject({ reason: 'Partner Center can’t be reached.', until: null });
    });

    it('believes the proxy until the record is newer than its answer', () => {
        const seen = modifiedAt(sharedDeal());
        const pair = { ...pairState({ state: 'broken', reason: { code: 'x', message: 'A new sign-in is needed.', until: null } }), seen };
        const old = sharedDeal({ Cosell_State__c: 'NeedsYou', Cosell_State_Reason__c: 'The country is missing.' });
        const newer = { ...old, LastModifiedDate: '2026-11-22T16:26:57.000+0000' };
        expect(linkOf(old, pair)).toMatchObject({ state: 'broken', reason: 'A new sign-in is needed.' });
        expect(linkOf(newer, pair)).toMatchObject({ state: 'needsYou', reason: 'The country is missing.' });
    });

    it.each([
        ['needsYou', 'NeedsYou'],
        ['broken', 'Broken'],
        ['waiting', 'Waiting']
    ])('says why it is %s without any referral', (state, recorded) => {
        const record = readyDeal({ Cosell_State__c: recorded, Cosell_State_Reason__c: 'This is why.' });
        expect(linkOf(record, undefined)).toMatchObject({ state, troubled: true, reason: 'This is why.', referralId: null });
    });

    it('tells what Microsoft was asked, whatever the record says by now', () => {
        const changed = sharedDeal({ How_can_Microsoft_help__c: 'QuotesOrLicensing' });
        expect(linkOf(changed, undefined)).toMatchObject({ asked: true, help: 'proof of concept / demo' });
        expect(linkOf({ ...changed, Audit__c: null }, undefined).help).toBe('Quotes and licensing');
        expect(linkOf(readyDeal(), undefined)).toMatchObject({ asked: false, help: '' });
    });

    it.each([
        ['of a referral that was sent to us', receivedDeal(), true],
        ['not of one that we asked about', sharedDeal(), false],
        ['not once help was asked for it', receivedDeal({ Audit__c: `${sharedDeal().Audit__c}\n${receivedDeal().Audit__c}` }), false]
    ])('tells that Microsoft was not asked: %s', (_case, record, cameIn) => {
        expect(linkOf(record, undefined)).toMatchObject({ asked: true, cameIn });
    });

    it('gives the reason in the reader’s language, whichever it was written in', () => {
        const record = sharedDeal({ Cosell_State__c: 'NeedsYou', Cosell_State_Reason__c: 'L’Espace partenaires a refusé l’affaire.' });
        expect(linkOf(record, undefined).reason).toBe('Partner Center refused the deal.');
    });

    it('tells nothing of Microsoft’s answer once the seller has declined the referral', () => {
        const record = inboundDeal({ Referral_Status__c: 'Closed / Declined', Microsoft_Status__c: 'Active / Accepted' });
        expect(linkOf(record, undefined)).toMatchObject({ state: 'turnedDown', substatus: null });
    });

    it.each([
        ['an open deal', sharedDeal(), 'asked'],
        ['one that came in', inboundDeal(), 'onHold']
    ])('leaves %s as it stands while a change is on its way', (_what, record, state) => {
        const reason = { code: 'reconcile.pending', message: 'A change is on its way.', until: null };
        const pair = { ...pairState({ state: 'waiting', reason }), seen: modifiedAt(record) };
        expect(linkOf(record, pair)).toMatchObject({ state, troubled: false, onItsWay: 'A change is on its way.', reason: '' });
        expect(linkOf(record, pairState())).toMatchObject({ onItsWay: '' });
    });

    it('says since when both sides differ, as long as the record is not newer', () => {
        const pair = { ...pairState({ pendingSince: '2026-11-22T16:26:10Z' }), seen: modifiedAt(sharedDeal()) };
        const newer = sharedDeal({ LastModifiedDate: '2026-11-22T16:26:57.000+0000' });
        expect([linkOf(sharedDeal(), pair).pendingSince, linkOf(newer, pair).pendingSince]).toEqual(['2026-11-22T16:26:10Z', null]);
    });

    it('says until when it waits, wherever the proxy says so', () => {
        const record = sharedDeal({ Cosell_State__c: 'Waiting' });
        const reason = { code: 'x', message: 'y', until: '2026-11-22T18:05:00Z' };
        expect(linkOf(record, pairState({ state: 'waiting', reason })).until).toBe('2026-11-22T18:05:00Z');
        expect(linkOf(record, pairState({ state: 'waiting', reason, waitingUntil: '2026-11-22T19:00:00Z' })).until).toBe(
            '2026-11-22T19:00:00Z'
        );
    });

    it('tells a share that has not ended from one that is tried again', () => {
        const reason = { code: 'reconcile.running', message: 'Still working on it.', until: null };
        expect(linkOf(readyDeal(), pairState({ state: 'waiting', reason, referralId: null })).state).toBe('running');
    });

    it.each([
        ['the record says so', { Deal_Type__c: 'Private' }, 'private'],
        ['Microsoft was asked', { Deal_Type__c: null }, 'coSell'],
        ['it was to be visible', { Deal_Type__c: null, Microsoft_Status__c: null }, 'partnerLed'],
        ['nothing was opened', { Deal_Type__c: null, Microsoft_Status__c: null, Visible_to_Microsoft_Sellers__c: false }, 'private']
    ])('knows how far Partner Center has it opened: %s', (_case, changes, held) => {
        expect(linkOf(sharedDeal(changes), undefined).held).toBe(held);
    });

    it.each([
        ['what Partner Center holds', { '/details/notes': 'Old.' }, { 'held:/details/notes': 'Old.' }],
        ['nothing where the proxy does not tell', undefined, {}]
    ])('gives the rules %s', (_what, held, facts) => {
        expect(pairFacts(sharedDeal(), pairState({ held }))).toEqual(facts);
        expect(pairFacts(sharedDeal(), undefined)).toEqual({});
    });

    it('gives the rules what Microsoft was given, except for what a newer record knows better', () => {
        const facts = { 'sent.own': 'Active / Accepted', 'sent.contact': 'ada@alder.example', 'sent.due': '2099-12-06T14:01:00.000Z' };
        const pair = { ...pairState({ facts, held: { '/name': 'A' } }), seen: modifiedAt(sharedDeal()) };
        const newer = sharedDeal({ LastModifiedDate: '2026-11-22T16:26:57.000+0000' });
        expect(pairFacts(sharedDeal(), pair)).toEqual({ ...facts, 'held:/name': 'A' });
        expect(pairFacts(newer, pair)).toEqual({ 'sent.contact': 'ada@alder.example', 'held:/name': 'A' });
    });

    it('gives no reason for being in step', () => {
        expect(linkOf(sharedDeal({ Cosell_State_Reason__c: 'An old one.' }), undefined).reason).toBe('');
    });
});
