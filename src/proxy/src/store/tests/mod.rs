//! The store as a process finds it and as the next one does, on each database. What is true of one alone stands in a file of
//! its own.

mod file;
mod migrations;
mod postgres;
mod replicas;
mod simulated;

use std::path::PathBuf;
use std::time::Duration;

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
    an_intent_survives_the_process,
    the_first_unclear_intent_is_kept_until_something_is_found,
    how_a_pair_stands_is_read_back,
    what_both_sides_agreed_on_and_what_is_to_be_told_survive_the_process,
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
    children_lead_to_their_opportunity_until_they_are_seen_elsewhere,
    an_opportunity_is_found_by_either_referral_and_by_the_engagement,
    the_version_of_our_own_write_is_kept,
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

fn work() -> WorkKey {
    WorkKey::Opportunity(key())
}

async fn an_intent_survives_the_process(home: &Home) {
    let store = home.open().await;
    store.begin_link(&key(), "fr", NOW).await.unwrap();
    store.intend(&key(), Side::Own, NOW).await.unwrap();
    store.close().await;
    drop(store);

    let link = home.open().await.link(&key()).await.unwrap().unwrap();
    assert_eq!(link.own_attempt, Some(Attempt { intent: NOW, last: NOW, open: true }));
    assert_eq!((link.language.as_str(), link.microsoft_attempt, link.state), ("fr", None, State::NotShared));
}

async fn the_first_unclear_intent_is_kept_until_something_is_found(home: &Home) {
    let store = home.open().await;
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

async fn how_a_pair_stands_is_read_back(home: &Home) {
    let store = home.open().await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let reason = Reason { code: "partner-center.throttled".into(), detail: "x".into(), until: Some(NOW + seconds(57)) };
    store.conclude(&key(), State::Waiting, Some(&reason), None, NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.state, link.reason), (State::Waiting, Some(reason)));
    store.conclude(&key(), State::InStep, None, None, NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.state, link.reason), (State::InStep, None));
}

async fn what_both_sides_agreed_on_and_what_is_to_be_told_survive_the_process(home: &Home) {
    let store = home.open().await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let base = |notes: &str| {
        let mut base = Base::default();
        base.set("/details/notes", notes);
        base
    };
    let told = [Told {
        line: "Sent to Microsoft: description.".into(),
        version: Some("\"1\"".into()),
        operations: "[]".into(),
        before: 2,
    }];
    store.agree(&key(), &base("first"), NOW).await.unwrap();
    store.tell(&key(), &told, NOW).await.unwrap();
    store.close().await;
    drop(store);

    let store = home.open().await;
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
    store.advance("changes", "2026-11-22T14:00:00Z", &brought, NOW).await.unwrap();
    store.close().await;
    drop(store);
    let store = home.open().await;
    assert_eq!(store.mark("changes").await.unwrap().as_deref(), Some("2026-11-22T14:00:00Z"));
    assert_eq!(store.mark("sweep").await.unwrap(), None);
    assert_eq!(store.due(NOW, 9).await.unwrap(), [work(), WorkKey::Opportunity(other())]);
}

async fn children_lead_to_their_opportunity_until_they_are_seen_elsewhere(home: &Home) {
    let store = home.open().await;
    let [first, second] = ["00kQy00000AbCdE", "00kQy00000AbCdF"].map(|id| SalesforceId::parse(id).unwrap());
    store.keep_children(&key(), &[first.clone(), second.clone(), first.clone()]).await.unwrap();
    assert_eq!(store.parent_of(&first).await.unwrap(), Some(key()));
    store.keep_children(&other(), std::slice::from_ref(&second)).await.unwrap();
    assert_eq!(store.parent_of(&second).await.unwrap(), Some(other()));
    store.keep_children(&key(), &[]).await.unwrap();
    assert_eq!(store.parent_of(&first).await.unwrap(), None);
    assert_eq!(store.parent_of(&second).await.unwrap(), Some(other()));
}

async fn an_opportunity_is_found_by_either_referral_and_by_the_engagement(home: &Home) {
    let store = home.open().await;
    store.begin_link(&other(), "en", NOW).await.unwrap();
    store.begin_link(&key(), "en", NOW).await.unwrap();
    store.found(&key(), Side::Own, "ours", "shared", NOW).await.unwrap();
    store.found(&key(), Side::Microsoft, "theirs", "shared", NOW).await.unwrap();
    for referral in ["ours", "theirs"] {
        assert_eq!(store.opportunity_of_referral(referral).await.unwrap(), Some(key()), "{referral}");
    }
    assert_eq!(store.opportunity_of_engagement("shared").await.unwrap(), Some(key()));
    assert_eq!(store.opportunity_of_referral("shared").await.unwrap(), None);
    assert_eq!(store.opportunity_of_engagement("ours").await.unwrap(), None);
}

async fn the_version_of_our_own_write_is_kept(home: &Home) {
    let store = home.open().await;
    assert_eq!(store.written_version(&key()).await.unwrap(), None);
    store.begin_link(&key(), "en", NOW).await.unwrap();
    assert_eq!(store.written_version(&key()).await.unwrap(), None);
    store.keep_written_version(&key(), "2026-11-22T14:00:00Z").await.unwrap();
    assert_eq!(store.written_version(&key()).await.unwrap().as_deref(), Some("2026-11-22T14:00:00Z"));
}

async fn a_store_that_answers_is_ready(home: &Home) {
    let store = home.open().await;
    store.ping().await.unwrap();
    store.close().await;
    assert!(store.ping().await.is_err());
}
