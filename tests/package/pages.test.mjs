/** Pages, app, lists and actions name what exists; what is delivered once stands apart; the list of permissions is current. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PAGE, page, unlisted } from '../../src/org/permissions.mjs';
import { BUNDLES, DEFAULTS, FIELDS, MAIN, ROOT, TRANSLATIONS, components, filesIn, metadata, nameOf, named, textOf } from './source.mjs';

const FIELD_NAMES = new Set(FIELDS.map(({ object, name }) => `${object}.${name}`));
const CHILDREN = new Set(FIELDS.map(({ field }) => `${field.relationshipName}__r`));

/** The texts of an element, wherever it stands. */
const all = (path, element) => [...textOf(path).matchAll(new RegExp(`<${element}>([^<]+)</${element}>`, 'g'))].map(([, text]) => text);

/** Components of Salesforce's that the page is made of; a misspelt one would only be found by the deployment. */
const STANDARD = new Set([
    'flexipage:tab',
    'flexipage:tabset',
    'force:detailPanel',
    'force:highlightsPanel',
    'force:relatedListContainer',
    'lst:dynamicRelatedList',
    'runtime_sales_activities:activityPanel'
]);

/** What a component says of itself: where it may be put. */
const targets = (bundle) => [metadata(join(MAIN, 'lwc', bundle, `${bundle}.js-meta.xml`)).targets?.target ?? []].flat();

const isLeast = (name) => !name.includes('__c');

test('a record page puts only what may be put there, once each', () => {
    const pages = components(MAIN, 'flexipages', '.flexipage-meta.xml');
    assert.deepEqual(
        pages.map((path) => nameOf(path, '.flexipage-meta.xml')),
        ['Cosell_Opportunity']
    );
    for (const path of pages) {
        const placed = all(path, 'componentName');
        const ours = placed.filter((name) => !STANDARD.has(name));
        assert.deepEqual(ours, ['cosellPanel'], named(path));
        assert.ok(targets('cosellPanel').includes('lightning__RecordPage'));
        const identifiers = all(path, 'identifier');
        assert.equal(new Set(identifiers).size, placed.length, 'each has an identifier of its own');
    }
});

test('a record page has each part that another part names, and shows fields that exist', () => {
    const path = join(MAIN, 'flexipages/Cosell_Opportunity.flexipage-meta.xml');
    const { flexiPageRegions: regions } = metadata(path);
    const names = regions.map(({ name }) => name);
    for (const facet of all(path, 'value').filter((value) => value.startsWith('Facet-'))) {
        assert.ok(names.includes(facet), facet);
    }
    for (const region of ['header', 'main', 'sidebar']) assert.ok(names.includes(region), region);
    const aliases = all(path, 'value').filter((value) => value.endsWith('__c'));
    assert.deepEqual(
        aliases.filter((name) => !FIELD_NAMES.has(`Microsoft_Solution__c.${name}`)),
        []
    );
    const lists = all(path, 'value').filter((value) => value.endsWith('__r'));
    assert.ok(lists.length && lists.every((name) => CHILDREN.has(name)), lists.join());
});

test('the app opens opportunities with our page on desktop and phone, and its tabs exist', () => {
    const app = metadata(join(MAIN, 'applications/Cosell.app-meta.xml'));
    assert.deepEqual(
        app.actionOverrides.map(({ content, formFactor, pageOrSobjectType }) => [content, formFactor, pageOrSobjectType]),
        ['Large', 'Small'].map((size) => ['Cosell_Opportunity', size, 'Opportunity'])
    );
    const own = app.tabs.filter((name) => !name.startsWith('standard-'));
    assert.deepEqual(own, ['Cosell_Pipeline', 'Cosell_Setup']);
    for (const name of own) {
        const { lwcComponent } = metadata(join(MAIN, `tabs/${name}.tab-meta.xml`));
        assert.ok(BUNDLES.includes(lwcComponent), `${name}: there is no component ${lwcComponent}`);
        assert.ok(targets(lwcComponent).includes('lightning__Tab'), `${lwcComponent} may not stand on a tab`);
    }
});

test('a quick action opens a component that may be one', () => {
    for (const path of components(MAIN, 'quickActions', '.quickAction-meta.xml')) {
        const { lightningWebComponent, actionSubtype } = metadata(path);
        assert.ok(BUNDLES.includes(lightningWebComponent), named(path));
        assert.deepEqual([targets(lightningWebComponent), actionSubtype], [['lightning__RecordAction'], 'ScreenAction']);
    }
});

test('lists and layouts show fields that exist', () => {
    const shown = [
        ...components(MAIN, 'objects', '.listView-meta.xml').flatMap((path) =>
            [...all(path, 'columns'), ...all(path, 'field')].map((name) => [path, name])
        ),
        ...components(MAIN, 'objects', '.compactLayout-meta.xml').flatMap((path) => all(path, 'fields').map((name) => [path, name]))
    ];
    assert.ok(shown.length > 10);
    for (const [path, name] of shown) {
        const [, object] = /objects\/(\w+)\//.exec(named(path));
        assert.ok(isLeast(name) || FIELD_NAMES.has(`${object}.${name}`), `${named(path)}: ${name}`);
    }
    for (const path of components(MAIN, 'layouts', '.layout-meta.xml')) {
        const [object] = nameOf(path, '.layout-meta.xml').split('-');
        const placed = all(path, 'field');
        assert.deepEqual(
            placed.filter((name) => !isLeast(name) && !FIELD_NAMES.has(`${object}.${name}`)),
            [],
            named(path)
        );
        const required = FIELDS.filter(
            (entry) => entry.object === object && (entry.field.required === 'true' || entry.field.type === 'MasterDetail')
        );
        assert.deepEqual(
            required.map(({ name }) => name).filter((name) => !placed.includes(name)),
            [],
            `${named(path)} lacks what has to be filled in`
        );
    }
});

test('app, tabs and actions have French names', () => {
    const french = metadata(join(TRANSLATIONS, 'translations/fr.translation-meta.xml'));
    const names = (list) => list.filter(({ label }) => label).map(({ name }) => name);
    const files = (directory, suffix) => components(MAIN, directory, suffix).map((path) => nameOf(path, suffix));
    assert.deepEqual(names(french.customApplications), files('applications', '.app-meta.xml'));
    assert.deepEqual(names(french.customTabs).sort(), files('tabs', '.tab-meta.xml').sort());
    const opportunity = metadata(join(TRANSLATIONS, 'objectTranslations/Opportunity-fr/Opportunity-fr.objectTranslation-meta.xml'));
    assert.deepEqual(
        names(opportunity.quickActions).map((name) => `Opportunity.${name}`),
        files('quickActions', '.quickAction-meta.xml')
    );
});

test('what an admin changes stands apart from what each deployment writes', () => {
    const kinds = ['customMetadata', 'cspTrustedSites'];
    for (const kind of kinds) {
        assert.ok(!existsSync(join(MAIN, kind)), `${kind} would be written by each deployment`);
        assert.ok(filesIn(join(DEFAULTS, kind)).length > 0);
    }
    const types = FIELDS.filter(({ object }) => object.endsWith('__mdt'));
    assert.deepEqual(
        types.filter(({ field }) => field.fieldManageability !== 'SubscriberControlled').map(({ path }) => named(path)),
        [],
        'an upgrade of the package would take it from the admin'
    );
});

test('the server’s address stands in the defaults alone, where the deployment replaces it', () => {
    const { replacements } = JSON.parse(readFileSync(join(ROOT, 'sfdx-project.json'), 'utf8'));
    assert.equal(replacements.length, 1);
    const [{ glob, stringToReplace, replaceWithEnv }] = replacements;
    assert.deepEqual([glob, replaceWithEnv], ['lwc/defaults/main/default/**/*.xml', 'COSELL_SERVER']);
    const holds = (path) => /\.(xml|cls|js)$/.test(path) && !path.includes('__tests__') && textOf(path).includes(`>${stringToReplace}<`);
    assert.deepEqual(filesIn(DEFAULTS).filter(holds).map(named).sort(), [
        'lwc/defaults/main/default/cspTrustedSites/Cosell_Proxy.cspTrustedSite-meta.xml',
        'lwc/defaults/main/default/customMetadata/Cosell_Setting.Default.md-meta.xml'
    ]);
    assert.deepEqual(filesIn(MAIN).filter(holds).map(named), []);
});

test('the list of what each permission set grants is current', () => {
    assert.deepEqual(unlisted(), [], 'not on the page');
    assert.equal(readFileSync(PAGE, 'utf8'), page(), 'docs/permissions.md is not current: run `npm run permissions`');
});
