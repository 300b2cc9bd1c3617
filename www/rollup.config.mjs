// Builds the opportunity page into target/www, in the two halves that exist on the platform:
// ours, which Lightning Web Security evaluates (assets/components.js, AMD), and the host, which stands outside of it
// (framework, base components, stand-ins for the platform's modules, and the page around them).
//
//     npx rollup -c www/rollup.config.mjs
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import lwc from '@lwc/rollup-plugin';
import replace from '@rollup/plugin-replace';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { assets } from './build/assets.mjs';
import { componentModules, components, offered } from './build/components.mjs';
import { readLabels } from './build/labels.mjs';
import { platform } from './build/platform.mjs';
import { onlyKnownWarnings } from './build/warnings.mjs';

const www = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(www);
const metadata = path.join(root, 'lwc/main/default');
const output = path.join(root, 'target/www');
const packages = path.join(root, 'node_modules');
const componentFolder = path.join(metadata, 'lwc');

const outside = (id) => /^(lwc$|lightning\/|@salesforce\/)/.test(id);
const inside = components(componentFolder);

const ours = {
    input: inside.id,
    external: outside,
    plugins: [
        inside,
        lwc({ rootDir: componentFolder, modules: componentModules(componentFolder), enableLightningWebSecurityTransforms: true })
    ],
    output: { file: path.join(output, 'assets/components.js'), format: 'amd', interop: 'esModule', exports: 'named' },
    onwarn: onlyKnownWarnings
};

const labels = readLabels({
    labels: path.join(metadata, 'labels/CustomLabels.labels-meta.xml'),
    translations: path.join(root, 'lwc/translations/main/default/translations'),
    baseLabels: path.join(www, 'platform/baseLabels')
});

const host = {
    input: path.join(www, 'main.js'),
    plugins: [
        platform({
            standIns: path.join(www, 'platform'),
            metadata,
            scopedImports: path.join(packages, 'lightning-base-components/scopedImports'),
            labels
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
            output,
            page: path.join(www, 'index.html'),
            styles: path.join(www, 'shell/shell.css'),
            designSystem: path.join(packages, '@salesforce-ux/design-system/assets'),
            module: path.join(metadata, 'staticresources/cosellRules.wasm')
        })
    ],
    output: { dir: path.join(output, 'assets'), format: 'es', entryFileNames: 'host.js', chunkFileNames: '[name].js' },
    onwarn: onlyKnownWarnings
};

export default [ours, host];
