// The labels as an admin deploys them: name → text.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const PACKAGES = path.resolve(__dirname, '../../../../..');

export function readLabels() {
    const { CustomLabels } = parse('main/default/labels/CustomLabels.labels-meta.xml');
    return Object.fromEntries(CustomLabels.labels.map(({ fullName, value }) => [fullName, value]));
}

export function readTranslations(language) {
    const { Translations } = parse(`translations/main/default/translations/${language}.translation-meta.xml`);
    return Object.fromEntries(Translations.customLabels.map(({ name, label }) => [name, label]));
}

function parse(file) {
    return new XMLParser({ parseTagValue: false, trimValues: false }).parse(readFileSync(path.join(PACKAGES, file), 'utf8'));
}
