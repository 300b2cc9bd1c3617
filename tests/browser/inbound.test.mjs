// A referral that comes in, as a seller meets it: on the opportunity page, with an answer to give.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, beforeEach, describe, it } from 'node:test';

import { launch, openPage } from '../support/browser.mjs';
import { at } from '../support/paths.mjs';
import { WEBHOOKS, World, eventually } from '../support/world.mjs';

const DECLINED = "Customer didn't respond";
const SIZES = [
    { name: 'desktop', viewport: { width: 1440, height: 1100 } },
    { name: 'telephone', viewport: { width: 390, height: 844 } }
];

describe('a seller to whom a referral came', () => {
    let world, browser, page, troubles, referral, panel;
    const button = (name) => panel.getByRole('button', { name, exact: true });
    const picture = (name) => page.screenshot({ path: at(`target/screenshots/${name}.png`), fullPage: true });
    const deal = async () => (await world.opportunitiesOf(referral))[0];

    /** Opens the page from the list of opportunities, as a seller finds what is new. */
    async function open(viewport) {
        ({ page, troubles } = await openPage(browser, { viewport }));
        await page.goto(`${world.page}/lightning/o/Opportunity/list`);
        await page.getByRole('link', { name: 'Bottling line telemetry' }).first().click();
        panel = page.locator('c-cosell-panel');
        await panel.getByText('This referral waits for your answer', { exact: true }).waitFor();
    }

    before(async () => {
        world = await World.start({ page: true, env: WEBHOOKS });
        await world.administer('POST', 'webhooks');
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
        referral = await world.receive();
        await eventually('the opportunity', deal);
    });

    for (const { name, viewport } of SIZES) {
        it(`accepts it with a click: ${name}`, async () => {
            await open(viewport);
            const width = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(width <= viewport.width, `the page is ${width} pixels wide`);
            await picture(`inbound-${name}`);
            await button('Accept').click();
            await panel.getByText('Accepted the referral.').first().waitFor();
            await picture(`accepted-${name}`);
            const { status, substatus } = await world.referral(referral.id);
            assert.deepEqual([status, substatus, (await deal()).StageName], ['Active', 'Accepted', 'Qualification']);
            assert.match(await panel.locator('c-cosell-timeline').innerText(), /Accepted the referral\./);
            assert.deepEqual(troubles, []);
        });

        it(`declines it with a reason, and not without one: ${name}`, async () => {
            await open(viewport);
            await button('Decline…').click();
            await button('Decline this referral').click();
            assert.equal((await world.referral(referral.id)).status, 'New');
            await picture(`declining-${name}`);
            await panel.getByRole('combobox', { name: 'Why do you decline?' }).click();
            await panel.getByRole('option', { name: 'Customer didn’t respond' }).click();
            await button('Decline this referral').click();
            await panel.getByText('Declined the referral').first().waitFor();
            await picture(`declined-${name}`);
            const { status, substatus, statusReason } = await world.referral(referral.id);
            assert.deepEqual([status, substatus, statusReason], ['Closed', 'Declined', DECLINED]);
            assert.equal((await deal()).StageName, 'Closed Lost');
            assert.deepEqual(troubles, []);
        });
    }
});
