/**
 * Whether a fix may be made by whoever reads, and else who can help, in words. Pure.
 */
import { FIELD_LABELS, LABELS } from 'c/cosellLabels';
import { fill, listed } from 'c/cosellFormat';

const RECORDS = { Account: LABELS.thisAccount, Contact: LABELS.thisContact, Opportunity: LABELS.thisOpportunity };

/** The fields that a fix writes, by API name. */
export function fieldsOf(fix) {
    switch (fix?.kind) {
        case 'set':
            return Object.keys(fix.values);
        case 'choose':
            return [fix.field];
        case 'edit':
            return fix.fields;
        default:
            return [];
    }
}

/** What a seller calls a field; an admin's own takes the name of the field whose place it has. */
export function nameOf(field, mapped, fallback = field) {
    return FIELD_LABELS[field] ?? FIELD_LABELS[mapped[field]] ?? fallback;
}

/**
 * Why the fix can't be made, and who can help; empty where it can, or where nobody has said yet.
 * @param {object} fix as the rules gave it
 * @param {{ mayEdit: boolean, owner?: string, lockedFields: string[] }} [access] what Salesforce says of the record and these fields
 * @param {object} mapped fields that an admin mapped
 */
export function obstacleOf(fix, access, mapped) {
    if (access && !access.mayEdit) {
        const record = RECORDS[fix.object];
        return access.owner ? fill(LABELS.accessOwner, record, access.owner) : fill(LABELS.accessRecord, record);
    }
    const locked = fieldsOf(fix).filter((name) => access?.lockedFields.includes(name));
    return locked.length ? fill(LABELS.accessFields, listed(locked.map((name) => nameOf(name, mapped)))) : '';
}
