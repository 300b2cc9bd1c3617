// The pipeline, as a seller works with it: in Chromium, inside Lightning Web Security, with the real module, proxy and services.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, beforeEach, describe, it } from 'node:test';

import { launch, openPage } from '../support/browser.mjs';
import { at } from '../support/paths.mjs';
import { World, eventually } from '../support/world.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SIZES = [
    { name: 'desktop', viewport: { width: 1440, height: 1100 }, language: 'en' },
    { name: 'telephone', viewport: { width: 390, height: 844 }, language: 'fr' }
];

/** How a share ends that got through. */
const DONE = ['private', 'visible', 'asked'];

const READY = 'Fleet telemetry for the northern depots';
const BLOCKED = 'Warehouse modernisation';

describe('a seller with many opportunities', () => {
    let world, browser, page, troubles, pipeline;
    const picture = (name) => page.screenshot({ path: at(`target/screenshots/pipeline-${name}.png`), fullPage: true });
    const button = (name) => pipeline.getByRole('button', { name, exact: true });
    const row = (name) => pipeline.locator('c-cosell-pipeline-list tbody tr').filter({ hasText: name });
    const result = (name) => pipeline.locator('[data-result]').filter({ hasText: name });
    const tile = async (state) => Number((await pipeline.locator(`button[data-state=${state}] .number`).innerText()).replace(/\D/g, ''));
    const tiles = () => Promise.all(['ready', 'blocked', 'shared'].map(tile));
    const shared = () => world.query('SELECT Id FROM Opportunity WHERE Referral_Identifier__c != null');

    async function open({ viewport, language } = SIZES[0]) {
        ({ page, troubles } = await openPage(browser, { viewport }));
        await page.goto(`${world.page}/lightning/n/Cosell_Pipeline?lang=${language}`);
        pipeline = page.locator('c-cosell-pipeline');
        await row(READY).waitFor();
    }

    /** By the keyboard, which has to do for everything. */
    async function select(...names) {
        for (const name of names) await row(name).getByRole('checkbox').press('Space');
    }

    /** Shares what is selected, and waits until the run has ended. */
    async function share() {
        await pipeline.locator('[data-share] button').click();
        await ended();
    }

    function ended() {
        return pipeline.locator('[data-close] button').waitFor({ timeout: 60_000 });
    }

    before(async () => {
        // A machine that runs other tests beside this one takes its time.
        world = await World.start({ page: true, env: { COSELL_HTTP__TIMEOUT_SECONDS: '30' } });
        browser = await launch();
        mkdirSync(at('target/screenshots'), { recursive: true });
    });
    after(async () => {
        await browser?.close();
        await world.stop();
    });
    beforeEach(async () => {
        await page?.close();
        await world.reset();
    });

    for (const size of SIZES) {
        it(`sees at a glance what is ready and what the others lack: ${size.name}, ${size.language}`, async () => {
            await open(size);
            const ours = await world.query(
                "SELECT Id, Owner.LastName FROM Opportunity WHERE IsClosed = false AND Owner.LastName = 'Lindqvist'"
            );
            const [ready, blocked, sharedAlready] = await tiles();
            assert.equal(ready + blocked + sharedAlready, ours.length);
            assert.ok(ready > 0 && blocked > 0);
            assert.match(await row(BLOCKED).innerText(), /Deutschland/);
            const width = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(width <= size.viewport.width, `the page is ${width} pixels wide`);
            await picture(size.name);

            await pipeline.locator('[data-switch] button').click();
            const [cell] = await pipeline.locator('table[data-readiness] tbody td').allInnerTexts();
            assert.equal(Number(cell), ready, 'the table says what the chart says');
            await page.evaluate(axe);
            const { violations } = await page.evaluate(() => globalThis.axe.run());
            assert.deepEqual(
                violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html}`),
                []
            );
            assert.deepEqual(troubles, []);
        });
    }

    it('always sees what has the focus, and at last the whole list, above the button that stays at hand', async () => {
        await open(SIZES[1]);
        const focused = pipeline.locator('c-cosell-pipeline-list tbody :focus');
        const bar = pipeline.locator('.share');
        await pipeline.locator('[data-select-all] input').focus();
        let seen = 0;
        for (let step = 0; step < 40; step += 1) {
            await page.keyboard.press('Tab');
            if (await focused.count()) {
                const [focus, { y }] = await Promise.all([focused.boundingBox(), bar.boundingBox()]);
                assert.ok(focus.y >= 0 && focus.y + focus.height <= y, `${JSON.stringify(focus)} is behind the button at ${y}`);
                seen += 1;
            }
        }
        assert.ok(seen > 20, `the way leads through the list: ${seen}`);
        await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
        const [last, { y }] = await Promise.all([pipeline.locator('tbody tr').last().boundingBox(), bar.boundingBox()]);
        assert.ok(last.y + last.height <= y, 'the last opportunity is not covered');
    });

    it('has the button below the list, not over it, where the window is low, as at 200 %', async () => {
        await open({ viewport: { width: 640, height: 450 }, language: 'en' });
        assert.equal(await pipeline.locator('.share').evaluate((bar) => getComputedStyle(bar).position), 'static');
    });

    it('filters by state, finding, words and owner', async () => {
        await open();
        const ready = await tile('ready');
        await pipeline.locator('button[data-state=ready]').click();
        await row(BLOCKED).waitFor({ state: 'detached' });
        assert.equal(await pipeline.locator('c-cosell-pipeline-list tbody tr').count(), ready);
        await pipeline.locator('button[data-state=ready]').click();

        await pipeline.locator('button[data-rule=block-7]').click();
        await row(READY).waitFor({ state: 'detached' });
        await row(BLOCKED).waitFor();
        await pipeline.getByRole('searchbox', { name: 'Search' }).fill('halden');
        await row('Second site').waitFor();
        await row('Istanbul').waitFor({ state: 'detached' });
        await pipeline.getByRole('searchbox', { name: 'Search' }).fill('');
        await pipeline.locator('button[data-rule=block-7]').click();

        const before = (await tiles()).reduce((sum, count) => sum + count);
        await pipeline.getByRole('combobox', { name: 'Owner' }).click();
        await pipeline.getByRole('option', { name: 'Everybody’s' }).click();
        await pipeline.getByRole('columnheader', { name: /Owner/ }).waitFor();
        await page.waitForFunction(() => performance.getEntriesByName('cosell.reviewAll').length > 1);
        await pipeline.getByRole('button', { name: 'Next page' }).click();
        assert.ok((await tiles()).reduce((sum, count) => sum + count) > before);
        assert.deepEqual(troubles, []);
    });

    it('shares what is selected, and finds the result of each, one of which fails', async () => {
        await open();
        const [ready, , already] = await tiles();
        const names = [READY, 'Depot rollout', 'Sawmill monitoring'];
        await select(...names);
        assert.match(await pipeline.locator('.consequences').innerText(), /^3 selected: /);
        // What somebody else writes meanwhile is never written over.
        const deal = await world.opportunity('Depot rollout');
        await world.change('Opportunity', deal.Id, { Amount: 0 });
        await share();
        await picture('results');

        // Neither asks for help, and Microsoft's sellers are to see one of them.
        for (const [name, state] of [
            [READY, 'private'],
            ['Sawmill monitoring', 'visible']
        ]) {
            assert.equal(await result(name).getAttribute('data-result'), state);
            const link = await result(name)
                .getByRole('link', { name: /Partner Center/ })
                .getAttribute('href');
            const { Id } = await world.opportunity(name);
            assert.equal(link, (await world.record('Opportunity', Id)).Referral_Link__c);
        }
        assert.equal(await result('Depot rollout').getAttribute('data-result'), 'failed');
        assert.match(await result('Depot rollout').innerText(), /Somebody else has changed this opportunity meanwhile/);
        assert.deepEqual(await tiles().then(([, , now]) => now), already + 2);

        // Read again, it is not ready any more, and says why.
        await result('Depot rollout').getByRole('button', { name: 'Try again' }).click();
        await pipeline.locator('[data-result=blocked]').filter({ hasText: 'Depot rollout' }).waitFor();
        assert.match(await result('Depot rollout').innerText(), /The deal value is 0/);
        assert.equal((await shared()).length, 2);
        assert.equal(await tile('ready'), ready - 3);
        const refused = troubles.filter((trouble) => !/status of 412/.test(trouble));
        assert.deepEqual(refused, []);
    });

    it('cancels, and nothing is half done', async () => {
        await open();
        const held = [];
        let release;
        const released = new Promise((resolve) => (release = resolve));
        await page.route('**/reconcile', async (route) => {
            held.push(route);
            await released;
            await route.continue();
        });
        await pipeline.locator('[data-select-all] input').press('Space');
        const [ready, , already] = await tiles();
        await pipeline.locator('[data-share] button').click();
        await eventually('three shares under way', () => held.length === 3);
        await pipeline.locator('[data-cancel] button').click();
        await pipeline.getByText('Stopping. What is under way is finished first.').waitFor();
        await picture('cancelling');
        release();
        await ended();
        assert.deepEqual([held.length, (await shared()).length], [3, 3]);
        await pipeline.locator('[data-more] button').click();
        assert.equal(await pipeline.locator(DONE.map((state) => `[data-result=${state}]`).join()).count(), 3);
        assert.equal(await pipeline.locator('[data-result=left]').count(), ready - 3);
        await button('Close').click();
        const [left, , now] = await tiles();
        assert.deepEqual([left, now], [ready - 3, already + 3]);
        const written = await world.query('SELECT Id FROM Opportunity WHERE Sync_with_Partner_Center__c = true');
        assert.equal(written.length, (await shared()).length + already, 'what was not shared was not written either');
        assert.deepEqual(troubles, []);
    });

    it('is told once when the proxy is away, and loses nothing', async () => {
        await open();
        await pipeline.locator('[data-select-all] input').press('Space');
        await world.proxy.kill();
        await share();
        await pipeline.getByText('Stopped: the others would fail in the same way').waitFor();
        await world.startProxy();
        assert.deepEqual(await shared(), []);
    });
});
