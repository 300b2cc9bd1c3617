//! The levers, through their router.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{World, router};
use crate::clock::Clock;
use crate::control::Clocks;
use crate::entra::Entra;
use crate::faults::{Faults, FaultyService, Hold, UpstreamService, When};
use crate::keys::Keys;
use crate::partner_center::PartnerCenter;
use crate::salesforce::{Org, OrgOptions};
use crate::webhooks::Webhooks;

pub(crate) fn world() -> Arc<World> {
    // Four RSA keys are a second's work: made once for all tests.
    static KEYS: std::sync::OnceLock<Keys> = std::sync::OnceLock::new();
    let keys = KEYS.get_or_init(|| Keys::generate().expect("keys"));
    let options = OrgOptions {
        consumer_key: "key".to_owned(),
        username: "integration@cosell.example".to_owned(),
        audience: "https://login.salesforce.com".to_owned(),
        integration_certificate_pem: keys.integration.certificate_pem.clone(),
        signing_key_pem: keys.org.key_pem.clone(),
        ..OrgOptions::default()
    };
    let clocks = Clocks::default();
    let clock = Clock::system().shifted_by(&clocks.microsoft);
    let entra = Arc::new(Entra::new(clock.clone()));
    let blobs = "https://blobs.example".to_owned();
    let webhooks = Arc::new(Webhooks::new(Arc::clone(&entra), clock.clone(), Arc::clone(&keys.webhooks), blobs));
    let partner_center = PartnerCenter::new(Arc::clone(&entra), clock, "https://partner.example".to_owned());
    Arc::new(World {
        faults: Arc::new(Faults::default()),
        entra,
        partner_center: Arc::new(partner_center.announcing_to(Arc::clone(&webhooks))),
        webhooks,
        org: Arc::new(Org::new(options, Clock::system().shifted_by(&clocks.salesforce)).expect("an org")),
        clocks,
    })
}

pub(super) async fn send(world: &Arc<World>, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
    let mut request = Request::builder().method(method).uri(format!("/_sandbox{path}"));
    if body.is_some() {
        request = request.header("content-type", "application/json");
    }
    let request = request.body(body.map_or_else(Body::empty, |body| Body::from(body.to_string()))).expect("a request");
    let response = router(Arc::clone(world)).oneshot(request).await.expect("an answer");
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), 1_000_000).await.expect("a body");
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

/// A call to Partner Center, through the faults and without a token.
async fn call(world: &Arc<World>) -> Option<u16> {
    let inner = crate::partner_center::router(Arc::clone(&world.partner_center));
    let service = FaultyService::new(UpstreamService::PartnerCenter, Arc::clone(&world.faults), inner);
    let request = Request::get("/v1.0/engagements/referrals?$top=1").body(Body::empty()).expect("a request");
    service.oneshot(request).await.ok().map(|response| response.status().as_u16())
}

#[tokio::test]
async fn a_fault_is_laid_listed_met_and_cleared() {
    let world = world();
    let fault = json!({
        "service": "partnerCenter", "method": "GET", "path": "/referrals",
        "effect": { "kind": "status", "status": 503, "headers": { "Retry-After": "3" } }
    });
    let (status, added) = send(&world, "POST", "/faults", Some(fault)).await;
    assert_eq!((status, &added["id"]), (201, &json!(1)));
    assert_eq!(call(&world).await, Some(503));
    let (_, listed) = send(&world, "GET", "/faults", None).await;
    assert_eq!((&listed[0]["id"], &listed[0]["hits"], &listed[0]["times"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!(listed[0]["effect"]["kind"], "status");
    assert_eq!(call(&world).await, Some(401), "it met one call only");
    assert_eq!(send(&world, "DELETE", "/faults", None).await.0, 204);
    assert_eq!(send(&world, "GET", "/faults", None).await.1, json!([]));
}

#[tokio::test]
async fn a_fault_that_cannot_be_carried_out_is_refused() {
    for effect in [
        json!({ "kind": "status", "status": 101 }),
        json!({ "kind": "status", "status": 600 }),
        json!({ "kind": "status", "status": 503, "headers": { "not a name": "x" } }),
        json!({ "kind": "delay", "milliseconds": 5 }),
        json!({ "kind": "unknown" }),
    ] {
        let (status, _) = send(&world(), "POST", "/faults", Some(json!({ "effect": effect }))).await;
        assert!((400..500).contains(&status), "{effect}: {status}");
    }
}

#[tokio::test]
async fn the_log_tells_what_arrived_until_it_is_cleared() {
    let world = world();
    call(&world).await;
    let (_, log) = send(&world, "GET", "/requests", None).await;
    let expected = json!([{
        "seq": 1, "service": "partnerCenter", "method": "GET", "path": "/v1.0/engagements/referrals?$top=1",
        "status": 401, "outcome": "answered"
    }]);
    assert_eq!(log, expected);
    assert_eq!(send(&world, "DELETE", "/requests", None).await.0, 204);
    assert_eq!(send(&world, "GET", "/requests", None).await.1, json!([]));
}

#[tokio::test]
async fn the_next_hold_is_told_as_soon_as_there_is_one() {
    let world = world();
    let hold = Hold {
        seq: 7,
        service: UpstreamService::Salesforce,
        method: "PATCH".to_owned(),
        path: "/services/data".to_owned(),
        when: When::After,
    };
    let (answer, ()) = tokio::join!(send(&world, "GET", "/holds/next", None), async {
        world.faults.holds.announce(hold);
    });
    let told = json!({ "seq": 7, "service": "salesforce", "method": "PATCH", "path": "/services/data", "when": "after" });
    assert_eq!(answer, (200, told));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_hold_for_ever() {
    assert_eq!(send(&world(), "GET", "/holds/next", None).await.0, 204);
}

#[tokio::test]
async fn a_held_call_goes_on_when_it_is_released() {
    let world = world();
    let fault = json!({ "effect": { "kind": "hold", "when": "before" } });
    send(&world, "POST", "/faults", Some(fault)).await;
    let (answer, ()) = tokio::join!(call(&world), async {
        world.faults.holds.next().await;
        assert_eq!(send(&world, "POST", "/holds/release", None).await.0, 204);
    });
    assert_eq!(answer, Some(401), "what the service says to a call without a token");
}

#[tokio::test]
async fn a_list_is_filled_with_deals_of_somebody_else() {
    let world = world();
    let (status, seeded) = send(&world, "POST", "/referrals/seed", Some(json!({ "count": 3 }))).await;
    assert_eq!((status, seeded.as_array().map(Vec::len)), (201, Some(3)));
    let (_, all) = send(&world, "GET", "/referrals", None).await;
    assert_eq!(all, seeded);
}

#[tokio::test]
async fn a_referral_is_edited_in_the_portal_under_the_rules_of_a_patch() {
    let world = world();
    let (_, seeded) = send(&world, "POST", "/referrals/seed", Some(json!({ "count": 1 }))).await;
    let path = format!("/referrals/{}", seeded[0]["id"].as_str().expect("an id"));
    let edit = |value: Value| json!([{ "op": "replace", "path": "/details/notes", "value": value }]);
    let (status, edited) = send(&world, "PATCH", &path, Some(edit(json!("Three sites.")))).await;
    assert_eq!((status, &edited["details"]["notes"]), (200, &json!("Three sites.")));
    assert_ne!(edited["eTag"], seeded[0]["eTag"], "a new version");
    assert_eq!(send(&world, "PATCH", &path, Some(edit(json!(7)))).await.0, 400);
    assert_eq!(send(&world, "PATCH", "/referrals/none", Some(edit(json!("x")))).await.0, 404);
    assert_eq!(send(&world, "GET", "/patches", None).await.1, json!([]), "nobody asked the API for it");
}

#[tokio::test]
async fn a_patch_is_told_as_it_was_asked_for_until_it_is_forgotten() {
    let world = world();
    let operations = json!([{ "op": "replace", "path": "/details/notes", "value": "x" }]);
    let token = world.entra.access_token_for_tests("https://api.partner.microsoft.com");
    let request = Request::patch("/v1.0/engagements/referrals/none")
        .header("authorization", format!("Bearer {token}"))
        .header("client-request-id", "7c1e0000-0000-4000-8000-000000000001")
        .header("content-type", "application/json")
        .header("if-match", "\"1\"")
        .body(Body::from(operations.to_string()))
        .expect("a request");
    let answer = crate::partner_center::router(Arc::clone(&world.partner_center)).oneshot(request).await.expect("an answer");
    assert_eq!(answer.status(), 404);
    let (_, told) = send(&world, "GET", "/patches", None).await;
    assert_eq!(told, json!([{ "id": "none", "ifMatch": "\"1\"", "operations": operations }]));
    assert_eq!(send(&world, "DELETE", "/patches", None).await.0, 204);
    assert_eq!(send(&world, "GET", "/patches", None).await.1, json!([]));
}

#[tokio::test]
async fn every_live_token_is_told() {
    let world = world();
    let access = world.entra.access_token_for_tests("https://api.partner.microsoft.com");
    let session = world.org.browser_session();
    let refresh = &world.entra.credentials().refresh_token;
    let (_, told) = send(&world, "GET", "/tokens", None).await;
    assert_eq!(told, json!({ "access": [access], "refresh": [refresh], "sessions": [session] }));
}

#[tokio::test]
async fn an_answer_to_a_referral_that_is_not_there_says_so() {
    for (path, body) in [
        ("/referrals/none/accept", None),
        ("/referrals/none/decline", Some(json!({ "reason": "No." }))),
        ("/referrals/none/win", None),
        ("/referrals/none/lose", Some(json!({ "reason": "No." }))),
        ("/referrals/none/tracking", Some(json!({ "microsoftMsxId": "7-ABC" }))),
    ] {
        let (status, answer) = send(&world(), "POST", path, body).await;
        assert_eq!(status, 404);
        assert_eq!(answer["message"], "there is no such referral");
    }
}

#[tokio::test]
async fn a_referral_comes_in_and_microsofts_side_of_it_is_tracked_and_closed() {
    let world = world();
    let (status, received) =
        send(&world, "POST", "/referrals/inbound", Some(json!({ "kind": "co-sell", "name": "Cellar" }))).await;
    assert_eq!((status, &received[0]["organizationId"], &received[1]["name"]), (201, &json!("msft"), &json!("Cellar")));
    let path = |lever: &str| format!("/referrals/{}/{lever}", received[0]["id"].as_str().expect("an id"));
    let (_, tracked) = send(&world, "POST", &path("tracking"), Some(json!({ "microsoftMsxId": "7-ABC" }))).await;
    assert_eq!(tracked["trackingInfo"]["microsoftMsxId"], "7-ABC");
    assert_eq!(send(&world, "POST", &path("accept"), None).await.0, 409, "it waits for nobody");
    let (_, lost) = send(&world, "POST", &path("lose"), Some(json!({ "reason": "Project budget" }))).await;
    assert_eq!([&lost["substatus"], &lost["statusReason"]], ["Lost", "Project budget"]);
    assert_eq!(send(&world, "POST", &path("win"), None).await.0, 409, "it has ended");
    assert_eq!(send(&world, "POST", "/referrals/inbound", Some(json!({ "kind": "gift" }))).await.0, 422);
}

/// An invitation to Microsoft of a deal of that value: the id of Microsoft's referral.
fn invited(world: &World, value: u32) -> String {
    let own = world.partner_center.seed(1).expect("a deal").remove(0);
    let mut sibling = own.clone();
    sibling["target"] = json!([{ "type": "BusinessProfileLocation", "id": "msft" }]);
    sibling["details"]["dealValue"] = json!(value);
    let sibling = world.partner_center.create_for_tests(sibling);
    sibling["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn microsoft_declines_in_either_of_its_two_ways_or_in_any_words() {
    let unmanaged = "No Microsoft seller directly manages this customer";
    let cases = [
        (None, unmanaged),
        (Some(json!({ "because": "unmanaged" })), unmanaged),
        (Some(json!({ "because": "unknownCustomer" })), "No corresponding Microsoft customer record could be found"),
        (Some(json!({ "reason": "Not now." })), "Not now."),
    ];
    for (body, reason) in cases {
        let world = world();
        let path = format!("/referrals/{}/decline", invited(&world, 84_000));
        let (status, declined) = send(&world, "POST", &path, body).await;
        assert_eq!((status, &declined["statusReason"]), (200, &json!(reason)));
    }
}

#[tokio::test]
async fn the_clock_of_one_vendor_can_be_put_forward_without_the_other() {
    let world = world();
    let token = world.entra.access_token_for_tests("https://api.partner.microsoft.com");
    let pending = send(&world, "POST", "/referrals/inbound", Some(json!({ "kind": "qualified-lead" }))).await.1;
    let is_alive = || world.entra.accepts(&token, "https://api.partner.microsoft.com");
    let fortnight = |only: &str| json!({ "advanceSeconds": 14 * 86_400, "only": only });
    assert_eq!(send(&world, "POST", "/clock", Some(fortnight("salesforce"))).await.0, 204);
    assert!(is_alive());
    assert_eq!(send(&world, "GET", "/referrals", None).await.1, pending);
    assert_eq!(send(&world, "POST", "/clock", Some(fortnight("microsoft"))).await.0, 204);
    assert!(!is_alive());
    assert_eq!(send(&world, "GET", "/referrals", None).await.1[0]["substatus"], "Expired");
    assert_eq!(send(&world, "POST", "/clock", Some(fortnight("amazon"))).await.0, 422);
}

#[tokio::test]
async fn a_feature_is_switched_without_touching_the_others() {
    let world = world();
    let before = world.org.features();
    let (status, _) = send(&world, "PATCH", "/features", Some(json!({ "teams": !before.teams }))).await;
    assert_eq!(status, 204);
    let after = world.org.features();
    assert_eq!(after.teams, !before.teams);
    assert_eq!((after.multi_currency, after.country_picklists), (before.multi_currency, before.country_picklists));
    let (status, _) = send(&world, "PATCH", "/features", Some(json!({ "team": true }))).await;
    assert_eq!(status, 422, "a misspelt feature is refused");
}

#[tokio::test]
async fn every_lever_without_an_answer_says_204() {
    let world = world();
    let levers = [
        ("PATCH", "/settings", Some(json!({ "Proxy_Url__c": "http://127.0.0.1:4711" }))),
        ("PATCH", "/partner-center", Some(json!({ "createStatus": 201 }))),
        ("PATCH", "/partner-center", Some(json!({ "staleLists": 3 }))),
        ("PATCH", "/partner-center", Some(json!({ "requireReasons": true }))),
        ("POST", "/clock", Some(json!({ "advanceSeconds": 60 }))),
        ("POST", "/holds/release", None),
        ("PATCH", "/entra", Some(json!({ "rotateRefreshTokens": true }))),
        ("POST", "/expire-sessions", None),
        ("POST", "/expire-tokens", None),
        ("POST", "/revoke-consent", None),
    ];
    for (method, path, body) in levers {
        assert_eq!(send(&world, method, path, body).await.0, 204, "{path}");
    }
    assert_eq!(world.org.trusted_sites(), ["http://127.0.0.1:4711"]);
}

#[tokio::test]
async fn a_reset_forgets_faults_log_and_switches() {
    let world = world();
    let fault = json!({ "times": 0, "effect": { "kind": "status", "status": 500 } });
    send(&world, "POST", "/faults", Some(fault)).await;
    send(&world, "PATCH", "/features", Some(json!({ "teams": false }))).await;
    call(&world).await;
    assert_eq!(send(&world, "POST", "/reset", None).await.0, 204);
    assert_eq!(send(&world, "GET", "/requests", None).await.1, json!([]));
    assert_eq!(send(&world, "GET", "/faults", None).await.1, json!([]));
    assert!(world.org.features().teams);
    assert_eq!(call(&world).await, Some(401));
}
