import { SETTINGS, readyDeal, sharedDeal } from '../../__tests__/support/records';
import { button, change, clearPage, control, deep, eventually, settle, textOf } from '../../__tests__/support/dom';
import getAccess from '@salesforce/apex/CosellController.getAccess';
import { isReviewed, openPage, serve, usePlatform } from '../../__tests__/support/panel';

usePlatform();

const CONSENT = 'Customer agrees to sharing';
const hasNotice = (panel) => deep(panel, 'c-cosell-notice');

describe('what stands in the way of the panel', () => {
    const { WebAssembly: assembly } = global;

    afterEach(() => {
        global.WebAssembly = assembly;
        clearPage();
    });

    it.each([
        ['the browser has no WebAssembly', () => delete global.WebAssembly, 'Update the browser'],
        [
            'the page does not let it run',
            () => {
                const refuse = () => Promise.reject(new TypeError('WebAssembly.instantiate(): Argument 0 must be a buffer source'));
                global.WebAssembly = Object.assign(Object.create(assembly), { instantiate: refuse });
            },
            'Use Lightning Web Security for Lightning web components'
        ],
        [
            'the static resource is not there',
            () => serve(undefined, { resource: () => new Response('', { status: 404 }) }),
            'deploy the static resource cosellRules'
        ]
    ])('is explained when %s, and tried again on request', async (_case, spoil, hint) => {
        serve();
        spoil();
        const { panel } = await openPage(readyDeal(), { until: hasNotice });
        expect(textOf(panel)).toContain('The rules can’t run on this page');
        expect(textOf(panel)).toContain(hint);
        expect(isReviewed(panel)).toBeNull();
        await expect(panel).toBeAccessible();

        global.WebAssembly = assembly;
        serve();
        button(panel, 'Try again').click();
        await eventually(() => isReviewed(panel));
        await settle();
        expect(textOf(panel)).not.toContain('The rules can’t run on this page');
    });

    it('is rules that break down over a deal: what was chosen stays, and others are started on request', async () => {
        serve();
        let isBroken = false;
        const review = (rules, given) => {
            if (isBroken) {
                throw new WebAssembly.RuntimeError('unreachable');
            }
            return rules.review(...given);
        };
        const page = await openPage(readyDeal(), { rulesAs: (rules) => ({ ...rules, review: (...given) => review(rules, given) }) });
        change(control(page.panel, CONSENT), { checked: false });
        await settle();
        isBroken = true;
        page.record.Amount = 90000;
        page.show();
        await settle();
        expect(textOf(page.panel)).toContain('The rules can’t run on this page');
        expect([isReviewed(page.panel), deep(page.panel, 'c-cosell-stencil')]).toEqual([null, null]);
        await expect(page.panel).toBeAccessible();

        isBroken = false;
        button(page.panel, 'Try again').click();
        await eventually(() => isReviewed(page.panel));
        await settle();
        expect(textOf(page.panel)).not.toContain('The rules can’t run on this page');
        expect(textOf(page.panel)).toContain(`Not saved yet: ${CONSENT}`);
    });

    it('leaves what was shared readable without the rules', async () => {
        serve(undefined, { resource: () => new Response('', { status: 404 }) });
        const { panel } = await openPage(sharedDeal(), { until: hasNotice });
        expect(textOf(panel)).toContain(sharedDeal().Referral_Identifier__c);
        expect(textOf(panel)).toContain('Shared with Microsoft as co-sell.');
    });

    it('is a missing address of the proxy: the deal can be prepared, not shared', async () => {
        serve();
        const { panel } = await openPage(readyDeal(), { settings: { ...SETTINGS, proxyUrl: null } });
        expect(textOf(panel)).toContain('Sharing is not set up yet');
        expect(isReviewed(panel)).not.toBeNull();
        expect(deep(panel, '[data-share]').disabled).toBe(true);
        await expect(panel).toBeAccessible();
    });

    it('is no field that only the rules’ settings name: it is read too', async () => {
        serve();
        const fields = ({ api }) => api.getRecord.getLastConfig().optionalFields;
        const usual = fields(await openPage(readyDeal()));
        clearPage();
        const ruleSettings = 'reasonField = Loss_Reason__c\ndunsField = DunsNumber\nmapping = Campaign_Code__c|/campaignId|both|text';
        const added = fields(await openPage(readyDeal(), { settings: { ...SETTINGS, ruleSettings } })).filter(
            (name) => !usual.includes(name)
        );
        expect(added).toEqual(['Opportunity.Loss_Reason__c', 'Opportunity.Account.DunsNumber', 'Opportunity.Campaign_Code__c']);
    });

    it('is a setting that can’t be read: it is named, for the admin', async () => {
        serve();
        const { panel } = await openPage(readyDeal(), { settings: { ...SETTINGS, ruleSettings: 'relaxed = 7' }, until: hasNotice });
        expect(textOf(panel)).toContain('A setting needs your Salesforce admin');
        expect(textOf(panel)).toContain("relaxed: names a rule that can't give way");
        expect(textOf(panel)).toContain('in the custom metadata record Cosell Setting, Default');
        expect(textOf(panel)).not.toContain('The rules can’t run on this page');
        expect(isReviewed(panel)).toBeNull();
        await expect(panel).toBeAccessible();
    });

    it('is settings that could not be read: they are read again on request', async () => {
        serve();
        const page = await openPage(readyDeal());
        page.platform.getSettings.error({ message: 'The server is busy.' }, 500);
        await settle();
        expect(textOf(page.panel)).toContain('The settings could not be read');
        expect(textOf(page.panel)).not.toContain('Sharing is not set up yet');
        await expect(page.panel).toBeAccessible();
        page.platform.refreshApex.mockImplementation(async () => page.platform.getSettings.emit(SETTINGS));
        button(page.panel, 'Try again').click();
        await eventually(() => !hasNotice(page.panel));
        expect(deep(page.panel, '[data-share]').disabled).toBe(false);
    });

    it('is an opportunity that the seller may not change: it is told who may', async () => {
        serve();
        const page = await openPage(readyDeal());
        getAccess.emit({ mayEdit: false, owner: 'Jo Lindqvist', lockedFields: [] });
        await settle();
        expect(textOf(page.panel)).toContain('You can’t change this opportunity. Ask Jo Lindqvist, who owns it, or an administrator.');
        expect([control(page.panel, CONSENT).disabled, deep(page.panel, '[data-share]')]).toEqual([true, null]);
        await expect(page.panel).toBeAccessible();
    });

    it('is an opportunity that was closed before anybody shared it', async () => {
        serve();
        const { panel } = await openPage(readyDeal({ IsClosed: true, StageName: 'Closed Lost' }), { until: () => true });
        await eventually(() => textOf(panel).includes('This opportunity is closed'));
        expect([isReviewed(panel), deep(panel, '[data-share]')]).toEqual([null, null]);
    });

    it.each([
        ['settings.missing', 'Sharing is not set up yet'],
        ['opportunity.not-found', 'This opportunity does not exist, or you may not see it.'],
        ['fields.not-readable', 'You may not see all the fields']
    ])('is named when Apex says %s', async (code, words) => {
        serve();
        const page = await openPage(readyDeal());
        page.platform.getSnapshot.error({ message: code }, 500);
        await settle();
        expect(textOf(page.panel)).toContain(words);
        await expect(page.panel).toBeAccessible();
    });
});
