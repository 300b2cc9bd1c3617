//! Answers a checked query from the rows.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::super::Features;
use super::super::errors::ApiError;
use super::super::schema::{Field, Kind, Object, object};
use super::super::store::{self, Row, Store};
use super::Answer;
use super::bind::{Bound, BoundCondition, BoundItem, BoundPath};
use super::compare;

/// The largest `OFFSET` Salesforce takes.
const LARGEST_OFFSET: usize = 2_000;

/// What answering needs.
pub(super) struct Runner<'a> {
    /// The rows.
    pub(super) store: &'a Store,
    /// The org's features.
    pub(super) features: Features,
    /// The API version in links.
    pub(super) version: &'a str,
    /// Whether rows of the recycle bin count.
    pub(super) recycled: bool,
}

impl Runner<'_> {
    /// The rows of a query.
    pub(super) fn answer(&self, query: &Bound) -> Result<Answer, ApiError> {
        if query.offset > LARGEST_OFFSET {
            let message = format!("Maximum SOQL offset allowed is {LARGEST_OFFSET}");
            return Err(ApiError::new(400, "NUMBER_OUTSIDE_VALID_RANGE", message));
        }
        let rows = cut(query, self.rows(query));
        let total = rows.len();
        if matches!(query.select.as_slice(), [BoundItem::Count]) {
            return Ok(Answer { total, records: Vec::new() });
        }
        let below = self.below(query);
        let records = rows.into_iter().map(|row| self.record(query, row, &below)).collect();
        Ok(Answer { total, records })
    }

    /// The rows of each subquery by their parent: each object is gone through once, however many parents there are.
    fn below(&self, query: &Bound) -> Vec<BTreeMap<&str, Vec<&Row>>> {
        let of_parents = |field: &Field, inner: &Bound| {
            let mut groups: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
            for row in self.rows(inner) {
                groups.entry(store::text(row, field.name)).or_default().push(row);
            }
            groups
        };
        let children = query.select.iter().filter_map(|item| match item {
            BoundItem::Children(_, field, inner) => Some(of_parents(field, inner)),
            BoundItem::Count | BoundItem::Field(_) => None,
        });
        children.collect()
    }

    /// The matching rows in order.
    fn rows(&self, query: &Bound) -> Vec<&Row> {
        let deleted: Vec<&Row> = if self.recycled { self.store.recycled(query.object).collect() } else { Vec::new() };
        let mut rows: Vec<&Row> = self
            .store
            .rows(query.object)
            .chain(deleted)
            .filter(|row| query.filter.as_ref().is_none_or(|filter| self.matches(filter, row)))
            .collect();
        rows.sort_by(|left, right| self.order(query, left, right));
        rows
    }

    fn order(&self, query: &Bound, left: &Row, right: &Row) -> Ordering {
        for (path, descending, nulls_last) in &query.order {
            let (left, right) = (self.value(path, left), self.value(path, right));
            let order = if left.is_null() != right.is_null() {
                let nulls_first = compare::order(path.field, &left, &right);
                if *nulls_last { nulls_first.reverse() } else { nulls_first }
            } else if *descending {
                compare::order(path.field, &left, &right).reverse()
            } else {
                compare::order(path.field, &left, &right)
            };
            if order != Ordering::Equal {
                return order;
            }
        }
        Ordering::Equal
    }

    /// The value at the end of a path; null when a parent on the way is missing.
    fn value(&self, path: &BoundPath, row: &Row) -> Value {
        let mut current = row;
        for (field, _) in &path.parents {
            match self.parent(field, current) {
                Some(parent) => current = parent,
                None => return Value::Null,
            }
        }
        store::read(current, path.field)
    }

    fn parent(&self, field: &Field, row: &Row) -> Option<&Row> {
        match field.kind {
            Kind::Reference(reference) => self.store.parent(reference, store::text(row, field.name), self.recycled),
            _ => None,
        }
    }

    fn matches(&self, condition: &BoundCondition, row: &Row) -> bool {
        match condition {
            BoundCondition::And(all) => all.iter().all(|inner| self.matches(inner, row)),
            BoundCondition::Or(any) => any.iter().any(|inner| self.matches(inner, row)),
            BoundCondition::Not(inner) => !self.matches(inner, row),
            BoundCondition::Compare(path, operator, literal) => {
                compare::holds(path.field, &self.value(path, row), *operator, literal)
            }
            BoundCondition::In(path, literals, outside) => {
                let value = self.value(path, row);
                let found =
                    literals.iter().any(|literal| compare::holds(path.field, &value, super::ast::Operator::Equal, literal));
                found != *outside
            }
        }
    }

    fn record(&self, query: &Bound, row: &Row, below: &[BTreeMap<&str, Vec<&Row>>]) -> Value {
        let mut record = self.shell(query.object, row);
        let mut below = below.iter();
        for item in &query.select {
            match item {
                BoundItem::Count => {}
                BoundItem::Field(path) => self.put(&mut record, query.object, path, row),
                BoundItem::Children(relationship, _, inner) => {
                    let rows = below.next().and_then(|groups| groups.get(store::text(row, "Id"))).cloned().unwrap_or_default();
                    let records: Vec<Value> = cut(inner, rows).into_iter().map(|child| self.record(inner, child, &[])).collect();
                    let children = if records.is_empty() {
                        Value::Null
                    } else {
                        json!({ "totalSize": records.len(), "done": true, "records": records })
                    };
                    record.insert((*relationship).to_owned(), children);
                }
            }
        }
        Value::Object(record)
    }

    fn shell(&self, object: &Object, row: &Row) -> Map<String, Value> {
        let mut record = Map::new();
        let id = store::text(row, "Id");
        record.insert("attributes".to_owned(), attributes(self.version, object, id));
        record
    }

    /// Writes the value of a path into a record, making the parents on the way.
    fn put(&self, record: &mut Map<String, Value>, from: &Object, path: &BoundPath, row: &Row) {
        let mut place = record;
        let mut name = from.name;
        let mut current = row;
        for (field, relationship) in &path.parents {
            let parent = self.parent(field, current);
            let Kind::Reference(reference) = field.kind else { return };
            name = reference.to;
            let shell = match (parent, object(reference.to, self.features)) {
                (Some(parent), Some(object)) => Value::Object(self.shell(object, parent)),
                _ => Value::Null,
            };
            let entry = place.entry((*relationship).to_owned()).or_insert(shell);
            match (entry, parent) {
                (Value::Object(inner), Some(parent)) => {
                    place = inner;
                    current = parent;
                }
                _ => return,
            }
        }
        place.insert(path.field.name.to_owned(), store::shown(current, path.field, name, self.version));
    }
}

/// What offset and limit leave of the rows.
fn cut<'r>(query: &Bound, rows: Vec<&'r Row>) -> Vec<&'r Row> {
    rows.into_iter().skip(query.offset).take(query.limit.unwrap_or(usize::MAX)).collect()
}

/// The `attributes` of a record in an answer.
pub(in crate::salesforce) fn attributes(version: &str, object: &Object, id: &str) -> Value {
    json!({
        "type": object.name,
        "url": format!("/services/data/{version}/sobjects/{}/{id}", object.name)
    })
}
