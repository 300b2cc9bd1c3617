// Salesforce's own rules for the components, ESLint's recommended ones for every other script.
import js from '@eslint/js';
import lwc from '@salesforce/eslint-config-lwc/recommended.js';
import globals from 'globals';

const COMPONENTS = ['lwc/**/lwc/**/*.js'];
const COMPONENT_TESTS = ['lwc/**/lwc/**/__tests__/**/*.js'];
const BUILD_SCRIPTS = ['*.{js,mjs,cjs}', 'src/**/*.mjs', 'www/**/*.mjs', 'tests/**/*.{js,mjs}'];
const PAGE_SCRIPTS = ['www/**/*.js'];

const ours = {
    eqeqeq: ['error', 'smart'],
    'no-console': 'error',
    'no-var': 'error',
    'object-shorthand': ['error', 'properties'],
    'prefer-const': 'error'
};

/** A leading underscore says: named for its place only. */
const unused = { 'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }] };

export default [
    {
        // Written by wasm-bindgen: not our style to keep, and rebuilt with the module.
        ignores: ['target/**', 'lwc/main/default/lwc/cosellRules/**/*.js']
    },
    { linterOptions: { reportUnusedDisableDirectives: 'error' } },

    ...lwc.map((config) => ({ ...config, files: COMPONENTS })),
    { files: COMPONENTS, rules: ours },
    {
        files: COMPONENT_TESTS,
        languageOptions: { globals: { ...globals.jest, ...globals.node } },
        rules: {
            // Assertions that several tests share stand in helpers.
            'jest/expect-expect': ['warn', { assertFunctionNames: ['expect', 'expect*'] }]
        }
    },

    { ...js.configs.recommended, files: [...BUILD_SCRIPTS, ...PAGE_SCRIPTS] },
    { files: BUILD_SCRIPTS, languageOptions: { globals: globals.node }, rules: { ...ours, ...unused, 'no-console': 'off' } },
    { files: ['tests/**/*.{js,mjs}'], languageOptions: { globals: { ...globals.node, ...globals.browser } } },
    // The stand-ins are components and modules of a page; decorators come with them.
    ...lwc.slice(0, 1).map(({ languageOptions }) => ({ files: PAGE_SCRIPTS, languageOptions })),
    { files: PAGE_SCRIPTS, languageOptions: { globals: globals.browser }, rules: ours }
];
