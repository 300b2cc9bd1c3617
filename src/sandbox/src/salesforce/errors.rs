//! The errors of the org and the three forms in which Salesforce writes them:
//! an array (REST), a result of a collection, and the object of the UI API.

use serde_json::{Map, Value, json};

/// What went wrong with a call or with one record of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ApiError {
    /// HTTP status.
    pub(super) status: u16,
    /// Salesforce's code, such as `REQUIRED_FIELD_MISSING`.
    pub(super) code: &'static str,
    /// Text for people; clients must not read it.
    pub(super) message: String,
    /// API names of the fields it is about; `None` where Salesforce leaves the key out.
    pub(super) fields: Option<Vec<String>>,
    /// A further key of the error and what stands there.
    pub(super) detail: Option<Box<(&'static str, Value)>>,
}

impl ApiError {
    /// An error about a whole call.
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), fields: None, detail: None }
    }

    /// An error about the record's data: status 400 with the fields it is about.
    pub(super) fn on(fields: &[&str], code: &'static str, message: impl Into<String>) -> Self {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        Self { status: 400, code, message: message.into(), fields: Some(fields), detail: None }
    }

    /// The error with a further key.
    pub(super) fn with(mut self, key: &'static str, value: Value) -> Self {
        self.detail = Some(Box::new((key, value)));
        self
    }

    /// 404: no such resource.
    pub(super) fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "The requested resource does not exist")
    }

    /// 404: no record with that id.
    pub(super) fn no_record() -> Self {
        Self::new(404, "NOT_FOUND", "Provided external ID field does not exist or is not accessible: Id")
    }

    /// 404: the record lies in the recycle bin.
    pub(super) fn deleted() -> Self {
        Self::new(404, "ENTITY_IS_DELETED", "entity is deleted")
    }

    /// 405.
    pub(super) fn method(method: &str) -> Self {
        let message = format!("HTTP Method '{method}' not allowed. Allowed are HEAD,GET,POST,PATCH,DELETE");
        Self::new(405, "METHOD_NOT_ALLOWED", message)
    }

    /// 400: the body is not the JSON that is wanted.
    pub(super) fn json(message: impl Into<String>) -> Self {
        Self::new(400, "JSON_PARSER_ERROR", message)
    }

    /// 401: no session, or one that has ended.
    pub(super) fn session() -> Self {
        Self::new(401, "INVALID_SESSION_ID", "Session expired or invalid")
    }

    /// 412: the record has changed after the moment of `If-Unmodified-Since`. The documentation gives the status and
    /// no body, so clients must go by the status.
    pub(super) fn modified() -> Self {
        Self::new(412, "PRECONDITION_FAILED", "The record was modified after the given date")
    }

    /// One element of the array that the REST API answers with.
    pub(super) fn rest(&self) -> Value {
        let mut error = Map::new();
        error.insert("message".to_owned(), self.message.clone().into());
        error.insert("errorCode".to_owned(), self.code.into());
        if let Some(fields) = &self.fields {
            error.insert("fields".to_owned(), fields.clone().into());
        }
        if let Some((key, value)) = self.detail.as_deref() {
            error.insert((*key).to_owned(), value.clone());
        }
        Value::Object(error)
    }

    /// One element of `errors` in the result of a collection: the code's key is `statusCode` there.
    pub(super) fn collection(&self) -> Value {
        json!({
            "statusCode": self.code,
            "message": self.message,
            "fields": self.fields.clone().unwrap_or_default()
        })
    }

    /// The body of a failed UI API write ("Error with Output"). Errors of a field stand under it, others in `errors`.
    pub(super) fn ui_write(&self, action: &str) -> Value {
        let mut errors = Vec::new();
        let mut field_errors = Map::new();
        let fields = self.fields.clone().unwrap_or_default();
        let error = |field: Value| {
            json!({
                "constituentField": null,
                "duplicateRecordError": null,
                "errorCode": self.code,
                "field": field,
                "fieldLabel": field,
                "message": self.message
            })
        };
        for field in &fields {
            field_errors.insert(field.clone(), Value::Array(vec![error(field.clone().into())]));
        }
        if fields.is_empty() {
            errors.push(error(Value::Null));
        }
        json!({
            "message": format!("An error occurred while trying to {action} the record. Please try again."),
            "statusCode": self.status,
            "enhancedErrorType": "RecordError",
            "output": { "errors": errors, "fieldErrors": field_errors }
        })
    }
}
