// axe finds nothing to object to, in the states that a seller meets, wide and narrow, in both languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';

import { Panel, launch, openPage } from '../support/browser.mjs';
import { CO_SELL, World } from '../support/world.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const SIZES = [
    ['on a desk', { width: 1440, height: 1000 }],
    ['on a telephone', { width: 390, height: 844 }]
];

const VIEWS = [
    {
        says: 'the list',
        path: () => '/lightning/o/Opportunity/list',
        ready: (page) => page.getByRole('link', { name: 'Cold chain compliance' }).waitFor()
    },
    { says: 'an opportunity that is not ready', path: ({ broken }) => `/lightning/r/Opportunity/${broken}/view`, ready: panelShown },
    { says: 'a shared one', path: ({ shared }) => `/lightning/r/Opportunity/${shared}/view`, ready: panelShown },
    {
        says: 'what Partner Center holds',
        path: () => '/partner-center',
        ready: (page) => page.locator('[data-referral]').first().waitFor()
    },
    {
        says: 'the settings in Setup',
        path: ({ settings }) => `/lightning/setup/CustomMetadata/page?address=%2F${settings}`,
        ready: (page) => page.locator('[data-field]').first().waitFor()
    }
];

function panelShown(page) {
    return new Panel(page).shareButton.waitFor();
}

describe('axe has nothing to say', () => {
    let world, browser, ids;
    before(async () => {
        world = await World.start({ page: true });
        browser = await launch();
        const broken = await world.opportunity('Warehouse modernisation');
        const shared = await world.opportunity('Fleet telemetry for the northern depots');
        await world.change('Opportunity', shared.Id, CO_SELL);
        await world.share(shared.Id);
        const [settings] = await world.query('SELECT Id FROM Cosell_Setting__mdt');
        ids = { broken: broken.Id, shared: shared.Id, settings: settings.Id };
    });
    after(async () => {
        await browser?.close();
        await world.stop();
    });

    for (const { says, path, ready } of VIEWS) {
        for (const [where, viewport] of SIZES) {
            for (const language of ['en', 'fr']) {
                it(`about ${says}, ${where}, in ${language}`, async () => {
                    const { page } = await openPage(browser, { viewport });
                    const address = new URL(path(ids), world.page);
                    address.searchParams.set('lang', language);
                    await page.goto(address.href);
                    await ready(page);
                    await page.evaluate(axe);
                    const { violations } = await page.evaluate(() => globalThis.axe.run());
                    const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0].html}`);
                    await page.close();
                    assert.deepEqual(found, []);
                });
            }
        }
    }
});
