// The thread, as a seller walks it: in Chromium, inside Lightning Web Security, with the real module, proxy and services.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, beforeEach, describe, it } from 'node:test';

import { Panel, launch, mendAndShare, openPage } from '../support/browser.mjs';
import { reviewCases } from '../support/cases.mjs';
import { at } from '../support/paths.mjs';
import { CO_SELL, World } from '../support/world.mjs';

const DEMO = 'Warehouse modernisation';
const READY = 'Fleet telemetry for the northern depots';
const { Sync_with_Partner_Center__c: _, ...CO_SELL_NOT_YET_SYNCED } = CO_SELL;

/** A proxy that looks for changes in Salesforce, and need not be waited for. */
const NOTICING = { COSELL_FEED__INTERVAL_SECONDS: '1', COSELL_RECONCILE__WORKER_INTERVAL_SECONDS: '0.2' };

const THREE_FINDINGS = [
    '“Deutschland” is not a country code: Microsoft expects DE for Germany.',
    'Missing for Ada Okafor: e-mail and phone. Microsoft will call or write.',
    'Add at least one solution: one that is co-sell ready, or one of Microsoft’s own.'
];

describe('a seller', () => {
    let world, browser, page, troubles;
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
        ({ page, troubles } = await openPage(browser));
    });

    it('sees exactly what is wrong, mends each through its fix, shares, and finds both referrals at Microsoft', async () => {
        const deal = await world.opportunity(DEMO);
        await world.change('Opportunity', deal.Id, CO_SELL_NOT_YET_SYNCED);
        const panel = await Panel.open(page, world, deal.Id);
        assert.deepEqual((await panel.awaitFindings(3)).sort(), [...THREE_FINDINGS].sort());
        assert.equal(await panel.shareButton.isDisabled(), true);
        await page.screenshot({ path: at('target/screenshots/not-ready.png'), fullPage: true });

        await mendAndShare(panel);
        await page.screenshot({ path: at('target/screenshots/shared.png'), fullPage: true });

        const referrals = await world.referrals();
        const microsoft = referrals.find(({ target }) => target.some(({ id }) => id === 'msft'));
        const own = referrals.find((referral) => referral !== microsoft);
        assert.equal(referrals.length, 2);
        assert.equal(microsoft.engagementId, own.engagementId);
        assert.deepEqual(microsoft.target, [{ type: 'BusinessProfileLocation', id: 'msft' }]);
        assert.equal(microsoft.inviteContext.assistanceRequestCode, 'ProofOfConceptOrDemo');
        assert.equal(own.customerProfile.address.country, 'DE');

        const record = await world.record('Opportunity', deal.Id);
        assert.equal(record.Referral_Identifier__c, own.id);
        assert.ok(record.Referral_Link__c.includes(own.id));
        assert.match(record.Audit__c, /Shared with Microsoft as co-sell\./);
        const timeline = await panel.root.locator('c-cosell-timeline').innerText();
        assert.match(timeline, /Shared with Microsoft as co-sell\./);
        assert.deepEqual(troubles, []);
    });

    it('sees what the share will send before it is sent, and nothing is sent by looking', async () => {
        const deal = await world.opportunity(READY);
        const panel = await Panel.open(page, world, deal.Id);
        await panel.root.locator('c-cosell-preview').getByRole('button').first().click();
        const preview = await panel.root.locator('c-cosell-preview').innerText();
        for (const shown of ['Fleet telemetry for the northern depots', 'Fleet Compass']) assert.ok(preview.includes(shown), preview);
        assert.doesNotMatch(preview, /[{}]|consentTo|dealValue/, 'words, not JSON');
        assert.deepEqual(await world.control('GET', 'requests'), []);
    });

    it('who changes the record elsewhere on the page sees the panel follow', async () => {
        const deal = await world.opportunity(READY);
        const panel = await Panel.open(page, world, deal.Id);
        await panel.awaitFindings(0);
        await page.getByRole('button', { name: /^Edit Amount/ }).click();
        await page
            .getByRole('spinbutton', { name: 'Amount' })
            .or(page.getByRole('textbox', { name: 'Amount' }))
            .fill('0');
        await page.keyboard.press('Enter');
        assert.deepEqual(await panel.awaitFindings(1), ['The deal value is 0. Enter what you expect the deal to be worth.']);
    });

    it('reads French where the org speaks it', async () => {
        const deal = await world.opportunity(DEMO);
        await page.goto(`${world.page}/lightning/r/Opportunity/${deal.Id}/view?lang=fr`);
        const panel = new Panel(page);
        await panel.shareButton.waitFor();
        const texts = await panel.findings.allInnerTexts();
        assert.ok(
            texts.includes('«\u00a0Deutschland\u00a0» n’est pas un code pays\u00a0: Microsoft attend DE (Allemagne).'),
            texts.join('\n')
        );
        await page.screenshot({ path: at('target/screenshots/french.png'), fullPage: true });
    });

    it('on a telephone shares as well', async () => {
        await page.close();
        ({ page, troubles } = await openPage(browser, { viewport: { width: 390, height: 844 } }));
        const deal = await world.opportunity(READY);
        const panel = await Panel.open(page, world, deal.Id);
        await panel.shareButton.click();
        await panel.root.getByRole('link', { name: /Partner Center/ }).waitFor();
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 390, `the page is ${width} pixels wide`);
        await page.screenshot({ path: at('target/screenshots/telephone.png'), fullPage: true });
        assert.deepEqual(troubles, []);
    });

    it('whose proxy is away is told so, and loses nothing', async () => {
        const deal = await world.opportunity(READY);
        const panel = await Panel.open(page, world, deal.Id);
        await world.proxy.kill();
        await panel.shareButton.click();
        await panel.root.locator('c-cosell-notice').waitFor();
        await world.startProxy();
        const record = await world.record('Opportunity', deal.Id);
        assert.equal(record.Sync_with_Partner_Center__c, true, 'the choice is saved');
        assert.deepEqual(await world.referrals(), []);
    });
});

describe('a seller whose deal is kept in step', () => {
    let world, browser;
    before(async () => {
        world = await World.start({ page: true, env: NOTICING });
        browser = await launch();
    });
    after(async () => {
        await browser?.close();
        await world.stop();
    });

    it('saves a change, and sees it sent without touching the page again', async () => {
        const { page, troubles } = await openPage(browser);
        const deal = await world.opportunity(READY);
        const panel = await Panel.open(page, world, deal.Id);
        await panel.shareButton.click();
        await panel.root.getByRole('link', { name: /Partner Center/ }).waitFor();
        await page.getByRole('button', { name: /^Edit Amount/ }).click();
        await page
            .getByRole('spinbutton', { name: 'Amount' })
            .or(page.getByRole('textbox', { name: 'Amount' }))
            .fill('91000');
        await page.keyboard.press('Enter');
        await panel.root
            .locator('c-cosell-timeline')
            .getByText(/^Sent to Partner Center: .*deal value/i)
            .waitFor();
        const [own] = (await world.pair(deal.Id)).own;
        assert.equal(own.details.dealValue, 91000);
        assert.deepEqual(troubles, []);
    });
});

describe('the rules in Chromium', () => {
    let world, browser;
    before(async () => {
        world = await World.start({ page: true, proxy: false });
        browser = await launch();
    });
    after(async () => {
        await browser?.close();
        await world.stop();
    });

    it('find what they find natively, case by case', async () => {
        const { page } = await openPage(browser);
        const scripts = { cosellRules: 'cosellRules/cosellRules.js', exchange: 'cosellModule/exchange.js', rows: 'cosellModule/rows.js' };
        for (const [name, path] of Object.entries(scripts))
            await page.route(`**/assets/${name}.js`, (route) => route.fulfill({ path: at(`lwc/main/default/lwc/${path}`) }));
        await page.goto(`${world.page}/lightning/o/Opportunity/list`);
        const cases = reviewCases().map(({ says, settings, request, finds }) => ({ says, settings, request, finds }));
        const results = await page.evaluate(
            async ({ cases }) => {
                const glue = await import('/assets/cosellRules.js');
                const resource = await (await fetch('/resource/cosellRules')).arrayBuffer();
                const { memory } = await glue.default({ module_or_path: resource });
                const { openExchange } = await import('/assets/exchange.js');
                const { encodePairs, encodeRecord, encodeRequest, readColumns } = await import('/assets/rows.js');
                const bytes = (text) => new TextEncoder().encode(text);
                return cases.map(({ settings, request: { record, draft, peers, today, facts } }) => {
                    const rules = new glue.CosellRules(bytes(encodePairs(settings)));
                    const columns = readColumns(rules.columns());
                    const rows = (one) => encodeRecord(columns, one);
                    const edited = Object.keys(draft).length > 0;
                    const records = [rows({ ...record, ...draft }), edited ? rows(record) : '', ...peers.map(rows)];
                    const answer = openExchange(rules, memory)('review', encodeRequest({ today, ...facts }, records));
                    return answer.findings?.map(({ code }) => code);
                });
            },
            { cases }
        );
        assert.equal(results.length, cases.length);
        for (const [index, { says, finds }] of cases.entries()) assert.deepEqual(results[index], finds, says);
    });
});
