//! `/composite/sobjects`: up to 200 records in one call, each with its own result.

use serde_json::{Value, json};

use super::call::{Call, Context, Reply};
use super::errors::ApiError;
use super::rest;
use super::schema::object;
use super::store::Row;

const MOST_RECORDS: usize = 200;

/// Creates, changes or deletes the records. With `allOrNone` the first failure undoes everything.
pub(super) fn collections(context: &mut Context<'_>, call: &Call) -> Result<Reply, ApiError> {
    let delete = call.method == "DELETE";
    let (records, all_or_none) = match call.method.as_str() {
        "DELETE" => {
            let ids = call.names("ids").into_iter().map(|id| json!({ "id": id })).collect();
            (ids, call.parameter("allOrNone") == Some("true"))
        }
        "POST" | "PATCH" => {
            let mut body = call.object()?;
            let all_or_none = body.get("allOrNone").and_then(Value::as_bool).unwrap_or_default();
            let Some(Value::Array(records)) = body.remove("records") else {
                return Err(ApiError::json("records is missing"));
            };
            (records, all_or_none)
        }
        method => return Err(ApiError::method(method)),
    };
    if records.len() > MOST_RECORDS {
        let message = format!("record limit reached. cannot submit more than {MOST_RECORDS} records in a single call");
        return Err(ApiError::new(400, "EXCEEDED_ID_LIMIT", message));
    }
    let before = context.state.store.clone();
    let results: Vec<Result<String, ApiError>> = records
        .into_iter()
        .map(|record| match record {
            Value::Object(record) if delete => remove(context, &record),
            Value::Object(record) => write(context, call, record),
            _ => Err(ApiError::json("a record must be a JSON object")),
        })
        .collect();
    let undone = all_or_none && results.iter().any(Result::is_err);
    if undone {
        context.state.store = before;
    }
    let halted = ApiError::new(
        400,
        "ALL_OR_NONE_OPERATION_ROLLED_BACK",
        "Record rolled back because not all records were valid and the request was using AllOrNone header",
    );
    let results: Vec<Value> = results
        .into_iter()
        .map(|result| match result {
            Ok(_) if undone => json!({ "success": false, "errors": [halted.collection()] }),
            Ok(id) => json!({ "id": id, "success": true, "errors": [] }),
            Err(error) => json!({ "success": false, "errors": [error.collection()] }),
        })
        .collect();
    Ok(Reply::ok(results.into()))
}

fn write(context: &mut Context<'_>, call: &Call, mut record: Row) -> Result<String, ApiError> {
    let name = record.get("attributes").and_then(|attributes| attributes.get("type"));
    let name = name.and_then(Value::as_str).unwrap_or_default();
    let target = object(name, context.state.features)
        .ok_or_else(|| ApiError::new(400, "INVALID_TYPE", format!("sObject type '{name}' is not supported.")))?;
    let session = context.session.clone();
    let now = context.now;
    let allow_duplicates = rest::allows_duplicates(call);
    let known = if call.method == "POST" { None } else { Some(take_id(&mut record)?) };
    context.state.write(&session, now, |writer| {
        writer.allow_duplicates = allow_duplicates;
        match known {
            None => writer.create(target, &record),
            Some(id) => writer.update(target, &id, &record).map(|()| id),
        }
    })
}

fn remove(context: &mut Context<'_>, record: &Row) -> Result<String, ApiError> {
    let id = take_id(&mut record.clone())?;
    let (target, _) = rest::any(context, &id)?;
    let session = context.session.clone();
    context.state.write(&session, context.now, |writer| writer.delete(target, &id))?;
    Ok(id)
}

fn take_id(record: &mut Row) -> Result<String, ApiError> {
    let key = record.keys().find(|key| key.eq_ignore_ascii_case("id")).cloned();
    let id = key.and_then(|key| record.remove(&key));
    id.as_ref()
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| ApiError::new(400, "MISSING_ARGUMENT", "Id not specified in an update call"))
}
