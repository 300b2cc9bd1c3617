//! The levers of the Salesforce org that go beyond its switches: late commits, the admin's rules and field mappings, the
//! calls of the day, products, more opportunities.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{post, put};
use axum::{Json, Router};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value};
use time::Duration;

use super::{Levers, Refusal, World};
use crate::salesforce::{Commit, Rules};

/// Serves `/_sandbox/org/**`.
pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_sandbox/org/late-write", post(late_write).delete(release_writes))
        .route("/_sandbox/org/rules", put(rules))
        .route("/_sandbox/org/mappings", put(mappings))
        .route("/_sandbox/org/usage", put(usage))
        .route("/_sandbox/org/opportunities", put(opportunities))
        .route("/_sandbox/org/opportunities/{id}/products", put(products))
}

/// Until when the next write stays invisible: for so many calls, for so many seconds, or until it is released.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct LateWrite {
    calls: Option<u32>,
    seconds: Option<u32>,
    /// Leaves the writes of the integration user alone.
    sellers_only: bool,
}

async fn late_write(State(world): Levers, Json(late): Json<LateWrite>) -> Result<StatusCode, Refusal> {
    let commit = match (late.calls, late.seconds) {
        (None, None) => Commit::Released,
        (Some(calls), None) => Commit::AfterCalls(calls),
        (None, Some(seconds)) => Commit::After(Duration::seconds(seconds.into())),
        (Some(_), Some(_)) => {
            return Err(Refusal(StatusCode::BAD_REQUEST, "a write is late by calls or by seconds, not by both".to_owned()));
        }
    };
    world.org.hold_next_write(commit, late.sellers_only);
    Ok(StatusCode::NO_CONTENT)
}

async fn release_writes(State(world): Levers) -> StatusCode {
    world.org.release_writes();
    StatusCode::NO_CONTENT
}

async fn rules(State(world): Levers, Json(rules): Json<Rules>) -> StatusCode {
    world.org.set_rules(rules);
    StatusCode::NO_CONTENT
}

async fn mappings(State(world): Levers, Json(mappings): Json<Vec<Map<String, Value>>>) -> Result<StatusCode, Refusal> {
    world.org.set_mappings(mappings).map_err(|sentence| Refusal(StatusCode::BAD_REQUEST, sentence))?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Usage {
    used: u64,
    most: u64,
}

async fn usage(State(world): Levers, Json(Usage { used, most }): Json<Usage>) -> StatusCode {
    world.org.set_usage(used, most);
    StatusCode::NO_CONTENT
}

/// The price of all products together, as a text so that no digit is lost; null takes the products away.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Products {
    total: Option<String>,
}

async fn products(State(world): Levers, Path(id): Path<String>, Json(products): Json<Products>) -> Result<StatusCode, Refusal> {
    let refuse = |sentence: String| Refusal(StatusCode::BAD_REQUEST, sentence);
    let read = |total: String| total.parse::<Decimal>().map_err(|_| refuse(format!("{total} is no amount")));
    let total = products.total.map(read).transpose()?;
    world.org.set_products(&id, total).map_err(refuse)?;
    Ok(StatusCode::NO_CONTENT)
}

/// How many opportunities the org is to have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opportunities {
    total: usize,
}

async fn opportunities(State(world): Levers, Json(wanted): Json<Opportunities>) -> Result<StatusCode, Refusal> {
    world.org.multiply(wanted.total).map_err(|sentence| Refusal(StatusCode::BAD_REQUEST, sentence))?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use serde_json::{Value, json};
    use tower::ServiceExt;

    use super::super::World;
    use super::super::tests::{send, world};

    /// A call of a seller to the org's REST API.
    async fn call(world: &Arc<World>, method: &str, path: &str, body: Value) -> (u16, Value, Option<String>) {
        let request = Request::builder()
            .method(method)
            .uri(format!("/services/data/v66.0{path}"))
            .header("authorization", format!("Bearer {}", world.org.browser_session()))
            .body(Body::from(body.to_string()))
            .expect("a request");
        let answer = crate::salesforce::router(Arc::clone(&world.org)).oneshot(request).await.expect("an answer");
        let usage = answer.headers().get("sforce-limit-info").and_then(|value| value.to_str().ok()).map(str::to_owned);
        let status = answer.status().as_u16();
        let body = to_bytes(answer.into_body(), 1_000_000).await.expect("a body");
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null), usage)
    }

    async fn accounts(world: &Arc<World>) -> Value {
        call(world, "GET", "/query?q=SELECT+COUNT()+FROM+Account+WHERE+Name='Late'", Value::Null).await.1["totalSize"].clone()
    }

    #[tokio::test]
    async fn a_late_write_is_asked_for_and_released() {
        for (late, release) in
            [(json!({}), true), (json!({ "calls": 1, "sellersOnly": true }), false), (json!({ "seconds": 0 }), false)]
        {
            let world = world();
            assert_eq!(send(&world, "POST", "/org/late-write", Some(late.clone())).await.0, 204, "{late}");
            assert_eq!(call(&world, "POST", "/sobjects/Account", json!({ "Name": "Late" })).await.0, 201);
            if late["seconds"].is_null() {
                assert_eq!(accounts(&world).await, 0, "{late}");
            }
            if release {
                assert_eq!(send(&world, "DELETE", "/org/late-write", None).await.0, 204);
            }
            assert_eq!(accounts(&world).await, 1, "{late}");
        }
        let both = send(&world(), "POST", "/org/late-write", Some(json!({ "calls": 1, "seconds": 1 }))).await;
        assert_eq!(both.0, 400);
    }

    #[tokio::test]
    async fn rules_usage_and_products_reach_the_org_and_a_reset_takes_them_back() {
        let world = world();
        let rules = json!({ "validations": [{ "object": "Account", "message": "Not today." }] });
        assert_eq!(send(&world, "PUT", "/org/rules", Some(rules)).await.0, 204);
        assert_eq!(call(&world, "POST", "/sobjects/Account", json!({ "Name": "Late" })).await.1[0]["message"], "Not today.");

        assert_eq!(send(&world, "PUT", "/org/usage", Some(json!({ "used": 10, "most": 12 }))).await.0, 204);
        let (_, found, usage) = call(&world, "GET", "/query?q=SELECT+Id+FROM+Opportunity+LIMIT+1", Value::Null).await;
        assert_eq!(usage.as_deref(), Some("api-usage=11/12"));
        let id = found["records"][0]["Id"].as_str().expect("an id").to_owned();
        let products = format!("/org/opportunities/{id}/products");
        for (total, status) in [(json!("19.90"), 204), (json!("much"), 400), (Value::Null, 204)] {
            assert_eq!(send(&world, "PUT", &products, Some(json!({ "total": total }))).await.0, status, "{total}");
        }
        let (_, read, _) = call(&world, "GET", &format!("/sobjects/Opportunity/{id}"), Value::Null).await;
        assert_eq!((read["Amount"].to_string().as_str(), &read["HasOpportunityLineItem"]), ("19.9", &json!(false)));
        assert_eq!(call(&world, "GET", "/limits", Value::Null).await.0, 403, "the calls of the day are used up");

        assert_eq!(send(&world, "POST", "/reset", None).await.0, 204);
        assert_eq!(call(&world, "POST", "/sobjects/Account", json!({ "Name": "Late" })).await.0, 201);
    }
    #[tokio::test]
    async fn there_are_as_many_opportunities_as_are_asked_for_each_copy_with_a_customer_of_its_own() {
        let world = world();
        let count = async |object: &str| {
            let path = format!("/query?q=SELECT+COUNT()+FROM+{object}");
            call(&world, "GET", &path, Value::Null).await.1["totalSize"].as_u64().expect("a number")
        };
        let before = (count("Opportunity").await, count("Account").await, count("Microsoft_Solution__c").await);
        let total = json!({ "total": before.0 + 90 });
        for _again in 0..2 {
            assert_eq!(send(&world, "PUT", "/org/opportunities", Some(total.clone())).await.0, 204);
            assert_eq!((count("Opportunity").await, count("Account").await), (before.0 + 90, before.1 + 90));
        }
        assert!(count("Microsoft_Solution__c").await > before.2);
        let (_, found, _) = call(&world, "GET", "/query?q=SELECT+Name+FROM+Account+ORDER+BY+Id+DESC+LIMIT+1", Value::Null).await;
        assert!(found["records"][0]["Name"].as_str().is_some_and(|name| name.ends_with(" 91")), "{found}");
    }
}
