//! What an administrator sees of the connections and of what stands still, with Microsoft's side over real TLS and no Salesforce.

use std::time::Duration;

use super::*;
use crate::ids::SalesforceId;
use crate::reconciler::Reconciler;
use crate::registration::Registrar;
use crate::store::tests::held;
use crate::store::{EngagementId, Reason, Side, Store, WorkKey};
use crate::test_server::{Gate, World};
use cosell_rules::reconcile::State as PairStanding;

const HEALTH: &str = "/v1/admin/health";
const ATTENTION: &str = "/v1/admin/attention";
const RETRY: &str = "/v1/admin/retry";
const REFERRALS: &str = "/v1.0/engagements/referrals";
const ENGAGEMENT: &str = "7c1e0000-0000-4000-8000-000000000002";

/// A proxy's routes with the world behind them.
struct Office {
    router: Router,
    store: Store,
    reconciler: Arc<Reconciler>,
    registrar: Option<Arc<Registrar>>,
    clock: Arc<StillClock>,
    microsoft: Arc<crate::test_server::Microsoft>,
    _server: crate::test_server::TestServer,
    _directory: Directory,
}

impl Office {
    async fn open(more: &[(&str, &str)]) -> Self {
        let World { app, clock, microsoft, server, directory, .. } = World::start(more).await;
        let (store, reconciler) = (app.api().store.clone(), Arc::clone(&app.api().reconciler));
        let registrar = app.api().registrar.clone();
        let router = app.into_parts().0;
        Self { router, store, reconciler, registrar, clock, microsoft, _server: server, _directory: directory }
    }

    async fn ask(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let token = bearer(&json!({ "rec": "00DQy00000ZZZzz", "act": "admin", "iat": self.clock.now().unix_timestamp(),
            "exp": self.clock.now().unix_timestamp() + 60 }));
        let request =
            Request::builder().method(method).uri(path).header("authorization", token).body(Body::from(body.to_owned())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        (status, serde_json::from_slice(&to_bytes(response.into_body(), 65_536).await.unwrap()).unwrap())
    }

    /// A pair that stands like this.
    async fn pair(&self, last: char, state: PairStanding, code: Option<&str>) -> SalesforceId {
        let key = SalesforceId::parse(&format!("006Qy00000AbCd{last}")).unwrap();
        let now = self.clock.now();
        self.store.begin_link(&key, "en", now).await.unwrap();
        let lease = held(&self.store, &key).await;
        self.store.found(&lease, Side::Own, &format!("referral-{last}"), &format!("engagement-{last}"), now).await.unwrap();
        let reason = code.map(|code| Reason { code: code.to_owned(), detail: String::new(), until: None });
        self.store.conclude(&lease, state, reason.as_ref(), None, now).await.unwrap();
        self.store.note_standing(&lease, state, now).await.unwrap();
        self.store.done(&lease).await.unwrap();
        key
    }

    /// A referral that came in and is not taken in.
    async fn obstruct(&self, engagement: &EngagementId, reason: &Reason) {
        let lease = held(&self.store, engagement).await;
        self.store.obstruct_inbound(&lease, "came", reason, self.clock.now()).await.unwrap();
        self.store.done(&lease).await.unwrap();
    }

    fn later(&self, wait: Duration) {
        self.clock.set(self.clock.now() + wait);
    }

    /// Whether an administrator who names this is told that somebody is at it.
    async fn is_under_way(&self, named: &Value) -> bool {
        let (name, id) = named.as_object().unwrap().iter().next().unwrap();
        let (status, told) = self.ask("GET", &format!("{RETRY}?{name}={}", id.as_str().unwrap()), "").await;
        assert_eq!(status, 200, "{told}");
        told["underWay"].as_bool().unwrap()
    }

    async fn due(&self) -> Vec<WorkKey> {
        self.store.due(self.clock.now(), 9).await.unwrap()
    }
}

fn named<'a>(report: &'a Value, name: &str) -> &'a Value {
    report["connections"].as_array().unwrap().iter().find(|connection| connection["name"] == name).unwrap()
}

#[tokio::test]
async fn an_admin_sees_which_connection_fails_and_since_when() {
    let office = Office::open(&[]).await;
    office.microsoft.answer(REFERRALS, 200, json!({ "value": [] }));
    let (status, report) = office.ask("GET", HEALTH, "").await;
    assert_eq!((status, &report["checkedAt"]), (200, &json!("2026-11-22T14:00:00Z")));
    let found: Vec<_> = report["connections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| [&it["name"], &it["state"], &it["code"]].map(|text| text.as_str().unwrap_or("-").to_owned()).join(" "))
        .collect();
    let expected = [
        "salesforce failed salesforce.unavailable",
        "entra ok -",
        "partner-center ok -",
        "webhooks warning webhooks.not-registered",
        "store ok -",
    ];
    assert_eq!(found, expected);
    let entra = &named(&report, "entra")["facts"];
    let ages = ["tokenObtainedAt", "tokenExpiresAt", "signInRenewedAt"].map(|name| entra[name].clone());
    assert_eq!(ages, [json!("2026-11-22T14:00:00Z"), json!("2026-11-22T15:00:00Z"), Value::Null]);
    assert_eq!(named(&report, "store")["facts"], json!({ "driver": "sqlite" }));
    assert_eq!(named(&report, "salesforce")["facts"]["apiUsage"], Value::Null);
    let text = report.to_string();
    for secret in ["refresh", "\"secret\"", "api.partner.microsoft.com\"", "AAAA"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }

    // Who looks again soon asks nobody.
    office.microsoft.calls();
    office.later(Duration::from_secs(9));
    assert_eq!(office.ask("GET", HEALTH, "").await.1, report);
    assert_eq!(office.microsoft.calls(), Vec::<String>::new());

    office.later(Duration::from_secs(2));
    office.microsoft.answer(REFERRALS, 403, json!({}));
    let (_, later) = office.ask("GET", HEALTH, "").await;
    let partner_center = named(&later, "partner-center");
    assert_eq!((&partner_center["state"], &partner_center["since"]), (&json!("failed"), &json!("2026-11-22T14:00:11Z")));
    assert_eq!(named(&later, "entra")["since"], "2026-11-22T14:00:00Z", "nothing has changed there");
    assert_eq!(office.microsoft.calls(), [format!("GET {REFERRALS}")], "one cheap call");
}

#[tokio::test]
async fn who_registers_while_the_others_are_asked_is_registered_in_the_report() {
    let office = Office::open(&[]).await;
    let registrar = office.registrar.clone().unwrap();
    registrar.look().await.unwrap();
    let gate = Arc::new(Gate::default());
    *office.microsoft.gate.lock().unwrap() = Some((REFERRALS, Arc::clone(&gate)));
    office.microsoft.answer(REFERRALS, 200, json!({ "value": [] }));
    let ((_, report), ()) = tokio::join!(office.ask("GET", HEALTH, ""), async {
        gate.reached.notified().await;
        registrar.register(false).await.unwrap();
        gate.open.notify_one();
    });
    let webhooks = named(&report, "webhooks");
    assert_eq!((&webhooks["state"], &webhooks["facts"]["missingEvents"]), (&json!("ok"), &json!([])));
}

#[tokio::test]
async fn what_was_slow_to_answer_is_known_from_when_it_has() {
    let office = Office::open(&[]).await;
    office.microsoft.answer(REFERRALS, 200, json!({ "value": [] }));
    *office.microsoft.takes.lock().unwrap() = Some((Duration::from_secs(4), Arc::clone(&office.clock)));
    let (_, report) = office.ask("GET", HEALTH, "").await;
    assert_eq!((&report["checkedAt"], office.microsoft.calls().len()), (&json!("2026-11-22T14:00:08Z"), 2));
    office.later(Duration::from_secs(9));
    assert_eq!(office.ask("GET", HEALTH, "").await.1, report);
    assert_eq!(office.microsoft.calls(), Vec::<String>::new());
}

#[tokio::test]
async fn webhooks_that_are_off_are_no_failure() {
    let office = Office::open(&[("WEBHOOKS__PUBLIC_URL", "")]).await;
    let (_, report) = office.ask("GET", HEALTH, "").await;
    let webhooks = named(&report, "webhooks");
    assert_eq!((&webhooks["state"], &webhooks["code"]), (&json!("off"), &json!("webhooks.off")));
    let facts = json!({ "publicUrl": null, "registeredUrl": null, "missingEvents": [], "lookedAt": null });
    assert_eq!(webhooks["facts"], facts);
}

#[tokio::test]
async fn what_stands_still_is_told_oldest_first_and_page_by_page() {
    let office = Office::open(&[]).await;
    let minute = Duration::from_mins(1);
    let broken = office.pair('A', PairStanding::Broken, Some("salesforce.gone")).await;
    office.later(minute);
    let waiting = office.pair('B', PairStanding::Waiting, Some("partner-center.throttled")).await;
    let lease = office.store.lease(&waiting, "one", office.clock.now(), minute).await.unwrap().unwrap();
    office.store.postpone(&lease, office.clock.now() + minute * 9).await.unwrap();
    office.later(minute);
    let engagement = EngagementId::parse(ENGAGEMENT).unwrap();
    let reason = Reason { code: "inbound.refused".to_owned(), detail: "Ask sales.".to_owned(), until: None };
    office.obstruct(&engagement, &reason).await;
    office.pair('C', PairStanding::InStep, None).await;
    // Never shared: what its seller has to mend is nobody else's business.
    let draft = SalesforceId::parse("006Qy00000AbCdD").unwrap();
    office.store.begin_link(&draft, "en", office.clock.now()).await.unwrap();
    let findings = Reason { code: "deal.not-ready".to_owned(), detail: String::new(), until: None };
    let lease = held(&office.store, &draft).await;
    office.store.conclude(&lease, PairStanding::NeedsYou, Some(&findings), None, office.clock.now()).await.unwrap();
    office.store.done(&lease).await.unwrap();

    let (status, first) = office.ask("GET", &format!("{ATTENTION}?limit=2"), "").await;
    assert_eq!(status, 200);
    let pairs = first["pairs"].as_array().unwrap();
    let ids: Vec<_> = pairs.iter().map(|pair| pair["opportunityId"].as_str().unwrap()).collect();
    assert_eq!(ids, [broken.as_str(), waiting.as_str()]);
    let expected = json!({
        "kind": "opportunity", "opportunityId": waiting.as_str(), "referralId": "referral-B", "engagementId": "engagement-B",
        "state": "waiting", "code": "partner-center.throttled", "params": { "detail": "" },
        "message": "Partner Center asks us to slow down. We try again by ourselves.", "since": "2026-11-22T14:01:00Z",
        "waitingUntil": "2026-11-22T14:10:00Z", "attempts": 1
    });
    assert_eq!(pairs[1], expected);
    let next = first["next"].as_str().unwrap();
    let (_, rest) = office.ask("GET", &format!("{ATTENTION}?after={next}"), "").await;
    let told: Vec<_> =
        rest["pairs"].as_array().unwrap().iter().map(|pair| (&pair["kind"], &pair["state"], &pair["referralId"])).collect();
    assert_eq!(told, [(&json!("referral"), &json!("needsYou"), &json!("came"))]);
    assert_eq!(rest["pairs"][0]["params"]["detail"], "Ask sales.");
    assert_eq!(rest["next"], Value::Null);

    for query in ["?limit=0", "?limit=201", "?limit=x", "?after=x", "?page=2"] {
        assert_eq!(office.ask("GET", &format!("{ATTENTION}{query}"), "").await.1["code"], "request.unreadable", "{query}");
    }
}

#[tokio::test]
async fn a_noticed_change_that_nobody_carries_over_is_told_after_a_minute() {
    let office = Office::open(&[]).await;
    let key = office.pair('A', PairStanding::InStep, None).await;
    office.store.wake(&key, office.clock.now()).await.unwrap();
    assert_eq!(office.ask("GET", ATTENTION, "").await.1["pairs"], json!([]));
    office.later(Duration::from_secs(61));
    let (_, told) = office.ask("GET", ATTENTION, "").await;
    assert_eq!((&told["pairs"][0]["state"], &told["pairs"][0]["code"]), (&json!("waiting"), &json!("reconcile.pending")));
}

#[tokio::test]
async fn what_an_admin_names_is_looked_at_now() {
    let office = Office::open(&[]).await;
    let key = office.pair('A', PairStanding::Waiting, Some("partner-center.throttled")).await;
    let engagement = EngagementId::parse(ENGAGEMENT).unwrap();
    let reason = Reason { code: "inbound.deleted".to_owned(), detail: String::new(), until: None };
    office.obstruct(&engagement, &reason).await;
    let cases = [
        (json!({ "opportunityId": key.as_str() }), WorkKey::Opportunity(key.clone())),
        (json!({ "referralId": "referral-A" }), WorkKey::Opportunity(key.clone())),
        (json!({ "referralId": "came" }), WorkKey::Engagement(engagement)),
        (json!({ "engagementId": ENGAGEMENT }), WorkKey::Engagement(engagement)),
    ];
    for (body, work) in cases {
        let put_off = async || {
            let lease = office.store.lease(&work, "one", office.clock.now(), Duration::from_mins(1)).await.unwrap().unwrap();
            office.store.postpone(&lease, office.clock.now() + Duration::from_hours(1)).await.unwrap();
        };
        put_off().await;
        assert_eq!(office.due().await, []);
        assert!(!office.is_under_way(&body).await, "{body}");
        assert_eq!(office.ask("POST", RETRY, &body.to_string()).await, (202, json!({ "retried": true })), "{body}");
        assert_eq!(office.due().await, std::slice::from_ref(&work), "{body}");
        assert!(office.is_under_way(&body).await, "until somebody has looked: {body}");
        put_off().await;
    }
    let unknown = [
        json!({ "opportunityId": "006Qy00000AbCdZ" }),
        json!({ "opportunityId": "x" }),
        json!({ "referralId": "nobody" }),
        json!({ "engagementId": "7c1e0000-0000-4000-8000-0000000000ff" }),
    ];
    for body in unknown {
        let (status, said) = office.ask("POST", RETRY, &body.to_string()).await;
        assert_eq!((status, said["code"].as_str()), (404, Some("pair.unknown")), "{body}");
        assert!(!office.is_under_way(&body).await, "{body}");
    }
    for body in ["", "{}", "7", r#"{"opportunityId":"006Qy00000AbCdA","referralId":"came"}"#, r#"{"leadId":"x"}"#] {
        assert_eq!(office.ask("POST", RETRY, body).await.1["code"], "request.unreadable", "{body}");
    }
    for query in ["", "?", "?leadId=x", "?opportunityId=006Qy00000AbCdA&referralId=came"] {
        let (_, said) = office.ask("GET", &format!("{RETRY}{query}"), "").await;
        assert_eq!(said["code"], "request.unreadable", "{query}");
    }
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_seen_by_an_admin() {
    let office = Office::open(&[]).await;
    let key = SalesforceId::parse(RECORD).unwrap();
    office.reconciler.reconcile(&key, None).await.unwrap_err();
    let (_, told) = office.ask("GET", ATTENTION, "").await;
    let pair = &told["pairs"][0];
    assert_eq!((&pair["opportunityId"], &pair["code"]), (&json!(RECORD), &json!("salesforce.unavailable")));
    assert_eq!((&pair["attempts"], &pair["since"]), (&json!(1), &json!("2026-11-22T14:00:00Z")));
}

#[tokio::test]
async fn none_of_it_is_for_sellers() {
    let office = Office::open(&[]).await;
    for (method, path) in [("GET", HEALTH), ("GET", ATTENTION), ("POST", RETRY), ("GET", RETRY)] {
        for (claims, code) in [
            (json!({ "rec": "00DQy00000ZZZzzMAH", "act": "decide" }), "token.action"),
            (json!({ "act": "admin" }), "token.record"),
        ] {
            let response =
                office.router.clone().oneshot(request(method, path, &[("authorization", &bearer(&claims))])).await.unwrap();
            assert_eq!(problem(response).await["code"], code, "{method} {path}");
        }
        let response = office.router.clone().oneshot(request(method, path, &[])).await.unwrap();
        assert_eq!(problem(response).await["code"], "token.missing");
    }
    assert_eq!(office.microsoft.calls(), Vec::<String>::new());
}
