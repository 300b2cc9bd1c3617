/** What the Metadata API's types leave open: what a component says about where it may be put, and the values of settings records. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { XMLParser } from 'fast-xml-parser';
import { FIELDS, filesIn, textOf } from './source.mjs';
import { staged } from './staged.mjs';

const LISTS = new Set(['target', 'targetConfig', 'property', 'object', 'supportedFormFactor', 'values', 'value']);
const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    isArray: (name) => LISTS.has(name)
});
const FILES = filesIn(staged());

/** Where Salesforce puts components. Source: Lightning Web Components Developer Guide, "XML Configuration File Elements". */
const TARGETS = ['AppPage', 'FlowScreen', 'HomePage', 'RecordAction', 'RecordPage', 'Tab', 'UrlAddressable', 'UtilityBar'];
const CONFIGURES = ['@targets', 'actionType', 'objects', 'property', 'supportedFormFactors'];

/** What is wrong with a component's configuration; `script` is its class. */
function problemsOfComponent(xml, script) {
    const { isExposed, targets, targetConfigs } = parser.parse(xml).LightningComponentBundle;
    const offered = targets?.target ?? [];
    const configs = targetConfigs?.targetConfig ?? [];
    const forms = configs.flatMap((config) => config.supportedFormFactors?.supportedFormFactor ?? []).map((form) => form['@type']);
    const properties = configs.flatMap((config) => config.property ?? []).map((property) => property['@name']);
    const configured = configs.flatMap((config) => config['@targets'].split(/\s*,\s*/));
    return [
        ...(isExposed === String(offered.length > 0) ? [] : ['is exposed without a place, or has a place without being exposed']),
        ...offered.filter((name) => !TARGETS.includes(name.replace('lightning__', ''))).map((name) => `no such target: ${name}`),
        ...configured.filter((name) => !offered.includes(name)).map((name) => `configures what it does not offer: ${name}`),
        ...configs
            .flatMap((config) => Object.keys(config).filter((name) => !CONFIGURES.includes(name)))
            .map((name) => `no such part: ${name}`),
        ...forms.filter((form) => !['Large', 'Small'].includes(form)).map((form) => `no such form factor: ${form}`),
        ...properties
            .filter((name) => !new RegExp(`@api\\s+(?:get |set )?${name}\\b`).test(script))
            .map((name) => `the class has no public property ${name}`)
    ];
}

const TYPES = { Checkbox: 'xsd:boolean', Number: 'xsd:double' };

/** What is wrong with the values of a custom metadata record; `fields` are those of its type. */
function problemsOfRecord(xml, fields) {
    return (parser.parse(xml).CustomMetadata.values ?? []).flatMap(({ field: name, value: [value] }) => {
        const field = fields.get(name);
        if (!field) return [`${name}: no such field`];
        if (value['@xsi:nil'] === 'true') return field.required === 'true' ? [`${name}: must not be blank`] : [];
        const [type, text] = [TYPES[field.type] ?? 'xsd:string', String(value['#text'] ?? '')];
        const listed = (field.valueSet?.valueSetDefinition?.value ?? []).map(({ fullName }) => fullName);
        return [
            ...(value['@xsi:type'] === type ? [] : [`${name}: ${value['@xsi:type']}, where ${type} is due`]),
            ...(field.length && text.length > Number(field.length) ? [`${name}: longer than ${field.length}`] : []),
            ...(listed.length > 0 && !listed.includes(text) ? [`${name}: ${text} is none of its values`] : [])
        ];
    });
}

test('every component says what holds about where it may be put', () => {
    const files = FILES.filter((path) => path.endsWith('.js-meta.xml'));
    assert.ok(files.length > 15, `only ${files.length} components were found`);
    const problems = files.flatMap((path) => {
        const script = readFileSync(path.replace(/-meta\.xml$/, ''), 'utf8');
        return problemsOfComponent(textOf(path), script).map((problem) => `${basename(path)}: ${problem}`);
    });
    assert.deepEqual(problems, []);
});

test('every value of a settings record is one that its field takes', () => {
    const files = FILES.filter((path) => path.endsWith('.md-meta.xml'));
    assert.ok(files.length > 0, 'no record was found');
    const problems = files.flatMap((path) => {
        const ours = FIELDS.filter(({ object }) => object === `${basename(path).split('.')[0]}__mdt`);
        return problemsOfRecord(textOf(path), new Map(ours.map(({ name, field }) => [name, field])));
    });
    assert.deepEqual(problems, []);
});

test('a configuration that does not hold is found out', () => {
    const config =
        '<property name="size" type="String"/><supportedFormFactors><supportedFormFactor type="Tiny"/></supportedFormFactors><colour/>';
    const xml = `<LightningComponentBundle><isExposed>true</isExposed>
        <targetConfigs><targetConfig targets="lightning__AppPage">${config}</targetConfig></targetConfigs>
        <targets><target>lightning__RecordPage</target><target>lightning__ListView</target></targets></LightningComponentBundle>`;
    const said = problemsOfComponent(xml, 'class Panel { @api recordId; size; }').join('\n');
    for (const what of [
        'no such target: lightning__ListView',
        'offer: lightning__AppPage',
        'part: colour',
        'factor: Tiny',
        'property size'
    ])
        assert.ok(said.includes(what), `${what} in ${said}`);
    assert.deepEqual(problemsOfComponent('<LightningComponentBundle><isExposed>true</isExposed></LightningComponentBundle>', '').length, 1);
});

test('a value that its field does not take is found out', () => {
    const values = [
        ['Off__c', 'xsi:type="xsd:string"', 'true'],
        ['Name__c', 'xsi:nil="true"', ''],
        ['Way__c', 'xsi:type="xsd:string"', 'sideways'],
        ['Code__c', 'xsi:type="xsd:string"', 'too long'],
        ['Gone__c', 'xsi:nil="true"', '']
    ];
    const written = values.map(([name, type, text]) => `<values><field>${name}</field><value ${type}>${text}</value></values>`);
    const fields = new Map([
        ['Off__c', { type: 'Checkbox' }],
        ['Name__c', { type: 'Text', required: 'true' }],
        ['Way__c', { type: 'Picklist', valueSet: { valueSetDefinition: { value: [{ fullName: 'both' }] } } }],
        ['Code__c', { type: 'Text', length: '3' }]
    ]);
    assert.deepEqual(problemsOfRecord(`<CustomMetadata>${written.join('')}</CustomMetadata>`, fields), [
        'Off__c: xsd:string, where xsd:boolean is due',
        'Name__c: must not be blank',
        'Way__c: sideways is none of its values',
        'Code__c: longer than 3',
        'Gone__c: no such field'
    ]);
});
