//! A change to a referral: a JSON Patch of which the service takes `replace` and `add` on eighteen paths (Microsoft
//! Learn, "Update a lead or opportunity", and the swagger of Microsoft's certified connector). The document is applied
//! as a whole or not at all.

use serde::Deserialize;
use serde_json::Value;

use super::document::{Document, at, camel_case, place};
use super::error::ApiError;
use super::{lifecycle, validate};

/// What a path holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// Free text, or nothing.
    Text,
    /// `true`, once and for all.
    Visibility,
    Moment,
    Currency,
    DealValue,
    /// A whole array of people, or one more person.
    Members,
    Member,
    /// A whole array of solutions, or one more.
    Solutions,
    Solution,
}

const PATHS: [(&str, Shape); 18] = [
    ("/campaignId", Shape::Text),
    ("/consent/consentToShareReferralWithMicrosoftSellers", Shape::Visibility),
    ("/customerProfile/team", Shape::Members),
    ("/customerProfile/team/-", Shape::Member),
    ("/details/closingDateTime", Shape::Moment),
    ("/details/currency", Shape::Currency),
    ("/details/dealValue", Shape::DealValue),
    ("/details/notes", Shape::Text),
    ("/details/requirements/solutions", Shape::Solutions),
    ("/details/requirements/solutions/-", Shape::Solution),
    ("/externalReferenceId", Shape::Text),
    ("/referralProgram", Shape::Text),
    ("/salesStage", Shape::Text),
    ("/status", Shape::Text),
    ("/substatus", Shape::Text),
    ("/statusReason", Shape::Text),
    ("/team", Shape::Members),
    ("/team/-", Shape::Member),
];

#[derive(Deserialize)]
struct Operation {
    op: String,
    path: String,
    value: Value,
}

/// The referral after the patch, with its state checked. Fails with 400 and names the property.
pub(super) fn apply(before: &Document, patch: Value, now: &str) -> Result<Document, ApiError> {
    let Value::Array(operations) = patch else {
        return Err(ApiError::invalid("patch", "The body must be a JSON array of patch operations."));
    };
    if operations.is_empty() {
        return Err(ApiError::invalid("patch", "The patch holds no operation."));
    }
    if lifecycle::is_closed(before) {
        return Err(ApiError::invalid("status", "The referral is closed: no further updates are possible."));
    }
    let mut after = before.clone();
    for operation in operations {
        let operation = serde_json::from_value::<Operation>(operation)
            .map_err(|error| ApiError::invalid("patch", format!("An operation cannot be read: {error}.")))?;
        perform(&mut after, operation)?;
    }
    // What came in without solutions can be answered all the same.
    let solutions = |referral| at(referral, &validate::SOLUTIONS).unwrap_or(&Value::Null);
    if solutions(&after) != solutions(before) {
        validate::solutions(solutions(&after))?;
    }
    lifecycle::check(before, &after)?;
    lifecycle::stamp(&mut after, now);
    Ok(after)
}

fn perform(referral: &mut Document, Operation { op, path, value }: Operation) -> Result<(), ApiError> {
    let target = path.trim_start_matches('/').to_owned();
    let Some((_, shape)) = PATHS.iter().find(|(known, _)| *known == path) else {
        return Err(ApiError::invalid(&target, format!("The path '{path}' cannot be updated.")));
    };
    let appends = path.ends_with("/-");
    if !(op == "add" || op == "replace" && !appends) {
        let message = format!("The operation '{op}' is not supported on '{path}': use add or replace.");
        return Err(ApiError::invalid(&target, message));
    }
    let value = taken(*shape, &target, camel_case(value), referral)?;
    let names: Vec<&str> = target.trim_end_matches("/-").split('/').collect();
    let Some(spot) = place(referral, &names) else { return Ok(()) };
    match spot {
        Value::Array(items) if appends => items.push(value),
        spot if appends => *spot = Value::Array(vec![value]),
        spot => *spot = value,
    }
    Ok(())
}

/// The value as it is to be stored.
fn taken(shape: Shape, target: &str, value: Value, referral: &Document) -> Result<Value, ApiError> {
    let refused = |what: &str| Err(ApiError::invalid(target, format!("{value} is no {what}.")));
    match shape {
        Shape::Text if !(value.is_string() || value.is_null()) => refused("text"),
        Shape::Members if !value.as_array().is_some_and(|items| items.iter().all(Value::is_object)) => {
            refused("array of members")
        }
        Shape::Member if !value.is_object() => refused("member"),
        Shape::Visibility => {
            let names: Vec<&str> = target.split('/').collect();
            match (at(referral, &names).and_then(Value::as_bool), value.as_bool()) {
                (_, None) => refused("boolean"),
                (Some(true), Some(false)) => {
                    let message = "A referral that Microsoft sellers can see cannot be hidden from them again.";
                    Err(ApiError::invalid(target, message))
                }
                _ => Ok(value),
            }
        }
        Shape::Moment => validate::moment(target, &value).map(|()| value),
        Shape::Currency => validate::currency(&value).map(|()| value),
        Shape::DealValue => validate::deal_value(&value),
        Shape::Solutions => validate::solutions(&value).map(|()| value),
        Shape::Solution => validate::solution(&value).map(|()| value),
        Shape::Text | Shape::Members | Shape::Member => Ok(value),
    }
}

#[cfg(test)]
#[path = "patch_tests.rs"]
mod tests;
