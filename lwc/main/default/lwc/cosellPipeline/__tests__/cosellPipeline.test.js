import { OPPORTUNITY_ID, SETTINGS, dealNumber, idOf, sharedDeal } from '../../__tests__/support/records';
import { button, change, clearPage, control, deep, deepAll, eventually, settle, textOf } from '../../__tests__/support/dom';
import { answerWith, isRefused, openPage, refuseWith, usePlatform } from '../../__tests__/support/pipeline';
import { serve } from '../../__tests__/support/panel';

usePlatform();

const READY = dealNumber(1);
const NO_COUNTRY = dealNumber(2, { Name: 'Without a country' }, { BillingCountry: null });
const NO_CONSENT = dealNumber(3, { Customer_Consent__c: false, CloseDate: '2099-01-01' });
const SHARED = sharedDeal({ Name: 'Shared already' });
const COLLEAGUES = dealNumber(9, { Name: 'A colleague’s' });

const rows = (page) => deepAll(page.pipeline.shadowRoot, 'tbody tr[data-id]');
const names = (page) => rows(page).map((row) => row.querySelector('th a').textContent);
const rowOf = (page, id) => rows(page).find((row) => row.dataset.id === id);
const tile = (page, state) => deep(page.pipeline, `button[data-state=${state}]`);

describe('c-cosell-pipeline', () => {
    afterEach(clearPage);

    beforeEach(() => {
        serve();
        answerWith([READY, NO_COUNTRY, NO_CONSENT, SHARED], [COLLEAGUES]);
    });

    it('says of every open opportunity of the seller whether it is ready, and what the others lack', async () => {
        const page = await openPage();
        expect(names(page)).toEqual(['Deal 3', 'Deal 1', 'Without a country', 'Shared already']);
        expect(textOf(rowOf(page, NO_COUNTRY.Id))).toContain('Enter the account’s country as a two-letter code');
        expect(rowOf(page, READY.Id).querySelector('lightning-badge').label).toBe('Ready');
        expect(rowOf(page, NO_COUNTRY.Id).querySelector('lightning-badge').label).toBe('1 to mend');
        expect(deep(rowOf(page, OPPORTUNITY_ID).querySelector('c-cosell-status'), 'lightning-badge').label).toBe('Waiting for Microsoft');
        expect(['ready', 'blocked', 'shared'].map((state) => textOf(tile(page, state)))).toEqual(['1 Ready', '2 To mend', '1 Shared']);
        await expect(page.pipeline).toBeAccessible();
    });

    it('asks Apex for what the rules want to know, and the rules once for all', async () => {
        const page = await openPage();
        const [{ scope, after, size, wanted }] = page.platform.getOpen.mock.calls[0];
        expect([scope, after, size]).toEqual(['mine', null, 200]);
        expect(wanted).toEqual(expect.arrayContaining(['StageName', 'Account.BillingCountry']));
        expect(performance.measure.mock.calls.map(([name, { detail }]) => [name, detail])).toEqual([['cosell.reviewAll', 4]]);
    });

    it('points out deals that are alike, which only many beside one another show', async () => {
        const twin = { ...dealNumber(4, { Name: 'Twin' }), Account: READY.Account };
        answerWith([READY, twin]);
        const page = await openPage();
        expect(textOf(rowOf(page, READY.Id))).toContain('Twin');
        expect(textOf(rowOf(page, twin.Id))).toContain('Deal 1');
        change(deep(page.pipeline, '[data-select-all]'), { checked: true });
        await settle();
        expect(textOf(page.pipeline)).toContain('2 of them look like another open deal.');
    });

    it('filters by what the chart shows, and takes the filter back', async () => {
        const page = await openPage();
        tile(page, 'blocked').click();
        await settle();
        expect(names(page)).toEqual(['Deal 3', 'Without a country']);
        deep(page.pipeline, 'button[data-rule=block-7]').click();
        await settle();
        expect(names(page)).toEqual(['Without a country']);
        expect(control(page.pipeline, 'Finding').value).toBe('block-7');
        deep(page.pipeline, 'button[data-rule=block-7]').click();
        tile(page, 'blocked').click();
        await settle();
        expect(names(page)).toHaveLength(4);
    });

    it('says so when nothing matches, and leads back', async () => {
        const page = await openPage();
        change(control(page.pipeline, 'Search'), { value: 'nothing of the kind' });
        await settle();
        expect(rows(page)).toEqual([]);
        expect(textOf(page.pipeline)).toContain('Nothing matches these filters');
        await expect(page.pipeline).toBeAccessible();
        button(page.pipeline, 'Clear filters').click();
        await settle();
        expect(rows(page)).toHaveLength(4);
    });

    it('reads what others own when the seller asks for it, once', async () => {
        const page = await openPage();
        const scopes = () => page.platform.getOpen.mock.calls.map(([{ scope }]) => scope);
        expect(scopes()).toEqual(['mine']);
        change(control(page.pipeline, 'Owner'), { value: 'all' });
        await eventually(() => rows(page).length === 5);
        expect(names(page)).toContain('A colleague’s');
        change(control(page.pipeline, 'Owner'), { value: 'mine' });
        await settle();
        expect(names(page)).not.toContain('A colleague’s');
        change(control(page.pipeline, 'Owner'), { value: 'all' });
        await settle();
        expect(scopes()).toEqual(['mine', 'others']);
    });

    it('shows no more than two thousand, and says so', async () => {
        answerWith(Array.from({ length: 2100 }, (_, index) => dealNumber(index)));
        const page = await openPage();
        expect(page.platform.getOpen).toHaveBeenCalledTimes(10);
        expect(textOf(page.pipeline)).toContain('Only the first 2,000 open opportunities are shown.');
        expect(textOf(deep(page.pipeline, 'nav'))).toContain('1–25 of 2,000');
    });

    it('sorts, the other way round at the second click', async () => {
        const page = await openPage();
        const sort = (by) => deep(page.pipeline, `button[data-by=${by}]`).click();
        sort('name');
        await settle();
        expect(names(page)[0]).toBe('Deal 1');
        sort('name');
        await settle();
        expect(names(page)[0]).toBe('Without a country');
    });

    it('leads to the record', async () => {
        const page = await openPage();
        rowOf(page, READY.Id).querySelector('th a').click();
        const attributes = { objectApiName: 'Opportunity', recordId: idOf(1), actionName: 'view' };
        expect(page.navigated).toEqual([{ type: 'standard__recordPage', attributes }]);
    });

    it('reads again on request, and keeps nothing that is gone', async () => {
        const page = await openPage();
        answerWith([READY]);
        deep(page.pipeline, '[data-refresh]').click();
        await eventually(() => rows(page).length === 1);
        expect(names(page)).toEqual(['Deal 1']);
    });

    it('is no empty card where there is nothing', async () => {
        answerWith([]);
        const page = await openPage();
        expect(textOf(page.pipeline)).toContain('You have no open opportunities');
        expect(textOf(page.pipeline)).toContain('To see more, choose “Everybody’s” under “Owner”.');
        expect(control(page.pipeline, 'Owner')).not.toBeNull();
        await expect(page.pipeline).toBeAccessible();
    });

    it.each([
        ['fields.not-readable', 'permission set Cosell Seller'],
        ['scope.unknown', 'Load the page again.'],
        ['settings.missing', 'Sharing is not set up yet']
    ])('says what %s means', async (code, words) => {
        refuseWith(code);
        const page = await openPage({ until: isRefused });
        expect(textOf(page.pipeline)).toContain(words);
        await expect(page.pipeline).toBeAccessible();
    });

    it('tries again after a failure', async () => {
        refuseWith('fields.not-readable');
        const page = await openPage({ until: isRefused });
        answerWith([READY]);
        button(page.pipeline, 'Try again').click();
        await eventually(() => rows(page).length === 1);
        expect(textOf(page.pipeline)).not.toContain('The pipeline can’t be shown');
    });

    it('reads the settings again after they could not be read, and goes on', async () => {
        const page = await openPage({ settings: null, until: isRefused });
        expect(textOf(page.pipeline)).toContain('An internal server error has occurred');
        page.platform.refreshApex.mockRejectedValueOnce({ status: 500, body: { message: 'Still not there' } });
        button(page.pipeline, 'Try again').click();
        await settle();
        expect(textOf(page.pipeline)).toContain('Still not there');
        expect(textOf(page.pipeline)).not.toContain('The rules can’t run on this page');
        await expect(page.pipeline).toBeAccessible();

        page.platform.refreshApex.mockImplementationOnce(async (wired) => wired.error && page.platform.getSettings.emit(SETTINGS));
        button(page.pipeline, 'Try again').click();
        await eventually(() => rows(page).length === 4);
        expect(deep(page.pipeline, 'c-cosell-notice')).toBeNull();
    });

    it('says so when the rules break down over what was read, and tries again with others', async () => {
        const trap = () => {
            throw new WebAssembly.RuntimeError('unreachable');
        };
        const opened = [];
        const rulesAs = (rules) => (opened.push(rules) === 1 ? { ...rules, reviewAll: trap } : rules);
        const page = await openPage({ rulesAs, until: isRefused });
        expect(textOf(page.pipeline)).toContain('The rules can’t run on this page');
        expect(textOf(page.pipeline)).not.toContain('You have no open opportunities');
        await expect(page.pipeline).toBeAccessible();

        button(page.pipeline, 'Try again').click();
        await eventually(() => rows(page).length === 4);
        expect(deep(page.pipeline, 'c-cosell-notice')).toBeNull();
    });

    it.each([
        ['is not there', () => new Response('gone', { status: 404 }), SETTINGS, 'The rules can’t run on this page'],
        ['can’t read a setting', undefined, { ...SETTINGS, ruleSettings: 'relaxed = many' }, 'A setting needs your Salesforce admin']
    ])('says so when the rules module %s', async (_how, resource, settings, words) => {
        serve(undefined, resource && { resource });
        const page = await openPage({ settings, until: isRefused });
        expect(textOf(page.pipeline)).toContain(words);
        expect(page.platform.getOpen).not.toHaveBeenCalled();
        await expect(page.pipeline).toBeAccessible();
    });

    it('says that nobody has set it up, and still shows what is missing', async () => {
        const page = await openPage({ settings: { ...SETTINGS, proxyUrl: null } });
        expect(textOf(page.pipeline)).toContain('Sharing is not set up yet');
        expect(rows(page)).toHaveLength(4);
        change(deep(page.pipeline, '[data-select-all]'), { checked: true });
        await settle();
        expect(deep(page.pipeline, '[data-share]').disabled).toBe(true);
        await expect(page.pipeline).toBeAccessible();
    });
});
