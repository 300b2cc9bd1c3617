/**
 * Runs the Salesforce CLI, which the user has installed and signed in, and reads its JSON. Must not know what for.
 */
import { spawn } from 'node:child_process';

/** Something that the person at the terminal has to know; its message is a whole sentence, and needs no stack. */
export class Problem extends Error {}

/** The CLI ended with an error. `result` is what it said beside the message, where a deployment lists what failed. */
export class Refusal extends Problem {
    constructor({ name, message, result, data }) {
        super(message);
        this.code = name;
        this.result = result ?? data;
    }
}

const MISSING =
    'The Salesforce CLI was not found: there is no program called sf. Install it (https://developer.salesforce.com/tools/salesforcecli), ' +
    'sign in with `sf org login web --alias <name>`, and run this again.';

/**
 * Runs `sf <args> --json`.
 * @param {string[]} args the command and its options
 * @param {{ cwd?: string, env?: object }} where the directory, and variables beside those of this process
 * @returns {Promise<any>} the result
 * @throws {Problem} when there is no CLI; {Refusal} when it reports an error
 */
export async function sf(args, { cwd, env } = {}) {
    const { code, output } = await run([...args, '--json'], { cwd, env: { ...process.env, ...env } });
    const answer = read(output);
    if (!answer) {
        throw new Problem(
            `\`sf ${args.slice(0, 3).join(' ')}\` ended with ${code} and without the JSON that was asked for:\n${output.trim()}`
        );
    }
    if (answer.status !== 0) {
        throw new Refusal({ name: 'unknown', message: `sf ended with ${answer.status}`, ...answer });
    }
    return answer.result;
}

function run(args, options) {
    return new Promise((resolve, reject) => {
        // On Windows the CLI is a command file, which only a shell starts.
        const child = spawn('sf', args, { ...options, shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'inherit'] });
        const parts = [];
        child.stdout.on('data', (part) => parts.push(part));
        child.on('error', (error) => reject(error.code === 'ENOENT' ? new Problem(MISSING) : error));
        child.on('close', (code) => resolve({ code, output: Buffer.concat(parts).toString('utf8') }));
    });
}

/** The CLI may print a warning before its JSON. */
function read(output) {
    try {
        return JSON.parse(output.slice(output.indexOf('{')));
    } catch {
        return null;
    }
}
