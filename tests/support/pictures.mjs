// The pictures of the documentation: taken from the running system, each with the words that stand in it, by which a test
// tells whether the page still looks like that. Pixels would not do: another machine has other fonts.
import { openPage, Panel } from './browser.mjs';
import { CO_SELL } from './world.mjs';

/** The demo's deal, with everything decided but nothing mended. */
async function openDemo(page, world, language) {
    const deal = await world.opportunity('Warehouse modernisation');
    await world.change('Opportunity', deal.Id, { ...CO_SELL, Sync_with_Partner_Center__c: false });
    const panel = await Panel.open(page, world, deal.Id, language);
    await panel.awaitFindings(3);
    return panel;
}

/** The pictures of the seller's guide, in one language: the card, and two of its parts by themselves. */
const guide = (language) => [
    {
        name: `seller-findings-${language}`,
        shows: 'c-cosell-panel',
        arrange: (page, world) => openDemo(page, world, language)
    },
    {
        name: `seller-preview-${language}`,
        shows: 'c-cosell-preview',
        async arrange(page, world) {
            const panel = await openDemo(page, world, language);
            await panel.root.locator('c-cosell-preview').getByRole('button').click();
            await panel.root.locator('c-cosell-preview li').first().waitFor();
        }
    },
    {
        name: `seller-timeline-${language}`,
        shows: 'c-cosell-timeline',
        async arrange(page, world) {
            const deal = await world.opportunity('Cold chain compliance');
            await world.change('Opportunity', deal.Id, { ...CO_SELL, Audit__c: TRAIL[language] });
            const panel = await Panel.open(page, world, deal.Id, language);
            await panel.root.locator('c-cosell-timeline li').nth(4).waitFor();
        }
    }
];

/** A trail as the proxy writes it, in its languages. */
const TRAIL = {
    en: [
        '2026-11-25 09:12 UTC - Microsoft accepted the deal.',
        '2026-11-24 16:40 UTC - Sent to Partner Center: deal value.',
        '2026-11-24 08:03 UTC - Received from Partner Center: close date.',
        '2026-11-22 14:01 UTC - Asked Microsoft for help: proof of concept / demo. Waiting for an answer.',
        '2026-11-22 14:01 UTC - Shared with Microsoft as co-sell.'
    ].join('\n'),
    fr: [
        '2026-11-25 09:12 UTC - Microsoft a accepté l’affaire.',
        '2026-11-24 16:40 UTC - Envoyé à l’Espace partenaires\u00a0: montant.',
        '2026-11-24 08:03 UTC - Reçu de l’Espace partenaires\u00a0: date de clôture.',
        '2026-11-22 14:01 UTC - Aide demandée à Microsoft\u00a0: preuve de concept / démonstration. En attente d’une réponse.',
        '2026-11-22 14:01 UTC - Partagée avec Microsoft en co-vente.'
    ].join('\n')
};

/** Every picture: its name below docs/pictures, how the page gets there, and what of the page it shows (without, all of it). */
export const PICTURES = [
    {
        name: 'opportunity',
        async arrange(page, world) {
            const deal = await world.opportunity('Warehouse modernisation');
            await world.change('Opportunity', deal.Id, { ...CO_SELL, Sync_with_Partner_Center__c: false });
            const panel = await Panel.open(page, world, deal.Id);
            await panel.awaitFindings(3);
        }
    },
    ...['en', 'fr'].flatMap(guide)
];

/** Dates move on and identifiers are new each time: neither makes a picture old. */
const VOLATILE = [
    [/\b[A-Z][a-z]{2,8} \d{1,2}, \d{4}(, \d{1,2}:\d{2}\s[AP]M)?/g, '(date)'],
    [/\b\d{1,2} \p{L}{3,9}\.? \d{4}(, \d{2}:\d{2})?/gu, '(date)'],
    [/\b([0-9a-f]{8}-[0-9a-f-]{27}|006[0-9A-Za-z]{15})\b/g, '(identifier)']
];

/** Takes one picture: its PNG, and the words in it. */
export async function take(picture, browser, world) {
    await world.reset();
    const { page } = await openPage(browser, { viewport: { width: 1280, height: 1060 }, reducedMotion: 'reduce' });
    await picture.arrange(page, world);
    const shown = picture.shows && page.locator(picture.shows);
    const png = await (shown ?? page).screenshot();
    const text = await (shown ?? page.locator('body')).innerText();
    await page.close();
    const lines = text.split('\n').map((line) => VOLATILE.reduce((words, [what, name]) => words.replace(what, name), line.trim()));
    return { png, words: `${lines.filter(Boolean).join('\n')}\n` };
}
