//! State and country picklists: in every address, code and name follow each other, and only what the address settings
//! hold is taken. Must not check what callers may write.

use serde_json::Value;

use super::super::errors::ApiError;
use super::super::{Features, countries};
use super::{Row, text};

/// The objects with an address and what its fields' names begin with.
pub(super) const PREFIXES: [(&str, &str); 2] = [("Account", "Billing"), ("Lead", "")];

/// One part of an address: the fields of its code and its name, and what was written into them.
struct Part {
    code_field: String,
    name_field: String,
    code: String,
    name: String,
    /// Whether the caller wrote the code, and the name.
    wrote: (bool, bool),
}

impl Part {
    fn of(row: &Row, changed: &[&str], field: String) -> Self {
        let code_field = format!("{field}Code");
        Self {
            code: text(row, &code_field).to_owned(),
            name: text(row, &field).to_owned(),
            wrote: (changed.contains(&code_field.as_str()), changed.contains(&field.as_str())),
            code_field,
            name_field: field,
        }
    }

    fn touched(&self) -> bool {
        self.wrote.0 || self.wrote.1
    }

    /// What was written, found among the known ones by code or by name.
    fn found(
        &self,
        what: &str,
        by_code: impl Fn(&str) -> Option<(&'static str, &'static str)>,
        by_name: impl Fn(&str) -> Option<(&'static str, &'static str)>,
    ) -> Result<Option<(&'static str, &'static str)>, ApiError> {
        let refuse = |field: &str| {
            let message = format!(
                "There's a problem with this {what}, even though it may appear correct. Please select a {what} from the list of valid {what} values."
            );
            ApiError::on(&[field], "FIELD_INTEGRITY_EXCEPTION", message)
        };
        let by_its_name = || by_name(&self.name).map(Some).ok_or_else(|| refuse(&self.name_field));
        match self.wrote {
            (true, named) if !self.code.is_empty() => {
                let found = by_code(&self.code).ok_or_else(|| refuse(&self.code_field))?;
                if named && !self.name.is_empty() && by_name(&self.name) != Some(found) {
                    return Err(refuse(&self.name_field));
                }
                Ok(Some(found))
            }
            (_, true) if !self.name.is_empty() => by_its_name(),
            _ => Ok(None),
        }
    }

    fn store(&self, row: &mut Row, pair: Option<(&str, &str)>) {
        let (code, name) = pair.map_or((Value::Null, Value::Null), |(code, name)| (code.into(), name.into()));
        row.insert(self.code_field.clone(), code);
        row.insert(self.name_field.clone(), name);
    }
}

/// Lets codes and names follow what the caller wrote, and refuses what is not in the address settings. A state must
/// belong to the country that the address has afterwards.
pub(super) fn sync(features: Features, row: &mut Row, changed: &[&str], prefix: &str) -> Result<(), ApiError> {
    if !features.country_picklists {
        return Ok(());
    }
    let country = Part::of(row, changed, format!("{prefix}Country"));
    if country.touched() {
        let found = country.found("country/territory", countries::by_code, countries::by_name)?;
        country.store(row, found);
    }
    let state = Part::of(row, changed, format!("{prefix}State"));
    let code = text(row, &country.code_field).to_owned();
    if state.touched() {
        let known = |written: &str| countries::state(&code, written);
        let found = state.found("state/province", known, known)?;
        state.store(row, found);
    } else if country.touched() && !state.code.is_empty() && countries::state(&code, &state.code).is_none() {
        let message = "The existing state doesn't belong to the new country/territory.";
        return Err(ApiError::on(&[state.code_field.as_str()], "FIELD_INTEGRITY_EXCEPTION", message));
    }
    Ok(())
}

/// Gives an address the codes of the country and state it names, after the feature was switched on, and takes them away
/// after it was switched off. A name that is none of the org's stays as it is, as it does where an admin switches the
/// picklists on without converting the old data.
pub(super) fn align(row: &mut Row, prefix: &str, features: Features) {
    let country = Part::of(row, &[], format!("{prefix}Country"));
    let state = Part::of(row, &[], format!("{prefix}State"));
    if !features.country_picklists {
        row.remove(&country.code_field);
        row.remove(&state.code_field);
        return;
    }
    let Some(found) = countries::by_name(&country.name).or_else(|| countries::by_code(&country.name)) else {
        return;
    };
    country.store(row, Some(found));
    if let Some(found) = countries::state(found.0, &state.name) {
        state.store(row, Some(found));
    }
}
