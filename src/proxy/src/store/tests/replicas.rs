//! Several at work on one database at the same time: tasks of one process on a file, and processes with connections of their
//! own on a server.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::task::JoinSet;

use super::*;

const WORKERS: usize = 4;
const KEYS: usize = 40;

fn keys() -> impl Iterator<Item = SalesforceId> {
    (0..KEYS).map(|number| SalesforceId::parse(&format!("006Qy00000{number:05}")).unwrap())
}

impl Home {
    /// One store for each worker: a file has one process, a server has many.
    async fn workers(&self) -> Vec<Store> {
        let first = self.open().await;
        let mut stores = vec![first.clone()];
        while stores.len() < WORKERS {
            stores.push(match self {
                Self::File(_) => first.clone(),
                Self::Server(_) => self.open().await,
            });
        }
        stores
    }
}

/// Runs `work` for each store at once, on threads of their own.
async fn at_once<T: Send + 'static, W: Future<Output = T> + Send + 'static>(
    stores: &[Store],
    work: impl Fn(String, Store) -> W,
) -> Vec<T> {
    let mut tasks = JoinSet::new();
    for (number, store) in stores.iter().enumerate() {
        tasks.spawn(work(format!("worker {number}"), store.clone()));
    }
    tasks.join_all().await
}

/// As `on_both`, on more than one thread.
macro_rules! on_both_at_once {
    ($($check:ident),* $(,)?) => {
        $(mod $check {
            use super::Home;

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn on_a_file() {
                super::$check(&Home::file()).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn on_a_server() {
                super::$check(&Home::server().await).await;
            }
        })*
    };
}

on_both_at_once! {
    no_work_is_held_twice_and_all_of_it_is_done,
    of_all_who_ask_for_one_lease_one_gets_it,
    wakes_and_runs_cross_and_no_wake_is_lost,
    a_link_that_all_begin_is_one_link,
    feeds_that_bring_the_same_in_another_order_do_not_wait_for_each_other,
}

async fn no_work_is_held_twice_and_all_of_it_is_done(home: &Home) {
    let stores = home.workers().await;
    for key in keys() {
        stores[0].wake(&key, NOW).await.unwrap();
    }
    let held = Arc::new(Mutex::new(BTreeSet::new()));
    let done = at_once(&stores, |owner, store| {
        let held = Arc::clone(&held);
        async move {
            let mut done = Vec::new();
            loop {
                let taken = store.take_due(&owner, NOW, LEASE, 3).await.unwrap();
                if taken.is_empty() {
                    return done;
                }
                for lease in &taken {
                    assert!(held.lock().unwrap().insert(lease.key.clone()), "{:?} is held twice", lease.key);
                }
                for lease in taken {
                    assert!(store.renew(&lease, NOW, LEASE).await.unwrap());
                    assert!(held.lock().unwrap().remove(&lease.key));
                    store.done(&lease).await.unwrap();
                    done.push(lease.key);
                }
            }
        }
    })
    .await;
    let done: BTreeMap<WorkKey, usize> = done.into_iter().flatten().fold(BTreeMap::new(), |mut counts, key| {
        *counts.entry(key).or_default() += 1;
        counts
    });
    let expected = keys().map(|key| (WorkKey::Opportunity(key), 1)).collect();
    assert_eq!(done, expected);
    assert!(stores[0].due(NOW + LEASE, 9).await.unwrap().is_empty());
}

async fn of_all_who_ask_for_one_lease_one_gets_it(home: &Home) {
    let stores = home.workers().await;
    let taken = at_once(&stores, |owner, store| async move {
        let mut taken = Vec::new();
        for key in keys() {
            taken.extend(store.lease(&key, &owner, NOW, LEASE).await.unwrap().map(|lease| lease.key));
        }
        taken
    })
    .await;
    let mut taken: Vec<_> = taken.into_iter().flatten().collect();
    taken.sort();
    assert_eq!(taken, keys().collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>());
}

async fn wakes_and_runs_cross_and_no_wake_is_lost(home: &Home) {
    let stores = home.workers().await;
    // What a seller changes, and what runs have brought over so far.
    let (edited, brought) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    for _ in 0..50 {
        at_once(&stores, |owner, store| {
            let (edited, brought) = (Arc::clone(&edited), Arc::clone(&brought));
            async move {
                edited.fetch_add(1, Ordering::SeqCst);
                store.wake(&key(), NOW).await.unwrap();
                if let Some(lease) = store.lease(&key(), &owner, NOW, LEASE).await.unwrap() {
                    let seen = edited.load(Ordering::SeqCst);
                    assert!(store.renew(&lease, NOW, LEASE).await.unwrap());
                    brought.fetch_max(seen, Ordering::SeqCst);
                    store.done(&lease).await.unwrap();
                }
            }
        })
        .await;
        let waiting = !stores[0].due(NOW, 1).await.unwrap().is_empty();
        assert!(waiting || brought.load(Ordering::SeqCst) == edited.load(Ordering::SeqCst), "an edit that nobody looks at");
    }
}

async fn a_link_that_all_begin_is_one_link(home: &Home) {
    let stores = home.workers().await;
    let languages = at_once(&stores, |owner, store| async move {
        let mut languages = Vec::new();
        for key in keys() {
            languages.push(store.begin_link(&key, &owner, NOW).await.unwrap().language);
        }
        languages
    })
    .await;
    for other in &languages {
        assert_eq!(other, &languages[0], "all see the link of whoever was first");
    }
}

async fn feeds_that_bring_the_same_in_another_order_do_not_wait_for_each_other(home: &Home) {
    let stores = home.workers().await;
    at_once(&stores, |owner, store| async move {
        let mut work: Vec<WorkKey> = keys().map(WorkKey::Opportunity).collect();
        assert!(store.take_feed(&owner, &owner, NOW, LEASE).await.unwrap());
        for _ in 0..10 {
            work.reverse();
            store.advance(&owner, &owner, "mark", &work, NOW).await.unwrap();
        }
    })
    .await;
    assert_eq!(stores[0].due(NOW, 999).await.unwrap().len(), KEYS);
}

#[tokio::test]
async fn what_a_dead_replica_held_is_anothers_when_its_time_is_over() {
    let home = Home::server().await;
    let (dead, living) = (home.open().await, home.open().await);
    dead.wake(&key(), NOW).await.unwrap();
    assert_eq!(dead.take_due("dead", NOW, LEASE, 9).await.unwrap().len(), 1);
    assert!(dead.take_feed("changes", "dead", NOW, LEASE).await.unwrap());
    drop(dead);
    // A replica that starts takes nothing from the others.
    let started = home.open().await;
    for store in [&living, &started] {
        assert!(store.take_due("living", NOW + seconds(59), LEASE, 9).await.unwrap().is_empty());
        assert!(!store.take_feed("changes", "living", NOW + seconds(59), LEASE).await.unwrap());
    }
    assert_eq!(living.take_due("living", NOW + LEASE, LEASE, 9).await.unwrap().len(), 1);
    assert!(living.take_feed("changes", "living", NOW + LEASE, LEASE).await.unwrap());
}

#[tokio::test]
async fn work_that_another_replica_is_just_taking_is_left_to_it_without_waiting() {
    let home = Home::server().await;
    let store = home.open().await;
    store.wake(&key(), NOW).await.unwrap();
    store.wake(&other(), NOW + seconds(1)).await.unwrap();
    let mut connection = store.connection().await.unwrap();
    let mut taking = connection.begin().await.unwrap();
    let take = "UPDATE work SET lease_owner = 'other' WHERE work_key = '006Qy00000AbCdEIAV'";
    assert_eq!(sqlx::query(take).execute(&mut *taking).await.unwrap().rows_affected(), 1);
    let taken = store.take_due("one", NOW + seconds(1), LEASE, 1);
    let taken = tokio::time::timeout(seconds(20), taken).await.expect("it waits for the other").unwrap();
    assert_eq!(taken.into_iter().map(|lease| lease.key).collect::<Vec<_>>(), [WorkKey::Opportunity(other())]);
    taking.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn replicas_that_start_at_once_make_the_tables_once() {
    let home = Arc::new(Home::server().await);
    let mut tasks = JoinSet::new();
    for _ in 0..WORKERS {
        let home = Arc::clone(&home);
        tasks.spawn(async move { home.open().await.ping().await });
    }
    for outcome in tasks.join_all().await {
        outcome.unwrap();
    }
}

#[tokio::test]
async fn a_server_that_cannot_be_used_is_named_without_its_password() {
    let Home::Server(address) = Home::server().await else { panic!("it lies in a file") };
    let (server, _) = address.split_once("/test_").unwrap();
    let socket = address.split_once('?').unwrap().1;
    let strange = format!("{server}/postgres?{socket}&pasword=s3cret");
    let absent = format!("{}/absent?{socket}", server.replace("cosell@", "cosell:s3cret@"));
    for (address, reason) in [
        ("postgres://cosell:s3cret@127.0.0.1:1/cosell", "store.postgres: the database cannot be used: "),
        (absent.as_str(), "store.postgres: the database cannot be used: "),
        ("postgres://cosell:s3cret@db.example:port/cosell?sslmode=require", "store.postgres is not a connection string"),
        ("postgres://cosell:s3cret@db.example/cosell?sslmode=s3cret", "store.postgres is not a connection string"),
        (strange.as_str(), "store.postgres is not a connection string"),
        ("host=db.example password=s3cret", "store.postgres is not a connection string"),
    ] {
        let config = config::Store { path: PathBuf::new(), postgres: Secret::from(address), encryption_key: Secret::from("") };
        let error = Store::open(&config, cipher(7)).await.unwrap_err();
        assert!(error.to_string().starts_with(reason), "{error}");
        for shown in [error.to_string(), format!("{error:?}"), format!("{config:?}")] {
            assert!(!shown.contains("s3cret"), "{shown}");
        }
    }
    let store = Home::Server(address).open().await;
    assert_eq!(format!("{store:?}"), "Store(PostgreSQL)");
}
