// Names of fields as components give them (`Opportunity.Account.Name`, or an import of `@salesforce/schema`), and reading them from a record.

/** The name of a field with its object: `Opportunity.Account.Name`. */
export function fieldName(field) {
    return typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;
}

/** One field or several, as names in one order without repetition. */
export function fieldNames(fields) {
    if (fields === undefined || fields === null) return [];
    const list = typeof fields === 'string' || !(Symbol.iterator in Object(fields)) ? [fields] : [...fields];
    return [...new Set(list.map(fieldName))].sort();
}

/** The node `{ value, displayValue }` a field has in a record, `undefined` when the record was read without it. */
export function fieldNode(record, field) {
    const path = fieldName(field).split('.').slice(1);
    let node = { value: record };
    for (const name of path) {
        const parent = node.value;
        if (parent === null) return { value: null, displayValue: null };
        node = parent?.fields?.[name];
        if (node === undefined) return undefined;
    }
    return node;
}
