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

/** Every case: `{ says, settings, request, finds, fix, rule }`. */
export function reviewCases() {
    return readdirSync(`${folder}review`)
        .sort()
        .flatMap((file) => {
            const { rule, cases } = read(`${folder}review/${file}`);
            return cases.map((given) => {
                const record = structuredClone(base.record);
                for (const [path, value] of Object.entries(given.set)) put(record, path, value);
                for (const field of given.lacks ?? []) delete record[field];
                const request = { record, draft: given.draft ?? {}, today: base.today };
                return {
                    says: `${file}: ${given.says}`,
                    settings: given.settings ?? {},
                    request,
                    finds: given.finds,
                    fix: given.fix,
                    rule
                };
            });
        });
}
