import CosellPreview from 'c/cosellPreview';
import { clearPage, mount, settle, textOf } from '../../__tests__/support/dom';

const DOCUMENT = {
    name: 'Alder warehouse modernisation',
    customerProfile: {
        name: 'Alder Logistik GmbH',
        address: { addressLine1: 'Hafenstraße 12', addressLine2: '', city: 'Hamburg', state: 'HH', postalCode: '20457', country: 'DE' },
        team: [{ firstName: 'Ada', lastName: 'Okafor', email: 'ada@alder.example', phoneNumber: '+49 40 1234567' }]
    },
    details: {
        notes: 'Moves its warehouse management\nto Azure.',
        dealValue: 84000,
        currency: 'EUR',
        closingDateTime: '2027-03-31T00:00:00Z',
        requirements: { solutions: [{ id: 'SOL-20417-KXD', name: 'Warehouse Insight', publisherName: 'Lindqvist Partners' }] }
    },
    team: [{ firstName: 'Jo', lastName: 'Lindqvist', email: 'jo@partner.example', phoneNumber: '+46 8 555 0100' }],
    inviteContext: { assistanceRequestCode: 'Unknown' }
};
const TO_MICROSOFT = {
    ...DOCUMENT,
    inviteContext: { assistanceRequestCode: 'ProofOfConceptOrDemo', notes: 'Please call in the morning.' }
};

async function unfolded(preview, more = {}) {
    const element = mount('c-cosell-preview', CosellPreview, { preview, ...more });
    element.shadowRoot.querySelector('button').click();
    await settle();
    return element;
}

describe('c-cosell-preview', () => {
    afterEach(clearPage);

    it('is folded away at first, and says so', async () => {
        const preview = { dealType: 'coSell', referral: DOCUMENT, microsoft: TO_MICROSOFT };
        const element = mount('c-cosell-preview', CosellPreview, { preview });
        expect(textOf(element)).toBe('What Microsoft will see');
        expect(element.shadowRoot.querySelector('button').getAttribute('aria-expanded')).toBe('false');
        await expect(element).toBeAccessible();
    });

    it('reads like a deal, not like a document', async () => {
        const element = await unfolded({ dealType: 'coSell', referral: DOCUMENT, microsoft: TO_MICROSOFT });
        const words = textOf(element);
        for (const part of [
            'Microsoft is asked to help: Proof of concept / demo.',
            'Deal value €84,000',
            'Close date March 31, 2027',
            'Warehouse Insight · Lindqvist Partners',
            'Hafenstraße 12 20457 Hamburg, HH Germany',
            'Ada Okafor ada@alder.example +49 40 1234567',
            'Jo Lindqvist',
            'Note to Microsoft Please call in the morning.'
        ]) {
            expect(words).toContain(part);
        }
        expect(words).not.toMatch(/ProofOfConceptOrDemo|SOL-20417|[{}[\]"]/);
        expect(element.shadowRoot.querySelector('button').getAttribute('aria-expanded')).toBe('true');
        await expect(element).toBeAccessible();
    });

    it.each([
        ['private', 'Private: Microsoft sellers will not see any of this.', 'What Partner Center keeps'],
        ['partnerLed', 'Nobody at Microsoft is asked for help.', 'What Microsoft will see']
    ])('says who sees a %s deal', async (dealType, audience, heading) => {
        const words = textOf(await unfolded({ dealType, referral: DOCUMENT, microsoft: null }));
        expect(words).toContain(audience);
        expect(words).toContain(heading);
    });

    it('speaks of the present after sharing', () => {
        const preview = { dealType: 'coSell', referral: DOCUMENT, microsoft: TO_MICROSOFT };
        expect(textOf(mount('c-cosell-preview', CosellPreview, { preview, shared: true }))).toBe('What Microsoft sees');
    });

    it('leaves out what an unfinished deal does not have', async () => {
        const empty = { name: '', customerProfile: { name: '', address: {}, team: [] }, details: {}, team: [], inviteContext: {} };
        const words = textOf(await unfolded({ dealType: 'coSell', referral: empty, microsoft: null }));
        expect(words).toBe('What Microsoft will see Microsoft sellers can see this deal, and Microsoft is asked to help: this deal.');
    });

    it('says a note once when it is the same on both sides', async () => {
        const microsoft = { ...TO_MICROSOFT, inviteContext: { ...TO_MICROSOFT.inviteContext, notes: DOCUMENT.details.notes } };
        expect(textOf(await unfolded({ dealType: 'coSell', referral: DOCUMENT, microsoft }))).not.toContain('Note to Microsoft');
    });
});
