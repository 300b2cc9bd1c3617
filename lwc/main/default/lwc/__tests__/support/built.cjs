// Before any test: the components are tested with the real rules module, so it has to be there.
const { existsSync } = require('node:fs');
const path = require('node:path');

const PACKAGE = path.resolve(__dirname, '../../..');
const BUILT = ['lwc/cosellRules/cosellRules.js', 'staticresources/cosellRules.wasm'];

module.exports = () => {
    if (!BUILT.every((file) => existsSync(path.join(PACKAGE, file)))) {
        throw new Error('The rules module is not built: run "npm run build", then the tests again.');
    }
};
