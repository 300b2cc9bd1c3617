// What the panel is made of, each for itself: findings, solutions, contact, preview, timeline.
import {
    ACCOUNT_ID,
    CATALOGUE,
    CONTACT_ID,
    OPPORTUNITY_ID,
    OTHER_CONTACT_ID
} from '../../../lwc/main/default/lwc/__tests__/support/records.js';

const access = (changes) => ({ mayEdit: true, owner: 'Kim Berg', lockedFields: [], ...changes });

/** What the org says of who may edit, for whichever record. */
const org = (answer = access()) => ({ apex: { 'CosellController.getAccess': answer } });

const finding = (key, severity, field, message, fix = null) => ({ key, code: key, severity, field, message, fix, values: {} });

const edit = (object, recordId, fields, label = { en: 'Complete', fr: 'Compléter' }) => ({ kind: 'edit', object, recordId, fields, label });

const COUNTRY = finding(
    'country',
    'block',
    'account.country',
    {
        en: '“Deutschland” is not a country code: Microsoft expects DE for Germany.',
        fr: '«\u00a0Deutschland\u00a0» n’est pas un code pays\u00a0: Microsoft attend DE (Allemagne).'
    },
    {
        kind: 'set',
        object: 'Account',
        recordId: ACCOUNT_ID,
        values: { BillingCountry: 'DE' },
        label: { en: 'Use DE (Germany)', fr: 'Utiliser DE (Allemagne)' }
    }
);
const KOREA = finding(
    'korea',
    'block',
    'account.country',
    {
        en: '“Korea” can mean several countries. Choose KR (South Korea) or KP (North Korea).',
        fr: '«\u00a0Korea\u00a0» peut désigner plusieurs pays. Choisissez KR (Corée du Sud) ou KP (Corée du Nord).'
    },
    {
        kind: 'choose',
        object: 'Account',
        recordId: ACCOUNT_ID,
        field: 'BillingCountry',
        options: [
            { value: 'KR', label: { en: 'South Korea (KR)', fr: 'Corée du Sud (KR)' } },
            { value: 'KP', label: { en: 'North Korea (KP)', fr: 'Corée du Nord (KP)' } }
        ],
        label: { en: 'Choose', fr: 'Choisir' }
    }
);
const POSTAL_CODE = finding(
    'postal-code',
    'warn',
    'account.postalCode',
    { en: 'A postal code helps Microsoft find the customer.', fr: 'Un code postal aide Microsoft à retrouver le client.' },
    edit('Account', ACCOUNT_ID, ['BillingPostalCode'])
);
const CLOSE_DATE = finding(
    'close-date',
    'warn',
    'closeDate',
    {
        en: 'The close date, January 5, 2026, has passed. A date ahead tells Microsoft that the deal is alive.',
        fr: 'La date de clôture, le 5 janvier 2026, est passée. Une date à venir montre à Microsoft que l’affaire vit.'
    },
    edit('Opportunity', OPPORTUNITY_ID, ['CloseDate'], { en: 'Change', fr: 'Modifier' })
);
const CONTACT = finding(
    'contact',
    'block',
    'contact',
    {
        en: 'Missing for Ada Okafor: e-mail and phone. Microsoft will call or write.',
        fr: 'Il manque à Ada Okafor\u00a0: e-mail et téléphone. Microsoft l’appellera ou lui écrira.'
    },
    edit('Contact', CONTACT_ID, ['Email', 'Phone'])
);
const SOLUTIONS = finding(
    'solutions',
    'block',
    'solutions',
    {
        en: 'Add at least one solution: one that is co-sell ready, or one of Microsoft’s own.',
        fr: 'Ajoutez au moins une solution\u00a0: prête pour la co-vente ou de Microsoft.'
    },
    {
        kind: 'add',
        what: 'solution',
        label: { en: 'Add a solution', fr: 'Ajouter une solution' }
    }
);

const FINDINGS = [COUNTRY, POSTAL_CODE, CLOSE_DATE];

const findings = (name, more) => ({ component: 'cosellFindings', name, shows: 'c-cosell-finding', org: org(), ...more });

const press = (name) => (page) => page.getByRole('button', { name }).first().click();

/* Solutions */

const ON_DEAL = [
    { id: '1', ...CATALOGUE[0] },
    { id: '2', identifier: 'MS-AZURE', name: 'Azure', type: '1P', publisher: 'Microsoft' }
];
const LONG = Array.from({ length: 320 }, (_, index) => ({
    identifier: `SOL-${20000 + index}-KXD`,
    name: `Warehouse Insight, edition ${index + 1}`,
    type: index % 4 ? '3P' : '1P',
    publisher: index % 4 ? 'Lindqvist Partners' : 'Microsoft'
}));

const solutions = (name, properties, more) => ({
    component: 'cosellSolutions',
    name,
    shows: 'c-cosell-solutions',
    properties: { catalogue: CATALOGUE, findings: [], ...properties },
    ...more
});

const search = (typed) => async (page) => {
    // The list hangs below the component: without room under it the picture would not have it.
    await page.locator('#place').evaluate((place) => place.style.setProperty('min-height', '24rem'));
    await page.locator('[data-add] button').click();
    await page.getByRole('combobox').fill(typed);
};

/* Contact */

const PEOPLE = [
    {
        id: CONTACT_ID,
        name: 'Ada Okafor',
        role: 'Decision Maker',
        contact: { FirstName: 'Ada', LastName: 'Okafor', Email: 'ada@alder.example', Phone: '+49 40 1234567' }
    },
    { id: OTHER_CONTACT_ID, name: 'Ben Sommer', role: '', contact: { FirstName: 'Ben', LastName: 'Sommer' } }
];

const contact = (name, properties, more) => ({
    component: 'cosellContact',
    name,
    shows: 'c-cosell-contact',
    properties: { contacts: PEOPLE, findings: [], ...properties },
    org: org(),
    ...more
});

/* Preview */

const REFERRAL = {
    name: 'Alder warehouse modernisation',
    customerProfile: {
        name: 'Alder Logistik GmbH',
        address: { addressLine1: 'Hafenstraße 12', addressLine2: '', city: 'Hamburg', state: 'HH', postalCode: '20457', country: 'DE' },
        team: [{ firstName: 'Ada', lastName: 'Okafor', email: 'ada@alder.example', phoneNumber: '+49 40 1234567' }]
    },
    details: {
        notes: 'Moves its warehouse management to Azure.',
        dealValue: 92000,
        currency: 'EUR',
        closingDateTime: '2099-03-31T00:00:00Z',
        requirements: { solutions: [{ id: 'SOL-20417-KXD', name: 'Warehouse Insight', publisherName: 'Lindqvist Partners' }] }
    },
    team: [{ firstName: 'Jo', lastName: 'Lindqvist', email: 'jo.lindqvist@partner.example', phoneNumber: '+46 8 555 0100' }],
    inviteContext: { assistanceRequestCode: 'Unknown' }
};
const MICROSOFT = { ...REFERRAL, inviteContext: { assistanceRequestCode: 'ProofOfConceptOrDemo', notes: REFERRAL.details.notes } };
const CHANGES = [
    { field: 'amount', path: '/details/dealValue', before: '84000', after: '92000' },
    { field: 'closeDate', path: '/details/closingDateTime', before: '2099-01-31', after: '2099-03-31' },
    { field: 'solutions', path: '/details/requirements/solutions', before: 'SOL-30518-LYE', after: 'SOL-20417-KXD' }
];

const preview = (name, properties) => ({
    component: 'cosellPreview',
    name,
    shows: 'dl',
    properties: { preview: { dealType: 'coSell', referral: REFERRAL, microsoft: MICROSOFT, ...properties.preview }, kept: properties.kept },
    act: (page) => page.getByRole('button').first().click()
});

/* Timeline */

const entry = (key, at, side, kind, text) => ({ key, at, side, kind, text });

const SENT = { en: 'Sent to Partner Center: deal value.', fr: 'Envoyé à l’Espace partenaires\u00a0: montant.' };

const TRAIL = [
    entry('9', '2026-11-25T09:12:00Z', 'microsoft', 'answered', {
        en: 'Microsoft accepted the deal.',
        fr: 'Microsoft a accepté l’affaire.'
    }),
    entry('8', '2026-11-24T16:40:00Z', 'cosell', 'merged', {
        en: 'Changed on both sides: deal value. Salesforce’s 92,000 stands; Partner Center had 70,000.',
        fr: 'Modifié des deux côtés\u00a0: montant. La valeur de Salesforce (92 000) est retenue\u00a0; l’Espace partenaires avait 70 000.'
    }),
    entry('7', '2026-11-24T16:40:00Z', 'you', 'sent', SENT),
    entry('6', '2026-11-24T08:03:00Z', 'partnerCenter', 'received', {
        en: 'Received from Partner Center: close date.',
        fr: 'Reçu de l’Espace partenaires\u00a0: date de clôture.'
    }),
    entry('5', '2026-11-23T17:20:00Z', 'cosell', 'trouble', {
        en: 'Partner Center can’t be reached. We try again by ourselves.',
        fr: 'L’Espace partenaires est injoignable. Un nouvel essai suit automatiquement.'
    }),
    entry('4', '2026-11-22T14:01:00Z', 'you', 'asked', {
        en: 'Asked Microsoft for help: proof of concept / demo. Waiting for an answer.',
        fr: 'Aide demandée à Microsoft\u00a0: preuve de concept / démo. En attente d’une réponse.'
    }),
    entry('3', '2026-11-22T14:01:00Z', 'you', 'shared', {
        en: 'Shared with Microsoft as co-sell.',
        fr: 'Partagée avec Microsoft en co-vente.'
    }),
    entry('2', null, null, null, '11/02/2026: Deal 4711 prepared by another tool\nResult: stored')
];
const MANY = Array.from({ length: 23 }, (_, index) => entry(`${index}`, '2026-11-22T14:01:00Z', 'you', 'sent', SENT));

const timeline = (name, entries) => ({ component: 'cosellTimeline', name, shows: 'li', properties: { entries } });

export default [
    findings('grouped', { properties: { findings: FINDINGS, beside: { contact: [CONTACT], solutions: [SOLUTIONS] } } }),
    findings('a-choice', { properties: { findings: [KOREA] } }),
    findings('being-completed', { properties: { findings: [POSTAL_CODE] }, act: press(/Compl[eé]te/), shows: 'c-cosell-editor' }),
    findings('not-the-seller-s', {
        properties: { findings: FINDINGS },
        org: org(access({ mayEdit: false })),
        shows: '[data-obstacle]'
    }),
    findings('a-locked-field', {
        properties: { findings: [COUNTRY] },
        org: org(access({ lockedFields: ['BillingCountry'] })),
        shows: '[data-obstacle]'
    }),
    findings('only-looking', { properties: { findings: FINDINGS, readOnly: true } }),
    solutions('none', { findings: [SOLUTIONS] }),
    solutions('two', { solutions: ON_DEAL }),
    solutions('only-looking', { solutions: ON_DEAL, readOnly: true }),
    solutions('searching', { solutions: ON_DEAL }, { act: search('dock'), shows: '[role="option"]' }),
    solutions('searching-a-long-list', { catalogue: LONG }, { act: search('insight'), shows: '[role="option"]' }),
    solutions('nothing-found', {}, { act: search('zebra'), shows: '.slds-is-open' }),
    solutions('no-catalogue', { catalogue: null, catalogueFailed: true }, { act: press(/Add|Ajouter/), shows: '[data-picker]' }),
    contact('complete', {}),
    contact('incomplete', { chosen: OTHER_CONTACT_ID, needed: true }),
    contact('being-edited', { needed: true }, { act: (page) => page.locator('[data-edit] button').click(), shows: 'c-cosell-editor' }),
    contact('not-the-seller-s', {}, { org: org(access({ mayEdit: false })) }),
    contact('nobody', { contacts: [] }),
    preview('before-sharing', {}),
    preview('private', { preview: { dealType: 'private', microsoft: null } }),
    preview('changes', { kept: true, preview: { changes: CHANGES } }),
    preview('no-changes', { kept: true, preview: { changes: [] } }),
    timeline('every-side', TRAIL),
    timeline('long', MANY)
];
