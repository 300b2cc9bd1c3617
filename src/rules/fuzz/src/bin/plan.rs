//! Whatever both sides hold, there is a plan; it asks for nothing that Microsoft refuses, and what it writes is JSON.
//!
//! The first byte chooses the settings; the rest is JSON: `{ record, own, microsoft, base }`.
#![no_main]

use cosell_rules::{
    map::patch_to_json,
    reconcile::{Action, Base, Closing, Draft, Observed, State, record_update},
    referral::Referral,
    salesforce::{self, Record},
    validate::WHITELISTED_PATHS,
};
use cosell_rules_fuzz::{settings, today};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: (u8, &[u8])| {
    let (choice, sides) = data;
    let Ok(sides) = serde_json::from_slice::<Value>(sides) else { return };
    let settings = settings(choice);
    let Some(json) = sides.get("record") else { return };
    let Ok(record) = Record::from_json(json, &settings) else { return };
    let Ok(opportunity) = salesforce::read(&record, &settings) else { return };
    let referral = |name: &str| sides.get(name).and_then(|held| Referral::try_from(held.clone()).ok());
    let (own, microsoft) = (referral("own"), referral("microsoft"));
    let base = sides.get("base").and_then(|base| Base::from_json(&base.to_string()).ok());
    let observed = Observed {
        opportunity: &opportunity,
        record: json,
        own: own.as_ref(),
        microsoft: microsoft.as_ref(),
        base: base.as_ref(),
        answered: None,
        link_template: "https://partner.example/?id={id}",
    };
    let (day, now) = today();
    let draft = Draft::new(observed, &settings, day, now);
    let plan = draft.plan();
    for step in &plan.partner_center {
        let sent = match &step.action {
            Action::CreateOwn(document) => {
                assert!(own.is_none(), "a second referral");
                document.to_json()
            }
            Action::CreateMicrosoft(document) => {
                assert!(microsoft.is_none(), "Microsoft is asked once");
                document.to_json()
            }
            Action::Patch { operations, .. } => {
                assert!(own.as_ref().is_some_and(|own| !own.is_closed()), "a closed referral is terminal");
                for operation in operations {
                    assert!(WHITELISTED_PATHS.contains(&&*operation.path), "{operation:?}");
                }
                patch_to_json(operations)
            }
        };
        assert!(serde_json::from_str::<Value>(&sent).is_ok(), "{sent}");
    }
    let closing = Closing { state: State::InStep, reason: "", trail: &[], now };
    let update = record_update(json, &plan.salesforce, &closing);
    assert!(update.values().all(|value| !value.is_object()), "{update:?}");
    assert_eq!(Base::from_json(&plan.base.to_json()).unwrap(), plan.base);
});
