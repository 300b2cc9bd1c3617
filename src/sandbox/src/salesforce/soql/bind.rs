//! Checks a query against the schema and replaces its names by fields. Must not look at any row.

use super::super::Features;
use super::super::errors::ApiError;
use super::super::schema::{Field, Kind, Object, object};
use super::ast::{Condition, Item, Literal, Operator, Path, Query};
use super::error_at;

/// A query whose every name is known.
#[derive(Debug)]
pub(super) struct Bound {
    /// The object.
    pub(super) object: &'static Object,
    /// What it asks for.
    pub(super) select: Vec<BoundItem>,
    /// The condition.
    pub(super) filter: Option<BoundCondition>,
    /// Sort keys: field, descending, nulls last.
    pub(super) order: Vec<(BoundPath, bool, bool)>,
    /// The most rows.
    pub(super) limit: Option<usize>,
    /// Rows left out at the start.
    pub(super) offset: usize,
}

/// A field reached over parents.
#[derive(Debug)]
pub(super) struct BoundPath {
    /// Each step up: the reference field and the relationship's name as the answer writes it.
    pub(super) parents: Vec<(&'static Field, &'static str)>,
    /// The field.
    pub(super) field: &'static Field,
}

/// One thing a query asks for.
#[derive(Debug)]
pub(super) enum BoundItem {
    /// A field.
    Field(BoundPath),
    /// The relationship's name, the child's reference field, and the subquery.
    Children(&'static str, &'static Field, Box<Bound>),
    /// `COUNT()`.
    Count,
}

/// A condition whose values suit their fields.
#[derive(Debug)]
pub(super) enum BoundCondition {
    /// All of them.
    And(Vec<BoundCondition>),
    /// Any of them.
    Or(Vec<BoundCondition>),
    /// Not this one.
    Not(Box<BoundCondition>),
    /// A field against a value.
    Compare(BoundPath, Operator, Literal),
    /// A field against a list; `true` asks for rows outside of it.
    In(BoundPath, Vec<Literal>, bool),
}

/// The most parents one path may climb, and the most child subqueries one query may have.
const MOST_PARENTS: usize = 5;
const MOST_SUBQUERIES: usize = 20;

/// Binds a query whose text is `text`.
pub(super) fn bind(query: &Query, text: &str, features: Features) -> Result<Bound, ApiError> {
    let name = query.from.names.join(".");
    let object = object(&name, features).ok_or_else(|| {
        let what = format!(
            "sObject type '{name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
        );
        error_at(text, query.from.at, "INVALID_TYPE", &what)
    })?;
    let bound = Binder { text, features }.query(query, object)?;
    if object.name == "ContentDocumentLink" && !bound.filter.as_ref().is_some_and(names_a_link) {
        let what = "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.";
        return Err(error_at(text, query.from.at, "MALFORMED_QUERY", what));
    }
    Ok(bound)
}

/// Whether a condition says which links it is about: without that nobody but an admin may look for links.
fn names_a_link(condition: &BoundCondition) -> bool {
    let names =
        |path: &BoundPath| path.parents.is_empty() && ["Id", "LinkedEntityId", "ContentDocumentId"].contains(&path.field.name);
    match condition {
        BoundCondition::And(all) => all.iter().any(names_a_link),
        BoundCondition::Compare(path, Operator::Equal, Literal::Text(_)) | BoundCondition::In(path, _, false) => names(path),
        _ => false,
    }
}

struct Binder<'a> {
    text: &'a str,
    features: Features,
}

impl Binder<'_> {
    fn query(&self, query: &Query, object: &'static Object) -> Result<Bound, ApiError> {
        let select: Vec<BoundItem> = query.select.iter().map(|item| self.item(item, object)).collect::<Result<_, _>>()?;
        let subqueries = select.iter().filter(|item| matches!(item, BoundItem::Children(..)));
        if subqueries.count() > MOST_SUBQUERIES {
            let what = "maximum number of child relationship subqueries exceeded";
            return Err(error_at(self.text, 0, "MALFORMED_QUERY", what));
        }
        let filter = query.filter.as_ref().map(|filter| self.condition(filter, object));
        let mut order = Vec::new();
        for key in &query.order {
            let path = self.path(&key.path, object)?;
            if !path.field.filterable() {
                let what = format!("field '{}' can not be sorted in a query call", path.field.name);
                return Err(error_at(self.text, key.path.at, "MALFORMED_QUERY", &what));
            }
            order.push((path, key.descending, key.nulls_last));
        }
        let (limit, offset) = (query.limit, query.offset);
        Ok(Bound { object, select, filter: filter.transpose()?, order, limit, offset })
    }

    fn item(&self, item: &Item, object: &'static Object) -> Result<BoundItem, ApiError> {
        match item {
            Item::Count => Ok(BoundItem::Count),
            Item::Field(path) => self.path(path, object).map(BoundItem::Field),
            Item::Children(query) => {
                let name = query.from.names.join(".");
                let found = object.children(self.features).find(|(_, _, known)| known.eq_ignore_ascii_case(&name));
                let (child, field, relationship) = found.ok_or_else(|| {
                    let what = format!(
                        "Didn't understand relationship '{name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names."
                    );
                    error_at(self.text, query.from.at, "INVALID_TYPE", &what)
                })?;
                let bound = self.query(query, child)?;
                Ok(BoundItem::Children(relationship, field, Box::new(bound)))
            }
        }
    }

    fn path(&self, path: &Path, object: &'static Object) -> Result<BoundPath, ApiError> {
        let mut names = path.names.as_slice();
        // `Opportunity.Name` in a query of Opportunity is the record's own field.
        if let [first, rest @ ..] = names
            && !rest.is_empty()
            && first.eq_ignore_ascii_case(object.name)
            && object.parent(first, self.features).is_none()
        {
            names = rest;
        }
        let Some((last, relationships)) = names.split_last() else {
            return Err(error_at(self.text, path.at, "MALFORMED_QUERY", "empty field path"));
        };
        if relationships.len() > MOST_PARENTS {
            let what = "SOQL statements can query at most 5 levels of parent relationships";
            return Err(error_at(self.text, path.at, "MALFORMED_QUERY", what));
        }
        let mut current = object;
        let mut parents = Vec::new();
        for name in relationships {
            let (field, reference) = current.parent(name, self.features).ok_or_else(|| {
                let what = format!(
                    "Didn't understand relationship '{name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names."
                );
                error_at(self.text, path.at, "INVALID_FIELD", &what)
            })?;
            parents.push((field, reference.relationship));
            current = super::super::schema::object(reference.to, self.features).unwrap_or(current);
        }
        let field = current.field(last, self.features).ok_or_else(|| {
            let what = format!(
                "No such column '{last}' on entity '{}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
                current.name
            );
            error_at(self.text, path.at, "INVALID_FIELD", &what)
        })?;
        Ok(BoundPath { parents, field })
    }

    fn condition(&self, condition: &Condition, object: &'static Object) -> Result<BoundCondition, ApiError> {
        let all = |conditions: &[Condition]| {
            conditions.iter().map(|inner| self.condition(inner, object)).collect::<Result<Vec<_>, _>>()
        };
        Ok(match condition {
            Condition::And(conditions) => BoundCondition::And(all(conditions)?),
            Condition::Or(conditions) => BoundCondition::Or(all(conditions)?),
            Condition::Not(inner) => BoundCondition::Not(Box::new(self.condition(inner, object)?)),
            Condition::Compare(path, operator, literal) => {
                let bound = self.filter_path(path, object)?;
                self.suits(path, bound.field, literal)?;
                let text = matches!(bound.field.describe_type(), "string" | "textarea" | "email" | "phone" | "url" | "picklist");
                if *operator == Operator::Like && !text {
                    let what = format!("invalid operator on {} field", bound.field.describe_type());
                    return Err(error_at(self.text, path.at, "INVALID_QUERY_FILTER_OPERATOR", &what));
                }
                BoundCondition::Compare(bound, *operator, literal.clone())
            }
            Condition::In(path, literals, outside) => {
                let bound = self.filter_path(path, object)?;
                for literal in literals {
                    self.suits(path, bound.field, literal)?;
                }
                BoundCondition::In(bound, literals.clone(), *outside)
            }
        })
    }

    fn filter_path(&self, path: &Path, object: &'static Object) -> Result<BoundPath, ApiError> {
        let bound = self.path(path, object)?;
        if !bound.field.filterable() {
            let what = format!("field '{}' can not be filtered in a query call", bound.field.name);
            return Err(error_at(self.text, path.at, "INVALID_FIELD", &what));
        }
        Ok(bound)
    }

    /// Whether a value may be compared with a field of this type.
    fn suits(&self, path: &Path, field: &Field, literal: &Literal) -> Result<(), ApiError> {
        let (suits, kind, quoted) = match field.kind {
            Kind::Boolean => (matches!(literal, Literal::Boolean(_)), "boolean", false),
            Kind::Int => (matches!(literal, Literal::Number(_)), "int", false),
            Kind::Number(..) | Kind::Currency(..) | Kind::Percent => {
                (matches!(literal, Literal::Number(_)), field.describe_type(), false)
            }
            Kind::Date => (matches!(literal, Literal::Date(_)), "date", false),
            Kind::DateTime => (matches!(literal, Literal::DateTime(_)), "dateTime", false),
            _ => (matches!(literal, Literal::Text(_)), "string", true),
        };
        if suits || *literal == Literal::Null {
            return Ok(());
        }
        let should = if quoted { "should" } else { "should not" };
        let what = format!(
            "value of filter criterion for field '{}' must be of type {kind} and {should} be enclosed in quotes",
            path.names.join(".")
        );
        Err(error_at(self.text, path.at, "INVALID_FIELD", &what))
    }
}
