//! `cosell-proxy webhooks …`: the registration from the command line, in words. It works beside a proxy that runs, whose store it
//! then only reads: a test event needs that proxy to be there.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use super::{Registrar, RegistrationError, Standing, Status};
use crate::clock::Clock;
use crate::config::{Config, ConfigError, Faults};
use crate::entra::{Entra, EntraError};
use crate::net;
use crate::partner_center::{Delivery, PartnerCenterError, Registrations};
use crate::store::crypto::Cipher;
use crate::store::{Store, StoreError};

/// How often, and how many times, the outcome of a test is asked for.
const TEST_PAUSE: Duration = Duration::from_secs(5);
const TEST_LOOKS: usize = 12;

/// What to do.
#[derive(Clone, Copy, Debug)]
pub enum Command {
    /// Make sure that events come here.
    Register {
        /// Also where another address has them now.
        overwrite: bool,
    },
    /// Say how the registration stands.
    Status,
    /// Ask for a test event and say what becomes of it.
    Test,
}

/// Why it could not be done.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the message of each variant is its documentation")]
pub enum CommandError {
    #[error(transparent)]
    Config(#[from] Faults),
    #[error("webhooks.public_url is not set, so there is nothing to register: give it the public address of this proxy.")]
    Off,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}.")]
    Entra(#[from] EntraError),
    #[error("{0}.")]
    PartnerCenter(#[from] PartnerCenterError),
    #[error(transparent)]
    Registration(#[from] RegistrationError),
    #[error("The events do not all come to {0}.")]
    NotOurs(String),
    #[error("The test event has not arrived.")]
    NotArrived,
    #[error("What there is to say cannot be written: {0}.")]
    Output(#[from] io::Error),
}

impl From<ConfigError> for CommandError {
    fn from(fault: ConfigError) -> Self {
        Self::Config(fault.into())
    }
}

/// Does it, and says on `out` what is so now. An error where the events do not come here.
pub async fn run(config: &Config, command: Command, clock: Arc<dyn Clock>, mut out: impl Write) -> Result<(), CommandError> {
    let registrar = registrar(config, clock).await?;
    match command {
        Command::Register { overwrite } => say_status(&registrar.register(overwrite).await?, &mut out),
        Command::Status => say_status(&registrar.look().await?, &mut out),
        Command::Test => test(&registrar, &mut out).await,
    }
}

async fn registrar(config: &Config, clock: Arc<dyn Clock>) -> Result<Registrar, CommandError> {
    let http = net::client(config)?;
    let cipher = Cipher::from_config(&config.store.encryption_key)?;
    let entra = match Store::open(&config.store, cipher).await {
        Ok(store) => Entra::new(&config.entra, http.clone(), Arc::clone(&clock), store)?,
        Err(StoreError::InUse(path)) => {
            let cipher = Cipher::from_config(&config.store.encryption_key)?;
            Entra::beside(&config.entra, http.clone(), Arc::clone(&clock), &path, &cipher).await?
        }
        Err(error) => return Err(error.into()),
    };
    let registrations = Registrations::new(&config.webhooks, http, Arc::clone(&clock), Arc::new(entra))?;
    Registrar::new(&config.webhooks, registrations, clock).ok_or(CommandError::Off)
}

fn say_status(status: &Status, out: &mut impl Write) -> Result<(), CommandError> {
    let registered = status.registered_url.as_deref().unwrap_or_default();
    let sentence = match status.state {
        Standing::Ours => "All events come here.".to_owned(),
        Standing::MissingEvents => {
            let missing = status.missing_events.join(", ");
            format!("These events are not registered: {missing}. `cosell-proxy webhooks register` adds them.")
        }
        Standing::OtherUrl => format!(
            "Another address holds the tenant's registration and gets all events: {registered}. \
             `cosell-proxy webhooks register --overwrite` takes them away from it."
        ),
        Standing::NotRegistered => "Nobody is registered. `cosell-proxy webhooks register` does it.".to_owned(),
    };
    writeln!(out, "This proxy: {}\nRegistered: {registered}\n{sentence}", status.public_url)?;
    if status.state == Standing::Ours { Ok(()) } else { Err(CommandError::NotOurs(status.public_url.clone())) }
}

async fn test(registrar: &Registrar, out: &mut impl Write) -> Result<(), CommandError> {
    let id = registrar.test().await?;
    writeln!(out, "Partner Center was asked for the test event {id}.")?;
    let mut last = None;
    for look in 0..TEST_LOOKS {
        if look > 0 {
            tokio::time::sleep(TEST_PAUSE).await;
        }
        last = registrar.delivery(id).await?.or(last);
        if last.as_ref().is_some_and(Delivery::is_over) {
            break;
        }
    }
    let Some(delivery) = last else { return Err(CommandError::NotArrived) };
    for attempt in &delivery.results {
        let who = if attempt.system_error { " (Microsoft's side failed)" } else { "" };
        let (at, code, message) = (&attempt.date_time_utc, &attempt.response_code, &attempt.response_message);
        writeln!(out, "{at}  {code}{who}  {message}")?;
    }
    writeln!(out, "Status: {}", delivery.status)?;
    if delivery.arrived() { Ok(()) } else { Err(CommandError::NotArrived) }
}
