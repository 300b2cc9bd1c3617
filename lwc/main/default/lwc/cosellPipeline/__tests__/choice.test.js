import { alikeOf, consequencesOf } from '../choice';

const deals = (...dealTypes) => dealTypes.map((dealType) => ({ dealType, alike: null }));

describe('what is chosen to be shared', () => {
    it.each([
        [[], 'Select the opportunities to share.'],
        [['private'], '1 selected: 1 is registered as private.'],
        [['private', 'private'], '2 selected: 2 are registered as private.'],
        [['partnerLed', 'partnerLed'], '2 selected: 2 become permanently visible to Microsoft sellers.'],
        [['coSell'], '1 selected: 1 asks Microsoft for help and becomes permanently visible.'],
        [
            ['private', 'coSell', 'partnerLed', 'coSell'],
            '4 selected: 1 is registered as private, 1 becomes permanently visible to Microsoft sellers, and 2 ask Microsoft for help and become permanently visible.'
        ]
    ])('%j: %s', (dealTypes, words) => {
        expect(consequencesOf(deals(...dealTypes))).toBe(words);
        const [chosen, ...parts] = (words.match(/\d+/g) ?? [0]).map(Number);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(chosen);
    });

    it('says how many look like another open deal', () => {
        const alike = deals('private', 'coSell').map((deal) => ({ ...deal, alike: { rule: 36 } }));
        expect([alikeOf(deals('private')), alikeOf([...alike, ...deals('coSell')])]).toEqual([
            '',
            '2 of them look like another open deal.'
        ]);
    });
});
