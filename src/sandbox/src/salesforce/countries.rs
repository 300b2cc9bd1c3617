//! The countries of the org's address settings: ISO 3166-1 alpha-2 code and the integration value that is stored in
//! `BillingCountry`. Must not know any record.

/// Code (ISO 3166-1 alpha-2) and English name, one country a line. The names are those of Unicode CLDR, some in the longer
/// form of ISO 3166: an admin may change them, so a client must not count on one spelling.
const TABLE: &str = include_str!("countries.tsv");

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

#[cfg(test)]
mod tests {
    #[test]
    fn there_are_249_countries_and_no_code_stands_twice() {
        let codes: std::collections::BTreeSet<_> = super::all().map(|(code, _)| code).collect();
        assert_eq!(super::all().count(), 249);
        assert_eq!(codes.len(), 249);
        assert!(codes.iter().all(|code| code.len() == 2));
    }
}
