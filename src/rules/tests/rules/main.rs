//! The rules from outside: case files, and what the crate promises across its modules.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

mod mapping;
mod records;
mod review_cases;
mod support;
mod trail;
#[path = "../reconcile/world.rs"]
#[allow(dead_code, reason = "the tests of reconciling use the rest of it")]
mod world;
