//! A filter that has been read, and what it keeps.

use serde_json::Value;

use crate::partner_center::document::{Document, at};

/// A condition on a referral, or on an element of one of its arrays.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::partner_center) enum Filter {
    /// Both.
    And(Box<Filter>, Box<Filter>),
    /// At least one.
    Or(Box<Filter>, Box<Filter>),
    /// The value at the path is this one.
    Equal {
        /// Names from the referral, or from the element, downwards.
        path: Vec<String>,
        /// What it must be.
        literal: Value,
    },
    /// At least one element of the array meets the condition.
    Any {
        /// Names down to the array.
        path: Vec<String>,
        /// What the element must meet.
        condition: Box<Filter>,
    },
}

impl Filter {
    /// Whether the referral is kept.
    pub(in crate::partner_center) fn keeps(&self, referral: &Document) -> bool {
        match self {
            Self::And(one, other) => one.keeps(referral) && other.keeps(referral),
            Self::Or(one, other) => one.keeps(referral) || other.keeps(referral),
            Self::Equal { path, literal } => same(value(referral, path), literal),
            Self::Any { path, condition } => value(referral, path)
                .as_array()
                .is_some_and(|items| items.iter().filter_map(Value::as_object).any(|item| condition.keeps(item))),
        }
    }
}

fn value<'a>(document: &'a Document, path: &[String]) -> &'a Value {
    let names: Vec<&str> = path.iter().map(String::as_str).collect();
    at(document, &names).unwrap_or(&Value::Null)
}

/// Text is compared as it stands, except GUIDs, which are the same in either case.
fn same(value: &Value, literal: &Value) -> bool {
    match (value, literal) {
        (Value::String(one), Value::String(other)) => {
            one == other || uuid::Uuid::parse_str(one).is_ok_and(|one| uuid::Uuid::parse_str(other) == Ok(one))
        }
        (one, other) => one == other,
    }
}
