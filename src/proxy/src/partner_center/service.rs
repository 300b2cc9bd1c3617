//! What every call to an API of Microsoft's has in common: a token for its resource, taken anew once when it is refused, the
//! headers, the pause that was asked for, and errors sorted by what can be done about them. It must not know what is called.

use std::sync::Arc;

use reqwest::{Method, RequestBuilder, StatusCode};
use url::Url;
use uuid::Uuid;

use super::PartnerCenterError;
use super::error::Effect;
use super::gate::Gate;
use crate::clock::Clock;
use crate::entra::Entra;
use crate::net::{Answer, Http};

/// One API, on one host.
#[derive(Debug)]
pub(super) struct Service {
    /// For the log.
    pub(super) name: &'static str,
    pub(super) http: Http,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) entra: Arc<Entra>,
    pub(super) gate: Gate,
    pub(super) base: Url,
    pub(super) resource: String,
    pub(super) limit: usize,
}

impl Service {
    /// Whether a call could be made now: no pause is asked for, and there is a token.
    pub(super) async fn ready(&self) -> Result<(), PartnerCenterError> {
        self.gate.check(self.clock.now())?;
        self.entra.token(&self.resource, None).await?;
        Ok(())
    }

    /// Calls an address below the base with a request that `complete` adds to, at the last moment before it leaves. Each part
    /// of the path is encoded as one segment: an id can't climb out of its collection.
    pub(super) async fn call(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        effect: Effect,
        complete: impl Fn(RequestBuilder) -> Result<RequestBuilder, PartnerCenterError>,
    ) -> Result<Answer, PartnerCenterError> {
        self.gate.check(self.clock.now())?;
        let mut stale = None;
        loop {
            let token = self.entra.token(&self.resource, stale.as_ref()).await?;
            // Somebody else may have been asked to pause while this call waited for its token.
            self.gate.check(self.clock.now())?;
            let request = self
                .http
                .request(method.clone(), self.address(path)?)
                .query(query)
                .bearer_auth(token.expose())
                .header("Accept", "application/json")
                // Required, and new for every call (Microsoft Learn, "Partner REST headers").
                .header("client-request-id", Uuid::new_v4().to_string());
            let answer = self.http.send(self.name, complete(request)?, self.limit).await;
            let answer = answer.map_err(|error| PartnerCenterError::from_call(error, effect))?;
            // 200 and 201 are both documented for a create, 200 and 204 for a change.
            if matches!(answer.status, StatusCode::OK | StatusCode::CREATED | StatusCode::NO_CONTENT) {
                return Ok(answer);
            }
            if answer.status == StatusCode::UNAUTHORIZED && stale.is_none() {
                stale = Some(token);
                continue;
            }
            let now = self.clock.now();
            let error = PartnerCenterError::from_answer(&answer, effect, now);
            self.gate.note(&error, now);
            return Err(error);
        }
    }

    fn address(&self, path: &[&str]) -> Result<Url, PartnerCenterError> {
        let mut url = self.base.clone();
        url.path_segments_mut()
            .map_err(|()| PartnerCenterError::Unreadable("the base address cannot have a path".to_owned()))?
            .pop_if_empty()
            .extend(path);
        Ok(url)
    }
}

/// A body as it was written, digit for digit. A patch is documented with this media type too, not with that of JSON Patch.
pub(super) fn json_body(request: RequestBuilder, body: &str) -> RequestBuilder {
    request.header("Content-Type", "application/json").body(body.to_owned())
}
