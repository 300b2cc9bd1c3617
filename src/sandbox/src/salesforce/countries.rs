//! The countries and states of the org's address settings: code and the integration value that is stored in
//! `BillingCountry` and `BillingState`. Must not know any record.

/// Code (ISO 3166-1 alpha-2) and English name, one country a line. The names are those of Unicode CLDR, some in the longer
/// form of ISO 3166: an admin may change them, so a client must not count on one spelling.
const TABLE: &str = include_str!("countries.tsv");

/// Country, code and name of the states, one a line. As in a new org, most countries come without any: an admin adds them.
const STATES: &str = include_str!("states.tsv");

/// Every country: code, name.
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|line| line.split_once('\t'))
}

/// The country with this code, in any case.
pub(super) fn by_code(code: &str) -> Option<(&'static str, &'static str)> {
    all().find(|(known, _)| known.eq_ignore_ascii_case(code))
}

/// The country with this name, in any case.
pub(super) fn by_name(name: &str) -> Option<(&'static str, &'static str)> {
    let name = name.to_lowercase();
    all().find(|(_, known)| known.to_lowercase() == name)
}

/// Every state: country, code, name.
pub(super) fn states() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    STATES.lines().filter_map(|line| {
        let (country, rest) = line.split_once('\t')?;
        let (code, name) = rest.split_once('\t')?;
        Some((country, code, name))
    })
}

/// The state of a country that a code or a name stands for, in any case: code, name.
pub(super) fn state(country: &str, written: &str) -> Option<(&'static str, &'static str)> {
    let written = written.to_lowercase();
    states()
        .filter(|(of, ..)| of.eq_ignore_ascii_case(country))
        .map(|(_, code, name)| (code, name))
        .find(|(code, name)| code.to_lowercase() == written || name.to_lowercase() == written)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_state_is_known_by_code_and_by_name_within_its_country_only() {
        for (country, written, found) in [
            ("US", "wa", Some(("WA", "Washington"))),
            ("us", "WASHINGTON", Some(("WA", "Washington"))),
            ("AU", "WA", Some(("WA", "Western Australia"))),
            ("CA", "Texas", None),
            ("DE", "Bayern", None),
        ] {
            assert_eq!(super::state(country, written), found, "{written} in {country}");
        }
    }

    #[test]
    fn there_are_249_countries_and_no_code_stands_twice() {
        let codes: std::collections::BTreeSet<_> = super::all().map(|(code, _)| code).collect();
        assert_eq!(super::all().count(), 249);
        assert_eq!(codes.len(), 249);
        assert!(codes.iter().all(|code| code.len() == 2));
    }
}
