//! A store that an older proxy made, opened by this one.

use std::str::FromStr;

use sqlx::any::AnyConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::{AnyConnection, ConnectOptions};

use super::super::{file, migrations};
use super::*;

on_both! { a_store_of_the_first_version_is_brought_up_to_date, a_store_of_the_second_version_is_brought_up_to_date }

impl Home {
    fn migrator(&self) -> Migrator {
        match self {
            Self::File(_) => migrations::sqlite(),
            Self::Server(_) => migrations::postgres(),
        }
    }

    async fn connection(&self) -> AnyConnection {
        let address = match self {
            Self::File(directory) => {
                let path = directory.file("store.sqlite", "");
                file::address(path.as_ref()).unwrap()
            }
            Self::Server(address) => address.clone(),
        };
        sqlx::any::install_default_drivers();
        AnyConnectOptions::from_str(&address).unwrap().connect().await.unwrap()
    }

    /// The database as a proxy left it that knew no more than this version.
    async fn of_version(&self, version: i64) -> AnyConnection {
        let mut connection = self.connection().await;
        self.migrator().run_to(version, &mut connection).await.unwrap();
        connection
    }
}

async fn a_store_of_the_first_version_is_brought_up_to_date(home: &Home) {
    let mut old = home.of_version(1).await;
    put_link_and_work(&mut old).await;
    let store = upgraded(home, old).await;
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.base, link.held, link.told.len()), (None, None, 0));
}

async fn a_store_of_the_second_version_is_brought_up_to_date(home: &Home) {
    let mut old = home.of_version(2).await;
    put_link_and_work(&mut old).await;
    let told = r#"UPDATE links SET told = '[{"line":"Sent.","version":null,"before":0}]', held = '{"/name":"A"}'"#;
    sqlx::raw_sql(told).execute(&mut old).await.unwrap();
    let store = upgraded(home, old).await;
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!(link.told, [Told { line: "Sent.".into(), version: None, operations: String::new(), before: 0 }]);
    assert_eq!(link.held, Some([("/name".to_owned(), "A".to_owned())].into()));
}

async fn put_link_and_work(old: &mut AnyConnection) {
    for statement in [
        "INSERT INTO links (opportunity_id, language, intent_at, attempt_at, attempt_open, microsoft_referral_id, state, updated_at) \
         VALUES ('006Qy00000AbCdEIAV', 'fr', 1000, 2000, 1, 'theirs', 'Waiting', 3000)",
        "INSERT INTO due_work (opportunity_id, due_at, attempts, lease_owner, lease_until) \
         VALUES ('006Qy00000AbCdEIAV', 4000, 3, 'dead', 5000)",
    ] {
        sqlx::raw_sql(statement).execute(&mut *old).await.unwrap();
    }
}

/// Opens it with the present version, and finds what was put there.
async fn upgraded(home: &Home, old: AnyConnection) -> Store {
    use sqlx::Connection;

    old.close().await.unwrap();
    let store = home.open().await;
    let link = store.link(&key()).await.unwrap().unwrap();
    let attempt = Attempt { intent: from_millis(1000), last: from_millis(2000), open: true };
    assert_eq!((link.language.as_str(), link.own_attempt, link.state), ("fr", Some(attempt), State::Waiting));
    assert_eq!(link.microsoft_referral_id.as_deref(), Some("theirs"));
    let [lease] = store.take_due("one", from_millis(5000), LEASE, 9).await.unwrap().try_into().unwrap();
    assert_eq!((&lease.key, lease.attempts), (&work(), 3));
    store.done(&lease).await.unwrap();
    store
}

#[tokio::test]
async fn both_databases_have_the_same_tables_by_the_same_steps() {
    let (file, server) = (Home::file(), Home::server().await);
    let (file, server) = (file.open().await, server.open().await);
    let on_file = columns(
        &file,
        "SELECT m.name, p.name, p.type, p.\"notnull\" FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'",
    );
    let on_server = columns(
        &server,
        "SELECT table_name::text, column_name::text, CASE data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB' \
         ELSE upper(data_type) END, CASE is_nullable WHEN 'NO' THEN 1::bigint ELSE 0::bigint END \
         FROM information_schema.columns WHERE table_schema = 'public'",
    );
    let (on_file, on_server) = (on_file.await, on_server.await);
    assert!(on_file.len() > 30, "{on_file:?}");
    assert_eq!(on_file, on_server);
}

async fn columns(store: &Store, query: &'static str) -> Vec<(String, String, String, i64)> {
    let mut columns: Vec<(String, String, String, i64)> = store.rows(sqlx::query_as(query)).await.unwrap();
    columns.retain(|(table, ..)| !table.starts_with("_sqlx") && !table.starts_with("sqlite_"));
    columns.sort();
    columns
}
