import { readFileSync } from 'node:fs';
import path from 'node:path';
import { trailOf } from '../trail';

/** The sentences of the audit trail as the rules write them. */
function wordsOf(language) {
    const file = path.resolve(__dirname, `../../../../../../src/rules/data/messages/${language}.txt`);
    return Object.fromEntries([...readFileSync(file, 'utf8').matchAll(/^(audit\.[\w.+-]+) = (.+)$/gm)].map(([, key, text]) => [key, text]));
}

const line = (text) => `2026-11-22 14:02 UTC - ${text}`;
const read = (...texts) => trailOf({ Audit__c: texts.map(line).join('\n') });

describe.each(['en', 'fr'])('the audit trail in %s', (language) => {
    const words = wordsOf(language);

    it.each([
        ['audit.asked', 'help'],
        ['audit.answered.declined+reason', 'declined'],
        ['audit.answered.lost+reason', 'lostByMicrosoft'],
        ['audit.moved.lost+reason', 'lost'],
        ['audit.found.lost+reason', 'lost'],
        ['audit.moved.declined+reason', 'turnedDown'],
        ['audit.found.declined+reason', 'turnedDown']
    ])('says what %s names', (key, name) => {
        const text = words[key].replace(/\{(help|reason)\}/, 'Demo / POC');
        expect(read('Something newer.', text, 'Something older.')[name]).toBe('Demo / POC');
    });

    it.each(['audit.found.waiting', 'audit.moved.accepted', 'audit.inbound.lead-converted'])('says by %s that it came in', (key) => {
        expect(read(words[key]).cameIn).toBe(true);
    });

    it.each(['audit.answered.declined', 'audit.moved.declined', 'audit.moved.lost'])('finds no reason in %s', (key) => {
        expect(read(words[key])).toEqual({ help: '', declined: '', lost: '', lostByMicrosoft: '', turnedDown: '', cameIn: false });
    });
});

describe('the audit trail', () => {
    it('gives the newest of two reasons', () => {
        expect(read('Microsoft declined the deal: New.', 'Microsoft declined the deal: Old.').declined).toBe('New.');
    });

    it('says nothing where there is none', () => {
        expect(trailOf({})).toEqual({ help: '', declined: '', lost: '', lostByMicrosoft: '', turnedDown: '', cameIn: false });
    });
});
