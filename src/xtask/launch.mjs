// What `npm start` and `npm test` run first: checks that the machine has what no step can install, then hands over to xtask.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Ends with one clear sentence. */
function give(sentence) {
    process.stderr.write(`cosell: ${sentence}\n`);
    process.exit(1);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 12)) give(`Node.js 20.12 or newer is needed, this is ${process.version}.`);

const cargoHome = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'bin');
const env = { ...process.env, PATH: existsSync(cargoHome) ? `${cargoHome}${delimiter}${process.env.PATH}` : process.env.PATH };
const quiet = (command, args) => spawnSync(command, args, { cwd: root, env, encoding: 'utf8' });

if (quiet('rustup', ['--version']).error) give('Rust is needed and was not found: install it with rustup, then run this again.');
if (quiet('cc', ['--version']).error)
    give('A C compiler is needed and was not found: install one (Debian: apt-get install gcc), then run this again.');

// `rustup` may be told not to install by itself what rust-toolchain.toml asks for, so it is asked here.
if (quiet('cargo', ['--version']).status !== 0) {
    process.stderr.write('cosell: installing the Rust tool chain named in rust-toolchain.toml\n');
    const installed = spawnSync('rustup', ['toolchain', 'install'], { cwd: root, env, stdio: 'inherit' });
    if (installed.status !== 0) give('The Rust tool chain named in rust-toolchain.toml could not be installed; is the network reachable?');
}

if (!existsSync(join(root, 'target', 'debug')))
    process.stderr.write('cosell: first run, building the build steps themselves (about a minute)\n');

const cargo = ['run', '--quiet', '--locked', '--package', 'cosell-xtask', '--', ...process.argv.slice(2)];
const child = spawn('cargo', cargo, { cwd: root, env, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => give(`cargo could not be started: ${error.message}`));
child.on('exit', (code) => process.exit(code ?? 1));
