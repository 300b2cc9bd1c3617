/**
 * The document for Partner Center as sections of label and value, in words: no codes, no field names of the API.
 * What is empty is left out. Pure; the component only lays out what comes from here.
 */
import { HELP_LABELS, LABELS } from 'c/cosellLabels';
import { countryName, date, fill, money } from 'c/cosellFormat';

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
