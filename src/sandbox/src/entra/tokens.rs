//! The tokens that were given out. They are random and mean nothing by themselves: what one is good for is remembered
//! here, as a resource server may not read what Entra issues for another.

use std::collections::{HashMap, HashSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use time::OffsetDateTime;

struct Access {
    audience: String,
    expires: OffsetDateTime,
}

/// All tokens of the one application.
pub(super) struct Tokens {
    refresh: HashSet<String>,
    access: HashMap<String, Access>,
    /// Whether using a refresh token replaces it.
    pub(super) rotate: bool,
}

impl Tokens {
    /// With one refresh token.
    pub(super) fn new(refresh_token: &str) -> Self {
        Self { refresh: HashSet::from([refresh_token.to_owned()]), access: HashMap::new(), rotate: false }
    }

    pub(super) fn allow_refresh(&mut self, token: &str) {
        self.refresh.insert(token.to_owned());
    }

    pub(super) fn knows_refresh(&self, token: &str) -> bool {
        self.refresh.contains(token)
    }

    pub(super) fn revoke_refresh_tokens(&mut self) {
        self.refresh.clear();
    }

    /// The token that replaces this one, when tokens rotate.
    pub(super) fn rotated(&mut self, used: &str) -> Option<String> {
        if !self.rotate {
            return None;
        }
        let next = random();
        self.refresh.remove(used);
        self.refresh.insert(next.clone());
        Some(next)
    }

    pub(super) fn new_access(&mut self, audience: &str, expires: OffsetDateTime) -> String {
        let token = random();
        self.access.insert(token.clone(), Access { audience: audience.to_owned(), expires });
        token
    }

    pub(super) fn accepts(&self, token: &str, audience: &str, now: OffsetDateTime) -> bool {
        self.access.get(token).is_some_and(|access| access.audience == audience && now < access.expires)
    }

    /// Every access token and every refresh token that is good for something.
    pub(super) fn live(&self) -> (Vec<String>, Vec<String>) {
        (self.access.keys().cloned().collect(), self.refresh.iter().cloned().collect())
    }

    pub(super) fn expire_access_tokens(&mut self) {
        self.access.clear();
    }
}

/// 64 random bytes as text: long enough that nobody mistakes it for something to read.
pub(super) fn random() -> String {
    let bytes: Vec<u8> = (0..4).flat_map(|_| uuid::Uuid::new_v4().into_bytes()).collect();
    URL_SAFE_NO_PAD.encode(bytes)
}
