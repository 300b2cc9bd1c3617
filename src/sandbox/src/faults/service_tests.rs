//! Each effect, on a service that counts what it commits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use axum::routing::post;
use serde_json::json;
use tower::ServiceExt;

use super::{Dropped, FaultyService};
use crate::faults::{Faults, LetGo, Outcome, UpstreamService};

struct Bench {
    faults: Arc<Faults>,
    committed: Arc<AtomicUsize>,
    service: FaultyService,
}

impl Bench {
    fn new(effect: &serde_json::Value) -> Self {
        let committed = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&committed);
        let handler = move || async move { count.fetch_add(1, Ordering::SeqCst).to_string() };
        let faults = Arc::new(Faults::default());
        let fault = serde_json::from_value(json!({ "effect": effect })).expect("a fault");
        faults.list.add(fault);
        let inner = Router::new().route("/deals", post(handler));
        let service = FaultyService::new(UpstreamService::PartnerCenter, Arc::clone(&faults), inner);
        Self { faults, committed, service }
    }

    async fn call(&self) -> Result<Response<Body>, Dropped> {
        let request = Request::post("/deals?x=1").body(Body::from("{}")).expect("a request");
        self.service.clone().oneshot(request).await
    }

    fn commits(&self) -> usize {
        self.committed.load(Ordering::SeqCst)
    }

    fn outcomes(&self) -> Vec<(Outcome, Option<u16>)> {
        self.faults.log.all().into_iter().map(|entry| (entry.outcome, entry.status)).collect()
    }
}

#[tokio::test]
async fn a_status_is_answered_with_its_headers_and_body_and_the_service_sees_nothing() {
    let bench = Bench::new(&json!({
        "kind": "status", "status": 429, "headers": { "Retry-After": "7" }, "body": { "statusCode": 429 }
    }));
    let response = bench.call().await.expect("an answer");
    assert_eq!(response.status(), 429);
    assert_eq!(response.headers()["retry-after"], "7");
    let body = to_bytes(response.into_body(), 1000).await.expect("a body");
    assert_eq!(body, r#"{"statusCode":429}"#);
    assert_eq!(bench.commits(), 0);
    assert_eq!(bench.outcomes(), [(Outcome::Answered, Some(429))]);
}

#[tokio::test]
async fn a_status_hides_what_was_committed_when_it_comes_after() {
    for (when, commits) in [("before", 0), ("after", 1)] {
        let bench = Bench::new(&json!({ "kind": "status", "status": 504, "when": when }));
        assert_eq!(bench.call().await.expect("an answer").status(), 504);
        assert_eq!(bench.commits(), commits, "{when}");
        assert_eq!(bench.outcomes(), [(Outcome::Answered, Some(504))]);
    }
}

#[tokio::test]
async fn a_drop_leaves_the_client_without_an_answer_before_or_after_the_commit() {
    for (when, commits) in [("before", 0), ("after", 1)] {
        let bench = Bench::new(&json!({ "kind": "drop", "when": when }));
        assert!(bench.call().await.is_err());
        assert_eq!(bench.commits(), commits, "{when}");
        assert_eq!(bench.outcomes(), [(Outcome::Dropped, None)]);
        assert!(bench.call().await.is_ok(), "the next call passes");
    }
}

#[tokio::test]
async fn a_malformed_answer_is_committed_and_says_200() {
    let bench = Bench::new(&json!({ "kind": "malformed" }));
    let response = bench.call().await.expect("an answer");
    assert_eq!(response.status(), 200);
    let body = to_bytes(response.into_body(), 1000).await.expect("a body");
    assert!(serde_json::from_slice::<serde_json::Value>(&body).is_err());
    assert_eq!(bench.commits(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_delay_comes_before_or_after_the_commit() {
    for (when, commits_at_once) in [("before", 0), ("after", 1)] {
        let bench = Bench::new(&json!({ "kind": "delay", "milliseconds": 60_000, "when": when }));
        let call = bench.call();
        tokio::pin!(call);
        let waiting = tokio::time::timeout(Duration::from_secs(59), &mut call).await;
        assert!(waiting.is_err());
        assert_eq!(bench.commits(), commits_at_once, "{when}");
        assert_eq!(call.await.expect("an answer").status(), 200);
        assert_eq!(bench.commits(), 1);
    }
}

#[tokio::test]
async fn a_held_call_is_announced_once_and_dropped_when_the_faults_are_cleared() {
    for (when, commits) in [("before", 0), ("after", 1)] {
        let bench = Bench::new(&json!({ "kind": "hold", "when": when }));
        let (result, hold) = tokio::join!(bench.call(), async {
            let hold = bench.faults.holds.next().await;
            assert_eq!(bench.commits(), commits, "{when}");
            bench.faults.clear();
            hold
        });
        assert!(result.is_err());
        assert_eq!((hold.method.as_str(), hold.path.as_str()), ("POST", "/deals?x=1"));
        assert_eq!(serde_json::to_value(hold.when).expect("a word"), when);
    }
}

#[tokio::test]
async fn a_held_call_that_is_released_goes_on_as_if_it_had_not_been_held() {
    for (when, commits_while_held) in [("before", 0), ("after", 1)] {
        let bench = Bench::new(&json!({ "kind": "hold", "when": when }));
        let (result, ()) = tokio::join!(bench.call(), async {
            bench.faults.holds.next().await;
            assert_eq!(bench.commits(), commits_while_held, "{when}");
            bench.faults.holds.release(LetGo::GoOn);
        });
        assert_eq!(result.expect("an answer").status(), 200, "{when}");
        assert_eq!(bench.commits(), 1, "{when}");
        assert_eq!(bench.outcomes(), [(Outcome::Answered, Some(200))]);
    }
}

#[tokio::test]
async fn a_client_that_leaves_a_held_call_has_committed_and_is_noted() {
    let bench = Bench::new(&json!({ "kind": "hold", "when": "after" }));
    tokio::select! {
        _ = bench.call() => panic!("a held call does not end"),
        _ = bench.faults.holds.next() => {}
    }
    assert_eq!(bench.commits(), 1);
    assert_eq!(bench.outcomes(), [(Outcome::Abandoned, None)]);
}

#[tokio::test]
async fn requests_are_counted_once_in_the_order_of_arrival() {
    let bench = Bench::new(&json!({ "kind": "malformed" }));
    for _ in 0..3 {
        bench.call().await.expect("an answer");
    }
    let seqs: Vec<u64> = bench.faults.log.all().iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, [1, 2, 3]);
}
