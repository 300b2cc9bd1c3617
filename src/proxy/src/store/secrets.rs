//! Secrets that change while the proxy runs, encrypted.

use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;

use super::{Store, StoreError, to_millis};

/// A secret as it was kept.
#[derive(Clone, Debug)]
pub struct KeptSecret {
    /// Fingerprint of the configured secret that it descends from.
    pub origin: Vec<u8>,
    /// The secret.
    pub text: SecretString,
}

impl Store {
    /// A secret by name, if one is kept.
    pub async fn secret(&self, name: &str) -> Result<Option<KeptSecret>, StoreError> {
        let row: Option<(Vec<u8>, Vec<u8>)> =
            self.row(sqlx::query_as("SELECT origin, sealed FROM secrets WHERE name = $1").bind(name)).await?;
        let Some((origin, sealed)) = row else { return Ok(None) };
        let text = self.cipher.open(name, &sealed).map_err(|_| StoreError::Sealed(name.to_owned()))?;
        Ok(Some(KeptSecret { origin, text: SecretString::from(text) }))
    }

    /// Keeps a secret, in place of an older one of this name.
    pub async fn keep_secret(
        &self,
        name: &str,
        origin: &[u8],
        text: &SecretString,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let sealed = self.cipher.seal(name, text.expose_secret()).map_err(|_| StoreError::NotSealed(name.to_owned()))?;
        let query = sqlx::query(
            "INSERT INTO secrets (name, origin, sealed, updated_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (name) DO UPDATE SET origin = excluded.origin, sealed = excluded.sealed, updated_at = excluded.updated_at",
        )
        .bind(name)
        .bind(origin)
        .bind(sealed)
        .bind(to_millis(now));
        self.execute("keep_secret", query).await?;
        Ok(())
    }

    /// Opens every secret once, so that a wrong key is known at start and not at the first call.
    pub(super) async fn check_secrets(&self) -> Result<(), StoreError> {
        let names: Vec<(String,)> = self.rows(sqlx::query_as("SELECT name FROM secrets")).await?;
        for (name,) in names {
            self.secret(&name).await?;
        }
        Ok(())
    }
}
