//! Writing records over the UI API. Its errors are objects ("Error with Output"), not arrays.

use serde_json::Value;

use super::super::call::{Call, Context, Reply};
use super::super::errors::ApiError;
use super::super::moment;
use super::super::rest;
use super::super::schema::{Object, object};
use super::super::state::State;
use super::super::store::{self, Row};
use super::record::View;
use super::{supported, unsupported};

/// `POST /records` with `{ "apiName", "fields" }`.
pub(super) fn create(context: &mut Context<'_>, call: &Call) -> Reply {
    answer("create", create_record(context, call))
}

/// `PATCH /records/{id}` with `{ "fields" }`, and with `If-Unmodified-Since` when the caller minds other people's changes.
pub(super) fn update(context: &mut Context<'_>, call: &Call, id: &str) -> Reply {
    answer("update", update_record(context, call, id))
}

/// `DELETE /records/{id}`
pub(super) fn delete(context: &mut Context<'_>, id: &str) -> Reply {
    answer("delete", delete_record(context, id))
}

fn answer(action: &str, result: Result<Reply, ApiError>) -> Reply {
    result.unwrap_or_else(|error| Reply::with(error.status, error.ui_write(action)))
}

fn create_record(context: &mut Context<'_>, call: &Call) -> Result<Reply, ApiError> {
    let mut body = call.object()?;
    let name = body.remove("apiName");
    let name = name.as_ref().and_then(Value::as_str).unwrap_or_default();
    let target = object(name, context.state.features).filter(|target| supported(target)).ok_or_else(|| unsupported(name))?;
    let fields = fields(body)?;
    let session = context.session.clone();
    let id = context.state.write(&session, context.now, |writer| writer.create(target, &fields))?;
    Ok(Reply::with(201, whole(context, target, &id)))
}

fn update_record(context: &mut Context<'_>, call: &Call, id: &str) -> Result<Reply, ApiError> {
    let (target, row) = rest::any(context, id)?;
    if let Some(header) = call.header("if-unmodified-since") {
        unmodified(header, row)?;
    }
    let id = store::text(row, "Id").to_owned();
    let mut fields = fields(call.object()?)?;
    fields.retain(|name, _| name != "Id");
    let session = context.session.clone();
    if !context.state.may_edit(&session, target.name) {
        return Err(State::no_access());
    }
    context.state.write(&session, context.now, |writer| writer.update(target, &id, &fields))?;
    Ok(Reply::ok(whole(context, target, &id)))
}

fn delete_record(context: &mut Context<'_>, id: &str) -> Result<Reply, ApiError> {
    let (target, row) = rest::any(context, id)?;
    let id = store::text(row, "Id").to_owned();
    let session = context.session.clone();
    context.state.write(&session, context.now, |writer| writer.delete(target, &id))?;
    Ok(Reply::empty())
}

/// The page hands `lastModifiedDate` of the record on as it is, so both ways of writing a date are taken.
fn unmodified(header: &str, row: &Row) -> Result<(), ApiError> {
    let since = moment::parse_http(header)
        .or_else(|| moment::parse_datetime(header))
        .ok_or_else(|| ApiError::new(400, "INVALID_HEADER", "Invalid If-Unmodified-Since date"))?;
    let modified = moment::parse_datetime(store::text(row, "LastModifiedDate"));
    if modified.is_some_and(|modified| modified > since) { Err(ApiError::modified()) } else { Ok(()) }
}

fn fields(mut body: Row) -> Result<Row, ApiError> {
    match body.remove("fields") {
        Some(Value::Object(fields)) => Ok(fields),
        _ => Err(ApiError::json("fields must be a JSON object")),
    }
}

/// The record after the write, with every field of its own.
fn whole(context: &Context<'_>, target: &'static Object, id: &str) -> Value {
    let features = context.state.features;
    let paths: Vec<Vec<&str>> = target.fields(features).map(|field| vec![field.name]).collect();
    let view = View { store: &context.state.store, features };
    context.state.store.get(target.name, id).map_or(Value::Null, |row| view.record(target, row, &paths))
}
