/**
 * What is chosen to be shared, in words, before it is done: visibility can't be taken back. Must not know how it is chosen.
 */
import { PIPELINE_LABELS as WORDS } from 'c/cosellPipelineLabels';
import { counted, listed } from 'c/cosellFormat';

/** What a share does with a deal, by its type: each is counted once, so that the parts add up. */
const CONSEQUENCES = [
    ['private', WORDS.privateOne, WORDS.privateMany],
    ['partnerLed', WORDS.visibleOne, WORDS.visibleMany],
    ['coSell', WORDS.asksOne, WORDS.asksMany]
];

/** What sharing these deals would do. */
export function consequencesOf(deals) {
    if (!deals.length) {
        return WORDS.selectedNone;
    }
    const parts = CONSEQUENCES.map(([type, ...words]) => [deals.filter(({ dealType }) => dealType === type).length, ...words])
        .filter(([count]) => count)
        .map((part) => counted(...part));
    return `${counted(deals.length, WORDS.selectedOne, WORDS.selectedMany)} ${listed(parts)}.`;
}

/** How many of these deals look like another open one; empty where none does. */
export function alikeOf(deals) {
    const { length } = deals.filter(({ alike }) => alike);
    return length ? counted(length, WORDS.alikeOne, WORDS.alikeMany) : '';
}
