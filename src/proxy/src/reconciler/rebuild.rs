//! A lost store, made again from both sides: every pair that either of them names gets its link back, and is looked at. What
//! a look finds out by itself is left to it; above all, it writes nothing to either side.
//!
//! What both sides had agreed on is lost with the store. A pair that differs is made equal all the same: what one side has
//! fills what the other leaves blank, and where both say something, Salesforce's word goes.

use std::collections::BTreeMap;

use cosell_rules::referral::Referral;
use time::OffsetDateTime;

use super::Reconciler;
use crate::ids::SalesforceId;
use crate::partner_center::{Direction, PartnerCenterError, Search};
use crate::salesforce::{SalesforceError, Shared};
use crate::store::{Store, StoreError};

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Opportunities that are looked at again.
    pub opportunities: usize,
    /// Those of them whose referral is known for sure.
    pub referrals: usize,
    /// Referrals that came in and that no opportunity names: what becomes of them is found out anew.
    pub incoming: usize,
    /// Partner Center holds more referrals than may be read.
    pub unfinished: bool,
}

/// Why nothing, or not everything, was made again.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the message of each variant is its documentation")]
pub enum RebuildError {
    #[error(transparent)]
    Salesforce(#[from] SalesforceError),
    #[error(transparent)]
    PartnerCenter(#[from] PartnerCenterError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Reconciler {
    /// Gives every pair its link back, and makes it due now. A link that is there keeps what it knows, so that this may be done
    /// again at any time.
    pub async fn rebuild(&self) -> Result<Rebuilt, RebuildError> {
        let records = self.salesforce.shared().await?;
        let mut referrals = Vec::new();
        let mut unfinished = false;
        for direction in [Direction::Outgoing, Direction::Incoming] {
            match self.partner_center.all(direction).await? {
                Search::Complete(found) => referrals.extend(found),
                Search::Unfinished(found) => {
                    referrals.extend(found);
                    unfinished = true;
                }
            }
        }
        let pairs = pairs(&records, &referrals);
        restore(&self.store, &pairs, self.clock.now()).await?;
        let known = pairs.values().flatten().count();
        let mut incoming = 0;
        for referral in referrals.iter().filter(|referral| came_in(referral, &records)) {
            self.store.note_arrival(&referral.id, self.clock.now()).await?;
            incoming += 1;
        }
        Ok(Rebuilt { opportunities: pairs.len(), referrals: known, incoming, unfinished })
    }
}

/// Whether a referral came in and lives, and no opportunity names it: it may still have to become one.
fn came_in(referral: &Referral, records: &[Shared]) -> bool {
    let is_named = |record: &Shared| record.referral_id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(&referral.id));
    referral.is_incoming() && !referral.is_microsoft() && !referral.is_closed() && !records.iter().any(is_named)
}

/// Keeps what is known already, and asks for a look at all of it.
async fn restore(
    store: &Store,
    pairs: &BTreeMap<SalesforceId, Option<&Referral>>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    for (key, own) in pairs {
        let own = own.map(|own| (own.id.as_str(), own.engagement_id.as_str()));
        store.restore(key, "en", own, now).await?;
    }
    Ok(())
}

/// The opportunities that either side names, each with its referral where Partner Center itself says whose it is. A record's
/// word alone is left to the look: it may have been copied from another.
fn pairs<'a>(records: &[Shared], referrals: &'a [Referral]) -> BTreeMap<SalesforceId, Option<&'a Referral>> {
    let mut pairs: BTreeMap<SalesforceId, Option<&Referral>> = records.iter().map(|record| (record.id.clone(), None)).collect();
    for referral in referrals.iter().filter(|referral| !referral.is_microsoft()) {
        let Some(key) = referral.external_reference_id.as_deref().and_then(|id| SalesforceId::parse_of(id, "006")) else {
            continue;
        };
        // The newest, which is listed first.
        pairs.entry(key).or_default().get_or_insert(referral);
    }
    // Where there are several, the record knows which.
    for record in records {
        let named = |referral: &&Referral| {
            record.referral_id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(&referral.id))
                && referral.external_reference_id.as_deref().and_then(SalesforceId::parse).as_ref() == Some(&record.id)
        };
        if let Some(own) = referrals.iter().find(named) {
            pairs.insert(record.id.clone(), Some(own));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use time::macros::datetime;

    use super::*;
    use crate::config::Secret;
    use crate::store::crypto::Cipher;
    use crate::store::{Pace, WorkKey};

    fn id(last: char) -> SalesforceId {
        SalesforceId::parse(&format!("006Qy00000AbCd{last}")).unwrap()
    }

    fn record(last: char, referral: Option<&str>) -> Shared {
        Shared { id: id(last), referral_id: referral.map(str::to_owned) }
    }

    fn referral(name: &str, external: &Value, changes: &Value) -> Referral {
        let mut document = json!({ "id": name, "engagementId": "e", "status": "New", "externalReferenceId": external });
        document.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        Referral::try_from(document).unwrap()
    }

    /// Opportunities by their last letter, and their referrals.
    type Found<'a> = &'a [(char, Option<&'a str>)];

    #[test]
    fn every_pair_that_either_side_names_is_found_and_no_word_is_taken_that_may_be_copied() {
        let to_microsoft = json!({ "target": [{ "id": "msft" }] });
        let referrals = [
            referral("newer", &json!(id('E').as_str()), &json!({})),
            referral("older", &json!("006Qy00000AbCdE"), &json!({})),
            referral("microsoft", &json!(id('F').as_str()), &to_microsoft),
            referral("unknown", &json!(id('G').as_str()), &json!({})),
            referral("foreign", &json!(id('G').as_str()), &json!({})),
            referral("incoming", &json!(null), &json!({ "direction": "Incoming" })),
            referral("elsewhere", &json!("ORDER-7"), &json!({})),
        ];
        let cases: [(&str, &[Shared], Found<'_>); 6] = [
            ("nothing in Salesforce", &[], &[('E', Some("newer")), ('G', Some("unknown"))]),
            ("not shared yet", &[record('H', None)], &[('E', Some("newer")), ('G', Some("unknown")), ('H', None)]),
            ("the record names the older", &[record('E', Some("OLDER"))], &[('E', Some("older")), ('G', Some("unknown"))]),
            ("Microsoft's is not ours", &[record('F', None)], &[('E', Some("newer")), ('F', None), ('G', Some("unknown"))]),
            ("copied", &[record('H', Some("foreign"))], &[('E', Some("newer")), ('G', Some("unknown")), ('H', None)]),
            ("it came to us", &[record('H', Some("incoming"))], &[('E', Some("newer")), ('G', Some("unknown")), ('H', None)]),
        ];
        for (what, records, expected) in cases {
            let found = pairs(records, &referrals);
            let found: Vec<_> = found.iter().map(|(key, own)| (key.clone(), own.map(|own| own.id.as_str()))).collect();
            let expected: Vec<_> = expected.iter().map(|(last, own)| (id(*last), *own)).collect();
            assert_eq!(found, expected, "{what}");
        }
    }

    #[test]
    fn what_came_in_and_lives_is_looked_at_unless_an_opportunity_names_it() {
        let cases = [
            (json!({ "direction": "Incoming" }), None, true),
            (json!({ "direction": "Incoming" }), Some("NAME"), false),
            (json!({ "direction": "Incoming", "status": "Closed" }), None, false),
            (json!({ "direction": "Incoming", "target": [{ "id": "msft" }] }), None, false),
            (json!({ "direction": "Outgoing" }), None, false),
        ];
        for (changes, named, expected) in cases {
            assert_eq!(
                came_in(&referral("name", &json!(null), &changes), &[record('E', named)]),
                expected,
                "{changes} {named:?}"
            );
        }
    }

    #[tokio::test]
    async fn what_was_found_is_due_and_a_link_that_is_there_keeps_what_it_knows() {
        const NOW: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);
        let cipher = Cipher::from_config(&Secret::from("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")).unwrap();
        let store = Store::in_memory(cipher, Pace::Await).await.unwrap();
        store.restore(&id('G'), "fr", Some(("known", "e")), NOW).await.unwrap();
        let found =
            [referral("found", &json!(id('E').as_str()), &json!({})), referral("other", &json!(id('G').as_str()), &json!({}))];
        let records = [record('E', None), record('F', None), record('G', None)];
        for _ in 0..2 {
            restore(&store, &pairs(&records, &found), NOW).await.unwrap();
            assert_eq!(store.due(NOW, 9).await.unwrap(), ['E', 'F', 'G'].map(|last| WorkKey::Opportunity(id(last))));
            for (last, language, own) in [('E', "en", Some("found")), ('F', "en", None), ('G', "fr", Some("known"))] {
                let link = store.link(&id(last)).await.unwrap().unwrap();
                assert_eq!((link.language.as_str(), link.referral_id.as_deref()), (language, own), "{last}");
                assert_eq!(link.base, None);
            }
            assert_eq!(store.opportunity_of_referral("found").await.unwrap(), Some(id('E')));
        }
    }
}
