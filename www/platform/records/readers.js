// Who reads which record: the wires of the page. Fetches what a wire asks for, and gives it a new record whenever one of the records
// it is made of has changed, whoever changed it.
import { call } from '../http.js';
import { fieldNames } from './fields.js';
import { snapshot, take } from './store.js';

export const api = '/services/data/v66.0/ui-api/records';

const readers = new Set();
const listeners = new Set();

/** The wire adapter `getRecord`. */
export class RecordReader {
    constructor(emit) {
        this.give = emit;
        this.names = { required: [], optional: [] };
        emit({ data: undefined, error: undefined });
    }

    connect() {
        readers.add(this);
        if (this.id) this.read();
    }

    disconnect() {
        readers.delete(this);
    }

    update({ recordId, fields, optionalFields }) {
        const names = { required: fieldNames(fields), optional: fieldNames(optionalFields) };
        if (!recordId || names.required.length + names.optional.length === 0) return;
        const asked = JSON.stringify([recordId, names]);
        if (asked === this.asked) return;
        Object.assign(this, { id: recordId, names, asked, last: undefined });
        this.read();
    }

    get all() {
        return [...this.names.required, ...this.names.optional];
    }

    async read() {
        if (snapshot(this.id, this.all).missing.length === 0) return this.offer();
        const asked = this.asked;
        try {
            share(take(await fetchRecord(this.id, this.names.required, this.names.optional)));
            if (asked === this.asked) this.offer();
        } catch (error) {
            if (asked === this.asked) this.fail(error);
        }
        return undefined;
    }

    /** Gives the record as the store has it now, unless it is the one given last. */
    offer() {
        const { record, parts } = snapshot(this.id, this.all);
        this.parts = parts;
        const content = contentOf(record);
        if (content === this.last) return;
        this.last = content;
        this.give({ data: record, error: undefined });
    }

    fail(error) {
        this.last = undefined;
        this.give({ data: undefined, error });
    }

    concerns(ids) {
        return this.parts !== undefined && [...this.parts].some((id) => ids.has(id));
    }
}

/** A record as text, without the tags, which change with the fields that were asked for. */
const contentOf = (record) => JSON.stringify(record, (key, value) => (key === 'eTag' ? undefined : value));

/** @returns {Promise<object>} the record in the UI API's form; throws a FetchResponse */
export function fetchRecord(id, required, optional) {
    const query = new URLSearchParams();
    if (required.length) query.set('fields', required.join(','));
    if (optional.length) query.set('optionalFields', optional.join(','));
    return call('GET', `${api}/${id}?${query}`);
}

/** Gives the readers of these records their new state. */
export function share(ids) {
    if (ids.size === 0) return;
    for (const reader of readers) if (reader.concerns(ids)) reader.offer();
}

/** Asks the org again for these records, and for those that contain them, with every field that is being read. */
export async function refresh(ids) {
    const wanted = new Map();
    for (const reader of readers) {
        if (!reader.concerns(ids) && !ids.has(reader.id)) continue;
        const names = wanted.get(reader.id) ?? new Set();
        reader.all.forEach((name) => names.add(name));
        wanted.set(reader.id, names);
    }
    await Promise.all(
        [...wanted].map(async ([id, names]) => {
            try {
                share(take(await fetchRecord(id, [], [...names])));
            } catch (error) {
                for (const reader of readers) if (reader.id === id) reader.fail(error);
            }
        })
    );
}

/** For lists beside the record, which the platform refreshes too: told of each record that is written, with the object's name. */
export function onWrite(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

export function announce(write) {
    for (const listener of listeners) listener(write);
}
