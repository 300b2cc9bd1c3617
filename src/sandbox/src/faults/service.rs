//! The layer in front of an upstream service: logs the call, applies the fault it meets, and passes the rest through.
//!
//! It is a service of its own instead of an axum middleware because of one effect: an axum handler must always answer,
//! whereas an error from the outermost service makes hyper close the connection without a byte, which is what a client
//! sees when a server dies.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use axum::Router;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::http::{HeaderName, HeaderValue, Request, Response, StatusCode, header};
use tokio::sync::watch;
use tower::{Service, ServiceExt};

use super::log::Arrival;
use super::{Effect, Faults, Hold, LetGo, UpstreamService, When};

/// The largest body taken; Salesforce's own limit for a request is 50 MB, ours need a thousandth.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// The connection is to be closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is closed without an answer")]
pub(crate) struct Dropped;

/// An upstream service under faults.
#[derive(Clone)]
pub(crate) struct FaultyService {
    service: UpstreamService,
    faults: Arc<Faults>,
    inner: Router,
}

impl FaultyService {
    /// Puts the faults in front of a service.
    pub(crate) fn new(service: UpstreamService, faults: Arc<Faults>, inner: Router) -> Self {
        Self { service, faults, inner }
    }
}

impl<B> Service<Request<B>> for FaultyService
where
    B: HttpBody<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    type Response = Response<Body>;
    type Error = Dropped;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Dropped>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Dropped>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let method = request.method().as_str().to_owned();
        let path = request.uri().path_and_query().map_or_else(String::new, ToString::to_string);
        // Noted and decided here and not in the future, so that the order is that of arrival.
        let release = self.faults.holds.watch();
        let arrival = self.faults.log.arrive(self.service, &method, &path);
        let effect = self.faults.list.next(self.service, &method, &path);
        let call = Call {
            faults: Arc::clone(&self.faults),
            inner: self.inner.clone(),
            hold: Hold { seq: arrival.seq, service: self.service, method, path, when: When::Before },
            release,
        };
        Box::pin(call.answer(request.map(Body::new), effect, arrival))
    }
}

/// One call on its way through.
struct Call {
    faults: Arc<Faults>,
    inner: Router,
    hold: Hold,
    release: watch::Receiver<LetGo>,
}

impl Call {
    async fn answer(self, request: Request<Body>, effect: Option<Effect>, arrival: Arrival) -> Result<Response<Body>, Dropped> {
        match self.suffer(request, effect).await {
            Ok(response) => {
                arrival.answered(response.status().as_u16());
                Ok(response)
            }
            Err(dropped) => {
                arrival.dropped();
                Err(dropped)
            }
        }
    }

    async fn suffer(mut self, request: Request<Body>, effect: Option<Effect>) -> Result<Response<Body>, Dropped> {
        // The whole body first: a client that leaves later has sent all it had to say, as over a real network.
        let (head, body) = request.into_parts();
        let Ok(body) = to_bytes(body, LARGEST_BODY).await else { return Err(Dropped) };
        let request = Request::from_parts(head, Body::from(body));
        match effect {
            None => self.commit(request).await,
            Some(Effect::Status { status, headers, body, when }) => {
                if when == When::After {
                    self.commit(request).await?;
                }
                Ok(canned(status, &headers, body.as_ref()))
            }
            Some(Effect::Malformed) => {
                self.commit(request).await?;
                Ok(not_json())
            }
            Some(Effect::Delay { milliseconds, when: When::Before }) => {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                self.commit(request).await
            }
            Some(Effect::Delay { milliseconds, when: When::After }) => {
                let response = self.commit(request).await;
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                response
            }
            Some(Effect::Drop { when }) => {
                if when == When::After {
                    self.commit(request).await?;
                }
                Err(Dropped)
            }
            Some(Effect::Hold { when: When::Before }) => {
                self.held(When::Before).await?;
                self.commit(request).await
            }
            Some(Effect::Hold { when: When::After }) => {
                let response = self.commit(request).await;
                self.held(When::After).await?;
                response
            }
        }
    }

    /// Announces the call and keeps it until it is let go. A release since its arrival counts.
    async fn held(&mut self, when: When) -> Result<(), Dropped> {
        if !self.release.has_changed().unwrap_or(true) {
            self.hold.when = when;
            self.faults.holds.announce(self.hold.clone());
            // An error says that the faults themselves are gone: the process is ending.
            let _ = self.release.changed().await;
        }
        match *self.release.borrow() {
            LetGo::Dropped => Err(Dropped),
            LetGo::GoOn => Ok(()),
        }
    }

    /// Runs the operation to its end, in a task of its own: a client that goes away does not undo what it has asked.
    async fn commit(&self, request: Request<Body>) -> Result<Response<Body>, Dropped> {
        let inner = self.inner.clone();
        let task = tokio::spawn(async move { inner.oneshot(request).await });
        match task.await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(never)) => match never {},
            // The operation panicked: a real server would lose the connection too.
            Err(_) => Err(Dropped),
        }
    }
}

fn canned(status: u16, headers: &std::collections::BTreeMap<String, String>, body: Option<&serde_json::Value>) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(body) = body {
        *response.body_mut() = Body::from(body.to_string());
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// 200 and JSON by its header, cut off in the middle.
fn not_json() -> Response<Body> {
    let mut response = Response::new(Body::from(r#"{"id":"#));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
#[path = "service_tests.rs"]
mod tests;
