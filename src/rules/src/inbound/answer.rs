//! A person's answer to a referral that came in: accepted, or declined with a reason.
//!
//! Source: Microsoft Learn, "Manage co-sell opportunities" (a referral that was received can only be accepted or declined), "Bulk
//! upload of co-sell deals" (the reasons).

use crate::{
    lifecycle::{Standing, Status, Substatus},
    map::{Node, Operation, patch_to_json},
    referral::Referral,
    settings::Settings,
};

/// What becomes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// This JSON Patch says it to Partner Center.
    Send(String),
    /// It was said already.
    Said,
    /// It cannot be said any more, or never could.
    Refused {
        /// Key of the sentence.
        code: &'static str,
        /// What the sentence names.
        detail: String,
    },
}

/// Where an answer brings the referral.
pub fn answered(accepts: bool) -> Standing {
    if accepts { Standing::ACCEPTED } else { Standing::DECLINED }
}

/// The reason as Microsoft's list has it; `None` where it is not in the list and must be. Accepting takes none.
pub fn reason<'s>(accepts: bool, text: &'s str, settings: &'s Settings) -> Option<&'s str> {
    let Some(list) = answered(accepts).reasons() else { return Some("") };
    let text = text.trim();
    let found = settings.taxonomy.find(list, text);
    found.or_else(|| Some(text).filter(|text| !text.is_empty() && !settings.taxonomy.is_complete(list)))
}

/// What becomes of an answer to `own`; said twice, it is said once.
pub fn reply(own: &Referral, accepts: bool, reason: &str) -> Reply {
    let to = answered(accepts);
    let refused = |code, detail: String| Reply::Refused { code, detail };
    let Some(held) = own.standing().filter(|_| own.is_incoming()) else {
        return refused("decision.not-incoming", String::new());
    };
    match (held.status, held.substatus) {
        _ if held == to => Reply::Said,
        (Status::New, _) => {
            let text = |path, value: &str| operation(own, path, value);
            let mut operations = vec![text("/status", to.status.word()), text("/substatus", to.substatus.word())];
            if !reason.is_empty() {
                operations.push(text("/statusReason", reason));
            }
            Reply::Send(patch_to_json(&operations))
        }
        (_, Substatus::Expired) => refused("decision.expired", String::new()),
        _ => refused("decision.answered", held.to_string()),
    }
}

fn operation(own: &Referral, path: &'static str, value: &str) -> Operation<'static> {
    let is_there = own.at(path).is_some_and(|held| !held.is_null());
    Operation {
        op: if is_there { "replace" } else { "add" }.into(),
        path: path.into(),
        value: Node::Text(value.to_owned().into()),
    }
}
