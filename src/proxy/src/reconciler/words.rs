//! The reasons of the proxy's own, and the sentences for all reasons, which the rules hold in every language.

use cosell_rules::message::{self, Language};

/// The deal has findings.
pub(crate) const NOT_READY: &str = "deal.not-ready";
/// Another run for the same opportunity has not ended.
pub(crate) const RUNNING: &str = "reconcile.running";
/// Salesforce did not answer at the end of a run.
pub(crate) const SALESFORCE_UNAVAILABLE: &str = "salesforce.unavailable";

/// Salesforce does not let the proxy in.
pub(crate) const SALESFORCE_SIGN_IN: &str = "salesforce.sign-in";

/// The sentence for a reason.
pub(crate) fn sentence(code: &str, detail: &str, language: Language) -> String {
    message::phrase(code, &[("detail", detail)], language).trim_end().to_owned()
}

/// The sentence for findings that stand in the way: `first` is that of the first one, `blocking` how many of them block.
pub(crate) fn not_ready(first: &str, blocking: usize, shared: bool, language: Language) -> String {
    if shared {
        return first.to_owned();
    }
    message::phrase("needs-you", &[("count", &blocking.to_string()), ("first", first)], language)
}
