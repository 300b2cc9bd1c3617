//! The thin proxy: holds the credentials of both sides, offers the seller API, and keeps an opportunity and its referrals
//! equal. What may be shared and what is left to do is decided by `cosell-rules`, never here.

pub mod app;
pub mod chance;
pub mod clock;
pub mod config;
pub mod entra;
pub mod health;
pub mod http;
mod http_date;
pub mod ids;
mod lenient;
pub mod log;
pub mod net;
pub mod partner_center;
mod pem;
pub mod reconciler;
pub mod registration;
pub mod salesforce;
pub mod store;
pub mod stuck;
pub mod surroundings;
#[cfg(test)]
mod test_server;
pub mod token;
pub mod webhook;
mod wire_time;
