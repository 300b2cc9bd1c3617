//! One way to call upstream: own trust anchors, timeouts, bounded answers, no redirects, and errors that say whether the
//! request can have had an effect. It must not know which service it calls.

use std::fmt;
use std::future::Future;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;
use reqwest::{Certificate, Client, ClientBuilder, IntoUrl, Method, RequestBuilder, StatusCode, redirect};

use crate::config::{Config, ConfigError};

const ANCHORS: &str = "tls.trust_anchors";

/// Carries a request to its service and the answer back. In a proxy that serves, a client of TCP and TLS; a test may put
/// another world behind it.
pub trait Transport: Send + Sync + fmt::Debug {
    /// Carries one request. The answer is read to its end, which may be `limit` bytes away at most.
    fn execute(&self, request: reqwest::Request, limit: usize) -> Carried<'_>;
}

/// A request on its way.
pub type Carried<'a> = Pin<Box<dyn Future<Output = Result<Answer, CallError>> + Send + 'a>>;

impl Transport for Client {
    fn execute(&self, request: reqwest::Request, limit: usize) -> Carried<'_> {
        Box::pin(execute(self, request, limit))
    }
}

/// What all upstream calls share. Clones are the same.
#[derive(Clone, Debug)]
pub struct Http {
    /// Builds requests.
    client: Client,
    transport: Arc<dyn Transport>,
}

impl From<Client> for Http {
    fn from(client: Client) -> Self {
        Self::over(client.clone(), Arc::new(client))
    }
}

impl Http {
    /// Requests that `client` builds and `transport` carries.
    #[must_use]
    pub fn over(client: Client, transport: Arc<dyn Transport>) -> Self {
        Self { client, transport }
    }

    /// Begins a request; [`Http::send`] sends it.
    pub fn request(&self, method: Method, url: impl IntoUrl) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// Begins a POST request; [`Http::send`] sends it.
    pub fn post(&self, url: impl IntoUrl) -> RequestBuilder {
        self.request(Method::POST, url)
    }

    /// Sends a request and reads the whole answer, of at most `limit` bytes. `service` is a name for the log.
    pub async fn send(&self, service: &'static str, request: RequestBuilder, limit: usize) -> Result<Answer, CallError> {
        let request = request.build().map_err(|cause| CallError::NotSent(describe(cause)))?;
        // The path names the resource; the query can hold data, headers hold credentials: neither is logged.
        let (method, path) = (request.method().clone(), request.url().path().to_owned());
        let started = Instant::now();
        let outcome = self.transport.execute(request, limit).await;
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        // A failure is logged once, by whoever decides what it means.
        match &outcome {
            Ok(answer) => {
                let status = answer.status.as_u16();
                tracing::debug!(service, %method, path, status, milliseconds, "upstream answered");
            }
            Err(error) => tracing::debug!(service, %method, path, milliseconds, %error, "upstream did not answer"),
        }
        outcome
    }
}

/// Builds the client that all upstream calls share.
pub fn client(config: &Config) -> Result<Http, ConfigError> {
    let client = builder(config)?.build().map_err(|cause| ConfigError::invalid(ANCHORS, cause))?;
    Ok(client.into())
}

/// What every client has in common.
pub(crate) fn builder(config: &Config) -> Result<ClientBuilder, ConfigError> {
    let builder = Client::builder()
        .tls_certs_merge(trust_anchors(&config.tls.trust_anchors)?)
        .https_only(true)
        // A redirect would carry a credential to an address that nobody configured.
        .redirect(redirect::Policy::none())
        // Whether a call may be sent again is decided by the reconciler, which looks first.
        .retry(reqwest::retry::never())
        .connect_timeout(config.http.connect_timeout)
        .timeout(config.http.timeout)
        // Shorter than what servers keep open, so that a write seldom meets a connection that is just being closed.
        .pool_idle_timeout(Duration::from_secs(20))
        .user_agent(concat!("Cosell/", env!("CARGO_PKG_VERSION")));
    Ok(builder)
}

/// The certificates in these files.
fn trust_anchors(paths: &[String]) -> Result<Vec<Certificate>, ConfigError> {
    let mut anchors = Vec::new();
    for path in paths {
        let text = std::fs::read(path).map_err(|cause| ConfigError::file(ANCHORS, Path::new(path), &cause))?;
        // A file without any is no error to the reader of bundles, and the service behind it would not be trusted.
        let found = Certificate::from_pem_bundle(&text).unwrap_or_default();
        if found.is_empty() {
            return Err(ConfigError::invalid(ANCHORS, format_args!("{path} holds no certificate (-----BEGIN CERTIFICATE-----)")));
        }
        anchors.extend(found);
    }
    Ok(anchors)
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

#[cfg(test)]
mod tests {
    use super::trust_anchors;
    use crate::store::tests::Directory;
    use crate::token::tests::ORG;

    #[test]
    fn a_trust_anchor_is_a_certificate_and_a_file_without_any_is_refused() {
        let directory = Directory::new();
        let twice = ORG.certificate.repeat(2);
        let cases = [(ORG.certificate.as_str(), Some(1)), (&twice, Some(2)), (&ORG.private_key, None), ("", None), ("DER", None)];
        for (text, count) in cases {
            let path = directory.file("ca.pem", text);
            let found = trust_anchors(std::slice::from_ref(&path)).map(|found| found.len()).map_err(|error| error.to_string());
            let refused = format!("tls.trust_anchors is not usable: {path} holds no certificate (-----BEGIN CERTIFICATE-----).");
            assert_eq!(found, count.ok_or(refused));
        }
    }
}
