/** The Salesforce package holds together: each name that one part uses exists in another. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { stage } from '../../src/xtask/stage-package.mjs';
import {
    BUNDLES,
    CLASSES,
    DEFAULTS,
    FIELDS,
    MAIN,
    OBJECTS,
    ROOT,
    TRANSLATIONS,
    TRIGGERS,
    components,
    filesIn,
    metadata,
    nameOf,
    named,
    textOf
} from './source.mjs';

const ALL_FILES = [...filesIn(MAIN), ...filesIn(DEFAULTS), ...filesIn(TRANSLATIONS)];
const FIELD_PATHS = new Set(FIELDS.map(({ object, name }) => `${object}.${name}`));
const LABELS = new Map(metadata(join(MAIN, 'labels/CustomLabels.labels-meta.xml')).labels.map((label) => [label.fullName, label]));

/** Objects that sellers see. Settings are an admin's, in Setup, and stay in English. */
const TRANSLATED_OBJECTS = ['Opportunity', 'Microsoft_Solution__c', 'Lead'];

/** Fields that Salesforce gives to every user: a permission set that lists one does not deploy. */
const isAlwaysVisible = ({ field }) => field.required === 'true' || field.type === 'MasterDetail';

function none(problems, what) {
    assert.deepEqual([...problems], [], what);
}

test('the file name of every field is its name', () => {
    none(
        FIELDS.filter(({ name, field }) => field.fullName !== name).map(({ path }) => named(path)),
        'another fullName'
    );
});

test('every field says what it is for, and helps whoever fills it in', () => {
    assert.ok(FIELDS.length > 25);
    none(
        FIELDS.filter(({ field }) => !field.description || !field.inlineHelpText || !field.label).map(({ path }) => named(path)),
        'no label, description or help'
    );
});

test('no label or help is longer than Salesforce takes', () => {
    const long = FIELDS.filter(
        ({ field }) => field.label.length > 40 || field.inlineHelpText.length > 510 || field.description.length > 1000
    );
    none(
        long.map(({ path }) => named(path)),
        'too long'
    );
});

test('no other description is longer than Salesforce takes', () => {
    const files = ALL_FILES.filter((path) => path.endsWith('-meta.xml') && !/\.(field|object)-meta\.xml$/.test(path));
    none(files.filter((path) => (metadata(path).description?.length ?? 0) > 255).map(named), 'too long');
});

test('every value of the records that are delivered belongs to a field of its type, and every field has one', () => {
    const suffix = '.md-meta.xml';
    const records = components(DEFAULTS, 'customMetadata', suffix);
    assert.deepEqual(records.map((path) => nameOf(path, suffix)).sort(), ['Cosell_Field_Mapping.Campaign_Code', 'Cosell_Setting.Default']);
    for (const path of records) {
        const [type] = nameOf(path, suffix).split('.');
        assert.ok(OBJECTS.has(`${type}__mdt`), `${named(path)}: no such type`);
        const values = metadata(path).values.map((value) => value.field);
        const fields = FIELDS.filter(({ object }) => object === `${type}__mdt`).map(({ name }) => name);
        assert.deepEqual([...values].sort(), [...fields].sort(), named(path));
    }
});

test('every class and every component bundle has its metadata file', () => {
    none(
        [...CLASSES.keys()].filter((name) => !existsSync(join(MAIN, 'classes', `${name}.cls-meta.xml`))),
        'classes'
    );
    none(
        [...TRIGGERS.keys()].filter((name) => !existsSync(join(MAIN, 'triggers', `${name}.trigger-meta.xml`))),
        'triggers'
    );
    none(
        BUNDLES.filter((name) => !existsSync(join(MAIN, 'lwc', name, `${name}.js-meta.xml`))),
        'bundles'
    );
});

test('every code that Apex refuses with has words in the page', () => {
    const thrown = [...CLASSES]
        .filter(([name]) => !name.endsWith('Test'))
        .flatMap(([, source]) => [...source.matchAll(/(?:named\(|return )'([a-z-]+\.[a-z-]+)'/g)].map(([, code]) => code));
    assert.ok(thrown.length >= 6, `only ${thrown.length} codes found`);
    const page = readFileSync(join(MAIN, 'lwc/cosellErrors/cosellErrors.js'), 'utf8');
    none(
        thrown.filter((code) => !page.includes(`'${code}': LABELS`)),
        'codes without words'
    );
});

test('what is built against one API version stays at one', () => {
    const files = [...components(MAIN, 'classes', '.cls-meta.xml'), ...components(MAIN, 'lwc', '.js-meta.xml')];
    assert.deepEqual([...new Set(files.map((path) => metadata(path).apiVersion))], ['66.0']);
});

test('every import of a component from Salesforce names something in the package', () => {
    const resolvers = {
        apex: (name) => {
            const [type, method] = name.split('.');
            return new RegExp(`@AuraEnabled(\\([^)]*\\))?\\s+public static [^(]* ${method}\\(`).test(CLASSES.get(type) ?? '');
        },
        customPermission: (name) => existsSync(join(MAIN, `customPermissions/${name}.customPermission-meta.xml`)),
        label: (name) => LABELS.has(name.replace(/^c\./, '')),
        resourceUrl: (name) => existsSync(join(MAIN, `staticresources/${name}.resource-meta.xml`)),
        schema: (name) => !name.includes('__') || FIELD_PATHS.has(name) || OBJECTS.has(name)
    };
    const scripts = components(MAIN, 'lwc', '.js').filter((path) => !path.includes('__tests__'));
    const unresolved = scripts.flatMap((path) =>
        [...textOf(path).matchAll(/from '@salesforce\/(apex|customPermission|label|resourceUrl|schema)\/([^']+)'/g)]
            .filter(([, kind, name]) => !resolvers[kind](name))
            .map(([, kind, name]) => `${named(path)}: ${kind}/${name}`)
    );
    none(unresolved, 'nothing of that name');
});

test('every name of ours that Apex or a component uses exists', () => {
    const known = new Set([
        ...OBJECTS,
        ...FIELDS.map(({ name }) => name),
        ...FIELDS.filter(({ field }) => field.relationshipName).map(({ field }) => `${field.relationshipName}__r`)
    ]);
    const sources = [...CLASSES, ...TRIGGERS];
    for (const path of components(MAIN, 'lwc', '.js').filter((script) => !script.includes('__tests__'))) {
        sources.push([named(path), textOf(path)]);
    }
    const unknown = sources.flatMap(([name, source]) =>
        [...source.matchAll(/\b[A-Za-z]\w*__(?:c|r|mdt)\b/g)]
            .map(([word]) => word)
            // Tests name fields that are not there, on purpose; comments give examples of an org's own.
            .filter((word) => !known.has(word) && !word.startsWith('No_Such_') && !word.startsWith('Country__'))
            .map((word) => `${name}: ${word}`)
    );
    none(unknown, 'no such field, object or relationship');
});

test('every permission set grants only what exists', () => {
    for (const path of components(MAIN, 'permissionsets', '.permissionset-meta.xml')) {
        const set = metadata(path);
        const unknown = [
            ...(set.classAccesses ?? []).map((access) => access.apexClass).filter((name) => !CLASSES.has(name)),
            ...(set.customPermissions ?? [])
                .map((access) => access.name)
                .filter((name) => !existsSync(join(MAIN, `customPermissions/${name}.customPermission-meta.xml`))),
            ...(set.customMetadataTypeAccesses ?? []).map((access) => access.name).filter((name) => !OBJECTS.has(name)),
            ...(set.applicationVisibilities ?? [])
                .map((access) => access.application)
                .filter((name) => !existsSync(join(MAIN, `applications/${name}.app-meta.xml`))),
            ...(set.tabSettings ?? []).map((access) => access.tab).filter((name) => !existsSync(join(MAIN, `tabs/${name}.tab-meta.xml`))),
            ...(set.objectPermissions ?? []).map((access) => access.object).filter((name) => name.includes('__') && !OBJECTS.has(name)),
            ...(set.fieldPermissions ?? []).map((access) => access.field).filter((name) => name.includes('__') && !FIELD_PATHS.has(name))
        ];
        none(unknown, named(path));
        assert.equal(set.license, undefined, `${named(path)} is bound to a licence, and cannot be assigned beside another`);
    }
});

test('no permission set lists a field that Salesforce always shows', () => {
    const always = new Set(FIELDS.filter(isAlwaysVisible).map(({ object, name }) => `${object}.${name}`));
    for (const path of components(MAIN, 'permissionsets', '.permissionset-meta.xml')) {
        none(
            (metadata(path).fieldPermissions ?? []).map((access) => access.field).filter((name) => always.has(name)),
            named(path)
        );
    }
});

/** What only a trigger writes, and nobody needs to see. */
const NOBODYS = 'Microsoft_Solution__c.Solution_Key__c';

test('seller, admin and server can read each field that a deal has', () => {
    const deal = FIELDS.filter((entry) => TRANSLATED_OBJECTS.includes(entry.object) && !isAlwaysVisible(entry))
        .map(({ object, name }) => `${object}.${name}`)
        .filter((field) => field !== NOBODYS);
    for (const name of ['Cosell_Seller', 'Cosell_Admin', 'Cosell_Integration']) {
        const readable = metadata(join(MAIN, `permissionsets/${name}.permissionset-meta.xml`)).fieldPermissions.filter(
            (access) => access.readable === 'true'
        );
        const granted = new Set(readable.map((access) => access.field));
        none(
            deal.filter((field) => !granted.has(field)),
            name
        );
        assert.ok(!granted.has(NOBODYS), name);
    }
});

/** The Apex classes that a component and those within it import. */
function apexOf(component, seen = new Set()) {
    if (seen.has(component)) return [];
    seen.add(component);
    const files = components(MAIN, `lwc/${component}`, '').filter((path) => /\.(js|html)$/.test(path) && !path.includes('__tests__'));
    const text = files.map(textOf).join('\n');
    const within = [
        ...[...text.matchAll(/from 'c\/(\w+)'/g)].map(([, name]) => name),
        ...[...text.matchAll(/<c-([\w-]+)/g)].map(([, tag]) => tag.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()))
    ];
    return [...[...text.matchAll(/@salesforce\/apex\/(\w+)\./g)].map(([, name]) => name), ...within.flatMap((name) => apexOf(name, seen))];
}

/** Classes that refuse whoever lacks a custom permission, and that a page asks only where it is held. */
const NEEDS = { CosellTokenController: 'Cosell_Share' };

/** What each tab's page needs of a permission set, and the set lacks. */
function lackedByTabs(set) {
    const granted = new Set(set.classAccesses.map((access) => access.apexClass));
    const holds = (permission) => !permission || set.customPermissions.some(({ name }) => name === permission);
    return set.tabSettings.flatMap(({ tab }) => {
        const needed = apexOf(metadata(join(MAIN, `tabs/${tab}.tab-meta.xml`)).lwcComponent);
        assert.ok(needed.length > 0, `${tab}: its page imports no class, so this looks in the wrong place`);
        return [...new Set(needed)].filter((name) => holds(NEEDS[name]) && !granted.has(name)).map((name) => `${tab}: ${name}`);
    });
}

test('who is shown a tab may call the classes that its page imports', () => {
    const sets = components(MAIN, 'permissionsets', '.permissionset-meta.xml').filter((path) => metadata(path).tabSettings);
    assert.ok(sets.length >= 2, 'sellers and admins have tabs');
    for (const path of sets) {
        none(lackedByTabs(metadata(path)), named(path));
    }
    const admin = metadata(join(MAIN, 'permissionsets/Cosell_Admin.permissionset-meta.xml'));
    const without = { ...admin, classAccesses: admin.classAccesses.filter(({ apexClass }) => apexClass !== 'CosellController') };
    assert.deepEqual(lackedByTabs(without), ['Cosell_Pipeline: CosellController'], 'a class that is missing is found');
});

test('who reads deals may read each object that the query for them reads', () => {
    for (const path of components(MAIN, 'permissionsets', '.permissionset-meta.xml')) {
        const { classAccesses = [], objectPermissions = [] } = metadata(path);
        const readable = objectPermissions.filter((access) => access.allowRead === 'true').map((access) => access.object);
        if (classAccesses.some(({ apexClass }) => apexClass === 'CosellPipelineController')) {
            none(
                ['Account', 'Contact', 'Microsoft_Solution__c', 'Opportunity'].filter((object) => !readable.includes(object)),
                named(path)
            );
        }
    }
});

test('an admin changes no record', () => {
    const set = metadata(join(MAIN, 'permissionsets/Cosell_Admin.permissionset-meta.xml'));
    const changes = [...set.fieldPermissions, ...set.objectPermissions].filter((access) =>
        ['editable', 'allowCreate', 'allowEdit', 'allowDelete', 'modifyAllRecords', 'viewAllRecords'].some(
            (right) => access[right] === 'true'
        )
    );
    assert.deepEqual(changes, []);
    assert.deepEqual(
        set.customPermissions.map(({ name }) => name),
        ['Cosell_Administer']
    );
});

/** What both write. Once Microsoft's sellers see a deal nobody can take it back: the server ticks again what a seller unticked. */
const WRITTEN_BY_BOTH = [
    // Of a deal that comes from Microsoft the server writes what a seller writes of the others.
    'Microsoft_Solution__c.Publisher_Name__c',
    'Microsoft_Solution__c.Solution_Type__c',
    'Opportunity.Sync_with_Partner_Center__c',
    'Opportunity.Visible_to_Microsoft_Sellers__c'
];

test('of our own fields a seller only reads what the server writes, and the other way round, but for what both write', () => {
    const [seller, server] = ['Cosell_Seller', 'Cosell_Integration'].map((name) => {
        const set = metadata(join(MAIN, `permissionsets/${name}.permissionset-meta.xml`));
        return new Set(set.fieldPermissions.filter((access) => access.editable === 'true').map((access) => access.field));
    });
    assert.ok(seller.size > 0 && server.size > 0);
    assert.deepEqual(
        [...seller].filter((field) => server.has(field)),
        WRITTEN_BY_BOTH
    );
});

test('the French translation covers every label, and names no other', () => {
    const french = metadata(join(TRANSLATIONS, 'translations/fr.translation-meta.xml')).customLabels;
    assert.deepEqual(french.map((label) => label.name).sort(), [...LABELS.keys()].sort());
    const slots = (text) => [...text.matchAll(/\{\d+\}/g)].map(([slot]) => slot).sort();
    for (const { name, label } of french) {
        assert.ok(label?.trim(), `${name} is empty`);
        assert.deepEqual(slots(label), slots(LABELS.get(name).value), `${name} fills in something else`);
    }
});

test('the French translation covers every field and every value that sellers see, and names no other', () => {
    const suffix = '.fieldTranslation-meta.xml';
    for (const object of TRANSLATED_OBJECTS) {
        const directory = `objectTranslations/${object}-fr`;
        assert.ok(
            existsSync(join(TRANSLATIONS, directory, `${object}-fr.objectTranslation-meta.xml`)),
            `${object}: without this file its fields do not deploy`
        );
        const french = new Map(components(TRANSLATIONS, directory, suffix).map((path) => [nameOf(path, suffix), metadata(path)]));
        const ours = FIELDS.filter((entry) => entry.object === object);
        assert.deepEqual([...french.keys()].sort(), ours.map(({ name }) => name).sort(), object);
        for (const { name, field } of ours) {
            const translation = french.get(name);
            assert.equal(translation.name, name);
            assert.ok(translation.label && translation.help, `${name}: no label or help`);
            assert.ok(translation.label.length <= 40, `${name}: ${translation.label}`);
            assert.equal(Boolean(translation.relationshipLabel), Boolean(field.relationshipLabel), `${name}: related list`);
            const values = (field.valueSet?.valueSetDefinition?.value ?? []).map((value) => value.label);
            assert.deepEqual(
                (translation.picklistValues ?? []).map((value) => value.masterLabel),
                values,
                `${name}: values`
            );
            none(
                (translation.picklistValues ?? []).filter((value) => !value.translation).map((value) => value.masterLabel),
                `${name}: not translated`
            );
        }
    }
});

test('the staged package holds all that is deployed, and no directory that misleads the Salesforce CLI', () => {
    const to = mkdtempSync(join(tmpdir(), 'cosell-package-'));
    try {
        stage(to, ROOT);
        const staged = filesIn(to).map((path) => path.slice(to.length + 1).replaceAll('\\', '/'));
        const source = ALL_FILES.map(named).filter((path) => !path.includes('__tests__') && !path.endsWith('.d.ts'));
        const others = ['sfdx-project.json', 'config/project-scratch-def.json'];
        assert.deepEqual(staged.sort(), [...source.map((path) => path.replace(/^lwc\//, '')), ...others].sort());
        const project = JSON.parse(readFileSync(join(to, 'sfdx-project.json'), 'utf8'));
        for (const { path, definitionFile } of project.packageDirectories) {
            none(
                [path, ...(definitionFile ? [definitionFile] : [])].filter((name) => !existsSync(join(to, name))),
                'named by the project and not there'
            );
        }
        const misleading = staged.filter((path) => path.split('/').includes('lwc') && !/^main\/default\/lwc\/[^/]+\/[^/]+$/.test(path));
        none(misleading, 'would be taken for a component');
    } finally {
        rmSync(to, { recursive: true, force: true });
    }
});
