/** Salesforce Code Analyzer finds nothing critical or high in the package; what a source takes out of its sight is explained. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { ROOT, filesIn } from '../package/source.mjs';
import { staged, temporary } from '../package/staged.mjs';
import { DEMANDED, analyze, engines } from './analyzer.mjs';

const PACKAGE = staged();

test('PMD and RetireJS find nothing critical or high', async () => {
    const { rules, said } = await analyze(PACKAGE, [engines.pmd, engines.retirejs], DEMANDED);
    assert.ok(rules >= 25, `only ${rules} rules were selected`);
    assert.deepEqual(said, []);
});

test('the Graph Engine finds no path on which data is read or written without asking for the right', async () => {
    const { rules, said } = await analyze(PACKAGE, [engines.graph], ['sfge:(1,2)']);
    assert.ok(rules >= 2, `only ${rules} rules were selected`);
    assert.deepEqual(said, []);
});

test('every exception that a source makes stands in the security review, with its reason', () => {
    const review = readFileSync(join(ROOT, 'docs/security-review.md'), 'utf8');
    const made = filesIn(PACKAGE)
        .filter((path) => /\.(cls|trigger|js|html|xml)$/.test(path))
        .flatMap((path) => {
            const source = readFileSync(path, 'utf8');
            const rules = [
                ...source.matchAll(/@SuppressWarnings\('([^']+)'\)|(NOPMD|code-analyzer-suppress|sfge-disable|eslint-disable)[^\n]*/g)
            ];
            return rules.map(([whole, rule]) => `| \`${basename(path)}\` | \`${rule ?? whole}\` |`);
        });
    assert.deepEqual(
        [...new Set(made)].filter((row) => !review.includes(row)),
        []
    );
});

test('an injection, a write without rights and a library with a known hole are found', async () => {
    const project = temporary();
    const classes = join(project, 'classes');
    mkdirSync(classes);
    writeFileSync(join(project, 'sfdx-project.json'), '{"packageDirectories":[{"path":"."}]}');
    const source = `public without sharing class Loose {
        @AuraEnabled
        public static List<SObject> find(String name) {
            insert new Account(Name = name);
            return Database.query('SELECT Id FROM Account WHERE Name = \\'' + name + '\\'');
        }
    }`;
    writeFileSync(join(classes, 'Loose.cls'), source);
    copyFileSync(join(PACKAGE, 'main/default/classes/CosellProblem.cls-meta.xml'), join(classes, 'Loose.cls-meta.xml'));
    writeFileSync(join(project, 'old.js'), 'var Handlebars = {};\nHandlebars.VERSION = "2.0.0";\n');
    const { said } = await analyze(project, [engines.pmd, engines.retirejs], DEMANDED);
    const graph = await analyze(project, [engines.graph], ['sfge:(1,2)']);
    for (const rule of ['ApexSOQLInjection', 'ApexCRUDViolation', 'LibraryWithKnown']) assert.match(said.join('\n'), new RegExp(rule));
    assert.match(graph.said.join('\n'), /ApexFlsViolation/);
});
