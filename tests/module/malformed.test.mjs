// Whatever bytes arrive, the answer is a value; the instance never traps and goes on working.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { base } from '../support/cases.mjs';
import { ask, loadModule } from '../support/module.mjs';

const INPUTS = 200_000;

/** A small deterministic generator (mulberry32), so that a failing input can be found again by its number. */
function generator(seed) {
    let state = seed;
    return (below) => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const whole = encoder.encode(JSON.stringify({ record: base.record, today: base.today }));
const tokens = [
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    'null',
    'true',
    '-1',
    '1e999',
    '0.1',
    '\\u0000',
    '\\ud800',
    '"Id"',
    '"Account"',
    '"today"',
    '"record"'
];
const oddities = [null, true, -0.5, 1e308, 'x', '\u0000', [], {}, [[[[]]]], { records: 7 }, '2026-02-30', '🙂'.repeat(50)];

/** How bytes go wrong. Each kind is broken in its own way, so that all layers of reading are met. */
const kinds = [
    function cutShort(next) {
        return whole.slice(0, next(whole.length));
    },
    function flippedBits(next) {
        const bytes = whole.slice();
        for (let count = 1 + next(8); count > 0; count -= 1) bytes[next(bytes.length)] ^= 1 << next(8);
        return bytes;
    },
    function noise(next) {
        return Uint8Array.from({ length: next(64) }, () => next(256));
    },
    function tokenSoup(next) {
        return encoder.encode(Array.from({ length: next(40) }, () => tokens[next(tokens.length)]).join(''));
    },
    function wrongTypes(next) {
        const record = { ...base.record };
        const fields = Object.keys(record);
        for (let count = 1 + next(4); count > 0; count -= 1) record[fields[next(fields.length)]] = oddities[next(oddities.length)];
        const today = next(4) === 0 ? oddities[next(oddities.length)] : base.today;
        return encoder.encode(JSON.stringify({ record, draft: next(3) === 0 ? oddities[next(oddities.length)] : {}, today }));
    },
    function deepNesting(next) {
        const depth = 50 + next(400);
        return encoder.encode(`{"record":${'['.repeat(depth)}${']'.repeat(depth)},"today":"2026-11-22"}`);
    }
];

describe('bad bytes', () => {
    let rules;
    before(async () => {
        const { CosellRules } = await loadModule();
        rules = new CosellRules({});
    });

    it(`are answered with a value ${INPUTS.toLocaleString('en')} times, and the instance still works`, () => {
        const next = generator(20261122);
        const seen = { reviewed: 0, unreadable: 0 };
        for (let number = 0; number < INPUTS; number += 1) {
            const kind = kinds[number % kinds.length];
            const method = next(5) === 0 ? 'reviewAll' : 'review';
            let outcome;
            try {
                outcome = JSON.parse(decoder.decode(rules[method](kind(next))));
            } catch (error) {
                assert.fail(`input ${number} (${kind.name}, ${method}): ${error}`);
            }
            seen[outcome.status] += 1;
        }
        assert.equal(seen.reviewed + seen.unreadable, INPUTS);
        assert.ok(seen.unreadable > INPUTS / 2, `most inputs are meant to be unreadable, ${seen.unreadable} were`);
        assert.ok(seen.reviewed > 1000, `some inputs are meant to get through, ${seen.reviewed} did`);
        assert.equal(ask(rules, 'review', { record: base.record, today: base.today }).ready, true);
    });

    for (const given of [undefined, null, 7, 'text', { locale: 7 }, { countryNames: [1] }, [], new Map([['locale', {}]])]) {
        it(`settings ${typeof given === 'object' ? JSON.stringify(given) : String(given)} give an error or the defaults, never a trap`, async () => {
            const { CosellRules } = await loadModule();
            try {
                const made = new CosellRules(given);
                assert.equal(ask(made, 'review', { record: base.record, today: base.today }).ready, true);
            } catch (error) {
                assert.equal(error.code, 'settings.unreadable');
            }
        });
    }
});
