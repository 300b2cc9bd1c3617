import CosellDecision from 'c/cosellDecision';
import { button, change, clearPage, control, deep, mount, settle, textOf } from '../../__tests__/support/dom';

const REASON = 'Why do you decline?';

function show(properties = {}) {
    const element = mount('c-cosell-decision', CosellDecision, properties);
    const ondecide = jest.fn();
    element.addEventListener('coselldecide', (event) => ondecide(event.detail));
    return { element, ondecide };
}

describe('c-cosell-decision', () => {
    afterEach(clearPage);

    it('says until when the answer is due, and that nothing is sent before', async () => {
        const { element } = show({ due: '2099-12-06T14:01:00Z' });
        expect(textOf(element)).toMatch(/Answer by December 6, 2099 \(in [\d,]+ days\), or it expires\./);
        expect(textOf(element)).toContain('nothing that you change here is sent');
        await expect(element).toBeAccessible();
    });

    it('says nothing of a day that nobody named', () => {
        expect(textOf(show().element)).not.toContain('Answer by');
    });

    it('accepts with one click', () => {
        const { element, ondecide } = show();
        button(element, 'Accept').click();
        expect(ondecide).toHaveBeenCalledWith({ decision: 'accept' });
    });

    it('declines only with a reason, in Microsoft’s words', async () => {
        const { element, ondecide } = show();
        button(element, 'Decline…').click();
        await settle();
        const list = control(element, REASON);
        expect(list.options).toHaveLength(8);
        await expect(element).toBeAccessible();
        list.reportValidity = jest.fn(() => Boolean(list.value));
        button(element, 'Decline this referral').click();
        expect(ondecide).not.toHaveBeenCalled();
        change(list, { value: "Customer didn't respond" });
        await settle();
        expect(list.reportValidity).toHaveBeenCalledTimes(2);
        button(element, 'Decline this referral').click();
        expect(ondecide).toHaveBeenCalledWith({ decision: 'decline', reason: "Customer didn't respond" });
    });

    it('can be left without an answer, and starts anew then', async () => {
        const { element, ondecide } = show();
        button(element, 'Decline…').click();
        await settle();
        change(control(element, REASON), { value: 'Others' });
        const focus = jest.spyOn(HTMLElement.prototype, 'focus');
        button(element, 'Cancel').click();
        await settle();
        expect(deep(element, 'lightning-combobox')).toBeNull();
        expect(focus.mock.contexts).toEqual([button(element, 'Decline…')]);
        focus.mockRestore();
        button(element, 'Decline…').click();
        await settle();
        expect(control(element, REASON).value).toBe('');
        expect(ondecide).not.toHaveBeenCalled();
    });

    it('offers nothing to whoever may only look, and nothing twice', async () => {
        const { element } = show({ readOnly: true });
        expect(deep(element, 'lightning-button')).toBeNull();
        await expect(element).toBeAccessible();
        const busy = show({ busy: true }).element;
        expect([button(busy, 'Accept').disabled, button(busy, 'Decline…').disabled]).toEqual([true, true]);
    });
});
