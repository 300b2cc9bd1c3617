/** The package as it is deployed, laid out in a directory of its own that is gone when the tests end. Judges nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { stage } from '../../src/xtask/stage-package.mjs';
import { ROOT } from './source.mjs';

/** An empty directory for the tests of one file. */
export function temporary() {
    const directory = mkdtempSync(join(tmpdir(), 'cosell-package-'));
    after(() => rmSync(directory, { recursive: true, force: true }));
    return directory;
}

/** The path of a fresh copy. */
export function staged() {
    const to = join(temporary(), 'package');
    stage(to, ROOT);
    return to;
}
