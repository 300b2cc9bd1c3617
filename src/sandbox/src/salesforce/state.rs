//! Everything of the org that changes, under one lock: rows, features, sessions, query cursors.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Features;
use super::errors::ApiError;
use super::rules::Rules;
use super::store::{Store, Until, Writer};

/// Who calls, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Session {
    /// The user's id.
    pub(super) user: String,
    /// What the user may do.
    pub(super) rights: Rights,
    /// Whether the token endpoint gave it out, and not the browser's login.
    pub(super) from_oauth: bool,
}

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rights {
    /// Write records.
    pub(super) edit: bool,
    /// Share with Microsoft: the custom permission `Cosell_Share`.
    pub(super) share: bool,
    /// Set Cosell up: the custom permission `Cosell_Administer`.
    pub(super) administer: bool,
}

impl Default for Rights {
    /// All of them.
    fn default() -> Self {
        Self { edit: true, share: true, administer: true }
    }
}

/// The org's state.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The rows.
    pub(super) store: Store,
    /// The features.
    pub(super) features: Features,
    /// What users may do, by user id.
    pub(super) rights: BTreeMap<String, Rights>,
    /// Live sessions by token.
    pub(super) sessions: BTreeMap<String, Session>,
    /// `jti` values that assertions have used up.
    pub(super) used_assertions: BTreeSet<String>,
    /// Rows that queries still owe, by locator.
    pub(super) cursors: BTreeMap<String, Vec<Value>>,
    /// API calls answered so far.
    pub(super) calls: u64,
    /// The calls the org may make in 24 hours.
    pub(super) allowance: Allowance,
    /// The org's own rules.
    pub(super) rules: Rules,
    /// What is done with the next write of a call, when it is not to be committed with the call.
    pub(super) lateness: Option<Lateness>,
    /// How many query locators were given out.
    pub(super) locators: u64,
}

/// How many calls an org may make in 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Allowance(pub(super) u64);

impl Default for Allowance {
    /// What an Enterprise Edition org starts with.
    fn default() -> Self {
        Self(100_000)
    }
}

/// A write that will be committed late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lateness {
    /// When it is committed.
    pub(super) until: Until,
    /// Whether the calls of the integration user are left alone.
    pub(super) sellers_only: bool,
}

impl State {
    /// Does the work of a call. What it writes stays in an open transaction when the next write is to be committed late.
    pub(super) fn perform<T>(&mut self, session: &Session, now: time::OffsetDateTime, work: impl FnOnce(&mut Self) -> T) -> T {
        let late = self.lateness.filter(|late| !(late.sellers_only && session.from_oauth));
        let before = late.map(|late| (late.until, self.store.clone()));
        let result = work(self);
        if let Some((until, before)) = before
            && self.store.hold_back(before, now, until)
        {
            self.lateness = None;
        }
        result
    }

    /// Opens a session for a user and gives its token. The token is opaque, carries the org's id and, as real ones do,
    /// an exclamation mark.
    pub(super) fn open_session(&mut self, org: &str, user: &str, from_oauth: bool) -> String {
        let rights = self.rights.get(user).copied().unwrap_or_default();
        let short = org.get(..15).unwrap_or(org);
        let secret = [uuid::Uuid::new_v4(), uuid::Uuid::new_v4()].map(|half| half.simple().to_string());
        let token = format!("{short}!AQ{}", secret.concat());
        let session = Session { user: user.to_owned(), rights, from_oauth };
        self.sessions.insert(token.clone(), session);
        token
    }

    /// Whether this user may edit the records of an object. The integration user may, whatever sellers may.
    pub(super) fn may_edit(&self, session: &Session, object: &str) -> bool {
        session.rights.edit && (session.from_oauth || !self.rules.read_only.contains(object))
    }

    /// What is said to who may not.
    pub(super) fn no_access() -> ApiError {
        ApiError::on(&[], "INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id")
    }

    /// Writes records as one transaction: after an error everything is as before.
    pub(super) fn write<T>(
        &mut self,
        session: &Session,
        now: time::OffsetDateTime,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        if !session.rights.edit {
            return Err(Self::no_access());
        }
        let before = self.store.clone();
        let mut writer = Writer {
            store: &mut self.store,
            features: self.features,
            now,
            user: session.user.clone(),
            rules: &self.rules,
            allow_duplicates: false,
            setup: false,
        };
        let result = work(&mut writer);
        if result.is_err() {
            self.store = before;
        }
        result
    }
}
