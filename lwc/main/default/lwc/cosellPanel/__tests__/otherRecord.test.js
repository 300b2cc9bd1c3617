import { OPPORTUNITY_ID, pairState, readyDeal } from '../../__tests__/support/records';
import { asksBeforeClosing, button, change, clearPage, control, deep, eventually, settle, textOf } from '../../__tests__/support/dom';
import { isReviewed, openPage, problem, serve, usePlatform } from '../../__tests__/support/panel';

usePlatform();

const OTHER_ID = '006Qy00000OTHER0AV';
const CONSENT = 'Customer agrees to sharing';
const share = (panel) => deep(panel, '[data-share]');

/** The page goes to a record, and the platform shows it. */
async function goTo(page, record) {
    page.panel.recordId = record.Id;
    page.record = record;
    page.show();
    await eventually(() => isReviewed(page.panel));
    await settle();
}

/** An answer of the proxy that comes when it is let go. */
function held(answer) {
    let release;
    const gate = new Promise((resolve) => {
        release = resolve;
    });
    serve(async () => {
        await gate;
        return answer();
    });
    return release;
}

describe('the panel when the page goes to another opportunity', () => {
    beforeEach(() => serve());
    afterEach(clearPage);

    it.each([
        ['success', () => new Response(JSON.stringify(pairState()))],
        ['failure', problem(500, 'internal')],
        [
            'refusal',
            problem(422, 'deal.not-ready', { findings: [{ code: 'x', severity: 'block', field: 'name', message: 'No.', fix: null }] })
        ]
    ])('keeps the %s of a share to the opportunity that was shared', async (_what, answer) => {
        const release = held(answer);
        const page = await openPage(readyDeal());
        share(page.panel).click();
        await settle();
        await goTo(page, readyDeal({ Id: OTHER_ID }));
        expect(deep(page.panel, 'lightning-spinner')).toBeNull();
        release();
        await settle();
        await new Promise(setImmediate);
        await settle();
        const words = textOf(page.panel);
        expect(deep(page.panel, 'lightning-badge').label).toBe('Not shared');
        expect(words).not.toContain(pairState().referralId);
        expect(words).toContain('Ready to share');
        expect([deep(page.panel, 'c-cosell-notice'), page.toasts]).toEqual([null, []]);
        expect(share(page.panel).disabled).toBe(false);
    });

    it('does not report a write to the one before', async () => {
        const page = await openPage(readyDeal());
        let refuse;
        page.api.updateRecord.mockImplementation(
            () =>
                new Promise((_resolve, reject) => {
                    refuse = reject;
                })
        );
        change(control(page.panel, CONSENT), { checked: false });
        await settle();
        button(page.panel, 'Save changes').click();
        await settle();
        await goTo(page, readyDeal({ Id: OTHER_ID }));
        refuse(new Error('Closed today.'));
        await settle();
        expect(textOf(page.panel)).not.toContain('Not saved');
        expect(page.toasts).toEqual([]);
    });

    it('shows nothing of a record that comes too late', async () => {
        const page = await openPage(readyDeal());
        await goTo(page, readyDeal({ Id: OTHER_ID }));
        page.record = readyDeal({ Id: OPPORTUNITY_ID, Amount: 0 });
        page.show();
        await settle();
        expect(textOf(page.panel)).toContain('Ready to share');
    });

    it('keeps unsaved edits for when it comes back', async () => {
        const page = await openPage(readyDeal());
        change(control(page.panel, CONSENT), { checked: false });
        await settle();
        await goTo(page, readyDeal({ Id: OTHER_ID }));
        expect(textOf(page.panel)).not.toContain('Not saved yet');
        await goTo(page, readyDeal());
        expect(textOf(page.panel)).toContain(`Not saved yet: ${CONSENT}`);
        expect(control(page.panel, CONSENT).checked).toBe(false);
    });

    it('has the browser ask before it would lose them, whatever is shown', async () => {
        const page = await openPage(readyDeal());
        expect(asksBeforeClosing()).toBe(false);
        change(control(page.panel, CONSENT), { checked: false });
        await settle();
        expect(asksBeforeClosing()).toBe(true);
        await goTo(page, readyDeal({ Id: OTHER_ID }));
        expect(asksBeforeClosing()).toBe(true);
        clearPage();
        expect(asksBeforeClosing()).toBe(true);
        const { panel } = await openPage(readyDeal());
        expect(asksBeforeClosing()).toBe(true);
        button(panel, 'Discard changes').click();
        await settle();
        expect(asksBeforeClosing()).toBe(false);
    });

    it.each([
        ['the page shows another deal', (page) => goTo(page, readyDeal({ Id: OTHER_ID }))],
        ['the page is left', async () => clearPage()]
    ])('forgets those that are saved when %s by then', async (_when, leave) => {
        const page = await openPage(readyDeal());
        change(control(page.panel, CONSENT), { checked: false });
        await settle();
        let save;
        page.api.updateRecord.mockImplementation(() => new Promise((resolve) => (save = resolve)));
        button(page.panel, 'Save changes').click();
        await settle();
        await leave(page);
        expect(asksBeforeClosing()).toBe(true);
        save();
        await settle();
        expect(asksBeforeClosing()).toBe(false);
    });

    it('keeps them also for another panel, while the app is open', async () => {
        const page = await openPage(readyDeal());
        change(control(page.panel, CONSENT), { checked: false });
        await settle();
        clearPage();
        const { panel } = await openPage(readyDeal());
        expect(textOf(panel)).toContain(`Not saved yet: ${CONSENT}`);
        button(panel, 'Discard changes').click();
        await settle();
        clearPage();
        expect(textOf((await openPage(readyDeal())).panel)).not.toContain('Not saved yet');
    });
});
