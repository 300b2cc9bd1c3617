import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readLabels, readTranslations } from '../../__tests__/support/labels';
import { remedyFor, worded } from '../problems';

const RULES = path.resolve(__dirname, '../../../../../../src/rules/src');
const SAID = /(?:Err\(|Some\(|ok_or\(|refused\(\w+, )"([a-z][^"]*)"/g;

/** Everything that the rules can say against a setting, from their source without its tests. */
const sources = ['settings.rs', 'map/parse.rs'].map((file) => readFileSync(path.join(RULES, file), 'utf8').split('#[cfg(test)]')[0]);
const problems = [...new Set(sources.flatMap((source) => [...source.matchAll(SAID)].map(([, problem]) => problem)))];

const english = readLabels();
const french = readTranslations('fr');

describe('what the rules say against a setting', () => {
    it('is known', () => {
        expect(problems.length).toBeGreaterThan(20);
    });

    it.each(problems)('has words in both languages: %s', (problem) => {
        const name = Object.keys(english).find((label) => label.startsWith('Cosell_Setup_Problem_') && english[label] === problem);
        expect(worded(problem)).toBe(problem);
        expect([Boolean(french[name]), french[name] === problem]).toEqual([true, false]);
    });

    it('has no words for what nobody says any more', () => {
        const labels = Object.keys(english).filter((label) => label.startsWith('Cosell_Setup_Problem_'));
        expect(labels.map((label) => english[label]).sort()).toEqual([...problems].sort());
    });

    it('has a remedy only for what is said', () => {
        const mended = problems.filter(remedyFor);
        const remedies = Object.keys(english).filter((label) => label.startsWith('Cosell_Setup_Remedy_'));
        expect([...new Set(mended.map(remedyFor))].sort()).toEqual(remedies.map((label) => english[label]).sort());
    });

    it('is given as it is where it is new', () => {
        expect(worded('is something else')).toBe('is something else');
    });
});
