//! Which account of the org is the customer of a referral. Names are compared without case, accents and punctuation.
//!
//! Source: Microsoft Learn, "Co-sell connector for Dynamics 365 CRM" (by name and postal code, else a new account).

use serde_json::Value;

use super::Intake;
use crate::country::fold::key;

/// One way to look for accounts. What it finds is only a candidate until [`choose`] has compared names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// By the D-U-N-S number, which is nobody else's.
    Duns {
        /// The field of the account that holds it.
        field: String,
        /// The number.
        number: String,
    },
    /// By the postal code.
    PostalCode {
        /// The code.
        code: String,
        /// What the account's name begins with, where that can be asked for.
        initial: Option<char>,
    },
    /// By the city.
    City {
        /// The city.
        city: String,
        /// What the account's name begins with, where that can be asked for.
        initial: Option<char>,
    },
}

/// An account as a search finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// 18-character Salesforce id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its billing address.
    pub postal_code: String,
    /// Its billing address.
    pub city: String,
}

/// What a search came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match<'c> {
    /// This one.
    One(&'c Account),
    /// Nobody can tell which of them.
    Several,
    /// None of them: the next search may know.
    None,
}

/// The searches for the customer of a referral, in their order; none where it names no customer.
pub fn searches(intake: &Intake<'_>) -> Vec<Search> {
    let name = intake.text("/customerProfile/name");
    if key(name).is_empty() {
        return Vec::new();
    }
    let field = &intake.settings.duns_field;
    let can_ask = !field.is_empty() && !field.contains('.') && (intake.org.account_has)(field);
    let duns = duns(intake).filter(|_| can_ask).map(|number| Search::Duns { field: field.clone(), number: number.to_owned() });
    let told = |path: &str| Some(intake.text(path).to_owned()).filter(|text| !text.is_empty());
    let initial = name.chars().next().filter(char::is_ascii_alphanumeric);
    let postal_code = told("/customerProfile/address/postalCode").map(|code| Search::PostalCode { code, initial });
    let city = told("/customerProfile/address/city").map(|city| Search::City { city, initial });
    duns.into_iter().chain(postal_code).chain(city).collect()
}

/// The customer's D-U-N-S number, where the referral has one.
pub(super) fn duns<'a>(intake: &Intake<'a>) -> Option<&'a str> {
    let ids = intake.own.at("/customerProfile/ids").and_then(Value::as_array).into_iter().flatten();
    let text = |id: &'a Value, name: &str| id.get(name).and_then(Value::as_str).map(str::trim);
    ids.filter(|id| text(id, "profileType").is_some_and(|kind| kind.eq_ignore_ascii_case("Duns")))
        .find_map(|id| text(id, "id").filter(|number| !number.is_empty()))
}

/// Chooses among what a search found.
pub fn choose<'c>(search: &Search, intake: &Intake<'_>, candidates: &'c [Account]) -> Match<'c> {
    let name = key(intake.text("/customerProfile/name"));
    let is_it = |account: &Account| match search {
        Search::Duns { .. } => true,
        Search::PostalCode { code, .. } => key(&account.name) == name && key(&account.postal_code) == key(code),
        Search::City { city, .. } => key(&account.name) == name && key(&account.city) == key(city),
    };
    let mut found = candidates.iter().filter(|account| is_it(account));
    match (found.next(), found.next()) {
        (Some(account), None) => Match::One(account),
        (Some(_), Some(_)) => Match::Several,
        (None, _) => Match::None,
    }
}
