//! The referrals, in the order of their creation. Gives out ids and versions; knows no rule.

use serde_json::Value;

use super::document::{Document, set, text};

/// All referrals of the partner, with the Microsoft referrals of their engagements.
#[derive(Default)]
pub(super) struct Store {
    referrals: Vec<Document>,
    accepted: u32,
    stale: Stale,
}

/// What lists are answered with while they lag behind: nothing promises that a list knows what was created a moment ago.
#[derive(Default)]
struct Stale {
    lists: u32,
    referrals: Vec<Document>,
}

impl Store {
    /// All, oldest first.
    pub(super) fn all(&self) -> &[Document] {
        &self.referrals
    }

    /// All that a list knows of: while lists are stale, the referrals as they were then. One list less is stale after that.
    pub(super) fn listed(&mut self) -> &[Document] {
        if self.stale.lists == 0 {
            return &self.referrals;
        }
        self.stale.lists -= 1;
        &self.stale.referrals
    }

    /// Lets that many lists be answered with the referrals as they are now.
    pub(super) fn make_stale(&mut self, lists: u32) {
        self.stale = Stale { lists, referrals: self.referrals.clone() };
    }

    /// The one with that id, in whatever case it is written.
    pub(super) fn get(&self, id: &str) -> Option<&Document> {
        self.referrals.iter().find(|referral| text(referral, &["id"]).eq_ignore_ascii_case(id))
    }

    /// Whether any referral belongs to that engagement.
    pub(super) fn has_engagement(&self, id: &str) -> bool {
        self.referrals.iter().any(|referral| text(referral, &["engagementId"]).eq_ignore_ascii_case(id))
    }

    /// Adds a new one. Its `updatedDateTime` is the one of its creation.
    pub(super) fn insert(&mut self, mut referral: Document, now: &str) -> Document {
        version(&mut referral, now);
        self.referrals.push(referral.clone());
        referral
    }

    /// Puts a changed one in the place of the old.
    pub(super) fn replace(&mut self, mut referral: Document, now: &str) -> Document {
        version(&mut referral, now);
        let id = text(&referral, &["id"]).to_owned();
        if let Some(stored) = self.referrals.iter_mut().find(|stored| text(stored, &["id"]) == id) {
            stored.clone_from(&referral);
        }
        referral
    }

    /// The number of the next opportunity in Microsoft's own CRM.
    pub(super) fn next_microsoft_number(&mut self) -> u32 {
        self.accepted += 1;
        self.accepted
    }
}

/// Every write is a new version. The quotes are part of the value, as in the documentation.
fn version(referral: &mut Document, now: &str) {
    set(referral, "updatedDateTime", now);
    set(referral, "eTag", Value::String(format!("\"{}\"", uuid::Uuid::new_v4())));
}
