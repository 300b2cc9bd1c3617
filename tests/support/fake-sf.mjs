/**
 * A program called `sf` that answers as it is told and remembers how it was called, in a directory to be put before the path.
 * Knows nothing of Salesforce.
 */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const PROGRAM = `#!/usr/bin/env node
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');
const args = process.argv.slice(2);
appendFileSync(join(__dirname, 'calls.jsonl'), JSON.stringify({ args, cwd: process.cwd(), server: process.env.COSELL_SERVER }) + '\\n');
const answers = JSON.parse(readFileSync(join(__dirname, 'answers.json'), 'utf8'));
const told = answers.find(({ when }) => when.every((word) => args.some((arg) => arg.includes(word))));
const { files = {}, print, ...answer } = told?.answer ?? { status: 1, name: 'Unexpected', message: 'nobody expected ' + args.join(' ') };
const directory = args[args.indexOf('--target-metadata-dir') + 1];
for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
}
console.log(print ?? 'Warning: something is deprecated.\\n' + JSON.stringify(answer));
process.exitCode = answer.status ?? 1;
`;

/** What a call that went well prints. */
export const result = (value) => ({ status: 0, result: value });

/** What a call that failed prints. */
export const refusal = (message, more = {}) => ({ status: 1, name: 'Refused', message, ...more });

/**
 * Puts the program before the path of this process until `remove` is called.
 * @param {[string[], object][]} answers words that a call contains, each somewhere in an argument, and what is printed; the first one that fits counts
 */
export function fakeSf(answers) {
    const directory = mkdtempSync(join(tmpdir(), 'cosell-sf-'));
    const path = process.env.PATH;
    writeFileSync(join(directory, 'sf'), PROGRAM);
    chmodSync(join(directory, 'sf'), 0o755);
    writeFileSync(join(directory, 'answers.json'), JSON.stringify(answers.map(([when, answer]) => ({ when, answer }))));
    process.env.PATH = `${directory}${delimiter}${path}`;
    return {
        /** Every call so far: `{ args, cwd, server }`. */
        calls() {
            const file = join(directory, 'calls.jsonl');
            const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
            return lines.map((line) => JSON.parse(line));
        },
        remove() {
            process.env.PATH = path;
            rmSync(directory, { recursive: true, force: true });
        }
    };
}
