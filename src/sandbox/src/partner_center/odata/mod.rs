//! The subset of `OData` that the list of referrals is documented to take (Microsoft Learn, "Get the list of leads and
//! opportunities"). Strict on purpose: a client that leans on more than is documented must learn it here, not at
//! Microsoft. Knows the shape of a referral only by the names it may filter and sort on.

mod filter;
mod lex;
mod options;
mod parse;

pub(super) use options::{Order, Place, Query};
