/**
 * The languages that the trail is written in: the rules' sentences as patterns, and what is written into them, to and fro. A sentence is
 * read in whichever language it was written, and retold in the reader's. Only today's sentences are known: none was ever released in other
 * words. What people wrote is theirs, and stays as it is wherever it is not surely one of the rules' words. Pure; knows nothing of who did
 * what.
 */
import LANG from '@salesforce/i18n/lang';
import { REASON_LABELS } from 'c/cosellLabels';
import { WORDS } from './words';

/** Parts of the words, by the letter at the head of a line. */
const [SENTENCE, FIELD, TERM, FORM] = 'sntd';

/** What stands for no value at all. */
const BLANK = 'audit.blank';

/** What is written into a sentence, by the param's name: how it is retold. Anything else is a name, or words of somebody's. */
const RETOLD = {
    field: nameOf,
    fields: namesOf,
    help: termOf,
    status: standingOf,
    reason: (text) => REASON_LABELS[text.trim()] ?? text,
    kept: valueOf,
    lost: valueOf,
    day: dayIn
};

/** How the values of a field are retold, by its code. Those of any other are somebody's words, numbers and days among them too. */
const FIGURES = { amount: numberIn, closeDate: dayIn };

/** A gap in words, where something is written into them. */
const GAP = /\{([a-z]+)\}/g;

/**
 * What a gap holds as a pattern. One of several with more words behind it is short: the trail cuts values at 80 characters, and no name,
 * status or amount has more than Salesforce's 255. With several of any length a long line would be tried at every pair of places that look
 * like our words, which takes minutes.
 */
const [SHORT, ANY] = ['.{1,255}', '.+'];

let languages;

/** Every language that words are written in: `{ code, lines, codes, sentences }`, `codes` what a word stands for, by letter and word. */
function all() {
    languages = languages ?? Object.keys(WORDS).map(read);
    return languages;
}

function read(code) {
    const lines = pairs(WORDS[code]);
    const language = { code, lines: new Map(lines) };
    language.codes = new Map(lines.map(([key, words]) => [key[0] + words, key.slice(1)]));
    language.sentences = lines
        .filter(([key]) => key.startsWith(SENTENCE))
        .map(([key, words]) => ({
            key: key.slice(1),
            pattern: sentencePattern(words),
            weight: words.replace(GAP, '').length,
            language
        }));
    return language;
}

/** Lines of a letter for the part, a key, a space and words. */
function pairs(text) {
    return text.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
}

function sentencePattern(words) {
    const isOnly = words.match(GAP)?.length === 1;
    return patternOf(words, (name) => (isOnly || words.endsWith(`{${name}}`) ? ANY : SHORT));
}

/** Whatever kind of space the field kept. `holds` gives what a gap holds, by its name. */
function patternOf(words, holds) {
    const escaped = words.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\s/g, '\\s');
    return new RegExp(`^${escaped.replace(GAP, (_, name) => `(?<${name}>${holds(name)})`)}$`, 'u');
}

/** The reader's language; English where there are no words for it. */
function ours() {
    const { language } = new Intl.Locale(LANG);
    return all().find(({ code }) => code === language) ?? all().find(({ code }) => code === 'en');
}

let sentences;

/** What a text says, in whichever language: `{ key, params, language }`; undefined where it is none of the rules' sentences. */
export function recognise(text) {
    // Those with the most words of their own first.
    sentences =
        sentences ??
        all()
            .flatMap((language) => language.sentences)
            .sort((one, other) => other.weight - one.weight);
    for (const { key, pattern, language } of sentences) {
        const found = pattern.exec(text);
        if (found) {
            return { key, params: { ...found.groups }, language };
        }
    }
    return undefined;
}

/** A sentence for the reader: `{ text, params }`. What quotes a finding stays as it was written, and the whole of it with that. */
export function retell(text, { key, params, language }) {
    const reader = ours();
    const template = reader.lines.get(SENTENCE + key);
    if (!template || ('first' in params && language !== reader)) {
        return { text, params };
    }
    const words = Object.entries(params).map(([name, param]) => [name, RETOLD[name]?.(param, language, params) ?? param]);
    const retold = Object.fromEntries(words);
    return { text: template.replace(GAP, (_, name) => retold[name] ?? ''), params: retold };
}

function nameOf(text, from) {
    return translated(FIELD, text, from);
}

function termOf(text, from) {
    return translated(TERM, text, from);
}

/** Where a referral stands, in Microsoft's codes: `Closed / Error`. The status of a lead is the org's own word. */
function standingOf(text) {
    const codes = text.split(' / ');
    return codes.length === 2 ? codes.map((code) => ours().lines.get(TERM + code) ?? code).join(' / ') : text;
}

/** A word of another language in the reader's; as it stands where nobody knows it. */
function translated(part, text, from) {
    const code = from.codes.get(part + text);
    return (code && ours().lines.get(part + code)) ?? text;
}

/** "one, two and three", each in the reader's words. */
function namesOf(text, from) {
    const [comma, and] = formsOf(from, 'comma', 'and');
    const items = text.split(comma).flatMap((item) => item.split(and));
    const names = items.map((item) => nameOf(item, from));
    const [ourComma, ourAnd] = formsOf(ours(), 'comma', 'and');
    return [names.slice(0, -1).join(ourComma), names.at(-1)].filter(Boolean).join(ourAnd);
}

/** How a language writes lists, numbers and days. */
function formsOf({ lines }, ...names) {
    return names.map((name) => lines.get(FORM + name));
}

/** A value that was told: nothing, or what the field holds. */
function valueOf(text, from, { field }) {
    if (from.codes.get(SENTENCE + text) === BLANK) {
        return ours().lines.get(SENTENCE + BLANK);
    }
    return FIGURES[from.codes.get(FIELD + field)]?.(text, from) ?? text;
}

/** `92,000.5` as `92 000,5`: other marks between the same digits. */
function numberIn(text, from) {
    const [group, decimal] = formsOf(from, 'group', 'decimal');
    const [ourGroup, ourDecimal] = formsOf(ours(), 'group', 'decimal');
    const mark = /\s/.test(group) ? '\\s' : `\\${group}`;
    const isNumber = new RegExp(`^-?(0|[1-9]\\d{0,2}(${mark}\\d{3})*)(\\${decimal}\\d+)?$`).test(text);
    return isNumber ? text.replace(/[^-\d]/g, (sign) => (sign === decimal ? ourDecimal : ourGroup)) : text;
}

/** `1 December 2026` as `1er décembre 2026`: a day that the rules write just so. */
function dayIn(text, from) {
    const [date, months, first] = formsOf(from, 'date', 'months', 'first');
    const written = patternOf(date, (name) => (name === 'year' ? '\\d{4}' : SHORT)).exec(text)?.groups;
    if (!written) {
        return text;
    }
    const number = written.day === first ? 1 : written.day;
    const day = new Date(Date.UTC(written.year, months.split(' ').indexOf(written.month), number));
    const isSo = Object.entries(partsOf(day, from)).every(([name, part]) => written[name] === part);
    const [ourDate] = formsOf(ours(), 'date');
    const parts = partsOf(day, ours());
    return isSo ? ourDate.replace(GAP, (_, name) => parts[name]) : text;
}

/** What a language writes into a date. */
function partsOf(date, language) {
    const [months, first] = formsOf(language, 'months', 'first');
    const day = String(date.getUTCDate());
    return {
        day: day === '1' ? (first ?? day) : day,
        month: months.split(' ')[date.getUTCMonth()],
        year: String(date.getUTCFullYear())
    };
}
