//! Upstream services for tests: a router behind real TLS on loopback, and as much of Microsoft's side as events need.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum_server::tls_rustls::RustlsConfig;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls_pki_types::PrivateKeyDer;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::app::App;
use crate::clock::{Clock, StillClock};
use crate::config::Config;
use crate::config::tests::config_with;
use crate::store::tests::Directory;
use crate::token::tests::{NOW, ORG};
use crate::webhook::tests::PKI;

static AUTHORITY: LazyLock<CertifiedIssuer<'static, KeyPair>> = LazyLock::new(|| {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
});

/// The authority of every test server, for `tls.trust_anchors`.
pub(crate) fn authority() -> String {
    AUTHORITY.pem()
}

/// A server that ends with the test.
pub(crate) struct TestServer {
    address: SocketAddr,
    handle: axum_server::Handle<SocketAddr>,
}

impl TestServer {
    pub(crate) fn start(router: Router) -> Self {
        let key = KeyPair::generate().unwrap();
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let certificate = CertificateParams::new(names).unwrap().signed_by(&key, &AUTHORITY).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = config.with_no_client_auth().with_single_cert(vec![certificate.der().clone()], key).unwrap();
        // Bound before anybody is told: a request that comes at once waits in the queue.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let (address, handle) = (listener.local_addr().unwrap(), axum_server::Handle::new());
        let server = axum_server::from_tcp_rustls(listener, RustlsConfig::from_config(Arc::new(config))).unwrap();
        tokio::spawn(server.handle(handle.clone()).serve(router.into_make_service()));
        Self { address, handle }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// Its address, by its number.
    pub(crate) fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port())
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

/// The certificate that events are signed with, below the server's address.
pub(crate) const CERTIFICATE: &str = "/cert/events.cer";

/// Entra ID, the registration API, the Referrals API and the host of certificates, as far as events need them. A token is the
/// name of the resource that it is for.
#[derive(Debug, Default)]
pub(crate) struct Microsoft {
    /// The tenant's registration.
    pub(crate) registration: Mutex<Option<Value>>,
    /// What somebody else registers just before us.
    pub(crate) faster: Mutex<Option<Value>>,
    /// Answers about single paths, which go before everything else.
    pub(crate) answers: Mutex<HashMap<String, (u16, Value)>>,
    /// How much time passes with each call, and on which clock.
    pub(crate) takes: Mutex<Option<(Duration, Arc<StillClock>)>>,
    /// Holds the answer to the next call below this path.
    pub(crate) gate: Mutex<Option<(&'static str, Arc<Gate>)>>,
    /// What was called.
    pub(crate) calls: Mutex<Vec<String>>,
}

/// An answer that is on its way until somebody lets it through.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    /// It is there: what it says is settled.
    pub(crate) reached: Notify,
    /// It may go on.
    pub(crate) open: Notify,
}

impl Microsoft {
    pub(crate) fn answer(&self, path: &str, status: u16, body: Value) {
        self.answers.lock().unwrap().insert(path.to_owned(), (status, body));
    }

    /// What was called since this was asked last, without Entra ID.
    pub(crate) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut *self.calls.lock().unwrap())
    }

    fn serve(&self, call: &str, token: &str, body: &[u8]) -> Response {
        const REGISTRATION: &str = "/webhooks/v1/registration";
        let (method, path) = call.split_once(' ').unwrap();
        self.calls.lock().unwrap().push(call.to_owned());
        if let Some((time, clock)) = &*self.takes.lock().unwrap() {
            clock.set(clock.now() + *time);
        }
        if path == CERTIFICATE {
            return PKI.bundle().into_response();
        }
        let resource =
            if path.starts_with(REGISTRATION) { "api.partnercenter.microsoft.com" } else { "api.partner.microsoft.com" };
        if token != format!("Bearer https://{resource}") {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        if let Some((status, body)) = self.answers.lock().unwrap().get(path) {
            return (StatusCode::from_u16(*status).unwrap(), body.to_string()).into_response();
        }
        if path != REGISTRATION {
            return StatusCode::NOT_FOUND.into_response();
        }
        let mut registration = self.registration.lock().unwrap();
        let sent = || serde_json::from_slice(body).unwrap();
        match method {
            "POST" => {
                if let Some(faster) = self.faster.lock().unwrap().take() {
                    *registration = Some(faster);
                }
                if registration.is_some() {
                    return StatusCode::CONFLICT.into_response();
                }
                *registration = Some(sent());
            }
            "PUT" => *registration = Some(sent()),
            _ => {}
        }
        registration.as_ref().map_or(StatusCode::NOT_FOUND.into_response(), |found| found.to_string().into_response())
    }
}

async fn serve(State(microsoft): State<Arc<Microsoft>>, request: Request) -> Response {
    let call = format!("{} {}", request.method(), request.uri().path());
    let token = request.headers().get("authorization").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
    let body = to_bytes(request.into_body(), 65_536).await.unwrap();
    if call == "POST /partner.example/oauth2/token" {
        let resource = url::form_urlencoded::parse(&body).find(|(name, _)| name == "resource").unwrap().1.into_owned();
        return json!({ "access_token": resource, "expires_in": "3600" }).to_string().into_response();
    }
    let answer = microsoft.serve(&call, &token, &body);
    let gate = microsoft.gate.lock().unwrap().take_if(|(path, _)| call.contains(*path));
    if let Some((_, gate)) = gate {
        gate.reached.notify_one();
        gate.open.notified().await;
    }
    answer
}

/// A proxy with Microsoft's side upstream. Salesforce does not answer.
pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) config: Config,
    pub(crate) clock: Arc<StillClock>,
    pub(crate) microsoft: Arc<Microsoft>,
    pub(crate) server: TestServer,
    pub(crate) directory: Directory,
}

/// Where the proxy of a [`World`] takes events.
pub(crate) const PUBLIC_URL: &str = "https://cosell.example/webhooks/partner-center";

impl World {
    pub(crate) async fn start(more: &[(&str, &str)]) -> Self {
        let (microsoft, directory) = (Arc::new(Microsoft::default()), Directory::new());
        let server = TestServer::start(Router::new().fallback(serve).with_state(Arc::clone(&microsoft)));
        let (url, host) = (server.url(), format!("127.0.0.1:{}", server.port()));
        let store = directory.path("store.sqlite");
        let key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        let (org, anchors) = (directory.file("org.crt", &ORG.certificate), directory.file("ca.pem", &authority()));
        let (integration, root) = (directory.file("key.pem", &ORG.private_key), directory.file("root.pem", &PKI.root()));
        let mut variables = vec![
            ("SELLER_TOKEN__CERTIFICATES", org.as_str()),
            ("SALESFORCE__LOGIN_URL", "https://127.0.0.1:1"),
            ("SALESFORCE__PRIVATE_KEY__VALUE", ""),
            ("SALESFORCE__PRIVATE_KEY__FILE", &integration),
            ("ENTRA__AUTHORITY_URL", &url),
            ("PARTNER_CENTER__BASE_URL", &url),
            ("WEBHOOKS__BASE_URL", &url),
            ("WEBHOOKS__PUBLIC_URL", PUBLIC_URL),
            ("WEBHOOKS__CERTIFICATE_HOSTS", &host),
            ("WEBHOOKS__ALLOW_PRIVATE_CERTIFICATE_HOSTS", "true"),
            ("WEBHOOKS__TRUST_ANCHORS", &root),
            ("TLS__TRUST_ANCHORS", &anchors),
            ("STORE__PATH", &store),
            ("STORE__ENCRYPTION_KEY__VALUE", key),
        ];
        variables.extend_from_slice(more);
        let clock = Arc::new(StillClock::at(NOW));
        let config = config_with(&variables);
        let app = App::build(&config, Arc::<StillClock>::clone(&clock)).await.unwrap();
        Self { app, config, clock, microsoft, server, directory }
    }
}
