// For every test: accessibility matcher, the labels of the package in English instead of their names, and an Apex method that nearly
// every component asks, silent until a test has it answer.
import { registerSa11yMatcher } from '@sa11y/jest';
import { createApexTestWireAdapter } from '@salesforce/sfdx-lwc-jest';
import { readLabels } from './labels';

registerSa11yMatcher();

for (const [name, value] of Object.entries(readLabels())) {
    jest.doMock(`@salesforce/label/c.${name}`, () => ({ __esModule: true, default: value }), { virtual: true });
}

const getAccess = createApexTestWireAdapter(jest.fn());
jest.doMock('@salesforce/apex/CosellController.getAccess', () => ({ __esModule: true, default: getAccess }), { virtual: true });
