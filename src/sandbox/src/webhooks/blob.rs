//! The storage account from which the certificates are fetched. Open to everybody, as the certificates are no secret.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::Signer;

/// Serves `/cert/{file}`, in DER.
pub(crate) fn router(signer: Arc<Signer>) -> Router {
    Router::new().route("/cert/{file}", get(certificate)).with_state(signer)
}

async fn certificate(State(signer): State<Arc<Signer>>, Path(file): Path<String>) -> Response {
    match signer.certificate(&file) {
        Some(der) => ([(header::CONTENT_TYPE, "application/octet-stream")], der.to_vec()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
