// `npm run smoke`: one co-sell deal, shared through the page in headless Chromium, and what came of it in five lines.
import { mkdirSync } from 'node:fs';

import { Panel, launch, mendAndShare, openPage } from './support/browser.mjs';
import { at } from './support/paths.mjs';
import { CO_SELL, World } from './support/world.mjs';

const print = (line) => process.stdout.write(`${line}\n`);

async function main() {
    const world = await World.start({ page: true });
    const browser = await launch();
    try {
        const deal = await world.opportunity('Warehouse modernisation');
        await world.change('Opportunity', deal.Id, { ...CO_SELL, Sync_with_Partner_Center__c: false });
        const { page } = await openPage(browser);
        const panel = await Panel.open(page, world, deal.Id);
        await panel.awaitFindings(3);
        const milliseconds = await mendAndShare(panel);

        const referrals = await world.referrals();
        const microsoft = referrals.find(({ target }) => target.some(({ id }) => id === 'msft'));
        const own = referrals.find((referral) => referral.id !== microsoft?.id);
        if (referrals.length !== 2 || own.engagementId !== microsoft.engagementId)
            throw new Error(`unexpected: ${JSON.stringify(referrals)}`);

        const screenshot = at('target/smoke.png');
        mkdirSync(at('target'), { recursive: true });
        await page.screenshot({ path: screenshot, fullPage: true });
        print(`our referral          ${own.id}`);
        print(`Microsoft's referral  ${microsoft.id}`);
        print(`engagement            ${own.engagementId}`);
        print(`from click to link    ${Math.round(milliseconds)} ms`);
        print('screenshot            target/smoke.png');
    } finally {
        await browser.close();
        await world.stop();
    }
}

await main();
