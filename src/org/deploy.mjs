/**
 * Deploys the built package: the package itself with its tests, or a version of it that was made before; the defaults where the org has
 * none yet; French where the org speaks it. Knows in which order; asks and writes by the Salesforce CLI.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { settings } from './facts.mjs';
import { Problem, Refusal, sf } from './sf.mjs';

/** Minutes that a deployment may take; Salesforce queues them. */
const MINUTES = '60';

/**
 * Deploys.
 * @param {object} options
 * @param {string} options.org alias or user name of the org
 * @param {string} options.from the directory of the built package, `target/package`
 * @param {string} [options.server] address of the Cosell server, `https://cosell.example.com`; needed the first time
 * @param {boolean} [options.defaults] write the defaults again, over what the admin has set
 * @param {boolean} [options.skipTests] do not run the Apex tests; production does not allow it
 * @param {string} [options.version] id of a version of the unlocked package (04t…), which is installed in place of the source
 * @param {(line: string) => void} options.say is told what happens
 */
export async function deploy({ org, from, server, defaults = false, skipTests = false, version, say }) {
    if (!existsSync(join(from, 'main/default/staticresources/cosellRules.wasm'))) {
        throw new Problem('The package is not built yet: run `npm run build`, then this again.');
    }
    // Asked before anything is written, so that a forgotten address costs no half of a deployment.
    const before = await settings(org);
    const isFirst = defaults || !before;
    const address = isFirst ? checkedServer(server) : null;
    if (!isFirst && server) {
        say(
            `The org keeps its settings (server: ${before.Proxy_Url__c}); change them in the set-up page, or write all of them anew with --defaults.`
        );
    }

    await (version ? install(org, version, say) : deployPackage(org, from, skipTests, say));
    if (isFirst) {
        say(`Writing the settings, with the server ${address} …`);
        await start(org, from, 'defaults', [], { COSELL_SERVER: address });
    }
    await deployFrench(org, from, say);
}

/** The package from its source, as it was built. */
async function deployPackage(org, from, skipTests, say) {
    const tests = testsIn(from).flatMap((name) => ['--tests', name]);
    const level = skipTests ? ['--test-level', 'NoTestRun'] : ['--test-level', 'RunSpecifiedTests', ...tests];
    say(`Deploying Cosell${skipTests ? '' : ' and running its Apex tests'} …`);
    const done = await start(org, from, 'main', level);
    say(`  ${done.numberComponentsDeployed} components, ${done.numberTestsCompleted} tests`);
}

/** The package as a version that was made of it. */
async function install(org, version, say) {
    say(`Installing ${version} …`);
    const how = ['--no-prompt', '--security-type', 'AdminsOnly', '--wait', MINUTES, '--publish-wait', '10'];
    await sf(['package', 'install', '--package', version, '--target-org', org, ...how]);
}

/** French goes into an org that has it among the languages of Translation Workbench; the others go without. */
async function deployFrench(org, from, say) {
    say('Deploying French …');
    try {
        await start(org, from, 'translations', []);
        say('  deployed');
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        say(`  left out: ${error.message.split('\n')[0]}`);
        say('  Where French is wanted: Setup, Translation Language Settings: enable it, add French, and deploy again.');
    }
}

/** Deploys one directory of the package. */
async function start(org, from, directory, options, env) {
    const command = ['project', 'deploy', 'start', '--source-dir', directory, '--target-org', org, '--wait', MINUTES, '--ignore-conflicts'];
    try {
        return await sf([...command, ...options], { cwd: from, env });
    } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const failed = failures(error.result);
        throw failed.length ? new Refusal({ name: error.code, message: failed.join('\n'), result: error.result }) : error;
    }
}

/** What failed, a line each. */
function failures(result) {
    const list = (value) => [value ?? []].flat();
    const components = list(result?.details?.componentFailures).map(
        ({ componentType, fullName, lineNumber, problem }) =>
            `${componentType} ${fullName}${lineNumber ? `:${lineNumber}` : ''}: ${problem}`
    );
    const tests = list(result?.details?.runTestResult?.failures).map(
        ({ name, methodName, message }) => `${name}.${methodName}: ${message}`
    );
    return [...components, ...tests];
}

/** The package's test classes. */
function testsIn(from) {
    const files = readdirSync(join(from, 'main/default/classes'));
    return files.filter((file) => file.endsWith('Test.cls')).map((file) => file.slice(0, -'.cls'.length));
}

/** The address as page and trusted site want it: https, a host, nothing after it. */
function checkedServer(server) {
    if (!server) {
        throw new Problem('Say where the Cosell server is, the first time: --server https://cosell.example.com');
    }
    const url = URL.canParse(server) ? new URL(server) : null;
    if (url?.protocol !== 'https:' || server.replace(/\/$/, '') !== url.origin) {
        throw new Problem(`${server} is not an address of a server: https and a host, without a path, such as https://cosell.example.com`);
    }
    return url.origin;
}
