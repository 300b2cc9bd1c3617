// The documentation shows the page as it is.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';

import { launch } from '../support/browser.mjs';
import { at } from '../support/paths.mjs';
import { PICTURES, take } from '../support/pictures.mjs';
import { World } from '../support/world.mjs';

describe('the pictures of the documentation', () => {
    let world, browser;
    before(async () => {
        world = await World.start({ page: true });
        browser = await launch();
    });
    after(async () => {
        await browser?.close();
        await world.stop();
    });

    for (const picture of PICTURES) {
        it(`${picture.name}.png shows what the page says today`, async () => {
            const committed = readFileSync(at(`docs/pictures/${picture.name}.txt`), 'utf8');
            const { words } = await take(picture, browser, world);
            assert.equal(words, committed, 'the page has changed: run `npm run pictures`');
        });
    }
});
