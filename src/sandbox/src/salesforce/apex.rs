//! The package's Apex methods, as the page calls them: what they answer and the codes of their refusals.

use std::sync::Arc;

use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jsonwebtoken::{Algorithm, Header};
use serde_json::{Map, Value, json};

use super::schema::{Object, object};
use super::state::{Session, State};
use super::store::{self, Row};
use super::{Org, api, ids, soql};

/// How long a seller token lives, in seconds.
const LIFETIME: i64 = 300;
/// The API version in whose shape a snapshot is given.
const VERSION: &str = "v66.0";

const FIELDS: &str = "Id, Name, StageName, IsClosed, IsWon, Amount, CloseDate, Description, LastModifiedDate, AccountId, \
    Sync_with_Partner_Center__c, How_can_Microsoft_help__c, Visible_to_Microsoft_Sellers__c, Customer_Consent__c, \
    Microsoft_Customer_Contact__c, Referral_Identifier__c, Referral_Link__c, Engagement_Identifier__c, \
    Deal_Type__c, Microsoft_CRM_Identifier__c, Microsoft_Seller__c, Referral_Status__c, Microsoft_Status__c, Microsoft_Answer_Due__c, Cosell_State__c, \
    Cosell_State_Reason__c, Audit__c, Account.Id, Account.Name, Account.BillingStreet, Account.BillingCity, \
    Account.BillingState, Account.BillingPostalCode, Account.BillingCountry, Owner.Id, Owner.FirstName, \
    Owner.LastName, Owner.Email, Owner.Phone";

const ROLES: &str = "(SELECT Id, ContactId, Role, IsPrimary, Contact.Id, Contact.FirstName, Contact.LastName, \
    Contact.Email, Contact.Phone FROM OpportunityContactRoles LIMIT 200)";
const TEAM: &str = "(SELECT Id, UserId, TeamMemberRole, User.Id, User.FirstName, User.LastName, User.Email, \
    User.Phone FROM OpportunityTeamMembers LIMIT 200)";
const SOLUTIONS: &str = "(SELECT Id, Name, Solution_Identifier__c, Solution_Type__c, Publisher_Name__c \
    FROM Microsoft_Solutions__r LIMIT 200)";

/// `AuraHandledException`: status 500 and the message, which the package uses for a stable code.
struct Refusal(&'static str);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, axum::Json(json!({ "message": self.0 }))).into_response()
    }
}

/// `POST /apex/{Class}/{method}` with the parameters as a JSON object.
pub(super) async fn call(
    Shared(org): Shared<Arc<Org>>,
    Path((class, method)): Path<(String, String)>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Response {
    let mut state = org.lock();
    state.store.commit_due(org.now());
    let session = match api::authenticate(&state, &headers) {
        Ok(session) => session,
        Err(error) => return (StatusCode::UNAUTHORIZED, axum::Json(json!([error.rest()]))).into_response(),
    };
    let parameters: Map<String, Value> = if body.is_empty() {
        Map::new()
    } else {
        match serde_json::from_slice(&body) {
            Ok(parameters) => parameters,
            Err(error) => {
                let message = json!({ "message": error.to_string() });
                return (StatusCode::BAD_REQUEST, axum::Json(message)).into_response();
            }
        }
    };
    let result = match (class.as_str(), method.as_str()) {
        ("CosellTokenController", "issue") => issue(&org, &state, &session, &parameters),
        ("CosellController", "getSnapshot") => snapshot(&state, &parameters),
        ("CosellController", "getSettings") => settings(&state),
        ("CosellController", "getSolutions") => Ok(solutions(&state)),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    match result {
        Ok(value) => axum::Json(value).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

fn text<'a>(parameters: &'a Map<String, Value>, name: &str) -> &'a str {
    parameters.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The opportunity a parameter names.
fn opportunity<'a>(state: &'a State, parameters: &Map<String, Value>) -> Result<&'a Row, Refusal> {
    ids::parse(text(parameters, "opportunityId"))
        .and_then(|id| state.store.get("Opportunity", &id))
        .ok_or(Refusal("opportunity.not-found"))
}

fn setting(state: &State) -> Result<&Row, Refusal> {
    state
        .store
        .rows_named("Cosell_Setting__mdt")
        .find(|row| store::text(row, "DeveloperName") == "Default")
        .ok_or(Refusal("settings.missing"))
}

/// `CosellTokenController.issue`: a JWT signed by the org's certificate for one opportunity and one action.
fn issue(org: &Org, state: &State, session: &Session, parameters: &Map<String, Value>) -> Result<Value, Refusal> {
    let action = text(parameters, "action");
    if !["read", "share", "decide"].contains(&action) {
        return Err(Refusal("action.unknown"));
    }
    if !session.may_share {
        return Err(Refusal("permission.missing"));
    }
    let record = opportunity(state, parameters)?;
    if action != "read" && !session.may_edit {
        return Err(Refusal("opportunity.read-only"));
    }
    if store::text(setting(state)?, "Certificate__c").is_empty() {
        return Err(Refusal("certificate.unusable"));
    }
    let now = org.now().unix_timestamp();
    let claims = json!({
        "iss": org.org_id(),
        "sub": session.user,
        "aud": "cosell-proxy",
        "iat": now,
        "exp": now + LIFETIME,
        "rec": store::text(record, "Id"),
        "act": action,
        "jti": uuid::Uuid::new_v4().to_string()
    });
    org.sign(&claims).map(Value::String).map_err(|_| Refusal("certificate.unusable"))
}

impl Org {
    /// Claims signed by the org's certificate, as `Auth.JWS` does it: it writes the algorithm and nothing else into the header.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, jsonwebtoken::errors::Error> {
        let mut header = Header::new(Algorithm::RS256);
        header.typ = None;
        jsonwebtoken::encode(&header, claims, &self.signing_key)
    }
}

/// `CosellController.getSnapshot`: a text that holds the record as JSON.
fn snapshot(state: &State, parameters: &Map<String, Value>) -> Result<Value, Refusal> {
    let id = store::text(opportunity(state, parameters)?, "Id");
    let setting = setting(state)?;
    let mut selected = vec![FIELDS.to_owned()];
    let mut add = |parent: &str, object: &str, path: &str| {
        let known = super::schema::object(object, state.features).is_some_and(|object| has_path(state, object, path));
        let path = format!("{parent}{path}");
        if known && !selected.iter().any(|one| one.split(", ").any(|one| one == path)) {
            selected.push(path);
        }
    };
    add("", "Opportunity", "CurrencyIsoCode");
    add("", "Opportunity", store::text(setting, "Currency_Field__c"));
    add("", "Opportunity", store::text(setting, "Deal_Value_Field__c"));
    add("Account.", "Account", "BillingCountryCode");
    add("Account.", "Account", store::text(setting, "Country_Field__c"));
    selected.push(ROLES.to_owned());
    if state.features.teams {
        selected.push(TEAM.to_owned());
    }
    selected.push(SOLUTIONS.to_owned());
    let query = format!("SELECT {} FROM Opportunity WHERE Id = '{id}'", selected.join(", "));
    let answer =
        soql::answer(&state.store, state.features, VERSION, &query, false).map_err(|_| Refusal("fields.not-readable"))?;
    let record = answer.records.into_iter().next().ok_or(Refusal("opportunity.not-found"))?;
    Ok(Value::String(without_attributes(record).to_string()))
}

/// Whether a field, or a field at the end of a path of parents, is in this org.
fn has_path(state: &State, target: &'static Object, path: &str) -> bool {
    match path.split_once('.') {
        None => target.field(path, state.features).is_some(),
        Some((relationship, rest)) => target
            .parent(relationship, state.features)
            .and_then(|(_, reference)| object(reference.to, state.features))
            .is_some_and(|parent| has_path(state, parent, rest)),
    }
}

/// The package builds the record itself, without the `attributes` of the REST API.
fn without_attributes(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, _)| name != "attributes")
            .map(|(name, value)| (name, without_attributes(value)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.into_iter().map(without_attributes).collect(),
        other => other,
    }
}

/// `CosellController.getSettings`
fn settings(state: &State) -> Result<Value, Refusal> {
    let row = setting(state)?;
    let texts = [
        ("proxyUrl", "Proxy_Url__c"),
        ("countryField", "Country_Field__c"),
        ("dealValueField", "Deal_Value_Field__c"),
        ("currencyField", "Currency_Field__c"),
        ("defaultCurrency", "Default_Currency__c"),
        ("ruleSettings", "Rule_Settings__c"),
    ];
    let settings: Map<String, Value> =
        texts.into_iter().map(|(name, field)| (name.to_owned(), row.get(field).cloned().unwrap_or_default())).collect();
    Ok(settings.into())
}

/// `CosellController.getSolutions`, by name.
fn solutions(state: &State) -> Value {
    let mut rows: Vec<&Row> = state.store.rows_named("Cosell_Solution__mdt").collect();
    rows.sort_by_key(|row| (store::text(row, "Solution_Name__c"), store::text(row, "Solution_Identifier__c")));
    rows.into_iter()
        .map(|row| {
            json!({
                "identifier": row.get("Solution_Identifier__c"),
                "name": row.get("Solution_Name__c"),
                "type": row.get("Solution_Type__c"),
                "publisher": row.get("Publisher_Name__c")
            })
        })
        .collect()
}
