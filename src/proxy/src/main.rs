//! `cosell-proxy`: reads the command line, starts the proxy, says on standard error what went wrong.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Parser, Subcommand};
use cosell_proxy::app::{App, StartError};
use cosell_proxy::clock::SystemClock;
use cosell_proxy::config::{self, Config, Environment};
use cosell_proxy::log;
use cosell_proxy::reconciler::Rebuilt;
use cosell_proxy::registration::console::{self, CommandError};
use cosell_proxy::stuck::{self, StuckError};
use tokio::signal::unix::{SignalKind, signal};

/// Keeps Salesforce opportunities and Partner Center referrals equal.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the seller API and do what is due, until SIGTERM or Ctrl-C.
    Serve {
        /// Configuration file (TOML); every key and its variable is explained by `cosell-proxy defaults`.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Make a lost store again from Salesforce and Partner Center: find every pair, and have it looked at. Safe to repeat.
    Rebuild {
        /// Configuration file (TOML), the same as for `serve`.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// List the referrals that Salesforce does not take, and why. Works beside a proxy that runs.
    Inbound {
        /// Configuration file (TOML), the same as for `serve`.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Register with Partner Center for its events, and see whether they arrive.
    Webhooks {
        /// Configuration file (TOML), the one that the proxy is started with.
        #[arg(long, value_name = "FILE", global = true)]
        config: Option<PathBuf>,
        #[command(subcommand)]
        command: Webhooks,
    },
    /// Print the default configuration with the meaning of every key.
    Defaults,
}

#[derive(Subcommand)]
enum Webhooks {
    /// Make sure that the tenant's events come to the public address of the configuration.
    Register {
        /// Take them away from another address that has them now: there is one registration for the whole tenant.
        #[arg(long)]
        overwrite: bool,
    },
    /// Say where the tenant's events go; fails when it is not here.
    Status,
    /// Have Partner Center send a test event, and say whether the running proxy took it.
    Test,
}

impl From<Webhooks> for console::Command {
    fn from(command: Webhooks) -> Self {
        match command {
            Webhooks::Register { overwrite } => Self::Register { overwrite },
            Webhooks::Status => Self::Status,
            Webhooks::Test => Self::Test,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Serve { config } => serve(config.as_deref()).await.map_err(|error| error.to_string()),
        Command::Rebuild { config } => rebuild(config.as_deref()).await.map_err(|error| error.to_string()),
        Command::Inbound { config } => inbound(config.as_deref()).await.map_err(|error| error.to_string()),
        Command::Webhooks { config, command } => {
            webhooks(config.as_deref(), command.into()).await.map_err(|error| error.to_string())
        }
        Command::Defaults => io::stdout().write_all(config::DEFAULTS.as_bytes()).map_err(|error| error.to_string()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            // Nothing is left to be told when standard error is gone too.
            writeln!(io::stderr(), "{sentence}").unwrap_or_default();
            ExitCode::FAILURE
        }
    }
}

/// Variables that are not text can't be ours.
fn environment() -> Environment {
    std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))).collect()
}

async fn inbound(file: Option<&Path>) -> Result<(), StuckError> {
    let config = Config::load(file, &environment())?;
    log::start(&config.log)?;
    stuck::list(&config, io::stdout()).await
}

async fn webhooks(file: Option<&Path>, command: console::Command) -> Result<(), CommandError> {
    let config = Config::load(file, &environment())?;
    log::start(&config.log)?;
    console::run(&config, command, Arc::new(SystemClock), io::stdout()).await
}

/// The parts of the proxy as the configuration has them, with the log switched on.
async fn build(file: Option<&Path>) -> Result<App, StartError> {
    let environment = environment();
    let config = Config::load(file, &environment)?;
    log::start(&config.log)?;
    for sentence in config::strangers(&environment) {
        tracing::warn!("{sentence}");
    }
    App::build(&config, Arc::new(SystemClock)).await
}

async fn rebuild(file: Option<&Path>) -> Result<(), StartError> {
    let Rebuilt { opportunities, referrals, incoming, unfinished } = build(file).await?.rebuild().await?;
    let mut said = format!(
        "Opportunities that will be looked at: {opportunities}. Referrals of them that are known for sure: {referrals}. \
         Referrals that came in and will be looked at: {incoming}.\n"
    );
    if unfinished {
        said.push_str(
            "Partner Center could not be read to the end. The rest is found through Salesforce, or with a greater partner_center.max_pages.\n",
        );
    }
    // It is done all the same where nobody listens.
    io::stdout().write_all(said.as_bytes()).unwrap_or_default();
    Ok(())
}

async fn serve(file: Option<&Path>) -> Result<(), StartError> {
    let app = build(file).await?;
    let mut terminate = signal(SignalKind::terminate()).map_err(StartError::Serve)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(StartError::Serve)?;
    let stop = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    };
    app.serve(io::stdout(), stop).await
}
