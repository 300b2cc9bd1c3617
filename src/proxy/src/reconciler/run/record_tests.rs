//! What a run leaves on the record, with an org that answers: the mark in the name, and each thing told once.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use cosell_rules::map::own_referral;
use cosell_rules::reconcile::{Base, State as CosellState};
use serde_json::json;

use super::*;
use crate::store::Told;
use crate::store::tests::held;
use crate::test_server::{TestServer, World};
use crate::token::tests::{NOW, RECORD};

const REFERRAL: &str = "7c1e0000-0000-4000-8000-00000000000a";
const ENGAGEMENT: &str = "7c1e0000-0000-4000-8000-0000000000e0";
const NAME: &str = "Tide gauge renewal";

/// What the org makes of a mark.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Taste {
    Takes,
    /// A rule about names refuses it.
    Refuses,
    /// A flow takes it out again.
    Drops,
}

/// An org with one opportunity.
#[derive(Debug)]
struct Org {
    record: Value,
    settings: Value,
    taste: Taste,
    /// What was written since this was asked last.
    writes: Vec<Value>,
    /// How many calls there were.
    calls: usize,
}

type Shared = Arc<Mutex<Org>>;

impl Org {
    fn answer(&mut self, call: &str, query: &str, body: &[u8]) -> Response {
        self.calls += 1;
        let rows = |row: &Value| json!({ "totalSize": 1, "done": true, "records": [row] }).to_string().into_response();
        match call.rsplit('/').next().unwrap_or_default() {
            "sobjects" => json!({ "sobjects": [] }).to_string().into_response(),
            "describe" => {
                let fields = ["Amount", "CurrencyIsoCode", "BillingCountry"].map(|name| json!({ "name": name }));
                json!({ "fields": fields }).to_string().into_response()
            }
            "query" if query.contains("Cosell_Setting__mdt") => rows(&self.settings),
            "query" if query.contains("Cosell_Field_Mapping__mdt") => {
                json!({ "done": true, "records": [] }).to_string().into_response()
            }
            "query" if self.record.is_null() => {
                json!({ "totalSize": 0, "done": true, "records": [] }).to_string().into_response()
            }
            "query" => rows(&self.record),
            _ => self.write(&serde_json::from_slice(body).unwrap()),
        }
    }

    fn write(&mut self, fields: &Value) -> Response {
        self.writes.push(fields.clone());
        let marks = fields["Name"].as_str().is_some_and(|name| name.starts_with(['✔', '✗']));
        if marks && self.taste == Taste::Refuses {
            let error =
                json!([{ "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "Letters only.", "fields": ["Name"] }]);
            return (StatusCode::BAD_REQUEST, error.to_string()).into_response();
        }
        let name = self.record["Name"].clone();
        self.record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        if marks && self.taste == Taste::Drops {
            self.record["Name"] = name;
        }
        StatusCode::NO_CONTENT.into_response()
    }
}

async fn serve(State(org): State<Shared>, request: Request) -> Response {
    let call = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let host = request.headers().get("host").map(|host| host.to_str().unwrap().to_owned()).unwrap_or_default();
    let body = to_bytes(request.into_body(), 65_536).await.unwrap();
    if call == "/services/oauth2/token" {
        let id = "https://login.salesforce.com/id/00DQy00000ZZZzzMAH/005Qy00000aaaaaIAA";
        let token = json!({ "access_token": "00D!token", "instance_url": format!("https://{host}"), "id": id });
        return token.to_string().into_response();
    }
    org.lock().unwrap().answer(&call, &query, &body)
}

/// A shared opportunity and its referral, which hold the same.
struct Pair {
    world: World,
    org: Shared,
    _server: TestServer,
}

fn key() -> SalesforceId {
    SalesforceId::parse(RECORD).unwrap()
}

impl Pair {
    async fn start(taste: Taste) -> Self {
        let base: Value = serde_json::from_str(include_str!("../../../../rules/tests/cases/base.json")).unwrap();
        let mut record = base["record"].clone();
        let fields = json!({
            "Id": RECORD, "Sync_with_Partner_Center__c": true, "Referral_Identifier__c": REFERRAL, "IsClosed": false, "IsWon": false,
            "LastModifiedDate": "2026-11-22T13:00:00.000+0000", "SystemModstamp": "2026-11-22T13:00:00.000+0000"
        });
        record.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let settings = json!({ "Check_Mark__c": "true", "On_Hold_Stage__c": "On Hold" });
        let org = Arc::new(Mutex::new(Org { record, settings, taste, writes: Vec::new(), calls: 0 }));
        let server = TestServer::start(Router::new().fallback(serve).with_state(Arc::clone(&org)));
        let world = World::start(&[("SALESFORCE__LOGIN_URL", &server.url())]).await;
        let pair = Self { world, org, _server: server };
        pair.hold(&json!({}));
        pair
    }

    /// Partner Center holds what the record says, but for these members.
    fn hold(&self, changes: &Value) {
        let settings = Settings::default();
        let record = self.org.lock().unwrap().record.clone();
        let cells = Record::from_json(&record, &settings).unwrap();
        let document = own_referral(&salesforce::read(&cells, &settings).unwrap(), &settings).to_json();
        let mut referral: Value = serde_json::from_str(&document).unwrap();
        let members = json!({
            "id": REFERRAL, "engagementId": ENGAGEMENT, "eTag": "\"1\"", "status": "Active", "substatus": "Accepted",
            "direction": "Outgoing", "createdDateTime": "2026-11-20T14:00:00Z"
        });
        for more in [&members, changes] {
            referral.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        }
        let list = json!({ "value": [referral.clone()] });
        self.world.microsoft.answer(&format!("/v1.0/engagements/referrals/{REFERRAL}"), 200, referral);
        self.world.microsoft.answer("/v1.0/engagements/referrals", 200, list);
    }

    /// Runs, and says what was written to the record.
    async fn run(&self) -> Vec<Value> {
        self.world.app.api().reconciler.reconcile(&key(), Some("en")).await.unwrap();
        std::mem::take(&mut self.org.lock().unwrap().writes)
    }

    fn record(&self, field: &str) -> Value {
        self.org.lock().unwrap().record[field].clone()
    }

    fn set(&self, field: &str, value: Value) {
        self.org.lock().unwrap().record[field] = value;
    }

    /// What was asked of Partner Center beside reading.
    fn sent(&self) -> Vec<String> {
        self.world.microsoft.calls().into_iter().filter(|call| !call.starts_with("GET ")).collect()
    }
}

#[tokio::test]
async fn the_mark_is_written_once_follows_the_state_and_goes_with_the_setting() {
    let pair = Pair::start(Taste::Takes).await;
    let writes = pair.run().await;
    assert_eq!(writes.len(), 1, "with everything else: {writes:?}");
    assert_eq!((&writes[0]["Name"], &writes[0]["Cosell_State__c"]), (&json!(format!("✔ {NAME}")), &json!("InStep")));
    assert_eq!(pair.run().await, Vec::<Value>::new(), "it is there");

    // A name that Partner Center has changed.
    pair.hold(&json!({ "name": "Ebb gauges" }));
    assert_eq!(pair.run().await[0]["Name"], "✔ Ebb gauges");
    assert_eq!(pair.run().await, Vec::<Value>::new());

    pair.set("Amount", json!(-5));
    let writes = pair.run().await;
    assert_eq!((&writes[0]["Name"], &writes[0]["Cosell_State__c"]), (&json!("✗ Ebb gauges"), &json!("NeedsYou")));
    pair.set("Amount", json!(84_000));
    assert_eq!(pair.run().await[0]["Name"], "✔ Ebb gauges");

    pair.org.lock().unwrap().settings["Check_Mark__c"] = json!("false");
    assert_eq!(pair.run().await, [json!({ "Name": "Ebb gauges" })]);
    assert_eq!(pair.run().await, Vec::<Value>::new());
    assert_eq!(pair.sent(), Vec::<String>::new(), "none of it is a change for Partner Center");
}

#[tokio::test]
async fn an_opportunity_that_is_gone_is_said_to_be_until_it_is_there_again() {
    let pair = Pair::start(Taste::Takes).await;
    pair.run().await;
    let store = &pair.world.app.api().store;
    let standing = async || {
        let link = store.link(&key()).await.unwrap().unwrap();
        (link.state, link.reason.map(|reason| reason.code))
    };
    assert_eq!(standing().await, (CosellState::InStep, None));

    let record = std::mem::take(&mut pair.org.lock().unwrap().record);
    let gone = pair.world.app.api().reconciler.reconcile(&key(), None).await;
    assert!(matches!(gone, Err(Failure::Salesforce(SalesforceError::Gone))), "{gone:?}");
    assert_eq!(standing().await, (CosellState::Broken, Some("salesforce.gone".to_owned())));
    assert_eq!(store.due(NOW + Duration::from_hours(24), 9).await.unwrap(), [], "nothing is left to do");
    assert_eq!(store.forgotten(words::SALESFORCE_GONE, 9).await.unwrap(), [], "and nobody waits for it");
    assert_eq!(store.unseen_since(NOW + Duration::from_hours(24), NOW, 9).await.unwrap(), [key()], "but it is looked for");

    pair.org.lock().unwrap().record = record;
    pair.run().await;
    assert_eq!(standing().await, (CosellState::InStep, None));
}

#[tokio::test]
async fn a_record_of_a_referral_that_came_in_waits_until_both_are_joined() {
    let pair = Pair::start(Taste::Takes).await;
    pair.set("Engagement_Identifier__c", json!(ENGAGEMENT));
    let (reconciler, store) = (&pair.world.app.api().reconciler, &pair.world.app.api().store);
    let engagement = EngagementId::parse(ENGAGEMENT).unwrap();
    let lease = held(store, &engagement).await;
    store.begin_inbound(&lease, REFERRAL, NOW).await.unwrap();
    store.done(&lease).await.unwrap();
    let early = reconciler.reconcile(&key(), None).await;
    assert!(matches!(early, Err(Failure::Busy(_))), "{early:?}");
    assert_eq!(store.link(&key()).await.unwrap().unwrap().reason, None, "nothing is wrong");
    assert_eq!(store.due(NOW, 9).await.unwrap(), [crate::store::WorkKey::Engagement(engagement)], "it is joined first");
    for _ in 0..3 {
        reconciler.reconcile(&key(), None).await.unwrap_err();
    }
    let wait = store.due_at(&key()).await.unwrap().unwrap() - NOW;
    assert!(wait >= Duration::from_secs(20), "what can't be joined is looked at less and less often: {wait}");
    store.end_inbound(&held(store, &engagement).await).await.unwrap();
    pair.run().await;
    assert_eq!(store.link(&key()).await.unwrap().unwrap().referral_id.as_deref(), Some(REFERRAL));
}

#[tokio::test]
async fn settings_that_cannot_be_read_are_told_once_to_whoever_looks() {
    let pair = Pair::start(Taste::Takes).await;
    pair.run().await;
    let (reconciler, store) = (&pair.world.app.api().reconciler, &pair.world.app.api().store);
    pair.org.lock().unwrap().settings["Rule_Settings__c"] = json!("relaxed = 7");
    for written in [1, 0] {
        let failed = reconciler.reconcile(&key(), None).await;
        assert!(matches!(failed, Err(Failure::Salesforce(SalesforceError::Settings(_)))), "{failed:?}");
        let writes = std::mem::take(&mut pair.org.lock().unwrap().writes);
        assert_eq!(writes.len(), written, "once for each change: {writes:?}");
    }
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.state, link.reason.unwrap().code.as_str()), (CosellState::Broken, words::SETTINGS_UNREADABLE));
    assert_eq!(store.pending_since(&key()).await.unwrap(), Some(NOW));
    assert_eq!(pair.record("Cosell_State__c"), "Broken");
    assert!(pair.record("Cosell_State_Reason__c").as_str().unwrap().contains("relaxed"));

    pair.org.lock().unwrap().settings["Rule_Settings__c"] = Value::Null;
    pair.run().await;
    assert_eq!((pair.record("Cosell_State__c"), pair.record("Cosell_State_Reason__c")), (json!("InStep"), Value::Null));
}

#[tokio::test]
async fn a_change_that_was_noticed_and_not_carried_over_is_no_step_and_looking_asks_nobody() {
    let pair = Pair::start(Taste::Takes).await;
    pair.run().await;
    let (reconciler, store) = (&pair.world.app.api().reconciler, &pair.world.app.api().store);
    let stands = async || {
        let calls = pair.org.lock().unwrap().calls;
        pair.sent();
        let found = reconciler.look_up(&key(), "en").await.unwrap();
        assert_eq!((pair.org.lock().unwrap().calls, pair.world.microsoft.calls()), (calls, Vec::new()));
        (found.state, found.reason.map(|reason| reason.code), found.pending_since)
    };
    assert_eq!(stands().await, (CosellState::InStep, None, None));
    store.wake(&key(), NOW).await.unwrap();
    let pending = (CosellState::Waiting, Some(words::PENDING.to_owned()), Some("2026-11-22T14:00:00Z".to_owned()));
    assert_eq!(stands().await, pending);
    pair.run().await;
    assert_eq!(stands().await, (CosellState::InStep, None, None));
    // A look that is due later, such as at the end of an answer's time, is no change.
    store.wake(&key(), NOW + Duration::from_hours(1)).await.unwrap();
    assert_eq!(stands().await, (CosellState::InStep, None, None));
}

#[tokio::test]
async fn a_value_that_is_the_sum_of_products_differs_and_says_so_once() {
    let pair = Pair::start(Taste::Takes).await;
    pair.run().await;
    pair.set("HasOpportunityLineItem", json!(true));
    let mut details = json!({});
    pair.hold(&json!({}));
    for (path, answer) in pair.world.microsoft.answers.lock().unwrap().iter() {
        if path.ends_with(REFERRAL) {
            details = answer.1["details"].clone();
        }
    }
    let amount = pair.record("Amount");
    details["dealValue"] = json!(90_000);
    pair.hold(&json!({ "details": details }));
    assert_eq!(pair.run().await.len(), 1);
    assert_eq!(pair.run().await, Vec::<Value>::new(), "told once");
    let link = pair.world.app.api().store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.state, link.reason.unwrap().code.as_str()), (CosellState::InStep, "apart.products"));
    let told = pair.record("Cosell_State_Reason__c");
    assert!(told.as_str().unwrap().contains("90000"), "{told}");
    assert_eq!((pair.record("Amount"), pair.sent()), (amount, Vec::new()), "neither side is changed");
}

#[tokio::test]
async fn a_deal_that_nobody_shared_keeps_its_name() {
    let pair = Pair::start(Taste::Takes).await;
    pair.set("Sync_with_Partner_Center__c", json!(false));
    pair.set("Referral_Identifier__c", Value::Null);
    for name in [NAME, "✔ Tide gauge renewal"] {
        pair.set("Name", json!(name));
        assert_eq!(pair.run().await, Vec::<Value>::new(), "{name}");
    }
}

#[tokio::test]
async fn an_org_that_does_not_take_the_mark_gets_everything_else() {
    let pair = Pair::start(Taste::Refuses).await;
    let writes = pair.run().await;
    assert_eq!(writes.len(), 2, "{writes:?}");
    assert_eq!(writes[1].get("Name"), None);
    assert_eq!((pair.record("Name"), pair.record("Cosell_State__c")), (json!(NAME), json!("InStep")));

    let pair = Pair::start(Taste::Drops).await;
    assert_eq!(pair.run().await.len(), 1, "it is not insisted on");
    assert_eq!((pair.record("Name"), pair.record("Cosell_State__c")), (json!(NAME), json!("InStep")));
}

#[tokio::test]
async fn what_a_seller_declined_is_told_once() {
    const DECLINED: &str = "Declined the referral: Customer chose another vendor";
    let operations =
        r#"[{"op":"replace","path":"/status","value":"Closed"},{"op":"replace","path":"/substatus","value":"Declined"}]"#;
    let told = Told { line: DECLINED.to_owned(), before: 0, version: None, operations: operations.to_owned() };
    // With the answer given in the page, and without: then it was given in Partner Center.
    let cases = [(vec![told], DECLINED), (vec![], "The referral was declined in Partner Center: Customer chose another vendor")];
    for (told, line) in cases {
        let pair = Pair::start(Taste::Takes).await;
        pair.set("StageName", json!("On Hold"));
        let reason = "Customer chose another vendor";
        pair.hold(&json!({ "direction": "Incoming", "status": "Closed", "substatus": "Declined", "statusReason": reason }));
        let mut base = Base::default();
        base.set("/status", "New / Pending");
        let store = &pair.world.app.api().store;
        store.begin_link(&key(), "en", NOW).await.unwrap();
        let lease = held(store, &key()).await;
        store.agree(&lease, &base, NOW).await.unwrap();
        store.tell(&lease, &told, NOW).await.unwrap();
        store.done(&lease).await.unwrap();
        pair.run().await;
        assert_eq!(pair.record("StageName"), "Closed Lost");
        let audit = pair.record("Audit__c").as_str().unwrap().to_owned();
        let lines: Vec<_> = audit.lines().filter(|entry| entry.contains("eclined")).collect();
        assert_eq!(lines, [format!("2026-11-22 14:00 UTC - {line}")], "{audit}");
    }
}
