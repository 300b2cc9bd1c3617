//! A record as the UI API shows it: value and display value of each field, parents as records of their own.

use std::fmt::Write;

use aws_lc_rs::digest;
use serde_json::{Map, Value, json};

use super::super::Features;
use super::super::call::{Call, Context, Reply};
use super::super::errors::ApiError;
use super::super::moment;
use super::super::rest;
use super::super::schema::{Field, Kind, Object, object};
use super::super::store::{self, Row, Store};
use super::{supported, unsupported};

/// The id of the master record type, which every record without record types has.
pub(super) const MASTER_TYPE: &str = "012000000000000AAA";
/// The most parents one field may climb over.
const MOST_PARENTS: usize = 5;

/// `GET /records/{id}?fields=…&optionalFields=…`
pub(super) fn read(context: &Context<'_>, call: &Call, id: &str) -> Result<Reply, ApiError> {
    let (target, row) = rest::any(context, id)?;
    if !supported(target) {
        return Err(unsupported(target.name));
    }
    let paths = paths(call, target, context.state.features)?;
    if paths.is_empty() {
        let message = "fields, optionalFields or layoutTypes must be given";
        return Err(ApiError::new(400, "ILLEGAL_QUERY_PARAMETER_VALUE", message));
    }
    let view = View { store: &context.state.store, features: context.state.features };
    Ok(Reply::ok(view.record(target, row, &paths)))
}

/// The fields a call asks for, without the object's name in front. One unknown name of `fields` fails the call, one of
/// `optionalFields` is left out.
pub(super) fn paths<'a>(call: &'a Call, target: &'static Object, features: Features) -> Result<Vec<Vec<&'a str>>, ApiError> {
    let mut paths = Vec::new();
    for name in call.names("fields") {
        paths.push(known(name, target, features)?);
    }
    let optional = call.names("optionalFields").into_iter();
    paths.extend(optional.filter_map(|name| known(name, target, features).ok()));
    Ok(paths)
}

fn known<'a>(name: &'a str, target: &'static Object, features: Features) -> Result<Vec<&'a str>, ApiError> {
    let unknown = |column: &str, object: &str| {
        let message = format!(
            "No such column '{column}' on entity '{object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names."
        );
        ApiError::new(400, "INVALID_FIELD", message)
    };
    let mut names = name.split('.');
    let prefix = names.next().unwrap_or_default();
    let path: Vec<&str> = names.collect();
    let Some((last, relationships)) = path.split_last() else {
        return Err(unknown(name, target.name));
    };
    if !prefix.eq_ignore_ascii_case(target.name) || relationships.len() > MOST_PARENTS {
        return Err(unknown(name, target.name));
    }
    let mut current = target;
    for relationship in relationships {
        current = current
            .parent(relationship, features)
            .and_then(|(_, reference)| object(reference.to, features))
            .ok_or_else(|| unknown(relationship, current.name))?;
    }
    match current.field(last, features) {
        Some(_) => Ok(path),
        None => Err(unknown(last, current.name)),
    }
}

/// Shows records from the rows.
pub(super) struct View<'a> {
    /// The rows.
    pub(super) store: &'a Store,
    /// The org's features.
    pub(super) features: Features,
}

impl View<'_> {
    /// A record with the fields that the paths name; they must be known.
    pub(super) fn record(&self, target: &'static Object, row: &Row, paths: &[Vec<&str>]) -> Value {
        let mut fields = Map::new();
        for path in paths {
            match path.as_slice() {
                [name] => {
                    if let Some(field) = target.field(name, self.features) {
                        let value = store::read(row, field);
                        let shown = self.display(field, &value, row);
                        let value = plain(field, value);
                        fields.insert(field.name.to_owned(), json!({ "displayValue": shown, "value": value }));
                    }
                }
                [relationship, ..] => {
                    let Some((field, reference)) = target.parent(relationship, self.features) else {
                        continue;
                    };
                    if !fields.contains_key(reference.relationship) {
                        let below = |path: &&Vec<&str>| {
                            path.len() > 1 && path.first().is_some_and(|first| first.eq_ignore_ascii_case(relationship))
                        };
                        let inner: Vec<Vec<&str>> =
                            paths.iter().filter(below).map(|path| path.iter().skip(1).copied().collect()).collect();
                        let parent = self.parent(field, reference.to, row, &inner);
                        fields.insert(reference.relationship.to_owned(), parent);
                    }
                }
                [] => {}
            }
        }
        envelope(target, row, &fields)
    }

    fn parent(&self, field: &Field, to: &str, row: &Row, paths: &[Vec<&str>]) -> Value {
        let parent = self.store.get(to, store::text(row, field.name));
        match (parent, object(to, self.features)) {
            (Some(parent), Some(object)) => {
                let name = parent.get("Name").cloned().unwrap_or_default();
                json!({ "displayValue": name, "value": self.record(object, parent, paths) })
            }
            _ => json!({ "displayValue": null, "value": null }),
        }
    }

    /// The value as a person with the locale `en_US` reads it; null where that is the value itself.
    fn display(&self, field: &Field, value: &Value, row: &Row) -> Value {
        if value.is_null() {
            return Value::Null;
        }
        let text = value.as_str().unwrap_or_default();
        match field.kind {
            Kind::Picklist { values, .. } => {
                let known = self.store.values(values).into_iter().find(|(known, _)| known == text);
                known.map_or_else(|| value.clone(), |(_, label)| label.into())
            }
            Kind::Currency(_, scale) => {
                let code = row.get("CurrencyIsoCode").and_then(Value::as_str);
                let code = code.or(self.store.corporate_currency()).unwrap_or_default();
                format!("{code} {}", grouped(value, scale)).trim().into()
            }
            Kind::Number(_, scale) => grouped(value, scale).into(),
            Kind::Percent => format!("{}%", grouped(value, 0)).into(),
            Kind::Date => moment::parse_date(text)
                .map_or(Value::Null, |day| format!("{}/{}/{}", u8::from(day.month()), day.day(), day.year()).into()),
            Kind::DateTime => moment::parse_datetime(text).map_or(Value::Null, |moment| {
                let (hour, half) = match moment.hour() {
                    0 => (12, "AM"),
                    12 => (12, "PM"),
                    hour if hour > 12 => (hour - 12, "PM"),
                    hour => (hour, "AM"),
                };
                format!("{}/{}/{}, {hour}:{:02} {half}", u8::from(moment.month()), moment.day(), moment.year(), moment.minute())
                    .into()
            }),
            _ => Value::Null,
        }
    }
}

/// Moments end in `Z` here and whole amounts have no point, unlike in the REST API.
fn plain(field: &Field, value: Value) -> Value {
    match field.kind {
        Kind::DateTime => value.as_str().and_then(moment::parse_datetime).map_or(Value::Null, |moment| moment::ui(moment).into()),
        Kind::Currency(..) | Kind::Number(..) | Kind::Percent => {
            store::decimal(&value).map_or(Value::Null, |exact| store::number(exact, true))
        }
        _ => value,
    }
}

/// A number with commas between thousands and a fixed count of decimals.
fn grouped(value: &Value, scale: u32) -> String {
    let exact = store::decimal(value).unwrap_or_default();
    let places = usize::try_from(scale).unwrap_or(0);
    let text = format!("{:.places$}", exact.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((text.as_str(), ""));
    let mut result = String::new();
    if exact.is_sign_negative() && !exact.is_zero() {
        result.push('-');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            result.push(',');
        }
        result.push(digit);
    }
    if !decimals.is_empty() {
        result.push('.');
        result.push_str(decimals);
    }
    result
}

fn envelope(target: &Object, row: &Row, fields: &Map<String, Value>) -> Value {
    let moment = |name: &str| moment::parse_datetime(store::text(row, name));
    let shown = |name: &str| moment(name).map_or(Value::Null, |moment| moment::ui(moment).into());
    let weak = moment("SystemModstamp").map_or(0, |moment| moment.unix_timestamp() * 1000);
    json!({
        "apiName": target.name,
        "childRelationships": {},
        "eTag": tag(fields),
        "fields": fields,
        "id": store::text(row, "Id"),
        "lastModifiedById": row.get("LastModifiedById"),
        "lastModifiedDate": shown("LastModifiedDate"),
        "recordTypeId": MASTER_TYPE,
        "recordTypeInfo": null,
        "systemModstamp": shown("SystemModstamp"),
        "weakEtag": weak
    })
}

/// A tag that changes with the content.
pub(super) fn tag(content: &Map<String, Value>) -> String {
    let bytes = serde_json::to_vec(content).unwrap_or_default();
    let digest = digest::digest(&digest::SHA256, &bytes);
    digest.as_ref().iter().take(16).fold(String::new(), |mut tag, byte| {
        // Writing into a String cannot fail.
        let _ = write!(tag, "{byte:02x}");
        tag
    })
}
