//! What all worlds of one process stand on, because making it takes long: keys, a client that builds requests, files with
//! certificates. Nothing of it differs between worlds.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, anyhow};
use cosell_proxy::config::{Config, Environment};
use cosell_sandbox::in_process::{Identities, Known};
use reqwest::Client;

use crate::cast::Casting;
use crate::courier::ADDRESS;
use crate::protection::Sabotage;
use crate::world::{BLOBS, ENTRA, ORG, PARTNER_CENTER};

/// The ground.
pub struct Ground {
    identities: Identities,
    client: Client,
    files: Files,
    casting: Casting,
}

impl std::fmt::Debug for Ground {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Ground").field("files", &self.files).finish_non_exhaustive()
    }
}

impl Ground {
    /// Makes keys and lays the certificate down among the temporary files.
    pub fn lay() -> anyhow::Result<Self> {
        let identities = Identities::generate().map_err(|error| anyhow!("keys: {error}"))?;
        let files = Files::new();
        fs::write(&files.org, identities.org_certificate()).context("the org's certificate cannot be written")?;
        fs::write(&files.authorities, identities.webhook_anchors()).context("the authorities cannot be written")?;
        Ok(Self { identities, client: Client::builder().build()?, files, casting: Casting::read()? })
    }

    pub(crate) fn identities(&self) -> &Identities {
        &self.identities
    }

    pub(crate) fn casting(&self) -> &Casting {
        &self.casting
    }

    pub(crate) fn client(&self) -> Client {
        self.client.clone()
    }

    /// The configuration of a proxy in a world, with a shorter patience than in life, so that a world ends soon. `sweeps` says
    /// whether Partner Center's list is read.
    pub(crate) fn config(&self, known: &Known, sweeps: bool, sabotage: Option<Sabotage>) -> anyhow::Result<Config> {
        let mut settings: Vec<(&str, String)> = vec![
            ("SERVER__ALLOWED_ORIGINS", "https://page.example".to_owned()),
            ("SELLER_TOKEN__CERTIFICATES", self.files.org.to_string_lossy().into_owned()),
            ("SALESFORCE__LOGIN_URL", format!("https://{ORG}")),
            ("SALESFORCE__AUDIENCE", known.audience.clone()),
            ("SALESFORCE__CONSUMER_KEY", known.consumer_key.clone()),
            ("SALESFORCE__USERNAME", known.username.clone()),
            ("SALESFORCE__ORG_ID", known.org_id.clone()),
            ("SALESFORCE__PRIVATE_KEY__VALUE", self.identities.integration_key().to_owned()),
            ("ENTRA__AUTHORITY_URL", format!("https://{ENTRA}")),
            ("ENTRA__TENANT", known.tenant.clone()),
            ("ENTRA__CLIENT_ID", known.client_id.clone()),
            ("ENTRA__CLIENT_SECRET__VALUE", known.client_secret.clone()),
            ("ENTRA__REFRESH_TOKEN__VALUE", known.refresh_token.clone()),
            ("PARTNER_CENTER__BASE_URL", format!("https://{PARTNER_CENTER}")),
            ("STORE__ENCRYPTION_KEY__VALUE", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned()),
            ("RECONCILE__WORKER_INTERVAL_SECONDS", "15".to_owned()),
            ("RECONCILE__BACKOFF_CAP_SECONDS", "300".to_owned()),
            ("FEED__INTERVAL_SECONDS", "20".to_owned()),
            ("SWEEP__INTERVAL_SECONDS", if sweeps { "300" } else { "0" }.to_owned()),
            ("WEBHOOKS__PUBLIC_URL", ADDRESS.to_owned()),
            ("WEBHOOKS__BASE_URL", format!("https://{PARTNER_CENTER}")),
            ("WEBHOOKS__CERTIFICATE_HOSTS", BLOBS.to_owned()),
            ("WEBHOOKS__TRUST_ANCHORS", self.files.authorities.to_string_lossy().into_owned()),
        ];
        if let Some(Sabotage::Settings(changed) | Sabotage::Store(_, changed)) = sabotage {
            settings.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
            settings.extend(changed.iter().map(|(name, value)| (*name, (*value).to_owned())));
        }
        let environment: Environment = settings.into_iter().map(|(name, value)| (format!("COSELL_{name}"), value)).collect();
        Config::load(None, &environment).map_err(|faults| anyhow!("{faults}"))
    }
}

/// Files that the configuration names.
#[derive(Debug)]
struct Files {
    /// The certificate that seller tokens are signed by.
    org: PathBuf,
    /// The authorities that the certificates of events end at.
    authorities: PathBuf,
}

impl Files {
    fn new() -> Self {
        let name = |what| std::env::temp_dir().join(format!("cosell-simulation-{}-{what}.crt", uuid::Uuid::new_v4()));
        Self { org: name("org"), authorities: name("authorities") }
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        for file in [&self.org, &self.authorities] {
            // Nobody is left to be told, and the system clears its temporary files by itself.
            let _ = fs::remove_file(file);
        }
    }
}
