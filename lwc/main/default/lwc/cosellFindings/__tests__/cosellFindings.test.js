import getAccess from '@salesforce/apex/CosellController.getAccess';
import CosellFindings from 'c/cosellFindings';
import { clearPage, deep, deepAll, mount, settle, textOf } from '../../__tests__/support/dom';

const finding = (key, severity, message) => ({ key, code: key, severity, message, field: 'account', fix: null });
const FINDINGS = [finding('a', 'warn', 'A postal code helps.'), finding('b', 'block', 'No country.'), finding('c', 'block', 'No city.')];

describe('c-cosell-findings', () => {
    afterEach(clearPage);

    it('puts what blocks before what only advises', async () => {
        const element = mount('c-cosell-findings', CosellFindings, { findings: FINDINGS });
        expect(textOf(element)).toBe('To mend (2) No country. No city. Could be better (1) A postal code helps.');
        await expect(element).toBeAccessible();
    });

    it('leaves out a group without findings', () => {
        const element = mount('c-cosell-findings', CosellFindings, { findings: FINDINGS.slice(0, 1) });
        expect(textOf(element)).toBe('Could be better (1) A postal code helps.');
    });

    it('leads to those that stand beside their fields, and counts them', async () => {
        const beside = {
            contact: [finding('d', 'block', 'No e-mail.')],
            solutions: [finding('e', 'block', 'None.'), finding('f', 'warn', 'Malformed.')]
        };
        const element = mount('c-cosell-findings', CosellFindings, { findings: FINDINGS.slice(1), beside });
        const goTo = jest.fn();
        element.addEventListener('cosellgoto', (event) => goTo(event.detail.key));
        expect(textOf(element)).toBe('To mend (4) No country. No city. Further down: Could be better (1) Further down:');
        const ways = deepAll(element.shadowRoot, 'lightning-button');
        expect(ways.map(({ label }) => label)).toEqual(['Customer contact for Microsoft', 'Solutions', 'Solutions']);
        ways.forEach((way) => way.click());
        expect(goTo.mock.calls.flat()).toEqual(['d', 'e', 'f']);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['says that a button saves at once', { kind: 'edit', recordId: 'x', fields: [] }, {}, true],
        ['does not where nothing is saved', { kind: 'add', what: 'solution' }, {}, false],
        ['does not to those who may only look', { kind: 'edit', recordId: 'x', fields: [] }, { readOnly: true }, false]
    ])('%s', (_what, fix, more, says) => {
        const element = mount('c-cosell-findings', CosellFindings, { findings: [{ ...FINDINGS[0], fix }], ...more });
        expect(textOf(element).includes('A button here saves its change at once.')).toBe(says);
    });

    it('says nothing of buttons where the reader may change none of the records', async () => {
        const fix = { kind: 'edit', object: 'Account', recordId: 'x', fields: ['BillingCity'], label: 'Complete' };
        const element = mount('c-cosell-findings', CosellFindings, { findings: [{ ...FINDINGS[1], fix }] });
        getAccess.emit({ mayEdit: false, owner: 'Kim Berg', lockedFields: [] });
        await settle();
        expect(textOf(element)).not.toContain('A button here');
        getAccess.emit({ mayEdit: true, owner: 'Kim Berg', lockedFields: [] });
        await settle();
        expect(textOf(element)).toContain('A button here');
    });

    it('goes without headings under a field', async () => {
        const element = mount('c-cosell-findings', CosellFindings, { findings: FINDINGS, bare: true });
        expect(textOf(element)).toBe('A postal code helps. No country. No city.');
        await expect(element).toBeAccessible();
    });

    it.each([true, false])('shows nothing at all where nothing was found (bare: %p)', (bare) => {
        const element = mount('c-cosell-findings', CosellFindings, { bare });
        expect(textOf(element)).toBe('');
    });

    it('moves the focus to a finding that it has', () => {
        const element = mount('c-cosell-findings', CosellFindings, { findings: FINDINGS });
        expect(element.focusFinding('nobody')).toBe(false);
        expect(element.focusFinding('c')).toBe(true);
        const [, second] = deepAll(element.shadowRoot, 'c-cosell-finding');
        expect(second.shadowRoot.activeElement).toBe(deep(second, '[data-message]'));
    });
});
