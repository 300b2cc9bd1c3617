//! The store as a process finds it and as the next one does, on each database. What is true of one alone stands in a file of
//! its own.

mod attention;
mod fence;
mod file;
mod inbound;
mod links;
mod migrations;
mod postgres;
mod replicas;
mod simulated;
mod standing;

use std::path::PathBuf;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cosell_rules::reconcile::{Base, State};
use secrecy::{ExposeSecret, SecretString};
use time::OffsetDateTime;
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

    /// The store in the file `store.sqlite`, as [`cipher`] 7 keeps it.
    pub(crate) async fn open(&self) -> Store {
        let (path, postgres) = (self.path("store.sqlite").into(), Secret::from(""));
        Store::open(&config::Store { path, postgres, encryption_key: Secret::from("") }, cipher(7)).await.unwrap()
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

/// Where a store lies, so that it can be opened again.
enum Home {
    File(Directory),
    Server(String),
}

impl Home {
    fn file() -> Self {
        Self::File(Directory::new())
    }

    async fn server() -> Self {
        Self::Server(postgres::database().await)
    }

    fn config(&self) -> config::Store {
        let (path, postgres) = match self {
            Self::File(directory) => (directory.path("store.sqlite"), ""),
            Self::Server(address) => (String::new(), address.as_str()),
        };
        config::Store { path: path.into(), postgres: Secret::from(postgres), encryption_key: Secret::from("") }
    }

    async fn open_with(&self, key: u8) -> Result<Store, StoreError> {
        Store::open(&self.config(), cipher(key)).await
    }

    async fn open(&self) -> Store {
        self.open_with(7).await.unwrap()
    }
}

fn cipher(key: u8) -> Cipher {
    Cipher::from_config(&Secret::from(STANDARD.encode([key; 32]).as_str())).unwrap()
}

/// Makes two tests of each function: one on a file, one on a server.
macro_rules! on_both {
    ($($check:ident),* $(,)?) => {
        $(mod $check {
            use super::Home;

            #[tokio::test]
            async fn on_a_file() {
                super::$check(&Home::file()).await;
            }

            #[tokio::test]
            async fn on_a_server() {
                super::$check(&Home::server().await).await;
            }
        })*
    };
}
use on_both;

on_both! {
    one_owner_holds_an_opportunity_until_the_lease_ends,
    postponed_work_is_due_at_its_time_and_counts_its_failures,
    a_secret_is_replaced_and_read_back_only_with_its_key,
    a_wake_during_a_run_is_not_lost,
    a_look_is_due_at_the_earliest_time_that_anybody_asked_for,
    due_work_is_taken_longest_due_first_and_once,
    an_arrival_is_one_row_however_often_it_is_named,
    an_arrival_that_is_named_again_while_it_is_sorted_stays,
    a_feed_is_read_by_one_owner_at_a_time,
    a_feed_goes_on_where_it_was_and_what_it_brought_is_due,
    a_store_that_answers_is_ready,
}

const NOW: OffsetDateTime = datetime!(2026-11-22 14:00:00.123 UTC);
const LEASE: Duration = Duration::from_mins(1);

fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

fn key() -> SalesforceId {
    SalesforceId::parse("006Qy00000AbCdE").unwrap()
}

fn other() -> SalesforceId {
    SalesforceId::parse("006Qy00000AbCdF").unwrap()
}

/// A lease for what a test writes in place of a run. Whoever has it gets it again, and loses the one before.
pub(crate) async fn held<K: Key>(store: &Store, key: &K) -> Lease<K> {
    store.lease(key, "a test", NOW, LEASE).await.unwrap().unwrap()
}

fn work() -> WorkKey {
    WorkKey::Opportunity(key())
}

async fn one_owner_holds_an_opportunity_until_the_lease_ends(home: &Home) {
    let store = home.open().await;
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

async fn postponed_work_is_due_at_its_time_and_counts_its_failures(home: &Home) {
    let store = home.open().await;
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

async fn a_secret_is_replaced_and_read_back_only_with_its_key(home: &Home) {
    let store = home.open().await;
    for text in ["first-refresh-token", "second-refresh-token"] {
        store.keep_secret("token", b"origin", &SecretString::from(text), NOW).await.unwrap();
        let kept = store.secret("token").await.unwrap().unwrap();
        assert_eq!((kept.text.expose_secret(), kept.origin.as_slice()), (text, b"origin".as_slice()));
    }
    assert!(store.secret("other").await.unwrap().is_none());
    store.close().await;
    drop(store);
    let other_key = home.open_with(8).await;
    assert!(matches!(other_key, Err(StoreError::Sealed(_))), "{other_key:?}");
}

async fn a_wake_during_a_run_is_not_lost(home: &Home) {
    let store = home.open().await;
    for ends_with_a_failure in [false, true] {
        let lease = store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
        store.wake(&key(), NOW + seconds(1)).await.unwrap();
        assert!(store.due(NOW + seconds(1), 9).await.unwrap().is_empty(), "the run still has it");
        if ends_with_a_failure {
            store.postpone(&lease, NOW + seconds(600)).await.unwrap();
        } else {
            store.done(&lease).await.unwrap();
        }
        assert_eq!(store.due(NOW + seconds(1), 9).await.unwrap(), [work()]);
        // The next run has nothing more to answer.
        let lease = store.lease(&key(), "one", NOW + seconds(1), LEASE).await.unwrap().unwrap();
        assert_eq!(lease.attempts, u32::from(ends_with_a_failure));
        store.done(&lease).await.unwrap();
        assert!(store.due(NOW + seconds(9999), 9).await.unwrap().is_empty());
    }
}

async fn a_look_is_due_at_the_earliest_time_that_anybody_asked_for(home: &Home) {
    let store = home.open().await;
    for at in [20, 10, 30] {
        store.wake(&key(), NOW + seconds(at)).await.unwrap();
    }
    assert!(store.due(NOW + seconds(9), 9).await.unwrap().is_empty());
    assert_eq!(store.due(NOW + seconds(10), 9).await.unwrap(), [work()]);
}

async fn due_work_is_taken_longest_due_first_and_once(home: &Home) {
    let store = home.open().await;
    let engagement = EngagementId::parse("7c1e0000-0000-4000-8000-000000000002").unwrap();
    store.wake(&key(), NOW + seconds(2)).await.unwrap();
    store.wake(&engagement, NOW).await.unwrap();
    store.wake(&other(), NOW + seconds(60)).await.unwrap();
    let now = NOW + seconds(3);
    let take = async |owner, limit| {
        let taken = store.take_due(owner, now, LEASE, limit).await.unwrap();
        assert!(taken.iter().all(|lease| lease.owner == owner && lease.wakes == 1 && lease.attempts == 0));
        taken.into_iter().map(|lease| lease.key).collect::<Vec<_>>()
    };
    assert!(take("one", 0).await.is_empty());
    assert_eq!(take("one", 1).await, [WorkKey::Engagement(engagement)]);
    assert_eq!(take("two", 9).await, [work()]);
    assert!(take("one", 9).await.is_empty(), "not even what it holds itself");
    // Who has taken it begins the run with a lease of its own; nobody else can.
    assert_eq!(store.lease(&key(), "one", now, LEASE).await.unwrap(), None);
    assert!(store.lease(&key(), "two", now, LEASE).await.unwrap().is_some());
}

async fn an_arrival_is_one_row_however_often_it_is_named(home: &Home) {
    let store = home.open().await;
    for (name, at) in [("B", 2), ("a", 0), ("b", 1), ("B", 3)] {
        store.note_arrival(name, NOW + seconds(at)).await.unwrap();
    }
    let arrival = |referral_id: &str, arrivals| Arrival { referral_id: referral_id.to_owned(), arrivals };
    assert_eq!(store.arrivals(9).await.unwrap(), [arrival("a", 1), arrival("b", 3)]);
    assert_eq!(store.arrivals(1).await.unwrap(), [arrival("a", 1)]);
    store.sort_arrival(&arrival("a", 1), None, NOW).await.unwrap();
    store.sort_arrival(&arrival("b", 3), Some(&work()), NOW).await.unwrap();
    assert!(store.arrivals(9).await.unwrap().is_empty());
    assert_eq!(store.due(NOW, 9).await.unwrap(), [work()]);
}

async fn an_arrival_that_is_named_again_while_it_is_sorted_stays(home: &Home) {
    let store = home.open().await;
    store.note_arrival("a", NOW).await.unwrap();
    let arrival = store.arrivals(9).await.unwrap().remove(0);
    store.note_arrival("a", NOW).await.unwrap();
    store.sort_arrival(&arrival, Some(&work()), NOW).await.unwrap();
    assert_eq!(store.due(NOW, 9).await.unwrap(), [work()]);
    assert_eq!(store.arrivals(9).await.unwrap(), [Arrival { arrivals: 2, ..arrival }]);
}

async fn a_feed_is_read_by_one_owner_at_a_time(home: &Home) {
    let store = home.open().await;
    let take = async |feed, owner, after| store.take_feed(feed, owner, NOW + seconds(after), LEASE).await.unwrap();
    assert!(take("changes", "one", 0).await);
    assert!(!take("changes", "two", 59).await);
    assert!(take("sweep", "two", 59).await, "another feed is another matter");
    assert!(take("changes", "one", 59).await);
    assert!(!take("changes", "two", 60).await, "it was prolonged");
    assert!(take("changes", "two", 119).await);
    assert!(!take("changes", "one", 120).await);
}

async fn a_feed_goes_on_where_it_was_and_what_it_brought_is_due(home: &Home) {
    let store = home.open().await;
    assert_eq!(store.mark("changes").await.unwrap(), None);
    assert!(store.take_feed("changes", "one", NOW, LEASE).await.unwrap());
    assert_eq!(store.mark("changes").await.unwrap(), None, "it was taken and not read");
    // One of them twice, as an overlapping feed brings it.
    let brought = [WorkKey::Opportunity(other()), work(), work()];
    store.advance("changes", "one", "2026-11-22T14:00:00Z", &brought, NOW).await.unwrap();
    store.close().await;
    drop(store);
    let store = home.open().await;
    assert_eq!(store.mark("changes").await.unwrap().as_deref(), Some("2026-11-22T14:00:00Z"));
    assert_eq!(store.mark("sweep").await.unwrap(), None);
    assert_eq!(store.due(NOW, 9).await.unwrap(), [work(), WorkKey::Opportunity(other())]);
}

async fn a_store_that_answers_is_ready(home: &Home) {
    let store = home.open().await;
    store.ping().await.unwrap();
    store.close().await;
    assert!(store.ping().await.is_err());
}
