//! What stands in front of the proxy and terminates TLS there, as in every installation: the address at which Partner Center
//! reaches it. Known before the proxy listens, and the same when it starts again. Where the proxy is, the org's setting says.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use reqwest::Client;

use crate::salesforce::Org;

/// The one path that is let through. Browsers on this machine reach the proxy itself.
pub(crate) const EVENTS: &str = "/webhooks/partner-center";

struct Gateway {
    org: Arc<Org>,
    client: Client,
}

/// Serves [`EVENTS`].
pub(crate) fn router(org: Arc<Org>, client: Client) -> Router {
    Router::new().route(EVENTS, post(pass_on)).with_state(Arc::new(Gateway { org, client }))
}

/// Passes an event on as it came. 502 while there is nobody to pass it on to, as such a server says it.
async fn pass_on(State(gateway): State<Arc<Gateway>>, mut headers: HeaderMap, body: Bytes) -> Response {
    let Some(origin) = gateway.org.proxy_origin() else { return StatusCode::BAD_GATEWAY.into_response() };
    // These belong to the connection that ends here.
    for name in [header::HOST, header::CONNECTION, header::CONTENT_LENGTH, header::TRANSFER_ENCODING] {
        headers.remove(name);
    }
    match gateway.client.post(format!("{origin}{EVENTS}")).headers(headers).body(body).send().await {
        Ok(answer) => answer.status().into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::Router;
    use axum::http::{HeaderMap, StatusCode};
    use axum::routing::post;
    use reqwest::Client;
    use serde_json::{Map, Value, json};
    use tokio::net::TcpListener;

    use super::{EVENTS, router};
    use crate::control::tests::world;

    async fn serve(router: Router) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        format!("http://{address}")
    }

    #[tokio::test]
    async fn an_event_reaches_the_proxy_as_it_was_sent_once_there_is_one() {
        let proxy = |headers: HeaderMap, body: String| async move {
            let signed = headers.get("x-ms-signature").is_some_and(|value| value == "Signature abc");
            if signed && body == "{ \"a\":1}" { StatusCode::ACCEPTED } else { StatusCode::BAD_REQUEST }
        };
        let world = world();
        let client = Client::builder().no_proxy().build().expect("a client");
        let gateway = serve(router(Arc::clone(&world.org), client.clone())).await;
        let send = || {
            let event = client.post(format!("{gateway}{EVENTS}")).header("x-ms-signature", "Signature abc");
            event.body("{ \"a\":1}").send()
        };
        world.org.merge_settings(Map::from_iter([("Proxy_Url__c".to_owned(), Value::Null)])).expect("no proxy");
        assert_eq!(send().await.expect("an answer").status(), 502);

        let proxy = serve(Router::new().route(EVENTS, post(proxy))).await;
        world.org.merge_settings(Map::from_iter([("Proxy_Url__c".to_owned(), json!(proxy))])).expect("a proxy");
        assert_eq!(send().await.expect("an answer").status(), 202);
    }
}
