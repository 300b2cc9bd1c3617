//! What comes in, with an org and a Partner Center that answer, or lose an answer, at the worst moment.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

mod standstill;

use super::*;
use crate::reconciler::decision::{Answer, Undecided};
use crate::store::tests::held;
use crate::store::{Link, Store};
use crate::test_server::{TestServer, World};
use crate::token::tests::{NOW, RECORD};

const REFERRALS: &str = "/v1.0/engagements/referrals";

/// An org with one currency and one stage to begin in.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that happens to this org or not")]
struct Org {
    /// The opportunity that has the referral's identifier, once it is made.
    opportunity: Option<Value>,
    /// The lead that has it.
    lead: Option<Value>,
    /// What else it has, by object.
    has: Vec<(&'static str, Vec<Value>)>,
    /// The admin's rules.
    rules: &'static str,
    /// The stage on hold is not among its stages.
    lacks_stage: bool,
    /// Whether the answer to what is made gets lost.
    loses_answers: bool,
    /// Whether somebody converts the lead by hand just before it is asked for.
    is_converted_by_hand: bool,
    /// Whether what is to be changed is deleted just before.
    is_deleted: bool,
    /// What is refused instead of being made: the part, or how its name begins, and the error.
    refuses: Option<(&'static str, Value)>,
    /// Whether what is refused is there all the same, because somebody else added it meanwhile.
    has_what_it_refuses: bool,
    /// The solutions of the opportunity that somebody else added.
    solutions: Vec<Value>,
    /// What was written since this was asked last.
    writes: Vec<(String, Value)>,
    /// Since when no record may have been changed, for each write that said so.
    guards: Vec<String>,
}

type Shared = Arc<Mutex<Org>>;

impl Org {
    fn answer(&mut self, call: &str, query: &str, body: &[u8]) -> Response {
        let rows = |rows: &[&Value]| json!({ "done": true, "records": rows }).to_string().into_response();
        let is_of = |object: &str| query.contains(&format!("FROM+{object}+")) || query.contains(&format!("FROM%20{object}%20"));
        match call.rsplit('/').next().unwrap_or_default() {
            "sobjects" => json!({ "sobjects": [] }).to_string().into_response(),
            "describe" => json!({ "fields": [{ "name": "Amount" }, { "name": "BillingCountry" }] }).to_string().into_response(),
            "query" if is_of("Cosell_Setting__mdt") => rows(&[&json!({
                "On_Hold_Stage__c": "On Hold", "Default_Currency__c": "EUR", "Cosell_Only__c": "false", "Rule_Settings__c": self.rules
            })]),
            "query" if is_of("OpportunityStage") && self.lacks_stage => rows(&[&json!({ "ApiName": "Qualification" })]),
            "query" if is_of("OpportunityStage") => {
                rows(&[&json!({ "ApiName": "On Hold" }), &json!({ "ApiName": "Qualification" })])
            }
            "query" if query.contains("WHERE+Referral_Identifier__c") && is_of("Opportunity") => {
                let is_marked = |it: &&Value| it["Referral_Identifier__c"].is_string();
                rows(&self.opportunity.iter().filter(is_marked).collect::<Vec<_>>())
            }
            "query" if is_of("Opportunity") => rows(&self.opportunity.iter().collect::<Vec<_>>()),
            "query" if is_of("Microsoft_Solution__c") => rows(&self.solutions.iter().collect::<Vec<_>>()),
            "query" if is_of("Lead") => rows(&self.lead.iter().collect::<Vec<_>>()),
            "query" => {
                let found = self.has.iter().find(|(object, _)| is_of(object));
                rows(&found.map(|(_, rows)| rows.iter().collect::<Vec<_>>()).unwrap_or_default())
            }
            "composite" => self.make(&serde_json::from_slice(body).unwrap()),
            "convert" if self.refuses.as_ref().is_some_and(|(part, _)| *part == "convert") => {
                let errors: Vec<&Value> = self.refuses.iter().map(|(_, error)| error).collect();
                (StatusCode::BAD_REQUEST, json!(errors).to_string()).into_response()
            }
            "convert" => {
                self.opportunity = Some(json!({ "Id": RECORD, "Name": "By the lead", "StageName": "Prospecting" }));
                self.writes.push(("convert".to_owned(), serde_json::from_slice(body).unwrap()));
                json!({ "opportunityId": RECORD, "converted": !self.is_converted_by_hand }).to_string().into_response()
            }
            "Lead" => {
                self.writes.push(("Lead".to_owned(), serde_json::from_slice(body).unwrap()));
                (StatusCode::CREATED, json!({ "id": "00QQy00000AbCdE", "success": true, "errors": [] }).to_string())
                    .into_response()
            }
            _ if self.is_deleted => {
                (StatusCode::NOT_FOUND, json!([{ "errorCode": "NOT_FOUND", "message": "No such record." }]).to_string())
                    .into_response()
            }
            name => {
                self.writes.push((name.to_owned(), serde_json::from_slice(body).unwrap()));
                StatusCode::NO_CONTENT.into_response()
            }
        }
    }

    fn make(&mut self, asked: &Value) -> Response {
        let parts = asked["compositeRequest"].as_array().unwrap();
        let answer = |part: &Value, status: u16, body: Value| json!({ "referenceId": part["referenceId"], "httpStatusCode": status, "body": body });
        let offender = |(name, error): &(&str, Value)| {
            let offender = parts.iter().find(|part| part["referenceId"].as_str().unwrap().starts_with(name))?;
            let fields: Vec<&str> = error["fields"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            let offends = fields.is_empty() || fields.iter().any(|field| offender["body"].get(field).is_some());
            offends.then(|| (offender["referenceId"].clone(), error.clone()))
        };
        if let Some((name, error)) = self.refuses.as_ref().and_then(offender) {
            if self.has_what_it_refuses {
                self.solutions.extend(parts.iter().filter(|part| part["referenceId"] == name).map(|part| part["body"].clone()));
            }
            let refused = |part: &Value| {
                let halted = json!({ "errorCode": "PROCESSING_HALTED", "message": "rolled back" });
                answer(part, 400, json!([if part["referenceId"] == name { &error } else { &halted }]))
            };
            return json!({ "compositeResponse": parts.iter().map(refused).collect::<Vec<_>>() }).to_string().into_response();
        }
        for part in parts {
            let name = part["referenceId"].as_str().unwrap().to_owned();
            if name == "opportunity" {
                let mut made = part["body"].clone();
                made["Id"] = RECORD.into();
                self.opportunity = Some(made);
            }
            self.writes.push((name, part["body"].clone()));
        }
        if self.loses_answers {
            return StatusCode::BAD_GATEWAY.into_response();
        }
        let made = |part: &Value| {
            let id = if part["referenceId"] == "opportunity" { RECORD } else { "001Qy00000AbCdE" };
            answer(part, 201, json!({ "id": id, "success": true, "errors": [] }))
        };
        json!({ "compositeResponse": parts.iter().map(made).collect::<Vec<_>>() }).to_string().into_response()
    }
}

async fn serve(State(org): State<Shared>, request: Request) -> Response {
    let call = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let host = request.headers().get("host").map(|host| host.to_str().unwrap().to_owned()).unwrap_or_default();
    let guard = request.headers().get("if-unmodified-since").map(|date| date.to_str().unwrap().to_owned());
    let body = to_bytes(request.into_body(), 65_536).await.unwrap();
    if call == "/services/oauth2/token" {
        let id = "https://login.salesforce.com/id/00DQy00000ZZZzzMAH/005Qy00000aaaaaIAA";
        return json!({ "access_token": "token", "instance_url": format!("https://{host}"), "id": id })
            .to_string()
            .into_response();
    }
    org.lock().unwrap().guards.extend(guard);
    org.lock().unwrap().answer(&call, &query, &body)
}

/// A proxy between both.
struct Stage {
    world: World,
    org: Shared,
    _server: TestServer,
}

impl Stage {
    async fn set() -> Self {
        let org = Shared::default();
        let server = TestServer::start(Router::new().fallback(serve).with_state(Arc::clone(&org)));
        let url = server.url();
        let world = World::start(&[("SALESFORCE__LOGIN_URL", &url)]).await;
        Self { world, org, _server: server }
    }

    fn org(&self) -> std::sync::MutexGuard<'_, Org> {
        self.org.lock().unwrap()
    }

    fn store(&self) -> &Store {
        &self.world.app.api().store
    }

    /// What Partner Center has of the engagement.
    fn there(&self, referrals: &[Value]) {
        self.world.microsoft.answer(REFERRALS, 200, json!({ "value": referrals }));
    }

    async fn take_in(&self) -> Result<(), Failure> {
        self.world.app.api().reconciler.take_in(&engagement()).await
    }

    async fn link(&self) -> Option<Link> {
        self.store().link(&record()).await.unwrap()
    }
}

fn record() -> SalesforceId {
    SalesforceId::parse(RECORD).unwrap()
}

fn engagement() -> EngagementId {
    EngagementId::parse("7c1e0000-0000-4000-8000-000000000002").unwrap()
}

/// A referral over 100,000 US dollars, with changes to its uppermost members.
fn referral(changes: &Value) -> Value {
    let mut referral: Value = serde_json::from_str(include_str!("../../../../rules/tests/cases/inbound.json")).unwrap();
    referral["details"]["currency"] = "USD".into();
    referral["details"]["dealValue"] = 100_000.into();
    referral.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    referral
}

#[tokio::test]
async fn what_was_made_is_known_with_all_its_values_though_the_answer_is_lost() {
    let stage = Stage::set().await;
    stage.there(&[referral(&json!({}))]);
    stage.org().loses_answers = true;
    assert!(matches!(stage.take_in().await, Err(Failure::Salesforce(SalesforceError::Retry { .. }))));
    assert_eq!(stage.link().await, None);
    stage.org().loses_answers = false;
    // Meanwhile somebody changes the deal: that is news, and no conflict.
    let mut changed = referral(&json!({}));
    changed["details"]["dealValue"] = 120_000.into();
    stage.there(&[changed]);
    stage.take_in().await.unwrap();
    let base = stage.link().await.unwrap().base.unwrap();
    let texts = ["/status", "/details/dealValue", "/details/currency"].map(|path| base.get(path));
    assert_eq!(
        texts,
        [Some("New / Received"), Some(""), Some("EUR")],
        "as the org has it: no figure in a currency that is not its own"
    );
    assert_eq!(stage.store().inbound(&engagement()).await.unwrap(), None);
    let made = stage.org().writes.iter().filter(|(name, _)| name == "opportunity").count();
    assert_eq!(made, 1);
}

#[tokio::test]
async fn nothing_is_expected_of_what_salesforce_refused() {
    let stage = Stage::set().await;
    stage.there(&[referral(&json!({}))]);
    let error = json!({ "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "message": "Ask sales.", "fields": [] });
    stage.org().refuses = Some(("opportunity", error));
    stage.take_in().await.unwrap();
    let inbound = stage.store().inbound(&engagement()).await.unwrap().unwrap();
    assert_eq!((inbound.base, inbound.reason.unwrap().detail.as_str()), (None, "Ask sales."));
    assert_eq!(stage.store().due(NOW, 9).await.unwrap(), [], "it is looked at later");
}

#[tokio::test]
async fn what_is_told_meanwhile_by_a_run_of_the_opportunity_is_not_lost() {
    let stage = Stage::set().await;
    stage.there(&[referral(&json!({}))]);
    stage.store().begin_link(&record(), "en", NOW).await.unwrap();
    let others = stage.store().lease(&record(), "another process", NOW, Duration::from_mins(1)).await.unwrap().unwrap();
    assert!(stage.take_in().await.is_err(), "it waits for the run of somebody else");
    assert_eq!(stage.link().await.unwrap().referral_id, None);
    let line = Told { line: "Sent.".to_owned(), version: None, operations: String::new(), before: 0 };
    stage.store().tell(&others, std::slice::from_ref(&line), NOW).await.unwrap();
    stage.store().done(&others).await.unwrap();
    stage.take_in().await.unwrap();
    let joined = stage.link().await.unwrap();
    assert!(joined.referral_id.is_some() && joined.told.contains(&line), "{joined:?}");
    assert_eq!(stage.store().due(NOW, 9).await.unwrap(), [WorkKey::Opportunity(record())], "the pair is looked at afterwards");
}

#[tokio::test]
async fn of_several_referrals_the_one_that_was_begun_with_is_looked_for_first() {
    let stage = Stage::set().await;
    let first = referral(&json!({}));
    stage.there(std::slice::from_ref(&first));
    stage.org().loses_answers = true;
    assert!(stage.take_in().await.is_err());
    stage.org().loses_answers = false;
    let newer = json!({ "id": "7c1e0000-0000-4000-8000-0000000000ff", "createdDateTime": "2026-11-21T09:00:00Z" });
    stage.there(&[first.clone(), referral(&newer)]);
    stage.take_in().await.unwrap();
    assert_eq!(stage.link().await.unwrap().referral_id.as_deref(), first["id"].as_str());
    let made = stage.org().writes.iter().filter(|(name, _)| name == "opportunity").count();
    assert_eq!(made, 1);
}

fn lead(more: &Value) -> Value {
    let mut lead = json!({ "Id": "00QQy00000AbCdE", "Status": "New", "IsConverted": false, "ConvertedOpportunityId": null });
    lead.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    lead
}

#[tokio::test]
async fn a_referral_that_was_a_lead_takes_its_lead_along() {
    let stage = Stage::set().await;
    stage.there(&[referral(&json!({}))]);
    stage.org().lead = Some(lead(&json!({})));
    stage.take_in().await.unwrap();
    let writes = std::mem::take(&mut stage.org().writes);
    let names: Vec<&str> = writes.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names[..2], ["convert", record().as_str()], "{names:?}");
    assert!(!names.contains(&"opportunity"), "{names:?}");
    let written = &writes[1].1;
    assert_eq!((written.get("Amount"), &written["StageName"]), (None, &json!("On Hold")));
    let base = stage.link().await.unwrap().base.unwrap();
    assert_eq!((base.get("/details/currency"), base.get("/details/dealValue")), (Some("EUR"), Some("")));
}

/// The org says that it has a solution already: that of a lead's opportunity, whose solutions come after it.
async fn taken_in_twice(has_it: bool) -> (Result<(), Failure>, Stage) {
    let stage = Stage::set().await;
    stage.there(&[referral(&json!({}))]);
    stage.org().lead = Some(lead(&json!({})));
    stage.org().refuses =
        Some(("solution0", json!({ "errorCode": "DUPLICATE_VALUE", "message": "duplicate value found", "fields": [] })));
    stage.org().has_what_it_refuses = has_it;
    let first = stage.take_in().await;
    stage.org().refuses = None;
    stage.take_in().await.unwrap();
    (first, stage)
}

#[tokio::test]
async fn a_solution_that_somebody_added_meanwhile_is_left_to_them() {
    let (first, stage) = taken_in_twice(true).await;
    assert!(matches!(first, Err(Failure::Salesforce(SalesforceError::Changed))), "looked at again: {first:?}");
    let (lines, org) = (stage.link().await.unwrap().told, stage.org());
    assert!(!org.writes.iter().any(|(name, fields)| name == "solution0" && org.solutions.contains(fields)), "{:?}", org.writes);
    assert!(!lines.iter().any(|line| line.line.contains("duplicate value found")), "{lines:?}");
}

#[tokio::test]
async fn a_solution_that_is_refused_and_not_there_is_told_and_waits_for_nobody() {
    let (first, stage) = taken_in_twice(false).await;
    first.unwrap();
    let lines = stage.link().await.unwrap().told;
    assert!(lines.iter().any(|line| line.line.contains("duplicate value found")), "{lines:?}");
}

#[tokio::test]
async fn what_a_person_typed_who_converted_the_lead_stays() {
    let stage = Stage::set().await;
    stage.there(&[referral(&json!({}))]);
    stage.org().lead = Some(lead(&json!({ "IsConverted": true, "ConvertedOpportunityId": RECORD })));
    let trail = "2026-11-20 10:00 UTC - Earlier.";
    stage.org().opportunity = Some(json!({ "Id": RECORD, "Name": "Ours", "Amount": 5, "Audit__c": trail }));
    stage.take_in().await.unwrap();
    let (_, written) = std::mem::take(&mut stage.org().writes).into_iter().find(|(name, _)| name == record().as_str()).unwrap();
    assert!(
        ["Name", "Amount", "CloseDate", "Description", "StageName"].iter().all(|name| written.get(*name).is_none()),
        "{written}"
    );
    assert_eq!(written["Referral_Identifier__c"], referral(&json!({}))["id"]);
    assert!(written["Audit__c"].as_str().unwrap().ends_with(trail), "{written}");
    let base = stage.link().await.unwrap().base.unwrap();
    assert_eq!(
        (base.get("/details/currency"), base.get("/details/dealValue")),
        (Some("EUR"), None),
        "the merge sees to the rest"
    );
}

#[tokio::test]
async fn who_converts_the_lead_just_before_we_do_keeps_what_was_typed() {
    // An earlier request of ours may have done it; then it is not a person's.
    for (was_asked, is_written) in [(false, false), (true, true)] {
        let stage = Stage::set().await;
        let news = referral(&json!({}));
        stage.there(std::slice::from_ref(&news));
        stage.org().lead = Some(lead(&json!({})));
        stage.org().is_converted_by_hand = true;
        if was_asked {
            let held = held(stage.store(), &engagement()).await;
            stage.store().begin_inbound(&held, news["id"].as_str().unwrap(), NOW).await.unwrap();
            stage.store().expect_inbound(&held, Some(&Base::default())).await.unwrap();
            stage.store().done(&held).await.unwrap();
            stage.store().wake(&engagement(), NOW).await.unwrap();
        }
        stage.take_in().await.unwrap();
        let writes = std::mem::take(&mut stage.org().writes);
        let (_, written) = writes.into_iter().find(|(name, _)| name == record().as_str()).unwrap();
        let values = ["CloseDate", "Description", "StageName"];
        assert!(values.iter().all(|name| written.get(*name).is_some() == is_written), "{was_asked}: {written}");
        assert_eq!(written["Referral_Identifier__c"], news["id"]);
    }
}

#[tokio::test]
async fn who_holds_the_lead_to_convert_it_while_we_ask_keeps_what_was_typed() {
    let stage = Stage::set().await;
    stage.there(&[referral(&json!({}))]);
    stage.org().lead = Some(lead(&json!({})));
    let error = json!({ "errorCode": "UNABLE_TO_LOCK_ROW", "message": "unable to obtain exclusive access", "fields": [] });
    stage.org().refuses = Some(("convert", error));
    assert!(matches!(stage.take_in().await, Err(Failure::Salesforce(SalesforceError::Retry { .. }))));
    stage.org().refuses = None;
    stage.org().lead = Some(lead(&json!({ "IsConverted": true, "ConvertedOpportunityId": RECORD })));
    stage.org().opportunity = Some(json!({ "Id": RECORD, "Name": "Ours", "Amount": 5 }));
    stage.take_in().await.unwrap();
    let (_, written) = std::mem::take(&mut stage.org().writes).into_iter().find(|(name, _)| name == record().as_str()).unwrap();
    assert!(["Name", "CloseDate", "Description", "StageName"].iter().all(|name| written.get(*name).is_none()), "{written}");
}

#[tokio::test]
async fn a_field_that_salesforce_refuses_is_left_out_and_told_and_agreed_on_by_nobody() {
    let stage = Stage::set().await;
    stage.there(&[referral(&json!({}))]);
    let error = |field: &str| json!({ "errorCode": "STRING_TOO_LONG", "message": "Too long.", "fields": [field] });
    stage.org().refuses = Some(("opportunity", error("Description")));
    stage.take_in().await.unwrap();
    let made = stage.org().opportunity.clone().unwrap();
    assert_eq!((made.get("Description"), &made["Name"]), (None, &referral(&json!({}))["name"]));
    assert!(made["Audit__c"].as_str().unwrap().contains("Salesforce says: Description: Too long."), "{made}");
    let base = stage.link().await.unwrap().base.unwrap();
    assert_eq!((base.get("/details/notes"), base.get("/details/closingDateTime")), (None, made["CloseDate"].as_str()));
}

#[tokio::test]
async fn nobody_answers_the_referral_of_another_opportunity() {
    let other = SalesforceId::parse("006Qy00000AbCdF").unwrap();
    for (owner, reference) in [(Some(&other), json!(null)), (None, json!(other.as_str()))] {
        let stage = Stage::set().await;
        let theirs = referral(&json!({ "externalReferenceId": reference }));
        let id = theirs["id"].as_str().unwrap();
        if let Some(owner) = owner {
            stage.store().begin_link(owner, "en", NOW).await.unwrap();
            let held = held(stage.store(), owner).await;
            stage.store().found(&held, Side::Own, id, &engagement().to_string(), NOW).await.unwrap();
        }
        // Copied with the record.
        stage.org().opportunity = Some(json!({ "Id": RECORD, "Referral_Identifier__c": id }));
        stage.world.microsoft.answer(&format!("{REFERRALS}/{id}"), 200, theirs.clone());
        let outcome = stage.world.app.api().reconciler.answer(&record(), &Answer::Accept, "en").await;
        assert!(matches!(outcome, Err(Undecided::Refused { code: words::DECISION_NOT_INCOMING, .. })), "{outcome:?}");
        assert!(!stage.world.microsoft.calls().iter().any(|call| call.starts_with("PATCH")), "nothing was sent");
    }
}

#[tokio::test]
async fn a_lead_is_changed_only_as_it_was_read() {
    let stage = Stage::set().await;
    let invited = json!({ "invitedBy": { "organizationId": "msft" } });
    stage.there(&[referral(&json!({ "type": "Independent", "inviteContext": invited }))]);
    stage.org().lead = Some(lead(&json!({ "LastModifiedDate": "2026-11-22T13:00:00.000+0000" })));
    stage.take_in().await.unwrap();
    assert_eq!(stage.org().writes.len(), 1);
    assert_eq!(stage.org().guards, ["Sun, 22 Nov 2026 13:00:00 GMT"]);
}
