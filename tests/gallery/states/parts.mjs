// Parts of the panel that it does not show by itself in some state of its own.
const NOTICE = {
    heading: { en: 'Not sent', fr: 'Non envoyé' },
    body: { en: 'The server did not answer in time.', fr: 'Le serveur n’a pas répondu à temps.' },
    hint: { en: 'Trying again never shares twice.', fr: 'Réessayer ne partage jamais deux fois.' },
    actionLabel: { en: 'Try again', fr: 'Réessayer' }
};

const notice = (variant) => ({
    component: 'cosellNotice',
    name: variant,
    properties: { ...NOTICE, variant },
    shows: 'c-cosell-notice lightning-button'
});

const REFERRAL = {
    referralId: '7c1e5b9e-28a4-4c0e-9d0d-0f5d0e1f8a11',
    engagementId: 'b3a1f0de-7f6f-4fd2-b1aa-59f1a8d0c3b7',
    crmId: '7-3XK9PLQ2M',
    seller: 'Kim Ng, kim.ng@microsoft.example',
    link: 'https://partner.microsoft.com/dashboard/referrals/v2/inbox?id=7c1e5b9e'
};

export default [
    ...['info', 'warning', 'error'].map(notice),
    { component: 'cosellReferral', name: 'whole', properties: { referral: REFERRAL }, shows: 'dl' },
    { component: 'cosellReferral', name: 'new', properties: { referral: { referralId: REFERRAL.referralId } }, shows: 'dl' }
];
