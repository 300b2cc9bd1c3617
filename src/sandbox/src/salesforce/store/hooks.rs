//! What the platform does by itself when a record is written: names, stages, currencies, and the package's trigger; addresses and
//! notes have files of their own. Must not check what callers may write.

use super::super::Features;
use super::super::errors::ApiError;
use super::{Row, Store, address, amount, flag, notes, number, text};

/// Fills the fields that follow from others. `changed` names the fields the caller wrote.
pub(super) fn derive(store: &Store, features: Features, object: &str, row: &mut Row, changed: &[&str]) -> Result<(), ApiError> {
    if let Some((_, prefix)) = address::PREFIXES.iter().find(|(known, _)| *known == object) {
        address::sync(features, row, changed, prefix)?;
    }
    match object {
        "Opportunity" => derive_from_stage(store, row, changed),
        "ContentNote" if changed.contains(&"Content") => notes::write(row)?,
        "Contact" | "User" | "Lead" => {
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

/// What the package's trigger writes before a record is saved: of a solution, the key that no other may have. Gives the field's
/// name, which counts as written.
pub(super) fn trigger(object: &str, row: &mut Row) -> Option<&'static str> {
    if object != "Microsoft_Solution__c" {
        return None;
    }
    let key = format!("{}:{}", text(row, "Opportunity__c"), text(row, "Solution_Identifier__c"));
    row.insert("Solution_Key__c".to_owned(), key.into());
    Some("Solution_Key__c")
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

/// Rows below an opportunity are in its currency.
fn inherit_currency(store: &Store, row: &mut Row, reference: &str) {
    let parent = store.get("Opportunity", text(row, reference));
    if let Some(code) = parent.and_then(|parent| parent.get("CurrencyIsoCode")) {
        row.insert("CurrencyIsoCode".to_owned(), code.clone());
    }
}
