//! What the proxy remembers: links, due work, encrypted secrets, in one database file. It must not know why.
//!
//! Every write is one transaction, on disk before the call returns. Times are passed in.

pub mod crypto;
mod due;
mod links;
mod secrets;
#[cfg(test)]
pub(crate) mod tests;

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use time::OffsetDateTime;

use crate::config::{self, ConfigError};
use crypto::Cipher;
pub use due::Lease;
pub(crate) use links::state_of;
pub use links::{Attempt, Link, Reason, Side};
pub use secrets::KeptSecret;

/// Why the store cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("the store failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The database file cannot be brought to this version.
    #[error("the store cannot be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Another process uses the file.
    #[error("{0} is in use by another process: one proxy at a time, or give each its own store.path.")]
    InUse(PathBuf),
    /// The file cannot be opened.
    #[error("{path} cannot be opened: {cause}.")]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: std::io::Error,
    },
    /// A secret in it was encrypted with another key.
    #[error(
        "{0} in the store was encrypted with another store.encryption_key: give the old key, or remove the row from the table `secrets`."
    )]
    Sealed(String),
    /// A secret cannot be encrypted.
    #[error("{0} cannot be encrypted")]
    NotSealed(String),
    /// The key itself is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

/// The store. Clones share one pool.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
    cipher: Arc<Cipher>,
    // Held as long as the store lives: SQLite would let two processes in, leases of a dead one could not be told from a living one's.
    _lock: Arc<File>,
}

impl Store {
    /// Opens the database of the configuration, makes it when it is missing, brings it up to date, and takes back what a
    /// process that died held.
    pub async fn open(config: &config::Store) -> Result<Self, StoreError> {
        let cipher = Arc::new(Cipher::from_config(&config.encryption_key)?);
        let lock = Arc::new(lock(&config.path)?);
        let options = SqliteConnectOptions::new()
            .filename(&config.path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // With WAL only FULL survives a power cut, and an intent must.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await?;
        sqlx::migrate!("./migrations").run(&pool).await?;
        let store = Self { pool, cipher, _lock: lock };
        store.release_all().await?;
        store.check_secrets().await?;
        Ok(store)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }

    /// Closes all connections; what is written is written.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

fn lock(database: &Path) -> Result<File, StoreError> {
    let path = database.with_added_extension("lock");
    let failed = |cause| StoreError::File { path: path.clone(), cause };
    let file = File::options().create(true).write(true).truncate(false).open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(database.to_path_buf())),
        Err(TryLockError::Error(cause)) => Err(failed(cause)),
    }
}

/// A time as the store keeps it.
fn to_millis(time: OffsetDateTime) -> i64 {
    i64::try_from(time.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

fn from_millis(millis: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}
