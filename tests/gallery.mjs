// `npm run gallery`: a picture of every state of every component, at desktop and phone width, in both languages, with a page to look
// at them. With words, only the states whose component or name contains one of them.
import { mkdirSync, writeFileSync } from 'node:fs';

import { index } from './gallery/index.mjs';
import { serve } from './gallery/serve.mjs';
import { launch } from './support/browser.mjs';
import { LANGUAGES, SIZES, Viewer, states } from './support/gallery.mjs';
import { at } from './support/paths.mjs';

const words = process.argv.slice(2);
const wanted = ({ component, name }) => !words.length || words.some((word) => `${component}.${name}`.includes(word));

const all = await states();
const stage = await serve();
const browser = await launch();
const viewer = new Viewer({ browser, stage });
try {
    for (const state of all.filter(wanted)) {
        mkdirSync(at(`target/gallery/${state.component}`), { recursive: true });
        for (const size of Object.keys(SIZES)) {
            for (const language of LANGUAGES) {
                const { page } = await viewer.show(state, { language, size });
                const file = at(`target/gallery/${state.component}/${state.name}.${size}.${language}.png`);
                // In a window as high as the state, so that what keeps to the window's foot stands at the state's.
                const { height } = await page.locator('#place').boundingBox();
                await page.setViewportSize({ ...SIZES[size].viewport, height: Math.max(Math.ceil(height), SIZES[size].viewport.height) });
                await page.locator('#place').screenshot({ path: file });
            }
        }
        process.stdout.write(`${state.component}: ${state.name}\n`);
    }
    writeFileSync(at('target/gallery/index.html'), index(all));
    process.stdout.write('target/gallery/index.html\n');
} finally {
    await browser.close();
    stage.stop();
}
