//! The referrals, in the order of their creation, and what has changed about them since somebody was told. Gives out
//! versions; knows no rule.

use serde_json::Value;

use super::create::PARTNER;
use super::document::{Document, set, text};
use crate::chance::Ids;
use crate::webhooks::{Change, Whose};

/// All referrals of the partner, with the Microsoft referrals of their engagements.
#[derive(Default)]
pub(super) struct Store {
    ids: Ids,
    referrals: Vec<Document>,
    accepted: u32,
    stale: Stale,
    changes: Vec<Change>,
}

/// What lists are answered with while they lag behind: nothing promises that a list knows what was created a moment ago.
#[derive(Default)]
struct Stale {
    lists: u32,
    referrals: Vec<Document>,
}

impl Store {
    /// An empty one that takes its ids from here.
    pub(super) fn new(ids: Ids) -> Self {
        Self { ids, ..Self::default() }
    }

    /// Without referrals, and nothing stale.
    pub(super) fn clear(&mut self) {
        *self = Self::new(self.ids.clone());
    }

    /// An id that nothing has yet.
    pub(super) fn new_id(&self) -> String {
        self.ids.next().to_string()
    }

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
        self.version(&mut referral, now);
        self.referrals.push(referral.clone());
        self.note(&referral, true);
        referral
    }

    /// Puts a changed one in the place of the old.
    pub(super) fn replace(&mut self, mut referral: Document, now: &str) -> Document {
        self.version(&mut referral, now);
        let id = text(&referral, &["id"]).to_owned();
        if let Some(stored) = self.referrals.iter_mut().find(|stored| text(stored, &["id"]) == id) {
            stored.clone_from(&referral);
        }
        self.note(&referral, false);
        referral
    }

    /// What has changed since this was asked last, in order.
    pub(super) fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    fn note(&mut self, referral: &Document, created: bool) {
        let whose = if is_ours(referral) {
            Whose::Own
        } else {
            let engagement = text(referral, &["engagementId"]);
            let mut own = self.referrals.iter().filter(|known| is_ours(known) && text(known, &["engagementId"]) == engagement);
            Whose::Related { own: own.next().map(|own| text(own, &["id"]).to_owned()) }
        };
        self.changes.push(Change { created, id: text(referral, &["id"]).to_owned(), whose });
    }

    /// The number of the next opportunity in Microsoft's own CRM.
    pub(super) fn next_microsoft_number(&mut self) -> u32 {
        self.accepted += 1;
        self.accepted
    }

    /// Every write is a new version. The quotes are part of the value, as in the documentation.
    fn version(&self, referral: &mut Document, now: &str) {
        set(referral, "updatedDateTime", now);
        set(referral, "eTag", Value::String(format!("\"{}\"", self.new_id())));
    }
}

/// Whether it is the partner's own.
pub(super) fn is_ours(referral: &Document) -> bool {
    text(referral, &["organizationId"]) == PARTNER.0
}
