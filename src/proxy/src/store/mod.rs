//! What the proxy remembers: links, due work, encrypted secrets, in a database file of its own or on a server that several
//! proxies share. It must not know why.
//!
//! Every write is one transaction, on disk before the call returns. Times are passed in.

mod attention;
pub mod crypto;
mod database;
mod due;
mod feeds;
mod fence;
mod file;
pub mod guest;
mod inbound;
mod inbox;
mod key;
mod links;
mod migrations;
mod pace;
mod rest;
mod secrets;
mod standing;
#[cfg(test)]
pub(crate) mod tests;

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::{Query, QueryAs};
use sqlx::{Any, Connection as _, FromRow};

use crate::config;
use crate::wire_time::{from_millis, to_millis};
pub use attention::{Cursor, Standstill};
use crypto::Cipher;
use database::{Connection, Database};
pub use due::Lease;
pub use inbound::{Inbound, stuck_beside};
pub use inbox::Arrival;
pub use key::{EngagementId, Key, WorkKey};
pub(crate) use links::state_of;
pub use links::{Agreed, Attempt, Link, Reason, Side, Told};
use pace::Watch;
pub use pace::{Fate, Moment, Pace};
pub use secrets::KeptSecret;

/// Why the store cannot do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database failed.
    #[error("the store failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The file cannot be used as the database.
    #[error("store.path: {path} cannot be used: {cause}.")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: sqlx::Error,
    },
    /// The server cannot be used.
    #[error("store.postgres: the database cannot be used: {0}.")]
    Unreachable(sqlx::Error),
    /// What was given does not name a server. It is not repeated, since it holds a password.
    #[error(
        "store.postgres is not a connection string such as postgres://user:password@host/database?sslmode=verify-full, with %40 for @ \
         and the like in the password."
    )]
    NoAddress,
    /// A password would be sent to another machine without anybody having said how it is protected.
    #[error(
        "store.postgres names another machine and no sslmode: add ?sslmode=verify-full, with &sslrootcert=/path/ca.pem for an authority of \
         your own, or sslmode=disable where the network protects it."
    )]
    Unprotected,
    /// The file is no longer where it was opened.
    #[error("store.path: {0} was removed or replaced while the proxy runs: what is stored now would be lost. Start it again.")]
    Replaced(PathBuf),
    /// Another process uses the file.
    #[error("store.path: {0} is in use by another process: one proxy at a time, or give all of them one store.postgres.")]
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
    /// Another process has taken over what this one was working on, and nothing was written.
    #[error("another process has taken this work over")]
    Lost,
    /// A simulation let the process die here.
    #[error("the process was killed")]
    Killed,
}

/// The store. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    database: Database,
    cipher: Arc<Cipher>,
    pace: Pace,
    watch: Watch,
    /// Number of the next lease.
    leases: Arc<AtomicI64>,
    /// Whether a run whose lease is lost may write nothing.
    is_fenced: bool,
}

impl fmt::Debug for Store {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Store({})", self.database.name())
    }
}

impl Store {
    /// Opens the database of the configuration, makes the file when it is missing, brings the tables up to date, and takes back
    /// what a process that died held where no other process can hold anything.
    pub async fn open(config: &config::Store, cipher: Cipher) -> Result<Self, StoreError> {
        let database = match config.postgres.given() {
            Some(address) => Database::server(address).await?,
            None => Database::file(&config.path).await?,
        };
        let store = Self::over(database, cipher, Pace::default());
        if store.database.is_ours_alone() {
            store.release_all().await?;
        }
        store.check_secrets().await?;
        Ok(store)
    }

    /// A store that is gone with its last clone, for tests and simulations. A clone is another process over the same database.
    pub async fn in_memory(cipher: Cipher, pace: Pace) -> Result<Self, StoreError> {
        let database = pace.run(Database::memory()).await?;
        Ok(Self::over(database, cipher, pace))
    }

    fn over(database: Database, cipher: Cipher, pace: Pace) -> Self {
        let (watch, leases) = (Watch::default(), Arc::new(AtomicI64::new(1)));
        Self { database, cipher: Arc::new(cipher), pace, watch, leases, is_fenced: true }
    }

    /// The same store with the fence taken down, for a simulation that shows what it is for: a run goes on writing although another
    /// process has its work.
    #[must_use]
    pub fn unfenced(self) -> Self {
        Self { is_fenced: false, ..self }
    }

    /// The same store for a process that `watch` may let die or stand still before or after any write, which it knows by the method's name.
    #[must_use]
    pub fn watched(self, watch: impl Fn(&'static str, Moment) -> Fate + Send + Sync + 'static) -> Self {
        Self { watch: Watch::new(watch), ..self }
    }

    /// Does to the database of a simulation what no process would do, such as taking a protection out.
    pub async fn tamper(&self, statement: &'static str) -> Result<(), StoreError> {
        self.read(async { Ok(sqlx::raw_sql(statement).execute(&mut *self.connection().await?).await.map(drop)?) }).await
    }

    /// Whether the database can be read and written, and is still the one that was opened.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.read(async {
            self.database.check().await?;
            // A write that is taken back: a read alone does not notice that nothing can be written.
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin_with(self.database.choose("BEGIN IMMEDIATE", "BEGIN")).await?;
            sqlx::query("DELETE FROM work WHERE 1 = 0").execute(&mut *transaction).await?;
            transaction.rollback().await?;
            Ok(())
        })
        .await
    }

    /// Closes all connections; what is written is written.
    pub async fn close(&self) {
        self.database.close().await;
    }

    /// Every call that changes nothing goes through here.
    async fn read<T>(&self, call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        self.pace.run(call).await
    }

    /// Every call that changes something goes through here, under its name.
    async fn write<T>(&self, name: &'static str, call: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        self.watch.ask(name, Moment::Before).await?;
        let outcome = self.pace.run(call).await;
        self.watch.ask(name, Moment::After).await?;
        outcome
    }

    /// One statement that changes something, under the name of its method. Says how many rows it changed.
    async fn execute(&self, name: &'static str, query: Query<'_, Any, AnyArguments>) -> Result<u64, StoreError> {
        self.write(name, async { Ok(query.execute(&mut *self.connection().await?).await?.rows_affected()) }).await
    }

    /// The rows that such a statement returns. All are read: before the last one nothing is on disk.
    async fn returned<T: for<'r> FromRow<'r, AnyRow> + Send + Unpin>(
        &self,
        name: &'static str,
        query: QueryAs<'_, Any, T, AnyArguments>,
    ) -> Result<Vec<T>, StoreError> {
        self.write(name, async { Ok(query.fetch_all(&mut *self.connection().await?).await?) }).await
    }

    /// The rows of a query.
    async fn rows<T: for<'r> FromRow<'r, AnyRow> + Send + Unpin>(
        &self,
        query: QueryAs<'_, Any, T, AnyArguments>,
    ) -> Result<Vec<T>, StoreError> {
        self.read(async { Ok(query.fetch_all(&mut *self.connection().await?).await?) }).await
    }

    /// The row of a query, if there is one.
    async fn row<T: for<'r> FromRow<'r, AnyRow> + Send + Unpin>(
        &self,
        query: QueryAs<'_, Any, T, AnyArguments>,
    ) -> Result<Option<T>, StoreError> {
        self.read(async { Ok(query.fetch_optional(&mut *self.connection().await?).await?) }).await
    }

    /// For one call, or for a transaction of several.
    async fn connection(&self) -> Result<Connection, StoreError> {
        self.database.connection().await
    }
}
