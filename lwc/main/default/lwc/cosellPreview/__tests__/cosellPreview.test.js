import CosellPreview from 'c/cosellPreview';
import { clearPage, deep, mount, settle, textOf } from '../../__tests__/support/dom';

const DOCUMENT = {
    externalReferenceId: '006Qy00000AbCdEIAV',
    qualification: 'SalesQualified',
    type: 'Shared',
    target: [{ type: 'SolutionProfile', id: 'SOL-20417-KXD' }],
    salesStage: 'Develop',
    consent: { consentToToShareInfoWithOthers: true, consentToContact: false, consentToShareReferralWithMicrosoftSellers: true },
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
        requirements: {
            solutions: [
                { id: 'SOL-20417-KXD', name: 'Warehouse Insight', type: 'Name', solutionType: '3P', publisherName: 'Lindqvist Partners' }
            ],
            additionalRequirements: { attributes: [{ id: 'Migration', type: 'SolutionPlay' }] }
        }
    },
    team: [{ firstName: 'Jo', lastName: 'Lindqvist', email: 'jo@partner.example', phoneNumber: '+46 8 555 0100' }],
    inviteContext: { assistanceRequestCode: 'Unknown' }
};
const TO_MICROSOFT = {
    ...DOCUMENT,
    target: [{ type: 'BusinessProfileLocation', id: 'msft' }],
    inviteContext: { assistanceRequestCode: 'ProofOfConceptOrDemo', notes: 'Please call in the morning.' }
};

const label = (element) => deep(element, 'lightning-accordion-section').label;

function toggle(element, openSections) {
    deep(element, 'lightning-accordion').dispatchEvent(new CustomEvent('sectiontoggle', { detail: { openSections } }));
}

async function unfolded(preview, more = {}) {
    const element = mount('c-cosell-preview', CosellPreview, { preview, ...more });
    toggle(element, ['preview']);
    await settle();
    return element;
}

describe('c-cosell-preview', () => {
    afterEach(clearPage);

    it('is folded away at first, and says so', async () => {
        const preview = { dealType: 'coSell', referral: DOCUMENT, microsoft: TO_MICROSOFT };
        const element = mount('c-cosell-preview', CosellPreview, { preview });
        expect([label(element), textOf(element)]).toEqual(['What Microsoft will see', '']);
        await expect(element).toBeAccessible();
    });

    it('reads like a deal, not like a document', async () => {
        const element = await unfolded({ dealType: 'coSell', referral: DOCUMENT, microsoft: TO_MICROSOFT });
        const words = textOf(element);
        for (const part of [
            'Microsoft is asked to help: Proof of concept / demo.',
            'Deal value €84,000',
            'Close date March 31, 2027',
            'Warehouse Insight · Lindqvist Partners Co-sell ready solution · SOL-20417-KXD',
            'Hafenstraße 12 20457 Hamburg, HH Germany',
            'Ada Okafor ada@alder.example +49 40 1234567',
            'Jo Lindqvist',
            'Note to Microsoft Please call in the morning.'
        ]) {
            expect(words).toContain(part);
        }
        expect(words).not.toMatch(/ProofOfConceptOrDemo|consentTo|[{}[\]"]/);
        await expect(element).toBeAccessible();
        toggle(element, []);
        await settle();
        expect(textOf(element)).toBe('');
    });

    it('shows all that is sent, codes and consents and what an admin mapped too', async () => {
        const mapped = { campaignId: 'Spring', details: { ...DOCUMENT.details, leadTags: [{ id: 'Azure' }, { id: 'ISV' }], isHot: true } };
        const element = await unfolded({
            dealType: 'coSell',
            referral: { ...DOCUMENT, ...mapped },
            microsoft: { ...TO_MICROSOFT, ...mapped }
        });
        const words = textOf(element);
        for (const part of [
            'Sales stage at Microsoft Develop',
            'Solution play Migration',
            'How can Microsoft help? Proof of concept / demo',
            'Visible to Microsoft sellers Yes',
            'Customer agrees to sharing Yes',
            'Customer agrees to be contacted No',
            'Further details Identifier in Salesforce 006Qy00000AbCdEIAV details/leadTags Azure, ISV details/isHot Yes campaignId Spring ' +
                'Technical details Partner Center requires SalesQualified Shared SolutionProfile SOL-20417-KXD BusinessProfileLocation msft'
        ]) {
            expect(words).toContain(part);
        }
    });

    it('names nothing both among what is sent and among what stays', async () => {
        const [sent, stays] = textOf(await unfolded({ dealType: 'private', referral: DOCUMENT, microsoft: null })).split(
            'What stays in Salesforce'
        );
        expect(sent).not.toContain('Notes');
        expect(stays).toContain('notes');
    });

    it.each([
        ['private', 'Private: Microsoft sellers will not see any of this.', 'What Partner Center will keep'],
        ['partnerLed', 'Nobody at Microsoft is asked for help.', 'What Microsoft will see']
    ])('says who sees a %s deal', async (dealType, audience, heading) => {
        const element = await unfolded({ dealType, referral: DOCUMENT, microsoft: null });
        expect(textOf(element)).toContain(audience);
        expect(label(element)).toBe(heading);
    });

    it.each(['private', 'partnerLed', 'coSell'])('claims to show only the opportunity once a %s deal is shared', async (dealType) => {
        const element = await unfolded({ dealType, referral: DOCUMENT, microsoft: TO_MICROSOFT }, { kept: true });
        expect(label(element)).toBe('What the opportunity says now');
        expect(textOf(element)).toMatch(
            /^The name and the customer stay as they were shared. While sync is on and the referral is open, changes of value, .* are sent/
        );
        expect(textOf(element)).not.toMatch(/Microsoft sellers (can|will)/);
    });

    it('promises nothing of a closed deal', async () => {
        const more = { kept: true, closed: true };
        const element = await unfolded({ dealType: 'coSell', referral: DOCUMENT, microsoft: TO_MICROSOFT }, more);
        expect(textOf(element)).toMatch(/^Deal Name /);
        await expect(element).toBeAccessible();
    });

    it('lists what a sync would change, in words', async () => {
        const changes = [
            { field: 'amount', path: '/details/dealValue', before: '70000', after: '84000' },
            { field: 'closeDate', path: '/details/closingDateTime', before: '2027-03-31', after: '2027-04-30' },
            { field: 'notes', path: '/details/notes', before: '', after: 'Moves to Azure.' },
            { field: 'solutions', path: '/details/requirements/solutions', before: 'SOL-1', after: 'SOL-1\nSOL-20417-KXD' },
            { field: 'team', path: '/team', before: 'jo@partner.example, Jo, Lindqvist, ', after: 'li@partner.example, Li, Berg, +46' },
            { field: 'visibility', path: '/consent/x', before: 'false', after: 'true' },
            { field: 'Region__c', path: '/details/region', before: 'North', after: 'South' },
            { field: 'referral', path: '/externalReferenceId', before: 'x', after: 'y' }
        ];
        const preview = { dealType: 'coSell', referral: DOCUMENT, microsoft: TO_MICROSOFT, changes };
        const element = await unfolded(preview, { kept: true });
        const words = textOf(element);
        for (const part of [
            'What would change in Partner Center Field Before After Deal value €70,000 €84,000',
            'Close date March 31, 2027 April 30, 2027',
            'Description – Moves to Azure.',
            'Solutions SOL-1 SOL-1; Warehouse Insight',
            'Your side jo@partner.example, Jo, Lindqvist li@partner.example, Li, Berg, +46',
            'Visible to Microsoft sellers No Yes',
            'Region__c North South'
        ]) {
            expect(words).toContain(part);
        }
        expect(words).not.toContain('externalReferenceId');
        await expect(element).toBeAccessible();
    });

    it('says nothing of changes when both sides are the same', async () => {
        const preview = { dealType: 'coSell', referral: DOCUMENT, microsoft: TO_MICROSOFT, changes: [] };
        const words = textOf(await unfolded(preview, { kept: true }));
        expect(words).not.toContain('What would change');
        expect(words).toContain('Partner Center has the same values as this opportunity.');
    });

    it('says nothing of them where Partner Center’s values are not known', async () => {
        const words = textOf(await unfolded({ dealType: 'coSell', referral: DOCUMENT, microsoft: TO_MICROSOFT }, { kept: true }));
        expect(words).not.toMatch(/What would change|has the same values/);
    });

    it('writes each amount in the currency that it has on its side', async () => {
        const changes = [
            { field: 'amount', path: '/details/dealValue', before: '70000', after: '84000' },
            { field: 'currency', path: '/details/currency', before: 'USD', after: 'EUR' }
        ];
        const element = await unfolded({ dealType: 'coSell', referral: DOCUMENT, microsoft: null, changes }, { kept: true });
        expect(textOf(element)).toContain('Deal value $70,000 €84,000 Currency USD EUR');
    });

    it.each([
        [
            'what nobody mapped',
            [],
            'What stays in Salesforce probability, expected revenue, forecast category, next step, lead source, type, and campaign'
        ],
        [
            'all but what an admin mapped',
            ['Name', 'NextStep', 'CampaignId'],
            'probability, expected revenue, forecast category, lead source, and type products'
        ]
    ])('says what Microsoft will not see: %s', async (_what, sources, words) => {
        const element = await unfolded({ dealType: 'coSell', referral: DOCUMENT, microsoft: TO_MICROSOFT }, { sources });
        expect(textOf(element)).toContain(words);
        expect(textOf(element)).toContain('every other field of the opportunity and of the account');
    });

    it('leaves out what an unfinished deal does not have', async () => {
        const empty = { name: '', customerProfile: { name: '', address: {}, team: [] }, details: {}, team: [], inviteContext: {} };
        const words = textOf(await unfolded({ dealType: 'coSell', referral: empty, microsoft: null }));
        expect(words).toMatch(/^Microsoft sellers can see this deal, and Microsoft is asked to help: this deal\. What stays in Salesforce/);
    });

    it('says a note once when it is the same on both sides', async () => {
        const microsoft = { ...TO_MICROSOFT, inviteContext: { ...TO_MICROSOFT.inviteContext, notes: DOCUMENT.details.notes } };
        expect(textOf(await unfolded({ dealType: 'coSell', referral: DOCUMENT, microsoft }))).not.toContain('Note to Microsoft');
    });
});
