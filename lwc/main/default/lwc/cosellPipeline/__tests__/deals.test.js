import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RULE_LABELS } from 'c/cosellPipelineLabels';
import { SETTINGS, privateDeal, readyDeal, receivedDeal, sharedDeal } from '../../__tests__/support/records';
import * as pipeline from '../deals';

const finding = (rule, severity = 'block', message = `Rule ${rule}.`) => ({ code: `code-${rule}`, rule, severity, field: 'name', message });
const verdict = (...findings) => ({
    ready: !findings.some(({ severity }) => severity === 'block'),
    dealType: 'coSell',
    findings
});
const deal = (changes = {}, judged = verdict(), mine = true) => pipeline.dealOf(readyDeal(changes), judged, { mine, settings: SETTINGS });

describe('a deal of the pipeline', () => {
    it.each([
        ['is ready', {}, verdict(), ['ready', null]],
        ['is ready with advice', {}, verdict(finding(13, 'warn')), ['ready', null]],
        ['is blocked', {}, verdict(finding(7)), ['blocked', null]],
        ['waits for its first share', { Cosell_State__c: 'Waiting' }, verdict(), ['ready', 'waiting']],
        ['can’t be read by the rules', {}, { status: 'unreadable', code: 'record.unreadable', message: 'No.' }, ['blocked', null]],
        ['is shared, and Microsoft was asked', sharedDeal(), verdict(finding(7)), ['shared', 'asked']],
        ['was accepted', sharedDeal({ Microsoft_Status__c: 'Active / Accepted' }), verdict(), ['shared', 'agreed']],
        ['came in and was accepted', receivedDeal({ Audit__c: undefined }), verdict(), ['shared', 'agreed']],
        ['was declined', sharedDeal({ Microsoft_Status__c: 'Closed / Declined' }), verdict(), ['shared', 'declined']],
        [
            'is visible to Microsoft',
            sharedDeal({ Deal_Type__c: 'PartnerLed', Microsoft_Status__c: null }),
            verdict(),
            ['shared', 'visible']
        ],
        ['is private', privateDeal(), verdict(), ['shared', 'private']],
        ['has a referral that another tool made', privateDeal({ Cosell_State__c: null }), verdict(), ['shared', 'inStep']],
        ['came in and waits for an answer', sharedDeal({ Referral_Status__c: 'New / Pending' }), verdict(), ['shared', 'onHold']],
        ['needs somebody', sharedDeal({ Cosell_State__c: 'NeedsYou' }), verdict(), ['shared', 'needsYou']],
        ['is broken', sharedDeal({ Cosell_State__c: 'Broken' }), verdict(), ['shared', 'broken']]
    ])('%s', (_how, changes, judged, expected) => {
        const { state, standing } = deal(changes, judged);
        expect([state, standing]).toEqual(expected);
    });

    it('says why it is stuck, and only then', () => {
        const why = 'Partner Center is slow.';
        const reasonOf = (state) => deal(sharedDeal({ Cosell_State__c: state, Cosell_State_Reason__c: why })).reason;
        expect(['Waiting', 'InStep'].map(reasonOf)).toEqual([why, '']);
    });

    it('has its value and currency from the fields that the org has set', () => {
        const settings = { dealValueField: 'Account.Worth__c', currencyField: 'Money__c', defaultCurrency: 'SEK' };
        const of = (record) => pipeline.dealOf(record, verdict(), { mine: true, settings });
        expect(of({ Id: '1', Account: { Worth__c: 7 }, Money__c: 'USD' })).toMatchObject({ amount: 7, currency: 'USD' });
        expect(of({ Id: '1' })).toMatchObject({ amount: null, currency: 'SEK', name: '', account: '', owner: '' });
        expect(pipeline.dealOf({ Id: '1', Amount: 5 }, verdict(), { mine: true })).toMatchObject({ amount: 5, currency: '' });
    });

    it('is found by its name, customer and owner, whatever the case', () => {
        const found = (words) => pipeline.filtered([deal()], { ...pipeline.NO_FILTER, words }).length;
        expect(['WAREHOUSE', 'logistik', ' lindqvist ', 'nobody'].map(found)).toEqual([1, 1, 1, 0]);
    });
});

describe('the pipeline', () => {
    const deals = [
        deal({ Id: 'a', Name: 'Deal 10', Amount: 5 }, verdict(finding(7), finding(7), finding(15))),
        deal({ Id: 'b', Name: 'Deal 2', Amount: null }, verdict(finding(7), finding(13, 'warn'))),
        deal({ Id: 'c', Name: 'Deal 3', Amount: 30 }, verdict(finding(36, 'warn'))),
        deal(sharedDeal({ Id: 'd', Name: 'Shared', CloseDate: null }), verdict(finding(7)), false)
    ];
    const ids = (found) => found.map(({ id }) => id).join('');
    const filtered = (filter) => ids(pipeline.filtered(deals, { ...pipeline.NO_FILTER, owner: 'all', ...filter }));

    it('is counted by state', () => {
        expect(pipeline.countsOf(deals)).toEqual({ ready: 1, blocked: 2, shared: 1, all: 4 });
        expect(pipeline.countsOf([])).toEqual({ ready: 0, blocked: 0, shared: 0, all: 0 });
    });

    it('names the rules that found something, each deal once, what blocks first; what is shared has been through them', () => {
        expect(pipeline.rulesOf(deals).map(({ key, label, count }) => [key, label, count])).toEqual([
            ['block-7', 'Country', 2],
            ['block-15', 'Solutions', 1],
            ['advice-13', 'State, postal code, D-U-N-S number', 1],
            ['advice-36', 'Looks like another deal', 1]
        ]);
    });

    it('calls a rule without a name by what it says', () => {
        const [{ label }] = pipeline.rulesOf([deal({}, verdict(finding(99, 'block', 'Something new.')))]);
        expect(label).toBe('Something new.');
    });

    it('has a name for every rule that speaks of what a seller sees', () => {
        const book = readFileSync(path.resolve(__dirname, '../../../../../../docs/rules.md'), 'utf8');
        const elsewhere = ['referral', 'registration', 'sharer'];
        const named = book
            .split('\n## Rule ')
            .slice(1)
            .filter((rule) =>
                [...rule.matchAll(/^\| `[a-z.-]+` \| (?:block|warn) \| ([a-zA-Z.]+) \|/gm)].some(([, field]) => !elsewhere.includes(field))
            );
        const numbers = named.map((rule) => Number.parseInt(rule, 10));
        expect(numbers.length).toBeGreaterThan(20);
        expect(numbers.filter((number) => !RULE_LABELS[number])).toEqual([]);
    });

    it.each([
        [{}, 'abcd'],
        [{ owner: 'mine' }, 'abc'],
        [{ state: 'ready' }, 'c'],
        [{ state: 'blocked' }, 'ab'],
        [{ state: 'shared' }, 'd'],
        [{ rule: 'block-7' }, 'ab'],
        [{ rule: 'advice-7' }, ''],
        [{ rule: 'advice-36' }, 'c'],
        [{ rule: 'block-7', words: 'deal 2' }, 'b']
    ])('lets %j through: %s', (filter, expected) => {
        expect(filtered(filter)).toBe(expected);
    });

    it.each([
        [{ by: 'name' }, 'bcad'],
        [{ by: 'amount' }, 'acdb'],
        [{ by: 'amount', descending: true }, 'dcab'],
        [{ by: 'closeDate' }, 'abcd'],
        [{ by: 'closeDate', descending: true }, 'abcd'],
        [{ by: 'state' }, 'cabd']
    ])('sorted by %j is %s: numbers in names by their value, blanks last', (order, expected) => {
        expect(ids(pipeline.sorted(deals, order))).toBe(expected);
    });

    it('takes in what the proxy tells of a pair, as the record will say it', () => {
        const microsoft = { status: 'New', substatus: 'Pending', answerDue: null };
        const told = { state: 'waiting', referralId: null, referralLink: null, engagementId: 'e', dealType: 'coSell', microsoft };
        expect(pipeline.withPair({ Id: '1', Referral_Identifier__c: 'r' }, told)).toEqual({
            Id: '1',
            Referral_Identifier__c: 'r',
            Engagement_Identifier__c: 'e',
            Sync_with_Partner_Center__c: true,
            Cosell_State__c: 'Waiting',
            Deal_Type__c: 'CoSell',
            Microsoft_Status__c: 'New / Pending'
        });
        expect(pipeline.withPair({ Deal_Type__c: 'CoSell' }, { state: 'broken', dealType: null }).Deal_Type__c).toBe('CoSell');
    });
});
