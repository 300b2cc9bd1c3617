//! JSON whose names may be written in any case: Microsoft's documents print `PascalCase` where its services send `camelCase`.

use serde_json::{Map, Value};

/// A member, however its name is written.
pub(crate) fn member<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    object.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// A member that is a text with something in it, without the blanks around it.
pub(crate) fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    member(object, name).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}
