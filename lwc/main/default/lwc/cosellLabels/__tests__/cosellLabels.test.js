import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as words from 'c/cosellLabels';
import { SETUP } from 'c/cosellSetupLabels';
import { PIPELINE_LABELS, RULE_LABELS } from 'c/cosellPipelineLabels';
import { STATE_LABELS } from 'c/cosellStateLabels';
import { readLabels, readTranslations } from '../../__tests__/support/labels';

const english = readLabels();
const french = readTranslations('fr');
const placeholders = (text) => [...text.matchAll(/\{\d+\}/g)].map(([found]) => found).sort();

describe('c-cosell-labels', () => {
    it('imports every label of the package once, with the bundles of labels beside it, and no other', () => {
        const components = path.resolve(__dirname, '../..');
        const bundles = readdirSync(components).filter((name) => /^cosell\w*Labels$/.test(name));
        const sources = bundles.map((name) => readFileSync(path.join(components, name, `${name}.js`), 'utf8'));
        const imported = sources.flatMap((source) => [...source.matchAll(/@salesforce\/label\/c\.(\w+)'/g)].map(([, name]) => name));
        expect(imported.sort()).toEqual(Object.keys(english).sort());
    });

    it('has a text for every name it exports', () => {
        const exported = [words.LABELS, words.HELP_LABELS, words.FIELD_LABELS, PIPELINE_LABELS, RULE_LABELS, SETUP, STATE_LABELS];
        const texts = exported.flatMap(Object.values);
        expect(texts.filter((text) => typeof text !== 'string' || !text)).toEqual([]);
    });

    it('is French completely', () => {
        expect(Object.keys(french).sort()).toEqual(Object.keys(english).sort());
    });

    it.each(Object.keys(english))('%s says the same in French', (name) => {
        expect(placeholders(french[name])).toEqual(placeholders(english[name]));
    });

    it('sets French as French is set', () => {
        const straight = Object.values(french).filter((text) => /['"]/.test(text));
        const loose = Object.values(french).filter((text) => /[^\u00a0\u202f][:;!?»]|«[^\u00a0\u202f]/.test(text));
        expect([straight, loose]).toEqual([[], []]);
    });

    it('stays within what Salesforce takes', () => {
        expect(Object.values({ ...english, ...french }).filter((text) => text.length > 1000)).toEqual([]);
        expect(Object.keys(english).filter((name) => name.length > 80)).toEqual([]);
    });
});
