//! The org's own rules at work: which records count as doubles, and what is told about them.
//! Matches are exact here; the platform's fuzzy ones find more.

use serde_json::{Value, json};

use super::super::errors::ApiError;
use super::super::rules::DuplicateRule;
use super::super::schema::Object;
use super::{Row, Writer, decimal, text};

/// The fields that two records of an object must share to count as the same, one alternative after the other.
const MATCHES: [(&str, &[&[&str]]); 3] = [
    ("Account", &[&["Name", "BillingCity"], &["Name", "BillingPostalCode"]]),
    ("Contact", &[&["Email"], &["FirstName", "LastName", "AccountId"]]),
    ("Lead", &[&["Email"], &["FirstName", "LastName", "Company"]]),
];

impl Writer<'_> {
    /// The validation rules, then the duplicate rule of the object.
    pub(super) fn check_rules(&self, object: &Object, id: Option<&str>, row: &Row, changed: &[&str]) -> Result<(), ApiError> {
        if self.setup {
            return Ok(());
        }
        for rule in self.rules.validations.iter().filter(|rule| rule.object.eq_ignore_ascii_case(object.name)) {
            if rule.when.iter().all(|(field, value)| same(row.get(field).unwrap_or(&Value::Null), value)) {
                let fields: Vec<&str> = rule.field.as_deref().into_iter().collect();
                return Err(ApiError::on(&fields, "FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message.as_str()));
            }
        }
        let Some(rule) = self.rules.duplicates.get(object.name) else {
            return Ok(());
        };
        if *rule == DuplicateRule::Alert && self.allow_duplicates {
            return Ok(());
        }
        let doubles = self.doubles(object, id, row, changed);
        if doubles.is_empty() { Ok(()) } else { Err(detected(object, *rule, &doubles)) }
    }

    /// The other records that match in fields of which at least one was written.
    fn doubles(&self, object: &Object, id: Option<&str>, row: &Row, changed: &[&str]) -> Vec<String> {
        let alternatives = MATCHES.iter().find(|(name, _)| *name == object.name).map_or(&[][..], |(_, fields)| fields);
        let matches = |other: &Row| {
            alternatives.iter().any(|fields| {
                fields.iter().any(|field| changed.contains(field))
                    && fields.iter().all(|field| {
                        let value = text(row, field).to_lowercase();
                        !value.is_empty() && value == text(other, field).to_lowercase()
                    })
            })
        };
        let others = self.store.rows(object).filter(|other| Some(text(other, "Id")) != id && matches(other));
        others.map(|other| text(other, "Id").to_owned()).collect()
    }
}

/// Whether two values are the same, numbers by their amount.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(_), Value::Number(_)) => decimal(left) == decimal(right),
        _ => left == right,
    }
}

fn detected(object: &Object, rule: DuplicateRule, ids: &[String]) -> ApiError {
    let name = object.name;
    let message = match rule {
        DuplicateRule::Alert => "Use one of these records?",
        DuplicateRule::Block => "You're creating a duplicate record. We recommend you use an existing record instead.",
    };
    let records: Vec<Value> = ids
        .iter()
        .map(|id| {
            let url = format!("/services/data/v66.0/sobjects/{name}/{id}");
            json!({
                "additionalInformation": [], "fieldDiffs": [], "matchConfidence": 100.0,
                "record": { "attributes": { "type": name, "url": url }, "Id": id }
            })
        })
        .collect();
    let matched = json!({
        "entityType": name, "errors": [], "matchEngine": "FuzzyMatchEngine", "matchRecords": records,
        "rule": format!("Standard_{name}_Match_Rule_v1_0"), "size": ids.len(), "success": true
    });
    let result = json!({
        "allowSave": rule == DuplicateRule::Alert, "duplicateRule": format!("Standard_{name}_Duplicate_Rule"),
        "duplicateRuleEntityType": name, "errorMessage": message, "matchResults": [matched]
    });
    ApiError::new(400, "DUPLICATES_DETECTED", message).with("duplicateResult", result)
}
