//! The deals that a world is about: a few of the sample data that may be shared as they are, in an org of their own.

use anyhow::Context as _;
use cosell_sandbox::in_process::SAMPLE_DATA;
use serde_json::{Map, Value, json};

use crate::dice::Dice;

/// The sample data, and which of its deals may be shared.
#[derive(Debug)]
pub(crate) struct Casting {
    data: Map<String, Value>,
    fit: Vec<Value>,
}

impl Casting {
    /// Reads the sample data.
    pub(crate) fn read() -> anyhow::Result<Self> {
        let data: Map<String, Value> = serde_json::from_str(SAMPLE_DATA).context("the sample data")?;
        let fit: Vec<Value> = rows(&data, "opportunities").filter(|deal| is_fit(&data, deal)).cloned().collect();
        anyhow::ensure!(fit.len() > 3, "the sample data has {} deals that may be shared", fit.len());
        Ok(Self { data, fit })
    }

    /// An org with two to four deals, as the sandbox reads it, that wants leads as well or not.
    pub(crate) fn org(&self, dice: &Dice, wants_leads: bool) -> String {
        let mut left = self.fit.clone();
        let mut deals = Vec::new();
        for _ in 0..2 + dice.below(3) {
            let chosen = usize::try_from(dice.below(u64::try_from(left.len()).unwrap_or(0))).unwrap_or(0);
            if chosen < left.len() {
                deals.push(left.swap_remove(chosen));
            }
        }
        let mut data = self.data.clone();
        for list in ["accounts", "contacts"] {
            let is_named = |row: &Value| {
                let account = if list == "accounts" { row.get("key") } else { row.get("account") };
                deals.iter().any(|deal| deal.get("account") == account)
            };
            let kept: Vec<Value> = rows(&self.data, list).filter(|row| is_named(row)).cloned().collect();
            data.insert(list.to_owned(), kept.into());
        }
        data.insert("opportunities".to_owned(), deals.into());
        if let Some(settings) = data.get_mut("settings").and_then(Value::as_object_mut) {
            settings.insert("Cosell_Only__c".to_owned(), (!wants_leads).to_string().into());
        }
        Value::Object(data).to_string()
    }

    /// The solutions that can be sold.
    pub(crate) fn solutions(&self) -> Vec<Value> {
        rows(&self.data, "solutionCatalogue").cloned().collect()
    }
}

fn rows<'a>(data: &'a Map<String, Value>, list: &str) -> impl Iterator<Item = &'a Value> {
    data.get(list).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn find<'a>(data: &'a Map<String, Value>, list: &str, key: &str) -> Option<&'a Value> {
    rows(data, list).find(|row| text(row, "key") == key)
}

/// Whether a seller may share it without mending anything first.
fn is_fit(data: &Map<String, Value>, deal: &Value) -> bool {
    let filled = |row: &Value, names: &[&str]| names.iter().all(|name| !text(row, name).is_empty());
    let is_code = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let person = |row: &Value| filled(row, &["FirstName", "LastName", "Email", "Phone"]);
    let Some(account) = find(data, "accounts", text(deal, "account")) else { return false };
    let roles: Vec<&Value> = deal.get("contactRoles").and_then(Value::as_array).into_iter().flatten().collect();
    let contacts = roles.iter().filter_map(|role| find(data, "contacts", text(role, "contact")));
    let team = deal.get("team").and_then(Value::as_array).into_iter().flatten();
    let users = team.map(|member| text(member, "user")).chain([text(deal, "owner")]);
    filled(account, &["Name", "BillingStreet", "BillingCity", "BillingPostalCode"])
        && is_code(text(account, "BillingCountry"), 2)
        && is_code(text(deal, "CurrencyIsoCode"), 3)
        && !["AN", "CS", "UK"].contains(&text(account, "BillingCountry"))
        && !["HRK", "BGN"].contains(&text(deal, "CurrencyIsoCode"))
        && text(deal, "CloseDate").starts_with('+')
        && deal.get("Amount").and_then(Value::as_f64).is_some_and(|amount| amount > 0.0 && amount < 1e9)
        && deal.get("Customer_Consent__c") == Some(&json!(true))
        && deal.get("solutions").and_then(Value::as_array).is_some_and(|solutions| !solutions.is_empty())
        && ["Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Proposal/Price Quote"]
            .contains(&text(deal, "StageName"))
        && text(deal, "Name").len() < 100
        && !roles.is_empty()
        && contacts.clone().count() == roles.len()
        && {
            let mut contacts = contacts;
            contacts.all(person)
        }
        && users.filter_map(|user| find(data, "users", user)).all(person)
}
