// What `npm run bench` compares with: the zod and valibot checks give the module's verdict on every record, or the comparison is void.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import { codes } from '../bench/peers/codes.mjs';
import { broken, many, ready, today } from '../bench/peers/records.mjs';
import { valibotCheck } from '../bench/peers/valibot.js';
import { zodCheck } from '../bench/peers/zod.js';
import { reviewCases } from '../support/cases.mjs';
import { ask, loadModule, rulesWith } from '../support/module.mjs';

/** What the peers do not hold (peers/checks.js says why): settings, unsaved edits, and what Microsoft was given. */
const isPlain = ({ settings, request }) =>
    [settings, request.draft, request.facts].every((each) => Object.keys(each).length === 0) && !request.record.Referral_Identifier__c;

describe('the peers of the benchmark', () => {
    const peers = {
        zod: zodCheck(codes()),
        'zod without its own code': zodCheck(codes(), { jitless: true }),
        valibot: valibotCheck(codes())
    };
    let verdict;
    before(async () => {
        const rules = rulesWith(await loadModule());
        verdict = (record) => ask(rules, 'review', { record, draft: {}, today }).ready;
    });

    const agree = (record, expected) => {
        assert.equal(verdict(record), expected, 'the module');
        for (const [name, check] of Object.entries(peers)) assert.equal(check(record), expected, name);
    };

    it('accept what is measured', () => {
        for (const record of many(2)) agree(record, true);
        agree(ready, true);
    });

    for (const { says, record } of broken) it(`refuse ${says}`, () => agree(record, false));

    for (const { says, request } of reviewCases().filter(isPlain))
        it(`agree on ${says}`, () => agree(request.record, verdict(request.record)));
});
