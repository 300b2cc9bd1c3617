// How a page of our components is built, in the two halves that exist on the platform: ours, which Lightning Web Security evaluates
// (assets/components.js, AMD), and the host, which stands outside of it (framework, base components, stand-ins for the platform's
// modules, and what the page places around or in place of a record page). It must not know which page it builds.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import lwc from '@lwc/rollup-plugin';
import replace from '@rollup/plugin-replace';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { assets } from './assets.mjs';
import { componentModules, components, offered } from './components.mjs';
import { readLabels } from './labels.mjs';
import { platform } from './platform.mjs';
import { onlyKnownWarnings } from './warnings.mjs';

const www = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const root = path.dirname(www);
const metadata = path.join(root, 'lwc/main/default');
const packages = path.join(root, 'node_modules');
const componentFolder = path.join(metadata, 'lwc');

const outside = (id) => /^(lwc$|lightning\/|@salesforce\/)/.test(id);

/**
 * @param {object} options
 * @param {string} options.script the host's entry, below www
 * @param {string} options.document the HTML page, below www
 * @param {string} options.output where the page is written, from the top of the repository
 * @param {(folder: string, name: string) => boolean} [options.offers] which components the page may place
 * @returns {import('rollup').RollupOptions[]}
 */
export function page({ script, document, output, offers }) {
    const target = path.join(root, output);
    const inside = components(componentFolder, offers);
    const ours = {
        input: inside.id,
        external: outside,
        plugins: [
            inside,
            lwc({ rootDir: componentFolder, modules: componentModules(componentFolder), enableLightningWebSecurityTransforms: true })
        ],
        output: { file: path.join(target, 'assets/components.js'), format: 'amd', interop: 'esModule', exports: 'named' },
        onwarn: onlyKnownWarnings
    };
    const host = {
        input: path.join(www, script),
        plugins: [
            platform({
                standIns: path.join(www, 'platform'),
                metadata,
                scopedImports: path.join(packages, 'lightning-base-components/scopedImports'),
                labels: readLabels({
                    labels: path.join(metadata, 'labels/CustomLabels.labels-meta.xml'),
                    translations: path.join(root, 'lwc/translations/main/default/translations'),
                    baseLabels: path.join(www, 'platform/baseLabels')
                })
            }),
            offered(() => inside.imports),
            lwc({
                rootDir: www,
                modules: [{ npm: 'lightning-base-components' }],
                exclude: /node_modules\/@(locker|lwc)\//,
                enableSyntheticElementInternals: true,
                enableDynamicComponents: true
            }),
            nodeResolve({ browser: true }),
            replace({ 'process.env.NODE_ENV': '"production"', 'import.meta.env.SSR': 'false', preventAssignment: true }),
            assets({
                output: target,
                page: path.join(www, document),
                styles: path.join(www, 'shell/shell.css'),
                designSystem: path.join(packages, '@salesforce-ux/design-system/assets'),
                module: path.join(metadata, 'staticresources/cosellRules.wasm')
            })
        ],
        output: { dir: path.join(target, 'assets'), format: 'es', entryFileNames: 'host.js', chunkFileNames: '[name].js' },
        onwarn: onlyKnownWarnings
    };
    return [ours, host];
}
