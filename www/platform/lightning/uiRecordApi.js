// `lightning/uiRecordApi`, as far as a record page needs it: reads and writes of single records through the UI API.
import { call, deepFreeze } from '../http.js';
import { fieldNode } from '../records/fields.js';
import { RecordReader, announce, api, refresh, share } from '../records/readers.js';
import { forget, take } from '../records/store.js';

export { RecordReader as getRecord };

/** The value of a field of a record; `undefined` when the record was read without it. A relationship gives the record it leads to. */
export function getFieldValue(record, field) {
    return fieldNode(record, field)?.value;
}

/** The value as it is shown to people in the page's language; `null` where the platform shows the plain value. */
export function getFieldDisplayValue(record, field) {
    return fieldNode(record, field)?.displayValue;
}

/**
 * @param {{ fields: { Id: string } }} input
 * @param {{ ifUnmodifiedSince?: string }} [options] the `lastModifiedDate` the change was made on; refused with 412 when it is older
 */
export async function updateRecord(input, options = {}) {
    const { Id: id, ...fields } = { ...input.fields };
    const headers = options.ifUnmodifiedSince ? { 'if-unmodified-since': options.ifUnmodifiedSince } : {};
    const record = await call('PATCH', `${api}/${id}`, { body: { fields }, headers });
    share(take(record));
    await refresh(new Set([id]));
    announce({ kind: 'update', apiName: record.apiName, id });
    return deepFreeze(record);
}

/** @param {{ apiName: string, fields: Record<string, unknown> }} input */
export async function createRecord(input) {
    const record = await call('POST', api, { body: { apiName: input.apiName, fields: { ...input.fields } } });
    take(record);
    announce({ kind: 'create', apiName: record.apiName, id: record.id });
    return deepFreeze(record);
}

export async function deleteRecord(id) {
    await call('DELETE', `${api}/${id}`);
    forget(id);
    announce({ kind: 'delete', id });
}

/** Tells the page that records were changed on the server, by Apex or by somebody else. */
export async function notifyRecordUpdateAvailable(items) {
    const ids = [...items].map(({ recordId }) => recordId);
    await refresh(new Set(ids));
    for (const id of ids) announce({ kind: 'update', id });
}
