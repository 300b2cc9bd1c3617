//! Compares a stored value with a literal, and two stored values. Must not know rows or paths.

use std::cmp::Ordering;

use serde_json::Value;

use super::super::schema::{Field, Kind};
use super::super::store::decimal;
use super::super::{ids, moment};
use super::ast::{Literal, Operator};

/// Whether a value and a literal stand in a relation. A missing value is equal to null only and in no other order.
pub(super) fn holds(field: &Field, value: &Value, operator: Operator, literal: &Literal) -> bool {
    if operator == Operator::Like {
        return match (value.as_str(), literal) {
            (Some(text), Literal::Text(pattern)) => like(text, pattern),
            _ => false,
        };
    }
    let order = against(field, value, literal);
    match operator {
        Operator::Equal => order == Some(Ordering::Equal),
        Operator::NotEqual => order != Some(Ordering::Equal),
        Operator::Less => order == Some(Ordering::Less),
        Operator::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
        Operator::Greater => order == Some(Ordering::Greater),
        Operator::GreaterOrEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
        Operator::Like => false,
    }
}

/// The order of a value and a literal; `None` when one of them is null and the other is not.
fn against(field: &Field, value: &Value, literal: &Literal) -> Option<Ordering> {
    match (value, literal) {
        (Value::Null, Literal::Null) => Some(Ordering::Equal),
        (Value::Null, Literal::Text(text)) if text.is_empty() => Some(Ordering::Equal),
        (Value::Bool(flag), Literal::Boolean(other)) => Some(flag.cmp(other)),
        (Value::Number(_), Literal::Number(text)) => Some(decimal(value)?.cmp(&decimal(&Value::String(text.clone()))?)),
        (Value::String(text), Literal::Date(date)) => Some(text.as_str().cmp(date)),
        (Value::String(text), Literal::DateTime(moment)) => {
            Some(moment::parse_datetime(text)?.cmp(&moment::parse_datetime(moment)?))
        }
        (Value::String(text), Literal::Text(other)) => Some(match field.kind {
            Kind::Id | Kind::Reference(_) => {
                let other = ids::parse(other).unwrap_or_else(|| other.clone());
                text.cmp(&other)
            }
            _ => text.to_lowercase().cmp(&other.to_lowercase()),
        }),
        _ => None,
    }
}

/// The order of two stored values of one field, null first.
pub(super) fn order(field: &Field, left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Less,
        (_, Value::Null) => Ordering::Greater,
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::Number(_), Value::Number(_)) => decimal(left).cmp(&decimal(right)),
        (Value::String(left), Value::String(right)) => match field.kind {
            Kind::Id | Kind::Reference(_) => left.cmp(right),
            _ => left.to_lowercase().cmp(&right.to_lowercase()),
        },
        _ => Ordering::Equal,
    }
}

/// `%` stands for any text, `_` for one character; a backslash takes the meaning away. Case does not matter.
fn like(text: &str, pattern: &str) -> bool {
    let text: Vec<char> = text.to_lowercase().chars().collect();
    let mut reachable = vec![false; text.len() + 1];
    if let Some(first) = reachable.first_mut() {
        *first = true;
    }
    let mut characters = pattern.chars().flat_map(char::to_lowercase);
    while let Some(character) = characters.next() {
        let before = reachable.clone();
        let step = |wanted: Option<char>| {
            let mut after = vec![false];
            after.extend(
                text.iter().zip(&before).map(|(found, reached)| *reached && wanted.is_none_or(|wanted| wanted == *found)),
            );
            after
        };
        reachable = match character {
            '%' => before
                .iter()
                .scan(false, |seen, reached| {
                    *seen |= *reached;
                    Some(*seen)
                })
                .collect(),
            '_' => step(None),
            '\\' => step(characters.next()),
            other => step(Some(other)),
        };
    }
    reachable.last().copied().unwrap_or(false)
}
