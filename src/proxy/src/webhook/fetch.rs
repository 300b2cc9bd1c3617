//! Fetching a certificate over https: bounded in time and size, without redirects and without credentials. It must not know
//! whether the certificate is any good.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use reqwest::{Method, StatusCode};
use url::Url;

use super::address::PublicAddresses;
use crate::config::{Config, ConfigError};
use crate::net::{self, CallError, Http};

/// Why there is no file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// No answer, or one that says later.
    #[error("{0}")]
    Later(String),
    /// An answer that is no certificate file.
    #[error("{0}")]
    Never(String),
}

/// What a fetch will come to.
pub type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Vec<u8>, FetchError>> + Send + 'a>>;

/// Fetches the file at an address, which has been admitted.
pub trait Fetch: Send + Sync + fmt::Debug {
    /// The bytes of the file.
    fn fetch<'a>(&'a self, url: &'a Url) -> Fetching<'a>;
}

/// Over https.
#[derive(Debug)]
pub(super) struct HttpsFetch {
    http: Http,
    limit: usize,
}

impl HttpsFetch {
    pub(super) fn from_config(config: &Config) -> Result<Self, ConfigError> {
        let webhooks = &config.webhooks;
        let mut builder =
            net::builder(config)?.timeout(webhooks.certificate_timeout).connect_timeout(webhooks.certificate_timeout);
        if !webhooks.allow_private_certificate_hosts {
            // A proxy would resolve the name by itself, where nobody looks at the address.
            builder = builder.no_proxy().dns_resolver(Arc::new(PublicAddresses));
        }
        let client = builder.build().map_err(|cause| ConfigError::invalid("webhooks", cause))?;
        Ok(Self { http: client.into(), limit: webhooks.certificate_limit_bytes })
    }
}

impl Fetch for HttpsFetch {
    fn fetch<'a>(&'a self, url: &'a Url) -> Fetching<'a> {
        Box::pin(async move {
            match self.http.send("certificates", self.http.request(Method::GET, url.clone()), self.limit).await {
                Ok(answer) if answer.status == StatusCode::OK => Ok(answer.body),
                Ok(answer) if answer.status.is_server_error() || matches!(answer.status.as_u16(), 408 | 429) => {
                    Err(FetchError::Later(format!("status {}", answer.status)))
                }
                // A redirect is one of these.
                Ok(answer) => Err(FetchError::Never(format!("status {}", answer.status))),
                Err(error @ CallError::TooLong(_)) => Err(FetchError::Never(error.to_string())),
                Err(error) => Err(FetchError::Later(error.to_string())),
            }
        })
    }
}

#[cfg(test)]
mod tests;
