// Whatever bytes arrive, the answer is a value; the instance never traps and goes on working.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { base } from '../support/cases.mjs';
import { ask, loadModule, request, rulesWith } from '../support/module.mjs';

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
const tokens = ['\u001c', '\u001d', '\u001e', '\u001f', '\0', '1e999', '-0.1', base.record.Id, 'DE', 'EUR', '✓', 'Germany', '🙂'];
/** What a page, a server or nobody would say of a deal; `partners` and `gossip` can be refused. */
const facts = {
    names: [
        ...['now', 'ifMatch', 'partners', 'gossip', 'held:/details/notes', 'held:/team', 'held:', 'document:/type', 'document:/a/b/c'],
        ...['replace:/name', 'replace:/details/notes', 'replace:/status', 'add:/team/-', 'add:/substatus', 'remove:/consent'],
        ...['own', 'microsoft', 'visible', 'help', 'contact', 'incoming', 'created', 'due', 'salesStage', 'lastSent'].map(
            (key) => `sent.${key}`
        ),
        ...['caller.roles', 'caller.email'],
        ...['contractValue', 'solutionValue', 'annualValue', 'usdValue', 'perpetual', 'signed', 'starts', 'ends', 'onAzure', 'invited'].map(
            (key) => `registration.${key}`
        )
    ],
    texts: [
        ...[
            '',
            'x',
            '🙂',
            '0',
            '-1',
            '1e30',
            '84000.50',
            'true',
            'false',
            '2026-11-22',
            '2026-02-30',
            '2026-11-22T12:00:00Z',
            '+999999-01-01'
        ],
        ...['Active / Accepted', 'New / Pending', 'Closed / Won', 'Closed / Lost', 'Closed', 'Accepted', 'Independent', 'Qualify'],
        ...['ada@wattenwerk.example', 'Referrals admin, Referrals user', 'ProofOfConceptOrDemo']
    ]
};
/** Settings that wake the rules that sleep by default. */
const demanding = {
    ...{ reasonField: 'Reason__c', marketplaceIntentField: 'Intent__c', partnerRoleField: 'Role__c', solutionAreaField: 'Area__c' },
    ...{ solutionPlayField: 'Play__c', locationField: 'Place__c', dunsField: 'Duns__c', federalField: 'Federal__c', onHoldStage: 'Hold' },
    ...{
        servicesCoSell: true,
        partnerId: '12345',
        catalog: ['SOL-1|Gauge|3P|co-sell ready|999', 'ASM-1|Look|Assessment||'],
        relaxed: '11, 12'
    },
    ...{ salesStages: ['Hold|Qualify', 'Qualification|Develop'], countryNames: { DE: 'Allemagne' }, defaultCurrency: 'EUR' }
};
const oddities = [null, true, -0.5, 1e308, 'x', '\u0000', '\u001e\u001f', [], {}, { records: 7 }, '2026-02-30', '🙂'.repeat(50)];

/** How bytes go wrong. Each kind is broken in its own way, so that all layers of reading are met. */
const kinds = [
    function cutShort(next) {
        return whole.slice(0, 1 + next(whole.length - 1));
    },
    function flippedBits(next) {
        const bytes = whole.slice();
        for (let count = 1 + next(8); count > 0; count -= 1) bytes[next(bytes.length)] ^= 1 << next(8);
        return bytes;
    },
    function noise(next) {
        return Uint8Array.from({ length: 1 + next(64) }, () => next(256));
    },
    function tokenSoup(next) {
        const soup = Array.from({ length: next(200) }, () => tokens[next(tokens.length)]).join('');
        return encoder.encode(`today\u001f2026-11-22\u001c${next(2) ? base.record.Id : ''}\u001f${soup}`);
    },
    function wildFacts(next) {
        const pick = (list) => list[next(list.length)];
        const told = Object.fromEntries(Array.from({ length: next(12) }, () => [pick(facts.names), pick(facts.texts)]));
        const draft = next(2)
            ? { Amount: 1, Visible_to_Microsoft_Sellers__c: false, StageName: pick(['Closed Won', 'Closed Lost', 'Hold']) }
            : {};
        return request(rules, { record: base.record, draft, peers: [base.record], today: base.today, facts: told });
    },
    function wrongTypes(next) {
        const record = { ...base.record };
        const fields = Object.keys(record);
        for (let count = 1 + next(4); count > 0; count -= 1) record[fields[next(fields.length)]] = oddities[next(oddities.length)];
        return request(rules, { record, today: next(4) === 0 ? oddities[next(oddities.length)] : base.today });
    },
    function manyParts(next) {
        return encoder.encode(`today\u001f2026-11-22${'\u001c'.repeat(next(400))}${'\u001d'.repeat(next(400))}`);
    }
];

let rules;
let strict;
let whole;

describe('bad bytes', () => {
    before(async () => {
        const module = await loadModule();
        rules = rulesWith(module);
        strict = rulesWith(module, demanding);
        whole = request(rules, { record: base.record, today: base.today, facts: { now: '2026-11-22T12:00:00Z', 'sent.visible': true } });
    });

    it(`are answered with a value ${INPUTS.toLocaleString('en')} times, and the instance still works`, () => {
        const next = generator(20261122);
        const seen = { reviewed: 0, unreadable: 0 };
        const codes = new Set();
        for (let number = 0; number < INPUTS; number += 1) {
            const kind = kinds[number % kinds.length];
            const method = next(5) === 0 ? 'reviewAll' : 'review';
            const asked = next(2) ? rules : strict;
            let outcome;
            try {
                outcome = asked[method](kind(next));
            } catch (error) {
                assert.fail(`input ${number} (${kind.name}, ${method}): ${error}`);
            }
            seen[outcome.status] += 1;
            for (const { code } of outcome.findings ?? []) codes.add(code);
        }
        assert.equal(seen.reviewed + seen.unreadable, INPUTS);
        // Else the inputs would be turned away at the door, and the rules would never have met them.
        assert.ok(seen.reviewed > INPUTS * 0.4, `only ${seen.reviewed} inputs were reviewed`);
        assert.ok(seen.unreadable > INPUTS * 0.2, `only ${seen.unreadable} inputs were unreadable`);
        assert.ok(codes.size >= 60, `only ${codes.size} different things were found`);
        assert.equal(ask(rules, 'review', { record: base.record, today: base.today }).ready, true);
    });

    for (const given of [
        'locale',
        'locale\u001f',
        'countryField\u001fBilling\u001fCountry',
        'nonsense\u001fx',
        'relaxed\u001f7',
        'relaxed\u001fx',
        'mapping\u001f|||',
        '\u001e\u001f\u001e',
        '\ud800'
    ]) {
        it(`settings ${JSON.stringify(given)} give an error that names one, or the defaults, never a trap`, async () => {
            const module = await loadModule();
            try {
                const made = rulesWith(module, given);
                assert.equal(ask(made, 'review', { record: base.record, today: base.today }).ready, true);
            } catch (error) {
                assert.equal(error.code, 'settings.unreadable');
                assert.match(error.message, /^[\w.]+: ./);
            }
        });
    }
});
