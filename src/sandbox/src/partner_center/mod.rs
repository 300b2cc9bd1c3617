//! Partner Center: the Referrals API of a partner, written from Microsoft's published pages (Microsoft Learn, "Partner
//! Center referrals API") and knowing nothing of Salesforce, of Cosell's rules or of the proxy. What those pages leave
//! open is decided here in the stricter sense.

mod codes;
mod create;
mod document;
mod error;
mod expiry;
mod gate;
mod inbound;
mod lifecycle;
mod list;
mod odata;
mod patch;
#[cfg(test)]
mod sample;
mod seed;
mod seller;
mod store;
mod validate;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use crate::chance::Ids;
use crate::clock::{Clock, seven_digits};
use crate::entra::Entra;
use crate::locked::Locked;
use crate::webhooks::Webhooks;
use document::{Document, text};
use store::Store;

pub use error::ApiError;
pub use inbound::{Inbound, Kind};
pub use seller::{Answer, CannotAnswer, Close, Reason};

/// The service.
pub(crate) struct PartnerCenter {
    store: Locked<Store>,
    clock: Clock,
    entra: Arc<Entra>,
    /// Where it is served: the root of the links it gives.
    base: String,
    /// 200 by the swagger of the certified connector, 201 by the general list of status codes.
    create_status: AtomicU16,
    /// Whether a step to Declined or Lost is refused without a reason, as the upload of a file refuses it.
    requires_reason: AtomicBool,
    /// Every patch that was asked for, whatever came of it.
    patches: Locked<Vec<Value>>,
    /// Who is told of changes.
    webhooks: Option<Arc<Webhooks>>,
}

impl PartnerCenter {
    /// An empty one, served at `base` (no slash at the end), that takes the tokens of `entra`.
    pub(crate) fn new(entra: Arc<Entra>, clock: Clock, base: String) -> Self {
        Self::with_ids(entra, clock, base, Ids::default())
    }

    /// One whose ids are made otherwise than by chance.
    pub(crate) fn with_ids(entra: Arc<Entra>, clock: Clock, base: String, ids: Ids) -> Self {
        let create_status = AtomicU16::new(StatusCode::OK.as_u16());
        Self {
            store: Locked::new(Store::new(ids)),
            clock,
            entra,
            base,
            create_status,
            requires_reason: AtomicBool::new(false),
            patches: Locked::default(),
            webhooks: None,
        }
    }

    /// The same, telling these webhooks of every change.
    pub(crate) fn announcing_to(self, webhooks: Arc<Webhooks>) -> Self {
        Self { webhooks: Some(webhooks), ..self }
    }

    /// Without referrals, and with the switches as at the start.
    pub(crate) fn reset(&self) {
        self.store.lock().clear();
        self.forget_patches();
        self.create_status.store(StatusCode::OK.as_u16(), Ordering::SeqCst);
        self.require_reasons(false);
    }

    /// Lets the clock do its work: what has waited too long expires. Every call does that too.
    pub(crate) fn tick(&self) {
        self.with_store(|_, _| ());
    }

    /// All referrals as they are, oldest first.
    pub(crate) fn referrals(&self) -> Vec<Value> {
        self.with_store(|store, _| store.all().iter().cloned().map(Value::Object).collect())
    }

    /// A referral comes to the partner. All that are new with it, the partner's own last.
    pub(crate) fn receive(&self, inbound: &Inbound) -> Vec<Value> {
        let received = self.with_store(|store, now| inbound::receive(store, inbound, now, &self.base));
        received.into_iter().map(Value::Object).collect()
    }

    /// Microsoft's seller answers.
    pub(crate) fn answer(&self, id: &str, answer: Answer) -> Result<Value, CannotAnswer> {
        self.with_store(|store, now| seller::answer(store, id, answer, &seven_digits(now))).map(Value::Object)
    }

    /// Microsoft's seller closes a deal that was accepted.
    pub(crate) fn close(&self, id: &str, how: Close) -> Result<Value, CannotAnswer> {
        self.with_store(|store, now| seller::close(store, id, how, &seven_digits(now))).map(Value::Object)
    }

    /// Microsoft writes what it knows the deal by, such as `microsoftMsxId`.
    pub(crate) fn track(&self, id: &str, tracking: Map<String, Value>) -> Result<Value, CannotAnswer> {
        self.with_store(|store, now| seller::track(store, id, tracking, &seven_digits(now))).map(Value::Object)
    }

    /// The patches that were asked for since they were forgotten last, oldest first: id, version and operations.
    pub(crate) fn patches(&self) -> Vec<Value> {
        self.patches.lock().clone()
    }

    /// Forgets the patches that were asked for.
    pub(crate) fn forget_patches(&self) {
        self.patches.lock().clear();
    }

    /// Somebody edits a referral in the portal: under the rules of a patch, of whatever version it is.
    pub(crate) fn edit(&self, id: &str, patch: Value) -> Result<Value, ApiError> {
        self.patch(id, None, patch).map(Value::Object)
    }

    /// Answers creates with 201 instead of 200, or with 200 again.
    pub(crate) fn create_answers_created(&self, created: bool) {
        let status = if created { StatusCode::CREATED } else { StatusCode::OK };
        self.create_status.store(status.as_u16(), Ordering::SeqCst);
    }

    /// Refuses, or no longer refuses, a step to Declined or Lost without a reason. The API's own pages do not ask for one.
    pub(crate) fn require_reasons(&self, required: bool) {
        self.requires_reason.store(required, Ordering::SeqCst);
    }

    /// Lets that many lists be answered with the referrals as they are now. Reading a referral by its id is never stale.
    pub(crate) fn make_lists_stale(&self, lists: u32) {
        self.store.lock().make_stale(lists);
    }

    /// Creates that many referrals that have nothing to do with anybody here, newest last.
    pub(crate) fn seed(&self, count: u16) -> Result<Vec<Value>, ApiError> {
        (1..=count).map(|number| self.create(seed::deal(number)).map(Value::Object)).collect()
    }

    /// Works on the referrals as they are by now, and tells of what has changed in the order in which it did.
    fn with_store<T>(&self, work: impl FnOnce(&mut Store, OffsetDateTime) -> T) -> T {
        let now = self.clock.now();
        let mut store = self.store.lock();
        expiry::expire(&mut store, now);
        let result = work(&mut store, now);
        let changes = store.take_changes();
        if let Some(webhooks) = &self.webhooks {
            for change in &changes {
                webhooks.announce(change);
            }
        }
        result
    }

    fn create(&self, sent: Value) -> Result<Document, ApiError> {
        self.with_store(|store, now| create::create(store, sent, now, &self.base))
    }

    /// A create without the detour over the API.
    #[cfg(test)]
    pub(crate) fn create_for_tests(&self, sent: Value) -> Value {
        self.create(sent).map(Value::Object).expect("a referral")
    }

    fn patch(&self, id: &str, if_match: Option<&str>, patch: Value) -> Result<Document, ApiError> {
        self.with_store(|store, now| {
            let now = seven_digits(now);
            let before = store.get(id).ok_or_else(ApiError::not_found)?;
            // What a partner may change on somebody else's referral is not documented: nothing.
            if !store::is_ours(before) {
                return Err(ApiError::denied("Unauthorized referral access"));
            }
            if if_match.is_some_and(|tag| tag != "*" && tag != text(before, &["eTag"])) {
                return Err(ApiError::precondition());
            }
            let after = patch::apply(before, patch, &now)?;
            if self.requires_reason.load(Ordering::SeqCst) && lifecycle::lacks_reason(&after) {
                return Err(ApiError::invalid("statusReason", "A referral that is declined or lost needs a reason."));
            }
            Ok(store.replace(after, &now))
        })
    }
}

/// Serves `/v1.0/engagements/referrals`. PUT is deprecated and refused; DELETE has never been there.
pub(crate) fn router(service: Arc<PartnerCenter>) -> Router {
    let refused = || async { ApiError::method() };
    let one = get(read).patch(update).fallback(refused);
    Router::new()
        .route("/v1.0/engagements/referrals", get(list).post(create).fallback(refused))
        .route("/v1.0/engagements/referrals/{id}", one.clone())
        // The swagger of the certified connector spells it with a slash.
        .route("/v1.0/engagements/referrals/{id}/", one)
        .fallback(|| async { ApiError::not_found() })
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&service), gate::gate))
        .with_state(service)
}

type Service = State<Arc<PartnerCenter>>;

async fn list(State(service): Service, RawQuery(query): RawQuery, headers: HeaderMap) -> Result<Json<Value>, ApiError> {
    service.with_store(|store, _| list::page(store.listed(), &query.unwrap_or_default(), host(&headers))).map(Json)
}

async fn create(State(service): Service, headers: HeaderMap, body: Bytes) -> Result<Response, ApiError> {
    let created = service.create(json_body(&headers, &body)?)?;
    let status = StatusCode::from_u16(service.create_status.load(Ordering::SeqCst)).unwrap_or(StatusCode::OK);
    Ok(representation(status, &headers, created))
}

async fn read(State(service): Service, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, ApiError> {
    let found = service.with_store(|store, _| store.get(&id).cloned()).ok_or_else(ApiError::not_found)?;
    Ok(representation(StatusCode::OK, &headers, found))
}

async fn update(State(service): Service, Path(id): Path<String>, headers: HeaderMap, body: Bytes) -> Result<Response, ApiError> {
    let if_match = headers.get(header::IF_MATCH).and_then(|value| value.to_str().ok());
    let operations = json_body(&headers, &body)?;
    service.patches.lock().push(json!({ "id": id, "ifMatch": if_match, "operations": operations }));
    let after = service.patch(&id, if_match, operations)?;
    let wants = headers
        .get_all("prefer")
        .iter()
        .any(|value| value.to_str().is_ok_and(|value| value.split(',').any(|part| part.trim() == "return=representation")));
    if wants {
        return Ok(representation(StatusCode::OK, &headers, after));
    }
    let mut response = StatusCode::NO_CONTENT.into_response();
    tag(&mut response, &after);
    Ok(response)
}

/// The referral with its `@odata.context` and, as a header, its version.
fn representation(status: StatusCode, headers: &HeaderMap, referral: Document) -> Response {
    let mut body = referral;
    body.insert("@odata.context".to_owned(), json!(format!("{}/$entity", list::context(host(headers)))));
    let mut response = (status, Json(&body)).into_response();
    tag(&mut response, &body);
    response
}

fn tag(response: &mut Response, referral: &Document) {
    if let Ok(tag) = HeaderValue::from_str(text(referral, &["eTag"])) {
        response.headers_mut().insert(header::ETAG, tag);
    }
}

fn host(headers: &HeaderMap) -> &str {
    headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost")
}

/// JSON Patch too travels as `application/json` here, not under its own media type.
fn json_body(headers: &HeaderMap, body: &[u8]) -> Result<Value, ApiError> {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(ApiError::media_type());
    }
    serde_json::from_slice(body).map_err(|error| ApiError::invalid("referral", format!("The body is not JSON: {error}.")))
}

#[cfg(test)]
mod tests;
