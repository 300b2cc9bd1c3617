//! A set in one text: a row a line, its cells kept apart by tabs. Unlike the separators of a request, these may stand in a fact.

use crate::text::{lines, split_once};

/// Between the rows.
pub(crate) const ROW: &str = "\n";
/// Between the cells of a row.
pub(crate) const CELL: &str = "\t";

/// The rows of a set; none for an empty one.
pub(crate) fn rows(set: &str) -> impl Iterator<Item = &str> {
    lines(set).filter(|row| !row.is_empty())
}

/// What a row is known by: its first cell.
pub(crate) fn row_key(row: &str) -> &str {
    split_once(row, b'\t').map_or(row, |(key, _)| key)
}
