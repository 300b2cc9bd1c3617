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
    /// Print the default configuration with the meaning of every key.
    Defaults,
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Serve { config } => serve(config.as_deref()).await.map_err(|error| error.to_string()),
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

async fn serve(file: Option<&Path>) -> Result<(), StartError> {
    // Variables that are not text can't be ours.
    let environment: Environment =
        std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))).collect();
    let config = Config::load(file, &environment)?;
    log::start(&config.log)?;
    for sentence in config::strangers(&environment) {
        tracing::warn!("{sentence}");
    }
    let app = App::build(&config, Arc::new(SystemClock)).await?;
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
