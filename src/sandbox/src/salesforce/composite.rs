//! `/composite`: up to 25 subrequests in order, which may refer to the answers of earlier ones.

use serde_json::{Map, Value, json};

use super::api;
use super::call::{Call, Context, Reply};
use super::errors::ApiError;

/// Salesforce's bounds of one composite request.
const MOST_SUBREQUESTS: usize = 25;
const MOST_QUERIES: usize = 5;

/// Why a reference cannot be replaced.
enum Broken {
    /// The subrequest it names has failed.
    Failed(String),
    /// There is no such subrequest or no such value.
    Missing(String),
}

/// Runs the subrequests. With `allOrNone` the first failure undoes everything.
pub(super) fn composite(context: &mut Context<'_>, call: &Call) -> Result<Reply, ApiError> {
    if call.method != "POST" {
        return Err(ApiError::method(&call.method));
    }
    let mut body = call.object()?;
    let all_or_none = body.get("allOrNone").and_then(Value::as_bool).unwrap_or_default();
    let Some(Value::Array(requests)) = body.remove("compositeRequest") else {
        return Err(ApiError::json("compositeRequest is missing"));
    };
    check(&requests)?;
    let before = context.state.store.clone();
    let mut answers: Vec<(String, Reply)> = Vec::new();
    let mut failed = false;
    for request in &requests {
        let reference = text(request, "referenceId").to_owned();
        let reply = if failed && all_or_none { rolled_back() } else { subrequest(context, call, request, &answers) };
        failed |= reply.status >= 400;
        answers.push((reference, reply));
    }
    if failed && all_or_none {
        context.state.store = before;
        for (_, reply) in answers.iter_mut().filter(|(_, reply)| reply.status < 400) {
            *reply = rolled_back();
        }
    }
    let answers: Vec<Value> = answers
        .into_iter()
        .map(|(reference, reply)| {
            let headers: Map<String, Value> = reply
                .headers
                .into_iter()
                .map(|(name, value)| (if name == "location" { "Location" } else { name }.to_owned(), value.into()))
                .collect();
            json!({
                "body": reply.body,
                "httpHeaders": headers,
                "httpStatusCode": reply.status,
                "referenceId": reference
            })
        })
        .collect();
    Ok(Reply::ok(json!({ "compositeResponse": answers })))
}

fn rolled_back() -> Reply {
    let message = "The transaction was rolled back since another operation in the same transaction failed.";
    ApiError::new(400, "PROCESSING_HALTED", message).into()
}

fn text<'a>(request: &'a Value, key: &str) -> &'a str {
    request.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// What makes the whole request unacceptable.
fn check(requests: &[Value]) -> Result<(), ApiError> {
    let invalid = |message: String| Err(ApiError::new(400, "INVALID_INPUT", message));
    if requests.is_empty() || requests.len() > MOST_SUBREQUESTS {
        return invalid(format!("compositeRequest takes 1 to {MOST_SUBREQUESTS} subrequests"));
    }
    let queries = requests.iter().filter(|request| {
        let path = text(request, "url").split('?').next().unwrap_or_default();
        path.contains("/query") || path.contains("/composite/sobjects")
    });
    if queries.count() > MOST_QUERIES {
        return invalid(format!("at most {MOST_QUERIES} subrequests may be queries or sObject collections"));
    }
    let mut seen = std::collections::BTreeSet::new();
    for request in requests {
        let reference = text(request, "referenceId");
        let sound = !reference.is_empty() && reference.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !sound {
            return invalid(format!("Provided referenceId is invalid: {reference}"));
        }
        if !seen.insert(reference) {
            return invalid(format!("referenceId is used twice: {reference}"));
        }
        let inherited = |name: &&String| ["accept", "authorization", "content-type"].contains(&name.to_lowercase().as_str());
        let headers = request.get("httpHeaders").and_then(Value::as_object).into_iter().flat_map(Map::keys);
        if let Some(name) = headers.into_iter().find(inherited) {
            return invalid(format!("Header {name} is not allowed in a subrequest"));
        }
    }
    Ok(())
}

fn subrequest(context: &mut Context<'_>, outer: &Call, request: &Value, answers: &[(String, Reply)]) -> Reply {
    let halted = |broken: Broken| match broken {
        Broken::Failed(reference) => {
            ApiError::new(400, "PROCESSING_HALTED", format!("Invalid reference specified. The subrequest {reference} has failed"))
        }
        Broken::Missing(expression) => {
            ApiError::new(400, "PROCESSING_HALTED", format!("Invalid reference specified. No value for {expression} found"))
        }
    };
    let resolved = resolve(text(request, "url"), answers).and_then(|url| {
        let body = request.get("body").map(|body| resolve_all(body, answers)).transpose()?;
        Ok((url, body))
    });
    let (url, body) = match resolved {
        Ok(resolved) => resolved,
        Err(broken) => return halted(broken).into(),
    };
    let Some(mut call) = Call::locate(text(request, "method"), &url) else {
        return ApiError::not_found().into();
    };
    if call.path.iter().map(String::as_str).eq(["composite"]) {
        let message = "A composite request cannot be a subrequest";
        return ApiError::new(400, "INVALID_INPUT", message).into();
    }
    for (name, value) in request.get("httpHeaders").and_then(Value::as_object).into_iter().flatten() {
        call.headers.insert(name.to_lowercase(), value.as_str().unwrap_or_default().to_owned());
    }
    if let Some(options) = outer.header("sforce-query-options") {
        call.headers.entry("sforce-query-options".to_owned()).or_insert(options.to_owned());
    }
    call.body = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
    api::answer(context, &call)
}

/// Replaces the references in every text of a body.
fn resolve_all(value: &Value, answers: &[(String, Reply)]) -> Result<Value, Broken> {
    Ok(match value {
        Value::String(text) => Value::String(resolve(text, answers)?),
        Value::Array(items) => items.iter().map(|item| resolve_all(item, answers)).collect::<Result<_, _>>()?,
        Value::Object(fields) => Value::Object(
            fields.iter().map(|(name, item)| Ok((name.clone(), resolve_all(item, answers)?))).collect::<Result<_, _>>()?,
        ),
        other => other.clone(),
    })
}

/// Replaces `@{reference.path}`; names are those of the answer, in its case.
fn resolve(text: &str, answers: &[(String, Reply)]) -> Result<String, Broken> {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        let Some((expression, tail)) = after.split_once('}') else {
            break;
        };
        result.push_str(before);
        result.push_str(&look_up(expression, answers)?);
        rest = tail;
    }
    result.push_str(rest);
    Ok(result)
}

fn look_up(expression: &str, answers: &[(String, Reply)]) -> Result<String, Broken> {
    let missing = || Broken::Missing(expression.to_owned());
    let (reference, path) = expression.split_once('.').ok_or_else(missing)?;
    let reply = answers.iter().find(|(known, _)| known == reference).map(|(_, reply)| reply);
    let reply = reply.ok_or_else(missing)?;
    if reply.status >= 400 {
        return Err(Broken::Failed(reference.to_owned()));
    }
    // `records[0].Id` is the pointer `/records/0/Id`.
    let pointer = format!("/{}", path.replace('[', "/").replace(']', "").replace('.', "/"));
    match reply.body.as_ref().and_then(|body| body.pointer(&pointer)) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(value @ (Value::Number(_) | Value::Bool(_))) => Ok(value.to_string()),
        _ => Err(missing()),
    }
}
