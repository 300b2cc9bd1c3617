// What `@salesforce/apex/Class.method` exports: a function that calls the method, and for a cacheable one the adapter to wire it.
import { call, deepFreeze } from './http.js';
import { provisioned } from './provisioned.js';

/** How old an answer may be that is given again without asking, in milliseconds; the platform refreshes after 30 seconds too. */
const freshFor = 30_000;

/**
 * @param {string} className
 * @param {string} method
 * @param {boolean} cacheable whether the method is declared `@AuraEnabled(cacheable=true)`
 */
export function apexMethod(className, method, cacheable) {
    const url = `/apex/${className}/${method}`;
    const ask = (parameters) => call('POST', url, { body: { ...parameters } });
    if (!cacheable) {
        const invoke = (parameters) => ask(parameters);
        return invoke;
    }

    const answers = new Map();
    const cached = (parameters) => {
        const key = JSON.stringify(parameters ?? {});
        const known = answers.get(key);
        if (known && Date.now() - known.at < freshFor) return known.answer;
        const answer = ask(parameters).then(deepFreeze);
        answers.set(key, { answer, at: Date.now() });
        answer.catch(() => answers.delete(key));
        return answer;
    };

    const invoke = (parameters) => cached(parameters);
    invoke.adapter = class {
        constructor(emit) {
            this.emit = emit;
            emit({ data: undefined, error: undefined });
        }
        connect() {
            this.connected = true;
        }
        disconnect() {
            this.connected = false;
        }
        update(config) {
            const parameters = { ...config };
            if (Object.values(parameters).includes(undefined)) return;
            this.parameters = parameters;
            this.provision();
        }
        async provision() {
            const asked = this.parameters;
            const value = await cached(asked).then(
                (data) => ({ data, error: undefined }),
                (error) => ({ data: undefined, error })
            );
            if (!this.connected || asked !== this.parameters) return;
            this.emit(provisioned(value, () => this.refresh()));
        }
        refresh() {
            answers.delete(JSON.stringify(this.parameters));
            return this.provision();
        }
    };
    return invoke;
}
