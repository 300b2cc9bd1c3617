//! One call of the data APIs and its answer, as the handlers see them: from the network or from inside a composite.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use url::form_urlencoded;

use super::errors::ApiError;
use super::state::{Session, State};

/// A call below `/services/data/vXX.0/`.
#[derive(Clone, Debug, Default)]
pub(super) struct Call {
    /// HTTP method.
    pub(super) method: String,
    /// The API version, such as `v66.0`.
    pub(super) version: String,
    /// Path segments after the version, decoded.
    pub(super) path: Vec<String>,
    /// Query parameters, decoded.
    pub(super) query: Vec<(String, String)>,
    /// Headers, names in lower case.
    pub(super) headers: BTreeMap<String, String>,
    /// The body.
    pub(super) body: Vec<u8>,
}

/// The answer to a call.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reply {
    /// HTTP status.
    pub(super) status: u16,
    /// Headers beyond those of every answer.
    pub(super) headers: Vec<(&'static str, String)>,
    /// JSON body, when there is one.
    pub(super) body: Option<Value>,
    /// The bytes of a file, in an answer without a JSON body.
    pub(super) file: Vec<u8>,
}

impl Reply {
    /// 200 with a body.
    pub(super) fn ok(body: Value) -> Self {
        Self::with(200, body)
    }

    /// A status with a body.
    pub(super) fn with(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), body: Some(body), file: Vec::new() }
    }

    /// 204.
    pub(super) fn empty() -> Self {
        Self { status: 204, headers: Vec::new(), body: None, file: Vec::new() }
    }
}

impl From<ApiError> for Reply {
    fn from(error: ApiError) -> Self {
        Self::with(error.status, json!([error.rest()]))
    }
}

impl Call {
    /// Reads a path with query as a call; `None` when it does not lie below an API version.
    pub(super) fn locate(method: &str, target: &str) -> Option<Self> {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut segments = path.strip_prefix("/services/data/")?.split('/').map(decode);
        let version = segments.next()?;
        let path = segments.filter(|segment| !segment.is_empty()).collect();
        Some(Self {
            method: method.to_owned(),
            version,
            path,
            query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
            ..Self::default()
        })
    }

    /// A query parameter.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A query parameter that lists names between commas.
    pub(super) fn names(&self, name: &str) -> Vec<&str> {
        let list = self.parameter(name).unwrap_or_default();
        list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect()
    }

    /// A header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The body as a JSON object.
    pub(super) fn object(&self) -> Result<serde_json::Map<String, Value>, ApiError> {
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(ApiError::json("The HTTP entity body must be a JSON object")),
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                Err(ApiError::json(format!("{error} at [line:{line}, column:{column}]")))
            }
        }
    }
}

/// What a handler works with.
pub(super) struct Context<'a> {
    /// The org's state.
    pub(super) state: &'a mut State,
    /// Who calls.
    pub(super) session: Session,
    /// The moment of the call.
    pub(super) now: time::OffsetDateTime,
    /// The most rows of a query page.
    pub(super) largest_batch: usize,
}

/// Decodes the percent signs of one path segment. A plus is a plus there, unlike in a query.
fn decode(segment: &str) -> String {
    let escaped = segment.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    form_urlencoded::parse(escaped.as_bytes()).map(|(name, _)| name.into_owned()).collect()
}
