//! The reasons of the proxy's own, and the sentences for all reasons and for the audit trail, which the rules hold in every
//! language.

use std::borrow::Cow;

use cosell_rules::finding::Param;
use cosell_rules::message;
use cosell_rules::reconcile::Entry;

/// The deal has findings.
pub(crate) const NOT_READY: &str = "deal.not-ready";
/// Another run for the same opportunity has not ended.
pub(crate) const RUNNING: &str = "reconcile.running";
/// Salesforce did not answer at the end of a run.
pub(crate) const SALESFORCE_UNAVAILABLE: &str = "salesforce.unavailable";

/// Salesforce has the opportunity no more, or hides it from the proxy.
pub(crate) const SALESFORCE_GONE: &str = "salesforce.gone";

/// A setting of the org's that can't be read.
pub(crate) const SETTINGS_UNREADABLE: &str = "settings.unreadable";

/// What Salesforce answers can't be read, or may not be.
pub(crate) const SALESFORCE_UNREADABLE: &str = "salesforce.unreadable";

/// A change was noticed and is not carried over yet.
pub(crate) const PENDING: &str = "reconcile.pending";

/// Salesforce does not let the proxy in.
pub(crate) const SALESFORCE_SIGN_IN: &str = "salesforce.sign-in";

/// A reason that is not in the list.
pub(crate) const DECISION_REASON: &str = "decision.reason";
/// Nothing came that could be answered.
pub(crate) const DECISION_NOT_INCOMING: &str = "decision.not-incoming";
/// Another process works on the deal that is to be decided.
pub(crate) const DECISION_BUSY: &str = "decision.busy";
/// An inbound referral that Salesforce does not take.
pub(crate) const INBOUND_REFUSED: &str = "inbound.refused";
/// No stage is set for inbound referrals.
pub(crate) const INBOUND_NO_STAGE: &str = "inbound.no-stage";
/// The stage that is set does not exist.
pub(crate) const INBOUND_UNKNOWN_STAGE: &str = "inbound.unknown-stage";

/// What a referral became was deleted in Salesforce.
pub(crate) const INBOUND_DELETED: &str = "inbound.deleted";

/// More of a value the trail does not repeat.
const LONGEST_VALUE: usize = 80;

/// The sentence for a reason, in the language of `locale`.
pub(crate) fn sentence(code: &str, detail: &str, locale: &str) -> String {
    message::phrase(code, &[("detail", detail.into())], locale)
}

/// The sentence for findings that stand in the way: `first` is that of the first one, `blocking` how many of them block.
pub(crate) fn not_ready(first: &str, blocking: usize, shared: bool, locale: &str) -> String {
    if shared {
        return first.to_owned();
    }
    message::phrase("needs-you", &[("count", blocking.into()), ("first", first.into())], locale)
}

/// The line of the trail for an entry.
pub(crate) fn told(entry: &Entry, locale: &str) -> String {
    let is_overruled = matches!(entry, Entry::Overruled { .. });
    let brief = |(name, param)| match param {
        Param::Text(text) if is_overruled => (name, Param::from(shown(&text, locale))),
        other => (name, other),
    };
    let params: Vec<_> = entry.params().into_iter().map(brief).collect();
    message::phrase(entry.key(), &params, locale).replace(['\r', '\n'], " ")
}

/// A value as the trail shows it: never nothing at all, and never pages of it.
fn shown(value: &str, locale: &str) -> String {
    if value.is_empty() {
        return message::phrase("audit.blank", &[], locale);
    }
    let mut letters = value.chars();
    let start: Cow<'_, str> = letters.by_ref().take(LONGEST_VALUE).collect();
    if letters.next().is_some() { format!("{}…", start.trim_end()) } else { start.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_fields_as_sellers_do() {
        let sent = Entry::Sent { fields: vec!["amount".into(), "closeDate".into(), "Campaign_Code__c".into()] };
        assert_eq!(told(&sent, "en"), "Sent to Partner Center: deal value, close date and Campaign_Code__c.");
        assert_eq!(told(&sent, "fr"), "Envoyé à l’Espace partenaires\u{a0}: montant, date de clôture et Campaign_Code__c.");
    }

    #[test]
    fn a_value_is_never_nothing_and_never_pages_long() {
        assert_eq!(shown("", "en"), "nothing");
        assert_eq!(shown("short", "en"), "short");
        assert_eq!(shown(&"long ".repeat(40), "en"), format!("{}…", "long ".repeat(16).trim_end()));
    }
}
