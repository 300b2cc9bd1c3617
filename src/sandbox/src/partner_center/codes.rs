//! ISO 3166-1 alpha-2 and ISO 4217, as this Partner Center knows them. Kept by hand and on purpose not shared with any
//! other table of the workspace, so that a mistake in one shows against the other.
//! Sources: ISO 3166-1 (249 assigned codes), ISO 4217 list one as published by SIX, 2026-01-01 (without metals,
//! units of account and test codes; BGN ended with 2025).

const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO \
    FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE \
    JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO \
    MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM \
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

const CURRENCIES: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF \
    CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD \
    HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD \
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN \
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD \
    TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// Whether this is an assigned ISO 3166-1 alpha-2 code, in capitals.
pub(super) fn is_country(code: &str) -> bool {
    COUNTRIES.split_ascii_whitespace().any(|known| known == code)
}

/// Whether this is a current ISO 4217 code, in capitals.
pub(super) fn is_currency(code: &str) -> bool {
    CURRENCIES.split_ascii_whitespace().any(|known| known == code)
}

#[cfg(test)]
mod tests {
    use super::{COUNTRIES, CURRENCIES, is_country, is_currency};

    #[test]
    fn the_tables_are_sorted_and_without_doubles() {
        for (table, length, count) in [(COUNTRIES, 2, 249), (CURRENCIES, 3, 164)] {
            let codes: Vec<&str> = table.split_ascii_whitespace().collect();
            assert!(codes.iter().all(|code| code.len() == length));
            assert!(codes.is_sorted_by(|one, next| one < next));
            assert_eq!(codes.len(), count);
        }
    }

    #[test]
    fn names_lower_case_and_withdrawn_codes_are_no_codes() {
        assert!(is_country("DE") && is_country("GB") && is_currency("EUR") && is_currency("ZWG"));
        for wrong in ["de", "UK", "AN", "Germany", "DEU", ""] {
            assert!(!is_country(wrong), "{wrong}");
        }
        for wrong in ["eur", "HRK", "ANG", "BGN", "Euro", ""] {
            assert!(!is_currency(wrong), "{wrong}");
        }
    }
}
