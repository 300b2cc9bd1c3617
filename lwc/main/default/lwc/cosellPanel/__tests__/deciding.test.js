import { SETTINGS, inboundDeal, moduleBytes, pairState } from '../../__tests__/support/records';
import { asksBeforeClosing, button, change, clearPage, control, deep, eventually, settle, textOf } from '../../__tests__/support/dom';
import { atRest, messages, openPage, problem, proxyCalls, serve, usePlatform } from '../../__tests__/support/panel';

usePlatform();

const decision = (panel) => deep(panel, 'c-cosell-decision');

describe('the panel of a referral that came in', () => {
    afterEach(clearPage);

    it('asks for an answer first, and sends nothing else', async () => {
        serve();
        const { panel } = await openPage(inboundDeal());
        expect(textOf(panel)).toContain('This referral waits for your answer');
        expect(deep(panel, 'lightning-badge').label).toBe('Answer needed');
        expect(deep(panel, '[data-share]')).toBeNull();
        // The buttons are the way: no finding sends the seller to the stage.
        expect(messages(panel).filter((words) => words.includes('on-hold'))).toEqual([]);
        await expect(panel).toBeAccessible();
    });

    it('can’t be answered before the module is there that sends the answer', async () => {
        let arrive;
        serve(pairState(), { resource: () => new Promise((resolve) => (arrive = () => resolve(new Response(moduleBytes())))) });
        const { panel } = await openPage(inboundDeal(), { until: decision });
        const areDisabled = () => ['Accept', 'Decline…'].map((label) => button(decision(panel), label).disabled);
        expect(areDisabled()).toEqual([true, true]);
        arrive();
        await eventually(() => !areDisabled().includes(true));
    });

    it('can’t be answered where the server has no address', async () => {
        serve();
        const { panel } = await openPage(inboundDeal(), { settings: { ...SETTINGS, proxyUrl: null } });
        expect(button(decision(panel), 'Accept').disabled).toBe(true);
        expect(textOf(panel)).toContain('Sharing is not set up yet');
    });

    it('accepts, and says so', async () => {
        const page = await openPageServing(() => inboundDeal({ StageName: 'Qualification', Referral_Status__c: 'Active / Accepted' }));
        button(decision(page.panel), 'Accept').click();
        await atRest(page.panel);
        const [request] = proxyCalls();
        expect([request.method, new URL(request.url).pathname]).toEqual(['POST', `/v1/opportunities/${page.record.Id}/decision`]);
        expect(await request.json()).toEqual({ decision: 'accept' });
        expect(page.platform.issue).toHaveBeenCalledWith({ opportunityId: page.record.Id, action: 'decide' });
        expect(page.toasts.map(({ title }) => title)).toEqual(['Referral accepted']);
        expect(decision(page.panel)).toBeNull();
    });

    it('declines with the reason', async () => {
        const page = await openPageServing(() => inboundDeal({ StageName: 'Closed Lost', Referral_Status__c: 'Closed / Declined' }));
        button(decision(page.panel), 'Decline…').click();
        await settle();
        const list = control(decision(page.panel), 'Why do you decline?');
        change(list, { value: 'Others' });
        list.reportValidity = () => true;
        button(decision(page.panel), 'Decline this referral').click();
        await atRest(page.panel);
        expect(await proxyCalls()[0].json()).toEqual({ decision: 'decline', reason: 'Others' });
        expect(page.toasts.map(({ title }) => title)).toEqual(['Referral declined']);
        expect(decision(page.panel)).toBeNull();
    });

    it('has the browser ask before the page is closed while the answer is sent, and no longer', async () => {
        let answer;
        serve(() => new Promise((resolve) => (answer = () => resolve(problem(409, 'decision.expired')()))));
        const page = await openPage(inboundDeal());
        button(decision(page.panel), 'Accept').click();
        await eventually(() => answer);
        expect(asksBeforeClosing()).toBe(true);
        answer();
        await atRest(page.panel);
        expect(asksBeforeClosing()).toBe(false);
    });

    it('says what is the matter when the answer comes too late', async () => {
        serve(problem(409, 'decision.expired', { detail: 'This referral has expired: nobody answered in time.' }));
        const page = await openPage(inboundDeal());
        button(decision(page.panel), 'Accept').click();
        await atRest(page.panel);
        expect(textOf(page.panel)).toContain('Your answer was not sent');
        expect(textOf(page.panel)).toContain('This referral has expired');
        expect(page.toasts).toEqual([]);
    });
});

/** The page of a referral whose record changes as `after` says once the proxy has been asked. */
async function openPageServing(after) {
    serve();
    const page = await openPage(inboundDeal());
    serve(() => {
        page.record = after();
        return new Response(JSON.stringify(pairState({ microsoft: null })));
    });
    return page;
}
