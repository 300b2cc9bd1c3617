/**
 * The audit trail as entries: what the field holds, read in one place. The field is text, written by the rules in their own sentences;
 * who did what is told by recognising these. What nobody here wrote, such as an older tool's lines, is kept as it stands.
 * Pure; knows no component.
 */
import { SENTENCES } from './sentences';

/** A line of ours: `2026-11-22 14:01 UTC - Shared with Microsoft as co-sell.` */
const LINE = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC - (.*)$/;

/**
 * Who did it and what it was, by the beginning of a sentence's key; the first that fits. Somebody in Partner Center may be a colleague or
 * Microsoft: the trail does not know, and does not claim to.
 */
const MEANINGS = [
    ['audit.shared.', 'you', 'shared'],
    ['audit.asked', 'you', 'asked'],
    ['audit.moved.declined', 'you', 'declined'],
    ['audit.moved.', 'you', 'answered'],
    ['audit.sent', 'you', 'sent'],
    ['audit.answered.declined', 'microsoft', 'declined'],
    ['audit.answered.expired', 'microsoft', 'expired'],
    ['audit.answered.', 'microsoft', 'answered'],
    ['audit.found.declined', 'partnerCenter', 'declined'],
    ['audit.found.expired', 'partnerCenter', 'expired'],
    ['audit.found.waiting', 'partnerCenter', 'arrived'],
    ['audit.found.', 'partnerCenter', 'answered'],
    ['audit.received', 'partnerCenter', 'received'],
    ['audit.inbound.lead-', 'partnerCenter', 'arrived'],
    ['audit.overruled.', 'cosell', 'merged'],
    ['audit.', 'cosell', 'noted'],
    ['apart.', 'cosell', 'noted'],
    ['', 'cosell', 'trouble']
];

let patterns;

/** The sentences as patterns, those with the most words of their own first. */
function sentences() {
    patterns =
        patterns ??
        SENTENCES.trim()
            .split('\n')
            .map((line) => ({ key: line.slice(0, line.indexOf(' ')), words: line.slice(line.indexOf(' ') + 1) }))
            .map(({ key, words }) => ({ key, pattern: patternOf(words), weight: words.replace(/\{[a-z-]+\}/g, '').length }))
            .sort((one, other) => other.weight - one.weight);
    return patterns;
}

/** Whatever kind of space the field kept. */
function patternOf(words) {
    const escaped = words.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\s/g, '\\s');
    return new RegExp(`^${escaped.replace(/\{([a-z]+)\}/g, '(?<$1>.+)')}$`, 'u');
}

/** The meaning of what is none of the rules' sentences. */
const NOBODYS = Object.freeze({ sentence: null, side: null, kind: null, params: Object.freeze({}) });

/** What a sentence means: `{ sentence, side, kind, params }`. */
function meaningOf(text) {
    for (const { key, pattern } of sentences()) {
        const found = pattern.exec(text);
        if (found) {
            const [, side, kind] = MEANINGS.find(([start]) => key.startsWith(start));
            return { sentence: key, side, kind, params: { ...found.groups } };
        }
    }
    return { ...NOBODYS };
}

let last = { text: '', entries: [] };

/**
 * The entries of the trail in the order of the field, the newest first.
 * @param {string} [text] what the field holds
 * @returns {{ key: string, at: string | null, text: string, sentence: string | null, side: 'you' | 'microsoft' | 'partnerCenter' | 'cosell' | null,
 * kind: 'shared' | 'asked' | 'answered' | 'declined' | 'expired' | 'arrived' | 'sent' | 'received' | 'merged' | 'noted' | 'trouble' | null,
 * params: object }[]} `at` is an ISO moment, null where the text has none; `sentence` is the key in the rules' messages, such as
 * `audit.answered.declined`; `params` are the words that it was filled with
 */
export function readTrail(text) {
    if ((text ?? '') !== last.text) {
        last = { text: text ?? '', entries: read(text ?? '') };
    }
    return last.entries;
}

function read(text) {
    const entries = [];
    let foreign;
    for (const line of text.split(/\r?\n/).map((one) => one.trimEnd())) {
        const [, day, minute, words] = LINE.exec(line) ?? [];
        if (day) {
            foreign = undefined;
            entries.push({ at: `${day}T${minute}:00Z`, text: words, ...meaningOf(words) });
        } else if (foreign) {
            foreign.text += `\n${line}`;
        } else if (line) {
            foreign = { at: null, text: line, ...NOBODYS };
            entries.push(foreign);
        }
    }
    // Counted from the end: what is added at the front leaves the keys of the others alone.
    return entries.map((entry, index) => ({ ...entry, text: entry.text.trim(), key: `${entries.length - index}` }));
}
