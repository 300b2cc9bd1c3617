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

const edit = (object, recordId, fields, label = 'Complete') => ({ kind: 'edit', object, recordId, fields, label });

const COUNTRY = finding('country', 'block', 'account.country', '“Deutschland” is not a country code: Microsoft expects DE for Germany.', {
    kind: 'set',
    object: 'Account',
    recordId: ACCOUNT_ID,
    values: { BillingCountry: 'DE' },
    label: 'Use DE (Germany)'
});
const KOREA = finding(
    'korea',
    'block',
    'account.country',
    '“Korea” can mean several countries. Choose KR (South Korea) or KP (North Korea).',
    {
        kind: 'choose',
        object: 'Account',
        recordId: ACCOUNT_ID,
        field: 'BillingCountry',
        options: [
            { value: 'KR', label: 'South Korea (KR)' },
            { value: 'KP', label: 'North Korea (KP)' }
        ],
        label: 'Choose'
    }
);
const POSTAL_CODE = finding(
    'postal-code',
    'warn',
    'account.postalCode',
    'A postal code helps Microsoft find the customer.',
    edit('Account', ACCOUNT_ID, ['BillingPostalCode'])
);
const CLOSE_DATE = finding(
    'close-date',
    'warn',
    'closeDate',
    'The close date, January 5, 2026, has passed. A date ahead tells Microsoft that the deal is alive.',
    edit('Opportunity', OPPORTUNITY_ID, ['CloseDate'], 'Change')
);
const CONTACT = finding(
    'contact',
    'block',
    'contact',
    'Missing for Ada Okafor: e-mail and phone. Microsoft will call or write.',
    edit('Contact', CONTACT_ID, ['Email', 'Phone'])
);
const SOLUTIONS = finding(
    'solutions',
    'block',
    'solutions',
    'Add at least one solution: one that is co-sell ready, or one of Microsoft’s own.',
    {
        kind: 'add',
        what: 'solution',
        label: 'Add a solution'
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

const TRAIL = [
    entry('9', '2026-11-25T09:12:00Z', 'microsoft', 'answered', 'Microsoft accepted the deal.'),
    entry(
        '8',
        '2026-11-24T16:40:00Z',
        'cosell',
        'merged',
        'Changed on both sides: deal value. Salesforce’s 92,000 stands; Partner Center had 70,000.'
    ),
    entry('7', '2026-11-24T16:40:00Z', 'you', 'sent', 'Sent to Partner Center: deal value.'),
    entry('6', '2026-11-24T08:03:00Z', 'partnerCenter', 'received', 'Received from Partner Center: close date.'),
    entry('5', '2026-11-23T17:20:00Z', 'cosell', 'trouble', 'Partner Center can’t be reached. We try again by ourselves.'),
    entry('4', '2026-11-22T14:01:00Z', 'you', 'asked', 'Asked Microsoft for help: proof of concept / demo. Waiting for an answer.'),
    entry('3', '2026-11-22T14:01:00Z', 'you', 'shared', 'Shared with Microsoft as co-sell.'),
    entry('2', null, null, null, '11/02/2026: Deal 4711 prepared by another tool\nResult: stored')
];
const MANY = Array.from({ length: 23 }, (_, index) =>
    entry(`${index}`, '2026-11-22T14:01:00Z', 'you', 'sent', 'Sent to Partner Center: deal value.')
);

const timeline = (name, entries) => ({ component: 'cosellTimeline', name, shows: 'li', properties: { entries } });

export default [
    findings('grouped', { properties: { findings: FINDINGS, beside: { contact: [CONTACT], solutions: [SOLUTIONS] } } }),
    findings('a-choice', { properties: { findings: [KOREA] } }),
    findings('being-completed', { properties: { findings: [POSTAL_CODE] }, act: press(/Complete/), shows: 'c-cosell-editor' }),
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
