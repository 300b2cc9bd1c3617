//! The Referrals API (Microsoft Learn, "Referral resources" and its operations). It must not know when a referral is wanted.
//!
//! Addresses are always built from the configured base: `links` and `@odata.nextLink` of an answer are never followed, of the
//! latter only the skip token is taken.

mod all;
mod error;
mod gate;
mod registration;
mod service;

use std::sync::Arc;

use cosell_rules::referral::Referral;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

pub use all::Direction;
pub use error::PartnerCenterError;
pub use registration::{Attempt, Delivery, Registration, Registrations};

use crate::clock::Clock;
use crate::config::{self, ConfigError, https_url};
use crate::entra::Entra;
use crate::net::{Answer, Http};
use crate::wire_time;
use error::Effect;
use gate::Gate;
use service::{Service, json_body};

const REFERRALS: [&str; 3] = ["v1.0", "engagements", "referrals"];

/// The client of the Referrals API.
#[derive(Debug)]
pub struct PartnerCenter {
    service: Service,
    max_pages: usize,
}

/// What a search among our own recent referrals came to.
#[derive(Debug)]
pub enum Search {
    /// Read back to the time asked for: what is not here does not exist.
    Complete(Vec<Referral>),
    /// There was more than may be read; what was looked for may be further back.
    Unfinished(Vec<Referral>),
}

/// A page of the referrals that changed last.
#[derive(Debug)]
pub struct Page {
    /// Newest change first.
    pub referrals: Vec<Referral>,
    /// What the next page is asked for with; `None` after the last one.
    pub next: Option<String>,
}

impl PartnerCenter {
    /// Prepares the client; nothing is called yet.
    pub fn new(
        config: &config::PartnerCenter,
        http: Http,
        clock: Arc<dyn Clock>,
        entra: Arc<Entra>,
    ) -> Result<Self, ConfigError> {
        let service = Service {
            name: "partnerCenter",
            http,
            clock,
            entra,
            gate: Gate::default(),
            base: https_url("partner_center.base_url", &config.base_url)?,
            resource: config.resource.clone(),
            limit: config.response_limit_bytes,
        };
        Ok(Self { service, max_pages: config.max_pages })
    }

    /// Whether a call could be made now: no pause is asked for, and there is a token. Asked before an intent is stored, so
    /// that a create which could not even be sent leaves nothing to be looked for.
    pub async fn ready(&self) -> Result<(), PartnerCenterError> {
        self.service.ready().await
    }

    /// Where the API is.
    #[must_use]
    pub fn address(&self) -> String {
        self.service.base.origin().ascii_serialization()
    }

    /// Reads the shortest list there is, to see whether the API lets us.
    pub async fn knock(&self) -> Result<(), PartnerCenterError> {
        self.page(&[("$top", "1")]).await.map(drop)
    }

    /// Creates a referral from a JSON document, unless it is later than `in_time` by now: then nothing is sent. The caller has stored
    /// its intent before: after [`PartnerCenterError::Unclear`] it must look.
    pub async fn create(&self, document: &str, in_time: OffsetDateTime) -> Result<Referral, PartnerCenterError> {
        let create = |request: RequestBuilder| self.in_time(in_time).map(|()| json_body(request, document));
        let answer = self.call(Method::POST, &[], &[], Effect::Twice, create).await?;
        let referral = read_referral(answer.json(), Effect::Twice)?;
        tracing::info!(referral = referral.id, engagement = referral.engagement_id, "created a referral");
        Ok(referral)
    }

    /// One referral by its id; `None` when there is none, or none that the account may see.
    pub async fn get(&self, id: &str) -> Result<Option<Referral>, PartnerCenterError> {
        match self.call(Method::GET, &[id], &[], Effect::Once, Ok).await {
            Ok(answer) => read_referral(answer.json(), Effect::Once).map(Some),
            Err(PartnerCenterError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// All referrals of an engagement that the account may see: ours and its siblings.
    pub async fn engagement(&self, id: &str) -> Result<Vec<Referral>, PartnerCenterError> {
        // The id stands between quotes in a filter; what is no GUID cannot be an engagement.
        let id = Uuid::parse_str(id).map_err(|_| PartnerCenterError::Unreadable("the engagement id is not a GUID".to_owned()))?;
        let filter = format!("engagementId eq '{id}'");
        match self.pages(&[("$filter", &filter)], |_| true).await? {
            Search::Complete(referrals) => Ok(referrals),
            Search::Unfinished(_) => {
                Err(PartnerCenterError::Unreadable("an engagement with more pages than are read".to_owned()))
            }
        }
    }

    /// Our own referrals that were created at `since` or later, newest first.
    pub async fn own_since(&self, since: OffsetDateTime) -> Result<Search, PartnerCenterError> {
        let query = [("$filter", "direction eq 'Outgoing'"), ("$orderby", "createdDateTime desc")];
        // A referral without a readable date is kept: it may be the one.
        let recent = move |referral: &Referral| created(referral).is_none_or(|created| created >= since);
        self.pages(&query, recent).await
    }

    /// How many pages of a list may be read at once.
    #[must_use]
    pub fn most_pages(&self) -> usize {
        self.max_pages
    }

    /// All referrals that the account may see, whoever sent them, newest change first: the first page, or the one that `next` of the
    /// page before asks for.
    pub async fn changed(&self, next: Option<&str>) -> Result<Page, PartnerCenterError> {
        let order = [("$orderby", "updatedDateTime desc")];
        let query: Vec<_> = order.into_iter().chain(next.map(|token| ("$skiptoken", token))).collect();
        self.page(&query).await.map(|(page, _)| page)
    }

    /// Changes a referral by a JSON Patch, unless somebody else did since the version that it was made from, and unless it is later
    /// than `in_time` by now: then nothing is sent.
    pub async fn patch(
        &self,
        id: &str,
        if_match: Option<&str>,
        operations: &str,
        in_time: OffsetDateTime,
    ) -> Result<(), PartnerCenterError> {
        let change = |request: RequestBuilder| {
            self.in_time(in_time)?;
            let request = json_body(request, operations);
            Ok(match if_match {
                Some(version) => request.header("If-Match", version),
                None => request,
            })
        };
        self.call(Method::PATCH, &[id], &[], Effect::Once, change).await.map(drop)
    }

    /// Asked when nothing is left to wait for before a request leaves: whoever stood still until then may be about to send what is out
    /// of date.
    fn in_time(&self, in_time: OffsetDateTime) -> Result<(), PartnerCenterError> {
        if self.service.clock.now() <= in_time {
            return Ok(());
        }
        let detail = "this process stood still, and what it was about to send may be out of date".to_owned();
        Err(PartnerCenterError::Unavailable { after: None, detail })
    }

    /// Reads a list page by page, as long as everything on a page passes `keep`.
    async fn pages(&self, query: &[(&str, &str)], keep: impl Fn(&Referral) -> bool) -> Result<Search, PartnerCenterError> {
        let mut found = Vec::new();
        let mut all_read = true;
        let mut skip_token: Option<String> = None;
        for _ in 0..self.max_pages {
            let mut query = query.to_vec();
            if let Some(token) = &skip_token {
                query.push(("$skiptoken", token));
            }
            let (page, is_whole) = self.page(&query).await?;
            all_read &= is_whole;
            let on_page = page.referrals.len();
            let before = found.len();
            found.extend(page.referrals.into_iter().filter(&keep));
            let older_begins = found.len() - before < on_page;
            skip_token = page.next;
            if older_begins || skip_token.is_none() {
                return Ok(if all_read { Search::Complete(found) } else { Search::Unfinished(found) });
            }
        }
        Ok(Search::Unfinished(found))
    }

    /// One page of a list, and whether everything on it could be read.
    async fn page(&self, query: &[(&str, &str)]) -> Result<(Page, bool), PartnerCenterError> {
        let answer = self.call(Method::GET, &[], query, Effect::Once, Ok).await?;
        let page = answer.json().unwrap_or_default();
        let Some(rows) = page.get("value").and_then(Value::as_array) else {
            return Err(PartnerCenterError::Unreadable("a list without a value".to_owned()));
        };
        let mut referrals = Vec::new();
        for row in rows {
            match read_referral(Some(row.clone()), Effect::Once) {
                Ok(referral) => referrals.push(referral),
                // One odd row must not hide the others; but it may be the one that is looked for.
                Err(error) => tracing::warn!(%error, "a referral in a list was left out"),
            }
        }
        let is_whole = referrals.len() == rows.len();
        let next = page.get("@odata.nextLink").and_then(Value::as_str).and_then(skip_token_of);
        Ok((Page { referrals, next }, is_whole))
    }

    async fn call(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        effect: Effect,
        complete: impl Fn(RequestBuilder) -> Result<RequestBuilder, PartnerCenterError>,
    ) -> Result<Answer, PartnerCenterError> {
        let path: Vec<&str> = REFERRALS.iter().chain(path).copied().collect();
        self.service.call(method, &path, query, effect, complete).await
    }
}

/// Reads a referral leniently: what we don't know is left aside.
fn read_referral(document: Option<Value>, effect: Effect) -> Result<Referral, PartnerCenterError> {
    let referral = document.and_then(|document| Referral::try_from(document).ok());
    referral
        .filter(|referral| !referral.id.is_empty() && !referral.engagement_id.is_empty())
        .ok_or_else(|| PartnerCenterError::unreadable("not a referral with its id and its engagement".to_owned(), effect))
}

fn created(referral: &Referral) -> Option<OffsetDateTime> {
    wire_time::read(referral.created_date_time.as_deref()?)
}

/// The skip token of a next link, whatever its host and path say: they are documented with http and a wrong path.
fn skip_token_of(link: &str) -> Option<String> {
    let (_, query) = link.split_once('?')?;
    url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name.eq_ignore_ascii_case("$skiptoken"))
        .map(|(_, token)| token.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_a_next_link_only_the_skip_token_is_taken() {
        let cases = [
            ("http://elsewhere.example/v1.0/referrals?$skiptoken=a%2Bb%3D", Some("a+b=")),
            ("https://api.partner.microsoft.com/v1.0/engagements/referrals?$top=10&%24skiptoken=x", Some("x")),
            ("?$SkipToken=y", Some("y")),
            ("https://api.partner.microsoft.com/v1.0/engagements/referrals", None),
            ("?$skip=100", None),
        ];
        for (link, token) in cases {
            assert_eq!(skip_token_of(link).as_deref(), token, "{link}");
        }
    }

    #[test]
    fn a_referral_is_read_with_nulls_and_unknown_parts() {
        let document = json!({
            "id": "7c1e0000-0000-4000-8000-000000000001", "engagementId": "7c1e0000-0000-4000-8000-000000000002",
            "status": "New", "substatus": null, "target": null, "consent": { "consentToContact": null }, "expirationDateTime": null,
            "eTag": "\"1\"", "links": { "self": { "uri": "https://elsewhere.example" } }, "quality": "Unknown"
        });
        let referral = read_referral(Some(document), Effect::Once).unwrap();
        assert_eq!((referral.status.as_str(), referral.e_tag.as_deref()), ("New", Some("\"1\"")));
        for broken in [json!({}), json!([]), json!({ "id": "x" }), json!({ "id": 7, "engagementId": "y" })] {
            assert!(
                matches!(read_referral(Some(broken.clone()), Effect::Twice), Err(PartnerCenterError::Unclear { .. })),
                "{broken}"
            );
        }
    }
}
