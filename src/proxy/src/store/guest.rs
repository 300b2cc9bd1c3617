//! A look into the file of a proxy that runs: for a command beside it, which may read and must not write. Where the store lets
//! several processes in, nobody needs this.

use std::path::Path;

use secrecy::SecretString;
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use super::crypto::Cipher;
use super::{KeptSecret, StoreError};

/// A secret by name, if one is kept.
pub async fn secret(path: &Path, cipher: &Cipher, name: &str) -> Result<Option<KeptSecret>, StoreError> {
    let unusable = |cause| StoreError::Unusable { path: path.to_path_buf(), cause };
    let mut connection = SqliteConnectOptions::new().filename(path).read_only(true).connect().await.map_err(unusable)?;
    let row: Option<(Vec<u8>, Vec<u8>)> = sqlx::query_as("SELECT origin, sealed FROM secrets WHERE name = $1")
        .bind(name)
        .fetch_optional(&mut connection)
        .await
        .map_err(unusable)?;
    let Some((origin, sealed)) = row else { return Ok(None) };
    let text = cipher.open(name, &sealed).map_err(|_| StoreError::Sealed(name.to_owned()))?;
    Ok(Some(KeptSecret { origin, text: SecretString::from(text) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Secret;
    use crate::store::tests::Directory;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use secrecy::ExposeSecret;
    use time::macros::datetime;

    #[tokio::test]
    async fn a_guest_reads_what_the_running_proxy_keeps() {
        let directory = Directory::new();
        let store = directory.open().await;
        let (path, cipher) = (directory.path("store.sqlite"), |byte: u8| {
            Cipher::from_config(&Secret::from(STANDARD.encode([byte; 32]).as_str())).unwrap()
        });
        let path = Path::new(&path);
        assert!(secret(path, &cipher(7), "name").await.unwrap().is_none());
        store.keep_secret("name", b"origin", &SecretString::from("newest"), datetime!(2026-11-22 14:00 UTC)).await.unwrap();
        let kept = secret(path, &cipher(7), "name").await.unwrap().unwrap();
        assert_eq!((kept.origin.as_slice(), kept.text.expose_secret()), (b"origin".as_slice(), "newest"));
        assert!(matches!(secret(path, &cipher(8), "name").await, Err(StoreError::Sealed(_))));
    }
}
