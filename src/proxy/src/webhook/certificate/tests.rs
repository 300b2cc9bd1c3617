//! What is kept, how long, and what cannot push it out.

use std::sync::atomic::Ordering;

use super::*;
use crate::config::tests::config_with;
use crate::store::tests::Directory;
use crate::token::tests::NOW;
use crate::webhook::Fetching;
use crate::webhook::tests::{ADDRESS, PKI, Shelf};

const KEEP: Duration = Duration::from_hours(1);

fn trust() -> Arc<Trust> {
    let directory = Directory::new();
    let root = directory.file("root.pem", &PKI.root());
    Arc::new(Trust::from_config(&config_with(&[("WEBHOOKS__TRUST_ANCHORS", &root)]).webhooks).unwrap())
}

fn certificates(fetch: Arc<dyn Fetch>) -> Certificates {
    Certificates::new(fetch, trust(), KEEP)
}

fn good() -> Arc<Shelf> {
    let shelf = Arc::new(Shelf::default());
    shelf.put(ADDRESS, Ok(PKI.bundle()));
    shelf
}

fn address(number: usize) -> Url {
    Url::parse(&format!("https://certificates.example/{number}.cer")).unwrap()
}

#[tokio::test]
async fn a_good_certificate_is_fetched_once_until_its_time_is_over() {
    let shelf = good();
    let (certificates, url) = (certificates(Arc::<Shelf>::clone(&shelf)), Url::parse(ADDRESS).unwrap());
    for (after, fetched) in [(0, 1), (3599, 1), (3600, 2), (3601, 2)] {
        let now = NOW + Duration::from_secs(after);
        assert!(certificates.get(&url, now).await.is_ok());
        certificates.proved(&url, now);
        assert_eq!(shelf.fetched.load(Ordering::SeqCst), fetched, "{after}");
    }
}

#[tokio::test]
async fn a_certificate_that_has_proven_nothing_is_kept_shortly() {
    let shelf = good();
    let (certificates, url) = (certificates(Arc::<Shelf>::clone(&shelf)), Url::parse(ADDRESS).unwrap());
    for (after, fetched) in [(0, 1), (9, 1), (10, 2)] {
        assert!(certificates.get(&url, NOW + Duration::from_secs(after)).await.is_ok());
        assert_eq!(shelf.fetched.load(Ordering::SeqCst), fetched, "{after}");
    }
}

#[tokio::test]
async fn a_failure_is_remembered_shortly_and_then_forgotten() {
    let shelf = Arc::new(Shelf::default());
    shelf.put(ADDRESS, Err(FetchError::Later("status 503".to_owned())));
    let (certificates, url) = (certificates(Arc::<Shelf>::clone(&shelf)), Url::parse(ADDRESS).unwrap());
    let unavailable = Refusal::Unavailable("status 503".to_owned());
    assert_eq!(certificates.get(&url, NOW).await.unwrap_err(), unavailable);
    shelf.put(ADDRESS, Ok(PKI.bundle()));
    assert_eq!(certificates.get(&url, NOW + Duration::from_secs(9)).await.unwrap_err(), unavailable);
    assert_eq!(shelf.fetched.load(Ordering::SeqCst), 1);
    assert!(certificates.get(&url, NOW + SHORTLY).await.is_ok());
}

#[tokio::test]
async fn all_who_wait_for_a_certificate_wait_for_one_fetch() {
    let shelf = good();
    let (certificates, url) = (Arc::new(certificates(Arc::<Shelf>::clone(&shelf))), Url::parse(ADDRESS).unwrap());
    let waiting: Vec<_> = (0..20)
        .map(|_| {
            let (certificates, url) = (Arc::clone(&certificates), url.clone());
            tokio::spawn(async move { certificates.get(&url, NOW).await.is_ok() })
        })
        .collect();
    for one in waiting {
        assert!(one.await.unwrap());
    }
    assert_eq!(shelf.fetched.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn addresses_that_anybody_can_make_up_push_no_good_certificate_out() {
    let shelf = good();
    let (certificates, url) = (certificates(Arc::<Shelf>::clone(&shelf)), Url::parse(ADDRESS).unwrap());
    assert!(certificates.get(&url, NOW).await.is_ok());
    certificates.proved(&url, NOW);
    // All of them are younger, and half of them lead to the certificate in use.
    let later = NOW + Duration::from_secs(1);
    for number in 0..3 * MOST_KEPT {
        let made_up = address(number);
        if number % 2 == 0 {
            shelf.put(made_up.as_str(), Ok(PKI.bundle()));
        }
        assert_eq!(certificates.get(&made_up, later).await.is_ok(), number % 2 == 0);
        assert!(certificates.entries.lock().unwrap().len() <= MOST_KEPT);
    }
    assert_eq!(shelf.fetched.load(Ordering::SeqCst), 1 + 3 * MOST_KEPT);
    assert!(certificates.get(&url, NOW).await.is_ok());
    assert_eq!(shelf.fetched.load(Ordering::SeqCst), 1 + 3 * MOST_KEPT);
}

#[tokio::test]
async fn of_certificates_in_use_the_one_that_was_used_longest_ago_makes_room() {
    let shelf = Arc::new(Shelf::default());
    let certificates = certificates(Arc::<Shelf>::clone(&shelf));
    let second = |number: usize| NOW + Duration::from_secs(u64::try_from(number).unwrap());
    for number in 0..MOST_KEPT {
        shelf.put(address(number).as_str(), Ok(PKI.bundle()));
        assert!(certificates.get(&address(number), NOW).await.is_ok());
        certificates.proved(&address(number), second(number));
    }
    certificates.proved(&address(0), second(MOST_KEPT));
    drop(certificates.entry(&address(MOST_KEPT), second(MOST_KEPT)).unwrap());
    let entries = certificates.entries.lock().unwrap();
    assert!(entries.contains_key(&address(0)) && !entries.contains_key(&address(1)));
}

/// A host that never answers.
#[derive(Debug)]
struct Silent;

impl Fetch for Silent {
    fn fetch<'a>(&'a self, _: &'a Url) -> Fetching<'a> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn few_are_fetched_at_the_same_time_and_who_gives_up_makes_room() {
    let certificates = certificates(Arc::new(Silent));
    let mut waiting: Vec<_> = (0..MOST_FETCHED).map(|number| certificates.entry(&address(number), NOW).unwrap()).collect();
    let refused = certificates.entry(&address(MOST_FETCHED), NOW).unwrap_err();
    assert_eq!(refused, Refusal::Unavailable("too many are being fetched".to_owned()));
    assert!(certificates.entry(&address(0), NOW).is_ok(), "one more may wait for what is being fetched");
    drop(waiting.pop());
    assert!(certificates.entry(&address(MOST_FETCHED), NOW).is_ok());
}
