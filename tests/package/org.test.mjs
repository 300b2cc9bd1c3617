/** What `npm run org:…` asks of the Salesforce CLI, and what it says of the answers. The CLI is one that the test made. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';

import { main } from '../../src/org/main.mjs';
import { fakeSf, refusal, result } from '../support/fake-sf.mjs';
import { FIELDS, ROOT } from './source.mjs';

const SERVER = 'https://cosell.acme.example';
const rows = (...records) => result({ records });

let sf, lines;
afterEach(() => sf?.remove());

/** Runs a command line with a CLI that answers so; gives the exit code and what was said, a line each. */
async function run(words, answers, options = {}) {
    sf = fakeSf(answers);
    lines = [];
    const say = (line) => lines.push(line);
    const code = await main(words.split(' '), { say, complain: say, ...options });
    return { code, said: lines.join('\n') };
}

/** The answers of an org that has everything, and is ready. */
const ready = ({ objects = ['ContentNote', 'OpportunityTeamMember'], currency = true, locker = true, site = SERVER } = {}) => [
    [['display'], result({ username: 'ada@acme.example', instanceUrl: 'https://acme.my.salesforce.com', apiVersion: '66.0' })],
    [['sobject', 'list'], result(['Account', 'Opportunity', ...objects])],
    [['describe', 'Opportunity'], result({ fields: [{ name: 'Amount' }, ...(currency ? [{ name: 'CurrencyIsoCode' }] : [])] })],
    [['describe', 'Account'], result({ fields: [{ name: 'BillingCountryCode' }] })],
    [['FROM UserLicense'], rows({ TotalLicenses: 5, UsedLicenses: 2 })],
    [['FROM Cosell_Setting__mdt'], rows({ Proxy_Url__c: SERVER })],
    [['FROM CspTrustedSite'], rows({ EndpointUrl: site })],
    [
        ['retrieve'],
        {
            ...result({}),
            files: {
                'unpackaged/unpackaged/settings/Security.settings': `<SecuritySettings><sessionSettings><lockerServiceNext>${locker}</lockerServiceNext></sessionSettings></SecuritySettings>`,
                'unpackaged/unpackaged/settings/Language.settings':
                    '<LanguageSettings><enableTranslationWorkbench>true</enableTranslationWorkbench></LanguageSettings>'
            }
        }
    ]
];

/** The same answers, but for the calls that contain these words. */
const but = (when, answer, answers) => [[when, answer], ...answers];

describe('the check of an org', () => {
    it('passes one that has everything, and asks for nothing but reads', async () => {
        const { code, said } = await run('check --target-org acme', ready());
        assert.equal(code, 0, said);
        assert.deepEqual(
            said.split('\n').map((line) => line[0]),
            Array(10).fill('✔'),
            said
        );
        const commands = new Set(sf.calls().map(({ args }) => args.slice(0, 2).join(' ')));
        assert.deepEqual([...commands].sort(), ['data query', 'org display', 'project retrieve', 'sobject describe', 'sobject list']);
        assert.ok(sf.calls().every(({ args }) => args.join(' ').includes('--target-org acme') && args.includes('--json')));
    });

    const CASES = [
        {
            says: 'fails without Lightning Web Security, and says where to switch it on',
            answers: ready({ locker: false }),
            code: 1,
            line: /✘ Lightning Web Security +off: .*Session Settings/
        },
        {
            says: 'fails where page and trusted site name different servers',
            answers: ready({ site: 'https://other.example' }),
            code: 1,
            line: /✘ Cosell +the settings name https:\/\/cosell\.acme\.example and the CSP trusted site https:\/\/other\.example/
        },
        {
            says: 'fails on an old release',
            answers: but(['display'], result({ instanceUrl: 'https://acme.my.salesforce.com', apiVersion: '62.0' }), ready()),
            code: 1,
            line: /✘ Release +API version 62; Spring '26/
        },
        {
            says: 'fails on an address that is no My Domain',
            answers: but(['display'], result({ instanceUrl: 'https://eu45.salesforce.com', apiVersion: '66.0' }), ready()),
            code: 1,
            line: /✘ My Domain +eu45\.salesforce\.com is no My Domain/
        },
        {
            says: 'passes without teams and notes, and says what is different then',
            answers: ready({ objects: [] }),
            code: 0,
            line: /– Notes +off: .*\n– Opportunity teams +off:/
        },
        {
            says: 'passes with one currency, and says what to set',
            answers: ready({ currency: false }),
            code: 0,
            line: /– Multiple currencies +off: name the org’s currency/
        },
        {
            says: 'passes where Cosell is not installed yet, and says how',
            answers: but(['FROM Cosell_Setting__mdt'], refusal("sObject type 'Cosell_Setting__mdt' is not supported."), ready()),
            code: 0,
            line: /– Cosell +not installed yet: npm run org:deploy/
        },
        {
            says: 'fails where the settings record is gone',
            answers: but(['FROM Cosell_Setting__mdt'], rows(), ready()),
            code: 1,
            line: /✘ Cosell +installed, but the record Cosell Setting, Default is missing/
        },
        {
            says: 'says that it does not know what this user may not read',
            answers: but(['retrieve'], refusal('You do not have access to the Metadata API'), ready()),
            code: 0,
            line: /– Lightning Web Security +this user may not read it/
        }
    ];
    for (const { says, answers, code, line } of CASES) {
        it(says, async () => {
            const outcome = await run('check --target-org acme', answers);
            assert.equal(outcome.code, code, outcome.said);
            assert.match(outcome.said, line);
        });
    }
});

describe('a deployment', () => {
    let from;
    before(() => {
        from = mkdtempSync(join(tmpdir(), 'cosell-built-'));
        for (const [path, content] of [
            ['main/default/staticresources/cosellRules.wasm', ''],
            ['main/default/classes/Deal.cls', ''],
            ['main/default/classes/DealTest.cls', ''],
            ['main/default/classes/TokenTest.cls', '']
        ]) {
            mkdirSync(join(from, path, '..'), { recursive: true });
            writeFileSync(join(from, path), content);
        }
    });
    after(() => rmSync(from, { recursive: true, force: true }));

    const DEPLOYED = result({ numberComponentsDeployed: 120, numberTestsCompleted: 60 });
    const NEW_ORG = [['FROM Cosell_Setting__mdt'], refusal("sObject type 'Cosell_Setting__mdt' is not supported.")];
    const SET_UP = [['FROM Cosell_Setting__mdt'], rows({ Proxy_Url__c: SERVER })];
    const everything = [['deploy', 'start'], DEPLOYED];
    const deployments = () => sf.calls().filter(({ args }) => args.includes('deploy'));
    const directories = () => deployments().map(({ args }) => args[args.indexOf('--source-dir') + 1]);

    it('into a new org writes the package with its tests, then the defaults with the server, then French', async () => {
        const { code, said } = await run(`deploy -o acme --server ${SERVER}/`, [NEW_ORG, everything], { from });
        assert.equal(code, 0, said);
        assert.deepEqual(directories(), ['main', 'defaults', 'translations']);
        const [main, defaults, french] = deployments();
        assert.ok(main.args.join(' ').includes('--test-level RunSpecifiedTests --tests DealTest --tests TokenTest'), main.args.join(' '));
        assert.deepEqual([main.server, defaults.server, french.server], [undefined, SERVER, undefined]);
        assert.ok(
            deployments().every(({ cwd }) => cwd.endsWith(from.split('/').at(-1))),
            'from the built package'
        );
    });

    it('into an org that is set up leaves its settings alone', async () => {
        const { code, said } = await run(`deploy -o acme --server https://new.example`, [SET_UP, everything], { from });
        assert.equal(code, 0, said);
        assert.deepEqual(directories(), ['main', 'translations']);
        assert.match(said, /The org keeps its settings \(server: https:\/\/cosell\.acme\.example\)/);
    });

    it('writes the settings anew when told so', async () => {
        const { said } = await run(`deploy -o acme --defaults --server https://new.example`, [SET_UP, everything], { from });
        assert.deepEqual(directories(), ['main', 'defaults', 'translations'], said);
        assert.equal(deployments()[1].server, 'https://new.example');
    });

    it('installs a version of the package in place of the source', async () => {
        const { code, said } = await run(
            `deploy -o acme --package 04tQy0 --server ${SERVER}`,
            [NEW_ORG, [['install'], result({})], everything],
            { from }
        );
        assert.equal(code, 0, said);
        assert.deepEqual(directories(), ['defaults', 'translations']);
        assert.ok(sf.calls()[1].args.join(' ').startsWith('package install --package 04tQy0 --target-org acme'));
    });

    it('goes on where the org has no French, and says so', async () => {
        const failed = {
            status: 1,
            result: { details: { componentFailures: { componentType: 'Translations', fullName: 'fr', problem: 'Not available' } } }
        };
        const answers = [SET_UP, [['deploy', 'translations'], failed], everything];
        const { code, said } = await run('deploy -o acme', answers, { from });
        assert.equal(code, 0, said);
        assert.match(said, /left out: Translations fr: Not available\n.*Translation Language Settings/);
    });

    it('tells each component and each test that failed', async () => {
        const details = {
            componentFailures: [{ componentType: 'CustomField', fullName: 'Opportunity.Audit__c', lineNumber: 3, problem: 'Wrong type' }],
            runTestResult: { failures: [{ name: 'DealTest', methodName: 'works', message: 'Assertion Failed' }] }
        };
        const { code, said } = await run('deploy -o acme', [SET_UP, [['deploy', 'main'], { status: 1, result: { details } }]], { from });
        assert.equal(code, 1);
        assert.match(said, /Salesforce: CustomField Opportunity\.Audit__c:3: Wrong type\nDealTest\.works: Assertion Failed/);
        assert.deepEqual(directories(), ['main'], 'nothing after it');
    });

    it('writes nothing without an address of the server, or with one that is none', async () => {
        for (const [words, told] of [
            ['deploy -o acme', /Say where the Cosell server is, the first time: --server https/],
            ['deploy -o acme --server http://cosell.acme.example', /is not an address of a server/],
            ['deploy -o acme --server https://cosell.acme.example/api', /is not an address of a server/],
            ['deploy -o acme --server cosell', /is not an address of a server/]
        ]) {
            const { code, said } = await run(words, [NEW_ORG, everything], { from });
            assert.equal(code, 1, words);
            assert.match(said, told);
            assert.deepEqual(deployments(), [], words);
            sf.remove();
        }
    });

    it('says in the CLI’s words why it can’t ask the org, and writes nothing', async () => {
        const unknown = refusal('No authorization information found for acme.', { name: 'NamedOrgNotFoundError' });
        const { code, said } = await run(`deploy -o acme --server ${SERVER}`, [[['data', 'query'], unknown], everything], { from });
        assert.deepEqual([code, said, deployments()], [1, 'Salesforce: No authorization information found for acme.', []]);
    });

    it('asks for a build first', async () => {
        const { code, said } = await run('deploy -o acme', [everything], { from: join(from, 'nothing') });
        assert.deepEqual([code, said, sf.calls()], [1, 'The package is not built yet: run `npm run build`, then this again.', []]);
    });

    it('makes a scratch org with permission sets and sample deals in it', async () => {
        const answers = [NEW_ORG, everything, [['scratch'], result({})], [['permset'], result({})], [['import'], result([])]];
        const { code, said } = await run('scratch --alias demo --days 3 --target-dev-hub hub --skip-tests', answers, { from });
        assert.equal(code, 0, said);
        const told = sf.calls().map(({ args }) => args.slice(0, 3).join(' '));
        assert.deepEqual(told.slice(0, 2), ['org create scratch', 'data query --query']);
        assert.deepEqual(told.slice(-2), ['org assign permset', 'data import tree']);
        assert.ok(sf.calls()[0].args.join(' ').includes('--alias demo --duration-days 3'), 'as it is called');
        assert.ok(deployments()[0].args.join(' ').includes('--test-level NoTestRun'));
        assert.ok(sf.calls().at(-2).args.join(' ').includes('--name Cosell_Seller --name Cosell_Admin --target-org demo'));
    });
});

describe('the command line', () => {
    it('says what it wants, in one sentence', async () => {
        for (const [words, told] of [
            ['check', /^Say which org: --target-org <alias>/],
            ['deploy --org acme', /^Unknown option '--org'/],
            ['destroy', /^There is no command destroy; there are check, deploy, scratch\.$/]
        ]) {
            const { code, said } = await run(words, []);
            assert.equal(code, 1);
            assert.match(said, told);
            sf.remove();
        }
    });

    it('says so when there is no Salesforce CLI', async () => {
        const path = process.env.PATH;
        process.env.PATH = '';
        try {
            const said = [];
            assert.equal(await main(['check', '-o', 'acme'], { say() {}, complain: (line) => said.push(line) }), 1);
            assert.match(said.join('\n'), /^The Salesforce CLI was not found: .*Install it \(https:\/\/.*\), sign in/);
        } finally {
            process.env.PATH = path;
        }
    });

    it('shows what the CLI prints when it is not JSON', async () => {
        const { code, said } = await run('scratch', [[['scratch'], { print: 'Segmentation fault' }]]);
        assert.equal(code, 1);
        assert.match(said, /`sf org create scratch` ended with 1 and without the JSON that was asked for:\nSegmentation fault/);
    });
});

describe('the sample deals', () => {
    const read = (name) => JSON.parse(readFileSync(join(ROOT, 'config/sample-data', name), 'utf8'));
    const plan = read('plan.json').map(({ sobject, files }) => ({ sobject, records: files.flatMap((file) => read(file).records) }));

    it('name only records that come before them', () => {
        const known = new Set();
        for (const { sobject, records } of plan) {
            for (const { attributes, ...fields } of records) {
                assert.equal(attributes.type, sobject);
                for (const [name, value] of Object.entries(fields)) {
                    if (typeof value === 'string' && value.startsWith('@'))
                        assert.ok(known.has(value.slice(1)), `${sobject}.${name}: ${value}`);
                }
            }
            for (const { attributes } of records) known.add(attributes.referenceId);
        }
        assert.ok(known.size > 10);
    });

    it('name only fields of ours that exist, with values that they take', () => {
        for (const { sobject, records } of plan) {
            for (const [name, value] of records.flatMap(({ attributes: _attributes, ...fields }) => Object.entries(fields))) {
                if (!name.endsWith('__c')) continue;
                const found = FIELDS.find((field) => field.object === sobject && field.name === name)?.field;
                assert.ok(found, `${sobject}.${name}`);
                const values = found.valueSet?.valueSetDefinition.value.map(({ fullName }) => fullName);
                assert.ok(!values || values.includes(value), `${name}: ${value}`);
            }
        }
    });
});
