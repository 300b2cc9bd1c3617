//! The services without sockets: as routers over a clock and ids of the caller's, with the levers of people who work in
//! Partner Center. Knows how the services are put together and nothing of what they do.

mod events;

use std::sync::Arc;

use axum::Router;
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::chance::Ids;
use crate::clock::Clock;
use crate::entra::{self, Entra};
use crate::keys::Keys;
use crate::partner_center::{self, PartnerCenter};
pub use crate::partner_center::{Answer, ApiError, CannotAnswer, Close, Inbound, Kind, Reason};
use crate::salesforce::{self, Org, OrgOptions};
use crate::system::{AUDIENCE, INTEGRATION_USER};
use crate::webhooks::Webhooks;
pub use crate::webhooks::{Message, Outcome};

/// The sample data of the org, as JSON.
pub const SAMPLE_DATA: &str = include_str!("../data/org.json");

/// Consumer key of the external client app.
const CONSUMER_KEY: &str = "3MVG9.cosell.in.process";

/// Keys of the org and of its integration user. Making them takes a while; they may be shared by many worlds.
pub struct Identities(Keys);

impl Identities {
    /// Makes new ones.
    pub fn generate() -> Result<Self, Box<dyn std::error::Error>> {
        Ok(Self(Keys::generate()?))
    }

    /// Certificate that seller tokens are signed by, in PEM.
    pub fn org_certificate(&self) -> &str {
        &self.0.org.certificate_pem
    }

    /// Private key of the integration user, in PEM.
    pub fn integration_key(&self) -> &str {
        &self.0.integration.key_pem
    }
}

/// What a proxy has to know to sign in, all of it by the name that its configuration gives it.
#[derive(Clone)]
#[allow(missing_docs, reason = "the names are those of the configuration")]
pub struct Known {
    pub org_id: String,
    pub consumer_key: String,
    pub username: String,
    pub audience: String,
    pub tenant: String,
    pub client_id: String,
    pub client_secret: String,
    pub refresh_token: String,
}

/// A Partner Center, an Entra ID and a Salesforce org.
pub struct Services {
    org: Arc<Org>,
    entra: Arc<Entra>,
    partner_center: Arc<PartnerCenter>,
    webhooks: Arc<Webhooks>,
}

impl Services {
    /// New ones. `data` has the format of [`SAMPLE_DATA`]; `base` is where Partner Center is served, no slash at the end.
    pub fn new(
        identities: &Identities,
        data: String,
        base: String,
        now: impl Fn() -> OffsetDateTime + Send + Sync + 'static,
        new_id: impl Fn() -> Uuid + Send + Sync + 'static,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let clock = Clock::new(now);
        let options = OrgOptions {
            consumer_key: CONSUMER_KEY.to_owned(),
            username: INTEGRATION_USER.to_owned(),
            audience: AUDIENCE.to_owned(),
            integration_certificate_pem: identities.0.integration.certificate_pem.clone(),
            signing_key_pem: identities.0.org.key_pem.clone(),
            ..OrgOptions::default()
        };
        let org = Arc::new(Org::with(options, data, clock.clone())?);
        let entra = Arc::new(Entra::new(clock.clone()));
        let ids = Ids::new(new_id);
        let signer = Arc::clone(&identities.0.webhooks);
        let blobs = events::BLOBS.to_owned();
        let webhooks = Webhooks::with_ids(Arc::clone(&entra), clock.clone(), signer, blobs, ids.clone());
        let webhooks = Arc::new(webhooks);
        let partner_center = PartnerCenter::with_ids(Arc::clone(&entra), clock, base, ids).announcing_to(Arc::clone(&webhooks));
        Ok(Self { org, entra, partner_center: Arc::new(partner_center), webhooks })
    }

    /// What a proxy has to know.
    pub fn known(&self) -> Known {
        let credentials = self.entra.credentials();
        Known {
            org_id: self.org.org_id(),
            consumer_key: CONSUMER_KEY.to_owned(),
            username: INTEGRATION_USER.to_owned(),
            audience: AUDIENCE.to_owned(),
            tenant: credentials.tenant.clone(),
            client_id: credentials.client_id.clone(),
            client_secret: credentials.client_secret.clone(),
            refresh_token: credentials.refresh_token.clone(),
        }
    }

    /// The org: its token endpoint, APIs and Apex methods.
    pub fn salesforce(&self) -> Router {
        salesforce::router(Arc::clone(&self.org))
    }

    /// The token endpoint of Entra ID.
    pub fn entra(&self) -> Router {
        entra::router(Arc::clone(&self.entra))
    }

    /// The Referrals API.
    pub fn partner_center(&self) -> Router {
        partner_center::router(Arc::clone(&self.partner_center))
    }

    /// A session of a seller in the browser: the value of the cookie `sid`.
    pub fn browser_session(&self) -> String {
        self.org.browser_session()
    }

    /// Ends every session of the org that the token endpoint gave out.
    pub fn expire_sessions(&self) {
        self.org.expire_sessions();
    }

    /// Ends every access token of Entra ID.
    pub fn expire_access_tokens(&self) {
        self.entra.expire_access_tokens();
    }

    /// Lets Entra ID replace a refresh token with each use, or no longer.
    pub fn rotate_refresh_tokens(&self, on: bool) {
        self.entra.rotate(on);
    }

    /// All referrals as they are, oldest first.
    pub fn referrals(&self) -> Vec<Value> {
        self.partner_center.referrals()
    }

    /// Microsoft's seller answers an invitation.
    pub fn answer(&self, referral: &str, answer: Answer) -> Result<Value, CannotAnswer> {
        self.partner_center.answer(referral, answer)
    }

    /// Somebody edits a referral in the portal, by a JSON Patch.
    pub fn edit(&self, referral: &str, patch: Value) -> Result<Value, ApiError> {
        self.partner_center.edit(referral, patch)
    }

    /// Lets that many lists be answered with the referrals as they are now.
    pub fn make_lists_stale(&self, lists: u32) {
        self.partner_center.make_lists_stale(lists);
    }
}
