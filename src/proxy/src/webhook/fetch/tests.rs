//! Fetching over real TLS: what comes back, and what is not even asked for.

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::header;
use axum::routing::get;

use super::*;
use crate::config::tests::config_with;
use crate::store::tests::Directory;
use crate::test_server::{TestServer, authority};

const LIMIT: usize = 1000;

fn fetcher(private: bool) -> HttpsFetch {
    let directory = Directory::new();
    let anchors = directory.file("ca.pem", &authority());
    HttpsFetch::from_config(&config_with(&[
        ("TLS__TRUST_ANCHORS", &anchors),
        ("WEBHOOKS__CERTIFICATE_LIMIT_BYTES", &LIMIT.to_string()),
        ("WEBHOOKS__CERTIFICATE_TIMEOUT_SECONDS", "0.5"),
        ("WEBHOOKS__ALLOW_PRIVATE_CERTIFICATE_HOSTS", if private { "true" } else { "false" }),
    ]))
    .unwrap()
}

#[tokio::test]
async fn a_file_is_taken_and_nothing_else_that_a_server_may_answer() {
    let followed = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&followed);
    let target = get(move || {
        counted.fetch_add(1, Ordering::SeqCst);
        async { "elsewhere" }
    });
    let server = TestServer::start(
        Router::new()
            .route("/good.cer", get(async || "a certificate"))
            .route("/full.cer", get(async || "x".repeat(LIMIT)))
            .route("/long.cer", get(async || "x".repeat(LIMIT + 1)))
            .route("/moved.cer", get(async || (StatusCode::FOUND, [(header::LOCATION, "/target.cer")], "moved")))
            .route("/target.cer", target)
            .route("/empty.cer", get(async || StatusCode::NO_CONTENT))
            .route("/busy.cer", get(async || StatusCode::SERVICE_UNAVAILABLE))
            .route("/slow.cer", get(std::future::pending::<&'static str>)),
    );
    let full = "x".repeat(LIMIT);
    let cases: [(&str, Result<&str, &str>); 8] = [
        ("good.cer", Ok("a certificate")),
        ("full.cer", Ok(&full)),
        ("long.cer", Err("never: the answer is longer than 1000 bytes")),
        ("moved.cer", Err("never: status 302 Found")),
        ("none.cer", Err("never: status 404 Not Found")),
        ("empty.cer", Err("never: status 204 No Content")),
        ("busy.cer", Err("later: status 503 Service Unavailable")),
        ("slow.cer", Err("later: no answer")),
    ];
    let fetch = fetcher(true);
    for (path, expected) in cases {
        let url = Url::parse(&format!("{}/{path}", server.url())).unwrap();
        let outcome = fetch.fetch(&url).await.map_err(|error| match error {
            FetchError::Later(detail) => format!("later: {detail}"),
            FetchError::Never(detail) => format!("never: {detail}"),
        });
        match expected {
            Ok(file) => assert_eq!(outcome.as_deref(), Ok(file.as_bytes()), "{path}"),
            Err(reason) => assert!(outcome.as_ref().is_err_and(|said| said.starts_with(reason)), "{path}: {outcome:?}"),
        }
    }
    assert_eq!(followed.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_that_stands_for_this_machine_is_not_called() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let server = TestServer::start(Router::new().fallback(move || {
        counted.fetch_add(1, Ordering::SeqCst);
        async { "secret" }
    }));
    let url = Url::parse(&format!("https://localhost:{}/", server.port())).unwrap();
    let outcome = fetcher(false).fetch(&url).await;
    assert!(matches!(&outcome, Err(FetchError::Later(detail)) if detail.contains("no public address")), "{outcome:?}");
    assert_eq!(asked.load(Ordering::SeqCst), 0);
    assert_eq!(fetcher(true).fetch(&url).await.as_deref(), Ok(b"secret".as_slice()));
}

#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_not_believed() {
    let server = TestServer::start(Router::new().fallback(async || "a certificate"));
    let fetch = HttpsFetch::from_config(&config_with(&[("WEBHOOKS__ALLOW_PRIVATE_CERTIFICATE_HOSTS", "true")])).unwrap();
    let outcome = fetch.fetch(&Url::parse(&server.url()).unwrap()).await;
    assert!(matches!(&outcome, Err(FetchError::Later(_))), "{outcome:?}");
}
