//! Single records over REST: `/sobjects/…`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::call::{Call, Context, Reply};
use super::errors::ApiError;
use super::schema::{Field, Kind, Object, object};
use super::store::{self, Row};
use super::{describe, ids, moment, replication, soql};

/// Answers `/sobjects` and everything below it.
pub(super) fn sobjects(context: &mut Context<'_>, call: &Call, path: &[&str]) -> Result<Reply, ApiError> {
    let [name, rest @ ..] = path else {
        return only(call, "GET", || describe::global(context, call));
    };
    let target = object(name, context.state.features).ok_or_else(ApiError::not_found)?;
    match rest {
        [] if call.method == "POST" => create(context, call, target),
        [] => only(call, "GET", || describe::basic(call, target)),
        ["updated"] => replication::updated(context, call, target),
        ["deleted"] => replication::deleted(context, call, target),
        ["describe"] => only(call, "GET", || describe::object(context, call, target)),
        [id] => one(context, call, target, id),
        [id, file] if is_file(context, target, file) => bytes(context, call, target, id, file),
        [field, value] => by_external_id(context, call, target, field, value),
        _ => Err(ApiError::not_found()),
    }
}

fn only(call: &Call, method: &str, answer: impl FnOnce() -> Value) -> Result<Reply, ApiError> {
    if call.method == method { Ok(Reply::ok(answer())) } else { Err(ApiError::method(&call.method)) }
}

fn create(context: &mut Context<'_>, call: &Call, target: &'static Object) -> Result<Reply, ApiError> {
    let body = call.object()?;
    let session = context.session.clone();
    let id = context.state.write(&session, context.now, |writer| {
        writer.allow_duplicates = allows_duplicates(call);
        writer.create(target, &body)
    })?;
    Ok(created(call, target, &id, json!({ "id": id, "success": true, "errors": [] })))
}

/// `Sforce-Duplicate-Rule-Header: allowSave=true`: what a duplicate rule only warns of is saved.
pub(super) fn allows_duplicates(call: &Call) -> bool {
    let header = call.header("sforce-duplicate-rule-header").unwrap_or_default();
    header.split([';', ',']).any(|option| option.trim().eq_ignore_ascii_case("allowSave=true"))
}

fn is_file(context: &Context<'_>, target: &Object, field: &str) -> bool {
    target.field(field, context.state.features).is_some_and(|field| matches!(field.kind, Kind::Base64))
}

/// The bytes of a file field, at the address that reading the record gives.
fn bytes(context: &Context<'_>, call: &Call, target: &Object, id: &str, field: &str) -> Result<Reply, ApiError> {
    if call.method != "GET" {
        return Err(ApiError::method(&call.method));
    }
    let row = context.state.store.find(target, id)?;
    let mut reply = Reply::empty();
    reply.status = 200;
    reply.headers.push(("content-type", "application/octet-stream".to_owned()));
    reply.file = STANDARD.decode(store::text(row, field)).unwrap_or_default();
    Ok(reply)
}

fn created(call: &Call, target: &Object, id: &str, body: Value) -> Reply {
    let mut reply = Reply::with(201, body);
    reply.headers.push(("location", record_url(call, target, id)));
    reply
}

fn record_url(call: &Call, target: &Object, id: &str) -> String {
    format!("/services/data/{}/sobjects/{}/{id}", call.version, target.name)
}

fn one(context: &mut Context<'_>, call: &Call, target: &'static Object, id: &str) -> Result<Reply, ApiError> {
    // What cannot be an id at all is read as the name of an external id field without a value.
    if !matches!(id.len(), 15 | 18) {
        let message = format!("Provided external ID field does not exist or is not accessible: {id}");
        return Err(ApiError::new(404, "NOT_FOUND", message));
    }
    let row = context.state.store.find(target, id)?;
    match call.method.as_str() {
        "GET" | "HEAD" => {
            unmodified(call, row)?;
            read(context, call, target, row).map(Reply::ok)
        }
        "PATCH" => {
            unmodified(call, row)?;
            let body = call.object()?;
            let session = context.session.clone();
            context.state.write(&session, context.now, |writer| {
                writer.allow_duplicates = allows_duplicates(call);
                writer.update(target, id, &body)
            })?;
            Ok(Reply::empty())
        }
        "DELETE" => {
            let session = context.session.clone();
            context.state.write(&session, context.now, |writer| writer.delete(target, id))?;
            Ok(Reply::empty())
        }
        method => Err(ApiError::method(method)),
    }
}

/// `If-Unmodified-Since`: 412 when the record is newer. HTTP dates have a resolution of a second, as the stamps have.
fn unmodified(call: &Call, row: &Row) -> Result<(), ApiError> {
    let Some(header) = call.header("if-unmodified-since") else {
        return Ok(());
    };
    let since = moment::parse_http(header)
        .ok_or_else(|| ApiError::new(400, "INVALID_HEADER", format!("Invalid If-Unmodified-Since date: {header}")))?;
    let modified = moment::parse_datetime(store::text(row, "LastModifiedDate"));
    if modified.is_some_and(|modified| modified > since) { Err(ApiError::modified()) } else { Ok(()) }
}

fn read(context: &Context<'_>, call: &Call, target: &Object, row: &Row) -> Result<Value, ApiError> {
    let features = context.state.features;
    let wanted = call.names("fields");
    let fields: Vec<&Field> = if wanted.is_empty() {
        target.fields(features).collect()
    } else {
        let find = |name: &&str| {
            target.field(name, features).ok_or_else(|| {
                let message = format!("No such column '{name}' on entity '{}'", target.name);
                ApiError::new(400, "INVALID_FIELD", message)
            })
        };
        wanted.iter().map(find).collect::<Result<_, _>>()?
    };
    let mut record = Row::new();
    let id = store::text(row, "Id");
    record.insert("attributes".to_owned(), soql::attributes(&call.version, target, id));
    for field in fields {
        record.insert(field.name.to_owned(), store::shown(row, field, target.name, &call.version));
    }
    Ok(Value::Object(record))
}

/// `/sobjects/{Object}/{Field}/{value}`: reads, upserts or deletes the record with that external id.
fn by_external_id(
    context: &mut Context<'_>,
    call: &Call,
    target: &'static Object,
    name: &str,
    value: &str,
) -> Result<Reply, ApiError> {
    let field = target.field(name, context.state.features).filter(|field| field.external_id).ok_or_else(|| {
        let message = format!("Provided external ID field does not exist or is not accessible: {name}");
        ApiError::new(404, "NOT_FOUND", message)
    })?;
    let matching: Vec<&Row> =
        context.state.store.rows(target).filter(|row| store::text(row, field.name).eq_ignore_ascii_case(value)).collect();
    if matching.len() > 1 {
        let urls = matching.iter().map(|row| record_url(call, target, store::text(row, "Id")).into());
        return Ok(Reply::with(300, Value::Array(urls.collect())));
    }
    let found = matching.first().copied();
    match (call.method.as_str(), found) {
        ("GET" | "HEAD", Some(row)) => read(context, call, target, row).map(Reply::ok),
        ("PATCH", found) => {
            if let Some(row) = found {
                unmodified(call, row)?;
            }
            let id = found.map(|row| store::text(row, "Id").to_owned());
            upsert(context, call, target, field, value, id)
        }
        ("DELETE", Some(row)) => {
            let id = store::text(row, "Id").to_owned();
            let session = context.session.clone();
            context.state.write(&session, context.now, |writer| writer.delete(target, &id))?;
            Ok(Reply::empty())
        }
        ("GET" | "HEAD" | "DELETE", None) => Err(ApiError::not_found()),
        (method, _) => Err(ApiError::method(method)),
    }
}

fn upsert(
    context: &mut Context<'_>,
    call: &Call,
    target: &'static Object,
    field: &Field,
    value: &str,
    found: Option<String>,
) -> Result<Reply, ApiError> {
    let mut body = call.object()?;
    if body.keys().any(|key| key.eq_ignore_ascii_case(field.name)) {
        let message = format!("The {} field should not be specified in the sobject data.", field.name);
        return Err(ApiError::new(400, "INVALID_FIELD", message));
    }
    let session = context.session.clone();
    let now = context.now;
    let allow_duplicates = allows_duplicates(call);
    if let Some(id) = found {
        context.state.write(&session, now, |writer| {
            writer.allow_duplicates = allow_duplicates;
            writer.update(target, &id, &body)
        })?;
        let body = json!({ "id": id, "success": true, "errors": [], "created": false });
        return Ok(Reply::ok(body));
    }
    if call.parameter("updateOnly") == Some("true") {
        return Err(ApiError::not_found());
    }
    body.insert(field.name.to_owned(), value.into());
    let id = context.state.write(&session, now, |writer| {
        writer.allow_duplicates = allow_duplicates;
        writer.create(target, &body)
    })?;
    let body = json!({ "id": id, "success": true, "errors": [], "created": true });
    Ok(created(call, target, &id, body))
}

/// The object and the row that an id names, whatever the object.
pub(super) fn any<'a>(context: &'a Context<'_>, id: &str) -> Result<(&'static Object, &'a Row), ApiError> {
    let full = ids::parse(id).ok_or_else(|| ApiError::new(400, "MALFORMED_ID", format!("malformed id {id}")))?;
    let target = super::schema::object_of_id(&full, context.state.features).ok_or_else(ApiError::not_found)?;
    Ok((target, context.state.store.find(target, &full)?))
}
