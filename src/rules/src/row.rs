//! How records and answers cross between JavaScript and WebAssembly: rows of text, kept apart by ASCII's own separators.
//!
//! Inside Lightning Web Security every object that crosses is paid for property by property, and JSON spends most of its bytes on
//! names that both sides know. So the module says once which columns it wants ([`crate::salesforce::columns`]), and then gets
//! their values alone. Knows nothing of what a column means.

use crate::text::{split, split_once};

/// Between the parts of a request: facts, records.
pub const FILE: char = '\u{1c}';
/// Between the tables of a record: its own values, then one table a relationship.
pub const GROUP: char = '\u{1d}';
/// Between the rows of a table.
pub const RECORD: char = '\u{1e}';
/// Between the cells of a row.
pub const UNIT: char = '\u{1f}';
/// Every character that ends a cell, or stands for a missing one.
pub const SEPARATORS: [char; 5] = ['\0', FILE, GROUP, RECORD, UNIT];
/// A cell for a field that the record lacks altogether, which is something else than a blank one.
pub const ABSENT: &str = "\0";

/// One value of a record: `None` where the record lacks the field, an empty text where it is blank.
pub type Cell<'a> = Option<&'a str>;

/// The cells of a row, in the order of the columns.
pub fn cells(row: &str) -> impl Iterator<Item = Cell<'_>> {
    split(row, UNIT as u8).map(|cell| (cell != ABSENT).then_some(cell))
}

/// The rows of a table; none for an empty one.
pub fn rows(table: &str) -> impl Iterator<Item = &str> {
    split(table, RECORD as u8).filter(|row| !row.is_empty())
}

/// The pairs of a table with two columns: a name, and all that follows it.
pub fn pairs(table: &str) -> impl Iterator<Item = (&str, &str)> {
    rows(table).map(|row| split_once(row, UNIT as u8).unwrap_or((row, "")))
}

/// Takes as many cells as fit; what is missing at the end counts as absent.
pub fn array<'a, const N: usize>(cells: impl IntoIterator<Item = Cell<'a>>) -> [Cell<'a>; N] {
    let mut taken = [None; N];
    for (place, cell) in taken.iter_mut().zip(cells) {
        *place = cell;
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lacking_field_is_something_else_than_a_blank_one() {
        assert_eq!(cells("a\u{1f}\u{1f}\0").collect::<Vec<_>>(), [Some("a"), Some(""), None]);
    }

    #[test]
    fn an_empty_table_has_no_rows() {
        assert_eq!(rows("").count(), 0);
        assert_eq!(rows("a\u{1e}b").collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn a_row_that_is_too_short_lacks_its_last_fields() {
        assert_eq!(array::<3>(cells("a\u{1f}b")), [Some("a"), Some("b"), None]);
    }

    #[test]
    fn a_name_without_a_value_has_a_blank_one() {
        assert_eq!(pairs("today\u{1f}2026-11-22\u{1e}now").collect::<Vec<_>>(), [("today", "2026-11-22"), ("now", "")]);
    }
}
