// The records the page knows, each kept once however many components read it: a change to an account is seen by every component
// that reads it, also by way of its opportunities. It must not know how records are fetched, or who reads them.
import { deepFreeze } from '../http.js';

/** How long a record counts as fresh, in milliseconds; Lightning Data Service's is 30 seconds too. */
const freshFor = 30_000;

/** id → { meta, fields: name → { displayValue, value } or { displayValue, reference }, readAt } */
const records = new Map();

/**
 * Takes in a record as the UI API gives it, with those inside of it.
 * @returns {Set<string>} ids of the records that have changed
 */
export function take(representation, changed = new Set()) {
    const { fields, ...meta } = representation;
    const known = records.get(meta.id);
    // An answer that was overtaken by a newer one may only add what is not known yet.
    const overtaken = known !== undefined && meta.weakEtag < known.meta.weakEtag;
    const record = { meta: overtaken ? known.meta : { ...known?.meta, ...meta }, fields: { ...known?.fields }, readAt: Date.now() };
    for (const [name, node] of Object.entries(fields)) {
        if (overtaken && name in record.fields) continue;
        record.fields[name] = taken(node, changed);
    }
    if (!known || !same(known, record)) changed.add(meta.id);
    records.set(meta.id, record);
    return changed;
}

function taken(node, changed) {
    const inner = node.value;
    if (inner === null || typeof inner !== 'object' || !inner.fields) return { displayValue: node.displayValue, value: inner };
    if (!inner.id) return { displayValue: node.displayValue, value: inner };
    take(inner, changed);
    return { displayValue: node.displayValue, reference: inner.id };
}

const same = (one, other) => JSON.stringify(one.fields) === JSON.stringify(other.fields) && one.meta.weakEtag === other.meta.weakEtag;

export function forget(id) {
    records.delete(id);
}

/**
 * A record with the fields asked for, read-only, in the UI API's form; and the ids of the records it is made of.
 * Fields the store does not know are left out and named in `missing`.
 */
export function snapshot(id, names) {
    const parts = new Set();
    const missing = [];
    const build = (recordId, paths) => {
        parts.add(recordId);
        const known = records.get(recordId);
        if (!known || Date.now() - known.readAt > freshFor) missing.push(recordId);
        if (!known) return null;
        const fields = {};
        for (const [name, rest] of grouped(paths)) {
            const node = known.fields[name];
            if (node === undefined) missing.push(name);
            else fields[name] = node.reference ? { displayValue: node.displayValue, value: build(node.reference, rest) } : { ...node };
        }
        return { ...known.meta, fields };
    };
    const record = build(
        id,
        names.map((name) => name.split('.').slice(1))
    );
    return { record: deepFreeze(record), parts, missing };
}

function grouped(paths) {
    const groups = new Map();
    for (const [name, ...rest] of paths) {
        const group = groups.get(name) ?? [];
        if (rest.length) group.push(rest);
        groups.set(name, group);
    }
    return groups;
}
