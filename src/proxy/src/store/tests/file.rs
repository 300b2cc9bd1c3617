//! What is true of a store in a file alone: it is one process's own, and it can be taken away.

use super::*;

impl Home {
    fn directory(&self) -> &Directory {
        let Self::File(directory) = self else { panic!("it lies on a server") };
        directory
    }
}

#[tokio::test]
async fn what_a_dead_process_held_is_due_again_at_the_next_start() {
    let home = Home::file();
    let store = home.open().await;
    store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
    drop(store);
    assert_eq!(home.open().await.due(NOW, 9).await.unwrap(), [work()]);
}

#[tokio::test]
async fn a_second_process_is_refused() {
    let home = Home::file();
    let _first = home.open().await;
    let second = home.open_with(7).await;
    assert!(matches!(second, Err(StoreError::InUse(_))), "{second:?}");
}

#[tokio::test]
async fn everything_that_the_store_makes_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let home = Home::file();
    let store = home.open().await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&home.directory().0).unwrap().map(Result::unwrap) {
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, ["store.sqlite", "store.sqlite-shm", "store.sqlite-wal", "store.sqlite.lock"]);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let home = Home::file();
    let path = home.directory().file("store.sqlite", "This is a letter, and not a database of any kind. It is long enough.");
    let refused = home.open_with(7).await.unwrap_err().to_string();
    assert!(refused.starts_with(&format!("store.path: {path} cannot be used: ")), "{refused}");
}

#[tokio::test]
async fn a_store_whose_file_is_gone_or_another_is_not_ready() {
    let home = Home::file();
    let store = home.open().await;
    store.ping().await.unwrap();
    let path = home.directory().path("store.sqlite");
    std::fs::rename(&path, home.directory().path("moved")).unwrap();
    assert!(matches!(store.ping().await, Err(StoreError::Replaced(_))));
    home.directory().file("store.sqlite", "");
    assert!(matches!(store.ping().await, Err(StoreError::Replaced(_))));
}

#[tokio::test]
async fn a_secret_is_nowhere_in_the_files() {
    let home = Home::file();
    let store = home.open().await;
    for text in ["first-refresh-token", "second-refresh-token"] {
        store.keep_secret("token", b"origin", &SecretString::from(text), NOW).await.unwrap();
    }
    store.close().await;
    for entry in std::fs::read_dir(&home.directory().0).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(13).any(|window| window == b"refresh-token"));
    }
}

#[tokio::test]
async fn every_connection_writes_through_to_the_disk() {
    let home = Home::file();
    let store = home.open().await;
    let mut connections = Vec::new();
    for _ in 0..4 {
        connections.push(store.connection().await.unwrap());
    }
    for connection in &mut connections {
        for (pragma, expected) in [("PRAGMA synchronous", 2), ("PRAGMA busy_timeout", 10_000), ("PRAGMA foreign_keys", 1)] {
            let set: (i32,) = sqlx::query_as(pragma).fetch_one(&mut **connection).await.unwrap();
            assert_eq!(set.0, expected, "{pragma}");
        }
        let journal: (String,) = sqlx::query_as("PRAGMA journal_mode").fetch_one(&mut **connection).await.unwrap();
        assert_eq!(journal.0, "wal");
    }
}
