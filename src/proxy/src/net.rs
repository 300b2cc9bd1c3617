//! One way to call upstream: own trust anchors, timeouts, bounded answers, no redirects, and errors that say whether the
//! request can have had an effect. It must not know which service it calls.

use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;
use reqwest::{Certificate, Client, RequestBuilder, StatusCode, redirect};

use crate::config::{Config, ConfigError};

/// Builds the client that all upstream calls share.
pub fn client(config: &Config) -> Result<Client, ConfigError> {
    let key = "tls.trust_anchors";
    let mut anchors = Vec::new();
    for path in &config.tls.trust_anchors {
        let pem = std::fs::read(path).map_err(|cause| ConfigError::File { key: key.to_owned(), path: path.clone(), cause })?;
        let found = Certificate::from_pem_bundle(&pem)
            .map_err(|_| ConfigError::invalid(key, format!("{path} holds no PEM certificate")))?;
        anchors.extend(found);
    }
    Client::builder()
        .tls_certs_merge(anchors)
        .https_only(true)
        // A redirect would carry a credential to an address that nobody configured.
        .redirect(redirect::Policy::none())
        // Whether a call may be sent again is decided by the reconciler, which looks first.
        .retry(reqwest::retry::never())
        .connect_timeout(config.http.connect_timeout)
        .timeout(config.http.timeout)
        // Shorter than what servers keep open, so that a write seldom meets a connection that is just being closed.
        .pool_idle_timeout(Duration::from_secs(20))
        .user_agent(concat!("Cosell/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|cause| ConfigError::invalid(key, cause.to_string()))
}

/// An answer that was read to its end.
#[derive(Debug)]
pub struct Answer {
    /// HTTP status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// The body, at most as long as the caller allowed.
    pub body: Vec<u8>,
}

impl Answer {
    /// The body as JSON, or `None` when it is something else.
    #[must_use]
    pub fn json(&self) -> Option<serde_json::Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// A header as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The request never left: no connection could be made.
    #[error("no connection: {0}")]
    NotSent(String),
    /// The request may have had its effect; nobody told us.
    #[error("no answer: {0}")]
    Unclear(String),
    /// There is an answer, longer than allowed.
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
}

/// Sends a request and reads the whole answer, of at most `limit` bytes. `service` is a name for the log.
pub async fn send(service: &'static str, request: RequestBuilder, limit: usize) -> Result<Answer, CallError> {
    let (client, request) = request.build_split();
    let request = request.map_err(|cause| CallError::NotSent(describe(cause)))?;
    // The path names the resource; the query can hold data, headers hold credentials: neither is logged.
    let (method, path) = (request.method().clone(), request.url().path().to_owned());
    let started = Instant::now();
    let outcome = execute(&client, request, limit).await;
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    match &outcome {
        Ok(answer) => tracing::debug!(service, %method, path, status = answer.status.as_u16(), milliseconds, "upstream answered"),
        Err(error) => tracing::warn!(service, %method, path, milliseconds, %error, "upstream did not answer"),
    }
    outcome
}

async fn execute(client: &Client, request: reqwest::Request, limit: usize) -> Result<Answer, CallError> {
    let mut response = client.execute(request).await.map_err(classify)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|cause| CallError::Unclear(describe(cause)))? {
        if body.len().saturating_add(chunk.len()) > limit {
            return Err(CallError::TooLong(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, headers, body })
}

fn classify(cause: reqwest::Error) -> CallError {
    if cause.is_connect() || cause.is_builder() {
        CallError::NotSent(describe(cause))
    } else {
        CallError::Unclear(describe(cause))
    }
}

/// The whole chain of causes: the outermost says little ("error sending request").
fn describe(cause: reqwest::Error) -> String {
    let cause = cause.without_url();
    let mut text = cause.to_string();
    let mut next = std::error::Error::source(&cause);
    while let Some(inner) = next {
        text = format!("{text}: {inner}");
        next = inner.source();
    }
    text
}
