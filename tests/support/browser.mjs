// A headless Chromium on the page of a running world.
import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';

const USUAL = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
];

// A browser that stays on this machine: without these it asks its maker for updates at every start.
const QUIET = [
    '--disable-gpu',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run'
];

/** Starts the browser that the build steps found, or one in a usual place. */
export function launch() {
    const executablePath = process.env.COSELL_CHROMIUM ?? USUAL.find(existsSync);
    if (!executablePath) throw new Error('The browser tests need Chromium or Chrome: install one, or name it in COSELL_CHROMIUM.');
    // Chromium refuses its own sandbox to root, which continuous integration usually is.
    const args = process.getuid?.() === 0 ? [...QUIET, '--no-sandbox'] : QUIET;
    // A file of tests that is ended because it hangs is to end, browser and all: Playwright would only close the browser.
    return chromium.launch({ executablePath, args, handleSIGTERM: false });
}

/** A page that remembers whatever went wrong in it. */
export async function openPage(browser, options = {}) {
    const page = await browser.newPage({ viewport: { width: 1440, height: 1100 }, ...options });
    const troubles = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => {
        if (message.type() === 'error') troubles.push(message.text());
    });
    return { page, troubles };
}

/** Has the page load itself anew, and says whether the browser asked first; it is kept then, and otherwise there again. */
export async function isAskedBeforeReload(page) {
    // The whole of it is waited for: to close a page that has only begun to load can take for ever.
    const loads = page.waitForEvent('load').then(() => false);
    const asks = page.waitForEvent('dialog').then(async (dialog) => {
        await dialog.dismiss();
        return dialog.type() === 'beforeunload';
    });
    // The one that does not happen is over with the page.
    loads.catch(() => {});
    asks.catch(() => {});
    await page.evaluate(() => window.location.reload());
    return Promise.race([loads, asks]);
}

/** The co-sell panel of an opportunity, as a seller finds things in it. */
export class Panel {
    constructor(page) {
        this.page = page;
        this.root = page.locator('c-cosell-panel');
    }

    /** Opens an opportunity and waits until the rules have spoken. */
    static async open(page, world, id, language = 'en') {
        await page.goto(`${world.page}/lightning/r/Opportunity/${id}/view?lang=${language}`);
        const panel = new Panel(page);
        await panel.shareButton.waitFor();
        return panel;
    }

    get shareButton() {
        return this.root.locator('[data-share] button');
    }

    get findings() {
        return this.root.locator('c-cosell-finding [data-message]');
    }

    get summary() {
        return this.root.locator('[data-summary]');
    }

    button(name) {
        return this.root.getByRole('button', { name, exact: true });
    }

    /** Chooses an option of a Lightning combobox by what it says. */
    async choose(label, option) {
        await this.root.getByRole('combobox', { name: label }).click();
        await this.root.getByRole('option', { name: option }).first().click();
    }

    /** Waits until exactly so many findings are shown, and gives their words. */
    async awaitFindings(count) {
        if (count > 0) await this.findings.nth(count - 1).waitFor({ state: 'attached' });
        await this.findings.nth(count).waitFor({ state: 'detached' });
        return this.findings.allInnerTexts();
    }
}

/**
 * The story that the product exists for, from three findings to a shared co-sell deal: the country mended by its button, the
 * solution added, the contact completed, shared. Gives the milliseconds from the click to the link.
 */
export async function mendAndShare(panel) {
    await panel.button('Use DE (Germany)').click();
    await panel.awaitFindings(2);
    await panel.button('Add a solution').click();
    await panel.choose('Solution', 'Warehouse Insight');
    await panel.awaitFindings(1);
    await panel.button('Complete').click();
    await panel.root.getByLabel('Email').fill('ada.okafor@halden-logistik.example');
    await panel.root.getByLabel('Phone').fill('+49 40 5550 100');
    await panel.button('Save').click();
    await panel.awaitFindings(0);
    const start = performance.now();
    await panel.shareButton.click();
    await panel.root.getByRole('link', { name: /Partner Center/ }).waitFor();
    return performance.now() - start;
}
