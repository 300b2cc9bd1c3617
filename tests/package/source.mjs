/** Reads the Salesforce package from its source files. Knows where things lie; judges nothing. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const MAIN = join(ROOT, 'lwc/main/default');
export const DEFAULTS = join(ROOT, 'lwc/defaults/main/default');
export const TRANSLATIONS = join(ROOT, 'lwc/translations/main/default');

/** Elements that may repeat, as lists even when there is one. */
const REPEATED = new Set([
    'actionOverrides',
    'applicationVisibilities',
    'classAccesses',
    'customApplications',
    'customLabels',
    'customMetadataTypeAccesses',
    'customPermissions',
    'customTabs',
    'fieldPermissions',
    'labels',
    'objectPermissions',
    'quickActions',
    'tabSettings',
    'picklistValues',
    'value',
    'values'
]);
const parser = new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    parseTagValue: false,
    isArray: (name, path, leaf) => !leaf && REPEATED.has(name)
});

/** All files below a directory. */
export function filesIn(directory) {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
}

export const named = (path) => relative(ROOT, path).split(sep).join('/');
export const textOf = (path) => readFileSync(path, 'utf8');

/** The content of a metadata file: the children of its root element. */
export function metadata(path) {
    return Object.values(parser.parse(textOf(path)))[0] || {};
}

/** Files of one kind: `*.field-meta.xml` of the directory `objects`, say. */
export function components(base, directory, suffix) {
    return filesIn(join(base, directory)).filter((path) => path.endsWith(suffix));
}

export const nameOf = (path, suffix) => basename(path).slice(0, -suffix.length);

/** Our fields: `{ object, name, field }`, from `objects/<object>/fields/<name>.field-meta.xml`. */
export const FIELDS = components(MAIN, 'objects', '.field-meta.xml').map((path) => ({
    path,
    object: basename(dirname(dirname(path))),
    name: nameOf(path, '.field-meta.xml'),
    field: metadata(path)
}));

/** Our objects, by API name. */
export const OBJECTS = new Set(components(MAIN, 'objects', '.object-meta.xml').map((path) => nameOf(path, '.object-meta.xml')));

/** Apex classes: name → source. */
export const CLASSES = new Map(components(MAIN, 'classes', '.cls').map((path) => [nameOf(path, '.cls'), textOf(path)]));

/** Apex triggers: name → source. */
export const TRIGGERS = new Map(components(MAIN, 'triggers', '.trigger').map((path) => [nameOf(path, '.trigger'), textOf(path)]));

/** Lightning web component bundles: the directories below `lwc`. */
// `__tests__` holds what the components' tests share, and is not deployed.
export const BUNDLES = readdirSync(join(MAIN, 'lwc')).filter(
    (name) => name !== '__tests__' && statSync(join(MAIN, 'lwc', name)).isDirectory()
);
