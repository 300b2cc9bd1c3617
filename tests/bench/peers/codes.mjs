// The country and currency codes that the rules know, from the same sources: so that no peer has a shorter table.
import { readFileSync } from 'node:fs';

import { at } from '../../support/paths.mjs';

/** The first column of every row that is in use. */
function current(file) {
    const rows = readFileSync(at(`src/rules/data/${file}`), 'utf8')
        .split('\n')
        .filter((line) => line && !line.startsWith('#'))
        .map((line) => line.split(','));
    const status = rows[0].indexOf('status');
    return rows.filter((row) => row[status] === 'current').map(([code]) => code);
}

/** `{ countries, currencies }`, each a list of codes. */
export const codes = () => ({ countries: current('countries.csv'), currencies: current('currencies.csv') });
