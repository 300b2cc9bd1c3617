// jsdom with what browsers have and jsdom has not, as far as the rules module and its client of the proxy use it.
const { default: JsdomEnvironment } = require('jest-environment-jsdom');
const { TextDecoder, TextEncoder } = require('node:util');

module.exports = class extends JsdomEnvironment {
    async setup() {
        await super.setup();
        Object.assign(this.global, { TextDecoder, TextEncoder, Headers, Request, Response, AbortController, AbortSignal, setImmediate });
    }
};
