//! What work is about: an opportunity, or an engagement that has none yet. Each has one text, which keeps the two apart.

use std::borrow::Cow;
use std::fmt;

use uuid::Uuid;

use crate::ids::SalesforceId;

const ENGAGEMENT: &str = "engagement/";

/// Something that one run at a time may work on.
pub trait Key: Clone + fmt::Debug + Send + Sync {
    /// Its text in the store.
    fn text(&self) -> Cow<'_, str>;
}

/// An engagement of Partner Center.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EngagementId(Uuid);

impl EngagementId {
    /// Reads a GUID. `None` for anything else, which can't be an engagement.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::parse_str(text).ok().map(Self)
    }
}

impl fmt::Display for EngagementId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Key for SalesforceId {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_str())
    }
}

impl Key for EngagementId {
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{ENGAGEMENT}{self}"))
    }
}

/// Work of either kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WorkKey {
    /// Make an opportunity and its referrals equal.
    Opportunity(SalesforceId),
    /// Find out what an engagement is in Salesforce, and make it so.
    Engagement(EngagementId),
}

impl WorkKey {
    /// Reads the text of either kind.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix(ENGAGEMENT) {
            Some(id) => EngagementId::parse(id).map(Self::Engagement),
            None => SalesforceId::parse(text).map(Self::Opportunity),
        }
    }
}

impl Key for WorkKey {
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Opportunity(id) => id.text(),
            Self::Engagement(id) => id.text(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_as_what_it_was() {
        for text in ["006Qy00000AbCdEIAV", "engagement/7c1e0000-0000-4000-8000-000000000002"] {
            assert_eq!(WorkKey::parse(text).unwrap().text(), text);
        }
        for text in ["", "engagement/", "engagement/006Qy00000AbCdEIAV", "7c1e0000-0000-4000-8000-000000000002"] {
            assert_eq!(WorkKey::parse(text), None, "{text}");
        }
    }
}
