/**
 * Lays the Salesforce package out for the Salesforce CLI: `node src/xtask/stage-package.mjs` → `target/package`, a project of
 * its own that holds what is deployed and nothing else.
 *
 * Why not deploy from `lwc/`: the CLI decides what a file is by the names of all the directories above it, and a directory
 * called `lwc` makes everything below it a Lightning web component (forcedotcom/cli issue 1395).
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FROM = 'lwc/';
const BUILT = ['lwc/main/default/staticresources/cosellRules.wasm', 'lwc/main/default/lwc/cosellRules/cosellRules.js'];

/** What lies beside the source without being part of it. */
const isDeployed = (path) => basename(path) !== '__tests__' && !path.endsWith('.d.ts');

/** Replaces the directory `to` by the staged project. */
export function stage(to, root = ROOT) {
    const project = JSON.parse(readFileSync(join(root, 'sfdx-project.json'), 'utf8'));
    rmSync(to, { recursive: true, force: true });
    mkdirSync(to, { recursive: true });
    for (const directory of project.packageDirectories) {
        const staged = directory.path.slice(FROM.length);
        cpSync(join(root, directory.path), join(to, staged), { recursive: true, filter: isDeployed });
        directory.path = staged;
        // What a package version is built in: the only other file of the repository that the project names.
        if (directory.definitionFile) {
            mkdirSync(join(to, dirname(directory.definitionFile)), { recursive: true });
            cpSync(join(root, directory.definitionFile), join(to, directory.definitionFile));
        }
    }
    for (const replacement of project.replacements ?? []) {
        replacement.glob = replacement.glob.slice(FROM.length);
    }
    writeFileSync(join(to, 'sfdx-project.json'), `${JSON.stringify(project, null, 4)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    if (BUILT.some((path) => !existsSync(join(ROOT, path)))) {
        process.stderr.write('The WebAssembly module is not built yet: run `npm run build` first.\n');
        process.exit(1);
    }
    stage(join(ROOT, 'target/package'));
}
