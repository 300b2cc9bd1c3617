import {
    OPPORTUNITY_ID,
    OTHER_CONTACT_ID,
    inboundDeal,
    list,
    pairOf,
    pairState,
    privateDeal,
    receivedDeal,
    sharedDeal
} from '../../__tests__/support/records';
import { button, change, clearPage, control, deep, deepAll, settle, textOf } from '../../__tests__/support/dom';
import { atRest, messages, openPage, proxyCalls, serve, usePlatform } from '../../__tests__/support/panel';

usePlatform();

const HELP = 'How can Microsoft help?';
const VISIBLE = 'Visible to Microsoft sellers';
const CONTACT = 'Customer contact for Microsoft';
const CONSENT = 'Customer agrees to sharing';
const SHOW = 'Show to Microsoft sellers';
const share = (panel) => deep(panel, '[data-share]');
const previewLabel = (panel) => deep(panel, 'lightning-accordion-section').label;

describe('the panel after sharing', () => {
    beforeEach(() => serve());
    afterEach(clearPage);

    it.each([
        ['that Microsoft’s sellers may see it', VISIBLE, { checked: true }, { Visible_to_Microsoft_Sellers__c: true }, SHOW],
        [
            'that Microsoft is asked',
            HELP,
            { value: 'GeneralOrOther' },
            { How_can_Microsoft_help__c: 'GeneralOrOther', Visible_to_Microsoft_Sellers__c: true },
            'Share with Microsoft'
        ]
    ])('saves and sends %s, and names that', async (_what, label, detail, fields, named) => {
        const page = await openPage(privateDeal());
        change(control(page.panel, label), detail);
        await settle();
        expect([share(page.panel).label, share(page.panel).variant]).toEqual([named, 'brand']);
        serve(() => {
            page.record = sharedDeal(fields);
            return new Response(JSON.stringify(pairState()));
        });
        share(page.panel).click();
        await atRest(page.panel);
        expect(page.api.updateRecord.mock.calls[0][0]).toEqual({ fields: { Id: OPPORTUNITY_ID, ...fields } });
        expect(proxyCalls()).toHaveLength(1);
        expect(page.toasts.map(({ title }) => title)).toEqual(['Shared with Microsoft']);
    });

    it('only saves what Partner Center keeps as it was shared', async () => {
        const page = await openPage(privateDeal());
        change(control(page.panel, CONSENT), { checked: false });
        await settle();
        expect(button(page.panel, 'Save and send')).toBeNull();
        expect([button(page.panel, 'Save changes').variant, share(page.panel).label]).toEqual(['brand', 'Sync now']);
        button(page.panel, 'Save changes').click();
        await atRest(page.panel);
        expect(page.toasts.map(({ title }) => title)).toEqual(['Saved']);
        expect(proxyCalls()).toEqual([]);
    });

    it('leaves edits that are not sent alone when the two are synced', async () => {
        const page = await openPage(privateDeal());
        change(control(page.panel, CONSENT), { checked: false });
        await settle();
        share(page.panel).click();
        await atRest(page.panel);
        expect(page.api.updateRecord).not.toHaveBeenCalled();
        expect(textOf(page.panel)).toContain(`Not saved yet: ${CONSENT}`);
    });

    it.each([
        ['was asked', sharedDeal(), true],
        ['was not', privateDeal(), false]
    ])('lets help be changed only while Microsoft %s', async (_case, record, locked) => {
        const { panel } = await openPage(record);
        expect(control(panel, HELP).disabled).toBe(locked);
        expect(textOf(panel).includes('Microsoft was asked already; that can’t be changed.')).toBe(locked);
        await expect(panel).toBeAccessible();
    });

    it('does not claim to have asked for what Microsoft sent', async () => {
        const { panel } = await openPage(receivedDeal());
        expect(control(panel, HELP).disabled).toBe(true);
        expect(textOf(panel)).toContain('This deal came from Microsoft; no help is asked for.');
        expect(textOf(panel)).not.toMatch(/was asked|Microsoft’s answer/);
    });

    it('says of switching sync off what will be, until it is saved', async () => {
        const { panel } = await openPage(privateDeal());
        change(control(panel, 'Sync with Partner Center'), { checked: false });
        await settle();
        expect(textOf(panel)).toContain('Once you save, sync is off: ');
        expect(textOf(panel)).toContain('Next: Save to turn sync off, or discard the change to keep it on.');
        expect(textOf(panel)).not.toContain('Sync is off');
        await expect(panel).toBeAccessible();
    });

    it('drops a choice of help that came too late', async () => {
        const page = await openPage(privateDeal());
        change(control(page.panel, HELP), { value: 'GeneralOrOther' });
        page.record = sharedDeal();
        page.show();
        await settle();
        expect(control(page.panel, HELP).value).toBe('ProofOfConceptOrDemo');
        expect(textOf(page.panel)).not.toContain('Not saved yet');
    });

    it.each([
        ['the contact, while nobody was asked', privateDeal(), { Microsoft_Customer_Contact__c: OTHER_CONTACT_ID }, true],
        ['the contact, once Microsoft was asked', sharedDeal(), { Microsoft_Customer_Contact__c: OTHER_CONTACT_ID }, false],
        ['the deal value', sharedDeal(), { Amount: 90000 }, true],
        ['the consent', sharedDeal(), { Customer_Consent__c: false }, false],
        ['the name', sharedDeal(), { Name: 'Alder warehouse' }, false],
        ['the deal value of a closed referral', sharedDeal({ Referral_Status__c: 'Closed / Lost' }), { Amount: 90000 }, false],
        ['the deal value when nothing is synced', sharedDeal({ Sync_with_Partner_Center__c: false }), { Amount: 90000 }, false]
    ])('knows whether an edit is sent: %s', async (_what, record, values, sent) => {
        const { panel } = await openPage(record);
        deep(panel, 'c-cosell-form').dispatchEvent(new CustomEvent('coselldraft', { bubbles: true, composed: true, detail: { values } }));
        await settle();
        // What is saved of a deal that is kept in step is sent: one button says so.
        expect([Boolean(button(panel, 'Save and send')), button(panel, 'Save changes')?.variant]).toEqual([
            sent,
            sent ? undefined : 'brand'
        ]);
    });

    it('saves and sends an edit without calling it a share, whatever else is to be mended', async () => {
        const page = await openPage(sharedDeal({ Microsoft_Solutions__r: list() }));
        const values = { Amount: 90000 };
        deep(page.panel, 'c-cosell-form').dispatchEvent(
            new CustomEvent('coselldraft', { bubbles: true, composed: true, detail: { values } })
        );
        await settle();
        expect([share(page.panel).label, share(page.panel).disabled]).toEqual(['Save and send', false]);
        share(page.panel).click();
        await atRest(page.panel);
        expect(page.api.updateRecord.mock.calls[0][0]).toEqual({ fields: { Id: OPPORTUNITY_ID, Amount: 90000 } });
        expect(proxyCalls()).toHaveLength(1);
        expect(page.toasts.map(({ title }) => title)).toEqual(['In step with Partner Center']);
    });

    it('says which changes are sent', async () => {
        const { panel } = await openPage(sharedDeal());
        expect(textOf(panel)).toContain('What you save goes to Partner Center by itself, except for consent');
    });

    it('lists what the next sync would change, once the proxy has told what Partner Center holds', async () => {
        serve(pairState({ held: { '/details/dealValue': '70000', '/details/currency': 'EUR' } }));
        const { panel } = await openPage(sharedDeal());
        const preview = () => deep(panel, 'c-cosell-preview').preview;
        expect(preview().changes).toBeUndefined();
        share(panel).click();
        await atRest(panel);
        expect(preview().changes).toEqual([{ field: 'amount', path: '/details/dealValue', before: '70000', after: '84000' }]);
    });

    it('hears from the proxy what the record does not say: who was named to Microsoft as the contact', async () => {
        serve(pairState({ facts: { 'sent.contact': 'someone.else@alder.example', 'sent.incoming': 'false' } }));
        const { panel } = await openPage(sharedDeal());
        const before = messages(panel);
        share(panel).click();
        await atRest(panel);
        const after = messages(panel).filter((message) => !before.includes(message));
        expect(after).toEqual([expect.stringContaining('someone.else@alder.example')]);
    });

    it.each([
        ['lost', sharedDeal({ Referral_Status__c: 'Closed / Lost' })],
        ['declined by us', inboundDeal({ Referral_Status__c: 'Closed / Declined' })],
        ['missed', inboundDeal({ Referral_Status__c: 'Closed / Expired' })]
    ])('has nothing to mend and nothing to choose in a deal that is closed in Partner Center: %s', async (_how, closed) => {
        serve(undefined, { looked: pairOf(closed, { held: { '/details/dealValue': '70000', '/details/currency': 'EUR' } }) });
        const { panel } = await openPage({ ...closed, Amount: 0, Customer_Consent__c: false, Microsoft_Solutions__r: list() });
        const controls = deepAll(panel.shadowRoot, 'lightning-input, lightning-combobox');
        expect(controls.map(({ label, disabled }) => [label, disabled])).toEqual(
            [HELP, VISIBLE, CONTACT, CONSENT, 'Sync with Partner Center'].map((label) => [label, true])
        );
        expect(textOf(panel)).toContain('Closed in Partner Center: nothing here is sent any more.');
        expect(messages(panel)).toEqual([expect.stringContaining('This deal is closed at Microsoft')]);
        expect(textOf(panel)).not.toMatch(/to mend|sent until then|What you s(ave|hare)|Once shared|only name, email and phone/);
        deep(panel, 'lightning-accordion').dispatchEvent(new CustomEvent('sectiontoggle', { detail: { openSections: ['preview'] } }));
        await settle();
        expect(textOf(panel)).toContain('What stays in Salesforce');
        expect(textOf(panel)).not.toContain('by themselves');
        expect(deepAll(panel.shadowRoot, 'lightning-button')).toEqual([]);
        expect(deep(panel, 'c-cosell-preview').preview.changes).toBeUndefined();
        await expect(panel).toBeAccessible();
    });

    it('locks what Microsoft was told with the question, and says so beside it', async () => {
        const { panel } = await openPage(sharedDeal());
        expect([CONTACT, CONSENT].map((label) => control(panel, label).disabled)).toEqual([true, true]);
        expect(textOf(panel).match(/takes no other contact or consent/g)).toHaveLength(2);
        expect(textOf(panel)).not.toContain('only name, email and phone go to Microsoft');
        expect(deep(panel, '[data-edit]')).toBeNull();
        await expect(panel).toBeAccessible();
    });

    it('lets it be mended where something is found, though that is not sent', async () => {
        const { panel } = await openPage(sharedDeal({ Customer_Consent__c: false, Microsoft_Customer_Contact__c: '003Qy00000GONE0IAF' }));
        expect([CONTACT, CONSENT].map((label) => control(panel, label).disabled)).toEqual([false, false]);
        expect(textOf(panel).match(/A change stays in Salesforce/g)).toHaveLength(2);
        await expect(panel).toBeAccessible();
        for (const checked of [true, false]) {
            change(control(panel, CONSENT), { checked });
            // eslint-disable-next-line no-await-in-loop -- one edit after the other
            await settle();
            expect(control(panel, CONSENT)).toMatchObject({ checked, disabled: false });
        }
    });

    it.each([
        ['a private deal', privateDeal(), [], 'What the opportunity says now'],
        ['a shared deal', sharedDeal(), [], 'What the opportunity says now'],
        ['a private deal about to be visible', privateDeal(), [VISIBLE, { checked: true }], 'What the opportunity says now'],
        [
            'a private deal for which Microsoft is about to be asked',
            privateDeal(),
            [HELP, { value: 'GeneralOrOther' }],
            'What Microsoft will see'
        ]
    ])('names the preview of %s after what it is', async (_what, record, [label, detail], heading) => {
        const { panel } = await openPage(record);
        if (label) {
            change(control(panel, label), detail);
            await settle();
        }
        expect(previewLabel(panel)).toBe(heading);
    });

    it('syncs whatever the findings', async () => {
        const { panel } = await openPage(sharedDeal({ Amount: 0, Microsoft_Solutions__r: list() }));
        expect(messages(panel)).toHaveLength(2);
        expect(textOf(panel)).toContain('2 things to mend; what they concern is not sent until then');
        expect([share(panel).label, share(panel).disabled]).toEqual(['Sync now', false]);
        await expect(panel).toBeAccessible();
    });

    it('shows nobody more of a deal that has findings', async () => {
        const { panel } = await openPage(privateDeal({ Amount: 0 }));
        expect([share(panel).label, share(panel).disabled]).toEqual(['Sync now', false]);
        change(control(panel, VISIBLE), { checked: true });
        await settle();
        expect([share(panel).label, share(panel).disabled]).toEqual([SHOW, true]);
        expect(button(panel, 'Save changes').disabled).toBe(false);
        expect(textOf(panel)).toContain('1 thing to mend before this can be sent');
    });

    it.each([
        ['Private', 'Once shared as visible', 'Show to Microsoft sellers'],
        ['PartnerLed', 'On for good', 'Sync now']
    ])('says of visibility what is so in Partner Center (%s)', async (dealType, hint, label) => {
        const { panel } = await openPage(privateDeal({ Visible_to_Microsoft_Sellers__c: true, Deal_Type__c: dealType }));
        expect(control(panel, VISIBLE).disabled).toBe(true);
        expect(textOf(panel)).toContain(hint);
        expect(share(panel).label).toBe(label);
    });

    it('says that the catalogue could not be loaded, and loads it again', async () => {
        const page = await openPage(sharedDeal());
        page.platform.getSolutions.error({ message: 'x' }, 500);
        await settle();
        button(page.panel, 'Add').click();
        await settle();
        expect(textOf(page.panel)).toContain('The catalogue could not be loaded.');
        expect(textOf(page.panel)).not.toContain('The catalogue is empty.');
        page.platform.refreshApex.mockImplementation(async () => page.platform.getSolutions.emit([]));
        button(page.panel, 'Load again').click();
        await settle();
        expect(textOf(page.panel)).toContain('The catalogue is empty.');
    });
});
