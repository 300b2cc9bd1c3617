// Builds the benchmark's two pages into target/bench, with the opportunity page's own build steps.
import path from 'node:path';

import lwc from '@lwc/rollup-plugin';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import replace from '@rollup/plugin-replace';

import { componentModules, offered } from '../../www/build/components.mjs';
import { readLabels } from '../../www/build/labels.mjs';
import { platform } from '../../www/build/platform.mjs';
import { onlyKnownWarnings } from '../../www/build/warnings.mjs';
import { at } from '../support/paths.mjs';

const metadata = at('lwc/main/default');
const components = path.join(metadata, 'lwc');
const page = (name) => at(`tests/bench/page/${name}.js`);
const file = (name) => at(`target/bench/${name}.js`);

const environment = () => replace({ 'process.env.NODE_ENV': '"production"', 'import.meta.env.SSR': 'false', preventAssignment: true });
const salesforce = () =>
    platform({
        standIns: at('www/platform'),
        metadata,
        scopedImports: at('node_modules/lightning-base-components/scopedImports'),
        labels: readLabels({
            labels: path.join(metadata, 'labels/CustomLabels.labels-meta.xml'),
            translations: at('lwc/translations/main/default/translations'),
            baseLabels: at('www/platform/baseLabels')
        })
    });
/** Our components as the compiler of the platform treats them; `secured` as it does for Lightning Web Security. */
const compiled = (secured) =>
    lwc({
        rootDir: at('tests/bench/page'),
        modules: componentModules(components),
        exclude: /node_modules\/@(locker|lwc)\//,
        enableLightningWebSecurityTransforms: secured
    });

/** What the finished bundle imports from outside. */
const imports = [];
const importsOf = {
    name: 'imports',
    generateBundle(_options, bundle) {
        imports.push(...Object.values(bundle).flatMap((chunk) => chunk.imports ?? []));
    }
};

export default [
    {
        input: page('measure'),
        external: (id) => /^(lwc$|lightning\/|@salesforce\/)/.test(id),
        plugins: [importsOf, compiled(true), nodeResolve({ browser: true }), environment()],
        output: { file: file('ours'), format: 'amd', interop: 'esModule', exports: 'named' },
        onwarn: onlyKnownWarnings
    },
    {
        input: page('sandboxed'),
        plugins: [salesforce(), offered(() => imports), compiled(false), nodeResolve({ browser: true }), environment()],
        output: { file: file('sandboxed'), format: 'es' },
        onwarn: onlyKnownWarnings
    },
    {
        input: page('plain'),
        plugins: [salesforce(), compiled(false), nodeResolve({ browser: true }), environment()],
        output: { file: file('plain'), format: 'es' },
        onwarn: onlyKnownWarnings
    }
];
