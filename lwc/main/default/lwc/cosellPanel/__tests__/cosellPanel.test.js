import {
    ACCOUNT_ID,
    CATALOGUE,
    CONTACT_ID,
    OPPORTUNITY_ID,
    readyDeal,
    receivedDeal,
    roughDeal,
    sharedDeal
} from '../../__tests__/support/records';
import { button, change, clearPage, control, deep, deepAll, eventually, settle, textOf } from '../../__tests__/support/dom';
import { atRest, messages, openPage, serve, usePlatform } from '../../__tests__/support/panel';

usePlatform();

const badge = (panel) => deep(panel, 'lightning-badge').label;
const share = (panel) => deep(panel, '[data-share]');

describe('c-cosell-panel', () => {
    beforeEach(() => serve());
    afterEach(clearPage);

    describe('before sharing', () => {
        it('shows what is to be mended, what could be better, and why it can’t be shared yet', async () => {
            const { panel } = await openPage(roughDeal());
            expect(messages(panel)).toEqual([
                '“Deutschland” is not a country code: Microsoft expects DE for Germany.',
                'A postal code helps Microsoft find the customer.',
                'Missing for Ada Okafor: e-mail. Microsoft will call or write.',
                'Add at least one solution: one that is co-sell ready, or one of Microsoft’s own.'
            ]);
            expect(textOf(panel)).toContain('3 things to mend before this can be shared');
            expect(textOf(panel)).toContain('Mend 3 things first.');
            expect([badge(panel), share(panel).label, share(panel).disabled]).toEqual(['Not shared', 'Share with Microsoft', true]);
            await expect(panel).toBeAccessible();
        });

        it('is ready when nothing is left', async () => {
            const { panel } = await openPage(readyDeal());
            expect(messages(panel)).toEqual([]);
            expect(textOf(panel)).toContain('Ready to share');
            expect(share(panel).disabled).toBe(false);
            await expect(panel).toBeAccessible();
        });

        it.each([
            [{}, 'Share with Microsoft'],
            [{ How_can_Microsoft_help__c: null }, 'Show to Microsoft sellers'],
            [{ How_can_Microsoft_help__c: null, Visible_to_Microsoft_Sellers__c: false }, 'Create private deal']
        ])('names the button after what it will do (%j)', async (changes, label) => {
            const { panel } = await openPage(readyDeal(changes));
            expect(share(panel).label).toBe(label);
        });

        it('sees at once what changes elsewhere on the page', async () => {
            const page = await openPage(readyDeal());
            page.record.Amount = 0;
            page.show();
            await settle();
            expect(messages(page.panel)).toEqual(['The deal value is 0. Enter what you expect the deal to be worth.']);
        });

        it('writes a fix of the account to the account, and reads again', async () => {
            const page = await openPage(roughDeal());
            button(page.panel, 'Use DE (Germany)').click();
            await atRest(page.panel);
            expect(page.api.updateRecord).toHaveBeenCalledWith({ fields: { Id: ACCOUNT_ID, BillingCountry: 'DE' } }, undefined);
            expect(messages(page.panel)).toHaveLength(3);
            expect(page.toasts).toEqual([{ title: 'Saved', message: '', variant: 'success' }]);
        });

        it('completes the contact in place', async () => {
            const page = await openPage(roughDeal());
            const finding = deepAll(page.panel.shadowRoot, 'c-cosell-finding').find((element) => textOf(element).includes('Ada'));
            button(finding, 'Complete').click();
            await settle();
            change(control(finding, 'Email'), { value: 'ada@alder.example' });
            button(finding, 'Save').click();
            await atRest(page.panel);
            expect(page.api.updateRecord).toHaveBeenCalledWith({ fields: { Id: CONTACT_ID, Email: 'ada@alder.example' } }, undefined);
            expect(messages(page.panel).join()).not.toContain('Ada');
        });

        it.each([
            ['the next finding, not to the button that would mend it at once', { Customer_Consent__c: false }, '[data-message]'],
            ['how the deal stands, not to the button that would share it', {}, '[data-summary]']
        ])('leads from what was mended to %s', async (_where, changes, selector) => {
            const { panel } = await openPage(readyDeal(changes, { BillingCountry: 'Deutschland' }));
            const focus = jest.spyOn(HTMLElement.prototype, 'focus');
            button(panel, 'Use DE (Germany)').click();
            await atRest(panel);
            expect(focus.mock.contexts.slice(-1)).toEqual([deep(panel, selector)]);
            focus.mockRestore();
        });

        it('leads back to what could not be mended', async () => {
            const page = await openPage(readyDeal({}, { BillingCountry: 'Deutschland' }));
            page.api.updateRecord.mockRejectedValue({ body: { message: 'The account is locked.' }, status: 400 });
            const focus = jest.spyOn(HTMLElement.prototype, 'focus');
            button(page.panel, 'Use DE (Germany)').click();
            await atRest(page.panel);
            expect(textOf(page.panel)).toContain('The account is locked.');
            expect(focus.mock.contexts.slice(-1)).toEqual([deep(page.panel, '[data-message]')]);
            button(page.panel, 'Close').click();
            await settle();
            expect(focus.mock.contexts.slice(-1)).toEqual([deep(page.panel, '[data-summary]')]);
            focus.mockRestore();
        });

        it('opens the picker for a missing solution, and puts the chosen one on the deal', async () => {
            const page = await openPage(roughDeal());
            button(page.panel, 'Add a solution').click();
            await settle();
            deep(page.panel, 'c-cosell-search').dispatchEvent(new CustomEvent('choose', { detail: { value: CATALOGUE[1].identifier } }));
            await atRest(page.panel);
            expect(page.api.createRecord).toHaveBeenCalledWith({
                apiName: 'Microsoft_Solution__c',
                fields: {
                    Opportunity__c: OPPORTUNITY_ID,
                    Name: 'Dock Planner',
                    Solution_Identifier__c: 'SOL-30518-LYE',
                    Solution_Type__c: '3P',
                    Publisher_Name__c: 'Lindqvist Partners'
                }
            });
        });

        it('takes a solution off the deal', async () => {
            const page = await openPage(readyDeal());
            deep(deep(page.panel, 'c-cosell-solutions'), 'lightning-button-icon').click();
            await atRest(page.panel);
            expect(page.api.deleteRecord).toHaveBeenCalledWith('a0B-SOL-20417-KXD');
        });

        it('saves a fix of the opportunity at once too, and leaves other edits unsaved', async () => {
            const page = await openPage(readyDeal({ Customer_Consent__c: false, Description: null }));
            change(control(page.panel, 'Sync with Partner Center'), { checked: true });
            await settle();
            button(page.panel, 'The customer agrees').click();
            await atRest(page.panel);
            expect(page.api.updateRecord.mock.calls).toEqual([
                [{ fields: { Id: OPPORTUNITY_ID, Customer_Consent__c: true } }, { ifUnmodifiedSince: readyDeal().LastModifiedDate }]
            ]);
            expect(messages(page.panel).join()).not.toContain('agrees');
            expect(textOf(page.panel)).toContain('Not saved yet: Sync with Partner Center');
        });

        it('keeps what is chosen in the form until it is saved, and saves only that', async () => {
            const page = await openPage(readyDeal({ Customer_Consent__c: false }));
            change(control(page.panel, 'Customer agrees to sharing'), { checked: true });
            await settle();
            expect(messages(page.panel)).toEqual([]);
            expect(page.api.updateRecord).not.toHaveBeenCalled();
            expect(textOf(page.panel)).toContain('Not saved yet: Customer agrees to sharing');

            button(page.panel, 'Save changes').click();
            await atRest(page.panel);
            expect(page.api.updateRecord).toHaveBeenCalledWith(
                { fields: { Id: OPPORTUNITY_ID, Customer_Consent__c: true } },
                { ifUnmodifiedSince: readyDeal().LastModifiedDate }
            );
            expect(textOf(page.panel)).not.toContain('Not saved yet');
        });

        it('goes on to the next open finding after each fix, and to the share after the last', async () => {
            const page = await openPage(roughDeal());
            const focus = jest.spyOn(HTMLElement.prototype, 'focus');
            const last = () => focus.mock.contexts.at(-1);
            button(page.panel, 'Use DE (Germany)').click();
            await atRest(page.panel);
            expect(last().label).toBe('Complete');
            button(page.panel, 'Add a solution').click();
            await settle();
            deep(page.panel, 'c-cosell-search').dispatchEvent(new CustomEvent('choose', { detail: { value: CATALOGUE[1].identifier } }));
            page.record.Microsoft_Solutions__r = readyDeal().Microsoft_Solutions__r;
            await atRest(page.panel);
            expect(last().label).toBe('Complete');
            focus.mockRestore();
        });

        it('leads to a finding that stands further down', async () => {
            const page = await openPage(roughDeal());
            const focus = jest.spyOn(HTMLElement.prototype, 'focus');
            button(page.panel, 'Solutions').click();
            await settle();
            expect(focus.mock.contexts.at(-1).label).toBe('Add a solution');
            focus.mockRestore();
        });

        it('drops edits when asked to', async () => {
            const page = await openPage(readyDeal());
            change(control(page.panel, 'Customer agrees to sharing'), { checked: false });
            await settle();
            expect(messages(page.panel)).toHaveLength(1);
            button(page.panel, 'Discard changes').click();
            await settle();
            expect(messages(page.panel)).toEqual([]);
        });

        it('makes a deal visible with the request for help, and hides it again with it', async () => {
            const { panel } = await openPage(readyDeal({ How_can_Microsoft_help__c: null, Visible_to_Microsoft_Sellers__c: false }));
            const state = () => {
                const { checked, disabled } = control(panel, 'Visible to Microsoft sellers');
                return [checked, disabled, share(panel).label];
            };
            change(control(panel, 'How can Microsoft help?'), { value: 'QuotesOrLicensing' });
            await settle();
            expect(state()).toEqual([true, true, 'Share with Microsoft']);
            change(control(panel, 'How can Microsoft help?'), { value: '' });
            await settle();
            expect(state()).toEqual([false, false, 'Create private deal']);
        });

        it('says what a write was refused for', async () => {
            const page = await openPage(roughDeal());
            page.api.updateRecord.mockRejectedValue({
                status: 400,
                body: { output: { errors: [{ message: 'Germany is closed today.' }] } }
            });
            button(page.panel, 'Use DE (Germany)').click();
            await atRest(page.panel);
            expect(textOf(page.panel)).toContain('Not saved Germany is closed today.');
            button(page.panel, 'Close').click();
            await settle();
            expect(textOf(page.panel)).not.toContain('Not saved');
        });

        it('starts anew for another opportunity', async () => {
            const page = await openPage(readyDeal());
            change(control(page.panel, 'Customer agrees to sharing'), { checked: false });
            page.panel.recordId = '006Qy00000OTHER0AV';
            page.record = { ...readyDeal(), Id: '006Qy00000OTHER0AV' };
            page.show();
            await eventually(() => share(page.panel));
            expect(textOf(page.panel)).not.toContain('Not saved yet');
        });
    });

    describe('after sharing', () => {
        it('shows Microsoft’s answer, the referral, the link and the timeline', async () => {
            const { panel } = await openPage(sharedDeal());
            const words = textOf(panel);
            expect(badge(panel)).toBe('Waiting for Microsoft');
            for (const part of [
                'Microsoft’s answer is due',
                'Asked: proof of concept / demo',
                sharedDeal().Referral_Identifier__c,
                'Shared with Microsoft as co-sell.'
            ]) {
                expect(words).toContain(part);
            }
            expect(deep(panel, 'lightning-formatted-url').value).toBe(sharedDeal().Referral_Link__c);
            await expect(panel).toBeAccessible();
        });

        it.each([
            ['in step', {}, 'Sync now', 'neutral'],
            [
                'in step, and nobody was asked',
                { How_can_Microsoft_help__c: null, Microsoft_Status__c: null, Deal_Type__c: 'PartnerLed' },
                'Sync now',
                'neutral'
            ],
            ['not to be synced', { Sync_with_Partner_Center__c: false }, 'Look for Microsoft’s answer', 'neutral'],
            ['waiting', { Cosell_State__c: 'Waiting', Cosell_State_Reason__c: 'Partner Center can’t be reached.' }, 'Try again', 'brand'],
            ['broken', { Cosell_State__c: 'Broken', Cosell_State_Reason__c: 'A new sign-in is needed.' }, 'Try again', 'brand']
        ])('offers what helps when it is %s', async (_state, changes, label, variant) => {
            const { panel } = await openPage(sharedDeal(changes));
            expect([share(panel).label, share(panel).variant]).toEqual([label, variant]);
            expect(textOf(panel)).toContain(changes.Cosell_State_Reason__c ?? '');
        });

        it('looks for no answer of Microsoft’s where nobody has asked', async () => {
            const { panel } = await openPage(receivedDeal({ Sync_with_Partner_Center__c: false }));
            expect(share(panel).label).toBe('Look in Partner Center');
        });

        it('does not let visibility be taken back', async () => {
            const { panel } = await openPage(sharedDeal({ How_can_Microsoft_help__c: null, Microsoft_Status__c: null }));
            expect(control(panel, 'Visible to Microsoft sellers').disabled).toBe(true);
        });
    });
});
