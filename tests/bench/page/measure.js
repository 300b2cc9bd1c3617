// What is measured, the same inside Lightning Web Security and on a plain page. Text in, text out: what crosses the sandbox's border
// as an object would be a proxy on this side, and the records of a component are not.
import init from 'c/cosellRules';
import { openRules } from 'c/cosellModule';

import { valibotCheck } from '../peers/valibot.js';
import { zodCheck } from '../peers/zod.js';
import { sample } from './sampling.js';

/** Milliseconds from the module's bytes to a module that answers; once per page. */
export async function instantiate(url) {
    const bytes = await (await fetch(url)).arrayBuffer();
    const start = performance.now();
    await init({ module_or_path: bytes });
    return performance.now() - start;
}

/** Times everybody on the same records. Throws when somebody's verdict is not the expected one. */
export async function measure(input) {
    const { codes, ready, many, broken, today } = JSON.parse(input);
    const rules = await openRules({});
    const verdicts = {
        'Cosell module': (record) => rules.review(record, {}, today).ready,
        'zod 4': zodCheck(codes),
        'zod 4, jitless': zodCheck(codes, { jitless: true }),
        'valibot 1': valibotCheck(codes)
    };
    for (const [name, verdict] of Object.entries(verdicts)) {
        expect(verdict(ready), name, 'refuses the measured record');
        for (const { says, record } of broken) expect(!verdict(record), name, `accepts ${says}`);
    }

    const one = Object.entries(verdicts).map(([name, verdict]) => ({
        name,
        records: 1,
        run: () => expect(verdict(ready), name, 'has changed its mind')
    }));
    const [, ...peers] = Object.entries(verdicts);
    const thousand = [
        {
            name: 'Cosell module',
            records: many.length,
            run: () => expect(rules.reviewAll(many, today).every(isReady), 'Cosell module', 'has changed its mind')
        },
        ...peers.map(([name, verdict]) => ({
            name,
            records: many.length,
            run: () => expect(many.every(verdict), name, 'has changed its mind')
        }))
    ];
    return JSON.stringify([...sample(one), ...sample(thousand)]);
}

const isReady = (review) => review.ready;

function expect(holds, name, says) {
    if (!holds) throw new Error(`${name} ${says}`);
}
