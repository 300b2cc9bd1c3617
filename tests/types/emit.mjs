// Writes what the built module and a running proxy really answer into target/types/emitted.ts, each answer as a literal that must satisfy its type:
// tsc then says where types.d.ts and Rust differ. A field too few, a field too many and a value of no known kind all fail; and
// a kind that the types name but no answer has fails too.
import { mkdirSync, writeFileSync } from 'node:fs';

import { base, reviewCases } from '../support/cases.mjs';
import { ask, loadModule, rulesWith } from '../support/module.mjs';
import { at } from '../support/paths.mjs';
import { CO_SELL, World } from '../support/world.mjs';

const module = await loadModule();
const cases = reviewCases();
const records = [...cases.map(({ request }) => request.record), {}];
const coSell = { ...base.record, How_can_Microsoft_help__c: 'ProofOfConceptOrDemo', Visible_to_Microsoft_Sellers__c: true };
const partnerLed = { ...base.record, Visible_to_Microsoft_Sellers__c: true };
const lookedUpByOthers = { ...base.record, Account: { ...base.record.Account, BillingCountry: 'Corea' } };

const answers = [];
const answer = (type, says, method, settings, request) =>
    answers.push({ type, says, value: ask(rulesWith(module, settings), method, request) });

for (const { says, settings, request } of cases) answer('ReviewOutcome', says, 'review', settings, request);
for (const record of [base.record, partnerLed, coSell, lookedUpByOthers])
    answer('ReviewOutcome', 'in French', 'review', { locale: 'fr' }, { record, today: base.today });
const held = { 'held:/details/dealValue': '70000', 'held:/details/notes': base.record.Description };
answer('ReviewOutcome', 'with changes', 'review', {}, { record: base.record, today: base.today, facts: held });
for (const request of [{}, { record: base.record }, { record: { Id: null }, today: base.today }, { record: {}, today: 'soon' }])
    answer('ReviewOutcome', 'not to be read', 'review', {}, request);
answer('BatchOutcome', 'every record in one call', 'reviewAll', {}, { records, today: base.today });
answer('BatchOutcome', 'none', 'reviewAll', {}, { records: [], today: base.today });
for (const request of [{ records: [] }, { records: [], today: 'soon' }, { records: [], today: base.today, facts: { odd: 1 } }])
    answer('BatchOutcome', 'not to be read', 'reviewAll', {}, request);

// What the proxy says of a deal that is not shared, shared, in trouble, and not ready.
const world = await World.start({ page: true, env: { COSELL_RECONCILE__SETTLE_SECONDS: '60' } });
try {
    const ready = await world.opportunity('Fleet telemetry for the northern depots');
    const broken = await world.opportunity('Warehouse modernisation');
    const waiting = await world.opportunity('Cold chain compliance');
    const pair = async (says, asked) => answers.push({ type: 'PairState', says, value: (await asked).body });
    await pair('not shared', world.share(ready.Id));
    await world.change('Opportunity', ready.Id, CO_SELL);
    await pair('shared', world.share(ready.Id));
    await pair('looked at', world.ask('GET', ready.Id));
    await world.change('Opportunity', waiting.Id, { Sync_with_Partner_Center__c: true });
    await world.fault({ service: 'partnerCenter', method: 'POST', effect: { kind: 'drop', when: 'before' } });
    await pair('waiting', world.share(waiting.Id));
    await world.change('Opportunity', broken.Id, CO_SELL);
    const { body } = await world.share(broken.Id);
    answers.push({ type: 'Finding[]', says: 'the findings of a refusal', value: body.findings });
} finally {
    await world.stop();
}

const reviews = answers.flatMap(({ value }) => value.reviews ?? value).filter(({ status }) => status === 'reviewed');
const findings = reviews.flatMap((review) => review.findings);
const fixes = findings.flatMap(({ fix }) => fix ?? []);
const kinds = {
    "ReviewOutcome['status']": answers.flatMap(({ type, value }) => (type === 'ReviewOutcome' ? value.status : [])),
    DealType: reviews.map((review) => review.dealType),
    Severity: findings.map((finding) => finding.severity),
    FindingField: findings.map((finding) => finding.field),
    "Fix['kind']": fixes.map((fix) => fix.kind),
    FixObject: fixes.flatMap((fix) => fix.object ?? []),
    "Extract<Fix, { kind: 'add' }>['what']": fixes.flatMap((fix) => fix.what ?? [])
};

const literal = (value) => JSON.stringify(value, null, 4);
const union = (values) => [...new Set(values)].sort().map(literal).join(' | ') || 'never';
const lines = [
    '// Written by tests/types/emit.mjs from the answers of the built module; compiled, never run.',
    'import type {',
    '    BatchOutcome,',
    '    DealType,',
    '    Finding,',
    '    FindingField,',
    '    Fix,',
    '    FixObject,',
    '    PairState,',
    '    ReviewOutcome,',
    '    Severity',
    "} from '../../lwc/main/default/lwc/cosellRules/cosellRules.js';",
    ...answers.map(({ type, says, value }, number) => `\n// ${says}\nexport const a${number} = ${literal(value)} satisfies ${type};`),
    ...Object.entries(kinds).map(([type, seen], number) => `\nexport const k${number} = (kind: ${type}): ${union(seen)} => kind;`)
];
mkdirSync(at('target/types'), { recursive: true });
writeFileSync(at('target/types/emitted.ts'), `${lines.join('\n')}\n`);
