//! Which call meets which fault: matching, skipping, counting. Decides only; `service` carries out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::locked::Locked;

/// An upstream service that faults can be laid on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum UpstreamService {
    /// The Referrals API.
    PartnerCenter,
    /// The API through which webhooks are registered.
    Webhooks,
    /// The storage account of the webhooks' certificates.
    Blobs,
    /// The token endpoint of Entra ID.
    Entra,
    /// The org's API, as the proxy reaches it.
    Salesforce,
}

/// On which side of the operation a fault lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum When {
    /// The service never sees the request.
    #[default]
    Before,
    /// The operation is committed; only its answer suffers.
    After,
}

/// What happens to the call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) enum Effect {
    /// Answered with this status, as a gateway between client and service may do too.
    Status {
        /// HTTP status, 200 to 599.
        status: u16,
        /// Headers of the answer, such as `Retry-After`.
        #[serde(default)]
        headers: BTreeMap<String, String>,
        /// JSON body; none when absent.
        #[serde(default)]
        body: Option<serde_json::Value>,
        /// Whether the operation was committed.
        #[serde(default)]
        when: When,
    },
    /// Answered late.
    Delay {
        /// How late.
        milliseconds: u64,
        /// Whether the operation waits too.
        when: When,
    },
    /// The connection is closed without an answer.
    Drop {
        /// Whether the operation was committed.
        when: When,
    },
    /// Kept open until the faults are cleared (then dropped), the held calls are released (then it goes on), or the client
    /// goes away.
    Hold {
        /// Whether the operation was committed.
        when: When,
    },
    /// Committed, then answered with 200 and a body that is not JSON.
    Malformed,
}

/// A fault as it is asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Fault {
    /// Only calls to this service; any when absent.
    #[serde(default)]
    pub(crate) service: Option<UpstreamService>,
    /// Only calls with this method.
    #[serde(default)]
    pub(crate) method: Option<String>,
    /// Only calls whose path with query contains this text.
    #[serde(default)]
    pub(crate) path: Option<String>,
    /// How many matching calls pass unharmed first.
    #[serde(default)]
    pub(crate) skip: u64,
    /// How many calls it meets; 0 for all until cleared.
    #[serde(default = "once")]
    pub(crate) times: u64,
    /// What happens.
    pub(crate) effect: Effect,
}

fn once() -> u64 {
    1
}

impl Fault {
    fn matches(&self, service: UpstreamService, method: &str, path: &str) -> bool {
        self.service.is_none_or(|wanted| wanted == service)
            && self.method.as_ref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.path.as_ref().is_none_or(|wanted| path.contains(wanted.as_str()))
    }
}

/// A fault in the list, with what became of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Listed {
    /// Its number, never used twice.
    pub(crate) id: u64,
    /// How many calls it met.
    pub(crate) hits: u64,
    #[serde(skip)]
    skipped: u64,
    /// As it was asked for.
    #[serde(flatten)]
    pub(crate) fault: Fault,
}

#[derive(Default)]
struct Inner {
    last_id: u64,
    faults: Vec<Listed>,
}

/// The faults in force, in the order of their arrival.
#[derive(Default)]
pub(crate) struct FaultList(Locked<Inner>);

impl FaultList {
    /// Adds one and tells its id.
    pub(crate) fn add(&self, fault: Fault) -> u64 {
        let mut inner = self.0.lock();
        inner.last_id += 1;
        let id = inner.last_id;
        inner.faults.push(Listed { id, hits: 0, skipped: 0, fault });
        id
    }

    /// All, spent ones too.
    pub(crate) fn all(&self) -> Vec<Listed> {
        self.0.lock().faults.clone()
    }

    /// Forgets all.
    pub(crate) fn clear(&self) {
        self.0.lock().faults.clear();
    }

    /// The effect this call meets: that of the first matching fault which is neither spent nor still skipping.
    pub(crate) fn next(&self, service: UpstreamService, method: &str, path: &str) -> Option<Effect> {
        let mut inner = self.0.lock();
        for listed in &mut inner.faults {
            let spent = listed.fault.times != 0 && listed.hits >= listed.fault.times;
            if spent || !listed.fault.matches(service, method, path) {
                continue;
            }
            if listed.skipped < listed.fault.skip {
                listed.skipped += 1;
                continue;
            }
            listed.hits += 1;
            return Some(listed.fault.effect.clone());
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Effect, Fault, FaultList, UpstreamService, When};

    const REFERRALS: &str = "/v1.0/engagements/referrals";

    fn fault(value: serde_json::Value) -> Fault {
        serde_json::from_value(value).expect("a fault")
    }

    #[test]
    fn a_fault_meets_one_call_unless_told_otherwise() {
        let list = FaultList::default();
        list.add(fault(json!({ "effect": { "kind": "drop", "when": "after" } })));
        let drop = Some(Effect::Drop { when: When::After });
        assert_eq!(list.next(UpstreamService::Entra, "POST", "/x"), drop);
        assert_eq!(list.next(UpstreamService::Entra, "POST", "/x"), None);
    }

    #[test]
    fn only_matching_calls_are_counted_and_skipped() {
        let list = FaultList::default();
        list.add(fault(json!({
            "service": "partnerCenter", "method": "post", "path": "referrals", "skip": 1, "times": 2,
            "effect": { "kind": "malformed" }
        })));
        let calls = [
            (UpstreamService::Salesforce, "POST", REFERRALS, false),
            (UpstreamService::PartnerCenter, "GET", REFERRALS, false),
            (UpstreamService::PartnerCenter, "POST", "/other", false),
            (UpstreamService::PartnerCenter, "POST", REFERRALS, false),
            (UpstreamService::PartnerCenter, "POST", REFERRALS, true),
            (UpstreamService::PartnerCenter, "POST", REFERRALS, true),
            (UpstreamService::PartnerCenter, "POST", REFERRALS, false),
        ];
        for (number, (service, method, path, met)) in calls.into_iter().enumerate() {
            assert_eq!(list.next(service, method, path).is_some(), met, "call {number}");
        }
        assert_eq!(list.all()[0].hits, 2);
    }

    #[test]
    fn zero_times_means_until_cleared() {
        let list = FaultList::default();
        list.add(fault(json!({ "times": 0, "effect": { "kind": "status", "status": 503 } })));
        assert!((0..5).all(|_| list.next(UpstreamService::Salesforce, "GET", "/").is_some()));
        list.clear();
        assert_eq!(list.next(UpstreamService::Salesforce, "GET", "/"), None);
    }

    #[test]
    fn a_misspelt_fault_is_refused() {
        for wrong in [
            json!({ "effect": { "kind": "status", "status": 503 }, "time": 2 }),
            json!({ "effect": { "kind": "explode" } }),
            json!({ "service": "partner-center", "effect": { "kind": "malformed" } }),
        ] {
            assert!(serde_json::from_value::<Fault>(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
