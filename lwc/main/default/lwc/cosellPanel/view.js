/**
 * What the form, the preview and the timeline are given: what the record and the edits hold, as they take it. Decides nothing.
 */
import { FIELD_LABELS, LABELS } from 'c/cosellLabels';
import { fill, listed } from 'c/cosellFormat';
import * as model from 'c/cosellRecord';
import { locksOf } from './sending';

/** @returns `{ values, locks, contacts, solutions, audit, mapped, unsaved }`; `unsaved` names the edits in a sentence, empty without any */
export function viewOf({ record, draft, link, settings }) {
    const mapped = model.mappedFields(settings);
    const names = Object.keys(draft).map((name) => FIELD_LABELS[name] ?? FIELD_LABELS[mapped[name]] ?? name);
    return {
        values: model.choicesOf(record, draft),
        locks: locksOf(record, draft, link),
        contacts: model.contactsOf(record),
        solutions: model.solutionsOf(record),
        audit: model.auditOf(record),
        mapped,
        unsaved: names.length ? fill(LABELS.unsaved, listed(names)) : ''
    };
}
