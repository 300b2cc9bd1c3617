/**
 * Records, settings and facts as rows of text, kept apart by ASCII's own separators: what the rules module reads.
 * Only the columns that the module asks for are sent, without their names. Knows no field.
 */
const FILE = '\u001c';
const GROUP = '\u001d';
const RECORD = '\u001e';
const UNIT = '\u001f';
const ABSENT = '\0';

/** What a value must not hold: it would end a cell. Nobody can see these characters, so nobody misses them. */
// eslint-disable-next-line no-control-regex
const SEPARATOR = /[\0\u001c-\u001f]/;
const SEPARATORS = new RegExp(SEPARATOR, 'g');

function at(record, path) {
    let here = record;
    for (const part of path) {
        here = here?.[part];
    }
    return here;
}

function clean(text) {
    return text.replace(SEPARATORS, ' ');
}

/** A field that the record lacks is absent; one without a value is blank. */
function cell(value) {
    switch (typeof value) {
        case 'string':
            return clean(value);
        case 'undefined':
            return ABSENT;
        case 'object':
            return '';
        default:
            return String(value);
    }
}

/** Like `cell` for each; but one look at all texts is quicker than one at each, and nearly always enough. */
function row(record, paths) {
    let cells = '';
    let texts = '';
    for (const path of paths) {
        const value = at(record, path);
        cells += UNIT;
        if (typeof value === 'string') {
            cells += value;
            texts += value;
        } else if (value !== null) {
            cells += cell(value);
        }
    }
    return SEPARATOR.test(texts) ? paths.map((path) => cell(at(record, path))).join(UNIT) : cells.slice(UNIT.length);
}

/** The records of a relationship; none where the answer has no list of them. */
function childrenOf(record, name) {
    const records = record[name]?.records;
    return Array.isArray(records) ? records : [];
}

/** The columns that the module asks for: `{ own, children }`. */
export function readColumns(text) {
    const [own, ...children] = text.split(GROUP).map((table) => table.split(UNIT));
    const path = (column) => column.split('.');
    return { own: own.map(path), children: children.map(([name, ...columns]) => ({ name, paths: columns.map(path) })) };
}

/** One record. */
export function encodeRecord(columns, record) {
    let text = row(record, columns.own);
    for (const { name, paths } of columns.children) {
        text +=
            GROUP +
            childrenOf(record, name)
                .map((child) => row(child, paths))
                .join(RECORD);
    }
    return text;
}

/** A request: the facts, then records that are encoded already. Never empty, since what is empty did not arrive. */
export function encodeRequest(facts, records) {
    return [encodePairs(facts), ...records].join(FILE) || FILE;
}

/** Names and values: lists line by line, maps as lines `key|value`. Those without a value are left out; a blank text is one. */
export function encodePairs(pairs) {
    return Object.entries(pairs)
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => name + UNIT + clean(lines(value)))
        .join(RECORD);
}

function lines(value) {
    if (Array.isArray(value)) {
        return value.join('\n');
    }
    if (typeof value === 'object') {
        return lines(Object.entries(value).map((entry) => entry.join('|')));
    }
    return String(value);
}
