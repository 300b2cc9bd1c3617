//! `cosell-sandbox`: reads the command line, starts the sandbox, says where it is.
//!
//! `cosell-sandbox [--page DIR] [--directory DIR] [--listen ADDRESS] [--until-stdin-closes]` prints one line of JSON
//! when it listens: the address of each service, and what the proxy has to be told. The browser's origin is plain
//! HTTP; the upstream services speak TLS under a CA that is made at start. Each has a free port of its own.

use std::io::Write;
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use cosell_sandbox::Options;

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
    let Arguments { page, directory, listen, until_stdin_closes } = Arguments::parse();
    match cosell_sandbox::run(Options { page, directory, listen }, until_stdin_closes).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // With standard error gone there is nowhere left to say it.
            let _ = writeln!(std::io::stderr(), "cosell-sandbox: {error}");
            ExitCode::FAILURE
        }
    }
}
