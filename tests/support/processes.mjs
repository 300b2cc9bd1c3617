// Real processes: the sandbox and the proxy as they are shipped, started, stopped and killed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

import { at } from './paths.mjs';

/** Runs a program to its end: `{ code, out, log }`. */
export async function run(program, args, env = {}) {
    const child = spawn(at(`target/debug/${program}`), args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { out: '', log: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (said.log += text));
    const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    return { code, ...said };
}

/** A program that says on one line of standard output when it is ready. */
export class Process {
    static async start(program, args, env = {}) {
        const path = at(`target/debug/${program}`);
        if (!existsSync(path)) throw new Error(`${program} is not built: run \`npm run build\` first.`);
        const child = spawn(path, args, { env: { ...process.env, ...env }, stdio: 'pipe' });
        const started = new Process(program, child);
        await started.#awaitReady();
        return started;
    }

    constructor(program, child) {
        this.program = program;
        this.child = child;
        this.log = '';
        child.stderr.setEncoding('utf8').on('data', (text) => {
            this.log += text;
        });
        this.ended = new Promise((resolve) => child.on('exit', resolve));
    }

    async #awaitReady() {
        const lines = createInterface({ input: this.child.stdout });
        const line = await new Promise((resolve, reject) => {
            lines.once('line', resolve);
            this.ended.then((code) => reject(new Error(`${this.program} ended with ${code} before it was ready:\n${this.log}`)));
        });
        this.ready = JSON.parse(line);
    }

    /** Stops it as an operator would. */
    async stop() {
        this.child.kill('SIGTERM');
        await this.ended;
    }

    /** Stops it as a power cut would. */
    async kill() {
        this.child.kill('SIGKILL');
        await this.ended;
    }
}
