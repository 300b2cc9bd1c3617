import CosellDecision from 'c/cosellDecision';
import { button, change, clearPage, control, deep, mount, settle } from '../../__tests__/support/dom';

const REASON = 'Why do you decline?';

function show(properties = {}) {
    const element = mount('c-cosell-decision', CosellDecision, properties);
    const ondecide = jest.fn();
    element.addEventListener('coselldecide', (event) => ondecide(event.detail));
    return { element, ondecide };
}

describe('c-cosell-decision', () => {
    afterEach(clearPage);

    it('accepts with one click', async () => {
        const { element, ondecide } = show();
        button(element, 'Accept').click();
        expect(ondecide).toHaveBeenCalledWith({ decision: 'accept' });
        await expect(element).toBeAccessible();
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

    it('offers nothing twice', () => {
        const { element } = show({ busy: true });
        expect([button(element, 'Accept').disabled, button(element, 'Decline…').disabled]).toEqual([true, true]);
    });
});
