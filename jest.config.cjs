// Component tests: npx sfdx-lwc-jest
const { jestConfig } = require('@salesforce/sfdx-lwc-jest/config');

const support = '<rootDir>/lwc/main/default/lwc/__tests__/support';
const lwc = '<rootDir>/node_modules/@lwc';

module.exports = {
    ...jestConfig,
    roots: ['<rootDir>/lwc'],
    testMatch: ['**/__tests__/*.test.js'],
    globalSetup: `${support}/built.cjs`,
    testEnvironment: `${support}/environment.cjs`,
    setupFilesAfterEnv: [...jestConfig.setupFilesAfterEnv, `${support}/setup.js`],
    // The LWC of the page, not the older one that sfdx-lwc-jest brings; its main file is an ES module, which Jest does not load.
    moduleNameMapper: {
        '^(lwc|@lwc/engine-dom)$': `${lwc}/engine-dom/dist/index.cjs`,
        '^@lwc/synthetic-shadow$': `${lwc}/synthetic-shadow/dist/index.cjs`
    },
    // A whole panel with the real module, looked at by axe, on a machine that is busy with something else.
    testTimeout: 20000,
    clearMocks: true
};
