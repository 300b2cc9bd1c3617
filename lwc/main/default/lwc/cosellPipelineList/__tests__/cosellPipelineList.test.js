import CosellPipelineList from 'c/cosellPipelineList';
import { change, clearPage, deep, deepAll, mount, settle, textOf } from '../../__tests__/support/dom';

const BLOCK = { rule: 7, severity: 'block', message: 'No country.' };
const ADVICE = { rule: 13, severity: 'warn', message: 'A state helps.' };
const ALIKE = { rule: 36, severity: 'warn', message: 'Like another.' };

const deal = (number, changes = {}) => ({
    id: `006Qy0000${String(number).padStart(6, '0')}IAV`,
    name: `Deal ${number}`,
    account: `Customer ${number}`,
    owner: 'Jo Lindqvist',
    amount: 84000,
    currency: 'EUR',
    closeDate: '2099-03-31',
    state: 'ready',
    standing: null,
    reason: '',
    dealType: 'coSell',
    blocks: [],
    advice: [],
    alike: null,
    record: {},
    ...changes
});
const deals = (count) => Array.from({ length: count }, (_, index) => deal(index + 1));
const list = (properties) =>
    mount('c-cosell-pipeline-list', CosellPipelineList, { order: { by: 'name', descending: false }, view: 'one', ...properties });
const names = (element) => deepAll(element.shadowRoot, 'tbody th a').map((link) => link.textContent);
const text = (element) => textOf(deep(element, 'tbody tr'));

function heard(element, name) {
    const events = [];
    element.addEventListener(name, (event) => events.push(event.detail));
    return events;
}

describe('c-cosell-pipeline-list', () => {
    afterEach(clearPage);

    it('shows each deal with its value, its date and what sharing does', async () => {
        const element = list({ deals: [deal(1)] });
        expect(text(element)).toBe(
            'Deal 1 Customer 1 €84,000 March 31, 2099 Sharing asks Microsoft for help and makes it permanently visible.'
        );
        expect(deep(element, 'thead .owner')).toBeNull();
        expect(deep(element, '.what .line').children).toHaveLength(1);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['will be private', 'private', 'Sharing registers it as private.'],
        ['becomes visible', 'partnerLed', 'Sharing makes it permanently visible to Microsoft sellers.']
    ])('says that a deal %s', (_how, dealType, words) => {
        expect(text(list({ deals: [deal(1, { dealType })] }))).toContain(words);
    });

    it('shows the first thing to do, and the rest on request', async () => {
        const element = list({
            deals: [deal(1, { state: 'blocked', blocks: [BLOCK, { ...BLOCK, message: 'No name.' }], advice: [ADVICE] })]
        });
        expect(text(element)).toContain('No country.');
        expect(text(element)).not.toContain('No name.');
        const more = deep(element, 'tbody button');
        expect([more.textContent.trim(), more.getAttribute('aria-expanded')]).toEqual(['2 more', 'false']);
        more.click();
        await settle();
        expect(text(element)).toMatch(/No country\..*No name\..*A state helps\./);
        expect([more.textContent.trim(), more.getAttribute('aria-expanded')]).toEqual(['Show fewer', 'true']);
        more.click();
        await settle();
        expect(text(element)).not.toContain('No name.');
    });

    it.each([
        ['the only advice', { advice: [ADVICE] }, /A state helps\./],
        ['the only other thing to do', { state: 'blocked', blocks: [BLOCK, { ...BLOCK, message: 'No name.' }] }, /No country\. .*No name\./]
    ])('hides nothing where a single line would be hidden: %s', (_what, changes, words) => {
        const element = list({ deals: [deal(1, changes)] });
        expect(text(element)).toMatch(words);
        expect(deep(element, 'tbody button')).toBeNull();
    });

    it('says at once that another deal is like this one', () => {
        const element = list({ deals: [deal(1, { advice: [ADVICE, ALIKE, { ...ADVICE, message: 'So does a city.' }], alike: ALIKE })] });
        expect(text(element)).toContain('Like another.');
        expect(text(element)).not.toContain('A state helps.');
    });

    it('shows where a shared deal stands, why it waits, and the way to Partner Center', async () => {
        const record = { Referral_Link__c: 'https://partner.microsoft.com/r' };
        const reason = 'Partner Center is slow.';
        const element = list({ deals: [deal(1, { state: 'shared', standing: 'waiting', reason, blocks: [BLOCK], record })] });
        expect(text(element)).toContain('Partner Center is slow.');
        expect(text(element)).not.toContain('No country.');
        expect(deep(element, 'lightning-badge').label).toBe('Trying again');
        expect(deep(element, 'td a').href).toBe('https://partner.microsoft.com/r');
        expect(deep(element, 'lightning-input')).toBeNull();
        await expect(element).toBeAccessible();
    });

    it('lets a ready deal be chosen, unless nothing can be begun', async () => {
        const element = list({ deals: [deal(1), deal(2, { state: 'blocked', blocks: [BLOCK] })], selected: new Set() });
        const chosen = heard(element, 'cosellselect');
        const boxes = () => deepAll(element.shadowRoot, 'lightning-input');
        expect(boxes().map(({ label, checked }) => [label, checked])).toEqual([['Select Deal 1', false]]);
        change(boxes()[0], { checked: true });
        expect(chosen).toEqual([{ ids: [deal(1).id], chosen: true }]);
        Object.assign(element, { selected: new Set([deal(1).id]), busy: true });
        await settle();
        expect(boxes().map(({ checked, disabled }) => [checked, disabled])).toEqual([[true, true]]);
        element.readOnly = true;
        await settle();
        expect(boxes()).toEqual([]);
    });

    it('turns its pages, and begins again when something else is looked at', async () => {
        const element = list({ deals: deals(60) });
        const turn = async (button) => {
            deep(element, button).click();
            await settle();
        };
        expect([names(element).length, deep(element, '[data-previous]').disabled]).toEqual([25, true]);
        await turn('[data-next]');
        await turn('[data-next]');
        expect([names(element)[0], textOf(deep(element, '[role=status]'))]).toEqual(['Deal 51', '51–60 of 60']);
        expect(deep(element, '[data-next]').disabled).toBe(true);
        await turn('[data-previous]');
        expect(names(element)[0]).toBe('Deal 26');
        element.deals = deals(30);
        await settle();
        expect(names(element)[0]).toBe('Deal 26');
        element.view = 'another';
        await settle();
        expect(names(element)[0]).toBe('Deal 1');
        element.deals = deals(25);
        await settle();
        expect(deep(element, 'nav')).toBeNull();
    });

    it('stays on the last page there is', async () => {
        const element = list({ deals: deals(60) });
        deep(element, '[data-next]').click();
        await settle();
        element.deals = deals(3);
        await settle();
        expect(names(element)).toHaveLength(3);
    });

    it('says by what it is sorted, and is asked to sort otherwise', async () => {
        const element = list({ deals: [deal(1)], order: { by: 'amount', descending: true }, showOwner: true });
        const sorts = heard(element, 'cosellsort');
        const sorted = () => deepAll(element.shadowRoot, 'thead th').map((head) => head.getAttribute('aria-sort'));
        expect(sorted()).toEqual([null, null, null, 'descending', null, null, null]);
        element.order = { by: 'owner', descending: false };
        await settle();
        expect(sorted()).toEqual([null, null, 'ascending', null, null, null, null]);
        deep(element, 'button[data-by=closeDate]').click();
        expect(sorts).toEqual([{ by: 'closeDate' }]);
        expect(text(element)).toContain('Jo Lindqvist');
    });

    it('brings into sight whatever Tab moves the focus to', () => {
        const element = list({ deals: [deal(1)], selected: new Set() });
        const box = deep(element, 'lightning-input');
        box.scrollIntoView = jest.fn();
        const release = (key) => box.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true }));
        release(' ');
        expect(box.scrollIntoView).not.toHaveBeenCalled();
        release('Tab');
        expect(box.scrollIntoView).toHaveBeenCalledWith({ block: 'nearest' });
    });

    it('leads to the record, and lets the browser open it elsewhere', () => {
        const element = list({ deals: [deal(1)] });
        const opened = heard(element, 'cosellopen');
        const link = deep(element, 'tbody th a');
        expect(link.getAttribute('href')).toBe(`/lightning/r/Opportunity/${deal(1).id}/view`);
        const click = (init) => {
            const event = new MouseEvent('click', { bubbles: true, cancelable: true, ...init });
            link.dispatchEvent(event);
            return event.defaultPrevented;
        };
        expect([click({}), click({ ctrlKey: true })]).toEqual([true, false]);
        expect(opened).toEqual([{ id: deal(1).id }]);
    });
});
