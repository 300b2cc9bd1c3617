//! Taking texts apart and writing numbers, in a few small functions that everything shares.
//!
//! The library's own are generic: every call site gets its own copy of a search, which was a tenth of what a browser loads. These
//! know separators of one ASCII letter and nothing else. Knows no format.

/// What stands before and after the first `separator`, which is an ASCII letter.
#[inline(never)]
pub(crate) fn split_once(text: &str, separator: u8) -> Option<(&str, &str)> {
    around(text, find(text.as_bytes(), separator)?)
}

/// Where a byte stands first.
fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let (words, rest) = bytes.as_chunks();
    for (place, word) in words.iter().enumerate() {
        // Eight at a time: zero where the wanted byte stands, and of zeros alone a borrow sets the highest bit. A byte after the
        // first such one may be taken for one, so the first counts.
        let word = u64::from_le_bytes(*word) ^ (ONES * u64::from(wanted));
        let hits = word.wrapping_sub(ONES) & !word & (ONES << 7);
        if hits != 0 {
            return Some(8 * place + hits.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|byte| *byte == wanted).map(|at| 8 * words.len() + at)
}

/// What stands before and after the last `separator`, which is an ASCII letter.
#[inline(never)]
pub(crate) fn rsplit_once(text: &str, separator: u8) -> Option<(&str, &str)> {
    around(text, text.as_bytes().iter().rposition(|byte| *byte == separator)?)
}

fn around(text: &str, at: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The parts of a text between separators; at least one, which may be empty.
#[derive(Clone, Debug)]
pub(crate) struct Parts<'a> {
    rest: Option<&'a str>,
    separator: u8,
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let (part, tail) = match split_once(rest, self.separator) {
            Some((part, tail)) => (part, Some(tail)),
            None => (rest, None),
        };
        self.rest = tail;
        Some(part)
    }
}

/// The parts of a text between separators of one ASCII letter.
pub(crate) fn split(text: &str, separator: u8) -> Parts<'_> {
    Parts { rest: Some(text), separator }
}

/// The lines of a text, however they end; blank ones too, also after the last line break.
pub(crate) fn lines(text: &str) -> Lines<'_> {
    Lines(split(text, b'\n'))
}

/// The lines of a text.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'a>(Parts<'a>);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        self.0.next().map(|line| line.strip_suffix('\r').unwrap_or(line))
    }
}

/// The parts in one text.
pub(crate) fn joined<'a>(parts: impl Iterator<Item = &'a str>, between: &str) -> String {
    let mut joined = String::new();
    for (place, part) in parts.enumerate() {
        if place > 0 {
            joined.push_str(between);
        }
        joined.push_str(part);
    }
    joined
}

/// The text without white space around it.
#[inline(never)]
pub(crate) fn trim(text: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_graphic);
    // Nearly always there is nothing to take away.
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) { text } else { text.trim() }
}

/// Appends a number in decimal digits.
#[inline(never)]
pub(crate) fn push_number(text: &mut String, number: usize) {
    if number > 9 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + u8::try_from(number % 10).unwrap_or_default()));
}

/// Appends a number of two digits.
pub(crate) fn push_two(text: &mut String, number: u8) {
    if number < 10 {
        text.push('0');
    }
    push_number(text, number.into());
}

/// The number that digits make, and nothing but digits; none for a number above `u32`.
#[inline(never)]
pub(crate) fn number(digits: &str) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.bytes().try_fold(0_u32, |number, digit| {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 { None } else { number.checked_mul(10)?.checked_add(digit.into()) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart_as_the_library_does_it() {
        for text in ["", "|", "a|b", "a||b|", "ä|ö|", "no bar"] {
            assert_eq!(split_once(text, b'|'), text.split_once('|'), "{text}");
            assert_eq!(rsplit_once(text, b'|'), text.rsplit_once('|'), "{text}");
            assert!(split(text, b'|').eq(text.split('|')), "{text}");
            assert_eq!(trim(text), text.trim());
        }
        for text in [" a ", "\u{a0}ä\u{2003}", "\t", "a\n", "ä"] {
            assert_eq!(trim(text), text.trim(), "{text:?}");
        }
        assert!(lines("a\r\nb\n\nc").eq("a\r\nb\n\nc".lines()));
    }

    #[test]
    fn numbers_are_read_and_written_in_digits() {
        for number_ in [0, 7, 10, 2026, 1_000_000] {
            let mut text = String::new();
            push_number(&mut text, number_);
            assert_eq!(text, number_.to_string());
            assert_eq!(number(&text).map(|read| read.to_string()), Some(text));
        }
        for text in ["", "+1", "-1", " 1", "1a", "4294967296", "99999999999"] {
            assert_eq!(number(text), None, "{text:?}");
        }
        let mut text = String::new();
        push_two(&mut text, 7);
        push_two(&mut text, 31);
        assert_eq!(text, "0731");
    }
}
