//! The part of SOQL that clients of an opportunity need: fields with parent paths, child subqueries, conditions,
//! order, limit, offset, `COUNT()`. A query is read by `lex` and `parse`, checked against the schema by `bind`, and
//! answered by `run`.

mod ast;
mod bind;
mod compare;
mod lex;
mod parse;
mod run;

pub(super) use run::attributes;

use serde_json::Value;

use super::Features;
use super::errors::ApiError;
use super::store::Store;

/// The rows a query finds.
#[derive(Debug)]
pub(super) struct Answer {
    /// How many rows match, which `COUNT()` asks for without the rows.
    pub(super) total: usize,
    /// The rows, with `attributes`.
    pub(super) records: Vec<Value>,
}

/// Answers a query. `version` is the API version that links in the answer carry, such as `v66.0`; `recycled` adds the
/// rows of the recycle bin, as `queryAll` does.
pub(super) fn answer(store: &Store, features: Features, version: &str, text: &str, recycled: bool) -> Result<Answer, ApiError> {
    let query = parse::parse(text)?;
    let bound = bind::bind(&query, text, features)?;
    let runner = run::Runner { store, features, version, recycled };
    runner.answer(&bound)
}

/// Salesforce's error of a query: the text around the place, a caret under it, and what is wrong.
fn error_at(text: &str, at: usize, code: &'static str, what: &str) -> ApiError {
    let flat: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let start = at.saturating_sub(40);
    let around: String = flat.chars().skip(start).take(80).collect();
    let caret = " ".repeat(at - start);
    let column = at + 1;
    let message = format!("\n{around}\n{caret}^\nERROR at Row:1:Column:{column}\n{what}");
    ApiError::new(400, code, message)
}
