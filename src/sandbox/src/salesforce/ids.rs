//! Record ids: 15 significant characters, 18 with the checksum. Must not know what a record is.

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKSUM: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
/// The two characters after the key prefix name the instance an id was made on.
const INSTANCE: &str = "Qy0";

/// The id of the `number`th record with a key prefix, 18 characters.
pub(super) fn nth(prefix: &str, number: u64) -> String {
    let mut digits = Vec::new();
    let mut rest = number;
    while digits.len() < 9 {
        let digit = usize::try_from(rest % 62).unwrap_or(0);
        digits.push(BASE62.get(digit).copied().unwrap_or(b'0'));
        rest /= 62;
    }
    let tail: String = digits.iter().rev().map(|byte| char::from(*byte)).collect();
    with_checksum(&format!("{prefix}{INSTANCE}{tail}"))
}

/// Reads an id as callers write it, 15 or 18 characters, and gives the 18-character form.
/// `None` when it is no id at all or when its checksum is wrong.
pub(super) fn parse(text: &str) -> Option<String> {
    if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    match text.len() {
        15 => Some(with_checksum(text)),
        18 => {
            let full = with_checksum(text.get(..15)?);
            full.eq_ignore_ascii_case(text).then_some(full)
        }
        _ => None,
    }
}

/// The key prefix: the three characters that name the object.
pub(super) fn prefix(id: &str) -> &str {
    id.get(..3).unwrap_or_default()
}

/// One letter for each group of five characters: bit `i` says that character `i` is upper case
/// (Salesforce Help, "What are 18 character IDs").
fn with_checksum(fifteen: &str) -> String {
    let mut id = fifteen.to_owned();
    for group in fifteen.as_bytes().chunks(5) {
        let bits = group
            .iter()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_uppercase())
            .fold(0_usize, |bits, (place, _)| bits | (1 << place));
        id.push(char::from(CHECKSUM.get(bits).copied().unwrap_or(b'A')));
    }
    id
}

#[cfg(test)]
mod tests {
    use super::{nth, parse};

    #[test]
    fn documented_ids_carry_the_documented_checksum() {
        for (short, full) in [("006R0000001rboI", "006R0000001rboIIAQ"), ("0031700000pHcf8", "0031700000pHcf8AAC")] {
            assert_eq!(parse(short).as_deref(), Some(full));
            assert_eq!(parse(full).as_deref(), Some(full));
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["", "006", "006R0000001rboIIAA", "006R0000001rbo'", "é0000000000000"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn ids_of_later_records_sort_after_earlier_ones() {
        let ids: Vec<String> = (1..200).map(|number| nth("006", number)).collect();
        assert!(ids.is_sorted());
    }
}
