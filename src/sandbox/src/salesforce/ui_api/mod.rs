//! The UI API, which Lightning Data Service speaks: records with display values, object info, related lists.

mod info;
mod lists;
mod record;
mod write;

use super::call::{Call, Context, Reply};
use super::errors::ApiError;
use super::schema::{Nature, Object};

/// Answers `/ui-api/…`.
pub(super) fn route(context: &mut Context<'_>, call: &Call, path: &[&str]) -> Result<Reply, ApiError> {
    match (call.method.as_str(), path) {
        ("GET", ["records", id]) => record::read(context, call, id),
        ("POST", ["records"]) => Ok(write::create(context, call)),
        ("PATCH", ["records", id]) => Ok(write::update(context, call, id)),
        ("DELETE", ["records", id]) => Ok(write::delete(context, id)),
        ("GET", ["object-info"]) => Ok(info::directory(context, call)),
        ("GET", ["object-info", name]) => info::object_info(context, name),
        ("GET", ["object-info", name, "picklist-values", _type]) => info::all_picklists(context, call, name),
        ("GET", ["object-info", name, "picklist-values", _type, field]) => info::picklist(context, call, name, field),
        ("GET", ["related-list-records", parent, list]) => lists::related(context, call, parent, list),
        (method, ["records" | "object-info" | "related-list-records", ..]) => Err(ApiError::method(method)),
        _ => Err(ApiError::not_found()),
    }
}

/// Custom metadata and set-up rows are out of the UI API's reach; users are not.
fn supported(object: &Object) -> bool {
    object.nature == Nature::Record || object.name == "User"
}

fn unsupported(name: &str) -> ApiError {
    let message = format!("Object {name} is not supported in UI API");
    ApiError::new(400, "INVALID_TYPE", message)
}
