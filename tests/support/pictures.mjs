// The pictures of the documentation: taken from the running system, each with the words that stand in it, by which a test
// tells whether the page still looks like that. Pixels would not do: another machine has other fonts.
import { openPage, Panel } from './browser.mjs';
import { CO_SELL } from './world.mjs';

/** Every picture: its name below docs/pictures, and how the page gets there. */
export const PICTURES = [
    {
        name: 'opportunity',
        async arrange(page, world) {
            const deal = await world.opportunity('Warehouse modernisation');
            await world.change('Opportunity', deal.Id, { ...CO_SELL, Sync_with_Partner_Center__c: false });
            const panel = await Panel.open(page, world, deal.Id);
            await panel.awaitFindings(3);
        }
    }
];

/** Dates move on and identifiers are new each time: neither makes a picture old. */
const VOLATILE = [
    [/\b[A-Z][a-z]{2} \d{1,2}, \d{4}(, \d{1,2}:\d{2}\s[AP]M)?/g, '(date)'],
    [/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, '(identifier)']
];

/** Takes one picture: its PNG, and the words in it. */
export async function take(picture, browser, world) {
    await world.reset();
    const { page } = await openPage(browser, { viewport: { width: 1280, height: 1060 }, reducedMotion: 'reduce' });
    await picture.arrange(page, world);
    const png = await page.screenshot();
    const text = await page.locator('body').innerText();
    await page.close();
    const lines = text.split('\n').map((line) => VOLATILE.reduce((words, [what, name]) => words.replace(what, name), line.trim()));
    return { png, words: `${lines.filter(Boolean).join('\n')}\n` };
}
