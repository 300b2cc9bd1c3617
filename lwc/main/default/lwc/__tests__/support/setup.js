// For every test: accessibility matcher, and the labels of the package in English instead of their names.
import { registerSa11yMatcher } from '@sa11y/jest';
import { readLabels } from './labels';

registerSa11yMatcher();

for (const [name, value] of Object.entries(readLabels())) {
    jest.doMock(`@salesforce/label/c.${name}`, () => ({ __esModule: true, default: value }), { virtual: true });
}
