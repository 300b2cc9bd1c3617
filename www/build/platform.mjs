// Resolves the modules that exist only on the Salesforce platform to their stand-ins.
//
// A module with one fixed meaning is a file of its own name under www/platform (`lightning/uiRecordApi` → platform/lightning/uiRecordApi.js).
// A family (`@salesforce/apex/Class.method`, `@salesforce/label/c.Name`, …) is generated here, and checked against the metadata an admin deploys:
// what would fail at `sf project deploy start` fails in this build. It must not know how a stand-in works.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const virtual = '\0platform:';

/**
 * @param {object} options
 * @param {string} options.standIns folder of the stand-ins
 * @param {string} options.metadata folder of the deployable metadata (`classes`, `objects`, `staticresources`, …)
 * @param {string} options.scopedImports folder of the base components' own defaults for `@salesforce/*`
 * @param {import('./labels.mjs').Labels} options.labels
 * @returns {import('rollup').Plugin}
 */
export function platform({ standIns, metadata, scopedImports, labels }) {
    const standIn = (name) => JSON.stringify(path.join(standIns, name));
    const inMetadata = (...parts) => path.join(metadata, ...parts);

    /** Each family: the pattern of its names, and the source of the module. */
    const families = [
        {
            pattern: /^@salesforce\/apex\/(\w+)\.(\w+)$/,
            source: ([, className, method]) => {
                const cacheable = isCacheable(inMetadata('classes', `${className}.cls`), className, method);
                return `import { apexMethod } from ${standIn('apexMethod.js')};\nexport default apexMethod('${className}', '${method}', ${cacheable});`;
            }
        },
        {
            pattern: /^@salesforce\/label\/(c\.\w+)$/,
            source: ([, name]) => {
                const texts = labels.custom(name);
                if (!texts) throw new Error(`there is no custom label ${name}`);
                return pickByLanguage(texts);
            }
        },
        {
            pattern: /^@salesforce\/label\/(\w+\.\w+)$/,
            source: ([id, name]) => pickByLanguage(labels.base(name, defaultOf(scopedImports, id)))
        },
        {
            pattern: /^@salesforce\/schema\/(\w+)(?:\.([\w.]+))?$/,
            source: ([, object, field]) => {
                requireCustom(inMetadata('objects'), object, field);
                return `export default ${JSON.stringify(field ? { objectApiName: object, fieldApiName: field } : { objectApiName: object })};`;
            }
        },
        {
            pattern: /^@salesforce\/resourceUrl\/(\w+)$/,
            source: ([, name]) => {
                if (!existsSync(inMetadata('staticresources', `${name}.resource-meta.xml`)))
                    throw new Error(`there is no static resource ${name}`);
                return `export default '/resource/${name}';`;
            }
        },
        {
            pattern: /^@salesforce\/customPermission\/(\w+)$/,
            source: ([, name]) => {
                const known = existsSync(inMetadata('customPermissions', `${name}.customPermission-meta.xml`));
                if (!known) throw new Error(`there is no custom permission ${name}`);
                return `import { holds } from ${standIn('permissions.js')};\nexport default holds('${name}');`;
            }
        },
        {
            pattern: /^@salesforce\/i18n\/([\w.]+)$/,
            source: ([id, key]) => {
                const fallback = existsSync(defaultFile(scopedImports, id)) ? JSON.stringify(defaultFile(scopedImports, id)) : null;
                const head = `import { i18n } from ${standIn('i18n.js')};`;
                if (!fallback) return `${head}\nexport default i18n['${key}'];`;
                return `${head}\nimport fallback from ${fallback};\nexport default i18n['${key}'] ?? fallback;`;
            }
        },
        {
            pattern: /^lightning\/iconSvgTemplates(Action|Custom|Doctype|Standard|Utility)(?:Rtl)?$/,
            source: ([, category]) =>
                `import { iconLibrary } from ${standIn('iconLibrary.js')};\nexport default iconLibrary('${category.toLowerCase()}');`
        }
    ];

    const pickByLanguage = (texts) =>
        `import { inPageLanguage } from ${standIn('language.js')};\nexport default inPageLanguage(${JSON.stringify(texts)});`;

    return {
        name: 'salesforce-platform',
        resolveId(id) {
            if (!/^(lightning|force|@salesforce)\//.test(id)) return null;
            const file = path.join(standIns, `${id}.js`);
            if (existsSync(file)) return file;
            return families.some(({ pattern }) => pattern.test(id)) ? virtual + id : null;
        },
        load(id) {
            if (!id.startsWith(virtual)) return null;
            const name = id.slice(virtual.length);
            for (const { pattern, source } of families) {
                const match = name.match(pattern);
                if (match) return source(match);
            }
            return null;
        }
    };
}

/** Only `@AuraEnabled(cacheable=true)` methods may be wired: the platform refuses the others, and so must we. */
function isCacheable(file, className, method) {
    if (!existsSync(file)) throw new Error(`there is no Apex class ${className}`);
    const source = readFileSync(file, 'utf8');
    const declaration = new RegExp(
        `@AuraEnabled\\s*(?:\\(([^)]*)\\))?\\s+(?:global|public)\\s+static\\s+[\\w<>,.\\s]+?\\s${method}\\s*\\(`,
        'i'
    ).exec(source);
    if (!declaration) throw new Error(`${className} has no @AuraEnabled method ${method}`);
    return /cacheable\s*=\s*true/i.test(declaration[1] ?? '');
}

/** A custom object or field that is imported must be part of the package. Relationships are followed as far as names tell. */
function requireCustom(objects, object, field) {
    const missing = [];
    if (/__(c|mdt)$/.test(object) && !existsSync(path.join(objects, object))) missing.push(object);
    const first = field?.split('.')[0].replace(/__r$/, '__c');
    if (first?.endsWith('__c') && !existsSync(path.join(objects, object, 'fields', `${first}.field-meta.xml`)))
        missing.push(`${object}.${first}`);
    if (missing.length) throw new Error(`not in the metadata: ${missing.join(', ')}`);
}

function defaultFile(scopedImports, id) {
    return path.join(scopedImports, `${id.replaceAll('/', '-')}.js`);
}

/** The English text a base component carries for one of its own labels. */
function defaultOf(scopedImports, id) {
    const text = /export default (".*");?\s*$/.exec(readFileSync(defaultFile(scopedImports, id), 'utf8'));
    if (!text) throw new Error(`cannot read the label ${id}`);
    return JSON.parse(text[1]);
}
