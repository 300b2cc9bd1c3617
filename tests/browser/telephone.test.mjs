// A seller with a telephone, as Chromium plays one: a narrow touch screen, and nothing is done but by tapping. The platform would tell a
// component that it is on a telephone (`@salesforce/client/formFactor`); none of ours asks, each follows the width that it is given.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, beforeEach, describe, it } from 'node:test';

import { Panel, launch, openPage } from '../support/browser.mjs';
import { at } from '../support/paths.mjs';
import { World } from '../support/world.mjs';

const TELEPHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const READY = 'Fleet telemetry for the northern depots';
const BLOCKED = 'Warehouse modernisation';

describe('a seller with a telephone, by tapping alone', () => {
    let world, browser, page, troubles;
    const picture = (name) => page.screenshot({ path: at(`target/screenshots/tapped-${name}.png`) });

    /** The toast that says how it ended, which must fit the screen. */
    async function toast() {
        const shown = page.locator('[data-toast]').first();
        await shown.waitFor();
        const { x, width } = await shown.boundingBox();
        assert.ok(x >= 0 && x + width <= TELEPHONE.viewport.width, `from ${x}, ${width} pixels wide`);
        return shown.innerText();
    }

    before(async () => {
        world = await World.start({ page: true });
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
        ({ page, troubles } = await openPage(browser, TELEPHONE));
    });

    it('shares an opportunity from its page', async () => {
        const { Id } = await world.opportunity(READY);
        const panel = await Panel.open(page, world, Id);
        await panel.shareButton.tap();
        assert.match(await toast(), /Referral/);
        await picture('panel');
        await panel.root.getByRole('link', { name: /Partner Center/ }).waitFor();
        assert.ok((await world.record('Opportunity', Id)).Referral_Identifier__c);
        assert.deepEqual(troubles, []);
    });

    it('shares from the pipeline, with the button at hand beside the opportunity', async () => {
        await page.goto(`${world.page}/lightning/n/Cosell_Pipeline`);
        const row = page.locator('c-cosell-pipeline-list tbody tr').filter({ hasText: READY });
        await row.locator('lightning-input label').tap();
        await page.getByText(/^1 selected: /).waitFor();
        const share = page.locator('[data-share] button');
        for (const seen of [row, share]) {
            const { y, height } = await seen.boundingBox();
            assert.ok(y >= 0 && y + height <= TELEPHONE.viewport.height, 'both are on the screen');
        }
        await picture('selected');
        await share.tap();
        assert.match(await toast(), /1 of 1 done/);
        await picture('pipeline');
        const { Id } = await world.opportunity(READY);
        assert.ok((await world.record('Opportunity', Id)).Referral_Identifier__c);
        assert.deepEqual(troubles, []);
    });

    it('sees in the pipeline what an opportunity lacks, and is with one tap where it is mended', async () => {
        await page.goto(`${world.page}/lightning/n/Cosell_Pipeline`);
        const row = page.locator('c-cosell-pipeline-list tbody tr').filter({ hasText: BLOCKED });
        assert.match(await row.locator('.what').innerText(), /Deutschland/);
        await row.getByRole('link', { name: BLOCKED }).tap();
        await new Panel(page).root.getByRole('button', { name: 'Use DE (Germany)' }).waitFor();
        assert.deepEqual(troubles, []);
    });
});
