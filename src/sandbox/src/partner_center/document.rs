//! Reading and writing a referral as the JSON it is on the wire. Knows no rule and no property by its meaning.

use serde_json::{Map, Value};

/// A referral: exactly the object that travels.
pub(crate) type Document = Map<String, Value>;

/// The value at a path of names.
pub(crate) fn at<'a>(document: &'a Document, path: &[&str]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    let value = document.get(*first)?;
    if rest.is_empty() { Some(value) } else { at(value.as_object()?, rest) }
}

/// The text at a path; empty when there is none.
pub(crate) fn text<'a>(document: &'a Document, path: &[&str]) -> &'a str {
    at(document, path).and_then(Value::as_str).unwrap_or_default()
}

/// The array at a path; empty when there is none.
pub(crate) fn list<'a>(document: &'a Document, path: &[&str]) -> &'a [Value] {
    at(document, path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Sets a property of the document itself.
pub(crate) fn set(document: &mut Document, name: &str, value: impl Into<Value>) {
    document.insert(name.to_owned(), value.into());
}

/// The place at a path, made where it is missing; objects are put over what is no object on the way.
pub(crate) fn place<'a>(document: &'a mut Document, path: &[&str]) -> Option<&'a mut Value> {
    let (first, rest) = path.split_first()?;
    let value = document.entry(*first).or_insert(Value::Null);
    if rest.is_empty() {
        return Some(value);
    }
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    place(value.as_object_mut()?, rest)
}

/// The same JSON with every property name in camel case. The documentation's own sample mixes `ConsentToContact` and
/// `consentToContact` in one object, so the service must read both.
pub(super) fn camel_case(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (first_lower(&name), camel_case(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(camel_case).collect()),
        other => other,
    }
}

fn first_lower(name: &str) -> String {
    let mut characters = name.chars();
    characters.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + characters.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::camel_case;

    #[test]
    fn names_are_read_in_either_case() {
        let sent = json!({ "Consent": { "ConsentToContact": true }, "team": [ { "FirstName": "Ada" } ] });
        let read = json!({ "consent": { "consentToContact": true }, "team": [ { "firstName": "Ada" } ] });
        assert_eq!(camel_case(sent), read);
    }
}
