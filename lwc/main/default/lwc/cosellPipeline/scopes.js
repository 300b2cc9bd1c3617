/**
 * What of the pipeline was read: the seller's own opportunities first, and those of others when they are asked for. Pure; who reads and
 * how is decided elsewhere.
 */

/** What is read for a choice of owners. */
const SCOPES = { mine: ['mine'], all: ['mine', 'others'] };

/**
 * What is known: `entries` are `{ record, mine }` of every opportunity that was read, `scopes` those that were read to their end or as far
 * as there was room, `more` whether that left any out.
 */
export const NOTHING_READ = Object.freeze({ entries: [], scopes: [], more: false });

/** The scope to be read next for a choice of owners; undefined when all are. */
export function missingScope({ scopes }, owner) {
    return SCOPES[owner].find((scope) => !scopes.includes(scope));
}

/** What is known with a page of a scope. An opportunity that changed hands meanwhile is in both, and taken once. */
export function withPage({ entries, ...known }, scope, records) {
    const before = new Set(entries.map(({ record }) => record.Id));
    const fresh = records.filter(({ Id: id }) => !before.has(id)).map((record) => ({ record, mine: scope === 'mine' }));
    return { ...known, entries: [...entries, ...fresh] };
}

/** What is known when a scope was read. */
export function withScope(known, scope, more) {
    return { ...known, scopes: [...known.scopes, scope], more: known.more || more };
}

/** What is known with one record in another state. */
export function withRecord({ entries, ...known }, record) {
    return { ...known, entries: entries.map((entry) => (entry.record.Id === record.Id ? { ...entry, record } : entry)) };
}

/** What is known after these were read again: what was not found is gone. */
export function withRecords({ entries, ...known }, ids, records) {
    const found = new Map(records.map((record) => [record.Id, record]));
    const kept = entries.filter(({ record }) => !ids.includes(record.Id) || found.has(record.Id));
    return { ...known, entries: kept.map((entry) => ({ ...entry, record: found.get(entry.record.Id) ?? entry.record })) };
}
