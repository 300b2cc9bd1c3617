//! `cosell-proxy inbound`: the referrals that Salesforce does not take, in words. It works beside a proxy that runs, whose store it
//! then only reads.

use std::io::{self, Write};

use crate::config::{Config, ConfigError, Faults};
use crate::reconciler::sentence;
use crate::store::crypto::Cipher;
use crate::store::{Inbound, Store, StoreError, stuck_beside};

/// More than anybody reads at once; the oldest come first.
const MOST: usize = 1_000;

/// Why they could not be told.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the message of each variant is its documentation")]
pub enum StuckError {
    #[error(transparent)]
    Config(#[from] Faults),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("What there is to say cannot be written: {0}.")]
    Output(#[from] io::Error),
}

impl From<ConfigError> for StuckError {
    fn from(fault: ConfigError) -> Self {
        Self::Config(fault.into())
    }
}

/// Says on `out` which referrals wait, and what for.
pub async fn list(config: &Config, mut out: impl Write) -> Result<(), StuckError> {
    let stuck = match Store::open(&config.store, Cipher::from_config(&config.store.encryption_key)?).await {
        Ok(store) => {
            let stuck = store.stuck_inbound(MOST).await;
            store.close().await;
            stuck?
        }
        Err(StoreError::InUse(path)) => stuck_beside(&path, MOST).await?,
        Err(error) => return Err(error.into()),
    };
    if stuck.is_empty() {
        writeln!(out, "Nothing stands in the way of any referral.")?;
    }
    for Inbound { engagement_id, referral_id, begun_at, reason, .. } in &stuck {
        let why = reason.as_ref().map(|reason| sentence(&reason.code, &reason.detail, "en")).unwrap_or_default();
        let day = begun_at.date();
        if referral_id.is_empty() {
            writeln!(out, "{day} engagement {engagement_id}: {why}")?;
        } else {
            writeln!(out, "{day} referral {referral_id} (engagement {engagement_id}): {why}")?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::tests::held;
    use crate::store::{EngagementId, Reason};
    use crate::test_server::World;
    use crate::token::tests::NOW;

    async fn said(world: &World) -> String {
        let mut out = Vec::new();
        list(&world.config, &mut out).await.unwrap();
        String::from_utf8(out).unwrap()
    }

    #[tokio::test]
    async fn an_administrator_reads_beside_the_proxy_what_stands_in_the_way() {
        let world = World::start(&[]).await;
        assert_eq!(said(&world).await, "Nothing stands in the way of any referral.\n");
        let key = EngagementId::parse("7c1e0000-0000-4000-8000-000000000002").unwrap();
        let store = &world.app.api().store;
        let held = held(store, &key).await;
        let reason = Reason { code: "inbound.refused".to_owned(), detail: "Ask sales.".to_owned(), until: None };
        store.obstruct_inbound(&held, "7c1e0000-0000-4000-8000-000000000001", &reason, NOW).await.unwrap();
        let said = said(&world).await;
        let told = "Salesforce does not take a referral from Partner Center: Ask sales.";
        assert!(said.contains("000000000001 (engagement") && said.contains(told), "{said}");
    }
}
