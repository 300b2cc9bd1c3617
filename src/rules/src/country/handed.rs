//! Names that the caller hands in, because browsers know them in every language: one text of lines `DE|Allemagne`.
//!
//! Read where it lies and only when it is asked. Knows no code and no language.

use super::fold::{has_key, key, spelled_out};
use crate::text::{self, split_once};

/// Whether `known` is `name`, which is folded, as it is or with its umlauts spelled out.
pub(crate) fn is_called(known: &str, name: &str) -> bool {
    has_key(known, name) || spelled_out(known).is_some_and(|known| key(&known) == name)
}

/// The codes and names of `text`; a line without a bar, a code or a name is none.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text::lines(text).filter_map(|line| split_once(line, b'|')).filter(|(code, name)| !code.is_empty() && !name.is_empty())
}

/// The first name of `code`.
pub(crate) fn name<'t>(code: &str, text: &'t str) -> Option<&'t str> {
    lines(text).find(|(known, _)| *known == code).map(|(_, name)| name)
}
