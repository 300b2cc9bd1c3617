//! The seller's language from `Accept-Language` (RFC 9110 §12.5.4), among those the messages are written in.

use cosell_rules::message::Language;

/// The best of the languages that we have, as a tag; English when none is asked for.
pub(super) fn preferred(header: Option<&str>) -> &'static str {
    let mut best = ("en", 0.0_f32);
    for item in header.unwrap_or_default().split(',') {
        let mut parts = item.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight =
            parts.find_map(|part| part.trim().strip_prefix("q=")).map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
        let primary = tag.split('-').next().unwrap_or_default();
        let spoken = Language::ALL.map(Language::code).into_iter().find(|spoken| spoken.eq_ignore_ascii_case(primary));
        // The first of equals wins.
        if let Some(spoken) = spoken
            && weight > best.1
        {
            best = (spoken, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::preferred;

    #[test]
    fn the_best_language_that_we_have_is_taken() {
        let cases = [
            (None, "en"),
            (Some(""), "en"),
            (Some("fr"), "fr"),
            (Some("fr-CA,fr;q=0.9,en;q=0.8"), "fr"),
            (Some("en-GB, fr;q=0.9"), "en"),
            (Some("de, fr;q=0.5, en;q=0.4"), "fr"),
            (Some("fr;q=0, en;q=0.1"), "en"),
            (Some("*"), "en"),
            (Some("fr;q=x"), "en"),
        ];
        for (header, language) in cases {
            assert_eq!(preferred(header), language, "{header:?}");
        }
    }
}
