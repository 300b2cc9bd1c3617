import CosellFindings from 'c/cosellFindings';
import { clearPage, deep, deepAll, mount, textOf } from '../../__tests__/support/dom';

const finding = (key, severity, message) => ({ key, code: key, severity, message, field: 'account', fix: null });
const FINDINGS = [finding('a', 'warn', 'A postal code helps.'), finding('b', 'block', 'No country.'), finding('c', 'block', 'No city.')];

describe('c-cosell-findings', () => {
    afterEach(clearPage);

    it('puts what blocks before what only advises', async () => {
        const element = mount('c-cosell-findings', CosellFindings, { findings: FINDINGS });
        expect(textOf(element)).toBe('To mend No country. No city. Could be better A postal code helps.');
        await expect(element).toBeAccessible();
    });

    it('leaves out a group without findings', () => {
        const element = mount('c-cosell-findings', CosellFindings, { findings: FINDINGS.slice(0, 1) });
        expect(textOf(element)).toBe('Could be better A postal code helps.');
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
