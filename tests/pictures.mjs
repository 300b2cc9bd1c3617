// `npm run pictures`: takes the pictures of the documentation anew.
import { mkdirSync, writeFileSync } from 'node:fs';

import { launch } from './support/browser.mjs';
import { at } from './support/paths.mjs';
import { PICTURES, take } from './support/pictures.mjs';
import { World } from './support/world.mjs';

const world = await World.start({ page: true });
const browser = await launch();
try {
    mkdirSync(at('docs/pictures'), { recursive: true });
    for (const picture of PICTURES) {
        const { png, words } = await take(picture, browser, world);
        writeFileSync(at(`docs/pictures/${picture.name}.png`), png);
        writeFileSync(at(`docs/pictures/${picture.name}.txt`), words);
        process.stdout.write(`docs/pictures/${picture.name}.png\n`);
    }
} finally {
    await browser.close();
    await world.stop();
}
