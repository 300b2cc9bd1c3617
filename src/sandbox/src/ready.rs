//! Where everything is and what the proxy has to be told, in one line for whoever started the sandbox.

use std::path::PathBuf;

use serde::Serialize;

/// The one line that is printed when everything listens.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Ready {
    /// Always [`Ready::EVENT`].
    pub(crate) event: &'static str,
    /// Origin of the browser: page, org and levers.
    pub(crate) page: String,
    /// The org's API as the proxy reaches it.
    pub(crate) salesforce: String,
    /// The Referrals API.
    pub(crate) partner_center: String,
    /// The API through which webhooks are registered.
    pub(crate) webhooks: String,
    /// Where the certificate of the webhooks is fetched.
    pub(crate) blobs: String,
    /// Where Partner Center reaches the proxy.
    pub(crate) gateway: String,
    /// The token endpoint of Entra ID.
    pub(crate) entra: String,
    /// Where keys and secrets lie.
    pub(crate) directory: PathBuf,
    /// Id of the org.
    pub(crate) org_id: String,
    /// Consumer key of the proxy's external client app.
    pub(crate) consumer_key: String,
    /// User name of the integration user.
    pub(crate) username: &'static str,
    /// The `aud` of its assertions.
    pub(crate) audience: &'static str,
    /// The partner's tenant.
    pub(crate) tenant: String,
    /// The application that the proxy is.
    pub(crate) client_id: String,
}

impl Ready {
    /// By which the line is recognised.
    pub(crate) const EVENT: &'static str = "ready";
}
