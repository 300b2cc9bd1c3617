// What a seller does with findings, by hand and by keyboard alone: in Chromium, inside Lightning Web Security, with the real module.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';

import { Panel, isAskedBeforeReload, launch, openPage } from '../support/browser.mjs';
import { CO_SELL, World, eventually } from '../support/world.mjs';

const DEMO = 'Warehouse modernisation';

/** What has the focus, through every shadow root, as a reader of the page would name it. */
const focused = (page) =>
    page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element?.innerText?.trim() || element?.getAttribute('aria-label') || element?.tagName;
    });

describe('a seller who mends', () => {
    let world, browser, page, troubles, panel, deal;
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
        ({ page, troubles } = await openPage(browser));
        deal = await world.opportunity(DEMO);
        await world.change('Opportunity', deal.Id, { ...CO_SELL, Sync_with_Partner_Center__c: false });
        panel = await Panel.open(page, world, deal.Id);
        await panel.awaitFindings(3);
    });

    it('goes from finding to finding by the keyboard alone, and shares nothing by a key too many', async () => {
        const arrives = (words) => eventually(`the focus on ${words}`, async () => (await focused(page)) === words);
        await panel.button('Use DE (Germany)').focus();
        await page.keyboard.press('Enter');
        await arrives('Complete');
        await page.keyboard.press('Enter');
        await panel.root.getByLabel('Email').waitFor();
        await page.keyboard.type('ada.okafor@halden-logistik.example');
        await page.keyboard.press('Tab');
        await page.keyboard.type('+49 40 5550 100');
        await page.keyboard.press('Enter');
        await arrives('Add a solution');
        await page.keyboard.press('Enter');
        await panel.root.getByRole('combobox', { name: 'Add a solution' }).waitFor();
        await page.keyboard.type('compass');
        await panel.root.getByRole('option', { name: 'Fleet Compass' }).waitFor();
        await page.keyboard.press('Enter');
        await panel.awaitFindings(0);
        await arrives('Ready to share');
        await page.keyboard.press('Enter');
        assert.equal(await panel.shareButton.isEnabled(), true);
        assert.deepEqual(await world.control('GET', 'requests'), []);
        assert.deepEqual(troubles, []);
    });

    it('needs one click to save, also after an input complained', async () => {
        await panel.button('Complete').click();
        await panel.button('Save').click();
        await panel.root.getByText('Complete this field.').first().waitFor();
        await panel.root.getByLabel('Phone').fill('+49 40 5550 100');
        await panel.root.getByLabel('Email').fill('ada.okafor@halden-logistik.example');
        await panel.button('Save').click();
        await panel.awaitFindings(2);
    });

    it('is asked before edits that are not saved are lost with the page', async () => {
        await panel.root.getByText('Customer agrees to sharing', { exact: true }).click();
        await panel.button('Discard changes').waitFor();
        assert.equal(await isAskedBeforeReload(page), true);
        await panel.button('Discard changes').click();
        await panel.button('Discard changes').waitFor({ state: 'detached' });
        assert.equal(await isAskedBeforeReload(page), false);
    });

    it('who may not edit the account is told who may', async () => {
        await world.control('PUT', 'org/rules', { readOnly: ['Account'] });
        await page.reload();
        const obstacle = panel.root.locator('[data-obstacle]');
        await obstacle.waitFor();
        assert.equal(await obstacle.innerText(), 'You can’t change this account. Ask Jo Lindqvist, who owns it, or an administrator.');
        assert.equal(await panel.button('Use DE (Germany)').count(), 0);
        await world.control('PUT', 'org/rules', {});
    });
});
