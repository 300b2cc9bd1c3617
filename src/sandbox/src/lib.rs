//! A Partner Center, an Entra ID and a Salesforce org in one process: what the demonstration and the tests of the whole
//! system talk to. Written from the vendors' public documentation and sharing no code with the crates that it is there
//! to check.
//!
//! [`run`] serves them on loopback; [`in_process`] hands them out as routers, without a socket.

mod chance;
mod clock;
mod control;
mod entra;
mod faults;
mod gateway;
mod handover;
pub mod in_process;
mod keys;
mod locked;
mod page;
mod partner_center;
mod ready;
mod salesforce;
mod stop;
mod system;
mod webhooks;

use std::io::Write;

pub use crate::system::Options;
use crate::system::System;

/// Serves everything until it is told to stop, by a signal or, if wanted, by the end of standard input.
pub async fn run(options: Options, until_stdin_closes: bool) -> Result<(), Box<dyn std::error::Error>> {
    let stop = stop::requested(until_stdin_closes)?;
    let mut system = System::start(options)?;
    writeln!(std::io::stdout(), "{}", serde_json::to_string(&system.ready)?)?;
    tokio::select! {
        () = stop => Ok(()),
        () = system.failed() => Err("a service has stopped by itself".into()),
    }
}
