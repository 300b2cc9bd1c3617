//! What the proxy remembers: links, due work, encrypted secrets, in one database file. It must not know why.
//!
//! Every write is one transaction, on disk before the call returns. Times are passed in.

pub mod crypto;
mod due;
mod feeds;
mod inbox;
mod key;
mod links;
mod secrets;
#[cfg(test)]
pub(crate) mod tests;

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use time::OffsetDateTime;

use crypto::Cipher;
pub use due::Lease;
pub use inbox::Arrival;
pub use key::{EngagementId, Key, WorkKey};
pub(crate) use links::state_of;
pub use links::{Agreed, Attempt, Link, Reason, Side, Told};
pub use secrets::KeptSecret;

/// Why the store cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("the store (store.path) failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The file cannot be used as the database.
    #[error("store.path: {path} cannot be used: {cause}.")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: sqlx::Error,
    },
    /// The file is no longer where it was opened.
    #[error("store.path: {0} was removed or replaced while the proxy runs: what is stored now would be lost. Start it again.")]
    Replaced(PathBuf),
    /// Another process uses the file.
    #[error("store.path: {0} is in use by another process: one proxy at a time, or give each its own store.path.")]
    InUse(PathBuf),
    /// The file cannot be opened.
    #[error("store.path: {path} cannot be opened: {cause}.")]
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
}

/// The store. Clones share one pool.
#[derive(Clone, Debug)]
pub struct Store {
    pool: SqlitePool,
    cipher: Arc<Cipher>,
    path: Arc<Path>,
    // Device and number of the file: a name can come to mean another file.
    identity: (u64, u64),
    // Held as long as the store lives: SQLite would let two processes in, leases of a dead one could not be told from a living one's.
    _lock: Arc<File>,
}

impl Store {
    /// Opens the database of the configuration, makes it when it is missing, brings it up to date, and takes back what a
    /// process that died held.
    pub async fn open(path: &Path, cipher: Cipher) -> Result<Self, StoreError> {
        let lock = Arc::new(lock(path)?);
        let identity = create(path)?;
        let unusable = |cause: sqlx::Error| StoreError::Unusable { path: path.to_path_buf(), cause };
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            // With WAL only FULL survives a power cut, and an intent must.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await.map_err(unusable)?;
        sqlx::migrate!("./migrations").run(&pool).await.map_err(|cause| unusable(cause.into()))?;
        let store = Self { pool, cipher: Arc::new(cipher), path: Arc::from(path), identity, _lock: lock };
        store.release_all().await.map_err(unusable)?;
        store.check_secrets().await?;
        Ok(store)
    }

    /// Whether the database can be read and written, and is still the file that its path names.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let found = tokio::fs::metadata(&self.path).await.ok();
        if found.map(|found| (found.dev(), found.ino())) != Some(self.identity) {
            return Err(StoreError::Replaced(self.path.to_path_buf()));
        }
        // A write that is taken back: a read alone does not notice that nothing can be written.
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM work WHERE 1 = 0").execute(&mut *transaction).await?;
        transaction.rollback().await?;
        Ok(())
    }

    /// Closes all connections; what is written is written.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Makes the database file where it is missing. The files that `SQLite` puts beside it take its rights over.
fn create(path: &Path) -> Result<(u64, u64), StoreError> {
    let found = private().open(path).and_then(|file| file.metadata());
    let found = found.map_err(|cause| StoreError::File { path: path.to_path_buf(), cause })?;
    Ok((found.dev(), found.ino()))
}

/// For the owner's eyes only when it is made; an existing file keeps the rights that somebody gave it.
fn private() -> OpenOptions {
    let mut options = File::options();
    options.create(true).write(true).truncate(false).mode(0o600);
    options
}

fn lock(database: &Path) -> Result<File, StoreError> {
    let path = database.with_added_extension("lock");
    let failed = |cause| StoreError::File { path: path.clone(), cause };
    let file = private().open(&path).map_err(failed)?;
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
