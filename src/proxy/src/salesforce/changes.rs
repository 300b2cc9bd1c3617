//! What changed in the org: one composite call over everything that a shared deal is made of. It must not know what was seen
//! before, nor what comes of it.
//!
//! A child does not touch its parent's `SystemModstamp`, nor does an account or a contact that of what names it: each is asked for
//! (Object Reference, "System Fields"). A contact role or team member that was removed is in no query, only in the list of what
//! was deleted (REST API Developer Guide, "sObject Get Deleted").

use reqwest::Method;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::error::About;
use super::{Answer, Salesforce, SalesforceError, Usage};
use crate::ids::SalesforceId;
use crate::wire_time;

/// A list of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Contact roles that were removed.
    RemovedContactRoles,
    /// Members of the team who were removed.
    RemovedTeamMembers,
    /// Opportunities, and the accounts that they name.
    Opportunities,
    /// Contact roles, and the contacts that they name.
    ContactRoles,
    /// Members of the team.
    TeamMembers,
    /// Solutions, also deleted ones.
    Solutions,
    /// Leads that came from Partner Center.
    Leads,
}

impl Source {
    /// In the order in which they are asked for: what the lists of deletions cover was over before the queries began.
    pub const ALL: [Self; 7] = [
        Self::RemovedContactRoles,
        Self::RemovedTeamMembers,
        Self::Opportunities,
        Self::ContactRoles,
        Self::TeamMembers,
        Self::Solutions,
        Self::Leads,
    ];

    /// Its name in a composite call, and wherever it is kept.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RemovedContactRoles => "removedContactRoles",
            Self::RemovedTeamMembers => "removedTeamMembers",
            Self::Opportunities => "opportunities",
            Self::ContactRoles => "contactRoles",
            Self::TeamMembers => "teamMembers",
            Self::Solutions => "solutions",
            Self::Leads => "leads",
        }
    }

    /// Whether an org can do without what it lists.
    #[must_use]
    pub fn is_optional(self) -> bool {
        matches!(self, Self::RemovedTeamMembers | Self::TeamMembers | Self::Leads)
    }

    fn is_of_teams(self) -> bool {
        matches!(self, Self::RemovedTeamMembers | Self::TeamMembers)
    }
}

/// Something as it was seen in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The id of the record; of one that is only named by another, the other's id and what it is to it.
    pub thing: String,
    /// When it was changed.
    pub at: OffsetDateTime,
    /// What else tells this change from another one at the same time.
    pub detail: String,
    /// Whom it concerns.
    pub concern: Concern,
}

/// Whom a change concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// This opportunity, which was itself changed into this version.
    Opportunity(SalesforceId, String),
    /// This opportunity, by something else that belongs to it.
    PartOf(SalesforceId),
    /// Whoever this record hung on: it is gone and tells no more.
    ChildOf(SalesforceId),
    /// The engagement with this identifier.
    Engagement(String),
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What is on it.
    pub sightings: Vec<Sighting>,
    /// What the next page is asked for with.
    pub next: Option<String>,
}

/// What of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// What was changed then or later.
    pub since: OffsetDateTime,
    /// The newest change first, not last.
    pub newest_first: bool,
}

/// What one look found.
#[derive(Debug)]
pub struct Changes {
    /// The first page of each list, or why there is none.
    pub lists: Vec<(Source, Result<Page, SalesforceError>)>,
    /// Up to when the org says that its lists of deletions are whole, cut to the minute: its own clock, and earlier while a long
    /// transaction is open. `None` when it does not say.
    pub covered: Option<OffsetDateTime>,
    /// How much of the day's calls is used.
    pub usage: Option<Usage>,
}

/// Which deals are watched: shared ones, and those that somebody wants to share.
fn watched(opportunity: &str) -> String {
    format!("({opportunity}Sync_with_Partner_Center__c = true OR {opportunity}Referral_Identifier__c != null)")
}

/// The address of a list below the API's version.
fn address(source: Source, span: Span, until: OffsetDateTime) -> Option<String> {
    let (since, until) = (wire_time::write(span.since)?, wire_time::write(until)?);
    let deleted = |object: &str| {
        let times =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("start", &since).append_pair("end", &until).finish();
        format!("sobjects/{object}/deleted/?{times}")
    };
    let query = |resource: &str, soql: String| {
        let soql: String = url::form_urlencoded::byte_serialize(soql.as_bytes()).collect();
        format!("{resource}?q={}", soql.replace('+', "%20"))
    };
    let order = if span.newest_first { "ORDER BY SystemModstamp DESC, Id" } else { "ORDER BY SystemModstamp, Id" };
    Some(match source {
        Source::RemovedContactRoles => deleted("OpportunityContactRole"),
        Source::RemovedTeamMembers => deleted("OpportunityTeamMember"),
        Source::Opportunities => query(
            "query",
            format!(
                "SELECT Id, SystemModstamp, LastModifiedById, Account.SystemModstamp FROM Opportunity \
                 WHERE (SystemModstamp >= {since} OR Account.SystemModstamp >= {since}) AND {} {order}",
                watched("")
            ),
        ),
        Source::ContactRoles => query(
            "query",
            format!(
                "SELECT Id, OpportunityId, SystemModstamp, Contact.SystemModstamp FROM OpportunityContactRole \
                 WHERE (SystemModstamp >= {since} OR Contact.SystemModstamp >= {since}) AND {} {order}",
                watched("Opportunity.")
            ),
        ),
        Source::TeamMembers => query(
            "query",
            format!(
                "SELECT Id, OpportunityId, SystemModstamp FROM OpportunityTeamMember WHERE SystemModstamp >= {since} AND {} {order}",
                watched("Opportunity.")
            ),
        ),
        Source::Solutions => query(
            "queryAll",
            format!(
                "SELECT Id, Opportunity__c, SystemModstamp FROM Microsoft_Solution__c WHERE SystemModstamp >= {since} AND {} {order}",
                watched("Opportunity__r.")
            ),
        ),
        Source::Leads => query(
            "query",
            format!(
                "SELECT Id, SystemModstamp, Engagement_Identifier__c FROM Lead \
                 WHERE SystemModstamp >= {since} AND Referral_Identifier__c != null {order}"
            ),
        ),
    })
}

impl Salesforce {
    /// Looks for changes, in each list since its own time, no further than the first page of each. `until` is where the lists of
    /// deletions end: they count whole minutes, so that one that ends now would leave the current minute out.
    pub async fn changes(&self, span: impl Fn(Source) -> Span, until: OffsetDateTime) -> Result<Changes, SalesforceError> {
        let teams = self.features().await?.teams;
        let base = format!("/services/data/v{}/", self.version);
        let requests: Vec<Value> = Source::ALL
            .into_iter()
            .filter(|source| teams || !source.is_of_teams())
            .filter_map(|source| Some((source, address(source, span(source), until)?)))
            .map(|(source, address)| json!({ "method": "GET", "url": format!("{base}{address}"), "referenceId": source.name() }))
            .collect();
        let body: Map<String, Value> = [
            ("allOrNone".to_owned(), false.into()),
            ("collateSubrequests".to_owned(), false.into()),
            ("compositeRequest".to_owned(), requests.into()),
        ]
        .into_iter()
        .collect();
        let answer = self.call(Method::POST, "composite", &[], Some(&body)).await?;
        let unreadable = || SalesforceError::Unreadable("the answer of a composite call".to_owned());
        let parts = answer.json().ok_or_else(unreadable)?;
        let parts = parts.get("compositeResponse").and_then(Value::as_array).ok_or_else(unreadable)?;
        let mut changes = Changes { lists: Vec::new(), covered: None, usage: Usage::of(&answer) };
        for part in parts {
            let name = part.get("referenceId").and_then(Value::as_str).unwrap_or_default();
            let Some(source) = Source::ALL.into_iter().find(|source| source.name() == name) else { continue };
            let list = match body_of(part) {
                Some(page) => {
                    changes.covered = changes.covered.max(time_in(page, "latestDateCovered"));
                    self.read(source, page)
                }
                None => Err(refusal(part)),
            };
            changes.lists.push((source, list));
        }
        Ok(changes)
    }

    /// A page of a list that one before named. It is kept for two days (REST API Developer
    /// Guide, "Query"); then it is refused.
    pub async fn more(&self, source: Source, next: &str) -> Result<Page, SalesforceError> {
        self.read(source, &self.get(next, &[]).await?)
    }

    /// Of an address in an answer only what lies below the API is used.
    fn read(&self, source: Source, page: &Value) -> Result<Page, SalesforceError> {
        let base = format!("{}/", self.data());
        let below = |address: &str| address.strip_prefix(&base).map(str::to_owned);
        let unreadable = || SalesforceError::Unreadable("nextRecordsUrl".to_owned());
        let next = page.get("nextRecordsUrl").and_then(Value::as_str).map(|address| below(address).ok_or_else(unreadable));
        Ok(Page { sightings: sightings(source, page)?, next: next.transpose()? })
    }
}

/// The version of an opportunity, as a query returned it: what a list of changes will call it.
#[must_use]
pub fn version_of(opportunity: &Value) -> Option<String> {
    Some(version(time_in(opportunity, "SystemModstamp")?, text(opportunity, "LastModifiedById")))
}

/// Salesforce's times have no more than seconds: who made the change tells two within one second apart.
fn version(at: OffsetDateTime, by: &str) -> String {
    format!("{} {by}", wire_time::to_millis(at))
}

/// The body of a part that was a success.
fn body_of(part: &Value) -> Option<&Value> {
    let is_success = part.get("httpStatusCode").and_then(Value::as_u64).is_some_and(|status| (200..300).contains(&status));
    part.get("body").filter(|_| is_success)
}

/// Why a part has no result, read as if it had been a call of its own.
fn refusal(part: &Value) -> SalesforceError {
    let status = part.get("httpStatusCode").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| reqwest::StatusCode::from_u16(status).ok());
    let body = part.get("body").map(|body| body.to_string().into_bytes()).unwrap_or_default();
    match status {
        Some(status) => {
            SalesforceError::from_answer(&Answer { status, headers: reqwest::header::HeaderMap::new(), body }, About::Api)
        }
        None => SalesforceError::Unreadable("a part of a composite answer without a status".to_owned()),
    }
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn time_in(row: &Value, name: &str) -> Option<OffsetDateTime> {
    wire_time::read(text(row, name))
}

/// What a page of a list tells.
fn sightings(source: Source, page: &Value) -> Result<Vec<Sighting>, SalesforceError> {
    let rows = match source {
        Source::RemovedContactRoles | Source::RemovedTeamMembers => "deletedRecords",
        _ => "records",
    };
    let missing = || SalesforceError::Unreadable(format!("{} without {rows}", source.name()));
    let rows = page.get(rows).and_then(Value::as_array).ok_or_else(missing)?;
    Ok(rows.iter().flat_map(|row| of_row(source, row)).collect())
}

/// What a row tells: of its record, and of the one behind it. Nothing where it cannot be read or concerns nobody.
fn of_row(source: Source, row: &Value) -> Vec<Sighting> {
    let opportunity = |name: &str| SalesforceId::parse_of(text(row, name), "006").map(Concern::PartOf);
    let own = |concern: Option<Concern>| Some((text(row, "Id").to_owned(), time_in(row, "SystemModstamp")?, concern?));
    let behind = |name: &str, concern: Option<Concern>| {
        Some((format!("{}/{name}", text(row, "Id")), time_in(row.get(name)?, "SystemModstamp")?, concern?))
    };
    let mut detail = "";
    let found = match source {
        Source::RemovedContactRoles | Source::RemovedTeamMembers => {
            let removed = SalesforceId::parse(text(row, "id")).map(Concern::ChildOf);
            [time_in(row, "deletedDate").zip(removed).map(|(at, child)| (text(row, "id").to_owned(), at, child)), None]
        }
        Source::Opportunities => {
            detail = text(row, "LastModifiedById");
            let itself = SalesforceId::parse_of(text(row, "Id"), "006").zip(version_of(row));
            [own(itself.map(|(id, version)| Concern::Opportunity(id, version))), behind("Account", opportunity("Id"))]
        }
        Source::ContactRoles => [own(opportunity("OpportunityId")), behind("Contact", opportunity("OpportunityId"))],
        Source::TeamMembers => [own(opportunity("OpportunityId")), None],
        Source::Solutions => [own(opportunity("Opportunity__c")), None],
        Source::Leads => {
            let engagement = Some(text(row, "Engagement_Identifier__c")).filter(|id| !id.is_empty());
            [own(engagement.map(|id| Concern::Engagement(id.to_owned()))), None]
        }
    };
    let sighting = |(thing, at, concern): (String, OffsetDateTime, Concern)| {
        let detail = if matches!(concern, Concern::Opportunity(..)) { detail } else { "" };
        Sighting { thing, at, detail: detail.to_owned(), concern }
    };
    found.into_iter().flatten().map(sighting).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const SINCE: OffsetDateTime = datetime!(2026-11-22 16:10:57.5 UTC);
    const DEAL: &str = "006Qy00000AbCdEIAV";
    const ENGAGEMENT: &str = "7c1e0000-0000-4000-8000-000000000002";

    /// A thing, when it was changed, and whom that concerns.
    type Told<'a> = (&'a str, &'a str, &'a Concern);

    fn deal() -> SalesforceId {
        SalesforceId::parse(DEAL).unwrap()
    }

    /// The query or the path that a source asks, as it was before it was encoded.
    fn asked(source: Source) -> String {
        let address = address(source, Span { since: SINCE, newest_first: false }, SINCE + time::Duration::days(1)).unwrap();
        assert!(!address.contains(['+', ' ']), "{address}");
        let (path, query) = address.split_once('?').unwrap();
        let pairs: Vec<String> =
            url::form_urlencoded::parse(query.as_bytes()).map(|(name, value)| format!("{name}={value}")).collect();
        format!("{path}?{}", pairs.join("&"))
    }

    #[test]
    fn every_list_is_asked_for_from_its_time_on() {
        for source in Source::ALL {
            assert!(asked(source).contains("2026-11-22T16:10:57Z"), "{source:?}");
        }
        assert_eq!(
            asked(Source::RemovedTeamMembers),
            "sobjects/OpportunityTeamMember/deleted/?start=2026-11-22T16:10:57Z&end=2026-11-23T16:10:57Z"
        );
        assert_eq!(
            asked(Source::Solutions),
            "queryAll?q=SELECT Id, Opportunity__c, SystemModstamp FROM Microsoft_Solution__c WHERE SystemModstamp >= \
             2026-11-22T16:10:57Z AND (Opportunity__r.Sync_with_Partner_Center__c = true OR \
             Opportunity__r.Referral_Identifier__c != null) ORDER BY SystemModstamp, Id"
        );
    }

    #[test]
    fn one_call_holds_them_all() {
        let queries = Source::ALL.into_iter().filter(|source| asked(*source).starts_with("query")).count();
        assert!(queries <= 5, "a composite call takes no more queries");
        let names: std::collections::BTreeSet<&str> = Source::ALL.map(Source::name).into();
        assert_eq!(names.len(), Source::ALL.len());
        assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric())));
    }

    #[test]
    fn a_row_tells_of_its_record_and_of_the_one_behind_it() {
        let (early, late) = ("2026-11-22T16:11:00.000+0000", "2026-11-22T16:25:57.000+0000");
        let (part, child) = (Concern::PartOf(deal()), SalesforceId::parse("00KQy00000aaaaa").unwrap());
        let itself = Concern::Opportunity(deal(), "1795364757000 005Qy00000aaaaaIAA".into());
        let engagement = Concern::Engagement(ENGAGEMENT.to_owned());
        let cases: [(Source, Value, Vec<Told<'_>>); 10] = [
            (
                Source::Opportunities,
                json!({ "Id": DEAL, "SystemModstamp": late, "LastModifiedById": "005Qy00000aaaaaIAA",
                        "Account": { "SystemModstamp": early } }),
                vec![(DEAL, late, &itself), ("006Qy00000AbCdEIAV/Account", early, &part)],
            ),
            (
                Source::Opportunities,
                json!({ "Id": DEAL, "SystemModstamp": late, "LastModifiedById": "005Qy00000aaaaaIAA", "Account": null }),
                vec![(DEAL, late, &itself)],
            ),
            (
                Source::ContactRoles,
                json!({ "Id": "00K1", "OpportunityId": DEAL, "SystemModstamp": early, "Contact": { "SystemModstamp": late } }),
                vec![("00K1", early, &part), ("00K1/Contact", late, &part)],
            ),
            // The integration user may not see the contact.
            (
                Source::ContactRoles,
                json!({ "Id": "00K1", "OpportunityId": DEAL, "SystemModstamp": early, "Contact": null }),
                vec![("00K1", early, &part)],
            ),
            (
                Source::TeamMembers,
                json!({ "Id": "00q1", "OpportunityId": DEAL, "SystemModstamp": early }),
                vec![("00q1", early, &part)],
            ),
            (
                Source::Solutions,
                json!({ "Id": "a0B1", "Opportunity__c": DEAL, "SystemModstamp": early }),
                vec![("a0B1", early, &part)],
            ),
            (
                Source::Leads,
                json!({ "Id": "00Q1", "Engagement_Identifier__c": ENGAGEMENT, "SystemModstamp": early }),
                vec![("00Q1", early, &engagement)],
            ),
            (Source::Leads, json!({ "Id": "00Q1", "Engagement_Identifier__c": null, "SystemModstamp": early }), vec![]),
            (Source::Opportunities, json!({ "Id": "001Qy00000XyZ12IAF", "SystemModstamp": late }), vec![]),
            (Source::TeamMembers, json!({ "Id": "00q1", "OpportunityId": DEAL, "SystemModstamp": "soon" }), vec![]),
        ];
        for (source, row, expected) in cases {
            let page = json!({ "done": true, "records": [row] });
            let found = sightings(source, &page).unwrap();
            let told: Vec<(&str, OffsetDateTime, &Concern)> =
                found.iter().map(|it| (it.thing.as_str(), it.at, &it.concern)).collect();
            let expected: Vec<_> =
                expected.into_iter().map(|(thing, at, concern)| (thing, wire_time::read(at).unwrap(), concern)).collect();
            assert_eq!(told, expected, "{source:?} {page}");
        }
        let removed = json!({ "deletedRecords": [{ "id": child.as_str(), "deletedDate": late }] });
        for source in [Source::RemovedContactRoles, Source::RemovedTeamMembers] {
            let found = sightings(source, &removed).unwrap();
            assert_eq!(found[0].concern, Concern::ChildOf(child.clone()));
        }
        assert!(sightings(Source::Leads, &removed).is_err(), "a list of another kind is none");
    }

    #[test]
    fn a_version_is_called_the_same_by_a_list_and_by_a_record() {
        let row =
            json!({ "Id": DEAL, "SystemModstamp": "2026-11-22T16:25:57.000+0000", "LastModifiedById": "005Qy00000aaaaaIAA" });
        let found = sightings(Source::Opportunities, &json!({ "records": [row] })).unwrap();
        assert_eq!(found[0].concern, Concern::Opportunity(deal(), version_of(&row).unwrap()));
        assert_eq!(found[0].detail, "005Qy00000aaaaaIAA");
        let another = json!({ "SystemModstamp": "2026-11-22T16:25:57.000+0000", "LastModifiedById": "005Qy00000bbbbbIAA" });
        assert_ne!(version_of(&another), version_of(&row), "two people within one second");
        assert_eq!(version_of(&json!({ "LastModifiedById": "005Qy00000aaaaaIAA" })), None);
    }

    #[test]
    fn a_part_that_failed_says_why_as_a_call_of_its_own_would() {
        let failed = json!({ "httpStatusCode": 400, "body": [{ "errorCode": "INVALID_FIELD", "message": "No such column" }] });
        assert!(body_of(&failed).is_none());
        let error = refusal(&failed);
        assert!(matches!(&error, SalesforceError::Refused { code, .. } if code == "INVALID_FIELD"), "{error}");
        for odd in [json!({}), json!({ "httpStatusCode": 70000 }), json!({ "httpStatusCode": 200 })] {
            assert!(body_of(&odd).is_none(), "{odd}");
            assert!(matches!(refusal(&odd), SalesforceError::Unreadable(_)), "{odd}");
        }
        assert!(body_of(&json!({ "httpStatusCode": 200, "body": {} })).is_some());
    }
}
