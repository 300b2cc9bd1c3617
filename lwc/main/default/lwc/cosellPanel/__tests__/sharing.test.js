import { OPPORTUNITY_ID, SETTINGS, pairState, privateDeal, readyDeal, sharedDeal } from '../../__tests__/support/records';
import { asksBeforeClosing, button, change, clearPage, control, deep, eventually, settle, textOf } from '../../__tests__/support/dom';
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
        let answer;
        serve(() => new Promise((resolve) => (answer = () => resolve(problem(503, 'salesforce.unavailable')()))));
        const page = await openPage(readyDeal());
        share(page.panel).click();
        await settle();
        const live = deep(page.panel, '[aria-live]');
        expect(textOf(live)).toContain('Step 3 of 3: Sending to Partner Center');
        expect(textOf(page.panel)).toContain('keep this browser tab open');
        expect([share(page.panel).disabled, control(page.panel, 'How can Microsoft help?').disabled]).toEqual([true, true]);
        await expect(page.panel).toBeAccessible();
        // What has not ended has the browser ask, in the tests that follow as well.
        answer();
        await atRest(page.panel);
    });

    it.each([
        ['succeeds', () => new Response(JSON.stringify(pairState()))],
        ['fails', problem(500, 'internal')]
    ])('has the browser ask before the page is closed, until the share %s', async (_how, answer) => {
        let release;
        serve(() => new Promise((resolve) => (release = () => resolve(answer()))));
        const page = await openPage(readyDeal());
        expect(asksBeforeClosing()).toBe(false);
        share(page.panel).click();
        await eventually(() => release);
        expect(asksBeforeClosing()).toBe(true);
        release();
        await atRest(page.panel);
        expect(asksBeforeClosing()).toBe(false);
    });

    it('has the browser ask also when the panel is gone, until it has ended', async () => {
        let answer;
        serve(() => new Promise((resolve) => (answer = () => resolve(problem(503, 'salesforce.unavailable')()))));
        const page = await openPage(readyDeal());
        share(page.panel).click();
        await eventually(() => proxyCalls().length);
        expect(asksBeforeClosing()).toBe(true);
        clearPage();
        expect(asksBeforeClosing()).toBe(true);
        answer();
        await eventually(() => !asksBeforeClosing());
    });

    it('writes nothing when nothing changed and it is kept in step already', async () => {
        serve();
        const page = await openPage(sharedDeal());
        await clickShare(page);
        expect(page.api.updateRecord).not.toHaveBeenCalled();
        expect(proxyCalls()).toHaveLength(1);
    });

    it('names a look what it is: nothing was sent', async () => {
        const page = await openPage(sharedDeal({ Sync_with_Partner_Center__c: false }));
        await clickShare(page);
        expect(page.api.updateRecord).not.toHaveBeenCalled();
        expect(page.toasts).toEqual([{ title: 'In step with Partner Center', message: '', variant: 'success' }]);

        serve(() => {
            throw new TypeError('Failed to fetch');
        });
        await clickShare(page);
        expect(textOf(page.panel)).toContain('Not synced with Partner Center');
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

    it.each([
        [
            'it is shared, but not all of it',
            privateDeal({ How_can_Microsoft_help__c: 'GeneralOrOther', Visible_to_Microsoft_Sellers__c: true })
        ],
        ['it was only to be read', sharedDeal()]
    ])('claims nothing to be missing in Partner Center when %s', async (_case, record) => {
        serve(pairState({ state: 'waiting', reason: { code: 'x', message: 'Asked to slow down.', until: null } }));
        const page = await openPage(record);
        await clickShare(page);
        const [{ title, message }] = page.toasts;
        expect(title).not.toBe('Saved, but not in Partner Center yet');
        expect(message).toBe('Asked to slow down.');
    });

    it.each([
        ['waiting', 'Trying again', '2026-11-22T18:05:00Z'],
        ['needsYou', 'Needs you', null],
        ['broken', 'Needs your admin', null]
    ])('says why a first share is %s, and does not call it ready', async (state, badge, until) => {
        const nothing = { referralId: null, referralLink: null, engagementId: null, microsoftReferralId: null, microsoft: null };
        serve(pairState({ ...nothing, state, reason: { code: 'x', message: 'This is why.', until } }));
        const page = await openPage(readyDeal());
        await clickShare(page);
        const words = textOf(page.panel);
        expect(deep(page.panel, 'lightning-badge').label).toBe(badge);
        expect(words).toContain('This is why.');
        expect(words.includes('Next try:')).toBe(Boolean(until));
        expect(words).not.toContain('Ready to share');
        expect([share(page.panel).label, share(page.panel).disabled]).toEqual(['Share with Microsoft', false]);
        await expect(page.panel).toBeAccessible();
    });

    it('believes the proxy’s answer over an older state of the record, and a newer record over that', async () => {
        const page = await openPage(sharedDeal({ Cosell_State__c: 'Waiting', Cosell_State_Reason__c: 'Partner Center can’t be reached.' }));
        await clickShare(page);
        expect(deep(page.panel, 'lightning-badge').label).toBe('Waiting for Microsoft');
        expect(textOf(page.panel)).not.toContain('Partner Center can’t be reached.');

        const LastModifiedDate = '2026-11-22T17:25:57.000+0000';
        page.record = sharedDeal({ Cosell_State__c: 'Broken', Cosell_State_Reason__c: 'A new sign-in is needed.', LastModifiedDate });
        page.show();
        await settle();
        expect(deep(page.panel, 'lightning-badge').label).toBe('Needs your admin');
        expect(textOf(page.panel)).toContain('A new sign-in is needed.');
    });

    it.each([
        ['what the proxy wrote itself', { Cosell_State__c: 'NeedsYou', Cosell_State_Reason__c: 'No country.' }, true],
        ['what somebody mended', { Amount: 90000 }, false]
    ])('after a refusal takes %s for what it is', async (_what, changes, kept) => {
        const findings = [
            { code: 'country.name', rule: 7, severity: 'block', field: 'account.country', params: {}, message: 'No country!', fix: null }
        ];
        serve(problem(422, 'deal.not-ready', { findings }));
        const page = await openPage(readyDeal());
        await clickShare(page);
        expect(messages(page.panel)).toEqual(['No country!']);

        Object.assign(page.record, changes, { LastModifiedDate: '2026-11-22T17:25:57.000+0000' });
        page.show();
        await settle();
        expect(messages(page.panel)).toEqual(kept ? ['No country!'] : []);
        expect(textOf(page.panel).includes('It is listed below.')).toBe(kept);
    });

    it('can be tried again after a refusal that nothing in the record can mend', async () => {
        serve(problem(422, 'deal.not-ready', { findings: [{ code: 'x', severity: 'block', field: 'team', message: 'No.', fix: null }] }));
        const page = await openPage(readyDeal());
        await clickShare(page);
        expect(share(page.panel).disabled).toBe(true);
        button(page.panel, 'Close').click();
        await settle();
        expect([messages(page.panel), share(page.panel).disabled]).toEqual([[], false]);
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
