// Every state of every component, as the gallery shows it: axe finds nothing to object to, no text is cut, also at twice the size and
// on the narrowest screen, and nothing goes wrong on the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';

import { serve } from '../gallery/serve.mjs';
import { launch } from '../support/browser.mjs';
import { Viewer, states } from '../support/gallery.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Each state is opened once on a desk and once on a telephone; French has the longer words. */
const WHERE = [
    { size: 'desktop', language: 'en' },
    { size: 'phone', language: 'fr' }
];

/** Widths in CSS pixels at which no text may be cut: the desk at 200 %, and the narrowest that WCAG asks for (1.4.10, 1280 pixels at 400 %). */
const NARROW = [640, 320];

/** A browser reports every answer that is no success as an error of the console; nobody else may write there. */
const isRefusal = (trouble) => trouble.startsWith('Failed to load resource');

const all = await states();

describe('the gallery', () => {
    let browser, stage, viewer;
    before(async () => {
        stage = await serve();
        browser = await launch();
        viewer = new Viewer({ browser, stage });
    });
    after(async () => {
        await browser?.close();
        stage.stop();
    });

    it('names every picture differently', () => {
        const names = all.map(({ component, name }) => `${component}.${name}`);
        assert.deepEqual(
            names.filter((name, index) => names.indexOf(name) !== index),
            []
        );
    });

    for (const state of all) {
        for (const { size, language } of WHERE) {
            it(`${state.component}, ${state.name}: ${size}, ${language}`, async () => {
                const { page, troubles } = await viewer.show(state, { language, size });
                await page.evaluate(axe);
                const { violations } = await page.evaluate(() => globalThis.axe.run());
                const cut = [];
                for (const width of NARROW) {
                    await page.setViewportSize({ width, height: 800 });
                    cut.push(...(await cutTexts(page)).map((text) => `${width}: ${text}`));
                }
                assert.deepEqual(
                    violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html}`),
                    []
                );
                assert.deepEqual(cut, []);
                assert.deepEqual(stage.unanswered, []);
                assert.deepEqual(
                    troubles.filter((trouble) => !isRefusal(trouble)),
                    []
                );
            });
        }
    }
});

/** The texts that don't fit where they stand: cut off, or beyond the edge of the screen. */
function cutTexts(page) {
    return page.locator('#place *').evaluateAll((elements) => {
        const told = [];
        for (const element of elements) {
            const style = getComputedStyle(element);
            const text = element.textContent.trim();
            // What only a screen reader is given is cut to one pixel on purpose; a drawing is no text; a list shows its choice whole when it opens.
            const isApart = element.closest('.slds-assistive-text, svg, [role="combobox"]');
            const isShown = text && element.checkVisibility({ visibilityProperty: true }) && !isApart;
            const isBox = element.clientWidth > 1 && element.clientHeight > 1;
            if (!isShown || !isBox) continue;
            const isCutAcross = ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
            const isCutBelow = ['hidden', 'clip'].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
            const isOutside = element.getBoundingClientRect().right > window.innerWidth + 1 && !element.closest('.slds-scrollable_x');
            if (isCutAcross || isCutBelow || isOutside)
                told.push(`<${element.localName} class="${element.className}"> ${text.slice(0, 80)}`);
        }
        return told;
    });
}
