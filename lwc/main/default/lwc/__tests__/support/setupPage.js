// The set-up page: the platform's modules as stubs, the rules module real, the server as answers to `fetch` by method and path.
import { moduleBytes } from './records';
import { answers, fieldOf, setupOf } from './setupData';
import { deep, eventually, mount, settle } from './dom';

/** Milliseconds that the page waits for a server to say anything. */
const SILENCE = 15000;

const platform = { issueToken: jest.fn(), getSetup: jest.fn(), saveSettings: jest.fn(), describeFields: jest.fn() };

let service;

/** Replaces what only the platform has. Called once at the head of a test file, before the first page. */
export function usePlatform({ mayAdminister = true } = {}) {
    // The page is large, and the accessibility check looks at all of it.
    jest.setTimeout(30000);
    const mock = (name, value) => jest.doMock(name, () => ({ __esModule: true, default: value }), { virtual: true });
    for (const [method, stub] of Object.entries(platform)) {
        mock(`@salesforce/apex/CosellSetupController.${method}`, stub);
    }
    mock('@salesforce/customPermission/Cosell_Administer', mayAdminister ? true : undefined);
    mock('@salesforce/resourceUrl/cosellRules', '/resource/cosellRules');
    // A page starts its own module; within a test file the registry would hand on the one of the page before.
    jest.doMock('c/cosellModule', () => ({
        __esModule: true,
        openProxy: (settings) => service.openProxy(settings),
        openCheck: () => service.openCheck(),
        openRules: (settings) => service.openRules(settings)
    }));
    // Nobody sits out the page's pauses; only a server's silence is none. Not a fake timer of Jest's: the accessibility check refuses to run beside one.
    const { setTimeout: original } = window;
    beforeEach(() => {
        window.setTimeout = (then, wait) => (wait < SILENCE ? setImmediate(then) : original(then, wait));
    });
    afterEach(() => {
        window.setTimeout = original;
    });
}

/** A problem document of the server. */
export function problem(status, code) {
    return () => new Response(JSON.stringify({ code, status, title: code, detail: `About ${code}.` }), { status });
}

/** What `fetch` answers: a document for each `METHOD path` (or a function that gives it, a Response, or throws). */
export function serve(routes) {
    global.fetch = jest.fn(async (request) => {
        if (typeof request === 'string') {
            return new Response(moduleBytes());
        }
        const path = new URL(request.url).pathname.replace('/v1/admin/', '');
        const route = routes[`${request.method} ${path}`] ?? problem(404, 'route.unknown');
        const answer = typeof route === 'function' ? await route(request) : route;
        return answer instanceof Response ? answer : new Response(JSON.stringify(answer));
    });
}

/** What the server was asked: `METHOD path?query`. */
export function asked() {
    const requests = fetch.mock.calls.map(([request]) => request).filter((request) => typeof request !== 'string');
    return requests.map(({ method, url }) => `${method} ${url.split('/v1/admin/')[1]}`);
}

/** A module that does not start. */
function refusing(error) {
    const refuse = () => Promise.reject(error);
    return { openProxy: refuse, openCheck: refuse, openRules: refuse };
}

/** A page that has asked whom it wanted to ask; `module` is an error where the rules don't start. */
export async function openPage({ setup = setupOf(), routes = answers(), fields = fieldOf, token = 'a.b.c', module } = {}) {
    jest.isolateModules(() => {
        service = module ? refusing(module) : jest.requireActual('c/cosellModule');
    });
    const { default: CosellSetup } = require('c/cosellSetup');
    serve(routes);
    platform.getSetup.mockImplementation(async () => (typeof setup === 'function' ? setup() : setup));
    platform.describeFields.mockImplementation(async ({ paths }) => paths.map((path) => fields(path)));
    platform.issueToken.mockImplementation(async () => (typeof token === 'function' ? token() : token));
    platform.saveSettings.mockResolvedValue(null);
    const page = { platform, toasts: [], element: mount('c-cosell-setup', CosellSetup) };
    page.element.addEventListener('lightning__showtoast', (event) => page.toasts.push(event.detail));
    await eventually(() => deep(page.element, '[data-setting]') ?? isWithoutSettings(page.element));
    await rest();
    return page;
}

function isWithoutSettings(element) {
    return !deep(element, 'c-cosell-setup-settings') && deep(element, 'c-cosell-notice');
}

/** Lets everything under way end: requests, renderings, pauses, and WebAssembly. */
export async function rest() {
    for (let turn = 0; turn < 12; turn += 1) {
        // eslint-disable-next-line no-await-in-loop
        await settle();
        let passed = false;
        setImmediate(() => {
            passed = true;
        });
        // eslint-disable-next-line no-await-in-loop
        await eventually(() => passed);
    }
}
