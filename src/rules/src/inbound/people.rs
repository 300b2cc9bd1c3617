//! The people of a referral: the customer's, who become contacts, and the partner's, who may be users of the org.

use serde_json::{Map, Value};

use super::{Intake, bounded};

/// More contacts than a deal needs at once; the others are in Partner Center.
const MOST_CUSTOMERS: usize = 3;

/// Somebody at the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The e-mail address in small letters; blank where there is none.
    pub email: String,
    /// The fields of the contact, but for its account.
    pub contact: Map<String, Value>,
}

/// The people of the customer, the first one foremost, and how many more there are. Who has neither name nor address is nobody.
pub fn customers(intake: &Intake<'_>) -> (Vec<Customer>, usize) {
    let mut all: Vec<Customer> = Vec::new();
    for customer in people(intake, "/customerProfile/team").filter_map(customer) {
        let is_known = !customer.email.is_empty() && all.iter().any(|it| it.email == customer.email);
        if !is_known {
            all.push(customer);
        }
    }
    let more = all.len().saturating_sub(MOST_CUSTOMERS);
    all.truncate(MOST_CUSTOMERS);
    (all, more)
}

/// The e-mail addresses of the partner's people, in small letters, each once.
pub fn colleagues(intake: &Intake<'_>) -> Vec<String> {
    let mut emails: Vec<String> = Vec::new();
    for person in people(intake, "/team") {
        let email = text(person, "email").to_lowercase();
        if !email.is_empty() && !emails.contains(&email) {
            emails.push(email);
        }
    }
    emails
}

fn people<'a>(intake: &Intake<'a>, path: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    intake.own.at(path).and_then(Value::as_array).into_iter().flatten()
}

pub(super) fn text<'a>(person: &'a Value, name: &str) -> &'a str {
    person.get(name).and_then(Value::as_str).unwrap_or_default().trim()
}

fn customer(person: &Value) -> Option<Customer> {
    let email = text(person, "email").to_lowercase();
    let last_name = last_name(person)?;
    let mut contact = Map::new();
    let mut put = |name: &str, value: &str, most: usize| {
        if !value.is_empty() {
            contact.insert(name.to_owned(), bounded(value, most).into());
        }
    };
    put("FirstName", text(person, "firstName"), 40);
    put("LastName", last_name, 80);
    put("Email", text(person, "email"), 80);
    put("Phone", text(person, "phoneNumber"), 40);
    Some(Customer { email, contact })
}

/// Salesforce wants a last name; who has none is called by the first name, else by the mailbox.
pub(super) fn last_name(person: &Value) -> Option<&str> {
    let mailbox = text(person, "email").split('@').next().unwrap_or_default();
    [text(person, "lastName"), text(person, "firstName"), mailbox].into_iter().find(|name| !name.is_empty())
}
