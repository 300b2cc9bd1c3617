//! What is planned so that two sides become the same, and what is never planned.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

mod answers;
mod creates;
mod examples;
mod mark;
mod money;
mod properties;
mod rows;
mod trail;
mod world;
