//! Secrets that change while the proxy runs, encrypted.

use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;

use super::{Store, StoreError, to_millis};

/// A secret as it was kept.
#[derive(Debug)]
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
            sqlx::query_as("SELECT origin, sealed FROM secrets WHERE name = ?").bind(name).fetch_optional(&self.pool).await?;
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
        sqlx::query(
            "INSERT INTO secrets (name, origin, sealed, updated_at) VALUES (?, ?, ?, ?) \
             ON CONFLICT (name) DO UPDATE SET origin = excluded.origin, sealed = excluded.sealed, updated_at = excluded.updated_at",
        )
        .bind(name)
        .bind(origin)
        .bind(sealed)
        .bind(to_millis(now))
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Opens every secret once, so that a wrong key is known at start and not at the first call.
    pub(super) async fn check_secrets(&self) -> Result<(), StoreError> {
        let names: Vec<(String,)> = sqlx::query_as("SELECT name FROM secrets").fetch_all(&self.pool).await?;
        for (name,) in names {
            self.secret(&name).await?;
        }
        Ok(())
    }
}
