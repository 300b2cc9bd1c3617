//! Salesforce record ids: checked at the boundary, always compared in their 18-character form.

use std::fmt;

/// A Salesforce id in its 18-character form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SalesforceId(String);

const SUFFIX: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

impl SalesforceId {
    /// Reads an id of 15 or 18 characters. `None` when it is neither, or when the 18-character form does not match its own checksum.
    ///
    /// The last three characters say which of the first fifteen are capitals, five at a time
    /// (Salesforce Developers, SOAP API guide, ID field type). The first fifteen are case-sensitive.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) || !matches!(text.len(), 15 | 18) {
            return None;
        }
        let (short, suffix) = text.split_at_checked(15)?;
        let expected = checksum(short)?;
        if !suffix.is_empty() && !suffix.eq_ignore_ascii_case(&expected) {
            return None;
        }
        Some(Self(format!("{short}{expected}")))
    }

    /// The same, for an id of an object with this key prefix (`006` is Opportunity, `00D` Organization).
    #[must_use]
    pub fn parse_of(text: &str, prefix: &str) -> Option<Self> {
        Self::parse(text).filter(|id| id.0.starts_with(prefix))
    }

    /// The 18 characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn checksum(short: &str) -> Option<String> {
    let index = |group: &[u8]| {
        group.iter().enumerate().fold(0_usize, |sum, (bit, byte)| sum | (usize::from(byte.is_ascii_uppercase()) << bit))
    };
    short.as_bytes().chunks(5).map(|group| SUFFIX.get(index(group)).map(|byte| char::from(*byte))).collect()
}

impl fmt::Display for SalesforceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_id_and_its_long_form_are_the_same_id() {
        // Pairs printed in Salesforce's own documentation.
        for (short, long) in [("006R0000001rboI", "006R0000001rboIIAQ"), ("0031700000pHcf8", "0031700000pHcf8AAC")] {
            assert_eq!(SalesforceId::parse(short), SalesforceId::parse(long));
            assert_eq!(SalesforceId::parse(short).unwrap().as_str(), long);
        }
    }

    #[test]
    fn ids_that_differ_only_in_case_are_two_ids() {
        assert_ne!(SalesforceId::parse("006R0000001rboI"), SalesforceId::parse("006R0000001rboi"));
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in
            ["", "006", "006R0000001rboIIAA", "006R0000001rbo'", "006R0000001rboIIAQx", "006R0000001rböI", "../../../../etc/"]
        {
            assert_eq!(SalesforceId::parse(text), None, "{text}");
        }
        assert_eq!(SalesforceId::parse_of("0031700000pHcf8", "006"), None);
    }
}
