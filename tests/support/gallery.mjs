// The gallery: every state of every component, rendered as it is on the platform, each for itself, without a system behind it.
// The states are data: each file in tests/gallery/states exports a list of them.
import { readdirSync } from 'node:fs';

import { openPage } from './browser.mjs';
import { at } from './paths.mjs';
import { eventually } from './world.mjs';

/**
 * One state of one component.
 * @typedef {object} State
 * @property {string} component name of the component's folder, such as `cosellPanel`
 * @property {string} name what the state is called, in a few English words with hyphens; with the component, the name of the pictures
 * @property {string} shows CSS selector of what has to be there before a picture is taken
 * @property {object} [properties] what the component is given, plain data, in which `{ en, fr }` is a text in each language
 * @property {'column' | 'page'} [place] how wide it stands on a desk: in a page's narrow column (the usual), or over the whole page
 * @property {string[]} [without] custom permissions that the user does not hold
 * @property {string[]} [sandbox] features of Lightning Web Security that are on besides the usual ones, such as `enableMaxPerfMode`
 * @property {'missing'} [module] the static resource with the rules is not there
 * @property {string} [before] script that runs in the page before anything else, such as `delete WebAssembly`
 * @property {(page: import('playwright-core').Page) => Promise<void>} [act] what is done before the picture is taken
 * @property {object} [org] what the org and the proxy answer: `apex` by `Class.method`, `proxy` by `METHOD /path` with `*` for one part
 * (each an answer, or a function of the request's body and `{ origin }`, which is also the proxy's; see `refused`, `thrown` and `NEVER` in tests/gallery/serve.mjs), and `records`
 */

export const LANGUAGES = ['en', 'fr'];

export const SIZES = {
    desktop: { viewport: { width: 1280, height: 900 } },
    phone: { viewport: { width: 390, height: 844 } }
};

/** What the narrow column of a record page leaves a component on a desk. */
const COLUMN = '27rem';

const FOLDER = 'tests/gallery/states';

/** @returns {Promise<State[]>} all states, file by file */
export async function states() {
    const files = readdirSync(at(FOLDER)).sort();
    const lists = await Promise.all(files.map((file) => import(at(`${FOLDER}/${file}`))));
    return lists.flatMap((module) => module.default);
}

/** What stands in it for a language, where it has something for each. */
function inLanguage(value, language) {
    if (Array.isArray(value)) return value.map((each) => inLanguage(each, language));
    if (!value || typeof value !== 'object') return value;
    if (LANGUAGES.every((code) => code in value)) return value[language];
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inLanguage(each, language)]));
}

/** Whether every icon in sight is drawn: the browser fetches the drawings by themselves. */
function isDrawn(page) {
    return page.locator('use').evaluateAll((icons) => icons.every((icon) => !icon.checkVisibility() || icon.getBBox().width > 0));
}

/** Shows states one after the other. */
export class Viewer {
    #browser;
    #stage;
    #kept = new Map();
    #shown;

    /** @param {{ browser: object, stage: object }} with `stage` as `serve` of tests/gallery/serve.mjs gives it */
    constructor({ browser, stage }) {
        this.#browser = browser;
        this.#stage = stage;
    }

    /**
     * Opens a state instead of the one before, and waits until it is shown.
     * @param {State} state
     * @param {{ language: string, size: keyof typeof SIZES }} where
     */
    async show(state, { language, size }) {
        await this.#leave();
        const { page, troubles } = await this.#pageFor(state, size, language);
        const { viewport } = SIZES[size];
        await page.setViewportSize(viewport);
        troubles.length = 0;
        this.#stage.state = state;
        this.#stage.unanswered = [];
        const query = new URLSearchParams({ lang: language, without: state.without ?? [], lws: state.sandbox ?? [] });
        await page.goto(`${this.#stage.address}/?${query}`);
        const { component, properties = {}, name, place = 'column' } = state;
        const width = size === 'desktop' && place === 'column' ? COLUMN : null;
        const shown = {
            component,
            properties: inLanguage(properties, language),
            title: `${component}: ${name}`,
            width,
            inCard: place === 'column'
        };
        await page.evaluate((what) => window.present(what), shown);
        await state.act?.(page);
        await page.locator(state.shows).first().waitFor();
        await eventually('the icons', () => isDrawn(page));
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
        return { page, troubles };
    }

    /** One for each size and language: having compiled the scripts once is most of what opening a state costs. */
    async #pageFor(state, size, language) {
        const key = `${size} ${language}`;
        const kept = !state.before && this.#kept.get(key);
        const options = { ...SIZES[size], timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' };
        this.#shown = kept || { ...(await openPage(this.#browser, options)), isKept: !state.before };
        if (state.before) await this.#shown.page.addInitScript(state.before);
        else this.#kept.set(key, this.#shown);
        return this.#shown;
    }

    /** A state asks for nothing any more when the next one is played. */
    async #leave() {
        if (!this.#shown) return;
        const { page, isKept } = this.#shown;
        await (isKept ? page.goto(`${this.#stage.address}/blank`) : page.close());
    }
}
