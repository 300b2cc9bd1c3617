//! The tenant's registration as it is found, over real TLS, and what is made of it.

use serde_json::{Value, json};

use super::*;
use crate::test_server::{Gate, PUBLIC_URL, World};

const OTHER: &str = "https://staging.example/webhooks/partner-center";

fn registered(url: &str, events: &[&str]) -> Value {
    json!({ "webhookUrl": url, "webhookEvents": events })
}

fn all() -> Vec<&'static str> {
    EventName::ALL.map(EventName::name).to_vec()
}

fn registrar(world: &World) -> &Registrar {
    world.app.api().registrar.as_ref().unwrap()
}

/// What is registered in the end, without what the documents don't print in an answer.
fn in_the_end(world: &World) -> Value {
    world.microsoft.registration.lock().unwrap().clone().unwrap_or_default()
}

fn ours() -> Value {
    json!({ "WebhookUrl": PUBLIC_URL, "WebhookEvents": all(), "SignatureTokenToMsSignatureHeader": true })
}

#[tokio::test]
async fn a_status_says_whose_registration_it_is() {
    let spelt = PUBLIC_URL.replace("cosell.example", "COSELL.example:443");
    let shouted: Vec<String> = all().iter().map(|name| name.to_uppercase()).collect();
    let shouted: Vec<&str> = shouted.iter().map(String::as_str).collect();
    let cases: [(Option<Value>, Standing, &[&str]); 6] = [
        (None, Standing::NotRegistered, &all()),
        (Some(registered(PUBLIC_URL, &all())), Standing::Ours, &[]),
        (Some(registered(&spelt, &shouted)), Standing::Ours, &[]),
        (Some(registered(PUBLIC_URL, &all()[1..])), Standing::MissingEvents, &["referral-created"]),
        (Some(registered(OTHER, &all())), Standing::OtherUrl, &[]),
        (Some(registered(&PUBLIC_URL.replace("https", "http"), &all())), Standing::OtherUrl, &[]),
    ];
    let world = World::start(&[]).await;
    for (found, state, missing) in cases {
        *world.microsoft.registration.lock().unwrap() = found.clone();
        let status = registrar(&world).look().await.unwrap();
        assert_eq!((status.state, status.missing_events.as_slice()), (state, missing), "{found:?}");
        assert_eq!(registrar(&world).last(), Some(status));
    }
}

#[tokio::test]
async fn the_address_of_somebody_else_is_shown_without_its_secrets() {
    let cases = [
        ("https://hooks.example:8443/x?sv=1.0&sig=s3cret", "https://hooks.example:8443/x?…"),
        ("https://ada:s3cret@hooks.example/x", "https://hooks.example/x"),
        ("https://hooks.example/x#s3cret", "https://hooks.example/x?…"),
        ("hooks.example/x?sig=s3cret", "hooks.example/x?…"),
        (OTHER, OTHER),
    ];
    let world = World::start(&[]).await;
    for (url, shown) in cases {
        *world.microsoft.registration.lock().unwrap() = Some(registered(url, &all()));
        let status = registrar(&world).look().await.unwrap();
        assert_eq!((status.state, status.registered_url.as_deref()), (Standing::OtherUrl, Some(shown)));
        let refused = registrar(&world).register(false).await.unwrap_err().to_string();
        assert!(refused.contains(shown) && !refused.contains("s3cret"), "{refused}");
    }
    // It is compared whole.
    *world.microsoft.registration.lock().unwrap() = Some(registered(&format!("{PUBLIC_URL}?sig=s3cret"), &all()));
    assert_eq!(registrar(&world).look().await.unwrap().state, Standing::OtherUrl);
}

#[tokio::test]
async fn a_look_that_began_before_the_registration_does_not_have_the_last_word() {
    let world = World::start(&[]).await;
    let registrar = world.app.api().registrar.clone().unwrap();
    let gate = Arc::new(Gate::default());
    *world.microsoft.gate.lock().unwrap() = Some(("registration", Arc::clone(&gate)));
    let early = tokio::spawn({
        let registrar = Arc::clone(&registrar);
        async move { registrar.look().await }
    });
    gate.reached.notified().await;
    let registered = registrar.register(false).await.unwrap();
    assert_eq!(registered.state, Standing::Ours);
    gate.open.notify_one();
    assert_eq!(early.await.unwrap().unwrap(), registered, "it has seen nobody registered, and that is over");
    assert_eq!(registrar.last(), Some(registered));

    // A later look tells what has become of it since.
    *world.microsoft.registration.lock().unwrap() = None;
    assert_eq!(registrar.look().await.unwrap().state, Standing::NotRegistered);
    assert_eq!(registrar.last().unwrap().state, Standing::NotRegistered);
}

#[tokio::test]
async fn registering_is_safe_to_repeat_and_takes_nothing_from_others_unasked() {
    struct Case {
        found: Option<Value>,
        faster: Option<Value>,
        overwrite: bool,
        refused: bool,
        writes: &'static [&'static str],
        after: Value,
    }
    let of_others = registered(OTHER, &all());
    let nothing = || Case { found: None, faster: None, overwrite: false, refused: false, writes: &[], after: ours() };
    let cases = [
        Case { writes: &["POST"], ..nothing() },
        Case { found: Some(ours()), ..nothing() },
        Case { found: Some(registered(PUBLIC_URL, &["invoice-ready"])), writes: &["PUT"], ..nothing() },
        Case { found: Some(of_others.clone()), refused: true, after: of_others.clone(), ..nothing() },
        Case { found: Some(of_others.clone()), overwrite: true, writes: &["PUT"], ..nothing() },
        // Between our look and our write, somebody else registers.
        Case { faster: Some(of_others.clone()), refused: true, writes: &["POST"], after: of_others.clone(), ..nothing() },
        Case { faster: Some(of_others), overwrite: true, writes: &["POST", "PUT"], ..nothing() },
        Case { faster: Some(ours()), writes: &["POST"], ..nothing() },
    ];
    for (index, case) in cases.into_iter().enumerate() {
        let world = World::start(&[]).await;
        *world.microsoft.registration.lock().unwrap() = case.found;
        *world.microsoft.faster.lock().unwrap() = case.faster;
        let outcome = registrar(&world).register(case.overwrite).await;
        match &outcome {
            Ok(status) => assert!(!case.refused && status.state == Standing::Ours, "{index}: {status:?}"),
            Err(error) => {
                assert!(case.refused && matches!(error, RegistrationError::OtherUrl(url) if url == OTHER), "{index}: {error}");
            }
        }
        let calls = world.microsoft.calls();
        let writes: Vec<&str> = calls.iter().filter_map(|call| call.strip_suffix(" /webhooks/v1/registration")).collect();
        let writes: Vec<&str> = writes.into_iter().filter(|method| *method != "GET").collect();
        assert_eq!(writes, case.writes, "{index}");
        assert_eq!(in_the_end(&world), case.after, "{index}");
    }
}

#[tokio::test]
async fn a_test_event_has_an_outcome_that_is_asked_for_by_its_id() {
    let world = World::start(&[]).await;
    let (tests, id) = ("/webhooks/v1/registration/validationEvents", "04af2aea-d413-42db-824e-f328001484d1");
    world.microsoft.answer(tests, 200, json!({ "correlationId": id }));
    let id = Uuid::parse_str(id).unwrap();
    assert_eq!(registrar(&world).test().await.unwrap(), id);
    assert_eq!(registrar(&world).delivery(id).await.unwrap(), None);
    let result =
        json!({ "responseCode": "OK", "responseMessage": "", "systemError": false, "dateTimeUtc": "2026-11-22T14:00:00" });
    let outcome = json!({ "correlationId": id.to_string(), "status": "completed", "results": [result] });
    world.microsoft.answer(&format!("{tests}/{id}"), 200, outcome);
    assert!(registrar(&world).delivery(id).await.unwrap().unwrap().arrived());
    // Two a minute are allowed.
    world.microsoft.answer(tests, 429, json!({}));
    assert!(matches!(registrar(&world).test().await, Err(PartnerCenterError::Throttled { .. })));
}

#[tokio::test]
async fn an_answer_that_is_no_registration_is_not_taken_for_none() {
    let world = World::start(&[]).await;
    for (status, body) in [(200, json!([])), (200, json!("x")), (500, json!({})), (403, json!({}))] {
        world.microsoft.answer("/webhooks/v1/registration", status, body.clone());
        assert!(registrar(&world).register(true).await.is_err(), "{status} {body}");
        let calls = world.microsoft.calls();
        assert!(calls.iter().all(|call| call.starts_with("GET ")), "{calls:?}");
    }
}

#[tokio::test]
async fn the_watch_says_so_when_another_address_gets_the_events() {
    let kept = crate::log::tests::Kept::default();
    let guard = tracing::subscriber::set_default(kept.subscriber(config::LogFormat::Text));
    let world = World::start(&[("WEBHOOKS__CHECK_SECONDS", "0.01")]).await;
    *world.microsoft.registration.lock().unwrap() = Some(registered(OTHER, &all()));
    let (stop, told) = watch::channel(false);
    let registrar = world.app.api().registrar.clone().unwrap();
    let watching = tokio::spawn(Arc::clone(&registrar).watch(told));
    while registrar.last().is_none_or(|last| last.state != Standing::OtherUrl) {
        tokio::task::yield_now().await;
    }
    *world.microsoft.registration.lock().unwrap() = Some(ours());
    while registrar.last().is_none_or(|last| last.state != Standing::Ours) {
        tokio::task::yield_now().await;
    }
    stop.send_replace(true);
    watching.await.unwrap();
    drop(guard);
    let text = kept.text();
    let warned = text.lines().any(|line| line.contains("WARN") && line.contains(OTHER) && line.contains("--overwrite"));
    assert!(warned, "{text}");
}

#[tokio::test]
async fn the_command_line_works_beside_the_proxy_and_fails_where_events_go_elsewhere() {
    use console::{Command, CommandError};

    let world = World::start(&[]).await;
    let config = world.config.clone();
    let clock = || Arc::<crate::clock::StillClock>::clone(&world.clock);
    let mut said = Vec::new();
    *world.microsoft.registration.lock().unwrap() = Some(registered(OTHER, &all()));
    let status = console::run(&config, Command::Status, clock(), &mut said).await;
    assert!(matches!(status, Err(CommandError::NotOurs(_))), "{status:?}");
    let refused = console::run(&config, Command::Register { overwrite: false }, clock(), &mut said).await;
    assert!(matches!(refused, Err(CommandError::Registration(RegistrationError::OtherUrl(_)))), "{refused:?}");
    console::run(&config, Command::Register { overwrite: true }, clock(), &mut said).await.unwrap();
    assert_eq!(in_the_end(&world), ours());

    let (tests, id) = ("/webhooks/v1/registration/validationEvents", "04af2aea-d413-42db-824e-f328001484d1");
    world.microsoft.answer(tests, 200, json!({ "correlationId": id }));
    let outcome = |code: &str| json!({ "status": "completed", "results": [{ "responseCode": code }] });
    world.microsoft.answer(&format!("{tests}/{id}"), 200, outcome("Unauthorized"));
    let failed = console::run(&config, Command::Test, clock(), &mut said).await;
    assert!(matches!(failed, Err(CommandError::NotArrived)), "{failed:?}");
    world.microsoft.answer(&format!("{tests}/{id}"), 200, outcome("OK"));
    console::run(&config, Command::Test, clock(), &mut said).await.unwrap();

    let said = String::from_utf8(said).unwrap();
    for part in [OTHER, "All events come here.", id, "Unauthorized", "OK"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
