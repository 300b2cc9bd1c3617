// The rules' case files, which also run natively (src/rules/tests): one truth for three places.
import { readFileSync, readdirSync } from 'node:fs';

import { at } from './paths.mjs';

const folder = at('src/rules/tests/cases/');
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The whole opportunity that every case bends. */
export const base = read(`${folder}base.json`);

/** Puts a value at a dotted path such as `Account.BillingCity`. */
function put(record, path, value) {
    const parts = path.split('.');
    const last = parts.pop();
    const holder = parts.reduce((here, part) => here[part], record);
    holder[last] = value;
}

/** The whole opportunity with what a case sets and lacks. */
function bent({ set = {}, lacks = [] }) {
    const record = structuredClone(base.record);
    for (const [path, value] of Object.entries(set)) put(record, path, value);
    for (const field of lacks) delete record[field];
    return record;
}

/** Every case: `{ says, settings, request, finds, fix, rule }`. */
export function reviewCases() {
    return readdirSync(`${folder}review`)
        .sort()
        .flatMap((file) => {
            const { rule, cases } = read(`${folder}review/${file}`);
            return cases.map((given) => {
                const peers = (given.peers ?? []).map(bent);
                const request = { record: bent(given), draft: given.draft ?? {}, peers, today: base.today, facts: given.facts ?? {} };
                const { settings = {}, finds, fix } = given;
                return { says: `${file}: ${given.says}`, settings, request, finds, fix, rule };
            });
        });
}
