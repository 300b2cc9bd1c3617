//! The whole system in one thread, on a simulated network and clock, decided by a seed: the real proxy (routes, clients,
//! reconciler, feed, sweep, store) and the sandbox's real services. People edit both sides while requests and events are lost,
//! doubled and late and processes die; then it is calm, everybody has time, and both sides must be the same by themselves.
//!
//! Nothing here knows the rules that the proxy goes by; what is expected is written down once more, from what was promised.

mod actors;
mod arrived;
mod cast;
mod clock;
mod courier;
mod dice;
mod ground;
mod history;
mod incoming;
mod life;
mod network;
mod patches;
mod process;
mod promises;
mod protection;
mod run;
mod sides;
mod trace;
mod watch;
mod weather;
mod world;

pub use ground::Ground;
pub use protection::{PROTECTIONS, Protection};
pub use run::{Outcome, run};
pub use world::Violation;
