//! What both sides agreed on last: the third leg of the merge, kept by the store between two reconciliations.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The last agreed canonical text of each path. Rows may come and go: what is not known is absent, what is no longer mapped is
/// ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    texts: BTreeMap<String, String>,
}

impl Base {
    /// What was agreed on for a path.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Remembers what was agreed on.
    pub fn set(&mut self, path: &str, text: impl Into<String>) {
        self.texts.insert(path.to_owned(), text.into());
    }

    /// Reads what [`Base::to_json`] wrote. Members that are no text are passed over.
    ///
    /// Fails when it is no JSON object.
    pub fn from_json(json: &str) -> Result<Self, serde_json::Error> {
        let members: BTreeMap<String, Value> = serde_json::from_str(json)?;
        let text = |value: Value| match value {
            Value::String(text) => Some(text),
            _ => None,
        };
        Ok(Self { texts: members.into_iter().filter_map(|(path, value)| Some((path, text(value)?))).collect() })
    }

    /// The base as a JSON object, for the store.
    pub fn to_json(&self) -> String {
        let members: Map<String, Value> = self.texts.iter().map(|(path, text)| (path.clone(), text.as_str().into())).collect();
        Value::Object(members).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_read_back_as_it_was_written() {
        let mut base = Base::default();
        base.set("/details/notes", "two\nlines, \"quoted\"");
        base.set("/team", "jo@partner.example\tJo\nli@partner.example\tLi");
        assert_eq!(Base::from_json(&base.to_json()).unwrap(), base);
    }

    #[test]
    fn what_another_version_wrote_is_tolerated() {
        let base = Base::from_json(r#"{ "/gone": "x", "/odd": { "deep": 1 }, "/details/notes": "n" }"#).unwrap();
        assert_eq!((base.get("/details/notes"), base.get("/odd")), (Some("n"), None));
        for broken in ["", "[]", "{"] {
            assert!(Base::from_json(broken).is_err(), "{broken:?}");
        }
    }
}
