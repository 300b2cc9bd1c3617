/**
 * The document for Partner Center as sections of label and value, in words where there are any. All that is sent is in one of them; what
 * is empty is left out. Pure; the component only lays out what comes from here.
 */
import { HELP_LABELS, LABELS } from 'c/cosellLabels';
import { PREVIEW_LABELS } from 'c/cosellPreviewLabels';
import { countryName, date, fill, money } from 'c/cosellFormat';
import { restOf } from './rest';

/** Names of what a sync can change, by the name that the rules use; other names are fields that an admin mapped. */
const CHANGED = {
    amount: LABELS.fieldAmount,
    currency: LABELS.fieldCurrency,
    closeDate: LABELS.fieldCloseDate,
    notes: LABELS.fieldNotes,
    stage: LABELS.fieldStage,
    contact: PREVIEW_LABELS.previewContact,
    solutions: LABELS.solutions,
    team: PREVIEW_LABELS.previewTeam,
    visibility: LABELS.visible
};

/** What no seller knows of, such as an identifier. */
const UNNAMED = 'referral';

/** Who will see it, in one sentence, for each kind of deal. */
export function audienceOf({ dealType, microsoft }) {
    switch (dealType) {
        case 'coSell': {
            const help = microsoft?.inviteContext?.assistanceRequestCode;
            return fill(PREVIEW_LABELS.audienceCoSell, HELP_LABELS[help] ?? LABELS.helpUnnamed);
        }
        case 'partnerLed':
            return PREVIEW_LABELS.audienceVisible;
        default:
            return PREVIEW_LABELS.audiencePrivate;
    }
}

/** What Microsoft's codes of types say (Microsoft Learn, "Create a referral"). */
const TYPES = { '1P': LABELS.solutionMicrosoft, '3P': LABELS.solutionPartner, Assessment: LABELS.solutionAssessment };

/** What a deal may be asked for by its programme, by the type of the attribute. */
const ATTRIBUTES = {
    CustomerMarketplaceIntent: PREVIEW_LABELS.previewIntent,
    PartnerRole: PREVIEW_LABELS.previewRole,
    SolutionArea: PREVIEW_LABELS.previewArea,
    SolutionPlay: PREVIEW_LABELS.previewPlay
};

/** `[{ key, heading, rows: [{ key, label, lines: [{ key, text }] }] }]` */
export function sectionsOf({ referral, microsoft }) {
    const sent = microsoft ?? referral ?? {};
    const { details = {}, customerProfile: customer = {}, team = [], inviteContext = {}, consent = {} } = sent;
    const { solutions, additionalRequirements } = details.requirements ?? {};
    const help = inviteContext.assistanceRequestCode;
    const { codes, others } = restOf([referral, microsoft]);
    return [
        section(PREVIEW_LABELS.previewDeal, [
            row(PREVIEW_LABELS.previewName, [referral?.name]),
            row(LABELS.fieldAmount, [money(details.dealValue, details.currency)]),
            row(LABELS.fieldCloseDate, [date(details.closingDateTime)]),
            row(LABELS.fieldNotes, (details.notes ?? '').split('\n')),
            row(PREVIEW_LABELS.previewStage, [sent.salesStage]),
            row(LABELS.solutions, (solutions ?? []).flatMap(solutionLines)),
            ...(additionalRequirements?.attributes ?? []).map(({ id, type }) => row(ATTRIBUTES[type] ?? type, [id])),
            row(LABELS.help, [help && (HELP_LABELS[help] ?? LABELS.helpNone)]),
            row(LABELS.visible, [flag(consent.consentToShareReferralWithMicrosoftSellers)]),
            row(PREVIEW_LABELS.previewToMicrosoft, [inviteContext.notes === details.notes ? '' : inviteContext.notes])
        ]),
        section(PREVIEW_LABELS.previewCustomer, [
            row(LABELS.fieldCompany, [customer.name]),
            row(PREVIEW_LABELS.previewAddress, addressLines(customer.address)),
            row(PREVIEW_LABELS.previewContact, (customer.team ?? []).flatMap(personLines)),
            row(LABELS.consent, [flag(consent.consentToToShareInfoWithOthers)]),
            row(PREVIEW_LABELS.previewConsentContact, [flag(consent.consentToContact)])
        ]),
        section(PREVIEW_LABELS.previewTeam, [row(PREVIEW_LABELS.previewPeople, team.flatMap(personLines))]),
        section(PREVIEW_LABELS.previewAlso, [
            row(PREVIEW_LABELS.previewId, [sent.externalReferenceId]),
            ...others.map(({ path, text }) => row(path, [text === 'true' || text === 'false' ? flag(text === 'true') : text])),
            row(PREVIEW_LABELS.previewCodes, codes)
        ])
    ].filter(({ rows }) => rows.length);
}

/**
 * The values that the next sync would change, before and after: `[{ key, label, before, after }]`; null where Partner Center's are not
 * known.
 */
export function changesOf({ changes, referral }) {
    if (!changes) {
        return null;
    }
    const solutions = new Map(referral?.details?.requirements?.solutions?.map(({ id, name }) => [id, name]));
    const currency = referral?.details?.currency;
    const held = changes.find(({ field }) => field === 'currency')?.before ?? currency;
    const shown = (field, text, unit) => (text ? inWords(field, text, { solutions, currency: unit }) : '–');
    return changes
        .filter(({ field }) => field !== UNNAMED)
        .map(({ field, path, before, after }) => ({
            key: path,
            label: CHANGED[field] ?? field,
            before: shown(field, before, held),
            after: shown(field, after, currency)
        }));
}

/** A value of Partner Center's as people write it; the items of a set come line by line. */
function inWords(field, text, { solutions, currency }) {
    switch (field) {
        case 'amount':
            return money(text, currency);
        case 'closeDate':
            return date(text);
        case 'visibility':
            return flag(text === 'true');
        case 'solutions':
            return each(text, (id) => solutions.get(id) ?? id);
        case 'contact':
        case 'team':
            return each(text, (person) => person.split(', ').filter(Boolean).join(', '));
        default:
            return text;
    }
}

function each(lines, words) {
    return lines.split('\n').map(words).join('; ');
}

function section(heading, rows) {
    return { key: heading, heading, rows: rows.filter(({ lines }) => lines.length) };
}

function row(label, texts) {
    const lines = texts.filter((text) => text && text.trim()).map((text, index) => ({ key: `${index}`, text }));
    return { key: label, label, lines };
}

function solutionLines({ id, name, publisherName, solutionType }) {
    const kind = TYPES[solutionType] ?? solutionType;
    return [publisherName ? fill(LABELS.solutionOf, name, publisherName) : name, kind ? fill(LABELS.solutionOf, kind, id) : id];
}

/** Yes or no; blank where nothing is said of it. */
function flag(value) {
    if (value === undefined) {
        return '';
    }
    return value ? PREVIEW_LABELS.previewYes : PREVIEW_LABELS.previewNo;
}

function addressLines(address = {}) {
    const town = [address.postalCode, address.city].filter(Boolean).join(' ');
    const place = [town, address.state].filter(Boolean).join(', ');
    return [address.addressLine1, address.addressLine2, place, countryName(address.country)];
}

function personLines({ firstName, lastName, email, phoneNumber }) {
    return [[firstName, lastName].filter(Boolean).join(' '), email, phoneNumber];
}
