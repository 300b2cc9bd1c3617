// Reads the custom labels of the package and their translations, as the platform would serve them: one text per language.
//
// Base components carry English defaults of their own; for another language the few that this page shows stand in
// `platform/baseLabels/<language>.json`. It must not know which language a page is shown in.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { XMLParser } from 'fast-xml-parser';

/**
 * @typedef {object} Labels
 * @property {(name: string) => Record<string, string> | undefined} custom texts of `c.<Name>`, by language
 * @property {(name: string, english: string) => Record<string, string>} base texts of a base component's label, by language
 */

/**
 * @param {object} options
 * @param {string} options.labels the package's labels file
 * @param {string} options.translations folder of `<language>.translation-meta.xml`
 * @param {string} options.baseLabels folder of `<language>.json`
 * @returns {Labels}
 */
export function readLabels({ labels, translations, baseLabels }) {
    const custom = new Map();
    for (const { fullName, value } of list(labels, 'CustomLabels', 'labels')) custom.set(`c.${fullName}`, { en: value });

    const suffix = '.translation-meta.xml';
    const translated = existsSync(translations) ? readdirSync(translations).filter((file) => file.endsWith(suffix)) : [];
    const base = {};
    for (const file of translated) {
        const language = file.slice(0, -suffix.length);
        for (const { name, label } of list(path.join(translations, file), 'Translations', 'customLabels')) {
            const texts = custom.get(`c.${name}`);
            if (!texts) throw new Error(`${file} translates ${name}, which is no custom label`);
            texts[language] = label;
        }
        const own = path.join(baseLabels, `${language}.json`);
        base[language] = existsSync(own) ? JSON.parse(readFileSync(own, 'utf8')) : {};
    }

    return {
        custom: (name) => custom.get(name),
        base: (name, english) => {
            const texts = { en: english };
            for (const language of Object.keys(base)) if (base[language][name]) texts[language] = base[language][name];
            return texts;
        }
    };
}

function list(file, root, element) {
    const parser = new XMLParser({ parseTagValue: false, trimValues: false, isArray: (name) => name === element });
    return parser.parse(readFileSync(file, 'utf8'))[root]?.[element] ?? [];
}
