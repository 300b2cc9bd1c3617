//! Related lists: the children of a record, page by page.

use serde_json::{Value, json};

use super::super::call::{Call, Context, Reply};
use super::super::errors::ApiError;
use super::super::rest;
use super::super::{soql, store};
use super::record::{View, paths};
use super::{supported, unsupported};

/// Rows of a page when the caller does not say, and at most.
const PAGE: usize = 50;
const LARGEST_PAGE: usize = 1_999;

/// `GET /related-list-records/{parent}/{list}`
pub(super) fn related(context: &Context<'_>, call: &Call, parent: &str, list: &str) -> Result<Reply, ApiError> {
    let features = context.state.features;
    let (target, row) = rest::any(context, parent)?;
    if !supported(target) {
        return Err(unsupported(target.name));
    }
    let (child, field) = target.child(list, features).ok_or_else(|| {
        let message = format!("The related list {list} is not available on {}", target.name);
        ApiError::new(400, "INVALID_RELATED_LIST", message)
    })?;
    let paths = paths(call, child, features)?;
    let parent = store::text(row, "Id");
    let sort = call.names("sortBy");
    let order = order(&sort, child.name)?;
    let query = format!("SELECT Id FROM {} WHERE {} = '{parent}'{order}", child.name, field.name);
    let found = soql::answer(&context.state.store, features, &call.version, &query, false)?;
    let number = |name: &str| call.parameter(name).and_then(|text| text.parse::<usize>().ok());
    let size = number("pageSize").unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let start = number("pageToken").unwrap_or(0);
    let view = View { store: &context.state.store, features };
    let records: Vec<Value> = found
        .records
        .iter()
        .skip(start)
        .take(size)
        .filter_map(|record| context.state.store.get(child.name, record.get("Id")?.as_str()?))
        .map(|row| view.record(child, row, &paths))
        .collect();
    let next = start + records.len();
    let more = next < found.total;
    Ok(Reply::ok(json!({
        "count": records.len(),
        "currentPageToken": start.to_string(),
        "fields": call.names("fields"),
        "listReference": {
            "id": null,
            "inContextOfRecordId": parent,
            "listViewApiName": null,
            "objectApiName": null,
            "parentObjectApiName": target.name,
            "recordTypeId": null,
            "relatedListId": list,
            "type": "relatedList"
        },
        "nextPageToken": more.then(|| next.to_string()),
        "optionalFields": call.names("optionalFields"),
        "pageSize": size,
        "previousPageToken": (start > 0).then(|| start.saturating_sub(size).to_string()),
        "records": records,
        "sortBy": sort
    })))
}

/// `sortBy=-Contact.LastName`: field names with or without the object's, a minus for the other direction.
fn order(sort: &[&str], object: &str) -> Result<String, ApiError> {
    let mut keys = Vec::new();
    for key in sort {
        let (name, direction) = key.strip_prefix('-').map_or((*key, "ASC"), |name| (name, "DESC"));
        let name = name.strip_prefix(object).and_then(|rest| rest.strip_prefix('.')).unwrap_or(name);
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || "_.".contains(c)) {
            let message = format!("Invalid sort field {name}");
            return Err(ApiError::new(400, "INVALID_FIELD", message));
        }
        keys.push(format!("{name} {direction}"));
    }
    Ok(if keys.is_empty() { String::new() } else { format!(" ORDER BY {}", keys.join(", ")) })
}
