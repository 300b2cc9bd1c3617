/**
 * `npm run org:check`, `org:deploy`, `org:scratch`: reads the command line, and says what comes of it. Works with the Salesforce CLI that
 * the user has; nothing here is needed to build or to test.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { judge } from './check.mjs';
import { deploy } from './deploy.mjs';
import { facts } from './facts.mjs';
import { scratch } from './scratch.mjs';
import { Problem, Refusal } from './sf.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const text = { type: 'string' };
const flag = { type: 'boolean' };
const ORG = { 'target-org': { ...text, short: 'o' } };
const SIGNS = { ok: '✔', missing: '✘', note: '–' };

/** Each command: its options, and what it does with them. Gives whether all is well. */
const COMMANDS = {
    check: {
        options: ORG,
        async run(values, { say }) {
            const judged = judge(await facts(orgOf(values)));
            const width = Math.max(...judged.map(({ name }) => name.length));
            for (const { name, verdict, says } of judged) say(`${SIGNS[verdict]} ${name.padEnd(width)}  ${says}`);
            return judged.every(({ verdict }) => verdict !== 'missing');
        }
    },
    deploy: {
        options: { ...ORG, server: text, defaults: flag, 'skip-tests': flag, package: text },
        async run(values, { from, say }) {
            const { server, defaults, 'skip-tests': skipTests, package: version } = values;
            await deploy({ org: orgOf(values), from, server, defaults, skipTests, version, say });
            return true;
        }
    },
    scratch: {
        options: { alias: text, days: text, 'target-dev-hub': text, server: text, 'skip-tests': flag },
        async run(values, { from, say }) {
            const { alias, days, server, 'target-dev-hub': devHub, 'skip-tests': skipTests } = values;
            await scratch({ root: ROOT, from, alias, days, devHub, server, skipTests, say });
            return true;
        }
    }
};

function orgOf(values) {
    const org = values['target-org'];
    if (!org) throw new Problem('Say which org: --target-org <alias>, as `sf org list` shows it.');
    return org;
}

/**
 * Runs a command.
 * @param {string[]} words the command line: `check`, `deploy` or `scratch`, and its options
 * @param {{ from?: string, say?: (line: string) => void, complain?: (line: string) => void }} where the built package, and who listens
 * @returns {Promise<number>} the exit code
 */
export async function main([name, ...rest], { from = join(ROOT, 'target/package'), say = console.log, complain = console.error } = {}) {
    const command = COMMANDS[name];
    try {
        if (!command) throw new Problem(`There is no command ${name}; there are ${Object.keys(COMMANDS).join(', ')}.`);
        return (await command.run(read(rest, command.options), { from, say })) ? 0 : 1;
    } catch (error) {
        if (!(error instanceof Problem)) throw error;
        complain(error instanceof Refusal ? `Salesforce: ${error.message}` : error.message);
        return 1;
    }
}

function read(args, options) {
    try {
        return parseArgs({ args, options, allowPositionals: false }).values;
    } catch (error) {
        throw new Problem(error.message);
    }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    process.exitCode = await main(process.argv.slice(2));
}
