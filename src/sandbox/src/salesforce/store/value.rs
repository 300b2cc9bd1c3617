//! One value on its way into a field: the type, the width, the list it must be in. Must not know the rest of the record.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Number, Value};

use super::super::errors::ApiError;
use super::super::ids;
use super::super::moment;
use super::super::schema::{Field, Kind};
use super::Store;

/// The exact decimal of a JSON number, or of a text that holds one.
pub(in crate::salesforce) fn decimal(value: &Value) -> Option<Decimal> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    text.parse().or_else(|_| Decimal::from_scientific(&text)).ok()
}

/// A JSON number with exactly these digits. Salesforce writes at least one digit behind the point of a decimal field.
pub(in crate::salesforce) fn number(value: Decimal, whole: bool) -> Value {
    let mut text = value.normalize().to_string();
    if !whole && !text.contains('.') {
        text.push_str(".0");
    }
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}

/// What is stored when a caller writes `value` into `field`.
pub(super) fn coerce(store: &Store, field: &Field, value: &Value) -> Result<Value, ApiError> {
    if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) {
        return empty(field, value);
    }
    match field.kind {
        Kind::Id | Kind::Reference(_) => identifier(field, value),
        Kind::Text | Kind::TextArea | Kind::LongText | Kind::Base64 | Kind::Phone | Kind::Url => {
            string(field, value).map(Value::String)
        }
        Kind::Email => email(field, value),
        Kind::Boolean => boolean(field, value),
        Kind::Int => numeric(field, value, 9, 0),
        Kind::Percent => numeric(field, value, 3, 0),
        Kind::Number(digits, scale) | Kind::Currency(digits, scale) => numeric(field, value, digits, scale),
        Kind::Date => day(field, value),
        Kind::DateTime => moment(field, value),
        Kind::Picklist { values, restricted } => {
            let text = string(field, value)?;
            let known = store.values(values).into_iter().find(|(known, _)| *known == text);
            if restricted && known.is_none() {
                let message = format!("{}: bad value for restricted picklist field: {text}", field.label);
                let code = "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST";
                return Err(ApiError::on(&[field.name], code, message));
            }
            Ok(Value::String(text))
        }
    }
}

/// Null and the empty text both empty a field; a checkbox cannot be empty.
fn empty(field: &Field, value: &Value) -> Result<Value, ApiError> {
    if matches!(field.kind, Kind::Boolean) {
        let message = format!("{}: value not of required type: {value}", field.label);
        return Err(ApiError::on(&[field.name], "INVALID_TYPE_ON_FIELD_IN_RECORD", message));
    }
    Ok(Value::Null)
}

/// The error of a JSON value whose type does not suit the field.
fn unsuitable(field: &Field, value: &Value) -> ApiError {
    let token = match value {
        Value::Null => "VALUE_NULL",
        Value::Bool(true) => "VALUE_TRUE",
        Value::Bool(false) => "VALUE_FALSE",
        Value::Number(number) if number.to_string().contains(['.', 'e', 'E']) => "VALUE_NUMBER_FLOAT",
        Value::Number(_) => "VALUE_NUMBER_INT",
        Value::String(_) => "VALUE_STRING",
        Value::Array(_) => "START_ARRAY",
        Value::Object(_) => "START_OBJECT",
    };
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    ApiError::json(format!(
        "Cannot deserialize instance of {} from {token} value {shown} or request may be missing a required field at [line:1, column:1]",
        field.describe_type()
    ))
}

fn string(field: &Field, value: &Value) -> Result<String, ApiError> {
    let text = value.as_str().ok_or_else(|| unsuitable(field, value))?.trim();
    if field.length > 0 && text.chars().count() > field.length {
        let message = format!("{}: data value too large: {text} (max length={})", field.label, field.length);
        return Err(ApiError::on(&[field.name], "STRING_TOO_LONG", message));
    }
    Ok(text.to_owned())
}

fn email(field: &Field, value: &Value) -> Result<Value, ApiError> {
    let text = string(field, value)?;
    let sound = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.split('.').count() > 1
            && domain.split('.').all(|label| !label.is_empty())
            && !text.contains([' ', ',', ';', '<', '>'])
            && !domain.contains('@')
    });
    if !sound {
        let message = format!("{}: invalid email address: {text}", field.label);
        return Err(ApiError::on(&[field.name], "INVALID_EMAIL_ADDRESS", message));
    }
    Ok(Value::String(text))
}

fn boolean(field: &Field, value: &Value) -> Result<Value, ApiError> {
    match value {
        Value::Bool(flag) => Ok(Value::Bool(*flag)),
        Value::String(text) if text == "true" || text == "false" => Ok(Value::Bool(text == "true")),
        _ => Err(unsuitable(field, value)),
    }
}

/// Rounded half up to the field's scale, as Salesforce does on write; too many digits in front of the point are refused.
fn numeric(field: &Field, value: &Value, digits: u32, scale: u32) -> Result<Value, ApiError> {
    let range = || {
        let message = format!("{}: value outside of valid range on numeric field: {value}", field.label);
        ApiError::on(&[field.name], "NUMBER_OUTSIDE_VALID_RANGE", message)
    };
    let Some(exact) = decimal(value) else {
        return Err(if value.is_number() { range() } else { unsuitable(field, value) });
    };
    let rounded = exact.round_dp_with_strategy(scale, RoundingStrategy::MidpointAwayFromZero);
    if rounded.abs().trunc().to_string().len() > usize::try_from(digits).unwrap_or(usize::MAX) {
        return Err(range());
    }
    Ok(number(rounded, matches!(field.kind, Kind::Int)))
}

fn day(field: &Field, value: &Value) -> Result<Value, ApiError> {
    let text = value.as_str().ok_or_else(|| unsuitable(field, value))?;
    let day = moment::parse_date(text)
        .or_else(|| moment::parse_datetime(text).map(time::OffsetDateTime::date))
        .ok_or_else(|| unsuitable(field, value))?;
    Ok(moment::date(day).into())
}

fn moment(field: &Field, value: &Value) -> Result<Value, ApiError> {
    let text = value.as_str().ok_or_else(|| unsuitable(field, value))?;
    let moment = moment::parse_datetime(text).ok_or_else(|| unsuitable(field, value))?;
    Ok(moment::rest(moment).into())
}

fn identifier(field: &Field, value: &Value) -> Result<Value, ApiError> {
    let text = value.as_str().ok_or_else(|| unsuitable(field, value))?;
    let id = ids::parse(text).ok_or_else(|| {
        let message = format!("{}: id value of incorrect type: {text}", field.label);
        ApiError::on(&[field.name], "MALFORMED_ID", message)
    })?;
    Ok(id.into())
}
