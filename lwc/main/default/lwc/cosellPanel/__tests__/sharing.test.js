import { OPPORTUNITY_ID, SETTINGS, pairState, readyDeal, sharedDeal } from '../../__tests__/support/records';
import { button, change, clearPage, control, deep, settle, textOf } from '../../__tests__/support/dom';
import { atRest, messages, openPage, problem, proxyCalls, serve, usePlatform } from '../../__tests__/support/panel';

usePlatform();

const share = (panel) => deep(panel, '[data-share]');

async function clickShare(page) {
    share(page.panel).click();
    await atRest(page.panel);
}

describe('sharing from the panel', () => {
    afterEach(clearPage);

    beforeEach(() => serve());
    it('saves what was edited, asks for a token, and has the proxy make both sides equal', async () => {
        const page = await openPage(readyDeal({ Customer_Consent__c: false }));
        change(control(page.panel, 'Customer agrees to sharing'), { checked: true });
        await settle();
        serve(() => {
            page.record = sharedDeal();
            return new Response(JSON.stringify(pairState()));
        });
        await clickShare(page);

        expect(page.api.updateRecord.mock.calls).toEqual([
            [
                { fields: { Id: OPPORTUNITY_ID, Customer_Consent__c: true, Sync_with_Partner_Center__c: true } },
                { ifUnmodifiedSince: readyDeal().LastModifiedDate }
            ]
        ]);
        expect(page.platform.issue).toHaveBeenCalledWith({ opportunityId: OPPORTUNITY_ID, action: 'share' });
        expect(proxyCalls().map(({ method, url, headers }) => [method, url, headers.get('authorization')])).toEqual([
            ['POST', `${SETTINGS.proxyUrl}/v1/opportunities/${OPPORTUNITY_ID}/reconcile`, 'Bearer a.b.c']
        ]);
        expect(page.api.notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: OPPORTUNITY_ID }]);
        expect(page.toasts).toEqual([
            { title: 'Shared with Microsoft', message: `Referral ${pairState().referralId}`, variant: 'success' }
        ]);
        expect(deep(page.panel, 'lightning-badge').label).toBe('Waiting for Microsoft');
    });

    it('tells each step, and lets nothing be changed meanwhile', async () => {
        serve(() => new Promise(() => {}));
        const page = await openPage(readyDeal());
        share(page.panel).click();
        await settle();
        const live = page.panel.shadowRoot.querySelector('[aria-live]');
        expect(textOf(live)).toContain('Step 3 of 3: Sharing with Microsoft');
        expect([share(page.panel).disabled, control(page.panel, 'How can Microsoft help?').disabled]).toEqual([true, true]);
        await expect(page.panel).toBeAccessible();
    });

    it('writes nothing when nothing changed and it is kept in step already', async () => {
        serve();
        const page = await openPage(sharedDeal());
        await clickShare(page);
        expect(page.api.updateRecord).not.toHaveBeenCalled();
        expect(proxyCalls()).toHaveLength(1);
    });

    it('says so when Partner Center has to wait', async () => {
        serve(
            pairState({
                state: 'waiting',
                referralId: null,
                reason: { code: 'partner-center.throttled', message: 'Asked to slow down.', until: null }
            })
        );
        const page = await openPage(readyDeal());
        await clickShare(page);
        expect(page.toasts).toEqual([
            { title: 'Saved, but not in Partner Center yet', message: 'Asked to slow down.', variant: 'warning' }
        ]);
    });

    it('shows the findings of the proxy when it refuses the deal, until something changes', async () => {
        const findings = [
            { code: 'country.name', rule: 7, severity: 'block', field: 'account.country', params: {}, message: 'No country.', fix: null }
        ];
        serve(problem(422, 'deal.not-ready', { findings }));
        const page = await openPage(readyDeal());
        await clickShare(page);
        expect(textOf(page.panel)).toContain('It is listed below.');
        expect(messages(page.panel)).toEqual(['No country.']);
        expect(share(page.panel).disabled).toBe(true);
        await expect(page.panel).toBeAccessible();

        change(control(page.panel, 'Customer agrees to sharing'), { checked: false });
        await settle();
        expect(messages(page.panel).join()).not.toContain('No country.');
    });

    it.each([
        [
            'the proxy can’t be reached',
            () => {
                throw new TypeError('Failed to fetch');
            },
            'The server that talks to Partner Center can’t be reached.'
        ],
        ['the proxy does not know the page', problem(403, 'origin.unknown'), 'does not accept requests from this page'],
        ['the token has expired', problem(401, 'token.expired'), 'did not accept the permission'],
        ['the proxy can’t read Salesforce', problem(503, 'salesforce.unavailable'), 'can’t read the opportunity'],
        ['the proxy fails', problem(500, 'internal'), 'About internal.'],
        ['something else answers', () => new Response('<h1>502</h1>', { status: 502 }), 'could not be understood']
    ])('shows a card and tries again when %s', async (_case, answer, words) => {
        serve(answer);
        const page = await openPage(readyDeal());
        await clickShare(page);
        expect(textOf(page.panel)).toContain('Not shared');
        expect(textOf(page.panel)).toContain(words);
        await expect(page.panel).toBeAccessible();

        serve();
        button(page.panel, 'Try again').click();
        await atRest(page.panel);
        expect(page.toasts.map(({ variant }) => variant)).toEqual(['success']);
        expect(textOf(page.panel)).not.toContain(words);
    });

    it('does not call the proxy when Salesforce refuses the token', async () => {
        serve();
        const page = await openPage(readyDeal());
        page.platform.issue.mockRejectedValue({ status: 500, body: { message: 'opportunity.read-only' } });
        await clickShare(page);
        expect(textOf(page.panel)).toContain('You may not change this opportunity');
        expect(proxyCalls()).toEqual([]);
    });

    it('keeps the edits when somebody else has saved meanwhile', async () => {
        serve();
        const page = await openPage(readyDeal());
        change(control(page.panel, 'How can Microsoft help?'), { value: 'QuotesOrLicensing' });
        page.api.updateRecord.mockRejectedValue({ status: 412, body: { message: 'Precondition failed' } });
        await clickShare(page);
        expect(textOf(page.panel)).toContain('Somebody else has changed this opportunity meanwhile');
        expect(control(page.panel, 'How can Microsoft help?').value).toBe('QuotesOrLicensing');
        expect(proxyCalls()).toEqual([]);
    });
});
