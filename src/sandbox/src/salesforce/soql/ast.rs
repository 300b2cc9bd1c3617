//! A query as it was written. Names are not known to exist yet; each carries its place for the error message.

/// A dotted name and the place, in characters, where it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// The names between the dots.
    pub(super) names: Vec<String>,
    /// Characters before it.
    pub(super) at: usize,
}

/// One query, or one subquery.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Query {
    /// What it asks for.
    pub(super) select: Vec<Item>,
    /// The object, or the child relationship of a subquery.
    pub(super) from: Path,
    /// The condition.
    pub(super) filter: Option<Condition>,
    /// The order.
    pub(super) order: Vec<Order>,
    /// The most rows.
    pub(super) limit: Option<usize>,
    /// Rows left out at the start.
    pub(super) offset: usize,
}

/// One thing a query asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Item {
    /// A field, perhaps of a parent.
    Field(Path),
    /// The rows of a child relationship.
    Children(Query),
    /// `COUNT()`.
    Count,
}

/// A condition on a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Condition {
    /// All of them.
    And(Vec<Condition>),
    /// Any of them.
    Or(Vec<Condition>),
    /// Not this one.
    Not(Box<Condition>),
    /// A field against a value.
    Compare(Path, Operator, Literal),
    /// A field against a list; `true` asks for rows outside of it.
    In(Path, Vec<Literal>, bool),
}

/// How a field is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// `=`
    Equal,
    /// `!=` or `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `LIKE`, with `%` and `_`
    Like,
}

/// A value in a query.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    /// `'…'`. Of the escapes, `\%` and `\_` keep their backslash: `LIKE` needs to see them.
    Text(String),
    /// A number, as it was written.
    Number(String),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// `2027-03-31`.
    Date(String),
    /// `2026-11-22T16:25:57Z`.
    DateTime(String),
}

/// One sort key.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Order {
    /// The field.
    pub(super) path: Path,
    /// Whether the largest comes first.
    pub(super) descending: bool,
    /// Whether empty values come last.
    pub(super) nulls_last: bool,
}
