//! From what Partner Center answered to how the pair stands: whose turn it is, and when we look again.

use std::time::Duration;

use cosell_rules::reconcile::State;

use crate::partner_center::PartnerCenterError;
use crate::store::StoreError;

/// Partner Center does not take the deal.
const REFUSED: &str = "partner-center.refused";

/// Partner Center does not take what is to change about a deal that it has.
const CHANGE_REFUSED: &str = "partner-center.change-refused";

/// When to look again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// Not before somebody changes something.
    Never,
    /// After the usual wait.
    Backoff,
    /// After the wait the other side asked for.
    After(Duration),
    /// After the usual wait, but no later than this.
    Within(Duration),
}

/// Something that stopped a run before both sides agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) state: State,
    /// Stable code, also the key of the sentence.
    pub(crate) code: &'static str,
    /// What the sentence names, or what an admin wants to know.
    pub(crate) detail: String,
    pub(crate) again: Again,
}

impl Trouble {
    fn new(state: State, code: &'static str, again: Again) -> Self {
        Self { state, code, detail: String::new(), again }
    }

    /// A create may have been done; it may be sent again when nothing is found within `rest`.
    pub(crate) fn unclear(rest: Duration) -> Self {
        Self::new(State::Waiting, "partner-center.unclear", Again::Within(rest))
    }

    /// A referral that we know of is not there.
    pub(crate) fn gone() -> Self {
        Self::new(State::Broken, "partner-center.gone", Again::Backoff)
    }

    /// The referral that the record names is another deal's.
    pub(crate) fn foreign() -> Self {
        Self::new(State::NeedsYou, "partner-center.foreign", Again::Never)
    }

    /// Steps that lead nowhere: what Partner Center says after a step is not what the step should have done.
    pub(crate) fn contradiction() -> Self {
        Self::new(State::Waiting, "partner-center.unreadable", Again::Backoff)
    }

    /// The record cannot be written, by the org's own rules.
    pub(crate) fn not_written(message: String) -> Self {
        Self { detail: message, ..Self::new(State::NeedsYou, "salesforce.refused", Again::Backoff) }
    }

    /// The same of a deal that Partner Center has already: what was refused is the change, and the deal stands as it was.
    pub(crate) fn of_a_change(self) -> Self {
        if self.code == REFUSED { Self { code: CHANGE_REFUSED, ..self } } else { self }
    }

    /// The state, code and detail of an error that ended a run before it could say so itself.
    pub(crate) fn of_unanswered(error: &PartnerCenterError) -> (State, &'static str, String) {
        match error {
            PartnerCenterError::Throttled { .. } => (State::Waiting, "partner-center.throttled", String::new()),
            PartnerCenterError::Refused { message, target, .. } => {
                (State::NeedsYou, REFUSED, in_words(message, target.as_deref()))
            }
            PartnerCenterError::SignIn { detail } => (State::Broken, "partner-center.sign-in", detail.clone()),
            PartnerCenterError::Forbidden { detail } => (State::Broken, "partner-center.forbidden", detail.clone()),
            PartnerCenterError::NotFound => (State::Broken, "partner-center.gone", String::new()),
            PartnerCenterError::Unreadable(_) => (State::Waiting, "partner-center.unreadable", String::new()),
            _ => (State::Waiting, "partner-center.unavailable", String::new()),
        }
    }

    /// Sorts an error of Partner Center. `settle` is how long a create of unknown outcome is looked for. Our own store's
    /// failure is nobody's trouble but ours.
    pub(crate) fn from_partner_center(error: PartnerCenterError, settle: Duration) -> Result<Self, StoreError> {
        let after = |after: Option<Duration>| after.map_or(Again::Backoff, Again::After);
        Ok(match error {
            PartnerCenterError::Throttled { after: wait } => Self::new(State::Waiting, "partner-center.throttled", after(wait)),
            PartnerCenterError::Unavailable { after: wait, .. } => {
                Self::new(State::Waiting, "partner-center.unavailable", after(wait))
            }
            PartnerCenterError::Unclear { .. } => Self::unclear(settle),
            PartnerCenterError::Refused { message, target, .. } => {
                Self { detail: in_words(&message, target.as_deref()), ..Self::new(State::NeedsYou, REFUSED, Again::Never) }
            }
            // Who mends the sign-in does it elsewhere: nobody tells us, so we look now and then.
            PartnerCenterError::SignIn { detail } => {
                Self { detail, ..Self::new(State::Broken, "partner-center.sign-in", Again::Backoff) }
            }
            PartnerCenterError::Forbidden { detail } => {
                Self { detail, ..Self::new(State::Broken, "partner-center.forbidden", Again::Backoff) }
            }
            PartnerCenterError::NotFound => Self::gone(),
            PartnerCenterError::Changed => Self::new(State::Waiting, "partner-center.unclear", Again::Backoff),
            PartnerCenterError::Unreadable(_) => Self::contradiction(),
            PartnerCenterError::Store(error) => return Err(error),
        })
    }
}

/// Why it was refused, for a seller: Microsoft's words, or the field that it names. A document is neither; the log has it.
fn in_words(message: &str, target: Option<&str>) -> String {
    let is_document = message.trim_start().starts_with(['{', '[', '<']);
    if message.is_empty() || is_document { target.unwrap_or_default() } else { message }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconciler::words;
    use cosell_rules::message::Language;

    const SETTLE: Duration = Duration::from_mins(1);

    #[test]
    fn every_answer_of_partner_center_says_whose_turn_it_is_and_when_we_look_again() {
        let nine = Some(Duration::from_secs(9));
        let text = String::new;
        let cases = [
            (PartnerCenterError::Throttled { after: nine }, "Waiting", "throttled", Again::After(Duration::from_secs(9))),
            (PartnerCenterError::Throttled { after: None }, "Waiting", "throttled", Again::Backoff),
            (PartnerCenterError::Unavailable { after: None, detail: text() }, "Waiting", "unavailable", Again::Backoff),
            (PartnerCenterError::Unclear { after: None, detail: text() }, "Waiting", "unclear", Again::Within(SETTLE)),
            (
                PartnerCenterError::Refused { status: 400, code: text(), message: text(), target: None, request: text() },
                "NeedsYou",
                "refused",
                Again::Never,
            ),
            (PartnerCenterError::SignIn { detail: text() }, "Broken", "sign-in", Again::Backoff),
            (PartnerCenterError::Forbidden { detail: text() }, "Broken", "forbidden", Again::Backoff),
            (PartnerCenterError::NotFound, "Broken", "gone", Again::Backoff),
            (PartnerCenterError::Changed, "Waiting", "unclear", Again::Backoff),
            (PartnerCenterError::Unreadable(text()), "Waiting", "unreadable", Again::Backoff),
        ];
        for (error, state, code, again) in cases {
            let shown = error.to_string();
            let trouble = Trouble::from_partner_center(error, SETTLE).unwrap();
            let code = format!("partner-center.{code}");
            assert_eq!((trouble.state.api_value(), trouble.code, trouble.again), (state, code.as_str(), again), "{shown}");
            for language in Language::ALL {
                let sentence = words::sentence(trouble.code, "", language.code());
                assert!(sentence.contains(' '), "{language:?} has no sentence for {code}");
            }
        }
    }

    #[test]
    fn what_was_refused_is_said_in_words_and_a_change_is_not_the_deal() {
        let trouble = |message: &str, target: Option<&str>| {
            let error = PartnerCenterError::Refused {
                status: 400,
                code: String::new(),
                message: message.to_owned(),
                target: target.map(str::to_owned),
                request: String::new(),
            };
            Trouble::from_partner_center(error, SETTLE).unwrap()
        };
        let said = |trouble: Trouble| words::sentence(trouble.code, &trouble.detail, "en");
        for (message, target, detail) in [
            ("The deal value is too large.", Some("dealValue"), " It says: The deal value is too large."),
            ("", Some("dealValue"), " It says: dealValue"),
            ("The deal value must be < 100 {EUR}.", None, " It says: The deal value must be < 100 {EUR}."),
            (r#"{"errors":["x"]}"#, Some("dealValue"), " It says: dealValue"),
            (r#"["x"]"#, None, ""),
            ("<html>", None, ""),
            ("", None, ""),
        ] {
            assert_eq!(said(trouble(message, target)), format!("Partner Center refused the deal.{detail}"));
        }
        let change = |message| said(trouble(message, None).of_a_change());
        assert_eq!(change(""), "Partner Center refused the change. The deal stands there as it was.");
        assert_eq!(change("No."), "Partner Center refused the change; the deal stands there as it was. It says: No.");
        assert_eq!(Trouble::gone().of_a_change(), Trouble::gone());
    }

    #[test]
    fn what_is_said_about_the_proxy_itself_is_said_in_every_language() {
        for code in [
            "salesforce.refused",
            words::SALESFORCE_GONE,
            words::SALESFORCE_UNAVAILABLE,
            words::SALESFORCE_SIGN_IN,
            words::SALESFORCE_UNREADABLE,
            words::SETTINGS_UNREADABLE,
            words::INBOUND_DELETED,
            words::PENDING,
            words::RUNNING,
        ] {
            let sentences = Language::ALL.map(|language| words::sentence(code, "Locked.", language.code()));
            assert!(sentences.iter().all(|sentence| sentence.contains(' ') && !sentence.contains('{')), "{sentences:?}");
            assert_ne!(sentences[0], sentences[1]);
        }
    }
}
