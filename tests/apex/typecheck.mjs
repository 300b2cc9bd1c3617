/** Apex's types, checked by apex-ls against Salesforce's own classes and objects and the metadata of the package. Judges nothing. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Salesforce Code Analyzer ships it beside PMD. */
const LIBRARIES = join(dirname(createRequire(import.meta.url).resolve('@salesforce/code-analyzer-pmd-engine')), 'java-lib', '*');

/** Its exit status when it has something to say. */
const FINDINGS = 4;

/** The problems of a Salesforce project: `Class.cls:line message`. */
export function problemsOf(project) {
    const checker = [
        '-cp',
        LIBRARIES,
        'io.github.apexdevtools.apexls.CheckForIssues',
        '--nocache',
        '--format',
        'json',
        '--workspace',
        project
    ];
    const { status, stdout, stderr, error } = spawnSync('java', checker, { encoding: 'utf8' });
    if (error) throw new Error(`Java could not be started: ${error.message}`);
    if (status !== 0 && status !== FINDINGS) throw new Error(`apex-ls ended with ${status}: ${stderr}${stdout}`);
    return (JSON.parse(stdout || '{}').files ?? []).flatMap(({ path, messages }) =>
        messages.map(({ start, message }) => `${path.split(/[\\/]/).pop()}:${start.line} ${message}`)
    );
}
