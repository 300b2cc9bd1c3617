//! All opportunities that are shared or are to be: for a store that has to be made again. It must not know what for.

use cosell_rules::salesforce::field;
use serde_json::Value;

use super::{Salesforce, SalesforceError};
use crate::ids::SalesforceId;

/// What a record says of its referral.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The opportunity.
    pub id: SalesforceId,
    /// Identifier of its referral, where it has one.
    pub referral_id: Option<String>,
}

impl Salesforce {
    /// All opportunities that a seller wants to share or that carry a referral's identifier, page by page.
    pub async fn shared(&self) -> Result<Vec<Shared>, SalesforceError> {
        let mut page = self.get("query", &[("q", &query())]).await?;
        let mut found = Vec::new();
        let mut locators = Vec::new();
        loop {
            found.extend(rows(&page)?);
            let Some(next) = page.get("nextRecordsUrl").and_then(Value::as_str) else { return Ok(found) };
            let locator = locator(next).filter(|locator| !locators.contains(locator));
            let locator = locator.ok_or_else(|| SalesforceError::Unreadable("a query result without an end".to_owned()))?;
            page = self.get(&format!("query/{locator}"), &[]).await?;
            locators.push(locator);
        }
    }
}

fn query() -> String {
    let (sync, referral) = (field::SYNC, field::REFERRAL_ID);
    format!("SELECT Id, {referral} FROM Opportunity WHERE {sync} = true OR {referral} != null ORDER BY Id")
}

fn rows(page: &Value) -> Result<Vec<Shared>, SalesforceError> {
    let unreadable = || SalesforceError::Unreadable("a query result without records".to_owned());
    let rows = page.get("records").and_then(Value::as_array).ok_or_else(unreadable)?;
    let shared = |row: &Value| {
        let id = SalesforceId::parse_of(row.get("Id")?.as_str()?, "006")?;
        let referral_id = row.get(field::REFERRAL_ID).and_then(Value::as_str).map(str::to_owned);
        Some(Shared { id, referral_id })
    };
    rows.iter().map(|row| shared(row).ok_or_else(unreadable)).collect()
}

/// Of an address of the next page, what names it; host and path are ours (REST API Developer Guide, "Query": nextRecordsUrl).
fn locator(next: &str) -> Option<String> {
    let (_, locator) = next.rsplit_once("/query/")?;
    let is_plain = !locator.is_empty() && locator.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_plain.then(|| locator.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whoever_wants_to_share_or_ever_did_is_asked_for() {
        let expected = "SELECT Id, Referral_Identifier__c FROM Opportunity WHERE Sync_with_Partner_Center__c = true \
                        OR Referral_Identifier__c != null ORDER BY Id";
        assert_eq!(query(), expected);
    }

    #[test]
    fn a_page_is_read_whole_or_not_at_all() {
        let page = json!({ "done": true, "records": [
            { "Id": "006Qy00000AbCdEIAV", "Referral_Identifier__c": "7c1e" },
            { "Id": "006Qy00000AbCdF", "Referral_Identifier__c": null },
        ]});
        let id = |text| SalesforceId::parse(text).unwrap();
        let expected = [
            Shared { id: id("006Qy00000AbCdE"), referral_id: Some("7c1e".to_owned()) },
            Shared { id: id("006Qy00000AbCdF"), referral_id: None },
        ];
        assert_eq!(rows(&page).unwrap(), expected);
        for broken in [json!({}), json!({ "records": null }), json!({ "records": [{ "Id": "001Qy00000AbCdEIAV" }] })] {
            assert!(rows(&broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn of_the_next_page_only_its_name_is_taken() {
        let cases = [
            ("/services/data/v66.0/query/01gRM000001f8WB-2000", Some("01gRM000001f8WB-2000")),
            ("https://elsewhere.example/services/data/v66.0/query/01g-2000", Some("01g-2000")),
            ("/services/data/v66.0/query/", None),
            ("/services/data/v66.0/query/../sobjects", None),
            ("/services/data/v66.0/query/x?q=SELECT", None),
            ("/services/data/v66.0/sobjects", None),
        ];
        for (next, expected) in cases {
            assert_eq!(locator(next).as_deref(), expected, "{next}");
        }
    }
}
