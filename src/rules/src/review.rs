//! The page's one question: would Microsoft accept this deal, and what would it see?
//!
//! Bytes in, bytes out: inside Lightning Web Security every object that crosses into WebAssembly is paid for byte by byte, so a
//! request and its answer travel as UTF-8 JSON.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    map::{self, Preview},
    message::{self, FindingView},
    model::{DealType, Opportunity, Settings},
    salesforce::{self, Unreadable},
    validate::{self, Case, Sent},
};

/// One opportunity to review.
#[derive(Debug, Deserialize)]
pub struct ReviewRequest {
    /// The record as a query returns it.
    pub record: Value,
    /// Unsaved edits of the opportunity, by API field name.
    #[serde(default)]
    pub draft: Map<String, Value>,
    /// The seller's day, `YYYY-MM-DD`.
    pub today: String,
}

/// Many opportunities to review at once.
#[derive(Debug, Deserialize)]
pub struct BatchRequest {
    /// The records as a query returns them.
    pub records: Vec<Value>,
    /// The seller's day, `YYYY-MM-DD`.
    pub today: String,
}

/// The answer. That a record could not be reviewed is something else than that it was, with findings.
#[derive(Debug, Serialize)]
#[serde(tag = "status", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ReviewOutcome {
    /// The rules ran.
    Reviewed(Box<Review>),
    /// The rules could not run.
    Unreadable {
        /// Stable code.
        code: &'static str,
        /// For a developer, in English.
        message: String,
    },
}

/// What the rules found, and what Microsoft would see.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// How far the deal would be opened.
    pub deal_type: DealType,
    /// Whether it can be shared now.
    pub ready: bool,
    /// How many findings stop a share.
    pub blocking: usize,
    /// How many don't.
    pub warnings: usize,
    /// Whether it is shared already.
    pub shared: bool,
    /// All findings, blocking ones first.
    pub findings: Vec<FindingView>,
    /// What Microsoft would see.
    pub preview: Preview,
}

/// The answer for many, in the order of the records.
#[derive(Debug, Serialize)]
#[serde(tag = "status", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum BatchOutcome {
    /// Each record has its own answer.
    Reviewed {
        /// One answer per record.
        reviews: Vec<ReviewOutcome>,
    },
    /// The request itself could not be read.
    Unreadable {
        /// Stable code.
        code: &'static str,
        /// For a developer, in English.
        message: String,
    },
}

const REQUEST_UNREADABLE: &str = "request.unreadable";
const RECORD_UNREADABLE: &str = "record.unreadable";

/// Reviews one opportunity. Takes and gives UTF-8 JSON; never fails: what can't be read is said in the answer.
pub fn review_bytes(request: &[u8], settings: &Settings) -> Vec<u8> {
    let outcome = match serde_json::from_slice::<ReviewRequest>(request) {
        Ok(request) => review(request.record, request.draft, &request.today, settings),
        Err(error) => ReviewOutcome::Unreadable { code: REQUEST_UNREADABLE, message: error.to_string() },
    };
    to_bytes(&outcome)
}

/// Reviews many opportunities in one call. Takes and gives UTF-8 JSON; never fails.
pub fn review_all_bytes(request: &[u8], settings: &Settings) -> Vec<u8> {
    let outcome = match serde_json::from_slice::<BatchRequest>(request) {
        Ok(batch) => BatchOutcome::Reviewed {
            reviews: batch.records.into_iter().map(|record| review(record, Map::new(), &batch.today, settings)).collect(),
        },
        Err(error) => BatchOutcome::Unreadable { code: REQUEST_UNREADABLE, message: error.to_string() },
    };
    to_bytes(&outcome)
}

/// Reviews one record with its unsaved edits.
pub fn review(record: Value, draft: Map<String, Value>, today: &str, settings: &Settings) -> ReviewOutcome {
    match try_review(record, draft, today, settings) {
        Ok(review) => ReviewOutcome::Reviewed(Box::new(review)),
        Err(error) => ReviewOutcome::Unreadable { code: RECORD_UNREADABLE, message: error.detail },
    }
}

fn try_review(mut record: Value, draft: Map<String, Value>, today: &str, settings: &Settings) -> Result<Review, Unreadable> {
    let today =
        salesforce::parse_date(today).ok_or_else(|| Unreadable { detail: format!("today is not YYYY-MM-DD: {today}") })?;
    let saved = salesforce::read(&record, settings)?;
    let opportunity = match record.as_object_mut() {
        Some(fields) if !draft.is_empty() => {
            fields.extend(draft);
            salesforce::read(&record, settings)?
        }
        _ => saved.clone(),
    };
    let sent = sent(&saved);
    let findings = validate::findings(&Case { opportunity: &opportunity, sent: sent.as_ref(), settings, today });
    let blocking = validate::blocking(&findings);
    Ok(Review {
        deal_type: opportunity.deal_type(),
        ready: blocking == 0,
        blocking,
        warnings: findings.len() - blocking,
        shared: sent.is_some(),
        findings: message::localize(findings, &settings.locale),
        preview: map::preview(&opportunity),
    })
}

/// What the saved record says that Microsoft was given: the deal type that came back from Partner Center, not the checkbox,
/// which somebody may have unticked since.
fn sent(saved: &Opportunity) -> Option<Sent> {
    saved.link.referral_id.as_ref()?;
    let visible = match &saved.link.deal_type {
        Some(deal_type) => deal_type != DealType::Private.api_value(),
        None => saved.visible,
    };
    Some(Sent { visible: visible || saved.link.microsoft_status.is_some() })
}

fn to_bytes<T: Serialize>(outcome: &T) -> Vec<u8> {
    // Every type above serialises: no maps with keys that are not text, no failing implementations.
    serde_json::to_vec(outcome).unwrap_or_default()
}
