import { button, change, clearPage, control, deep, deepAll, textOf } from '../../__tests__/support/dom';
import { SETTINGS, fieldOf, setupOf } from '../../__tests__/support/setupData';
import { openPage, rest, usePlatform } from '../../__tests__/support/setupPage';

usePlatform();

const CORRECT = 'Correct the name, capitals included, or take the line out.';
const CHANGE = 'Take it out, or name another field or path.';

/** The page with these settings. */
const open = (changes, { org, fields } = {}) => openPage({ setup: setupOf({ ...SETTINGS, ...changes }, org), fields });
const verdict = ({ element }, setting) => {
    const found = deep(element, `[data-setting="${setting}"] [data-verdict]`);
    return found && [found.dataset.verdict, textOf(found)];
};
const footer = ({ element }) => textOf(deepAll(element.shadowRoot, '[data-summary]').at(-1));
const lines = ({ element }) => deepAll(element.shadowRoot, '[data-line]').map(textOf);
const mapped = ({ element }) => deepAll(element.shadowRoot, '[data-mapped]').map((row) => [row.dataset.mapped, textOf(row)]);
const describing = (element) => element.getRootNode().querySelector(`[id="${element.getAttribute('aria-describedby')}"]`);

describe('c-cosell-setup-settings', () => {
    afterEach(clearPage);

    it('says of each field that it is there, and that the server may write it', async () => {
        const page = await open({});
        expect(verdict(page, 'dealValueField')).toEqual(['ok', 'Amount, currency · the server may write it']);
        expect(textOf(deep(page.element, 'c-cosell-setup-settings'))).toContain('All settings can be read.');
    });

    it.each([
        ['is not there', 'Worth__c', {}, 'error', 'There is no field Worth__c on Opportunity.'],
        ['is of another type', 'Amount', { type: 'STRING' }, 'error', 'Amount is of type string. Expected: number or currency.'],
        ['is computed', 'Amount', { writable: 'never' }, 'error', 'computed by Salesforce'],
        ['is only to be read', 'Amount', { writable: 'no' }, 'warning', 'may only read Amount'],
        ['is hidden from the server', 'Amount', { writable: 'hidden' }, 'warning', 'can’t see Amount'],
        ['has nobody to write it', 'Amount', { writable: 'unassigned' }, 'warning', 'no active user holds Cosell Integration'],
        ['keeps its rights to itself', 'Amount', { writable: 'unknown' }, 'ok', 'can’t be seen with your rights']
    ])('says so when a field %s', async (_case, dealValueField, about, severity, words) => {
        const page = await open({ dealValueField }, { fields: (path) => fieldOf(path, path.endsWith('Amount') ? about : {}) });
        const [found, text] = verdict(page, 'dealValueField');
        expect([found, text.includes(words)]).toEqual([severity, true]);
    });

    it('ties what it says of a setting to its field', async () => {
        const page = await open({ dealValueField: 'Worth__c' });
        const [wrong, right] = ['Deal value field', 'Active stage'].map((label) => control(page.element, label));
        expect([wrong.ariaInvalid, right.ariaInvalid].map(String)).toEqual(['true', 'false']);
        expect(textOf(describing(wrong))).toBe('There is no field Worth__c on Opportunity.');
        await expect(page.element).toBeAccessible();
    });

    it('ties what it says of lines to the lines', async () => {
        const page = await open({ ruleSettings: 'odd = 1' });
        const rules = deep(page.element, '[data-name="ruleSettings"]');
        expect(textOf(describing(rules))).toContain('“odd” is no setting.');
        await expect(page.element).toBeAccessible();
    });

    it('looks while one types, and lets nothing be saved that can’t be read', async () => {
        const page = await open({});
        change(control(page.element, 'Deal value field'), { value: 'Worth__c' });
        await rest();
        expect(verdict(page, 'dealValueField')[0]).toBe('error');
        expect(button(page.element, 'Save').disabled).toBe(true);
        expect(textOf(page.element)).toContain('1 setting must be mended');
        change(control(page.element, 'Deal value field'), { value: 'amount' });
        page.platform.describeFields.mockImplementation(async ({ paths }) =>
            paths.map(() => ({ ...fieldOf('Opportunity.Amount'), path: paths[0] }))
        );
        await rest();
        expect(button(page.element, 'Save').disabled).toBe(false);
    });

    it.each([
        ['a name that is no setting', '# Ours\nodd = 1', [`Line 2: “odd” is no setting. ${CORRECT}`]],
        ['a line without a name', '= 1', [`Line 1: “= 1” is no setting. ${CORRECT}`]],
        ['a value that can’t be one', 'salesStagePercent = yes', ['Line 1: “salesStagePercent” must be true or false.']],
        ['a rule that is none', 'relaxed = 12, 999', ['Line 1: there is no rule 999.']],
        ['a name alone', 'relaxed', ['Line 1: “relaxed” must be lines name = value.']],
        ['a line that is none', 'relaxed 12', ['Line 1: “relaxed 12” must be lines name = value.']],
        ['the settings in themselves', 'rules = odd', [`Line 1: “rules” can't hold itself. ${CORRECT}`]],
        [
            'the rule that can’t give way, beside one that can',
            'relaxed = 12, 7',
            ["Line 1: “relaxed = 7” names a rule that can't give way. Take it out: Microsoft enforces this rule itself."]
        ],
        [
            'what is no rule, beside one',
            'relaxed = 12, many',
            ['Line 1: “relaxed = many” must be numbers of rules with commas between them.']
        ],
        [
            'a mapping by its field',
            'mapping = Account.Name|/campaignId|both|text',
            [
                'Line 1: “mapping = Account.Name” has a line that would write to a field behind a lookup. ' +
                    'Name a field of the opportunity itself, or the direction toPartnerCenter.'
            ]
        ],
        [
            'the setting that takes the field of a mapping',
            'mapping = Why__c|/campaignId|both|text\nreasonField = Why__c',
            [`Line 2: “reasonField = Why__c” has a line that would write to a field that is written already. ${CHANGE}`]
        ],
        [
            'two lines that each would do alone',
            'mapping = A__c|/campaignId|toPartnerCenter|text\n\nmapping = B__c|/campaignId|toPartnerCenter|text',
            [`Line 3: “mapping = B__c” has two lines for one path. ${CHANGE}`]
        ],
        [
            'several at once',
            'odd = 1\nrelaxed = 12\neven = 2',
            [`Line 1: “odd” is no setting. ${CORRECT}`, `Line 3: “even” is no setting. ${CORRECT}`]
        ]
    ])('names %s with its line, as the rules read it', async (_case, ruleSettings, expected) => {
        expect(lines(await open({ ruleSettings }))).toEqual(expected);
    });

    it('says where each field of one’s own goes, and whether it is there', async () => {
        const page = await open({
            ruleSettings: 'mapping = Campaign_Code__c|/campaignId|toPartnerCenter|text\nreasonField = Why__c\nodd = 1'
        });
        expect(mapped(page)).toEqual([
            ['ok', 'Line 1 Campaign_Code__c → /campaignId · Campaign Code, string'],
            ['error', 'Line 2 Why__c → reasonField · There is no field Why__c on Opportunity.']
        ]);
        await expect(page.element).toBeAccessible();
    });

    it.each([
        ['stage', { activeStage: 'Begun' }, 'activeStage', 'no active stage “Begun”'],
        ['address', { proxyUrl: 'cosell.example' }, 'proxyUrl', 'must be a whole address'],
        ['address with a path', { proxyUrl: 'https://cosell.example/base' }, 'proxyUrl', 'has no path'],
        ['address without encryption', { proxyUrl: 'http://cosell.example' }, 'proxyUrl', 'begins with https'],
        ['certificate', { certificate: null }, 'certificate', 'Name a certificate'],
        ['name of a certificate', { certificate: 'No Such Cert!' }, 'certificate', '“No Such Cert!” is not the unique name'],
        ['name of a certificate’s end', { certificate: 'Cosell_' }, 'certificate', 'single underscores']
    ])('says so when the %s is none', async (_case, changes, setting, words) => {
        const [severity, text] = verdict(await open(changes), setting);
        expect([severity, text.includes(words)]).toEqual(['error', true]);
    });

    it.each(['https://cosell.example', 'https://cosell.example/', 'https://cosell.example:8443', 'http://127.0.0.1:4711'])(
        'takes %s for the address of a server, and says what one is all the same, so that nothing moves',
        async (proxyUrl) => {
            expect(verdict(await open({ proxyUrl }), 'proxyUrl')[0]).toBe('hint');
        }
    );

    it('says what the check mark is, and what it takes', async () => {
        const [severity, text] = verdict(await open({}), 'checkMark');
        expect([severity, text]).toEqual([
            'hint',
            expect.stringContaining('Yes puts ✔ before the name of an opportunity that is in Partner Center')
        ]);
    });

    describe('in an org with one currency', () => {
        const fields = (path) => (path.endsWith('IsoCode') ? { path, exists: false } : fieldOf(path));
        const openIn = (currency, settings) => open(settings, { org: { multiCurrency: false, currency }, fields });

        it.each([
            ['is named', 'EUR', null],
            ['is not named', null, ['error', 'This org has one currency: name it here, for example EUR.']],
            ['is none', 'XX1', ['error', '“XX1” is not a currency that Microsoft knows. Enter its three-letter code, such as EUR.']],
            ['has a name for a code', 'euro', ['error', '“euro” is not a currency code: Microsoft expects EUR (Euro).']],
            ['is not the org’s', 'SEK', ['warning', 'This org’s own currency is EUR: its amounts would be sent as SEK.']]
        ])('needs no currency field, and says so when the currency %s', async (_case, defaultCurrency, expected) => {
            const page = await openIn('EUR', { defaultCurrency });
            expect(verdict(page, 'currencyField')).toEqual(['ok', 'This org has one currency; the one below is sent.']);
            expect(verdict(page, 'defaultCurrency')).toEqual(expected);
            await expect(page.element).toBeAccessible();
        });

        it('looks at the currency while one types, and lets none be saved that is none', async () => {
            const page = await openIn('EUR', { defaultCurrency: 'EUR' });
            change(control(page.element, 'Default currency'), { value: 'EURO' });
            await rest();
            expect(verdict(page, 'defaultCurrency')[0]).toBe('error');
            expect(button(page.element, 'Save').disabled).toBe(true);
        });

        it('has nothing to name where a field of its own holds it', async () => {
            const page = await openIn('EUR', { currencyField: 'Campaign_Code__c' });
            expect(verdict(page, 'defaultCurrency')).toEqual(['hint', expect.stringContaining('Nothing to enter')]);
        });
    });

    it('lets no currency be typed where each deal has its own', async () => {
        const page = await open({ defaultCurrency: 'XX1' });
        expect(control(page.element, 'Default currency').readOnly).toBe(true);
        expect(verdict(page, 'defaultCurrency')[0]).toBe('hint');
    });

    describe('beside field mapping records', () => {
        const toCampaign = (field) => `mapping = ${field}|/campaignId|toPartnerCenter|text`;

        it('shows what they name, and what is wrong with that', async () => {
            const fieldMappings = `${toCampaign('Campaign_Code__c')}\nmapping = Gone__c|/details/notes2|onCreate|text`;
            const page = await open({ fieldMappings });
            expect(mapped(page)).toEqual([
                ['ok', 'Field mapping record Campaign_Code__c → /campaignId · Campaign Code, string'],
                ['error', 'Field mapping record Gone__c → /details/notes2 · There is no field Gone__c on Opportunity.']
            ]);
            expect(textOf(page.element)).not.toContain('All settings can be read.');
            await expect(page.element).toBeAccessible();
        });

        it('names one that the rules can’t read', async () => {
            const page = await open({ fieldMappings: 'mapping = Campaign_Code__c|/campaignId|sideways|text' });
            expect(lines(page)).toEqual([
                'Field mapping record “Campaign_Code__c” has a line whose direction is not toPartnerCenter, toSalesforce, both or onCreate.'
            ]);
        });

        it('names a line that can’t be beside one, and only such a line', async () => {
            const ruleSettings = `odd = 1\n${toCampaign('Amount')}`;
            const page = await open({ fieldMappings: toCampaign('Campaign_Code__c'), ruleSettings });
            expect(lines(page)).toEqual([
                `Line 1: “odd” is no setting. ${CORRECT}`,
                'Line 2: “mapping = Amount” has two lines for one path. A field mapping record is already there: Setup, Custom Metadata Types, ' +
                    'Cosell Field Mapping.'
            ]);
        });
    });

    it('asks again for fields that the org could not tell of', async () => {
        let busy = true;
        const fields = (path) => {
            if (busy) {
                throw new Error('busy');
            }
            return fieldOf(path);
        };
        const page = await open({}, { fields });
        expect(verdict(page, 'dealValueField')).toEqual(['warning', 'Whether Opportunity has the field Amount could not be checked.']);
        expect(footer(page)).toContain('Salesforce did not answer');
        busy = false;
        change(control(page.element, 'Currency field'), { value: 'CurrencyIsoCode' });
        await rest();
        expect(verdict(page, 'dealValueField')[0]).toBe('ok');
    });
});
