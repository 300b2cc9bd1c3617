//! The rules from outside, as the page and the proxy use them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

mod audit;
mod common;
mod map;
mod plan;
mod review_cases;
