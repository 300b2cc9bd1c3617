//! The databases that a store can lie in: a file (`SQLite`), a server (PostgreSQL), or memory. All take the same SQL; what
//! tells them apart ends here. It must not know what is stored.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, AnyPool, ConnectOptions};
use tokio::sync::{Mutex, OwnedMutexGuard};
use url::Url;

use super::file::{self, DatabaseFile};
use super::{StoreError, migrations};
use crate::config::Secret;

/// With WAL only FULL survives a power cut, and an intent must.
const PRAGMAS: &str =
    "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

/// How long a call waits for a connection, where all are in use or the server is away.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a connection string of PostgreSQL may say after the question mark. Others would have no effect but that the driver
/// writes them, with their values, to the log.
const PARAMETERS: [&str; 18] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "statement-cache-capacity",
    "user",
];

/// An open database, its tables up to date. Clones share its connections.
#[derive(Clone)]
pub(super) enum Database {
    /// A file that this process has for itself.
    File { pool: AnyPool, file: Arc<DatabaseFile> },
    /// A server that other processes use too.
    Server(AnyPool),
    /// Nothing but one connection, gone with the last clone.
    Memory(Arc<Mutex<AnyConnection>>),
}

/// A connection for one call.
pub(super) enum Connection {
    Pooled(PoolConnection<Any>),
    Only(OwnedMutexGuard<AnyConnection>),
}

impl Deref for Connection {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        match self {
            Self::Pooled(connection) => connection,
            Self::Only(connection) => connection,
        }
    }
}

impl DerefMut for Connection {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        match self {
            Self::Pooled(connection) => connection,
            Self::Only(connection) => connection,
        }
    }
}

impl Database {
    pub(super) async fn file(path: &Path) -> Result<Self, StoreError> {
        let file = DatabaseFile::take(path)?;
        let unusable = |cause: sqlx::Error| StoreError::Unusable { path: path.to_path_buf(), cause };
        let options = connect_options(&file::address(path)?).map_err(unusable)?;
        let mut first = options.connect().await.map_err(unusable)?;
        set_pragmas(&mut first).await.map_err(unusable)?;
        migrate(&mut first, &migrations::sqlite()).await.map_err(unusable)?;
        let pool = AnyPoolOptions::new()
            .max_connections(4)
            .acquire_timeout(PATIENCE)
            .after_connect(|connection, _| Box::pin(set_pragmas(connection)))
            .connect_lazy_with(options);
        Ok(Self::File { pool, file: Arc::new(file) })
    }

    pub(super) async fn server(address: &Secret) -> Result<Self, StoreError> {
        check(address.expose())?;
        let unusable = |cause: sqlx::Error| match cause {
            // It may repeat a part of the address, which holds a password.
            sqlx::Error::Configuration(_) => StoreError::NoAddress,
            cause => StoreError::Unreachable(cause),
        };
        let options = connect_options(address.expose()).map_err(unusable)?;
        // A pool would try again for a while what is merely wrong.
        let mut first = options.connect().await.map_err(unusable)?;
        migrate(&mut first, &migrations::postgres()).await.map_err(unusable)?;
        let pool = AnyPoolOptions::new().max_connections(8).acquire_timeout(PATIENCE).connect_lazy_with(options);
        Ok(Self::Server(pool))
    }

    pub(super) async fn memory() -> Result<Self, StoreError> {
        let mut only = connect_options("sqlite::memory:")?.connect().await?;
        migrate(&mut only, &migrations::sqlite()).await?;
        Ok(Self::Memory(Arc::new(Mutex::new(only))))
    }

    pub(super) async fn connection(&self) -> Result<Connection, StoreError> {
        Ok(match self {
            Self::File { pool, .. } | Self::Server(pool) => Connection::Pooled(pool.acquire().await?),
            Self::Memory(only) => Connection::Only(Arc::clone(only).lock_owned().await),
        })
    }

    /// Whether nobody but this process uses it.
    pub(super) fn is_ours_alone(&self) -> bool {
        matches!(self, Self::File { .. })
    }

    /// Of two statements that mean the same, the one that this database understands.
    pub(super) fn choose(&self, sqlite: &'static str, postgres: &'static str) -> &'static str {
        match self {
            Self::File { .. } | Self::Memory(_) => sqlite,
            Self::Server(_) => postgres,
        }
    }

    /// Whether it is still what was opened.
    pub(super) async fn check(&self) -> Result<(), StoreError> {
        match self {
            Self::File { file, .. } => file.check().await,
            Self::Server(_) | Self::Memory(_) => Ok(()),
        }
    }

    pub(super) async fn close(&self) {
        match self {
            Self::File { pool, .. } | Self::Server(pool) => pool.close().await,
            Self::Memory(_) => {}
        }
    }

    /// For people: never what it takes to connect.
    pub(super) fn name(&self) -> String {
        match self {
            Self::File { file, .. } => file.path().display().to_string(),
            Self::Server(_) => "PostgreSQL".to_owned(),
            Self::Memory(_) => "memory".to_owned(),
        }
    }
}

fn connect_options(address: &str) -> Result<AnyConnectOptions, sqlx::Error> {
    sqlx::any::install_default_drivers();
    AnyConnectOptions::from_str(address)
}

/// Refuses what is no address of PostgreSQL, and to send a password over a network without having been told how.
fn check(address: &str) -> Result<(), StoreError> {
    let url = Url::parse(address).map_err(|_| StoreError::NoAddress)?;
    let is_known = |name: &str| PARAMETERS.contains(&name) || name.starts_with("options[");
    let mut parameters = url.query_pairs();
    if !matches!(url.scheme(), "postgres" | "postgresql") || !parameters.all(|(name, _)| is_known(&name)) {
        return Err(StoreError::NoAddress);
    }
    let given = |names: [&str; 2]| url.query_pairs().filter(|(name, _)| names.contains(&name.as_ref())).last();
    let host = given(["host", "hostaddr"]).map_or_else(|| url.host_str().unwrap_or_default().to_owned(), |(_, host)| host.into());
    // What begins with a slash is a socket.
    let is_here = ["", "localhost", "127.0.0.1", "[::1]", "::1"].contains(&host.as_str()) || host.starts_with(['/', '%']);
    if is_here || given(["sslmode", "ssl-mode"]).is_some() { Ok(()) } else { Err(StoreError::Unprotected) }
}

async fn set_pragmas(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(PRAGMAS).execute(connection).await.map(drop)
}

/// Brings the tables up to date. Of several that do so at once on a server, the others wait for the first.
async fn migrate(connection: &mut AnyConnection, migrator: &Migrator) -> Result<(), sqlx::Error> {
    // `run` by another name, whose future a task can own.
    migrator.run_direct(None, connection, false).await.map_err(sqlx::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_string_says_where_and_over_a_network_how() {
        let (good, no_address, unprotected) = ("", "store.postgres is not", "store.postgres names another machine");
        let cases = [
            (good, "postgres://cosell@localhost/cosell"),
            (good, "postgresql://cosell:p%40ss@db.example:5433/cosell?sslmode=verify-full&sslrootcert=/etc/ca.pem"),
            (good, "postgres:///cosell?host=/run/postgresql&options[search_path]=cosell"),
            (good, "postgres://cosell@%2Frun%2Fpostgresql/cosell"),
            (good, "postgres://cosell@[::1]/cosell"),
            (unprotected, "postgres://cosell:s3cret@db.example/cosell"),
            (unprotected, "postgres://cosell:s3cret@localhost/cosell?host=db.example"),
            (unprotected, "postgres://cosell:s3cret@localhost/cosell?hostaddr=192.0.2.1"),
            (no_address, ""),
            (no_address, "cosell.sqlite"),
            (no_address, "mysql://localhost/x"),
            (no_address, "host=db.example password=s3cret"),
            (no_address, "postgres://localhost/d?pasword=s3cret"),
        ];
        for (expected, address) in cases {
            let said = check(address).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(said.starts_with(expected) && said.is_empty() == expected.is_empty(), "{address}: {said}");
        }
    }
}
