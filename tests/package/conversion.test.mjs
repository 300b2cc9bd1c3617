/** Converted to what is deployed and back, the package has every file and every word that it had before. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { components, contents, thereAndBack } from './conversion.mjs';
import { filesIn } from './source.mjs';
import { staged, temporary } from './staged.mjs';

const PACKAGE = staged();
const DIRECTORIES = JSON.parse(readFileSync(join(PACKAGE, 'sfdx-project.json'), 'utf8')).packageDirectories.map(({ path }) => path);

/** Files that belong to no component: the library passes over them, and they would not be deployed. */
function orphans(directory) {
    const { files } = components(directory);
    return filesIn(directory).filter((path) => !files.has(path));
}

/** Files that are gone, and files that say something else. */
function lost(before, after) {
    return [...before].filter(([path, content]) => !isDeepStrictEqual(content, after.get(path))).map(([path]) => path);
}

for (const name of DIRECTORIES) {
    const directory = join(PACKAGE, name);

    test(`${name}: every file belongs to a component`, () => {
        assert.deepEqual(orphans(directory), []);
    });

    test(`${name}: every component is deployed, and comes back with all that it says`, async () => {
        const { deployed, back } = await thereAndBack(directory, temporary());
        const [before, after] = [contents(directory), contents(back)];
        assert.deepEqual(lost(before, after), [], 'lost or changed');

        // A standard object of which only fields are ours has no file of its own before.
        const isFrame = (path) => /\.object-meta\.xml$/.test(path) && after.get(path)?.CustomObject === '';
        const added = [...after.keys()].filter((path) => !before.has(path));
        assert.deepEqual(
            added.filter((path) => !isFrame(path)),
            [],
            'from nowhere'
        );
        const again = new Set(components(back).names);
        assert.deepEqual(
            components(directory).names.filter((component) => !again.has(component)),
            [],
            'components'
        );

        // What is deployed names each of them in its manifest: as many as there are files that hold one, and labels.
        const manifest = readFileSync(join(deployed, 'package.xml'), 'utf8');
        const members = new Set([...manifest.matchAll(/<members>([^<]+)<\/members>/g)].map(([, member]) => member));
        const held = [...before.keys()].filter((path) => path.endsWith('-meta.xml') && !/-fr\/\w+\.fieldTranslation/.test(path));
        const missing = held.filter((path) => {
            const own = basename(path).replace(/\.[A-Za-z]+-meta\.xml$/, '');
            const of = /^objects\/(\w+)\/\w+\//.exec(path)?.[1];
            return !members.has(of ? `${of}.${own}` : own);
        });
        assert.deepEqual(missing, [], 'not in the manifest');
    });
}

test('a class without its metadata file is found out', () => {
    const directory = join(staged(), 'main');
    rmSync(join(directory, 'default/classes/CosellProblem.cls-meta.xml'));
    assert.deepEqual(
        orphans(directory).map((path) => basename(path)),
        ['CosellProblem.cls']
    );
});

test('a file that no component claims is found out', () => {
    const directory = join(staged(), 'main');
    writeFileSync(join(directory, 'default/classes/notes.txt'), 'nobody reads this');
    assert.deepEqual(
        orphans(directory).map((path) => basename(path)),
        ['notes.txt']
    );
});

test('what is gone after the conversion, or says something else, is found out', () => {
    const before = contents(join(PACKAGE, 'main'));
    const after = new Map(before);
    after.delete('objects/Lead/fields/Audit__c.field-meta.xml');
    after.set('labels/CustomLabels.labels-meta.xml', { CustomLabels: { labels: [] } });
    assert.deepEqual(lost(before, after).sort(), ['labels/CustomLabels.labels-meta.xml', 'objects/Lead/fields/Audit__c.field-meta.xml']);
});
