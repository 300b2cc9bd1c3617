//! Partner Center: the Referrals API of a partner, written from Microsoft's published pages (Microsoft Learn, "Partner
//! Center referrals API") and knowing nothing of Salesforce, of Cosell's rules or of the proxy. What those pages leave
//! open is decided here in the stricter sense.

mod codes;
mod create;
mod document;
mod error;
mod gate;
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
use std::sync::atomic::{AtomicU16, Ordering};

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::clock::{Clock, seven_digits};
use crate::entra::Entra;
use crate::locked::Locked;
use document::{Document, text};
use store::Store;

pub(crate) use error::ApiError;
pub(crate) use seller::{Answer, CannotAnswer};

/// The service.
pub(crate) struct PartnerCenter {
    store: Locked<Store>,
    clock: Clock,
    entra: Arc<Entra>,
    /// Where it is served: the root of the links it gives.
    base: String,
    /// 200 by the swagger of the certified connector, 201 by the general list of status codes.
    create_status: AtomicU16,
    /// Every patch that was asked for, whatever came of it.
    patches: Locked<Vec<Value>>,
}

impl PartnerCenter {
    /// An empty one, served at `base` (no slash at the end), that takes the tokens of `entra`.
    pub(crate) fn new(entra: Arc<Entra>, clock: Clock, base: String) -> Self {
        let create_status = AtomicU16::new(StatusCode::OK.as_u16());
        Self { store: Locked::default(), clock, entra, base, create_status, patches: Locked::default() }
    }

    /// Without referrals, and with the switches as at the start.
    pub(crate) fn reset(&self) {
        *self.store.lock() = Store::default();
        self.forget_patches();
        self.create_status.store(StatusCode::OK.as_u16(), Ordering::SeqCst);
    }

    /// All referrals as they are, oldest first.
    pub(crate) fn referrals(&self) -> Vec<Value> {
        self.store.lock().all().iter().cloned().map(Value::Object).collect()
    }

    /// Microsoft's seller answers.
    pub(crate) fn answer(&self, id: &str, answer: Answer) -> Result<Value, CannotAnswer> {
        let now = self.now();
        seller::answer(&mut self.store.lock(), id, answer, &now).map(Value::Object)
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

    /// Lets that many lists be answered with the referrals as they are now. Reading a referral by its id is never stale.
    pub(crate) fn make_lists_stale(&self, lists: u32) {
        self.store.lock().make_stale(lists);
    }

    /// Creates that many referrals that have nothing to do with anybody here, newest last.
    pub(crate) fn seed(&self, count: u16) -> Result<Vec<Value>, ApiError> {
        (1..=count).map(|number| self.create(seed::deal(number)).map(Value::Object)).collect()
    }

    fn now(&self) -> String {
        seven_digits(self.clock.now())
    }

    fn create(&self, sent: Value) -> Result<Document, ApiError> {
        create::create(&mut self.store.lock(), sent, self.clock.now(), &self.base)
    }

    fn patch(&self, id: &str, if_match: Option<&str>, patch: Value) -> Result<Document, ApiError> {
        let now = self.now();
        let mut store = self.store.lock();
        let before = store.get(id).ok_or_else(ApiError::not_found)?;
        // What a partner may change on Microsoft's own referral is not documented: nothing.
        if create::is_microsofts(before) {
            return Err(ApiError::denied("Unauthorized referral access"));
        }
        if if_match.is_some_and(|tag| tag != "*" && tag != text(before, &["eTag"])) {
            return Err(ApiError::precondition());
        }
        let after = patch::apply(before, patch, &now)?;
        Ok(store.replace(after, &now))
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
    let mut store = service.store.lock();
    list::page(store.listed(), &query.unwrap_or_default(), host(&headers)).map(Json)
}

async fn create(State(service): Service, headers: HeaderMap, body: Bytes) -> Result<Response, ApiError> {
    let created = service.create(json_body(&headers, &body)?)?;
    let status = StatusCode::from_u16(service.create_status.load(Ordering::SeqCst)).unwrap_or(StatusCode::OK);
    Ok(representation(status, &headers, created))
}

async fn read(State(service): Service, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, ApiError> {
    let found = service.store.lock().get(&id).cloned().ok_or_else(ApiError::not_found)?;
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
