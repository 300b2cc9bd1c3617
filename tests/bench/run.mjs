// `npm run bench`: what a review costs in the page, beside the same checks in zod and valibot. Prints, and judges nothing.
import { cpus, loadavg, totalmem } from 'node:os';

import { launch } from '../support/browser.mjs';
import { codes } from './peers/codes.mjs';
import { broken, many, ready, today } from './peers/records.mjs';
import { serve } from './serve.mjs';

const FRESH_PAGES = 9;
const PLACES = { sandboxed: 'in LWS', plain: 'outside' };
const GOALS = { 1: 25, 1000: 3 };
const NOTES = `
What each does, for one record, as a JavaScript object in and an answer as a JavaScript object out:
  Cosell module   rows of text, bytes into WebAssembly; reads the record (amounts as decimals), runs every rule, warnings and
                  visibility taken back included; both documents that Microsoft would get as a preview; findings in the reader's
                  language with fixes; bytes out, JSON.parse.
  zod, valibot    The checks that block a share (the same verdicts on every case record: tests/module/bench-peers.test.mjs), on the
                  object where it is; code tables as plain objects. No preview, no warnings, no suggested country or currency, no fixes, no
                  translated words, no unsaved edits. Cross-field checks are the same plain functions for both.
  jitless         zod without the code that it writes and evaluates for itself.
Outside: the same bundle on a plain page, for orientation. Spread: 10th to 90th per cent of 60 batches of about 20 ms, all
candidates in turn, after warm-up. Started: bytes to a module that answers, each in a fresh browser context, download excluded.`;

const microseconds = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(1));
const print = (line) => process.stdout.write(`${line}\n`);

/** Opens a page of its own context, lets `use` ask it, and fails with whatever went wrong in it. */
async function inPage(browser, address, use) {
    const context = await browser.newContext();
    const page = await context.newPage();
    try {
        await page.goto(address);
        return await use(page);
    } finally {
        await context.close();
    }
}

async function started(browser, address) {
    const times = [];
    for (let count = 0; count < FRESH_PAGES; count++) {
        const ask = (page) => page.evaluate(async () => (await window.ready).instantiate('/resource/cosellRules'));
        times.push(await inPage(browser, address, ask));
    }
    times.sort((one, other) => one - other);
    return { median: times[Math.floor(times.length / 2)], low: times[0], high: times[times.length - 1] };
}

const measured = async (browser, address, input) =>
    JSON.parse(await inPage(browser, address, (page) => page.evaluate(async (text) => (await window.ready).measure(text), input)));

function table(rows) {
    const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
    for (const row of rows)
        print(row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '));
}

const server = await serve();
const browser = await launch();
try {
    const load = loadavg()[0].toFixed(2);
    const input = JSON.stringify({ codes: codes(), ready, many: many(1000), broken, today });
    const rows = [['records', 'checked by', ...Object.values(PLACES).flatMap((place) => [`µs each ${place}`, 'spread']), 'goal in LWS']];
    const results = {};
    const starts = {};
    for (const place of Object.keys(PLACES)) {
        starts[place] = await started(browser, `${server.address}/${place}`);
        results[place] = await measured(browser, `${server.address}/${place}`, input);
    }
    results.sandboxed.forEach(({ name, records }, row) => {
        const figures = Object.keys(PLACES).flatMap((place) => {
            const { median, low, high } = results[place][row];
            return [microseconds(median), `${microseconds(low)}–${microseconds(high)}`];
        });
        rows.push([records.toLocaleString('en'), name, ...figures, name === 'Cosell module' ? `≤ ${GOALS[records]}` : '']);
    });
    print(
        `\n${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${load} at the start; Chromium ${browser.version()}\n`
    );
    table(rows);
    print('');
    for (const [place, words] of Object.entries(PLACES)) {
        const { median, low, high } = starts[place];
        print(`started ${words}: ${median.toFixed(1)} ms (${low.toFixed(1)}–${high.toFixed(1)} ms of ${FRESH_PAGES})`);
    }
    print(NOTES);
} finally {
    await browser.close();
    server.stop();
}
