//! The directory through which the proxy learns what it must hold to reach the services: trust anchor, certificate of
//! the seller tokens, integration key, Entra's secret and refresh token, and a configuration file that names them all, as
//! an administrator would write it. Written once, at start.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::entra::{Credentials, WEBHOOKS_AUDIENCE};
use crate::gateway::EVENTS;
use crate::keys::Keys;
use crate::ready::Ready;
use crate::webhooks::MICROSOFT;

/// The directory. One that was made here goes when this goes; a given one stays.
pub(crate) struct Handover {
    path: PathBuf,
    temporary: bool,
}

impl Handover {
    /// The given directory, made where it is missing, or a fresh one among the temporary files.
    pub(crate) fn open(given: Option<PathBuf>) -> io::Result<Self> {
        let temporary = given.is_none();
        let path = given.unwrap_or_else(|| std::env::temp_dir().join(format!("cosell-sandbox-{}", uuid::Uuid::new_v4())));
        fs::create_dir_all(&path)?;
        // Absolute, as whoever reads it may stand elsewhere.
        Ok(Self { path: fs::canonicalize(path)?, temporary })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes the keys and secrets.
    pub(crate) fn write(&self, keys: &Keys, credentials: &Credentials) -> io::Result<()> {
        let mut encryption_key = [0; 32];
        aws_lc_rs::rand::fill(&mut encryption_key).map_err(io::Error::other)?;
        self.secret("encryption-key", &STANDARD.encode(encryption_key))?;
        fs::write(self.path.join("ca.pem"), &keys.ca_pem)?;
        fs::write(self.path.join("webhooks-ca.pem"), keys.webhooks.anchors_pem())?;
        fs::write(self.path.join("org.crt"), &keys.org.certificate_pem)?;
        self.secret("integration.key", &keys.integration.key_pem)?;
        self.secret("client-secret", &credentials.client_secret)?;
        self.secret("refresh-token", &credentials.refresh_token)
    }

    /// Writes `proxy.toml`, with which `cosell-proxy serve --config` serves this sandbox.
    pub(crate) fn write_configuration(&self, ready: &Ready) -> io::Result<()> {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let file = |name: &str| quoted(&self.path.join(name).to_string_lossy());
        let content = format!(
            "# The proxy's configuration for the sandbox that made this file. It ends with the sandbox.\n\
             [server]\nlisten = \"127.0.0.1:0\"\nallowed_origins = [{page}]\n\n\
             [seller_token]\ncertificates = [{org_certificate}]\n\n\
             [salesforce]\nlogin_url = {salesforce}\naudience = {audience}\nconsumer_key = {consumer_key}\nusername = {username}\n\
             org_id = {org_id}\nprivate_key = {{ file = {integration_key} }}\n\n\
             [entra]\nauthority_url = {entra}\ntenant = {tenant}\nclient_id = {client_id}\n\
             client_secret = {{ file = {client_secret} }}\nrefresh_token = {{ file = {refresh_token} }}\n\n\
             [partner_center]\nbase_url = {partner_center}\nreferral_link = {referral_link}\n\n\
             [webhooks]\npublic_url = {public_url}\nbase_url = {webhooks}\nresource = {webhooks_resource}\ncertificate_hosts = [{blob_host}]\n\
             allow_private_certificate_hosts = true\ntrust_anchors = [{webhooks_ca}]\nissuer_organization = {issuer}\n\n\
             [tls]\ntrust_anchors = [{ca}]\n\n\
             [store]\npath = {store}\nencryption_key = {{ file = {encryption_key} }}\n",
            page = quoted(&ready.page),
            org_certificate = file("org.crt"),
            salesforce = quoted(&ready.salesforce),
            audience = quoted(ready.audience),
            consumer_key = quoted(&ready.consumer_key),
            username = quoted(ready.username),
            org_id = quoted(&ready.org_id),
            integration_key = file("integration.key"),
            entra = quoted(&ready.entra),
            tenant = quoted(&ready.tenant),
            client_id = quoted(&ready.client_id),
            client_secret = file("client-secret"),
            refresh_token = file("refresh-token"),
            partner_center = quoted(&ready.partner_center),
            // Microsoft's page knows nothing of these referrals; ours shows them.
            referral_link = quoted(&format!("{}/partner-center?id={{id}}", ready.page)),
            public_url = quoted(&format!("{}{EVENTS}", ready.gateway)),
            webhooks = quoted(&ready.webhooks),
            webhooks_resource = quoted(WEBHOOKS_AUDIENCE),
            blob_host = quoted(ready.blobs.trim_start_matches("https://")),
            webhooks_ca = file("webhooks-ca.pem"),
            issuer = quoted(MICROSOFT),
            ca = file("ca.pem"),
            store = file("cosell.sqlite"),
            encryption_key = file("encryption-key"),
        );
        fs::write(self.path.join("proxy.toml"), content)
    }

    /// For the owner's eyes only. Made anew, so that an old file's rights are not taken over.
    fn secret(&self, name: &str, content: &str) -> io::Result<()> {
        let path = self.path.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path)?.write_all(content.as_bytes())
    }
}

impl Drop for Handover {
    fn drop(&mut self) {
        if self.temporary {
            // Nobody is left to be told, and the system clears its temporary files by itself.
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}
