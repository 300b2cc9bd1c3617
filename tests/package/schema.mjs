/**
 * What a metadata file may hold: elements, values and order of repetition, from the types that Salesforce generates from its
 * Metadata API (`@salesforce/types`). Knows no file of ours.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false });

/**
 * What the API's types leave open: the configuration of a component's targets travels as one text, and the value of a custom
 * metadata record is of the type that its field has.
 */
const OPEN = new Set(['LightningComponentBundle.targetConfigs', 'CustomMetadataValue.value']);

/** Type → `{ elements }` of an object, `{ values }` of an enumeration, nothing for what is a text. */
const TYPES = read(
    createRequire(import.meta.url)
        .resolve('@salesforce/types/metadata')
        .replace(/\.js$/, '.d.ts')
);

function read(path) {
    const types = new Map();
    let open;
    for (const line of readFileSync(path, 'utf8').split('\n')) {
        const [, element, optional, type, list] = /^ {4}(\w+)(\??): ([\w ]+)(\[\])?;$/.exec(line) ?? [];
        const [, name, base] = /^export type (\w+) = (?:(\w+) & )?\{$/.exec(line) ?? [];
        const [, enumeration, values] = /^export type (\w+) = ('.*');$/.exec(line) ?? [];
        if (name) types.set(name, (open = { base, elements: new Map() }));
        else if (element) open?.elements.set(element, { type, list: Boolean(list), required: !optional && !list });
        else if (enumeration) types.set(enumeration, { values: values.split(' | ').map((value) => value.slice(1, -1)) });
    }
    return types;
}

/** Elements of a type, those of the types that it extends with them. */
function elementsOf(name) {
    const { base, elements } = TYPES.get(name);
    return base ? new Map([...elementsOf(base), ...elements]) : elements;
}

const wrong = {
    boolean: (text) => !['true', 'false'].includes(text) && `${text} is not true or false`,
    number: (text) => !/^-?\d+(\.\d+)?$/.test(text) && `${text} is not a number`,
    string: () => false
};

function problemsOfValue(value, type, where) {
    if (TYPES.get(type)?.elements) return problemsOfObject(value, type, where);
    // An attribute beside a text: only `xml:space` is ever written, and means nothing here.
    const text = typeof value === 'object' ? value['#text'] : value;
    if (text === undefined) return [`${where}: elements where a ${type} is due`];
    const values = TYPES.get(type)?.values;
    if (values) return values.includes(text) ? [] : [`${where}: ${type} has no value ${text}`];
    const problem = (wrong[type] ?? wrong.string)(text);
    return problem ? [`${where}: ${problem}`] : [];
}

function problemsOfObject(value, type, where) {
    const known = elementsOf(type);
    const found = typeof value === 'object' ? Object.entries(value).filter(([name]) => !name.startsWith('@')) : [];
    const missing = [...known].filter(([name, { required }]) => required && !found.some(([other]) => other === name));
    return [
        ...missing.map(([name]) => `${where}: ${type} needs ${name}`),
        ...found.flatMap(([name, content]) => {
            const element = known.get(name);
            if (!element) return [`${where}: ${type} has no element ${name}`];
            if (OPEN.has(`${type}.${name}`)) return [];
            if (!element.list && Array.isArray(content)) return [`${where}: ${type} has one ${name}, not ${content.length}`];
            return [content].flat().flatMap((item) => problemsOfValue(item, element.type, `${where}/${name}`));
        })
    ];
}

/** What is wrong with a text that should be a metadata file of a type; none when it may be deployed as far as its form goes. */
export function problemsOf(text, type) {
    const wellFormed = XMLValidator.validate(text);
    if (wellFormed !== true) return [`not well-formed: ${wellFormed.err.msg}`];
    if (!TYPES.has(type)) return [`the Metadata API has no type ${type}`];
    const roots = Object.entries(parser.parse(text)).filter(([name]) => !name.startsWith('?'));
    const [[root, content]] = roots;
    if (root !== type) return [`the root is ${root}, not ${type}`];
    if (content?.['@xmlns'] !== NAMESPACE) return [`the namespace is ${content?.['@xmlns']}`];
    return problemsOfObject(content, type, root);
}
