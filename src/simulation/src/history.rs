//! Who wrote what where, so that in the end it can be said which value must stand. Every value is written once only.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::sides::Field;

/// Where something was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// In the org.
    Salesforce,
    /// In the portal.
    PartnerCenter,
}

/// One edit that its side took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) side: Side,
    pub(crate) value: String,
    /// What that side held before.
    pub(crate) before: String,
}

/// All edits, by deal and field, in their order.
#[derive(Debug, Default)]
pub(crate) struct History(Mutex<BTreeMap<(String, Field), Vec<Edit>>>);

/// What becomes of the edits of one field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// The value that must stand.
    pub(crate) stands: String,
    /// The value that lost against it without its author having been able to know, so that the trail must name it.
    pub(crate) named: Option<String>,
}

impl History {
    /// One more.
    pub(crate) fn note(&self, deal: &str, field: Field, edit: Edit) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).entry((deal.to_owned(), field)).or_default().push(edit);
    }

    /// How many edits there were.
    pub(crate) fn count(&self, deal: &str, field: Field) -> usize {
        let edits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        edits.get(&(deal.to_owned(), field)).map_or(0, Vec::len)
    }

    /// What becomes of a field; `None` where nobody ever changed it.
    pub(crate) fn due(&self, deal: &str, field: Field) -> Option<Due> {
        let edits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        due(edits.get(&(deal.to_owned(), field))?)
    }
}

/// The last edit stands, unless the other side's last one was made before either had come across: then the deal's own data is
/// Salesforce's.
fn due(edits: &[Edit]) -> Option<Due> {
    let (at, last) = edits.iter().enumerate().next_back()?;
    let plain = |edit: &Edit| Due { stands: edit.value.clone(), named: None };
    let Some(other) = edits.iter().take(at).rev().find(|edit| edit.side != last.side) else { return Some(plain(last)) };
    // The other's last value had arrived here before anything was written after it.
    let had_arrived = edits
        .iter()
        .skip_while(|edit| *edit != other)
        .filter(|edit| edit.side == last.side)
        .any(|edit| edit.before == other.value);
    // Of several edits in a row the first decides: those after it only replace it.
    if had_arrived {
        return Some(plain(last));
    }
    let (winner, loser) = if last.side == Side::Salesforce { (last, other) } else { (other, last) };
    Some(Due { stands: winner.value.clone(), named: Some(loser.value.clone()) })
}

#[cfg(test)]
mod tests {
    use super::{Due, Edit, Side, due};

    /// `S1<0` is: in Salesforce somebody wrote 1 over 0.
    fn history(text: &str) -> Vec<Edit> {
        let edit = |word: &str| {
            let (value, before) = word.trim_start_matches(['S', 'P']).split_once('<').unwrap();
            let side = if word.starts_with('S') { Side::Salesforce } else { Side::PartnerCenter };
            Edit { side, value: value.to_owned(), before: before.to_owned() }
        };
        text.split_whitespace().map(edit).collect()
    }

    #[test]
    fn the_last_edit_stands_unless_both_were_made_without_knowing_of_the_other() {
        let cases = [
            ("S1<0", "1", None),
            ("S1<0 S2<1", "2", None),
            ("S1<0 P2<1", "2", None),
            ("P1<0 S2<1", "2", None),
            ("S1<0 P2<0", "1", Some("2")),
            ("P1<0 S2<0", "2", Some("1")),
            ("P1<0 S2<0 S3<2", "3", Some("1")),
            ("P1<0 S2<1 S3<2", "3", None),
            ("S1<0 P2<1 S3<1", "3", Some("2")),
        ];
        for (edits, stands, named) in cases {
            let expected = Due { stands: stands.to_owned(), named: named.map(str::to_owned) };
            assert_eq!(due(&history(edits)), Some(expected), "{edits}");
        }
        assert_eq!(due(&[]), None);
    }
}
