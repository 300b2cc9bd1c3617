import * as records from 'lightning/uiRecordApi';
import CosellSetupPair from 'c/cosellSetupPair';
import { clearPage, mount, settle, textOf } from '../../__tests__/support/dom';
import { OPPORTUNITY_ID, pairOf } from '../../__tests__/support/setupData';

const show = (changes, key = OPPORTUNITY_ID) =>
    mount('c-cosell-setup-pair', CosellSetupPair, { pair: { ...pairOf(changes), by: 'opportunityId', key } });

describe('c-cosell-setup-pair', () => {
    afterEach(clearPage);

    it('calls the deal by its name once it is known, and by its identifier before', async () => {
        const element = show();
        await settle();
        expect(textOf(element)).toContain(`Opportunity ${OPPORTUNITY_ID}`);
        records.getRecord.emit({ fields: { Name: { value: 'Cold chain telemetry' } } });
        await settle();
        expect(textOf(element)).toContain('Cold chain telemetry');
        expect(textOf(element)).not.toContain(OPPORTUNITY_ID);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['waiting', 'Tries again by itself'],
        ['needsYou', 'Needs its seller'],
        ['broken', 'Needs you'],
        ['notShared', 'Came in and is stuck']
    ])('says what %s means', async (state, words) => {
        const element = show({ state });
        await settle();
        expect(textOf(element)).toContain(words);
        await expect(element).toBeAccessible();
    });

    it('says why, since when, how often and what comes next', async () => {
        const element = show({ waitingUntil: '2026-11-22T15:00:00Z', attempts: 1 });
        await settle();
        expect(textOf(element)).toMatch(/Partner Center refused the deal\. Since Nov 22, 2026.* · 1 attempt · Next try Nov 22, 2026/);
    });

    it('shows the code of a reason that has no sentence', async () => {
        const element = show({ message: undefined });
        await settle();
        expect(textOf(element)).toContain('partner-center.refused');
    });

    it('links nowhere where there is no record', async () => {
        const element = show({ kind: 'referral', opportunityId: null, referralId: 'r-1' }, 'r-1');
        await settle();
        expect([textOf(element).includes('Referral r-1'), element.shadowRoot.querySelector('a')]).toEqual([true, null]);
        await expect(element).toBeAccessible();
    });

    it('calls the button by the deal, outside of what is read out when it changes', async () => {
        const element = show();
        await settle();
        const retry = element.shadowRoot.querySelector('[data-retry]');
        expect(retry.getAttribute('aria-label')).toBe(`Try again now: Opportunity ${OPPORTUNITY_ID}`);
        expect(retry.closest('[role="status"]')).toBeNull();
        expect(retry.getAttribute('aria-disabled')).toBe('false');
        element.busy = true;
        await settle();
        expect(textOf(element.shadowRoot.querySelector('[role="status"]'))).not.toBe('');
        await expect(element).toBeAccessible();
    });

    it('asks for another look with its key and name', async () => {
        const element = show();
        const heard = jest.fn();
        element.addEventListener('cosellretry', (event) => heard(event.detail));
        await settle();
        element.shadowRoot.querySelector('[data-retry]').click();
        expect(heard).toHaveBeenCalledWith({ key: OPPORTUNITY_ID, name: `Opportunity ${OPPORTUNITY_ID}` });
    });

    it('keeps its button, and the focus on it, while it is looked at, but asks for nothing more', async () => {
        const element = show();
        const heard = jest.fn();
        element.addEventListener('cosellretry', heard);
        await settle();
        const retry = element.shadowRoot.querySelector('[data-retry]');
        element.focus();
        element.busy = true;
        await settle();
        retry.click();
        expect([element.shadowRoot.activeElement, retry.getAttribute('aria-disabled')]).toEqual([retry, 'true']);
        expect(heard).not.toHaveBeenCalled();
    });
});
