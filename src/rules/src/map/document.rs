//! What is sent to Partner Center: documents as lists of paths and values, and the operations of a patch.
//!
//! A flat list is what rules can look at, mappings can fill row by row, and a request can carry as rows; the nesting is made when
//! the text is written. Knows no field.

use std::borrow::Cow;

use crate::{
    decimal::Decimal,
    json::Json,
    text::{rsplit_once, split},
};

/// A value at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A number, written digit for digit.
    Number(Decimal),
    /// True or false.
    Flag(bool),
    /// A list of flat objects with text members.
    List(Vec<Vec<(&'static str, Cow<'a, str>)>>),
    /// JSON that the service wrote itself and gets back unchanged, whatever it holds that we don't know.
    Json(Cow<'a, str>),
}

impl Node<'_> {
    /// Writes the value.
    pub fn write(&self, json: &mut Json) {
        match self {
            Self::Text(text) => json.text(text),
            Self::Number(number) => json.raw(&number.text()),
            Self::Flag(flag) => json.raw(if *flag { "true" } else { "false" }),
            Self::Json(text) => json.raw(text),
            Self::List(items) => {
                json.open('[');
                for item in items {
                    json.open('{');
                    for (name, value) in item {
                        json.member(name, value);
                    }
                    json.close('}');
                }
                json.close(']');
            }
        }
    }
}

/// A document: paths such as `/details/dealValue` and their values. Members of one object stand together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document<'a> {
    /// The members, in the order in which they are written.
    pub members: Vec<(Cow<'a, str>, Node<'a>)>,
}

impl<'a> Document<'a> {
    /// The value at a path.
    pub fn get(&self, path: &str) -> Option<&Node<'a>> {
        self.members.iter().find(|(known, _)| known == path).map(|(_, node)| node)
    }

    /// The text at a path.
    pub fn text(&self, path: &str) -> Option<&str> {
        match self.get(path) {
            Some(Node::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Puts a value at a path: in place of another, else beside its nearest relatives, so that objects stay together.
    pub fn put(&mut self, path: Cow<'a, str>, node: Node<'a>) {
        if let Some((_, held)) = self.members.iter_mut().find(|(known, _)| *known == path) {
            *held = node;
            return;
        }
        let mut parent: &str = &path;
        let mut at = None;
        while let (None, Some((above, _))) = (at, rsplit_once(parent, b'/')) {
            parent = above;
            at = self.members.iter().rposition(|(known, _)| below(known, parent));
        }
        self.members.insert(at.map_or(self.members.len(), |at| at + 1), (path, node));
    }

    /// Whether anything stands at a path or below it.
    pub fn has(&self, path: &str) -> bool {
        self.members.iter().any(|(known, _)| known == path || below(known, path))
    }

    /// Writes the document as one object, nested as the paths say.
    pub fn write(&self, json: &mut Json) {
        self.write_where(json, &|_| true);
    }

    /// Writes the members whose paths are wanted, likewise.
    pub fn write_where(&self, json: &mut Json, is_wanted: &dyn Fn(&str) -> bool) {
        json.open('{');
        // The object that is being written, by its path.
        let mut open = "";
        for (path, node) in self.members.iter().filter(|(path, _)| is_wanted(path)) {
            let Some((parent, name)) = rsplit_once(path, b'/').filter(|_| path.starts_with('/')) else { continue };
            while !open.is_empty() && parent != open && !below(parent, open) {
                open = rsplit_once(open, b'/').map_or("", |(above, _)| above);
                json.close('}');
            }
            for part in split(parent.strip_prefix(open).unwrap_or_default(), b'/').skip(1) {
                json.key(part);
                json.open('{');
            }
            open = parent;
            json.key(name);
            node.write(json);
        }
        for _ in split(open, b'/').skip(1) {
            json.close('}');
        }
        json.close('}');
    }

    /// The document as JSON text.
    pub fn to_json(&self) -> String {
        let mut json = Json::default();
        self.write(&mut json);
        json.into_text()
    }
}

/// Whether a path leads further than another.
fn below(path: &str, above: &str) -> bool {
    path.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

/// One operation of a JSON Patch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation<'a> {
    /// `replace` or `add`; Partner Center takes no other.
    pub op: Cow<'a, str>,
    /// A path of the service's whitelist.
    pub path: Cow<'a, str>,
    /// The new value.
    pub value: Node<'a>,
}

impl<'a> Operation<'a> {
    /// Puts a value in place of another.
    pub fn replace(path: impl Into<Cow<'a, str>>, value: Node<'a>) -> Self {
        Self { op: Cow::Borrowed("replace"), path: path.into(), value }
    }
}

/// A JSON Patch as text.
pub fn patch_to_json(operations: &[Operation<'_>]) -> String {
    let mut json = Json::default();
    json.open('[');
    for operation in operations {
        json.open('{');
        json.member("op", &operation.op);
        json.member("path", &operation.path);
        json.key("value");
        operation.value.write(&mut json);
        json.close('}');
    }
    json.close(']');
    json.into_text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn paths_become_nested_objects() {
        let text = |value: &'static str| Node::Text(value.into());
        let document = Document {
            members: vec![
                ("/name".into(), text("Tide gauge renewal")),
                ("/customerProfile/name".into(), text("Wattenwerk GmbH")),
                ("/customerProfile/address/city".into(), text("Husum")),
                ("/customerProfile/address/country".into(), text("DE")),
                ("/customerProfile/team".into(), Node::List(vec![vec![("email", "ada@wattenwerk.example".into())]])),
                ("/details/dealValue".into(), Node::Number("84000.10".parse().unwrap())),
                ("/consent/consentToContact".into(), Node::Flag(true)),
            ],
        };
        let read: Value = serde_json::from_str(&document.to_json()).unwrap();
        let wanted = json!({
            "name": "Tide gauge renewal",
            "customerProfile": {
                "name": "Wattenwerk GmbH",
                "address": { "city": "Husum", "country": "DE" },
                "team": [{ "email": "ada@wattenwerk.example" }],
            },
            "details": { "dealValue": serde_json::from_str::<Value>("84000.1").unwrap() },
            "consent": { "consentToContact": true },
        });
        assert_eq!(read, wanted);
        assert!(document.has("/customerProfile") && !document.has("/customer"));
    }

    #[test]
    fn what_is_put_joins_its_object() {
        let mut document = Document::default();
        for path in ["/a/x", "/a/b/y", "/c", "/a/z", "/a/b/w", "/c", "/d"] {
            document.put(path.into(), Node::Flag(true));
        }
        let paths: Vec<_> = document.members.iter().map(|(path, _)| &**path).collect();
        assert_eq!(paths, ["/a/x", "/a/b/y", "/a/b/w", "/a/z", "/c", "/d"]);
    }

    #[test]
    fn a_patch_is_a_list_of_operations() {
        let patch = [Operation::replace("/details/notes", Node::Text("new".into()))];
        assert_eq!(patch_to_json(&patch), r#"[{"op":"replace","path":"/details/notes","value":"new"}]"#);
    }
}
