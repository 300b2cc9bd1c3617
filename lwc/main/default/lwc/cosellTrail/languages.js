/**
 * The languages that the trail is written in: the rules' sentences as patterns, and what is written into them, to and fro. A sentence is
 * read in whichever language it was written, and retold in the reader's. Pure; knows nothing of who did what.
 */
import LANG from '@salesforce/i18n/lang';
import { figure } from 'c/cosellFormat';
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
    day: valueOf,
    value: valueOf
};

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
            pattern: patternOf(words),
            weight: words.replace(/\{[a-z-]+\}/g, '').length,
            language
        }));
    return language;
}

/** Lines of a letter for the part, a key, a space and words. */
function pairs(text) {
    return text.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
}

/** Whatever kind of space the field kept. */
function patternOf(words) {
    const escaped = words.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\s/g, '\\s');
    return new RegExp(`^${escaped.replace(/\{([a-z]+)\}/g, '(?<$1>.+)')}$`, 'u');
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
    const words = Object.entries(params).map(([name, param]) => [name, RETOLD[name]?.(param, language) ?? param]);
    const retold = Object.fromEntries(words);
    return { text: template.replace(/\{([a-z]+)\}/g, (_, name) => retold[name] ?? ''), params: retold };
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
    const [comma, and] = listWords(from);
    const items = text.split(comma).flatMap((item) => item.split(and));
    const names = items.map((item) => nameOf(item, from));
    const [ourComma, ourAnd] = listWords(ours());
    return [names.slice(0, -1).join(ourComma), names.at(-1)].filter(Boolean).join(ourAnd);
}

function listWords({ lines }) {
    return ['comma', 'and'].map((name) => lines.get(FORM + name));
}

/** A value that was told: nothing, a number, a day, or words. */
function valueOf(text, from) {
    const reader = ours();
    if (from === reader) {
        return text;
    }
    if (from.codes.get(SENTENCE + text) === BLANK) {
        return reader.lines.get(SENTENCE + BLANK);
    }
    const plain = numberOf(text, from) ?? dayOf(text, from);
    return plain ? figure(plain) : text;
}

/** `92,000.5` or `92 000,5` as `92000.5`. */
function numberOf(text, { lines }) {
    const [group, decimal] = ['group', 'decimal'].map((name) => lines.get(FORM + name));
    const mark = /\s/.test(group) ? '\\s' : `\\${group}`;
    const isNumber = new RegExp(`^-?\\d{1,3}(${mark}\\d{3})*(\\${decimal}\\d+)?$`).test(text);
    return isNumber ? text.replace(new RegExp(mark, 'g'), '').replace(decimal, '.') : undefined;
}

/** `22 November 2026` or `1er décembre 2026` as `2026-11-22`. */
function dayOf(text, { lines }) {
    const { day, month, year } = patternOf(lines.get(`${FORM}date`)).exec(text)?.groups ?? {};
    const number = lines.get(`${FORM}months`).split(' ').indexOf(month) + 1;
    const digits = (value, length) => String(parseInt(value, 10)).padStart(length, '0');
    return number ? `${digits(year, 4)}-${digits(number, 2)}-${digits(day, 2)}` : undefined;
}
