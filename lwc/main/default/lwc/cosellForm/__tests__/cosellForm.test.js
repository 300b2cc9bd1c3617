import CosellForm from 'c/cosellForm';
import { CATALOGUE } from '../../__tests__/support/records';
import { change, clearPage, control, deep, deepAll, mount, settle, textOf } from '../../__tests__/support/dom';

const NO_FINDINGS = { help: [], visibility: [], contact: [], consent: [], solutions: [] };
const CONTACT = { id: '003Qy00000CONT1IAF', name: 'Inga Lindqvist', role: '', contact: { Email: 'inga@nordlogistik.example' } };
const BLANK = { sync: false, help: null, visible: false, consent: false, contact: null };

function show({ values, ...properties } = {}) {
    const element = mount('c-cosell-form', CosellForm, {
        values: { ...BLANK, ...values },
        findings: NO_FINDINGS,
        catalogue: CATALOGUE,
        ...properties
    });
    const ondraft = jest.fn();
    element.addEventListener('coselldraft', (event) => ondraft(event.detail.values));
    return { element, ondraft, visible: control(element, 'Visible to Microsoft sellers') };
}

describe('c-cosell-form', () => {
    afterEach(clearPage);

    it('has a name for every control', async () => {
        const { element } = show();
        await expect(element).toBeAccessible();
    });

    it('offers no help and Microsoft’s six kinds', () => {
        const { element } = show();
        expect(control(element, 'How can Microsoft help?').options.map(({ label }) => label)).toEqual([
            'No help for now',
            'Workload-specific value proposition',
            'Customer technical architecture',
            'Proof of concept / demo',
            'Quotes and licensing',
            'Post-sales customer success',
            'General or other'
        ]);
    });

    it('shows a kind of help that it does not know', () => {
        const list = control(show({ values: { help: 'Bidding' } }).element, 'How can Microsoft help?');
        expect(list.options.at(-1)).toEqual({ value: 'Bidding', label: 'Bidding' });
    });

    it.each([
        [
            'asking for help makes the deal visible',
            'How can Microsoft help?',
            { value: 'GeneralOrOther' },
            { How_can_Microsoft_help__c: 'GeneralOrOther', Visible_to_Microsoft_Sellers__c: true }
        ],
        ['help is taken back alone', 'How can Microsoft help?', { value: '' }, { How_can_Microsoft_help__c: null }],
        ['visibility', 'Visible to Microsoft sellers', { checked: true }, { Visible_to_Microsoft_Sellers__c: true }],
        ['consent', 'Customer agrees to sharing', { checked: true }, { Customer_Consent__c: true }],
        ['synchronisation', 'Sync with Partner Center', { checked: true }, { Sync_with_Partner_Center__c: true }]
    ])('reports the edit: %s', (_what, label, detail, values) => {
        const { element, ondraft } = show();
        change(control(element, label), detail);
        expect(ondraft).toHaveBeenCalledWith(values);
    });

    it.each([
        ['nothing is asked', {}, false, 'Once shared as visible'],
        ['help is asked', { values: { help: 'GeneralOrOther', visible: true } }, true, 'On, because help is asked. Once shared as visible'],
        ['it was shared as visible', { values: { visible: true }, locks: { visible: 'On for good.' }, shared: true }, true, 'On for good'],
        ['help is asked, but it is hidden', { values: { help: 'GeneralOrOther' } }, false, 'Once shared as visible']
    ])('explains visibility when %s', async (_case, properties, locked, words) => {
        const { element, visible } = show(properties);
        expect(visible.disabled).toBe(locked);
        expect(textOf(element)).toContain(words);
        await expect(element).toBeAccessible();
    });

    it.each([
        [false, false, 'Sharing turns this on.'],
        [false, true, 'On, but not shared yet.'],
        [true, true, 'On. What you save here'],
        [true, false, 'Off. Nothing is sent; what was shared stays in Partner Center.']
    ])('explains synchronisation (shared: %p, on: %p)', (shared, sync, words) => {
        expect(textOf(show({ shared, synced: shared && sync, values: { sync } }).element)).toContain(words);
    });

    it('promises nothing of a deal that Partner Center does not change any more', () => {
        const words = textOf(show({ shared: true, synced: false, values: { sync: true } }).element);
        expect(words).not.toMatch(/What you save (here|goes)/);
    });

    it('locks help once Microsoft was asked, and says why', async () => {
        const locks = { help: 'Microsoft was asked already; that can’t be changed.', visible: '' };
        const { element } = show({ values: { help: 'GeneralOrOther', visible: true }, locks });
        expect(control(element, 'How can Microsoft help?').disabled).toBe(true);
        expect(textOf(element)).toContain(locks.help);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['nothing was found', [], [], true],
        ['something was found', [{ key: 'x#1', severity: 'block', message: 'Ask.', fix: null }], [], false],
        ['an edit was begun', [], ['contact', 'consent'], false]
    ])('locks contact and consent once Microsoft was told, and says why: %s', async (_case, found, begun, locked) => {
        const locks = { contact: 'Microsoft keeps whom it was told.', consent: 'Microsoft keeps what it was told.', begun };
        const findings = { ...NO_FINDINGS, contact: found, consent: found };
        const { element } = show({ contacts: [CONTACT], values: { consent: true }, locks, findings });
        for (const [name, why] of [
            ['Customer agrees to sharing', locks.consent],
            ['Customer contact for Microsoft', locks.contact]
        ]) {
            expect(control(element, name).disabled).toBe(locked);
            expect(textOf(element)).toContain(why);
        }
        await expect(element).toBeAccessible();
    });

    it('is locked as a whole where nothing is sent any more, and says why once', async () => {
        const locks = { all: 'Closed: nothing here is sent any more.' };
        const { element } = show({ shared: true, locks });
        expect(deepAll(element.shadowRoot, 'lightning-input, lightning-combobox').every(({ disabled }) => disabled)).toBe(true);
        expect(deep(element, '[data-add]')).toBeNull();
        expect(textOf(element).split(locks.all)).toHaveLength(2);
        await expect(element).toBeAccessible();
    });

    it.each([
        ['synced', { sync: true }],
        ['not synced', { sync: false }],
        ['seen, with help asked', { help: 'GeneralOrOther', visible: true, sync: true }]
    ])('keeps no words of an open deal where nothing is sent any more: %s', async (_how, values) => {
        const { element } = show({ values, shared: true, contacts: [CONTACT], locks: { all: 'Closed.' } });
        expect(deep(element, 'section').getAttribute('aria-label')).toBe('Details of the deal');
        expect(deepAll(element.shadowRoot, 'p, h3').map(({ textContent }) => textContent)).toEqual([
            'Details of the deal',
            'Closed.',
            'Solutions',
            'No solution'
        ]);
        expect(control(element, 'Customer contact for Microsoft').fieldLevelHelp).toBe('');
        await expect(element).toBeAccessible();
    });

    it('has the customer agree to being contacted, too', () => {
        expect(textOf(show().element)).toContain('may be contacted by Microsoft when you ask for help');
    });

    it.each(['readOnly', 'busy'])('is locked while %s', (state) => {
        const { element } = show({ [state]: true });
        const labels = [
            'How can Microsoft help?',
            'Visible to Microsoft sellers',
            'Customer agrees to sharing',
            'Sync with Partner Center'
        ];
        expect(labels.map((label) => control(element, label).disabled)).toEqual([true, true, true, true]);
    });

    it.each(['help', 'visibility', 'contact', 'consent', 'solutions'])('shows findings on %s, and finds them again', (field) => {
        const found = [{ key: `${field}#1`, severity: 'block', message: `Mend ${field}.`, fix: null }];
        const { element } = show({ findings: { ...NO_FINDINGS, [field]: found } });
        expect(textOf(element)).toContain(`Mend ${field}.`);
        expect([element.focusFinding(`${field}#1`), element.focusFinding('nobody')]).toEqual([true, false]);
    });

    it('opens the picker for solutions', async () => {
        const { element } = show();
        element.focusField('solutions');
        await settle();
        expect(deep(element, 'c-cosell-search')).not.toBeNull();
    });
});
