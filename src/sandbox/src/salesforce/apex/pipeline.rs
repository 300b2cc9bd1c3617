//! What the package's pipeline reads: open opportunities page by page, and some again.

use serde_json::{Map, Value, json};

use super::super::ids;
use super::super::state::{Session, State};
use super::{Refusal, records, selected, text};

/// How many opportunities a transaction of the package reads at most.
const MOST: usize = 200;
/// How many children of a kind are read with each of them.
const MOST_CHILDREN: usize = 80;

/// `CosellPipelineController.getOpen`: a text that holds a page of open opportunities, and where the next one starts.
pub(super) fn open(state: &State, session: &Session, parameters: &Map<String, Value>) -> Result<Value, Refusal> {
    let owner = match text(parameters, "scope") {
        "mine" => "=",
        "others" => "!=",
        _ => return Err(Refusal("scope.unknown")),
    };
    let size = parameters.get("size").and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok());
    let size = size.unwrap_or(1).clamp(1, MOST);
    let behind = ids::parse(text(parameters, "after")).map_or_else(String::new, |id| format!(" AND Id > '{id}'"));
    let query = format!(
        "SELECT {} FROM Opportunity WHERE IsClosed = false AND OwnerId {owner} '{}'{behind} ORDER BY Id LIMIT {size}",
        selected(state, &wanted(parameters), MOST_CHILDREN)?,
        session.user
    );
    let records = records(state, &query)?;
    let next = records.last().filter(|_| records.len() == size).and_then(|record| record.get("Id")).cloned();
    Ok(Value::String(json!({ "records": records, "next": next }).to_string()))
}

/// `CosellPipelineController.getAgain`: a text that holds these opportunities, but for those that are gone.
pub(super) fn again(state: &State, parameters: &Map<String, Value>) -> Result<Value, Refusal> {
    let ids: Vec<String> = texts(parameters, "opportunityIds").into_iter().filter_map(ids::parse).collect();
    let quoted: Vec<String> = ids.iter().map(|id| format!("'{id}'")).collect();
    let fields = selected(state, &wanted(parameters), MOST_CHILDREN)?;
    let records = if quoted.is_empty() {
        Vec::new()
    } else {
        let query = format!("SELECT {fields} FROM Opportunity WHERE Id IN ({}) ORDER BY Id LIMIT {MOST}", quoted.join(", "));
        records(state, &query)?
    };
    Ok(Value::String(json!({ "records": records }).to_string()))
}

fn wanted(parameters: &Map<String, Value>) -> Vec<&str> {
    texts(parameters, "wanted")
}

fn texts<'a>(parameters: &'a Map<String, Value>, name: &str) -> Vec<&'a str> {
    parameters.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}
