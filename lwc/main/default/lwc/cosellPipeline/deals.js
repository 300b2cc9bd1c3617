/**
 * The pipeline as data: each opportunity with what the rules say of it, counted, filtered and sorted. Pure functions; knows no component
 * and no word but the names of rules.
 */
import LANG from '@salesforce/i18n/lang';
import { linkOf } from 'c/cosellLink';
import { RULE_LABELS } from 'c/cosellPipelineLabels';
import { FIELD } from 'c/cosellRecord';

/** What an opportunity can be, in the order of the chart. */
export const STATES = Object.freeze(['ready', 'blocked', 'shared']);

/** The rule that compares open deals with one another. */
const ALIKE = 36;

/** What is shown where no filter was chosen: the seller's own. */
export const NO_FILTER = Object.freeze({ state: '', rule: '', owner: 'mine', words: '' });

/** The order in which a deal that closes first comes first. */
export const FIRST_ORDER = Object.freeze({ by: 'closeDate', descending: false });

/**
 * @param {object} record as Apex reads it
 * @param {object} verdict what the rules say of it
 * @param {object} known `{ mine, settings }`
 * @returns {{ id, name, account, owner, amount, currency, closeDate, mine, state, standing, reason, blocks, advice, alike, dealType, text, record }}
 * `alike` is the advice that another open deal is like this one
 */
export function dealOf(record, verdict, { mine, settings }) {
    const { findings = [unreadable(verdict)] } = verdict;
    const advice = findings.filter(({ severity }) => severity !== 'block');
    const deal = {
        id: record.Id,
        name: record.Name ?? '',
        account: record.Account?.Name ?? '',
        owner: [record.Owner?.FirstName, record.Owner?.LastName].filter(Boolean).join(' '),
        amount: at(record, settings?.dealValueField || 'Amount') ?? null,
        currency: at(record, settings?.currencyField || 'CurrencyIsoCode') ?? settings?.defaultCurrency ?? '',
        closeDate: record.CloseDate ?? null,
        mine,
        ...standingOf(record, verdict),
        blocks: findings.filter(({ severity }) => severity === 'block'),
        advice,
        alike: advice.find(({ rule }) => rule === ALIKE) ?? null,
        dealType: verdict.dealType,
        record
    };
    return { ...deal, text: [deal.name, deal.account, deal.owner].join('\n').toLocaleLowerCase(LANG) };
}

/** A record that the rules can't read is a finding of its own. */
function unreadable({ code, message }) {
    return { code, rule: 0, severity: 'block', field: 'referral', message };
}

/**
 * What is said where the record does not tell enough: a referral that another tool made has not been looked at yet, and only the trail, which
 * is not read here, tells whether Microsoft accepted a deal or the seller one that came in.
 */
const VAGUE = { notShared: 'inStep', accepted: 'agreed' };

/** Whether it is ready, blocked or shared; how it stands in the words of the status badge, where these say more; why, where it is stuck. */
function standingOf(record, { ready }) {
    const { state: standing, troubled, reason } = linkOf(record);
    if (!record[FIELD.referralId]) {
        return { state: ready ? 'ready' : 'blocked', standing: troubled ? standing : null, reason };
    }
    return { state: 'shared', standing: VAGUE[standing] ?? standing, reason };
}

/** The value at the end of a path such as `Account.Country__c`. */
function at(record, path) {
    return path.split('.').reduce((here, name) => here?.[name], record);
}

/** How many deals there are of each state: `{ ready, blocked, shared, all }`. */
export function countsOf(deals) {
    const counts = { ready: 0, blocked: 0, shared: 0, all: deals.length };
    for (const { state } of deals) {
        counts[state] += 1;
    }
    return counts;
}

/**
 * What the rules found in the deals that are not shared, the most frequent first, what blocks before what is advice.
 * @returns {{ key: string, label: string, blocks: boolean, count: number }[]} `count` is a number of deals, not of findings
 */
export function rulesOf(deals) {
    const found = new Map();
    for (const deal of deals.filter(({ state }) => state !== 'shared')) {
        const own = new Map([...deal.advice, ...deal.blocks].map((finding) => [keyOf(finding), finding]));
        for (const [key, { rule, severity, message }] of own) {
            const entry = found.get(key) ?? { key, label: RULE_LABELS[rule] ?? message, blocks: severity === 'block', count: 0 };
            found.set(key, { ...entry, count: entry.count + 1 });
        }
    }
    return [...found.values()].sort((one, other) => other.blocks - one.blocks || other.count - one.count);
}

/** A rule and its weight: what one deal must mend, another may only be advised of. */
function keyOf({ rule, severity }) {
    return `${severity === 'block' ? 'block' : 'advice'}-${rule}`;
}

/** The deals whose owner is asked for. */
export function ownedBy(deals, owner) {
    return owner === 'mine' ? deals.filter(({ mine }) => mine) : deals;
}

/** The deals that a filter lets through. */
export function filtered(deals, { state, rule, owner, words }) {
    const wanted = words.trim().toLocaleLowerCase(LANG);
    return ownedBy(deals, owner).filter(
        (deal) =>
            (!state || deal.state === state) &&
            (!rule || (deal.state !== 'shared' && [...deal.blocks, ...deal.advice].some((finding) => keyOf(finding) === rule))) &&
            deal.text.includes(wanted)
    );
}

const COLLATOR = new Intl.Collator(LANG, { numeric: true, sensitivity: 'base' });

/** The deals in an order; those without a value come last, whichever way it goes. */
export function sorted(deals, { by, descending }) {
    const value = (deal) => (by === 'state' ? STATES.indexOf(deal.state) : deal[by]);
    return [...deals].sort((one, other) => {
        const [first, second] = [value(one), value(other)];
        const blank = isBlank(first) - isBlank(second);
        return blank || compare(first, second) * (descending ? -1 : 1);
    });
}

function isBlank(value) {
    return value === null || value === '';
}

function compare(one, other) {
    return typeof one === 'number' ? one - other : COLLATOR.compare(one, other);
}

/** The record after the proxy told of its pair: as the next reading will show it. */
export function withPair(record, { state, referralId, referralLink, engagementId, dealType, microsoft }) {
    const told = {
        [FIELD.referralId]: referralId,
        [FIELD.referralLink]: referralLink,
        [FIELD.engagementId]: engagementId,
        [FIELD.dealType]: dealType && asRecorded(dealType),
        [FIELD.microsoftStatus]: microsoft && `${microsoft.status} / ${microsoft.substatus}`
    };
    const known = Object.entries(told).filter(([, value]) => value);
    return { ...record, ...Object.fromEntries(known), [FIELD.sync]: true, [FIELD.state]: asRecorded(state) };
}

/** The proxy's words begin small, those of the record large. */
function asRecorded(word) {
    return word[0].toUpperCase() + word.slice(1);
}
