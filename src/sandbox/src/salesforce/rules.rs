//! What an admin of the org has set up beyond the package: duplicate rules, validation rules, what sellers may not edit. Must not
//! know the rows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What happens to a record that looks like one the org has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DuplicateRule {
    /// It is saved when the caller says `allowSave`.
    Alert,
    /// It is not saved.
    Block,
}

/// Records that may not be saved.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ValidationRule {
    /// API name of the object.
    pub(crate) object: String,
    /// What the admin tells who tries.
    pub(crate) message: String,
    /// The field the message stands at; at the top of the page without one.
    #[serde(default)]
    pub(crate) field: Option<String>,
    /// The values a refused record has, all of them; with none every record is refused.
    #[serde(default)]
    pub(crate) when: BTreeMap<String, Value>,
}

/// The rules of the org.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub(crate) struct Rules {
    /// The active duplicate rule of `Account`, `Contact` and `Lead`.
    pub(crate) duplicates: BTreeMap<String, DuplicateRule>,
    /// The active validation rules.
    pub(crate) validations: Vec<ValidationRule>,
    /// API names of the objects whose records only their owners may edit, and no seller owns any.
    pub(crate) read_only: BTreeSet<String>,
}

/// Rules that let everything pass, for writes that are no caller's.
pub(super) const NONE: &Rules = &Rules { duplicates: BTreeMap::new(), validations: Vec::new(), read_only: BTreeSet::new() };
