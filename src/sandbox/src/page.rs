//! The browser's origin: the files of the built page under the addresses and the Content Security Policy of Lightning
//! Experience, and the session cookie that a signed-in seller has. Knows the org only by its session and its trusted
//! sites, and the page only by its file names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tower_http::services::{ServeDir, ServeFile};

use crate::salesforce::Org;

struct Page {
    index: PathBuf,
    org: Arc<Org>,
}

/// Serves the page from a directory with `index.html`, `assets/` and `cosellRules.wasm`.
pub(crate) fn router(directory: &Path, org: Arc<Org>) -> Router {
    let assets = ServeDir::new(directory.join("assets"));
    let module = ServeFile::new(directory.join("cosellRules.wasm"));
    let page = Arc::new(Page { index: directory.join("index.html"), org });
    Router::new()
        .route("/", get(|| async { Redirect::to("/lightning/o/Opportunity/list") }))
        .route("/lightning", get(index))
        .route("/lightning/{*rest}", get(index))
        .route("/partner-center", get(index))
        .with_state(page)
        .nest_service("/assets", assets)
        .route_service("/resource/cosellRules", module)
}

/// One document for all addresses: the page finds out by itself which one it is at.
async fn index(State(page): State<Arc<Page>>) -> Response {
    let Ok(document) = tokio::fs::read(&page.index).await else {
        return (StatusCode::NOT_FOUND, "The page has not been built: npm run build").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (header::CONTENT_SECURITY_POLICY, policy(&page.org.trusted_sites())),
        (header::SET_COOKIE, format!("sid={}; Path=/; HttpOnly; SameSite=Lax", page.org.browser_session())),
    ];
    let mut response = document.into_response();
    for (name, value) in headers {
        match HeaderValue::try_from(value) {
            Ok(value) => response.headers_mut().insert(name, value),
            Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        };
    }
    response
}

/// Lightning's `script-src` is wide because Lightning Web Security evaluates what it has isolated; its `connect-src` is
/// narrow, and only a trusted site of the org widens it (Salesforce Help, "Manage Trusted URLs").
fn policy(trusted_sites: &[String]) -> String {
    let connect = [&["'self'".to_owned()], trusted_sites].concat().join(" ");
    format!(
        "default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data: blob:; font-src 'self' data:; connect-src {connect}; object-src 'none'; \
         base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )
}

#[cfg(test)]
mod tests {
    use super::policy;

    #[test]
    fn only_a_trusted_site_widens_what_the_page_may_connect_to() {
        assert!(policy(&[]).contains("connect-src 'self';"));
        let one = policy(&["http://127.0.0.1:4711".to_owned()]);
        assert!(one.contains("connect-src 'self' http://127.0.0.1:4711;"), "{one}");
        assert!(one.contains("script-src 'self' 'unsafe-eval' 'unsafe-inline';"));
    }
}
