/**
 * The document for Partner Center as sections of label and value, in words: no codes, no field names of the API.
 * What is empty is left out. Pure; the component only lays out what comes from here.
 */
import { HELP_LABELS, LABELS } from 'c/cosellLabels';
import { countryName, date, fill, money } from 'c/cosellFormat';

/** Names of what a sync can change, by the name that the rules use; other names are fields that an admin mapped. */
const CHANGED = {
    amount: LABELS.fieldAmount,
    currency: LABELS.fieldCurrency,
    closeDate: LABELS.fieldCloseDate,
    notes: LABELS.fieldNotes,
    stage: LABELS.fieldStage,
    contact: LABELS.previewContact,
    solutions: LABELS.solutions,
    team: LABELS.previewTeam,
    visibility: LABELS.visible
};

/** What no seller knows of, such as an identifier. */
const UNNAMED = 'referral';

/** Who will see it, in one sentence, for each kind of deal. */
export function audienceOf({ dealType, microsoft }) {
    switch (dealType) {
        case 'coSell': {
            const help = microsoft?.inviteContext?.assistanceRequestCode;
            return fill(LABELS.audienceCoSell, HELP_LABELS[help] ?? LABELS.helpUnnamed);
        }
        case 'partnerLed':
            return LABELS.audienceVisible;
        default:
            return LABELS.audiencePrivate;
    }
}

/** `[{ key, heading, rows: [{ key, label, lines: [{ key, text }] }] }]` */
export function sectionsOf({ referral, microsoft }) {
    const { details = {}, customerProfile: customer = {}, team = [], inviteContext = {} } = microsoft ?? referral ?? {};
    return [
        section(LABELS.previewDeal, [
            row(LABELS.previewName, [referral?.name]),
            row(LABELS.fieldAmount, [money(details.dealValue, details.currency)]),
            row(LABELS.fieldCloseDate, [date(details.closingDateTime)]),
            row(LABELS.fieldNotes, (details.notes ?? '').split('\n')),
            row(LABELS.solutions, solutionLines(details.requirements?.solutions)),
            row(LABELS.previewToMicrosoft, [inviteContext.notes === details.notes ? '' : inviteContext.notes])
        ]),
        section(LABELS.previewCustomer, [
            row(LABELS.fieldCompany, [customer.name]),
            row(LABELS.previewAddress, addressLines(customer.address)),
            row(LABELS.previewContact, (customer.team ?? []).flatMap(personLines))
        ]),
        section(LABELS.previewTeam, [row(LABELS.previewPeople, team.flatMap(personLines))])
    ].filter(({ rows }) => rows.length);
}

/** The values that the next sync would change, in the same form; none where Partner Center's are not known or are the same. */
export function changesOf({ changes = [], referral }) {
    const solutions = new Map(referral?.details?.requirements?.solutions?.map(({ id, name }) => [id, name]));
    const shown = (field, text) => (text ? inWords(field, text, solutions) : '–');
    const rows = changes
        .filter(({ field }) => field !== UNNAMED)
        .map(({ field, path, before, after }) => ({
            ...row(CHANGED[field] ?? field, [
                fill(LABELS.previewHeld, shown(field, before)),
                fill(LABELS.previewThen, shown(field, after))
            ]),
            key: path
        }));
    return rows.length ? [section(LABELS.previewChanges, rows)] : [];
}

/** A value of Partner Center's as people write it; the items of a set come line by line. */
function inWords(field, text, solutions) {
    switch (field) {
        case 'amount':
            return money(text);
        case 'closeDate':
            return date(text);
        case 'visibility':
            return text === 'true' ? LABELS.syncOn : LABELS.syncOff;
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

function solutionLines(solutions = []) {
    return solutions.map(({ name, publisherName }) => (publisherName ? fill(LABELS.solutionOf, name, publisherName) : name));
}

function addressLines(address = {}) {
    const town = [address.postalCode, address.city].filter(Boolean).join(' ');
    const place = [town, address.state].filter(Boolean).join(', ');
    return [address.addressLine1, address.addressLine2, place, countryName(address.country)];
}

function personLines({ firstName, lastName, email, phoneNumber }) {
    return [[firstName, lastName].filter(Boolean).join(' '), email, phoneNumber];
}
