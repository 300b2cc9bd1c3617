//! The check mark before the name of an opportunity: how its pair stands, where the org's setting wants to see that in every list.
//!
//! Whoever reads a record passes over all marks ([`without_mark`]), so that none is part of the name: it is neither sent nor compared.
//! Two are ever written, and only those are taken away where the setting is off: other marks are not ours.

use serde_json::{Map, Value};

use super::State;
use crate::{salesforce::without_mark, settings::Settings};

/// Where the name stands.
const NAME: &str = "Name";

/// The size of the name, in characters as Salesforce counts them (Object Reference, "Opportunity").
const NAME_LENGTH: usize = 120;

/// Before the name of a deal that both sides agree on.
const GOOD: &str = "✔ ";

/// Before the name of a deal that needs somebody.
const BAD: &str = "✗ ";

/// Sees to it that an update leaves the record with the mark of its state: before its own name, or before the one that the update
/// brings. A name that would not change is not in the update afterwards.
pub fn mark_name(update: &mut Map<String, Value>, record: &Value, state: State, settings: &Settings) {
    let held = record.get(NAME).and_then(Value::as_str).unwrap_or_default();
    let new = update.get(NAME).and_then(Value::as_str);
    let wanted = named(held, new, state, settings);
    if wanted == held {
        update.remove(NAME);
    } else {
        update.insert(NAME.to_owned(), wanted.into());
    }
}

/// The name with its mark, of a record that has the name `held` and may get a new one.
fn named(held: &str, new: Option<&str>, state: State, settings: &Settings) -> String {
    let name = new.unwrap_or(held);
    let mark = match state {
        _ if !settings.check_mark => "",
        State::InStep => GOOD,
        State::NeedsYou | State::Broken => BAD,
        // Nobody knows yet how it ends.
        State::Waiting if new.is_none() => return held.to_owned(),
        State::Waiting => [GOOD, BAD].into_iter().find(|mark| held.starts_with(mark)).unwrap_or_default(),
        State::NotShared => "",
    };
    let bare = without_mark(name);
    let marked = format!("{mark}{bare}");
    let fits = !bare.is_empty() && marked.encode_utf16().count() <= NAME_LENGTH;
    if fits && !mark.is_empty() { marked } else { without_ours(name).to_owned() }
}

/// The name without the marks that we write; as it is where nothing else would be left of it.
fn without_ours(name: &str) -> &str {
    let mut rest = name;
    while let Some(bare) = [GOOD, BAD].into_iter().find_map(|mark| rest.strip_prefix(mark)) {
        rest = bare.trim_start();
    }
    if rest.is_empty() { name } else { rest }
}
