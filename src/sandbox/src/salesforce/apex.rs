//! The package's Apex methods, as the page calls them: what they answer and the codes of their refusals.

mod pipeline;
mod setup;

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
    Cosell_State_Reason__c, Account.Id, Account.Name, Account.BillingStreet, Account.BillingCity, \
    Account.BillingState, Account.BillingPostalCode, Account.BillingCountry, Owner.Id, Owner.FirstName, \
    Owner.LastName, Owner.Email, Owner.Phone";

/// The children of an opportunity: relationship, fields, and whether they are there with opportunity teams alone.
const CHILDREN: [(&str, &str, bool); 3] = [
    (
        "OpportunityContactRoles",
        "Id, ContactId, Role, IsPrimary, Contact.Id, Contact.FirstName, Contact.LastName, Contact.Email, Contact.Phone",
        false,
    ),
    (
        "OpportunityTeamMembers",
        "Id, UserId, TeamMemberRole, User.Id, User.FirstName, User.LastName, User.Email, User.Phone",
        true,
    ),
    ("Microsoft_Solutions__r", "Id, Name, Solution_Identifier__c, Solution_Type__c, Publisher_Name__c", false),
];
/// How many children of a kind are read with one opportunity.
const MOST_CHILDREN: usize = 200;

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
        ("CosellSetupController", method) => {
            drop(state);
            match setup::call(&org, &session, method, &parameters) {
                Some(result) => result,
                None => return StatusCode::NOT_FOUND.into_response(),
            }
        }
        ("CosellTokenController", "issue") => issue(&org, &state, &session, &parameters),
        ("CosellController", "getSnapshot") => snapshot(&state, &parameters),
        ("CosellController", "getAccess") => access(&state, &session, &parameters),
        ("CosellController", "getSettings") => settings(&state),
        ("CosellController", "getSolutions") => Ok(solutions(&state)),
        ("CosellPipelineController", "getOpen") => pipeline::open(&state, &session, &parameters),
        ("CosellPipelineController", "getAgain") => pipeline::again(&state, &parameters),
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

/// `CosellTokenController.issue`: a token for one opportunity and one action.
fn issue(org: &Org, state: &State, session: &Session, parameters: &Map<String, Value>) -> Result<Value, Refusal> {
    let action = text(parameters, "action");
    if !["read", "share", "decide"].contains(&action) {
        return Err(Refusal("action.unknown"));
    }
    if !session.rights.share {
        return Err(Refusal("permission.missing"));
    }
    let record = opportunity(state, parameters)?;
    if action != "read" && !session.rights.edit {
        return Err(Refusal("opportunity.read-only"));
    }
    token(org, state, session, store::text(record, "Id"), action)
}

/// `CosellToken.issue`: a JWT signed by the org's certificate for one record and one action.
fn token(org: &Org, state: &State, session: &Session, record: &str, action: &str) -> Result<Value, Refusal> {
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
        "rec": record,
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
    let selected = selected(state, &["Audit__c"], MOST_CHILDREN)?;
    let found = records(state, &format!("SELECT {selected} FROM Opportunity WHERE Id = '{id}'"))?;
    let record = found.into_iter().next().ok_or(Refusal("opportunity.not-found"))?;
    Ok(Value::String(record.to_string()))
}

/// What is read of an opportunity: the fields of every org, those that the settings name, and further ones, each where this
/// org has it; then the children.
fn selected(state: &State, wanted: &[&str], most_children: usize) -> Result<String, Refusal> {
    let setting = setting(state)?;
    let mut selected: Vec<String> = FIELDS.split(", ").map(str::to_owned).collect();
    let mut add = |parent: &str, object: &str, path: &str| {
        let known = super::schema::object(object, state.features).is_some_and(|object| has_path(state, object, path));
        let path = format!("{parent}{path}");
        if known && !selected.contains(&path) {
            selected.push(path);
        }
    };
    add("", "Opportunity", "CurrencyIsoCode");
    add("", "Opportunity", store::text(setting, "Currency_Field__c"));
    add("", "Opportunity", store::text(setting, "Deal_Value_Field__c"));
    add("Account.", "Account", "BillingCountryCode");
    add("Account.", "Account", store::text(setting, "Country_Field__c"));
    for path in wanted {
        add("", "Opportunity", path);
    }
    for (relationship, fields, of_teams) in CHILDREN {
        if state.features.teams || !of_teams {
            selected.push(format!("(SELECT {fields} FROM {relationship} LIMIT {most_children})"));
        }
    }
    Ok(selected.join(", "))
}

/// The records of a query, as the package gives them to the page.
fn records(state: &State, query: &str) -> Result<Vec<Value>, Refusal> {
    let answer = soql::answer(&state.store, state.features, VERSION, query, false).map_err(|_| Refusal("fields.not-readable"))?;
    Ok(answer.records.into_iter().map(without_attributes).collect())
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

/// `CosellController.getAccess`: whether the user may edit a record, whose it is, and which of these fields nobody may edit here.
fn access(state: &State, session: &Session, parameters: &Map<String, Value>) -> Result<Value, Refusal> {
    let id = ids::parse(text(parameters, "recordId")).ok_or(Refusal("record.not-found"))?;
    let (object, row) = ["Account", "Contact", "Opportunity"]
        .into_iter()
        .find_map(|object| state.store.get(object, &id).map(|row| (object, row)))
        .ok_or(Refusal("record.not-found"))?;
    let fields = parameters.get("fields").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let target = super::schema::object(object, state.features);
    let is_locked = |name: &&str| target.is_none_or(|target| target.field(name, state.features).is_none());
    let owner = state.store.get("User", store::text(row, "OwnerId"));
    let name = owner.map(|user| [store::text(user, "FirstName"), store::text(user, "LastName")].join(" "));
    Ok(json!({
        "mayEdit": state.may_edit(session, object),
        "owner": name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
        "lockedFields": fields.filter(is_locked).collect::<Vec<_>>()
    }))
}

/// `CosellController.getSettings`
fn settings(state: &State) -> Result<Value, Refusal> {
    let mut settings = named_settings(setting(state)?);
    settings.insert("fieldMappings".to_owned(), field_mappings(state));
    Ok(settings.into())
}

/// The settings by the names that the page has for them.
const SETTINGS: [(&str, &str); 10] = [
    ("proxyUrl", "Proxy_Url__c"),
    ("countryField", "Country_Field__c"),
    ("dealValueField", "Deal_Value_Field__c"),
    ("currencyField", "Currency_Field__c"),
    ("defaultCurrency", "Default_Currency__c"),
    ("activeStage", "Active_Stage__c"),
    ("onHoldStage", "On_Hold_Stage__c"),
    ("coSellOnly", "Cosell_Only__c"),
    ("checkMark", "Check_Mark__c"),
    ("ruleSettings", "Rule_Settings__c"),
];

fn named_settings(row: &Row) -> Map<String, Value> {
    SETTINGS.into_iter().map(|(name, field)| (name.to_owned(), row.get(field).cloned().unwrap_or_default())).collect()
}

/// A line for each active mapping, or null.
fn field_mappings(state: &State) -> Value {
    let mut mappings: Vec<&Row> =
        state.store.rows_named("Cosell_Field_Mapping__mdt").filter(|row| store::flag(row, "Active__c")).collect();
    mappings.sort_by_key(|row| store::text(row, "DeveloperName"));
    let line = |mapping: &Row| {
        let fields = ["Opportunity_Field__c", "Referral_Path__c", "Direction__c", "Transform__c", "Winner__c"];
        let parts = fields.map(|field| store::text(mapping, field));
        let named: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("mapping = {}", named.join("|"))
    };
    let lines: Vec<String> = mappings.into_iter().map(line).collect();
    if lines.is_empty() { Value::Null } else { lines.join("\n").into() }
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
