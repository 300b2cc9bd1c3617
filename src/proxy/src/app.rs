//! Puts the parts together and runs them until somebody says stop.

use std::future::Future;
use std::io::{self, Write};
use std::sync::Arc;

use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

use crate::clock::Clock;
use crate::config::{Config, ConfigError, Faults};
use crate::entra::Entra;
use crate::health::Health;
use crate::http::{self, Api};
use crate::net;
use crate::partner_center::{PartnerCenter, Registrations};
use crate::reconciler::{RebuildError, Rebuilt, Reconciler, Worker};
use crate::registration::Registrar;
use crate::salesforce::Salesforce;
use crate::store::crypto::Cipher;
use crate::store::{Store, StoreError};
use crate::surroundings::Surroundings;
use crate::token::Verifier;
use crate::webhook::Receiver;

/// Why the proxy cannot start, or had to end.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the message of each variant is its documentation")]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] Faults),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("server.listen: {address} cannot be listened on: {cause}.")]
    Listen { address: String, cause: io::Error },
    #[error("The line that says the proxy is ready cannot be written: {0}.")]
    Ready(io::Error),
    #[error("The server ended: {0}.")]
    Serve(io::Error),
    #[error("The store could not be made again: {0}. What has been found so far is kept; run it again.")]
    Rebuild(#[from] RebuildError),
}

impl From<ConfigError> for StartError {
    fn from(fault: ConfigError) -> Self {
        Self::Config(fault.into())
    }
}

/// The parts, put together.
#[derive(Debug)]
pub struct App {
    api: Api,
    running: mpsc::Receiver<()>,
}

/// What files of the configuration had to be read for.
struct Checked {
    verifier: Verifier,
    salesforce: Salesforce,
    receiver: Option<Receiver>,
}

impl App {
    /// Reads every file that the configuration names and opens the store; calls nobody. The store comes last: what is wrong
    /// elsewhere is said before a file is made.
    pub async fn build(config: &Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let mut faults = Faults::default();
        let verifier = faults.take(Verifier::from_config(config));
        let http = faults.take(net::client(config));
        let cipher = faults.take(Cipher::from_config(&config.store.encryption_key));
        let salesforce = http.clone().and_then(|http| faults.take(Salesforce::new(&config.salesforce, http, Arc::clone(&clock))));
        let receiver = faults.take(Receiver::from_config(config, Arc::clone(&clock)));
        let (Some(verifier), Some(http), Some(cipher), Some(salesforce), Some(receiver)) =
            (verifier, http, cipher, salesforce, receiver)
        else {
            return Err(faults.into());
        };
        if receiver.is_none() {
            tracing::info!("webhooks.public_url is empty: no events are taken from Partner Center");
        }
        let store = Store::open(&config.store, cipher).await?;
        let checked = Checked { verifier, salesforce, receiver };
        Ok(Self::put_together(config, Surroundings::of_machine(clock, http), store, checked)?)
    }

    /// Over a store that is open, in surroundings of the caller's making; `receiver` takes the events of Partner Center.
    pub fn within(
        config: &Config,
        surroundings: Surroundings,
        store: Store,
        receiver: Option<Receiver>,
    ) -> Result<Self, StartError> {
        let verifier = Verifier::from_config(config)?;
        let salesforce = Salesforce::new(&config.salesforce, surroundings.http.clone(), Arc::clone(&surroundings.clock))?;
        Ok(Self::put_together(config, surroundings, store, Checked { verifier, salesforce, receiver })?)
    }

    fn put_together(config: &Config, surroundings: Surroundings, store: Store, checked: Checked) -> Result<Self, ConfigError> {
        let Checked { verifier, salesforce, receiver } = checked;
        let (clock, http) = (Arc::clone(&surroundings.clock), surroundings.http.clone());
        let entra = Arc::new(Entra::new(&config.entra, http.clone(), Arc::clone(&clock), store.clone())?);
        let registrations = Registrations::new(&config.webhooks, http.clone(), Arc::clone(&clock), Arc::clone(&entra))?;
        let registrar = Registrar::new(&config.webhooks, registrations, Arc::clone(&clock)).map(Arc::new);
        let partner_center = PartnerCenter::new(&config.partner_center, http, Arc::clone(&clock), Arc::clone(&entra))?;
        let reconciler = Arc::new(Reconciler::new(salesforce, partner_center, store.clone(), surroundings, config));
        let resource = config.partner_center.resource.clone();
        let health = Health::new(Arc::clone(&reconciler), entra, resource, registrar.clone(), store.clone(), Arc::clone(&clock));
        let (sender, running) = mpsc::channel(1);
        let server = Arc::new(config.server.clone());
        let api = Api {
            verifier,
            reconciler,
            receiver,
            webhook_body_limit: config.webhooks.body_limit_bytes,
            registrar,
            health,
            store,
            clock,
            server,
            running: sender,
        };
        Ok(Self { api, running })
    }

    /// Makes a lost store again from both sides; what it finds is looked at as soon as the proxy serves.
    pub async fn rebuild(self) -> Result<Rebuilt, StartError> {
        let rebuilt = self.api.reconciler.rebuild().await;
        self.api.store.close().await;
        Ok(rebuilt?)
    }

    /// The parts, for a test that looks behind the routes.
    #[cfg(test)]
    pub(crate) fn api(&self) -> &Api {
        &self.api
    }

    /// The routes, and the worker that does what is due, for whoever serves them otherwise than on a socket.
    pub fn into_parts(self) -> (axum::Router, Worker) {
        let worker = Worker::new(Arc::clone(&self.api.reconciler));
        (http::router(self.api), worker)
    }

    /// Listens, says so in one line of JSON on `ready`, and serves until `stop` is over; then lets running work end.
    pub async fn serve(self, mut ready: impl Write, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), StartError> {
        let Self { api, mut running } = self;
        let address = api.server.listen.clone();
        let failed = |cause| StartError::Listen { address: address.clone(), cause };
        let listener = TcpListener::bind(&address).await.map_err(failed)?;
        let local = listener.local_addr().map_err(failed)?;
        let (grace, store, reconciler) = (api.server.shutdown_grace, api.store.clone(), Arc::clone(&api.reconciler));

        let (stop_worker, told) = watch::channel(false);
        let worker = tokio::spawn(Worker::new(Arc::clone(&api.reconciler)).work(told));
        let watch = api.registrar.clone().map(|registrar| tokio::spawn(registrar.watch(stop_worker.subscribe())));
        let (told_server, server_stops) = tokio::sync::oneshot::channel::<()>();
        let server = axum::serve(listener, http::router(api)).with_graceful_shutdown(async {
            // An error means that the sender is gone, which is a stop too.
            server_stops.await.unwrap_or_default();
        });
        let server = tokio::spawn(server.into_future());

        let line = json!({ "event": "ready", "listen": format!("http://{local}") });
        writeln!(ready, "{line}").and_then(|()| ready.flush()).map_err(StartError::Ready)?;
        tracing::info!(listen = %local, "ready");

        stop.await;
        tracing::info!("stopping");
        drop(told_server);
        stop_worker.send_replace(true);
        let orderly = async {
            let ended = server.await;
            // Nothing is ever sent: the channel ends when the last run has dropped its sender.
            while running.recv().await.is_some() {}
            if let Some(watch) = watch {
                // What it looks at is looked at again at the next start.
                watch.await.unwrap_or_default();
            }
            (ended, worker.await)
        };
        let outcome = tokio::time::timeout(grace, orderly).await;
        // Also what has not ended in time: what it would still write is refused then.
        reconciler.release().await;
        store.close().await;
        match outcome {
            Ok((Ok(Err(cause)), _)) => Err(StartError::Serve(cause)),
            Ok(_) => Ok(()),
            Err(_) => {
                tracing::warn!("stopped before all work had ended; it is taken up again at the next start");
                Ok(())
            }
        }
    }
}
