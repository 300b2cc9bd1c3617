// The half of the page that runs inside Lightning Web Security: our components, straight from the folder an admin deploys.
//
// Finds them, and writes the entry that exports every component marked `isExposed`, under its own name, as a record page would place it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const entry = '\0components';

/** The LWC compiler's module records for every component folder: `c/<folder>`. */
export function componentModules(folder) {
    return componentNames(folder).map((name) => ({ name: `c/${name}`, path: path.resolve(folder, name, `${name}.js`) }));
}

/**
 * The entry module, and the list of what the finished half imports from outside. The list is what the host must offer: it is
 * taken from the bundle, so that it cannot differ from what the components need.
 * @param {string} folder
 * @param {(folder: string, name: string) => boolean} [offers] which components the page may place; those of App Builder without it
 * @returns {import('rollup').Plugin & { id: string, imports: string[] }}
 */
export function components(folder, offers = isExposed) {
    const plugin = {
        name: 'exposed-components',
        id: entry,
        imports: [],
        resolveId: (id) => (id === entry ? entry : null),
        load(id) {
            if (id !== entry) return null;
            const placed = componentNames(folder).filter((name) => offers(folder, name));
            return placed.map((name) => `export { default as ${name} } from 'c/${name}';`).join('\n');
        },
        generateBundle(_options, bundle) {
            plugin.imports = Object.values(bundle).flatMap((chunk) => [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]);
        }
    };
    return plugin;
}

/** For the host half: a module that maps the name of everything our half imports to the module itself. */
export function offered(imports) {
    const id = '\0offered';
    return {
        name: 'offered-modules',
        resolveId: (name) => (name === 'offered' ? id : null),
        load(name) {
            if (name !== id) return null;
            const names = imports();
            const head = names.map((module, index) => `import * as m${index} from '${module}';`);
            const rows = names.map((module, index) => `    '${module}': m${index}`);
            return `${head.join('\n')}\nexport default {\n${rows.join(',\n')}\n};`;
        }
    };
}

function componentNames(folder) {
    return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(path.join(folder, entry.name, `${entry.name}.js`)))
        .map((entry) => entry.name)
        .sort();
}

/** Whether a folder holds a component, and not a module that components share. */
export function isComponent(folder, name) {
    return existsSync(path.join(folder, name, `${name}.html`));
}

function isExposed(folder, name) {
    const meta = path.join(folder, name, `${name}.js-meta.xml`);
    return existsSync(meta) && /<isExposed>\s*true\s*<\/isExposed>/.test(readFileSync(meta, 'utf8'));
}
