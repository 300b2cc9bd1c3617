//! The store on a file, as a process finds it and as the next one does.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cosell_rules::reconcile::{Base, State};
use secrecy::{ExposeSecret, SecretString};
use time::macros::datetime;

use super::*;
use crate::config::Secret;
use crate::ids::SalesforceId;

/// A directory that is gone when the test is over.
pub(crate) struct Directory(PathBuf);

impl Directory {
    pub(crate) fn new() -> Self {
        let path = std::env::temp_dir().join(format!("cosell-store-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        std::fs::write(self.0.join(name), text).unwrap();
        self.path(name)
    }

    pub(crate) async fn open_with(&self, key: u8) -> Result<Store, StoreError> {
        let cipher = Cipher::from_config(&Secret::from(STANDARD.encode([key; 32]).as_str())).unwrap();
        Store::open(&self.0.join("store.sqlite"), cipher).await
    }

    pub(crate) async fn open(&self) -> Store {
        self.open_with(7).await.unwrap()
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

const NOW: OffsetDateTime = datetime!(2026-11-22 14:00:00.123 UTC);
const LEASE: Duration = Duration::from_mins(1);

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

fn key() -> SalesforceId {
    SalesforceId::parse("006Qy00000AbCdE").unwrap()
}

fn work() -> WorkKey {
    WorkKey::Opportunity(key())
}

#[tokio::test]
async fn an_intent_survives_the_process() {
    let directory = Directory::new();
    let store = directory.open().await;
    store.begin_link(&key(), "fr", NOW).await.unwrap();
    store.intend(&key(), Side::Own, NOW).await.unwrap();
    store.close().await;
    drop(store);

    let link = directory.open().await.link(&key()).await.unwrap().unwrap();
    assert_eq!(link.own_attempt, Some(Attempt { intent: NOW, last: NOW, open: true }));
    assert_eq!((link.language.as_str(), link.microsoft_attempt, link.state), ("fr", None, State::NotShared));
}

#[tokio::test]
async fn the_first_unclear_intent_is_kept_until_something_is_found() {
    let directory = Directory::new();
    let store = directory.open().await;
    let later = NOW + seconds(90);
    store.begin_link(&key(), "en", NOW).await.unwrap();
    for side in [Side::Own, Side::Microsoft] {
        // Certainly nothing happened: as if it had never been sent.
        store.intend(&key(), side, NOW).await.unwrap();
        store.nothing_done(&key(), side, NOW).await.unwrap();
        assert_eq!(store.link(&key()).await.unwrap().unwrap().attempt(side), None);
        // An unclear one, then one that certainly did nothing: the first may still have had its effect.
        store.intend(&key(), side, NOW).await.unwrap();
        store.intend(&key(), side, later).await.unwrap();
        store.nothing_done(&key(), side, later).await.unwrap();
        let attempt = store.link(&key()).await.unwrap().unwrap().attempt(side);
        assert_eq!(attempt, Some(Attempt { intent: NOW, last: later, open: false }));
        store.found(&key(), side, "referral", "engagement", later).await.unwrap();
        assert_eq!(store.link(&key()).await.unwrap().unwrap().attempt(side), None);
    }
    let link = store.begin_link(&key(), "fr", later).await.unwrap();
    assert_eq!(link.referral_id.as_deref(), Some("referral"));
    assert_eq!(link.microsoft_referral_id.as_deref(), Some("referral"));
    assert_eq!(link.language, "en", "the language of the audit trail stays");
}

#[tokio::test]
async fn how_a_pair_stands_is_read_back() {
    let directory = Directory::new();
    let store = directory.open().await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let reason = Reason { code: "partner-center.throttled".into(), detail: "x".into(), until: Some(NOW + seconds(57)) };
    store.conclude(&key(), State::Waiting, Some(&reason), None, NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.state, link.reason), (State::Waiting, Some(reason)));
    store.conclude(&key(), State::InStep, None, None, NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.state, link.reason), (State::InStep, None));
}

#[tokio::test]
async fn what_both_sides_agreed_on_and_what_is_to_be_told_survive_the_process() {
    let directory = Directory::new();
    let store = directory.open().await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let base = |notes: &str| {
        let mut base = Base::default();
        base.set("/details/notes", notes);
        base
    };
    let told = [Told { line: "Sent to Microsoft: description.".into(), version: Some("\"1\"".into()), before: 2 }];
    store.agree(&key(), &base("first"), NOW).await.unwrap();
    store.tell(&key(), &told, NOW).await.unwrap();
    store.close().await;
    drop(store);

    let store = directory.open().await;
    store.conclude(&key(), State::Waiting, None, None, NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.base, link.told.as_slice(), link.held), (Some(base("first")), told.as_slice(), None));
    let held = [("/details/notes".to_owned(), "second".to_owned())].into();
    let agreed = Agreed { base: Some(base("second")), held: Some(held), told: Vec::new() };
    store.conclude(&key(), State::InStep, None, Some(&agreed), NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!(Agreed { base: link.base, held: link.held, told: link.told }, agreed);
    // A run that ends before it has seen Partner Center leaves what is known.
    store.conclude(&key(), State::Waiting, None, Some(&Agreed::default()), NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!(Agreed { base: link.base, held: link.held, told: link.told }, agreed);
}

#[tokio::test]
async fn one_owner_holds_an_opportunity_until_the_lease_ends() {
    let directory = Directory::new();
    let store = directory.open().await;
    let lease = store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
    assert_eq!(store.lease(&key(), "two", NOW + seconds(59), LEASE).await.unwrap(), None);
    assert!(store.due(NOW + seconds(59), 9).await.unwrap().is_empty());
    assert!(store.renew(&lease, NOW + seconds(30), LEASE).await.unwrap());
    assert_eq!(store.lease(&key(), "two", NOW + seconds(89), LEASE).await.unwrap(), None);
    assert_eq!(store.due(NOW + seconds(90), 9).await.unwrap(), [work()]);
    assert!(store.lease(&key(), "two", NOW + seconds(90), LEASE).await.unwrap().is_some());
    assert!(!store.renew(&lease, NOW + seconds(91), LEASE).await.unwrap(), "what is lost can't be prolonged");
    store.done(&lease).await.unwrap();
    assert_eq!(store.due(NOW + seconds(500), 9).await.unwrap(), [work()], "nor be declared done");
}

#[tokio::test]
async fn postponed_work_is_due_at_its_time_and_counts_its_failures() {
    let directory = Directory::new();
    let store = directory.open().await;
    for failures in 0..3 {
        let lease = store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
        assert_eq!(lease.attempts, failures);
        store.postpone(&lease, NOW + seconds(10)).await.unwrap();
    }
    assert!(store.due(NOW + seconds(9), 9).await.unwrap().is_empty());
    assert_eq!(store.due(NOW + seconds(10), 9).await.unwrap(), [work()]);
    assert!(store.due(NOW + seconds(10), 0).await.unwrap().is_empty());
    let lease = store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
    store.done(&lease).await.unwrap();
    assert!(store.due(NOW + seconds(500), 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_a_dead_process_held_is_due_again_at_the_next_start() {
    let directory = Directory::new();
    let store = directory.open().await;
    store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
    drop(store);
    assert_eq!(directory.open().await.due(NOW, 9).await.unwrap(), [work()]);
}

#[tokio::test]
async fn a_second_process_is_refused() {
    let directory = Directory::new();
    let _first = directory.open().await;
    let second = directory.open_with(7).await;
    assert!(matches!(second, Err(StoreError::InUse(_))), "{second:?}");
}

#[tokio::test]
async fn a_secret_is_encrypted_replaced_and_read_back_only_with_its_key() {
    let directory = Directory::new();
    let store = directory.open().await;
    for text in ["first-refresh-token", "second-refresh-token"] {
        store.keep_secret("token", b"origin", &SecretString::from(text), NOW).await.unwrap();
        let kept = store.secret("token").await.unwrap().unwrap();
        assert_eq!((kept.text.expose_secret(), kept.origin.as_slice()), (text, b"origin".as_slice()));
    }
    assert!(store.secret("other").await.unwrap().is_none());
    store.close().await;
    drop(store);
    for entry in std::fs::read_dir(&directory.0).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(13).any(|window| window == b"refresh-token"));
    }
    let other_key = directory.open_with(8).await;
    assert!(matches!(other_key, Err(StoreError::Sealed(_))), "{other_key:?}");
}

#[tokio::test]
async fn everything_that_the_store_makes_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let directory = Directory::new();
    let store = directory.open().await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&directory.0).unwrap().map(Result::unwrap) {
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, ["store.sqlite", "store.sqlite-shm", "store.sqlite-wal", "store.sqlite.lock"]);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_named() {
    let directory = Directory::new();
    let path = directory.file("store.sqlite", "This is a letter, and not a database of any kind. It is long enough.");
    let refused = directory.open_with(7).await.unwrap_err().to_string();
    assert!(refused.starts_with(&format!("store.path: {path} cannot be used: ")), "{refused}");
}

#[tokio::test]
async fn a_store_whose_file_is_gone_or_another_is_not_ready() {
    let directory = Directory::new();
    let store = directory.open().await;
    store.ping().await.unwrap();
    let path = directory.path("store.sqlite");
    std::fs::rename(&path, directory.path("moved")).unwrap();
    assert!(matches!(store.ping().await, Err(StoreError::Replaced(_))));
    directory.file("store.sqlite", "");
    assert!(matches!(store.ping().await, Err(StoreError::Replaced(_))));
}
