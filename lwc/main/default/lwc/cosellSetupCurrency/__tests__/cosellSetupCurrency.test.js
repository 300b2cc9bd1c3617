import { isNeeded, openCurrencies } from 'c/cosellSetupCurrency';
import { moduleBytes } from '../../__tests__/support/records';

jest.mock('@salesforce/resourceUrl/cosellRules', () => ({ __esModule: true, default: '/resource/cosellRules' }), { virtual: true });

describe('the currency that the settings name', () => {
    it.each([
        ['one currency', {}, false, true],
        ['one currency, and the usual field named', { currencyField: ' currencyisocode' }, false, true],
        ['one currency, and a field of its own for it', { currencyField: 'Deal_Currency__c' }, false, false],
        ['multiple currencies', { currencyField: 'CurrencyIsoCode' }, true, false],
        ['multiple currencies, and no field named', { currencyField: null }, true, false]
    ])('is needed, or not, by an org with %s', (_org, settings, multiCurrency, expected) => {
        expect(isNeeded(settings, { multiCurrency })).toBe(expected);
    });

    it.each([
        ['EUR', undefined],
        ['SEK', undefined],
        ['eur', '“eur” is not a currency code: Microsoft expects EUR (Euro).'],
        ['EURO', expect.stringContaining('“EURO” is not a currency')],
        ['XX1', '“XX1” is not a currency that Microsoft knows. Enter its three-letter code, such as EUR.'],
        ['XAU', expect.stringContaining('Enter its three-letter code, such as EUR.')],
        ['HRK', expect.stringContaining('EUR')]
    ])('is looked up in the rules’ list: %s', async (code, said) => {
        global.fetch = jest.fn(async () => new Response(moduleBytes()));
        expect((await openCurrencies())(code)).toEqual(said);
    });
});
