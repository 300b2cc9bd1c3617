//! `CosellSetupController`: what the set-up page asks the org.

use serde_json::{Map, Value, json};

use super::super::schema::{Access, Field, Kind, Object, Values, object};
use super::super::state::{Session, State};
use super::super::store;
use super::super::{Features, Org};
use super::{Refusal, SETTINGS, named_settings, setting, token};

/// What is kept of the record beside what sellers get.
const CERTIFICATE: (&str, &str) = ("certificate", "Certificate__c");

/// The org's own currency, whatever its settings say.
const CURRENCY: &str = "EUR";

/// Answers a method; `None` where the class has none of that name.
pub(super) fn call(
    org: &Org,
    session: &Session,
    method: &str,
    parameters: &Map<String, Value>,
) -> Option<Result<Value, Refusal>> {
    let known = ["issueToken", "getSetup", "describeFields", "saveSettings"].contains(&method);
    if known && !session.rights.administer {
        return Some(Err(Refusal("permission.missing")));
    }
    match method {
        "issueToken" => Some(token(org, &org.lock(), session, &org.org_id(), "admin")),
        "getSetup" => Some(Ok(setup(org, &org.lock()))),
        "describeFields" => Some(Ok(describe(org.features(), parameters))),
        "saveSettings" => Some(save(org, parameters)),
        _ => None,
    }
}

fn setup(org: &Org, state: &State) -> Value {
    let row = setting(state).ok();
    let settings = row.map(|row| {
        let mut settings = named_settings(row);
        settings.insert(CERTIFICATE.0.to_owned(), row.get(CERTIFICATE.1).cloned().unwrap_or_default());
        settings
    });
    let stages = state.store.values(Values::Stages);
    let stages: Vec<Value> = stages.into_iter().map(|(value, label)| json!({ "value": value, "label": label })).collect();
    let integration = |row: &&store::Row| store::text(row, "Username") == org.options.username;
    json!({
        "settings": settings,
        "recordId": row.map(|row| store::text(row, "Id")),
        "stages": stages,
        "org": {
            "myDomain": true,
            "notes": state.features.notes,
            "teams": state.features.teams,
            "countryPicklists": state.features.country_picklists,
            "multiCurrency": state.features.multi_currency,
            "currency": CURRENCY,
            "integrationUsers": state.store.rows_named("User").filter(integration).count(),
        }
    })
}

/// Fields by paths such as `Account.Owner.Country`. The org knows no field permissions: who may write a field at all, may.
fn describe(features: Features, parameters: &Map<String, Value>) -> Value {
    let paths = parameters.get("paths").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let about = |path: &str| {
        let found = path.split_once('.').and_then(|(root, rest)| {
            let root = ["Account", "Opportunity"].contains(&root).then(|| object(root, features)).flatten();
            find(root?, rest.trim(), features)
        });
        match found {
            None => json!({ "path": path, "exists": false }),
            Some(field) => json!({
                "path": path,
                "exists": true,
                "name": field.name,
                "label": field.label,
                "type": display_type(field),
                "writable": if field.access == Access::ReadOnly { "unknown" } else { "yes" },
            }),
        }
    };
    paths.map(about).collect()
}

/// The field, or the field at the end of a path of parents.
fn find(target: &'static Object, path: &str, features: Features) -> Option<&'static Field> {
    match path.split_once('.') {
        None => target.field(path, features),
        Some((relationship, rest)) => {
            let (_, reference) = target.parent(relationship, features)?;
            find(object(reference.to, features)?, rest, features)
        }
    }
}

/// Apex names types in capitals, and a whole number otherwise than REST does.
fn display_type(field: &Field) -> String {
    match field.kind {
        Kind::Int => "INTEGER".to_owned(),
        _ => field.describe_type().to_uppercase(),
    }
}

/// Here the deployment is over when the call returns.
fn save(org: &Org, parameters: &Map<String, Value>) -> Result<Value, Refusal> {
    let values = parameters.get("values").and_then(Value::as_object);
    let text = |name: &str| values.and_then(|values| values.get(name)).and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let fields = SETTINGS.into_iter().chain([CERTIFICATE]).map(|(name, field)| {
        let value = Some(text(name)).filter(|text| !text.is_empty());
        (field.to_owned(), value.into())
    });
    org.merge_settings(fields.collect()).map(|()| Value::Null).map_err(|_| Refusal("settings.not-saved"))
}
