//! What is done to deliveries on request, and which of them meets it. Decides only; the queue carries out.

use serde::{Deserialize, Serialize};

use super::event::Event;
use super::signer::Pointed;

/// How a delivery is made one that a careful receiver refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "camelCase", deny_unknown_fields)]
pub(super) enum Forgery {
    /// The signature is that of another body.
    BrokenSignature,
    /// There is no signature.
    NoSignature,
    /// The certificate is to be fetched from this address.
    CertificateUrl {
        /// The address; nothing of it is checked.
        url: String,
    },
    /// The certificate is one of ours that is not to be believed.
    Certificate {
        /// Which.
        which: Pointed,
    },
    /// The algorithm is said to be this one, such as `rsa-sha1`; the signature is the usual one.
    Algorithm {
        /// As it stands in the header.
        name: String,
    },
}

/// What happens to a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub(super) enum Effect {
    /// It is never sent, and nobody learns of it.
    Vanish,
    /// It is sent twice.
    Double,
    /// Its first attempt comes so much later.
    Delay {
        /// On the clock of the services.
        seconds: u32,
    },
    /// It is kept until all that are kept are let go, the youngest first.
    HoldBack,
    /// It is what somebody sends who is not Microsoft: tried once, and not again when refused.
    Forge {
        /// In what it differs from a genuine one.
        forgery: Forgery,
    },
}

/// A fault as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Fault {
    /// Only deliveries of this event; any when absent.
    #[serde(default)]
    event: Option<Event>,
    /// How many matching deliveries pass unharmed first.
    #[serde(default)]
    skip: u64,
    /// How many it meets; 0 for all until cleared.
    #[serde(default = "once")]
    times: u64,
    /// How many it has met.
    #[serde(skip_deserializing)]
    hits: u64,
    /// What happens.
    effect: Effect,
}

fn once() -> u64 {
    1
}

/// The faults in force, in the order of their arrival.
#[derive(Default)]
pub(super) struct Faults(Vec<Fault>);

impl Faults {
    /// Adds one.
    pub(super) fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    /// All, spent ones too.
    pub(super) fn all(&self) -> &[Fault] {
        &self.0
    }

    /// Forgets all.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The effect this delivery meets: that of the first matching fault which is neither spent nor still skipping.
    pub(super) fn next(&mut self, event: Event) -> Option<Effect> {
        for fault in &mut self.0 {
            let spent = fault.times != 0 && fault.hits >= fault.times;
            if spent || fault.event.is_some_and(|wanted| wanted != event) {
                continue;
            }
            if fault.skip > 0 {
                fault.skip -= 1;
                continue;
            }
            fault.hits += 1;
            return Some(fault.effect.clone());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Effect, Event, Fault, Faults};

    #[test]
    fn only_matching_deliveries_are_skipped_and_met() {
        let mut faults = Faults::default();
        let fault = json!({ "event": "referral-updated", "skip": 1, "times": 2, "effect": { "kind": "vanish" } });
        faults.add(serde_json::from_value(fault).expect("a fault"));
        let raised = [
            (Event::ReferralCreated, false),
            (Event::ReferralUpdated, false),
            (Event::ReferralUpdated, true),
            (Event::TestCreated, false),
            (Event::ReferralUpdated, true),
            (Event::ReferralUpdated, false),
        ];
        for (number, (event, met)) in raised.into_iter().enumerate() {
            assert_eq!(faults.next(event), met.then_some(Effect::Vanish), "delivery {number}");
        }
    }

    #[test]
    fn a_fault_is_read_as_it_is_documented_and_a_misspelt_one_refused() {
        let cases = [
            (json!({ "effect": { "kind": "double" } }), true),
            (json!({ "effect": { "kind": "delay", "seconds": 5 } }), true),
            (json!({ "effect": { "kind": "holdBack" }, "times": 0 }), true),
            (json!({ "effect": { "kind": "forge", "forgery": { "how": "brokenSignature" } } }), true),
            (json!({ "effect": { "kind": "forge", "forgery": { "how": "noSignature" } } }), true),
            (json!({ "effect": { "kind": "forge", "forgery": { "how": "certificateUrl", "url": "x" } } }), true),
            (json!({ "effect": { "kind": "forge", "forgery": { "how": "certificate", "which": "expired" } } }), true),
            (json!({ "effect": { "kind": "forge", "forgery": { "how": "algorithm", "name": "rsa-sha1" } } }), true),
            (json!({ "effect": { "kind": "explode" } }), false),
            (json!({ "effect": { "kind": "forge", "forgery": { "how": "certificate", "which": "none" } } }), false),
            (json!({ "event": "referral-deleted", "effect": { "kind": "vanish" } }), false),
            (json!({ "time": 2, "effect": { "kind": "vanish" } }), false),
        ];
        for (fault, read) in cases {
            assert_eq!(serde_json::from_value::<Fault>(fault.clone()).is_ok(), read, "{fault}");
        }
    }
}
