/**
 * Every field that the package names outside of Apex's own types: in permission sets, layouts, lists, pages, components, and in SOQL,
 * which apex-ls does not look into. Judges nothing: `probe` writes them down as Apex, for apex-ls to say which of them are not there.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { filesIn } from '../package/source.mjs';

/** Which text of which files names fields, and of which object. */
const PLACES = [
    { files: /\.permissionset-meta\.xml$/, fields: /<field>(\w+)\.(\w+)<\/field>/g, read: ([, object, field]) => ({ object, field }) },
    {
        files: /\.(layout|compactLayout|listView|fieldSet|quickAction)-meta\.xml$/,
        // Standard columns of list views and related lists are named in a way of their own: OPPORTUNITY.NAME.
        fields: /<(?:field|fields|columns|multilineLayoutFields)>(\w+)<\/(?:field|fields|columns|multilineLayoutFields)>/g,
        read: ([, field], path) => ({ object: objectOf(path), field })
    },
    {
        files: /\.flexipage-meta\.xml$/,
        fields: /<fieldItem>Record\.(\w+)<\/fieldItem>/g,
        read: ([, field], path) => ({ object: pageObject(path), field })
    },
    {
        files: /\.js$/,
        fields: /(?:@salesforce\/schema\/|')(Opportunity|Account|Lead|Contact|Microsoft_Solution__c)\.(\w+)'/g,
        read: ([, object, field]) => ({ object, field })
    },
    { files: /\.(cls|trigger)$/, fields: /\[\s*(SELECT\b[^\]]*\bFROM\s+\w+[^\]]*)\]/g, read: ([, query]) => queried(query) }
];

/** `layouts/Opportunity-Cosell.layout` and `objects/Opportunity/listViews/…` both say whose they are. */
function objectOf(path) {
    return /objects[\\/](\w+)[\\/]/.exec(path)?.[1] ?? /^(\w+?)[-.]/.exec(basename(path))?.[1];
}

function pageObject(path) {
    return /<sobjectType>(\w+)</.exec(readFileSync(path, 'utf8'))?.[1];
}

/** The fields of one object in a query; what lies behind a lookup, in a query of its own or in a bound value is left to the org. */
function queried(query) {
    const [, selected, object, rest] = /^SELECT\s+([^()]*?)\s+FROM\s+(\w+)([\s\S]*)$/.exec(query) ?? [];
    const names = selected?.split(/\s*,\s*/).filter((name) => /^\w+$/.test(name)) ?? [];
    const compared = [...(rest ?? '').replace(/\([^()]*\)/g, '').matchAll(/(?<![.:\w])(\w+)\s*(?:=|!=|IN\b|LIKE\b|<|>)/g)].map(
        ([, name]) => name
    );
    return [...names, ...compared.filter((name) => name.toUpperCase() !== 'NOT')].map((field) => ({ object, field }));
}

/** `Object.Field` → the file that names it first. */
export function fieldsNamed(directory) {
    const named = new Map();
    for (const path of filesIn(directory)) {
        for (const { fields, read } of PLACES.filter(({ files }) => files.test(path))) {
            for (const match of readFileSync(path, 'utf8').matchAll(fields)) {
                for (const { object, field } of [read(match, path)].flat()) {
                    if (object && !named.has(`${object}.${field}`)) named.set(`${object}.${field}`, basename(path));
                }
            }
        }
    }
    return named;
}

/** A class with one line for each field. */
export function probe(fields) {
    const lines = fields.map((name) => name.split('.')).map(([object, field]) => `        row = new ${object}(${field} = null);`);
    return ['public class Probe {', '    private static void look() {', '        SObject row;', ...lines, '    }', '}', ''].join('\n');
}
