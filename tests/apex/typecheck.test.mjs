/** The Apex classes are well typed, and every field that the package names exists: in Salesforce, or among our own. */
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { staged } from '../package/staged.mjs';
import { fieldsNamed, probe } from './fields.mjs';
import { problemsOf } from './typecheck.mjs';

const CLASSES = 'main/default/classes';

function addClass(project, name, source) {
    writeFileSync(join(project, CLASSES, `${name}.cls`), source);
    copyFileSync(join(project, CLASSES, 'CosellProblem.cls-meta.xml'), join(project, CLASSES, `${name}.cls-meta.xml`));
}

/** Fields of compound type: they can be granted and shown, never set. */
const isCompound = (name) => /Address$/.test(name);

test('the classes are well typed, and no file names a field that is not there', () => {
    const project = staged();
    const named = fieldsNamed(project);
    const fields = [...named.keys()].filter((name) => !isCompound(name)).sort();
    assert.ok(fields.length > 40, `only ${fields.length} fields were found`);
    addClass(project, 'Probe', probe(fields));
    assert.deepEqual(problemsOf(project), []);
});

test('a call that does not fit, and a field of each kind that is not there, are found', () => {
    const project = staged();
    addClass(project, 'Misfit', "public class Misfit { Integer size() { return CosellProblem.named('a', 'b') + 'c'; } }");
    const seller = join(project, 'main/default/permissionsets/Cosell_Seller.permissionset-meta.xml');
    writeFileSync(seller, readFileSync(seller, 'utf8').replace('Opportunity.Referral_Link__c<', 'Opportunity.Referral_Lnk__c<'));
    addClass(project, 'Asker', 'public class Asker { List<Lead> all() { return [SELECT Id, Fone FROM Lead WHERE Audits__c != NULL]; } }');
    addClass(project, 'Probe', probe([...fieldsNamed(project).keys()].filter((name) => !isCompound(name))));
    const said = problemsOf(project).join('\n');
    for (const expected of [/Misfit.cls:1 /, /Unknown field 'Referral_Lnk__c'/, /Unknown field 'Fone'/, /Unknown field 'Audits__c'/]) {
        assert.match(said, expected);
    }
});
