//! What the platform does by itself when a record is written: names, stages, countries, primary contacts.
//! Must not check what callers may write.

use serde_json::Value;

use super::super::errors::ApiError;
use super::super::{Features, countries};
use super::{Row, Store, amount, flag, number, text};

/// Fills the fields that follow from others. `changed` names the fields the caller wrote.
pub(super) fn derive(store: &Store, features: Features, object: &str, row: &mut Row, changed: &[&str]) -> Result<(), ApiError> {
    match object {
        "Opportunity" => derive_from_stage(store, row, changed),
        "Account" => return sync_country(features, row, changed),
        "Contact" | "User" => {
            let full = format!("{} {}", text(row, "FirstName"), text(row, "LastName"));
            row.insert("Name".to_owned(), full.trim().into());
        }
        "OpportunityTeamMember" => {
            let user = store.get("User", text(row, "UserId"));
            let name = user.map(|user| text(user, "Name").to_owned()).unwrap_or_default();
            row.insert("Name".to_owned(), name.into());
            inherit_currency(store, row, "OpportunityId");
        }
        "OpportunityContactRole" => inherit_currency(store, row, "OpportunityId"),
        "Microsoft_Solution__c" => inherit_currency(store, row, "Opportunity__c"),
        _ => {}
    }
    Ok(())
}

/// The stage decides whether the opportunity is closed and won, its forecast category, and its probability
/// unless the caller writes that as well. A stage the org does not have is taken, as the platform takes it.
fn derive_from_stage(store: &Store, row: &mut Row, changed: &[&str]) {
    if !changed.contains(&"StageName") {
        return;
    }
    let name = text(row, "StageName").to_owned();
    let stage = store.rows_named("OpportunityStage").find(|stage| text(stage, "ApiName") == name);
    let closed = stage.is_some_and(|stage| flag(stage, "IsClosed"));
    let won = stage.is_some_and(|stage| flag(stage, "IsWon"));
    let category = match stage.map(|stage| text(stage, "ForecastCategoryName")) {
        Some("Best Case") => "BestCase",
        Some("Most Likely") => "MostLikely",
        Some("Commit") => "Forecast",
        Some("Closed") => "Closed",
        Some("Omitted") => "Omitted",
        _ => "Pipeline",
    };
    row.insert("IsClosed".to_owned(), closed.into());
    row.insert("IsWon".to_owned(), won.into());
    row.insert("ForecastCategory".to_owned(), category.into());
    if !changed.contains(&"Probability") {
        let probability = stage.and_then(|stage| amount(stage, "DefaultProbability"));
        row.insert("Probability".to_owned(), number(probability.unwrap_or_default(), false));
    }
}

/// Code and name of the country follow each other; what is not in the address settings is refused.
fn sync_country(features: Features, row: &mut Row, changed: &[&str]) -> Result<(), ApiError> {
    if !features.country_picklists {
        return Ok(());
    }
    let refuse = |field: &str| {
        let message = "There's a problem with this country, even though it may appear correct. Please select a country/territory from the list of valid countries.";
        ApiError::on(&[field], "FIELD_INTEGRITY_EXCEPTION", message)
    };
    let wrote = |field: &str| changed.contains(&field);
    let code = text(row, "BillingCountryCode").to_owned();
    let name = text(row, "BillingCountry").to_owned();
    let country = match (wrote("BillingCountryCode"), wrote("BillingCountry")) {
        (false, false) => return Ok(()),
        (true, false) if code.is_empty() => None,
        (false, true) if name.is_empty() => None,
        (true, true) if code.is_empty() && name.is_empty() => None,
        (true, named) if !code.is_empty() => {
            let country = countries::by_code(&code).ok_or_else(|| refuse("BillingCountryCode"))?;
            if named && !name.is_empty() && countries::by_name(&name) != Some(country) {
                return Err(refuse("BillingCountry"));
            }
            Some(country)
        }
        _ => Some(countries::by_name(&name).ok_or_else(|| refuse("BillingCountry"))?),
    };
    set_country(row, country);
    Ok(())
}

/// Gives an account the code of the country it names, after the feature was switched on, and takes it away after it
/// was switched off. A name that is none of the org's countries stays as it is, as it does where an admin
/// switches the picklists on without converting the old data.
pub(super) fn align_country(row: &mut Row, features: Features) {
    if !features.country_picklists {
        row.remove("BillingCountryCode");
        return;
    }
    let written = text(row, "BillingCountry");
    if let Some(country) = countries::by_name(written).or_else(|| countries::by_code(written)) {
        set_country(row, Some(country));
    }
}

fn set_country(row: &mut Row, country: Option<(&str, &str)>) {
    let (code, name) = match country {
        Some((code, name)) => (code.into(), name.into()),
        None => (Value::Null, Value::Null),
    };
    row.insert("BillingCountryCode".to_owned(), code);
    row.insert("BillingCountry".to_owned(), name);
}

/// Rows below an opportunity are in its currency.
fn inherit_currency(store: &Store, row: &mut Row, reference: &str) {
    let parent = store.get("Opportunity", text(row, reference));
    if let Some(code) = parent.and_then(|parent| parent.get("CurrencyIsoCode")) {
        row.insert("CurrencyIsoCode".to_owned(), code.clone());
    }
}
