/** The seller's guide says what the page says: words in bold are the page's own, in the guide's language, and its pictures exist. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { MAIN, ROOT, TRANSLATIONS, metadata, textOf } from './source.mjs';

const english = metadata(join(MAIN, 'labels/CustomLabels.labels-meta.xml')).labels.map(({ value }) => [value].flat()[0]);
const french = metadata(join(TRANSLATIONS, 'translations/fr.translation-meta.xml')).customLabels.map(({ label }) => label);

const GUIDES = [
    ['docs/seller-guide.md', english],
    ['docs/fr/guide-vendeur.md', french]
];

/** Spaces that don't break, and lines of the guide, are no difference. */
const plain = (text) => text.replace(/\s+/g, ' ').trim();

for (const [guide, labels] of GUIDES) {
    describe(guide, () => {
        const text = textOf(join(ROOT, guide));

        test('names in bold what stands on the page', () => {
            const known = new Set(labels.map(plain));
            const named = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words]) => plain(words));
            assert.ok(named.length > 20, `${named.length} names`);
            assert.deepEqual(
                named.filter((words) => !known.has(words)),
                []
            );
        });

        test('shows pictures and leads to pages that exist', () => {
            const targets = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
            assert.ok(targets.length > 3);
            assert.deepEqual(
                targets.filter((target) => !existsSync(join(ROOT, dirname(guide), target))),
                []
            );
        });
    });
}
