//! The sandbox as a whole: makes the services, gives each a free port, and says where they are. The only place that
//! knows all of them.

use std::io;
use std::net::{IpAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum_server::tls_rustls::RustlsConfig;
use tokio::task::JoinSet;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::clock::Clock;
use crate::control::{self, Clocks, World};
use crate::entra::{self, Entra};
use crate::faults::{Faults, FaultyService, UpstreamService};
use crate::gateway;
use crate::handover::Handover;
use crate::keys::{KeyError, Keys};
use crate::page;
use crate::partner_center::{self, PartnerCenter};
use crate::ready::Ready;
use crate::salesforce::{self, Org, OrgError, OrgOptions};
use crate::webhooks::{self, Webhooks, courier};

/// User name of the integration user, the `sub` of the proxy's assertions.
pub(crate) const INTEGRATION_USER: &str = "integration@cosell.example";
/// What a production org takes as `aud` of an assertion.
pub(crate) const AUDIENCE: &str = "https://login.salesforce.com";

/// How the sandbox is to be started.
pub struct Options {
    /// Directory of the built page; without it there is no page, only the services.
    pub page: Option<PathBuf>,
    /// Where keys and secrets are laid down; a fresh temporary directory when absent.
    pub directory: Option<PathBuf>,
    /// Address that all services listen on.
    pub listen: IpAddr,
}

/// Why it cannot start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    /// A key or certificate could not be made.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The org refused its data or its keys.
    #[error(transparent)]
    Org(#[from] OrgError),
    /// The client that carries the webhooks could not be made.
    #[error("the courier of the webhooks: {0}")]
    Courier(#[from] reqwest::Error),
    /// A port or a file could not be had.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// What the system says.
        source: io::Error,
    },
}

/// A running sandbox. Dropped, it stops listening and takes its temporary directory with it.
pub(crate) struct System {
    /// Where everything is.
    pub(crate) ready: Ready,
    servers: JoinSet<io::Result<()>>,
    _handover: Handover,
}

/// A socket that listens, and its address for a client.
struct Door {
    listener: TcpListener,
    url: String,
}

impl Door {
    fn open(listen: IpAddr, scheme: &str, host: &str) -> Result<Self, StartError> {
        let failed = |source| StartError::Io { what: "a free port", source };
        let listener = TcpListener::bind((listen, 0)).map_err(failed)?;
        let port = listener.local_addr().map_err(failed)?.port();
        Ok(Self { listener, url: format!("{scheme}://{host}:{port}") })
    }

    fn tls(listen: IpAddr) -> Result<Self, StartError> {
        Self::open(listen, "https", "localhost")
    }
}

impl System {
    /// Starts every service. When this returns, all of them listen.
    pub(crate) fn start(options: Options) -> Result<Self, StartError> {
        let keys = Keys::generate()?;
        let page_door = Door::open(options.listen, "http", &host(options.listen))?;
        let tls_door = || Door::tls(options.listen);
        let [salesforce_door, partner_center_door, entra_door] = [tls_door()?, tls_door()?, tls_door()?];
        let [webhooks_door, blob_door, gateway_door] = [tls_door()?, tls_door()?, tls_door()?];

        let clocks = Clocks::default();
        let clock = Clock::system().shifted_by(&clocks.microsoft);
        let entra = Arc::new(Entra::new(clock.clone()));
        let signer = Arc::clone(&keys.webhooks);
        let webhooks = Webhooks::new(Arc::clone(&entra), clock.clone(), Arc::clone(&signer), blob_door.url.clone());
        let webhooks = Arc::new(webhooks);
        let base = partner_center_door.url.clone();
        let partner_center = PartnerCenter::new(Arc::clone(&entra), clock, base).announcing_to(Arc::clone(&webhooks));
        let partner_center = Arc::new(partner_center);
        let consumer_key = consumer_key();
        let org_options = OrgOptions {
            consumer_key: consumer_key.clone(),
            username: INTEGRATION_USER.to_owned(),
            audience: AUDIENCE.to_owned(),
            integration_certificate_pem: keys.integration.certificate_pem.clone(),
            signing_key_pem: keys.org.key_pem.clone(),
            ..OrgOptions::default()
        };
        let org = Arc::new(Org::new(org_options, Clock::system().shifted_by(&clocks.salesforce))?);
        let faults = Arc::new(Faults::default());

        let files = |source| StartError::Io { what: "the directory of the keys", source };
        let handover = Handover::open(options.directory).map_err(files)?;
        handover.write(&keys, entra.credentials()).map_err(files)?;

        let ready = Ready {
            event: Ready::EVENT,
            page: page_door.url.clone(),
            salesforce: salesforce_door.url.clone(),
            partner_center: partner_center_door.url.clone(),
            webhooks: webhooks_door.url.clone(),
            blobs: blob_door.url.clone(),
            gateway: gateway_door.url.clone(),
            entra: entra_door.url.clone(),
            directory: handover.path().to_owned(),
            org_id: org.org_id(),
            consumer_key,
            username: INTEGRATION_USER,
            audience: AUDIENCE,
            tenant: entra.credentials().tenant.clone(),
            client_id: entra.credentials().client_id.clone(),
        };
        handover.write_configuration(&ready).map_err(files)?;

        let upstream = [
            (salesforce_door, UpstreamService::Salesforce, salesforce::router(Arc::clone(&org))),
            (partner_center_door, UpstreamService::PartnerCenter, partner_center::router(Arc::clone(&partner_center))),
            (webhooks_door, UpstreamService::Webhooks, webhooks::router(Arc::clone(&webhooks))),
            (blob_door, UpstreamService::Blobs, webhooks::blob_router(signer)),
            (entra_door, UpstreamService::Entra, entra::router(Arc::clone(&entra))),
        ];
        let mut servers = JoinSet::new();
        let tls = RustlsConfig::from_config(Arc::clone(&keys.tls));
        for (door, service, router) in upstream {
            let service = FaultyService::new(service, Arc::clone(&faults), router);
            serve_tls(&mut servers, door, tls.clone(), service)?;
        }
        let client = courier::client(&keys.ca_pem)?;
        let front = gateway::router(Arc::clone(&org), client.clone());
        let server = axum_server::from_tcp_rustls(gateway_door.listener, tls).map_err(listening)?;
        servers.spawn(server.serve(front.into_make_service()));
        servers.spawn(courier::carry(Arc::clone(&webhooks), client));
        let world = Arc::new(World { faults, entra, partner_center, webhooks, org, clocks });
        serve_page(&mut servers, page_door, page_origin(options.page, world))?;
        Ok(Self { ready, servers, _handover: handover })
    }

    /// Ends when a service does, which none does by itself: then something is wrong with its socket.
    pub(crate) async fn failed(&mut self) {
        self.servers.join_next().await;
    }
}

/// Everything under the browser's origin. Nothing is kept by the browser: the page is rebuilt under its feet.
fn page_origin(page: Option<PathBuf>, world: Arc<World>) -> Router {
    let org = Arc::clone(&world.org);
    let mut router = salesforce::router(Arc::clone(&org)).merge(control::router(world));
    if let Some(directory) = page {
        router = router.merge(page::router(&directory, org));
    }
    let no_cache = HeaderValue::from_static("no-cache");
    router.layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, no_cache))
}

fn serve_tls(
    servers: &mut JoinSet<io::Result<()>>,
    door: Door,
    tls: RustlsConfig,
    service: FaultyService,
) -> Result<(), StartError> {
    let server = axum_server::from_tcp_rustls(door.listener, tls).map_err(listening)?;
    let each_connection = tower::service_fn(move |_: std::net::SocketAddr| {
        let service = service.clone();
        async move { Ok::<_, std::convert::Infallible>(service) }
    });
    servers.spawn(server.serve(each_connection));
    Ok(())
}

fn serve_page(servers: &mut JoinSet<io::Result<()>>, door: Door, router: Router) -> Result<(), StartError> {
    let server = axum_server::from_tcp(door.listener).map_err(listening)?;
    servers.spawn(server.serve(router.into_make_service()));
    Ok(())
}

fn listening(source: io::Error) -> StartError {
    StartError::Io { what: "listening on a port", source }
}

/// The address as it stands in a URL.
fn host(listen: IpAddr) -> String {
    match listen {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// Has the look of the platform's keys, so that nothing relies on a shorter one.
fn consumer_key() -> String {
    format!("3MVG9{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple())
}

#[cfg(test)]
mod tests;
