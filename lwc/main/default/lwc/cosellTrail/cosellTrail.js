/**
 * The audit trail as entries: what the field holds, read in one place. The field is text, written by the rules in their own sentences and
 * in the language of whoever shared the deal; who did what is told by recognising these, and told again in the reader's language. What
 * nobody here wrote, such as an older tool's lines, is kept as it stands. Pure; knows no component.
 */
import { recognise, retell } from './languages';

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

/** The meaning of what is none of the rules' sentences. */
const NOBODYS = Object.freeze({ sentence: null, side: null, kind: null, params: Object.freeze({}) });

/** What a sentence means to the reader: `{ text, sentence, side, kind, params }`. */
function meaningOf(text) {
    const found = recognise(text);
    if (!found) {
        return { text, ...NOBODYS };
    }
    const [sentence] = found.key.split(/[+#]/);
    const [, side, kind] = MEANINGS.find(([start]) => sentence.startsWith(start));
    return { sentence, side, kind, ...retell(text, found) };
}

/** One sentence of the rules in the reader's language; any other text as it stands. */
export function inReadersWords(text) {
    return text ? meaningOf(text).text : text;
}

let last = { text: '', entries: [] };

/**
 * The entries of the trail in the order of the field, the newest first.
 * @param {string} [text] what the field holds
 * @returns {{ key: string, at: string | null, text: string, sentence: string | null, side: 'you' | 'microsoft' | 'partnerCenter' | 'cosell' | null,
 * kind: 'shared' | 'asked' | 'answered' | 'declined' | 'expired' | 'arrived' | 'sent' | 'received' | 'merged' | 'noted' | 'trouble' | null,
 * params: object }[]} `at` is an ISO moment, null where the text has none; `sentence` is the key in the rules' messages, such as
 * `audit.answered.declined`; `text` and `params`, the words that it was filled with, are the reader's
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
            entries.push({ at: `${day}T${minute}:00Z`, ...meaningOf(words) });
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
