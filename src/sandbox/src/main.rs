//! A Partner Center, an Entra ID and a Salesforce org on loopback, in one process: what the demonstration and the tests
//! of the whole system talk to. Written from the vendors' public documentation and sharing no code with the crates that
//! it is there to check.
//!
//! `cosell-sandbox [--page DIR] [--directory DIR] [--listen ADDRESS] [--until-stdin-closes]` prints one line of JSON
//! when it listens: the address of each service, and what the proxy has to be told. The browser's origin is plain
//! HTTP; the three upstream services speak TLS under a CA that is made at start. Each has a free port of its own.

mod clock;
mod control;
mod entra;
mod faults;
mod handover;
mod keys;
mod locked;
mod page;
mod partner_center;
mod ready;
mod salesforce;
mod stop;
mod system;

use std::io::Write;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use crate::system::{Options, System};

/// A Partner Center, an Entra ID and a Salesforce org on loopback.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Directory of the built page (index.html, assets/, cosellRules.wasm).
    #[arg(long)]
    page: Option<PathBuf>,
    /// Directory for the keys and secrets that the proxy needs; a fresh temporary one when absent.
    #[arg(long)]
    directory: Option<PathBuf>,
    /// Address to listen on. Whoever reaches it holds all levers: keep it on loopback.
    #[arg(long, default_value = "127.0.0.1")]
    listen: IpAddr,
    /// Stop when standard input closes, so that a sandbox does not outlive the process that started it.
    #[arg(long)]
    until_stdin_closes: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // With standard error gone there is nowhere left to say it.
            let _ = writeln!(std::io::stderr(), "cosell-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let stop = stop::requested(arguments.until_stdin_closes)?;
    let Arguments { page, directory, listen, .. } = arguments;
    let mut system = System::start(Options { page, directory, listen })?;
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&system.ready)?)?;
    tokio::select! {
        () = stop => Ok(()),
        () = system.failed() => Err("a service has stopped by itself".into()),
    }
}
