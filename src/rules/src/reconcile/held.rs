//! Reads what Partner Center holds into canonical texts.

use std::borrow::Cow;

use serde_json::Value;

use crate::{
    decimal::Decimal,
    map::{self, Row, Source, Transform},
    model::Person,
    moment,
    referral::Referral,
    salesforce::without_mark,
};

/// What a referral holds for a row: `None` where the service left it out or wrote what can't be read, so that nothing is known.
pub(crate) fn held(row: Row<'_>, referral: &Referral) -> Option<String> {
    let value = referral.at(&row.mapping.path)?;
    match row.mapping.transform {
        Transform::Set => Some(map::sorted(value.as_array()?.iter().map(|item| set_row(row.mapping.source, item)))),
        // A mark is no more part of the name there than it is in Salesforce.
        transform if row.mapping.source == Source::Name => canonical(value, transform).map(|it| without_mark(&it).to_owned()),
        transform => canonical(value, transform),
    }
}

/// The canonical text of a value, of either side.
pub(super) fn canonical(value: &Value, transform: Transform) -> Option<String> {
    let text: Cow<'_, str> = match value {
        Value::Null => return Some(if matches!(transform, Transform::Flag | Transform::Latch) { "false" } else { "" }.into()),
        Value::String(text) => map::text(text),
        Value::Number(number) => number.as_str().into(),
        Value::Bool(flag) => flag.to_string().into(),
        Value::Array(_) | Value::Object(_) => return None,
    };
    match transform {
        _ if text.is_empty() => Some(String::new()),
        Transform::Number => text.parse::<Decimal>().ok().map(|number| number.to_string()),
        Transform::Day => moment::parse_day_of(&text).map(moment::format_day),
        Transform::Flag | Transform::Latch => ["true", "false"].contains(&&*text).then(|| text.into_owned()),
        Transform::Text | Transform::SalesStage | Transform::Link => Some(text.into_owned()),
        Transform::Standing | Transform::Set | Transform::List => None,
    }
}

/// One item of an array as a row of a set.
pub(super) fn set_row(source: Source, item: &Value) -> String {
    let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().trim();
    if source == Source::Solutions {
        return text("id").to_owned();
    }
    let (first_name, last_name) = (text("firstName"), text("lastName"));
    map::person_row(&Person { id: "", first_name, last_name, email: text("email"), phone: text("phoneNumber") })
}
