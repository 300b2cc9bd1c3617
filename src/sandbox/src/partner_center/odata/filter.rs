//! A filter that has been read, and what it keeps.

use std::cmp::Ordering;

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

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
    /// The moment at the path stands so to this one.
    Moment {
        /// Names from the referral downwards.
        path: Vec<String>,
        /// What it must be: later, earlier, or the same as well.
        relation: Relation,
        /// What it is compared with.
        literal: OffsetDateTime,
    },
    /// At least one element of the array meets the condition.
    Any {
        /// Names down to the array.
        path: Vec<String>,
        /// What the element must meet.
        condition: Box<Filter>,
    },
}

/// An order operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::partner_center) enum Relation {
    /// `gt`
    Later,
    /// `ge`
    NotEarlier,
    /// `lt`
    Earlier,
    /// `le`
    NotLater,
}

impl Relation {
    /// The one of that name.
    pub(in crate::partner_center) fn named(operator: &str) -> Option<Self> {
        match operator {
            "gt" => Some(Self::Later),
            "ge" => Some(Self::NotEarlier),
            "lt" => Some(Self::Earlier),
            "le" => Some(Self::NotLater),
            _ => None,
        }
    }

    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Later => ordering.is_gt(),
            Self::NotEarlier => ordering.is_ge(),
            Self::Earlier => ordering.is_lt(),
            Self::NotLater => ordering.is_le(),
        }
    }
}

impl Filter {
    /// Whether the referral is kept.
    pub(in crate::partner_center) fn keeps(&self, referral: &Document) -> bool {
        match self {
            Self::And(one, other) => one.keeps(referral) && other.keeps(referral),
            Self::Or(one, other) => one.keeps(referral) || other.keeps(referral),
            Self::Equal { path, literal } => same(value(referral, path), literal),
            Self::Moment { path, relation, literal } => value(referral, path)
                .as_str()
                .and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok())
                .is_some_and(|moment| relation.holds(moment.cmp(literal))),
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
