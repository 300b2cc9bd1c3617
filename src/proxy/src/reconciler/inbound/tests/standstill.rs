//! What stops a referral on its way in, and what an org without this or that makes of it.

use super::*;
use crate::reconciler::Subject;
use crate::store::Cursor;

/// A referral that becomes a lead, with changes to its uppermost members.
fn invitation(changes: &Value) -> Value {
    let mut invited = referral(&json!({ "type": "Independent", "inviteContext": { "invitedBy": { "organizationId": "msft" } } }));
    invited.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    invited
}

impl Stage {
    async fn reason(&self) -> Option<Reason> {
        self.store().inbound(&engagement()).await.unwrap().and_then(|inbound| inbound.reason)
    }

    async fn rests(&self) -> bool {
        self.store().due(NOW + Duration::from_hours(48), 9).await.unwrap().is_empty()
    }
}

#[tokio::test]
async fn a_lead_that_somebody_deleted_is_not_made_again_and_that_is_said() {
    let accepted = json!({ "status": "Active", "substatus": "Accepted" });
    for news in [invitation(&json!({})), invitation(&accepted), referral(&json!({}))] {
        let stage = Stage::set().await;
        let id = news["id"].as_str().unwrap();
        let lease = held(stage.store(), &engagement()).await;
        stage.store().begin_inbound(&lease, id, NOW).await.unwrap();
        stage.store().give_inbound(&lease, &[("City".to_owned(), "Husum".to_owned())].into()).await.unwrap();
        stage.store().done(&lease).await.unwrap();
        stage.there(std::slice::from_ref(&news));
        stage.take_in().await.unwrap();
        assert_eq!(stage.org().writes, [], "{news}");
        assert_eq!(stage.reason().await.unwrap().code, words::INBOUND_DELETED);
        assert!(stage.rests().await, "nothing changes by looking again");
        assert_eq!(stage.link().await, None);
        // Restored, it goes on.
        stage.org().lead = Some(lead(&json!({ "LastModifiedDate": "2026-11-22T13:00:00.000+0000" })));
        stage.take_in().await.unwrap();
        assert_eq!(stage.reason().await, None, "{news}");
    }
}

#[tokio::test]
async fn an_opportunity_of_a_lead_that_somebody_deleted_is_not_made_again() {
    let stage = Stage::set().await;
    stage.there(&[invitation(&json!({}))]);
    stage.org().lead = Some(lead(&json!({ "IsConverted": true, "ConvertedOpportunityId": RECORD })));
    stage.take_in().await.unwrap();
    assert_eq!(stage.org().writes, []);
    assert_eq!(stage.reason().await.unwrap().code, words::INBOUND_DELETED);
    assert!(stage.rests().await);
}

#[tokio::test]
async fn what_came_in_waits_where_it_is_seen_though_a_record_that_it_needs_is_gone() {
    let named = Stage::set().await;
    named.there(&[referral(&json!({}))]);
    let error = json!({ "errorCode": "ENTITY_IS_DELETED", "message": "entity is deleted", "fields": [] });
    named.org().refuses = Some(("opportunity", error));
    let changed = Stage::set().await;
    changed.there(&[invitation(&json!({}))]);
    changed.org().lead = Some(lead(&json!({ "LastModifiedDate": "2026-11-22T13:00:00.000+0000" })));
    changed.org().is_deleted = true;
    for (stage, detail) in [(named, "entity is deleted"), (changed, "Salesforce has no such record")] {
        stage.take_in().await.unwrap();
        let reason = stage.reason().await.unwrap();
        assert_eq!((reason.code.as_str(), reason.detail.as_str()), (words::INBOUND_REFUSED, detail));
        assert!(!stage.rests().await, "it is looked at again: {detail}");
    }
}

#[tokio::test]
async fn no_number_of_solutions_that_the_org_does_not_take_keeps_a_referral_out() {
    let mut news = referral(&json!({}));
    let solutions: Vec<Value> = (0..12).map(|number| json!({ "id": format!("SOL-{number}") })).collect();
    news["details"]["requirements"]["solutions"] = solutions.into();
    let error = |code: &str| json!({ "errorCode": code, "message": "No.", "fields": [] });
    let stage = Stage::set().await;
    stage.there(std::slice::from_ref(&news));
    stage.org().refuses = Some(("solution", error("INSUFFICIENT_ACCESS_OR_READONLY")));
    stage.take_in().await.unwrap();
    let told = stage.link().await.unwrap().told;
    assert_eq!(told.iter().filter(|line| line.line.contains("No.")).count(), 1, "{told:?}");
    // One of them alone keeps none of the others out.
    let stage = Stage::set().await;
    stage.there(std::slice::from_ref(&news));
    stage.org().refuses = Some(("solution3", error("INSUFFICIENT_ACCESS_OR_READONLY")));
    stage.take_in().await.unwrap();
    assert_eq!(stage.org().writes.iter().filter(|(name, _)| name.starts_with("solution")).count(), 11);
    // What is given up in the end says why.
    let stage = Stage::set().await;
    stage.there(&[news]);
    stage.org().refuses = Some(("solution", error("DUPLICATE_VALUE")));
    stage.take_in().await.unwrap();
    assert_eq!(stage.reason().await.unwrap().detail, "No.");
}

#[tokio::test]
async fn a_conversion_takes_the_account_the_contact_and_the_colleague_that_are_there() {
    let stage = Stage::set().await;
    let news = referral(&json!({}));
    stage.there(std::slice::from_ref(&news));
    let address = &news["customerProfile"]["address"];
    let account = json!({
        "Id": "001Qy00000AbCdEIAV", "Name": news["customerProfile"]["name"], "BillingPostalCode": address["postalCode"],
        "BillingCity": address["city"]
    });
    let contact = json!({ "Id": "003Qy00000AbCdEIAV", "Email": news["customerProfile"]["team"][0]["email"] });
    let colleague = json!({ "Id": "005Qy00000AbCdEIAV", "Email": news["team"][0]["email"] });
    stage.org().has = vec![("Account", vec![account]), ("Contact", vec![contact]), ("User", vec![colleague])];
    stage.org().lead = Some(lead(&json!({})));
    stage.take_in().await.unwrap();
    let writes = std::mem::take(&mut stage.org().writes);
    let asked = &writes[0].1;
    let ids = ["accountId", "contactId", "ownerId"].map(|name| asked[name].as_str().unwrap());
    assert_eq!(ids, ["001Qy00000AbCdEIAV", "003Qy00000AbCdEIAV", "005Qy00000AbCdEIAV"]);
    let trail = writes[1].1["Audit__c"].as_str().unwrap();
    assert!(trail.contains("It belongs to the account"), "{trail}");
}

#[tokio::test]
async fn no_lead_is_converted_while_there_is_no_stage_for_what_it_becomes() {
    let stage = Stage::set().await;
    stage.there(&[referral(&json!({}))]);
    stage.org().lead = Some(lead(&json!({})));
    stage.org().lacks_stage = true;
    stage.take_in().await.unwrap();
    assert_eq!(stage.org().writes, []);
    assert_eq!(stage.reason().await.unwrap().code, words::INBOUND_UNKNOWN_STAGE);
}

#[tokio::test]
async fn what_fails_before_anything_is_begun_is_seen_all_the_same() {
    let stage = Stage::set().await;
    stage.there(&[referral(&json!({}))]);
    stage.org().rules = "relaxed = 7";
    stage.take_in().await.unwrap();
    let inbound = stage.store().inbound(&engagement()).await.unwrap().unwrap();
    assert_eq!(inbound.referral_id, referral(&json!({}))["id"].as_str().unwrap());
    assert_eq!(inbound.reason.unwrap().code, words::SETTINGS_UNREADABLE);
    assert!(!stage.rests().await, "it is looked at again");
    stage.org().rules = "";
    stage.take_in().await.unwrap();
    assert_eq!(stage.store().inbound(&engagement()).await.unwrap(), None);
}

#[tokio::test]
async fn an_engagement_that_nobody_can_read_is_seen_until_somebody_can() {
    let stage = Stage::set().await;
    stage.world.microsoft.answer(REFERRALS, 403, json!({}));
    let reconciler = &stage.world.app.api().reconciler;
    let told = async || {
        let (told, _) = reconciler.attention(&Cursor::default(), 9, "en").await.unwrap();
        serde_json::to_value(told).unwrap()
    };
    stage.take_in().await.unwrap_err();
    let pair = told().await[0].clone();
    let expected = ["referral", "broken", "partner-center.forbidden"].map(Value::from);
    assert_eq!([&pair["kind"], &pair["state"], &pair["code"]], expected.each_ref());
    assert_eq!((&pair["referralId"], &pair["engagementId"]), (&Value::Null, &json!(engagement().to_string())));
    assert_eq!(stage.store().due(NOW, 9).await.unwrap(), [], "it is looked at later");
    assert!(reconciler.retry(&Subject::Engagement(engagement())).await.unwrap());
    assert_eq!(stage.store().due(NOW, 9).await.unwrap(), [WorkKey::Engagement(engagement())], "or when somebody asks");
    // Read, it lacks what came: that is another matter.
    stage.there(&[]);
    stage.take_in().await.unwrap();
    assert_eq!(told().await, json!([]));
    stage.there(&[referral(&json!({}))]);
    stage.take_in().await.unwrap();
    assert_eq!(stage.store().inbound(&engagement()).await.unwrap(), None);
    assert!(stage.link().await.is_some());
}

#[tokio::test]
async fn of_more_accounts_than_can_be_looked_through_none_is_taken() {
    let stage = Stage::set().await;
    let news = referral(&json!({}));
    stage.there(std::slice::from_ref(&news));
    let account = |number: usize| json!({ "Id": format!("001{number}"), "Name": format!("W{number}") });
    stage.org().has = vec![("Account", (0..200).map(account).collect())];
    stage.take_in().await.unwrap();
    let made = stage.org().opportunity.clone().unwrap();
    assert!(made["Audit__c"].as_str().unwrap().contains("Several accounts could be"), "{made}");
}

#[tokio::test]
async fn a_new_lead_belongs_to_the_colleague_whom_the_referral_names() {
    let stage = Stage::set().await;
    let news = invitation(&json!({}));
    stage.there(std::slice::from_ref(&news));
    stage.org().has = vec![("User", vec![json!({ "Id": "005Qy00000AbCdEIAV", "Email": news["team"][0]["email"] })])];
    stage.take_in().await.unwrap();
    let writes = std::mem::take(&mut stage.org().writes);
    assert_eq!(
        writes.iter().map(|(name, body)| (name.as_str(), &body["OwnerId"])).collect::<Vec<_>>(),
        [("Lead", &json!("005Qy00000AbCdEIAV"))]
    );
}
