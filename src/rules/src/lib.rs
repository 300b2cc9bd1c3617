//! What Microsoft accepts, decided in one place for the browser and the server.
//!
//! A Salesforce opportunity comes in as a record ([`salesforce`]), becomes a model ([`model`]), is checked by the rule book
//! ([`validate`]), mapped to Partner Center's documents ([`map`]) and compared with what Partner Center holds ([`reconcile`]).
//! Findings are data; their words are in [`message`].
//!
//! This crate does no I/O, reads no clock and draws no random number: the day is an argument, like everything else. The same
//! functions run in the Lightning component, in the proxy and in the tests.

pub mod country;
pub mod currency;
pub mod decimal;
pub mod facts;
pub mod finding;
pub mod inbound;
pub mod json;
pub mod lifecycle;
pub mod map;
pub mod message;
pub mod model;
pub mod moment;
pub mod reconcile;
pub mod referral;
pub mod review;
pub mod row;
pub mod salesforce;
pub mod settings;
pub mod taxonomy;
mod text;
pub mod validate;
