import { readTrail } from 'c/cosellTrail';

const at = (text) => `2026-11-22 14:01 UTC - ${text}`;

describe('c-cosell-trail', () => {
    it.each([
        ['Shared with Microsoft as co-sell.', 'you', 'shared'],
        ['Registered in Partner Center as a private deal. Microsoft’s sellers don’t see it.', 'you', 'shared'],
        ['Asked Microsoft for help: proof of concept / demo. Waiting for an answer.', 'you', 'asked'],
        ['Sent to Partner Center: deal value and close date.', 'you', 'sent'],
        ['Marked the deal as lost in Partner Center: No budget.', 'you', 'answered'],
        ['Declined the referral: No time.', 'you', 'declined'],
        ['Microsoft accepted the deal.', 'microsoft', 'answered'],
        ['Microsoft declined the deal: No seller has time.', 'microsoft', 'declined'],
        ['Microsoft did not answer in time. The request has expired.', 'microsoft', 'expired'],
        ['This referral came through Partner Center and waits for your answer.', 'partnerCenter', 'arrived'],
        ['The deal was closed as won in Partner Center.', 'partnerCenter', 'answered'],
        ['Received from Partner Center: description.', 'partnerCenter', 'received'],
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

    it('knows a change by the longest value that the trail tells', () => {
        const value = `${'🙂'.repeat(80)}…`;
        const [entry] = readTrail(at(`Changed on both sides: description. Salesforce’s ${value} stands; Partner Center had ${value}.`));
        expect(entry).toMatchObject({ kind: 'merged', params: { field: 'description', kept: value, lost: value } });
    });

    // As long as the field is: tried at every place that looks like our words, it would take minutes.
    const REPEATED = 'a. Salesforce’s b stands; Partner Center had c';
    it.each([
        ['a value of pages', `Changed on both sides: notes. Salesforce’s ${'long '.repeat(60)} stands; Partner Center had b.`],
        ['the words of ours again and again', `Changed on both sides: ${REPEATED.repeat(131_072 / REPEATED.length)}`]
    ])('keeps as it stands what no rule writes: %s', (_what, text) => {
        expect(readTrail(at(text))).toMatchObject([{ text, sentence: null, side: null }]);
    });

    it.each([undefined, null, '', '\n'])('has no entries where the field holds %p', (text) => {
        expect(readTrail(text)).toEqual([]);
    });

    it.each(['en', 'fr'])('recognises every sentence of %s', (language) => {
        const { WORDS } = require('../words');
        const lines = WORDS[language].split('\n').filter((line) => line.startsWith('s') && !line.startsWith('saudit.blank'));
        const filled = lines.map((line) => line.slice(line.indexOf(' ') + 1).replace(/\{[a-z]+\}/g, 'X'));
        expect(filled.length).toBeGreaterThan(70);
        expect(filled.filter((text) => !readTrail(at(text))[0].side)).toEqual([]);
    });
});

/** The module as a user of a language and locale loads it. */
function trailFor(lang, locale) {
    let trail;
    jest.isolateModules(() => {
        for (const [key, value] of Object.entries({ lang, locale, timeZone: 'Europe/Berlin' })) {
            jest.doMock(`@salesforce/i18n/${key}`, () => ({ __esModule: true, default: value }), { virtual: true });
        }
        trail = require('c/cosellTrail');
    });
    return trail;
}

describe('c-cosell-trail, in the reader’s language', () => {
    const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ');
    const FRENCH = [
        ['Shared with Microsoft as co-sell.', 'Partagée avec Microsoft en co-vente.'],
        [
            'Sent to Partner Center: deal value, close date and Campaign_Code__c.',
            'Envoyé à l’Espace partenaires : montant, date de clôture et Campaign_Code__c.'
        ],
        ['Received from Partner Center: description.', 'Reçu de l’Espace partenaires : description.'],
        [
            'Asked Microsoft for help: quotes and licensing. Waiting for an answer.',
            'Aide demandée à Microsoft : devis et licences. En attente d’une réponse.'
        ],
        ['Microsoft declined the deal: No seller has time.', 'Microsoft a décliné l’affaire : No seller has time.'],
        [
            'Changed on both sides: deal value. Salesforce’s 92,000.5 stands; Partner Center had nothing.',
            'Modifié des deux côtés : montant. La valeur de Salesforce (92 000,5) est retenue ; l’Espace partenaires avait une valeur vide.'
        ],
        [
            'Changed on both sides: close date. Partner Center’s 22 November 2026 stands; Salesforce had 1 December 2026.',
            'Modifié des deux côtés : date de clôture. La valeur de l’Espace partenaires (22 novembre 2026) est retenue ; Salesforce avait 1er décembre 2026.'
        ],
        ['Microsoft’s status is now Closed / Error.', 'Le statut chez Microsoft est maintenant clôturée / clôturée par erreur.']
    ];

    it.each(FRENCH)('tells a French reader what stands there in English: %s', (english, french) => {
        expect(plain(trailFor('fr', 'fr-FR').readTrail(at(english))[0].text)).toBe(french);
    });

    it.each(FRENCH.slice(0, -1))('and an English one what stands there in French: %s', (english, french) => {
        expect(trailFor('en-US', 'en-US').readTrail(at(french))[0].text).toBe(english);
    });

    it.each([
        ['deal value', '-1,234,567.25', '-1 234 567,25'],
        ['deal value', '1.2345', '1,2345'],
        ['deal value', '007', '007'],
        ['deal value', '1234.5', '1234.5'],
        ['deal value', '12,34', '12,34'],
        ['Score__c', '1.2345', '1.2345'],
        ['Campaign_Code__c', '007', '007'],
        ['close date', '31 December 2026', '31 décembre 2026'],
        ['close date', '29 February 2028', '29 février 2028'],
        ['close date', '31 February 2026', '31 February 2026'],
        ['close date', '01 December 2026', '01 December 2026'],
        ['close date', '1 December 26', '1 December 26'],
        ['close date', '1 December 0026', '1 December 0026'],
        ['close date', '1 décembre 2026', '1 décembre 2026'],
        ['description', 'Kick-off in March 2026', 'Kick-off in March 2026'],
        ['description', 'Phase 2 May 2026', 'Phase 2 May 2026'],
        ['description', '1 May 2026', '1 May 2026'],
        ['description', '92,000', '92,000'],
        ['description', 'nothing', 'une valeur vide']
    ])('retells what the rules wrote, and keeps what somebody wrote: %s, %s', (field, value, told) => {
        const text = `Changed on both sides: ${field}. Salesforce’s ${value} stands; Partner Center had ${value}.`;
        const { params } = trailFor('fr', 'fr-FR').readTrail(at(text))[0];
        expect([params.kept, params.lost].map(plain)).toEqual([told, told]);
    });

    it.each([
        ['montant', '92 000,5', '92,000.5'],
        ['date de clôture', '1er mai 2026', '1 May 2026'],
        ['date de clôture', '1 mai 2026', '1 mai 2026'],
        ['date de clôture', '2er mai 2026', '2er mai 2026']
    ])('and the same from the French: %s, %s', (field, value, told) => {
        const text = `Modifié des deux côtés : ${field}. La valeur de Salesforce (${value}) est retenue ; l’Espace partenaires avait ${value}.`;
        expect(trailFor('en-US', 'en-US').readTrail(at(text))[0].params).toMatchObject({ kept: told, lost: told });
    });

    it('retells the day that stands for a close date', () => {
        const text = 'The referral has no close date; 1 December 2026 stands in its place.';
        expect(trailFor('fr', 'fr-FR').readTrail(at(text))[0].params).toEqual({ day: '1er décembre 2026' });
    });

    it('says reasons that Microsoft offers by their names', () => {
        const { params } = readTrail(at('Declined the referral: Customer didn\u0027t respond'))[0];
        expect(params.reason).toBe('Customer didn’t respond');
    });

    it('leaves a sentence as it was written that quotes a finding', () => {
        const text = 'Not shared yet: 2 things to mend. Add at least one solution.';
        expect(trailFor('fr', 'fr-FR').readTrail(at(text))[0]).toMatchObject({ text, kind: 'trouble' });
    });

    it.each([
        [
            'Partner Center can’t be reached. We try again by ourselves.',
            'L’Espace partenaires est injoignable. Un nouvel essai suit automatiquement.'
        ],
        ['Locked by somebody.', 'Locked by somebody.'],
        [null, null]
    ])('retells one sentence, and leaves other words alone: %s', (text, told) => {
        expect(trailFor('fr', 'fr-FR').inReadersWords(text)).toBe(told);
    });

    it('speaks English to those whose language it does not have', () => {
        expect(trailFor('pt-BR', 'pt-BR').readTrail(at('Microsoft a accepté l’affaire.'))[0].text).toBe('Microsoft accepted the deal.');
    });
});
