//! `/query`, `/queryAll` and their further pages.

use serde_json::{Map, Value, json};

use super::call::{Call, Context, Reply};
use super::errors::ApiError;
use super::soql;

/// Rows of a page: what `Sforce-Query-Options` may ask for, and what is given unasked.
const SMALLEST_BATCH: usize = 200;
const LARGEST_BATCH: usize = 2_000;

/// Runs the query of the parameter `q` and gives its first page.
pub(super) fn first_page(context: &mut Context<'_>, call: &Call, recycled: bool) -> Result<Reply, ApiError> {
    only_get(call)?;
    let text = call.parameter("q").ok_or_else(|| ApiError::new(400, "MALFORMED_QUERY", "SOQL statement is missing"))?;
    let state = &mut *context.state;
    let answer = soql::answer(&state.store, state.features, &call.version, text, recycled)?;
    let size = batch_size(call).min(context.largest_batch).max(1);
    let page = taken(&answer.records, size);
    let mut body = Map::new();
    body.insert("totalSize".to_owned(), answer.total.into());
    if page < answer.records.len() {
        state.locators += 1;
        let locator = super::ids::nth("01g", state.locators);
        state.cursors.insert(locator.clone(), answer.records.clone());
        body.insert("nextRecordsUrl".to_owned(), next_url(call, &locator, page));
    }
    body.insert("done".to_owned(), (page >= answer.records.len()).into());
    body.insert("records".to_owned(), answer.records.into_iter().take(page).collect());
    Ok(Reply::ok(Value::Object(body)))
}

/// Gives the page that a `nextRecordsUrl` names.
pub(super) fn next_page(context: &mut Context<'_>, call: &Call, locator: &str) -> Result<Reply, ApiError> {
    only_get(call)?;
    let invalid = || ApiError::new(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
    let (cursor, start) = locator.rsplit_once('-').ok_or_else(invalid)?;
    let start: usize = start.parse().map_err(|_| invalid())?;
    let rows = context.state.cursors.get(cursor).ok_or_else(invalid)?;
    let rest = rows.get(start..).filter(|rest| !rest.is_empty()).ok_or_else(invalid)?;
    let size = batch_size(call).min(context.largest_batch).max(1);
    let page = taken(rest, size);
    let mut body = json!({
        "totalSize": rows.len(),
        "done": page >= rest.len(),
        "records": rest.iter().take(page).collect::<Vec<_>>()
    });
    if let (true, Some(body)) = (page < rest.len(), body.as_object_mut()) {
        body.insert("nextRecordsUrl".to_owned(), next_url(call, cursor, start + page));
    }
    Ok(Reply::ok(body))
}

fn only_get(call: &Call) -> Result<(), ApiError> {
    if call.method == "GET" { Ok(()) } else { Err(ApiError::method(&call.method)) }
}

fn next_url(call: &Call, locator: &str, start: usize) -> Value {
    format!("/services/data/{}/query/{locator}-{start}", call.version).into()
}

/// `Sforce-Query-Options: batchSize=500`, held between Salesforce's bounds.
fn batch_size(call: &Call) -> usize {
    call.header("sforce-query-options")
        .into_iter()
        .flat_map(|options| options.split([',', ';']))
        .find_map(|option| option.trim().strip_prefix("batchSize=")?.trim().parse().ok())
        .map_or(LARGEST_BATCH, |size: usize| size.clamp(SMALLEST_BATCH, LARGEST_BATCH))
}

/// How many records make up a page: their child rows count as well, but one record always fits.
fn taken(records: &[Value], size: usize) -> usize {
    let mut rows = 0;
    let weights = records.iter().map(|record| {
        let children = record.as_object().into_iter().flat_map(Map::values);
        1 + children.filter_map(|value| value.get("records")?.as_array()).map(Vec::len).sum::<usize>()
    });
    let fitting = weights.take_while(|weight| {
        rows += weight;
        rows <= size
    });
    fitting.count().max(1).min(records.len().max(1))
}
