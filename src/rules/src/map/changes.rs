//! What an update would change, for the page: the opportunity beside what Partner Center holds.

use super::{Row, Transform, rows, value};
use crate::{model::Opportunity, settings::Settings};

/// One value that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<'a> {
    /// The field, by the name that findings use, or the API name of a mapped one.
    pub field: &'a str,
    /// Where it stands in the referral.
    pub path: &'a str,
    /// What Partner Center holds, for people.
    pub before: String,
    /// What the opportunity says, for people.
    pub after: String,
}

/// The rows whose values differ from what Partner Center holds, given as pairs of a path and a canonical text. Only what can
/// be sent is looked at; a path that is not given is not known.
pub fn changes<'a>(opportunity: &'a Opportunity<'a>, settings: &'a Settings, held: &[(&str, &str)]) -> Vec<Change<'a>> {
    rows(settings).filter_map(|row| change(row, opportunity, settings, held)).collect()
}

fn change<'a>(
    row: Row<'a>,
    opportunity: &'a Opportunity<'a>,
    settings: &'a Settings,
    held: &[(&str, &str)],
) -> Option<Change<'a>> {
    let mapping = row.mapping;
    let (_, before) = held.iter().find(|(path, _)| mapping.is_patched() && *path == mapping.path)?;
    let after = value::ours(row, opportunity, settings)?;
    let is_latched = mapping.transform == Transform::Latch && *before == "true";
    (after != *before && !is_latched).then(|| Change {
        field: mapping.name(),
        path: &mapping.path,
        before: for_people(before, mapping.transform),
        after: for_people(&after, mapping.transform),
    })
}

/// The cells of a set with commas between them; everything else as it is.
fn for_people(text: &str, transform: Transform) -> String {
    if transform != Transform::Set {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\t' => shown.push_str(", "),
            other => shown.push(other),
        }
    }
    shown
}
