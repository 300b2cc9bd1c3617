//! The seller API over HTTP, and where events arrive. It must not know Salesforce or Partner Center; it knows tokens, origins and
//! answers.

mod admin;
mod attention;
mod decision;
mod guard;
mod language;
mod problem;
mod routes;
#[cfg(test)]
mod tests;
mod webhooks;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::routing::{get, post};
use axum::{Router, middleware};
use tokio::sync::mpsc;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::clock::Clock;
use crate::config;
use crate::health::Health;
use crate::reconciler::Reconciler;
use crate::registration::Registrar;
use crate::store::Store;
use crate::token::Verifier;
use crate::webhook::Receiver;
pub(crate) use problem::Problem;

/// What the routes need.
#[derive(Debug)]
pub struct Api {
    /// Checks the tokens of sellers.
    pub verifier: Verifier,
    /// Does the work.
    pub reconciler: Arc<Reconciler>,
    /// Takes events; `None` while webhooks are off.
    pub receiver: Option<Receiver>,
    /// Largest event, bytes.
    pub webhook_body_limit: usize,
    /// Registers for events; `None` while webhooks are off.
    pub registrar: Option<Arc<Registrar>>,
    /// Says how the connections stand.
    pub health: Health,
    /// Asked whether it is ready.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// `[server]` of the configuration.
    pub server: Arc<config::Server>,
    /// Held by every run, so that a stop can wait for them.
    pub running: mpsc::Sender<()>,
}

/// All routes with everything that goes before them.
pub fn router(api: Api) -> Router {
    let server = Arc::clone(&api.server);
    let cors = cors(&server);
    let api = Arc::new(api);
    let sellers = Router::new()
        .route("/v1/opportunities/{id}", get(routes::read))
        .route("/v1/opportunities/{id}/reconcile", post(routes::reconcile))
        .route("/v1/admin/health", get(attention::health))
        .route("/v1/admin/attention", get(attention::attention))
        .route("/v1/admin/retry", get(attention::retrying).post(attention::retry))
        .route("/v1/admin/webhooks", get(admin::status).post(admin::register))
        .route("/v1/admin/webhooks/test", post(admin::test))
        .route("/v1/admin/webhooks/test/{id}", get(admin::delivery))
        .route("/v1/opportunities/{id}/decision", post(decision::decide))
        .route("/healthz", get(routes::healthz))
        .route("/readyz", get(routes::readyz))
        .fallback(routes::unknown)
        .method_not_allowed_fallback(routes::wrong_method)
        .with_state(Arc::clone(&api))
        // The guard only sees the length that is announced.
        .layer(DefaultBodyLimit::max(server.body_limit_bytes))
        .layer(cors)
        .layer(middleware::from_fn_with_state(server, guard::origin));
    // No page ever calls this: it has a proof of its own in place of an origin, and a limit of its own.
    let events = Router::new()
        .route("/webhooks/partner-center", post(webhooks::receive))
        .method_not_allowed_fallback(routes::wrong_method)
        .with_state(api);
    events.merge(sellers).layer(middleware::from_fn(guard::trace))
}

/// Answers preflights, and tells browsers that the exact origins of the org may read our answers.
fn cors(server: &config::Server) -> CorsLayer {
    let origins = server.allowed_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::ACCEPT_LANGUAGE])
        .expose_headers([header::RETRY_AFTER, HeaderName::from_static("x-request-id")])
        .max_age(server.preflight_max_age)
}
