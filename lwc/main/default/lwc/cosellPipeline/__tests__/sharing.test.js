import { SETTINGS, dealNumber, idOf, pairState } from '../../__tests__/support/records';
import {
    asksBeforeClosing,
    button,
    change,
    clearPage,
    control,
    deep,
    deepAll,
    eventually,
    settle,
    textOf
} from '../../__tests__/support/dom';
import { problem, proxyCalls, serve } from '../../__tests__/support/panel';
import { answerWith, openPage, usePlatform } from '../../__tests__/support/pipeline';

usePlatform();

const deals = (count, changes = {}) => Array.from({ length: count }, (_, index) => dealNumber(index + 1, changes));
const numberOf = (request) => Number(request.url.match(/(\d{6})IAV/)[1]);
const link = 'https://partner.microsoft.com/dashboard/referrals/v2/inbox?id=7c1e5b9e';

/** The proxy as it answers for each deal by its number; the others are shared. */
function answerEach(answers = {}) {
    serve((request) => {
        const answer = answers[numberOf(request)];
        return typeof answer === 'function' ? answer(request) : new Response(JSON.stringify({ ...pairState(), ...answer }));
    });
}

async function selectAll(page) {
    change(deep(page.pipeline, '[data-select-all]'), { checked: true });
    await settle();
}

async function share(page) {
    await selectAll(page);
    deep(page.pipeline, '[data-share]').click();
    await settle();
}

const progress = (page) => deep(page.pipeline, 'c-cosell-pipeline-progress');
const over = (page) => eventually(() => deep(page.pipeline, '[data-close]'));

/** `{ name: [state, text] }` of every result. */
const results = (page) =>
    Object.fromEntries(
        deepAll(page.pipeline.shadowRoot, '[data-result]').map((row) => [
            row.querySelector('.who').textContent,
            [row.dataset.result, textOf(row.querySelector('.what'))]
        ])
    );

describe('sharing many from the pipeline', () => {
    afterEach(clearPage);

    beforeEach(() => answerEach());

    it('says beforehand what it will open', async () => {
        answerWith([
            dealNumber(1, { How_can_Microsoft_help__c: null, Visible_to_Microsoft_Sellers__c: false }),
            dealNumber(2, { How_can_Microsoft_help__c: null }),
            dealNumber(3)
        ]);
        const page = await openPage();
        await selectAll(page);
        expect(textOf(page.pipeline)).toContain(
            '3 selected: 1 is registered as private, 1 becomes permanently visible to Microsoft sellers, and 1 asks Microsoft for help and becomes permanently visible.'
        );
    });

    it('registers each, asks for a token for each, and has the proxy share it', async () => {
        answerWith([dealNumber(1), dealNumber(2, { Sync_with_Partner_Center__c: true })]);
        const page = await openPage();
        await share(page);
        await over(page);
        expect(page.api.updateRecord.mock.calls).toEqual([
            [{ fields: { Id: idOf(1), Sync_with_Partner_Center__c: true } }, { ifUnmodifiedSince: dealNumber(1).LastModifiedDate }]
        ]);
        expect(page.platform.issue.mock.calls.map(([{ opportunityId, action }]) => [opportunityId, action]).sort()).toEqual([
            [idOf(1), 'share'],
            [idOf(2), 'share']
        ]);
        expect(
            proxyCalls()
                .map(({ method, url }) => `${method} ${url}`)
                .sort()
        ).toEqual([
            `POST ${SETTINGS.proxyUrl}/v1/opportunities/${idOf(1)}/reconcile`,
            `POST ${SETTINGS.proxyUrl}/v1/opportunities/${idOf(2)}/reconcile`
        ]);
        expect(page.api.notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: idOf(1) }, { recordId: idOf(2) }]);
        expect(page.toasts).toEqual([{ title: '2 of 2 done', message: '', variant: 'success' }]);
    });

    it('tells the result of each: done with its link, blocked with what is missing, failed with why, put off', async () => {
        const findings = [{ code: 'x', rule: 15, severity: 'block', field: 'solutions', message: 'Add a solution.', fix: null }];
        answerWith(deals(5));
        answerEach({
            2: problem(422, 'deal.not-ready', { findings }),
            3: problem(500, 'internal'),
            4: { state: 'waiting', referralId: null, referralLink: null, reason: { code: 'x', message: 'Partner Center is slow.' } },
            5: { state: 'needsYou', referralId: null, referralLink: null, reason: { code: 'x', message: 'Mend it.' } }
        });
        const page = await openPage();
        await share(page);
        await over(page);
        expect(results(page)).toMatchObject({
            'Deal 1': ['asked', expect.stringContaining('Open in Partner Center')],
            'Deal 2': ['blocked', 'Add a solution.'],
            'Deal 3': ['failed', expect.stringContaining('About internal.')],
            'Deal 4': ['later', 'Partner Center is slow.'],
            'Deal 5': ['failed', expect.stringContaining('Mend it.')]
        });
        expect(deep(progress(page), 'a[target=_blank]').href).toBe(link);
        expect(textOf(progress(page))).toContain('1 of 5 done');
        expect(page.toasts[0].variant).toBe('warning');
        await expect(page.pipeline).toBeAccessible();
    });

    it('moves what was shared in the chart and the list at once', async () => {
        answerWith(deals(2));
        const page = await openPage();
        await share(page);
        await over(page);
        expect(textOf(deep(page.pipeline, 'button[data-state=shared]'))).toBe('2 Shared');
        expect(deepAll(page.pipeline.shadowRoot, 'tbody tr lightning-input')).toEqual([]);
    });

    it.each([
        ['private', 'Registered as private', 'Private deal'],
        ['partnerLed', 'Visible to Microsoft', 'Visible to Microsoft'],
        ['coSell', 'Waiting for Microsoft', 'Waiting for Microsoft']
    ])('claims of a %s deal no more than was done', async (dealType, result, standing) => {
        answerWith(deals(1));
        answerEach({ 1: { dealType, ...(dealType === 'coSell' ? {} : { microsoft: null }) } });
        const page = await openPage();
        await share(page);
        await over(page);
        expect(deep(progress(page), '[data-result] lightning-badge').label).toBe(result);
        expect(deep(deep(page.pipeline, 'c-cosell-pipeline-list'), 'lightning-badge').label).toBe(standing);
        expect(textOf(progress(page))).not.toContain('hared');
    });

    it('shows how far it is, takes the focus there, and is cancelled after what is under way', async () => {
        const open = [];
        answerWith(deals(5));
        serve(() => new Promise((resolve) => open.push(() => resolve(new Response(JSON.stringify(pairState()))))));
        const page = await openPage();
        await share(page);
        await eventually(() => open.length === 3);
        await settle();
        const bar = deep(page.pipeline, '[role=progressbar]');
        expect([bar.getAttribute('aria-valuenow'), bar.getAttribute('aria-valuemax')]).toEqual(['0', '5']);
        expect(deep(page.pipeline, '[data-share]')?.disabled ?? true).toBe(true);
        expect(textOf(page.pipeline)).not.toContain('Select the opportunities to share.');
        expect(progress(page).shadowRoot.activeElement.dataset.heading).toBeDefined();
        await expect(page.pipeline).toBeAccessible();

        button(page.pipeline, 'Cancel').click();
        await settle();
        expect(textOf(progress(page))).toContain('Stopping.');
        open.forEach((answer) => answer());
        await over(page);
        expect(proxyCalls()).toHaveLength(3);
        expect(Object.values(results(page)).map(([state]) => state)).toEqual(['left', 'left', 'asked', 'asked', 'asked']);
        expect(textOf(progress(page))).toContain('It was cancelled before its turn. Nothing was changed.');
        expect(page.api.updateRecord).toHaveBeenCalledTimes(3);
    });

    it('asks before the page is left while it shares, and no longer', async () => {
        let answer;
        answerWith(deals(1));
        serve(() => new Promise((resolve) => (answer = () => resolve(new Response(JSON.stringify(pairState()))))));
        const page = await openPage();
        expect(asksBeforeClosing()).toBe(false);
        await share(page);
        await eventually(() => answer);
        expect(asksBeforeClosing()).toBe(true);
        answer();
        await over(page);
        expect(asksBeforeClosing()).toBe(false);
    });

    it('begins nothing more when the page is left', async () => {
        const open = [];
        answerWith(deals(5));
        serve(() => new Promise((resolve) => open.push(() => resolve(new Response(JSON.stringify(pairState()))))));
        const page = await openPage();
        await share(page);
        await eventually(() => open.length === 3);
        clearPage();
        open.forEach((answer) => answer());
        await eventually(() => page.api.notifyRecordUpdateAvailable.mock.calls.length);
        expect(proxyCalls()).toHaveLength(3);
    });

    it('tries again with the record as it is now', async () => {
        const known = answerWith(deals(3));
        const down = problem(500, 'internal');
        answerEach({ 1: down, 2: down, 3: down });
        const page = await openPage();
        await share(page);
        await over(page);
        known.set(idOf(2), dealNumber(2, {}, { BillingCountry: null }));
        known.delete(idOf(3));
        answerEach();
        button(page.pipeline, 'Try those again').click();
        await eventually(() => Object.values(results(page)).some(([state]) => state === 'asked'));
        await over(page);
        expect(page.platform.getAgain).toHaveBeenCalledWith(expect.objectContaining({ opportunityIds: [idOf(1), idOf(2), idOf(3)] }));
        expect(results(page)).toMatchObject({
            'Deal 1': ['asked', expect.anything()],
            'Deal 2': ['blocked', expect.stringContaining('two-letter code')],
            'Deal 3': ['failed', 'This opportunity does not exist, or you may not see it.']
        });
        expect(proxyCalls()).toHaveLength(1);
        expect(page.api.updateRecord).toHaveBeenCalledTimes(4);
    });

    it('tries a single one again', async () => {
        answerWith(deals(2));
        answerEach({ 1: problem(500, 'internal') });
        const page = await openPage();
        await share(page);
        await over(page);
        answerEach();
        button(page.pipeline, 'Try again').click();
        await eventually(() => results(page)['Deal 1'][0] === 'asked');
        await over(page);
        expect(proxyCalls().map(numberOf)).toEqual([1]);
    });

    it('reads half as many again at a time where a transaction can’t hold them', async () => {
        answerWith(deals(5));
        const down = problem(500, 'internal');
        answerEach({ 1: down, 2: down, 3: down, 4: down, 5: down });
        const page = await openPage();
        await share(page);
        await over(page);
        const { getAgain } = page.platform;
        const answer = getAgain.getMockImplementation();
        const body = { exceptionType: 'System.LimitException', message: 'Apex heap size too large: 6291457' };
        getAgain.mockImplementation(async (asked) => {
            if (asked.opportunityIds.length > 2) {
                throw Object.assign(new Error(), { status: 500, body });
            }
            return answer(asked);
        });
        answerEach();
        button(page.pipeline, 'Try those again').click();
        await eventually(() => Object.values(results(page)).every(([state]) => state === 'asked'));
        expect(getAgain.mock.calls.map(([{ opportunityIds }]) => opportunityIds.length)).toEqual([5, 3, 2, 2, 1]);
    });

    it('does not read again without end where a single one is too much', async () => {
        answerWith(deals(2));
        const down = problem(500, 'internal');
        answerEach({ 1: down, 2: down });
        const page = await openPage();
        await share(page);
        await over(page);
        const body = { exceptionType: 'System.LimitException', message: 'Apex heap size too large: 6291457' };
        page.platform.getAgain.mockRejectedValue({ status: 500, body });
        button(page.pipeline, 'Try those again').click();
        await eventually(() => page.toasts.length === 2);
        expect(page.toasts[1]).toMatchObject({ title: 'Not shared', variant: 'error' });
        expect(page.platform.getAgain).toHaveBeenCalledTimes(3);
    });

    it('says so when it can’t be read again', async () => {
        answerWith(deals(1));
        answerEach({ 1: problem(500, 'internal') });
        const page = await openPage();
        await share(page);
        await over(page);
        page.platform.getAgain.mockRejectedValue({ status: 500, body: { message: 'fields.not-readable' } });
        button(page.pipeline, 'Try again').click();
        await eventually(() => page.toasts.length === 2);
        expect(page.toasts[1]).toMatchObject({ title: 'Not shared', variant: 'error' });
        expect(button(page.pipeline, 'Try again').disabled).toBe(false);
    });

    it('fails one that somebody else has changed, before anything is sent', async () => {
        answerWith(deals(1));
        const page = await openPage();
        page.api.updateRecord.mockRejectedValue({ status: 412, body: { message: 'Precondition failed' } });
        await share(page);
        await over(page);
        expect(results(page)['Deal 1']).toEqual(['failed', expect.stringContaining('Somebody else has changed this opportunity')]);
        expect(proxyCalls()).toEqual([]);
    });

    it('stops by itself when the proxy is away, and says why', async () => {
        answerWith(deals(5));
        serve(() => {
            throw new TypeError('Failed to fetch');
        });
        const page = await openPage();
        await share(page);
        await over(page);
        expect(textOf(progress(page))).toContain('Stopped: the others would fail in the same way');
        expect(
            Object.values(results(page))
                .map(([state]) => state)
                .sort()
        ).toEqual(['failed', 'failed', 'failed', 'left', 'left']);
        await expect(page.pipeline).toBeAccessible();
    });

    it('goes when it is closed, and leaves nothing selected', async () => {
        answerWith(deals(2));
        answerEach({ 1: problem(500, 'internal') });
        const page = await openPage();
        await share(page);
        await over(page);
        button(page.pipeline, 'Close').click();
        await settle();
        expect(progress(page)).toBeNull();
        expect(textOf(page.pipeline)).toContain('Select the opportunities to share.');
    });

    it('leads on to the next selection when it is closed', async () => {
        answerWith(deals(2));
        answerEach({ 1: problem(500, 'internal') });
        const page = await openPage();
        await share(page);
        await over(page);
        // The stub of the box has nothing inside that could take the focus.
        const focus = jest.spyOn(HTMLElement.prototype, 'focus');
        button(page.pipeline, 'Close').click();
        expect(focus.mock.contexts).toEqual([deep(page.pipeline, '[data-select-all]')]);
        focus.mockRestore();
    });

    it.each([
        ['nothing is left to select', {}, ''],
        ['the filters let nothing through that could be', { 1: problem(500, 'internal') }, 'Deal 2']
    ])('leads to the head of the list when it is closed and %s', async (_what, answers, words) => {
        answerWith(deals(2));
        answerEach(answers);
        const page = await openPage();
        await share(page);
        await over(page);
        change(control(page.pipeline, 'Search'), { value: words });
        await settle();
        button(page.pipeline, 'Close').click();
        await settle();
        expect(textOf(page.pipeline.shadowRoot.activeElement)).toBe('Open opportunities');
        await expect(page.pipeline).toBeAccessible();
    });
});
