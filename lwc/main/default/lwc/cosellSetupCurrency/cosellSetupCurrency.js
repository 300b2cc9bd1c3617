/**
 * The currency that the settings name for an org whose deals have none of their own: whether it is needed, and whether it is one.
 */
import { openRules } from 'c/cosellModule';
import { today } from 'c/cosellFormat';

/** The field of a deal's currency where the settings name no other. Only orgs with multiple currencies have it. */
export const CURRENCY_FIELD = 'CurrencyIsoCode';

/** Whether deals have no field for a currency, so that the one of the settings is sent. */
export function isNeeded({ currencyField }, { multiCurrency }) {
    const field = (currencyField ?? '').trim().toLowerCase();
    return !multiCurrency && (!field || field === CURRENCY_FIELD.toLowerCase());
}

/** A deal about which nothing but the currency is looked at. */
const DEAL = { Id: '006000000000000AAA' };

/**
 * Gives what the rules say against a currency, in the user's language and with what is expected; undefined where it is one. They
 * are asked as about a deal in it: their list of currencies is theirs alone.
 */
export async function openCurrencies() {
    const rules = await openRules({});
    return (code) => {
        const { findings } = rules.review({ ...DEAL, [CURRENCY_FIELD]: code }, {}, today());
        return findings.find(({ field }) => field === 'currency')?.message;
    };
}
