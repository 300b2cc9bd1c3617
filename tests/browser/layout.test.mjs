// That nothing on the page moves when the rules arrive: in Chromium, with the module held back until everything else stands.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { Panel, launch, openPage } from '../support/browser.mjs';
import { CO_SELL, World, eventually } from '../support/world.mjs';

const SIZES = [
    { size: 'desktop', viewport: { width: 1440, height: 1100 } },
    { size: 'telephone', viewport: { width: 390, height: 844 } }
];

/** Two lines of text in Arial, in pixels: as much higher or lower may the panel be than its outline, since texts break where they must. */
const LINES = 40;

/** How often something was found is not known before the rules have spoken: such a panel grows, but only where nobody looks. */
const DEALS = [
    { what: 'a deal that is ready', name: 'Fleet telemetry for the northern depots', reserved: true },
    { what: 'a deal that is shared', name: 'Fleet telemetry for the northern depots', shared: true, reserved: true },
    { what: 'a deal in which something is found', name: 'Warehouse modernisation', reserved: false }
];

describe('when the rules arrive', () => {
    let world, browser, page;
    before(async () => {
        world = await World.start({ page: true });
        browser = await launch();
    });
    after(async () => {
        await browser?.close();
        await world.stop();
    });
    beforeEach(async () => {
        await page?.close();
        await world.reset();
    });

    /** Opens an opportunity with everything but the rules, and gives what lets them through. */
    async function openWithoutRules(viewport, id) {
        ({ page } = await openPage(browser, { viewport }));
        const underWay = new Set();
        page.on('request', (request) => underWay.add(request));
        for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => underWay.delete(request));
        let arrive;
        const held = new Promise((resolve) => (arrive = resolve));
        await page.route('**/resource/cosellRules*', async (route) => {
            await held;
            await route.continue();
        });
        await page.goto(`${world.page}/lightning/r/Opportunity/${id}/view`);
        await page.locator('c-cosell-panel c-cosell-status').waitFor();
        const isRules = (request) => request.url().includes('/resource/cosellRules');
        await eventually('all but the rules', () => underWay.size > 0 && [...underWay].every(isRules));
        return arrive;
    }

    /** How much of what is seen moves from now on, as Chromium scores it. */
    const watch = () =>
        page.evaluate(() => {
            window.moved = 0;
            const add = (list) => list.getEntries().forEach(({ value }) => (window.moved += value));
            window.observer = new PerformanceObserver(add);
            window.observer.observe({ type: 'layout-shift' });
        });

    /** Two frames on, all that moved was reported. */
    const moved = () =>
        page.evaluate(async () => {
            for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
            window.observer.takeRecords().forEach(({ value }) => (window.moved += value));
            return window.moved;
        });

    const height = async () => (await page.locator('c-cosell-panel').boundingBox()).height;

    for (const { size, viewport } of SIZES)
        for (const { what, name, shared, reserved } of DEALS)
            it(`nothing moves: ${what}, ${size}`, async () => {
                const { Id: id } = await world.opportunity(name);
                if (shared) {
                    await world.change('Opportunity', id, CO_SELL);
                    assert.equal((await world.share(id)).body.state, 'inStep');
                }
                const arrive = await openWithoutRules(viewport, id);
                const outlined = await height();
                await watch();
                arrive();
                await page.locator('c-cosell-form').waitFor();
                await new Panel(page).shareButton.waitFor();
                assert.equal(await moved(), 0);
                const grown = (await height()) - outlined;
                assert.ok(grown >= -LINES && (!reserved || grown <= LINES), `the panel grew by ${grown} pixels`);
            });
});
