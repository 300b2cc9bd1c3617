import { readTrail } from 'c/cosellTrail';

const at = (text) => `2026-11-22 14:01 UTC - ${text}`;

describe('c-cosell-trail', () => {
    it.each([
        ['Shared with Microsoft as co-sell.', 'you', 'shared'],
        ['Registered in Partner Center as a private deal. Microsoft’s sellers don’t see it.', 'you', 'shared'],
        ['Asked Microsoft for help: proof of concept / demo. Waiting for an answer.', 'you', 'asked'],
        ['Aide demandée à Microsoft\u00a0: devis et licences. En attente d’une réponse.', 'you', 'asked'],
        ['Aide demandée à Microsoft : devis et licences. En attente d’une réponse.', 'you', 'asked'],
        ['Sent to Microsoft: deal value and close date.', 'you', 'sent'],
        ['Told Microsoft that the deal is lost: No budget.', 'you', 'answered'],
        ['Declined the referral: Customer didn\u0027t respond', 'you', 'declined'],
        ['Microsoft accepted the deal.', 'microsoft', 'answered'],
        ['Microsoft a décliné l’affaire.', 'microsoft', 'declined'],
        ['Microsoft declined the deal: Project budget isn\u0027t adequate', 'microsoft', 'declined'],
        ['Microsoft did not answer in time. The request has expired.', 'microsoft', 'expired'],
        ['This referral came through Partner Center and waits for your answer.', 'partnerCenter', 'arrived'],
        ['The deal was closed as won in Partner Center.', 'partnerCenter', 'answered'],
        ['Received from Partner Center: notes.', 'partnerCenter', 'received'],
        ['Changed on both sides: deal value. Salesforce’s 92,000 stands; Partner Center had 70,000.', 'cosell', 'merged'],
        ['Made the account Alder Logistik GmbH for it.', 'cosell', 'noted'],
        ['Partner Center can’t be reached. We try again by ourselves.', 'cosell', 'trouble'],
        ['Not shared yet: 2 things to mend. Add at least one solution.', 'cosell', 'trouble'],
        ['Somebody imported this.', null, null]
    ])('tells who did “%s”', (text, side, kind) => {
        expect(readTrail(at(text))).toMatchObject([{ at: '2026-11-22T14:01:00Z', text, side, kind }]);
    });

    it('gives the words that a sentence was filled with', () => {
        const [entry] = readTrail(at('Asked Microsoft for help: quotes and licensing. Waiting for an answer.'));
        expect(entry).toMatchObject({ sentence: 'audit.asked', params: { help: 'quotes and licensing' } });
    });

    it('does not take a reason for another sentence', () => {
        expect(readTrail(at('Microsoft declined the deal: Microsoft accepted the deal.'))[0].kind).toBe('declined');
    });

    it('keeps the order of the field', () => {
        const trail = [at('Microsoft accepted the deal.'), at('Shared with Microsoft as co-sell.')].join('\r\n');
        expect(readTrail(trail).map(({ kind }) => kind)).toEqual(['answered', 'shared']);
    });

    it.each([
        ['before our entries', `Old tool\n${at('Shared.')}`, ['Old tool', 'Shared.']],
        ['after them', `${at('Shared.')}\n1. Deal sent\n\n  2. Deal stored\n`, ['Shared.', '1. Deal sent\n\n  2. Deal stored']],
        ['between them', `${at('B.')}\n11/22/2026: ok\n${at('A.')}`, ['B.', '11/22/2026: ok', 'A.']],
        ['alone', 'One line.', ['One line.']]
    ])('keeps as it stands what others wrote %s', (_where, trail, texts) => {
        const entries = readTrail(trail);
        expect(entries.map(({ text }) => text)).toEqual(texts);
        expect(entries.filter(({ at: moment }) => !moment).map(({ side }) => side)).toEqual([null]);
    });

    it('gives an entry the same key when newer ones come', () => {
        const [before] = readTrail(at('A.'));
        const [, after] = readTrail(`${at('B.')}\n${at('A.')}`);
        expect(after.key).toBe(before.key);
    });

    it.each([undefined, null, '', '\n'])('has no entries where the field holds %p', (text) => {
        expect(readTrail(text)).toEqual([]);
    });

    it('recognises every sentence that it is made of, in each language', () => {
        const { SENTENCES } = require('../sentences');
        const filled = SENTENCES.trim()
            .split('\n')
            .map((line) => line.slice(line.indexOf(' ') + 1).replace(/\{[a-z]+\}/g, 'X'));
        expect(filled.length).toBeGreaterThan(100);
        expect(filled.filter((text) => !readTrail(at(text))[0].side)).toEqual([]);
    });
});
