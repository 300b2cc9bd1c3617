/** Each metadata file lies where its type belongs, and holds the elements and values that Salesforce's Metadata API has for it. */
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';
import { RegistryAccess } from '@salesforce/source-deploy-retrieve';
import { problemsOf } from './schema.mjs';
import { filesIn, textOf } from './source.mjs';
import { staged } from './staged.mjs';

const PACKAGE = staged();
const FILES = filesIn(PACKAGE)
    .filter((path) => path.endsWith('-meta.xml'))
    .map((path) => ({ path, place: path.slice(PACKAGE.length + 1).replaceAll('\\', '/') }));
const TYPES = Object.values(new RegistryAccess().getRegistry().types);

/** The type that a file has by the directory below `default` that it lies in and the ending of its name; none when they do not agree. */
function typeOf(place) {
    const [directory] = place.split('/default/')[1].split('/');
    const [, suffix] = /\.(\w+)-meta\.xml$/.exec(basename(place));
    const types = TYPES.filter(({ directoryName }) => directoryName === directory);
    const parts = types.flatMap((type) => Object.values(type.children?.types ?? {}));
    // A component has no ending of its own: its file is named after its script.
    return [...types, ...parts].find((type) => (type.suffix ?? 'js') === suffix)?.name;
}

test('every metadata file is of a type that its name says, and lies in that type’s directory', () => {
    assert.ok(FILES.length > 60, `only ${FILES.length} files were found`);
    assert.deepEqual(
        FILES.filter(({ place }) => !typeOf(place)).map(({ place }) => place),
        []
    );
    for (const astray of ['main/default/fields/Audit__c.field-meta.xml', 'main/default/objects/Lead/Cosell.tab-meta.xml']) {
        assert.equal(typeOf(astray), undefined, astray);
    }
});

test('every metadata file holds the elements and values of its type, and lacks none that it needs', () => {
    const problems = FILES.flatMap(({ path, place }) => problemsOf(textOf(path), typeOf(place)).map((problem) => `${place}: ${problem}`));
    assert.deepEqual(problems, []);
});

const head = '<?xml version="1.0" encoding="UTF-8"?>';
const field = (content) => `${head}<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">${content}</CustomField>`;
const GOOD = '<fullName>Deal__c</fullName><externalId>true</externalId><length>36</length><type>Text</type>';

/** What each kind of mistake is called; the first has none. */
const CASES = [
    { says: 'a whole field', text: field(GOOD), type: 'CustomField', problems: [] },
    { says: 'a file cut short', text: field(GOOD).slice(0, -4), type: 'CustomField', problems: [/not well-formed/] },
    { says: 'another root', text: field(GOOD), type: 'CustomTab', problems: [/the root is CustomField/] },
    { says: 'no namespace', text: `<CustomField>${GOOD}</CustomField>`, type: 'CustomField', problems: [/namespace/] },
    { says: 'an element that is misspelt', text: field(`${GOOD}<lable>Deal</lable>`), type: 'CustomField', problems: [/no element lable/] },
    { says: 'a value that is none of the list', text: field('<type>Txt</type>'), type: 'CustomField', problems: [/no value Txt/] },
    { says: 'a truth that is none', text: field(`${GOOD}<unique>yes</unique>`), type: 'CustomField', problems: [/yes is not true/] },
    {
        says: 'a number that is none',
        text: field('<length>long</length><type>Text</type>'),
        type: 'CustomField',
        problems: [/not a number/]
    },
    { says: 'an element twice', text: field(`${GOOD}<type>Text</type>`), type: 'CustomField', problems: [/one type, not 2/] },
    {
        says: 'an element that is missing, and elements where a text is due, deep inside',
        text: field(`${GOOD}<valueSet><valueSetDefinition><value><label><b>1</b></label></value></valueSetDefinition></valueSet>`),
        type: 'CustomField',
        problems: [/valueSetDefinition\/value: CustomValue needs default/, /label: elements where a string is due/]
    }
];

for (const { says, text, type, problems } of CASES) {
    test(`${says} is ${problems.length > 0 ? 'found out' : 'left alone'}`, () => {
        const found = problemsOf(text, type);
        for (const problem of problems)
            assert.ok(
                found.some((line) => problem.test(line)),
                `${problem} in ${found.join('; ')}`
            );
        if (problems.length === 0) assert.deepEqual(found, []);
    });
}
