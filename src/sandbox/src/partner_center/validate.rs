//! What the service refuses in a new referral (Microsoft Learn, "Create a referral", "Referral resources" and the help
//! of the CSV upload). Written from those pages alone. The texts are ours: those of the live service are not published.

use rust_decimal::Decimal;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::codes::{is_country, is_currency};
use super::document::{Document, at, list, text};
use super::error::ApiError;

/// The most solutions a referral takes.
const MOST_SOLUTIONS: usize = 50;

/// What Microsoft can be asked for.
const HELP: [&str; 6] = [
    "GeneralOrOther",
    "CustomerTechnicalArchitecture",
    "ProofOfConceptOrDemo",
    "QuotesOrLicensing",
    "PostSalesCustomerSuccess",
    "WorkloadSpecificValueProposition",
];
/// Nothing is asked.
const NO_HELP: &str = "Unknown";

/// The path of the solutions.
pub(super) const SOLUTIONS: [&str; 3] = ["details", "requirements", "solutions"];

/// Every rule for a new referral, in order; the first that is broken is the answer.
pub(super) fn new_referral(referral: &Document) -> Result<(), ApiError> {
    kind(referral)?;
    for section in ["customerProfile", "consent", "details"] {
        if !at(referral, &[section]).is_some_and(Value::is_object) {
            return Err(ApiError::invalid(section, format!("The property '{section}' is required.")));
        }
    }
    shapes(referral)?;
    country(text(referral, &["customerProfile", "address", "country"]))?;
    currency(at(referral, &["details", "currency"]).unwrap_or(&Value::Null))?;
    if let Some(value) = at(referral, &["details", "dealValue"]) {
        deal_value(value)?;
    }
    if let Some(value) = at(referral, &["details", "closingDateTime"]) {
        moment("details/closingDateTime", value)?;
    }
    solutions(at(referral, &SOLUTIONS).unwrap_or(&Value::Null))?;
    help(referral)?;
    if at(referral, &["consent", "consentToToShareInfoWithOthers"]) != Some(&Value::Bool(true)) {
        let message = "The customer's consent to share contact information is required.";
        return Err(ApiError::invalid("consent/consentToToShareInfoWithOthers", message));
    }
    Ok(())
}

fn kind(referral: &Document) -> Result<(), ApiError> {
    match text(referral, &["type"]) {
        "Shared" | "Independent" => Ok(()),
        "" => Err(ApiError::invalid("type", "The property 'type' is required.")),
        other => Err(ApiError::invalid("type", format!("'{other}' is no referral type."))),
    }
}

/// What a typed service cannot read: consent that is no boolean, people and targets that are no arrays.
fn shapes(referral: &Document) -> Result<(), ApiError> {
    let consent = at(referral, &["consent"]).and_then(Value::as_object);
    for (name, value) in consent.into_iter().flatten() {
        if !(value.is_boolean() || value.is_null()) {
            return Err(ApiError::invalid(&format!("consent/{name}"), format!("{value} is no boolean.")));
        }
    }
    let arrays: [&[&str]; 3] = [&["team"], &["customerProfile", "team"], &["target"]];
    for path in arrays {
        if at(referral, path).is_some_and(|value| !(value.is_array() || value.is_null())) {
            let target = path.join("/");
            return Err(ApiError::invalid(&target, format!("The property '{target}' is an array.")));
        }
    }
    Ok(())
}

fn country(code: &str) -> Result<(), ApiError> {
    if is_country(code) {
        return Ok(());
    }
    let message = format!("'{code}' is no two-letter ISO 3166-1 country code.");
    Err(ApiError::invalid("customerProfile/address/country", message))
}

/// An ISO 4217 code.
pub(super) fn currency(value: &Value) -> Result<(), ApiError> {
    match value.as_str() {
        Some(code) if is_currency(code) => Ok(()),
        _ => Err(ApiError::invalid("details/currency", format!("{value} is no ISO 4217 currency code."))),
    }
}

/// A number, or a number as text: both are documented.
pub(super) fn deal_value(value: &Value) -> Result<Value, ApiError> {
    let refused = || ApiError::invalid("details/dealValue", format!("{value} is no number."));
    match value {
        Value::Number(_) => Ok(value.clone()),
        Value::String(text) => {
            let number = text.trim();
            number.parse::<Decimal>().map_err(|_| refused())?;
            // Read again as JSON, so that the digits stay as they were sent.
            serde_json::from_str::<serde_json::Number>(number).map(Value::Number).map_err(|_| refused())
        }
        _ => Err(refused()),
    }
}

/// A moment with its zone, as ISO 8601 text.
pub(super) fn moment(target: &str, value: &Value) -> Result<(), ApiError> {
    match value.as_str() {
        Some(text) if OffsetDateTime::parse(text, &Rfc3339).is_ok() => Ok(()),
        _ => Err(ApiError::invalid(target, format!("{value} is no UTC date and time."))),
    }
}

/// One to fifty solutions, each with an id.
pub(super) fn solutions(value: &Value) -> Result<(), ApiError> {
    let target = "details/requirements/solutions";
    let items = value.as_array().map_or(&[][..], Vec::as_slice);
    if items.is_empty() {
        return Err(ApiError::invalid(target, "Solution ID is required: add at least one solution."));
    }
    if items.len() > MOST_SOLUTIONS {
        return Err(ApiError::invalid(target, format!("No more than {MOST_SOLUTIONS} solutions are allowed.")));
    }
    items.iter().try_for_each(solution)
}

/// A solution has an id.
pub(super) fn solution(value: &Value) -> Result<(), ApiError> {
    if value.get("id").and_then(Value::as_str).is_some_and(|id| !id.trim().is_empty()) {
        return Ok(());
    }
    Err(ApiError::invalid("details/requirements/solutions", "Solution ID is required."))
}

/// A known code; asked for, the customer contact must be complete.
fn help(referral: &Document) -> Result<(), ApiError> {
    let target = "inviteContext/assistanceRequestCode";
    match at(referral, &["inviteContext", "assistanceRequestCode"]) {
        None | Some(Value::Null) => Ok(()),
        Some(Value::String(code)) if code == NO_HELP => Ok(()),
        Some(Value::String(code)) if HELP.contains(&code.as_str()) => {
            if list(referral, &["customerProfile", "team"]).iter().any(is_complete) {
                return Ok(());
            }
            let message = "Help was asked: a customer contact with first name, last name, phone and e-mail is required.";
            Err(ApiError::invalid("customerProfile/team", message))
        }
        Some(other) => Err(ApiError::invalid(target, format!("{other} is no assistance request code."))),
    }
}

fn is_complete(member: &Value) -> bool {
    ["firstName", "lastName", "phoneNumber", "email"]
        .iter()
        .all(|name| member.get(*name).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty()))
}

#[cfg(test)]
#[path = "validate_tests.rs"]
mod tests;
