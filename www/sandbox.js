// Evaluates our components inside Lightning Web Security, as Salesforce's own runtime does, and keeps what they export.
import * as lwc from 'lwc';
import { evaluateFunction, wrapDependency } from '@locker/sandbox';
import { LWS_DEFAULT_GATER_FEATURES, registerGaterEnabledFeatures } from '@locker/shared';
import modules from 'offered';

const namespace = 'c';

/** Features of the sandbox that the address switches on besides (`?lws=enableMaxPerfMode`), to see our components in an org that has them. */
const asked = new URLSearchParams(window.location.search).get('lws')?.split(',').filter(Boolean) ?? [];
const exported = {};

/** The class of a component placed on the page, by its name; `undefined` when it is not exposed. */
export function exposedComponent(name) {
    return exported[name];
}

/** Loads and evaluates the half of the page that is ours. */
export async function loadComponents(url) {
    registerGaterEnabledFeatures([...LWS_DEFAULT_GATER_FEATURES, ...asked]);
    Reflect.defineProperty(exported, Symbol.for('@@lockerLiveValue'), {});
    const { dependencies, factory } = await amdModule(url);
    const sandboxed = evaluateFunction(namespace, factory, undefined, `//# sourceURL=modules/${namespace}/components.js\n`);
    sandboxed(...dependencies.map(given));
}

function given(name) {
    if (name === 'exports') return exported;
    if (name === 'lwc') return wrapDependency(lwc, name, namespace);
    return modules[name];
}

/** The one module an AMD file defines. */
function amdModule(url) {
    return new Promise((resolve, reject) => {
        window.define = (dependencies, factory) => resolve({ dependencies, factory });
        const script = document.createElement('script');
        script.src = url;
        script.onload = () => delete window.define;
        script.onerror = () => reject(new Error(`${url} could not be loaded`));
        document.head.append(script);
    });
}
