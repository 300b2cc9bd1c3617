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
use crate::http::{self, Api};
use crate::net;
use crate::partner_center::PartnerCenter;
use crate::reconciler::{Reconciler, Worker};
use crate::salesforce::Salesforce;
use crate::store::crypto::Cipher;
use crate::store::{Store, StoreError};
use crate::token::Verifier;

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

impl App {
    /// Reads every file that the configuration names and opens the store; calls nobody.
    pub async fn build(config: &Config, clock: Arc<dyn Clock>) -> Result<Self, StartError> {
        let mut faults = Faults::default();
        let verifier = faults.take(Verifier::from_config(config));
        let client = faults.take(net::client(config));
        let cipher = faults.take(Cipher::from_config(&config.store.encryption_key));
        let salesforce =
            client.clone().and_then(|client| faults.take(Salesforce::new(&config.salesforce, client, Arc::clone(&clock))));
        let (Some(verifier), Some(client), Some(cipher), Some(salesforce)) = (verifier, client, cipher, salesforce) else {
            return Err(faults.into());
        };
        let store = Store::open(&config.store.path, cipher).await?;
        let entra = Entra::new(&config.entra, client.clone(), Arc::clone(&clock), store.clone())?;
        let partner_center = PartnerCenter::new(&config.partner_center, client, Arc::clone(&clock), entra)?;
        let link = config.partner_center.referral_link.clone();
        let reconciler =
            Reconciler::new(salesforce, partner_center, store.clone(), Arc::clone(&clock), config.reconcile.clone(), link);
        let (sender, running) = mpsc::channel(1);
        let server = Arc::new(config.server.clone());
        let api = Api { verifier, reconciler: Arc::new(reconciler), store, clock, server, running: sender };
        Ok(Self { api, running })
    }

    /// The routes alone.
    #[cfg(test)]
    pub(crate) fn into_router(self) -> axum::Router {
        http::router(self.api)
    }

    /// Listens, says so in one line of JSON on `ready`, and serves until `stop` is over; then lets running work end.
    pub async fn serve(self, mut ready: impl Write, stop: impl Future<Output = ()> + Send + 'static) -> Result<(), StartError> {
        let Self { api, mut running } = self;
        let address = api.server.listen.clone();
        let failed = |cause| StartError::Listen { address: address.clone(), cause };
        let listener = TcpListener::bind(&address).await.map_err(failed)?;
        let local = listener.local_addr().map_err(failed)?;
        let (grace, store) = (api.server.shutdown_grace, api.store.clone());

        let (stop_worker, told) = watch::channel(false);
        let worker = tokio::spawn(Worker::new(Arc::clone(&api.reconciler)).work(told));
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
            (ended, worker.await)
        };
        let outcome = tokio::time::timeout(grace, orderly).await;
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
