//! Microsoft's seller: whoever answers an invitation. Driven from outside, as nothing in the API can.
//! What an answer looks like follows Microsoft Learn, "Manage co-sell opportunities" and the co-sell FAQ.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::create::is_microsofts;
use super::document::{Document, at, place, set, text};
use super::lifecycle::enter;
use super::store::Store;

/// The text when Microsoft knows the customer but nobody there looks after it.
pub(super) const UNMANAGED: &str = "No Microsoft seller directly manages this customer";
/// The text when Microsoft does not know the customer.
pub(super) const UNKNOWN_CUSTOMER: &str = "No corresponding Microsoft customer record could be found";
/// Below this, in US dollars, Microsoft does not say why it declines.
const REASON_FROM: Decimal = Decimal::from_parts(25_000, 0, 0, false, 0);

/// What the seller answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Takes the deal.
    Accept,
    /// Does not, with a reason given or the usual one.
    Decline(Reason),
}

/// Why the seller declines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reason {
    /// Nobody at Microsoft looks after the customer.
    #[default]
    Unmanaged,
    /// Microsoft has no such customer.
    UnknownCustomer,
    /// In other words.
    Other(String),
}

/// What the seller does with a deal that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Close {
    /// The customer bought.
    Won,
    /// The customer did not, for this reason.
    Lost(String),
}

/// Why the seller cannot answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CannotAnswer {
    /// No such referral.
    #[error("there is no such referral")]
    Unknown,
    /// It is a partner's.
    #[error("the referral is not Microsoft's")]
    NotMicrosofts,
    /// It was answered, or has ended.
    #[error("the referral is not waiting for an answer")]
    NotWaiting,
    /// It was not accepted, or has ended.
    #[error("the referral is not being worked on")]
    NotActive,
}

/// Answers and gives the referral as it is then.
pub(super) fn answer(store: &mut Store, id: &str, answer: Answer, now: &str) -> Result<Document, CannotAnswer> {
    let mut referral = microsofts(store, id)?;
    if text(&referral, &["status"]) != "New" {
        return Err(CannotAnswer::NotWaiting);
    }
    match answer {
        Answer::Accept => {
            enter(&mut referral, "Active", "Accepted", now);
            take_over(&mut referral, store.next_microsoft_number());
        }
        Answer::Decline(reason) => {
            enter(&mut referral, "Closed", "Declined", now);
            let reason = match reason {
                Reason::Unmanaged => UNMANAGED.to_owned(),
                Reason::UnknownCustomer => UNKNOWN_CUSTOMER.to_owned(),
                Reason::Other(words) => words,
            };
            let told = tells_why(&referral).then_some(reason);
            set(&mut referral, "statusReason", told.map_or(Value::Null, Value::String));
        }
    }
    Ok(store.replace(referral, now))
}

/// Closes a deal that was accepted and gives the referral as it is then.
pub(super) fn close(store: &mut Store, id: &str, how: Close, now: &str) -> Result<Document, CannotAnswer> {
    let mut referral = microsofts(store, id)?;
    if text(&referral, &["status"]) != "Active" {
        return Err(CannotAnswer::NotActive);
    }
    match how {
        Close::Won => enter(&mut referral, "Closed", "Won", now),
        Close::Lost(reason) => {
            enter(&mut referral, "Closed", "Lost", now);
            set(&mut referral, "statusReason", reason);
        }
    }
    Ok(store.replace(referral, now))
}

/// Writes what Microsoft's own CRM knows the deal by, on whosever referral.
pub(super) fn track(store: &mut Store, id: &str, tracking: Map<String, Value>, now: &str) -> Result<Document, CannotAnswer> {
    let mut referral = store.get(id).ok_or(CannotAnswer::Unknown)?.clone();
    set(&mut referral, "trackingInfo", tracking);
    Ok(store.replace(referral, now))
}

/// A seller is on the deal, and it has the number of Microsoft's own CRM.
pub(super) fn take_over(referral: &mut Document, number: u32) {
    set(referral, "trackingInfo", json!({ "microsoftMsxId": format!("7-SBX{number:06}") }));
    if let Some(team) = place(referral, &["team"]) {
        *team = json!([{
            "firstName": "Microsoft", "lastName": "Seller", "phoneNumber": "+1 555 0100",
            "email": "seller@microsoft.example"
        }]);
    }
}

fn microsofts(store: &Store, id: &str) -> Result<Document, CannotAnswer> {
    let referral = store.get(id).ok_or(CannotAnswer::Unknown)?;
    if is_microsofts(referral) { Ok(referral.clone()) } else { Err(CannotAnswer::NotMicrosofts) }
}

/// The amount is compared as it stands: the exchange rates that Microsoft uses are not published.
fn tells_why(referral: &Document) -> bool {
    at(referral, &["details", "dealValue"])
        .and_then(|value| value.to_string().parse::<Decimal>().ok())
        .is_some_and(|value| value >= REASON_FROM)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::create::create;
    use super::super::sample::{changed, microsoft, object, referral};
    use super::super::store::Store;
    use super::{Answer, CannotAnswer, Close, Reason, UNKNOWN_CUSTOMER, UNMANAGED, answer, close, track};
    use crate::clock::test::START;

    const NOW: &str = "2026-11-23T09:00:00.0000000Z";

    /// A store with a co-sell deal of that value: the ids of our referral and of Microsoft's.
    fn co_sell(value: u32) -> (Store, String, String) {
        let mut store = Store::default();
        let mut insert = |document: Value| {
            let document = changed(document, "/details/dealValue", Some(json!(value)));
            Value::Object(create(&mut store, document, START, "https://partner.example").expect("a referral"))
        };
        let own = insert(referral());
        let sibling = insert(microsoft(own["engagementId"].as_str().expect("an engagement")));
        let id = |referral: &Value| referral["id"].as_str().expect("an id").to_owned();
        let ids = (id(&own), id(&sibling));
        (store, ids.0, ids.1)
    }

    #[test]
    fn accepted_it_is_active_with_a_seller_and_a_number_and_expires_no_more() {
        let (mut store, _, id) = co_sell(84000);
        let after = Value::Object(answer(&mut store, &id, Answer::Accept, NOW).expect("an answer"));
        assert_eq!((&after["status"], &after["substatus"]), (&json!("Active"), &json!("Accepted")));
        assert_eq!(after["trackingInfo"]["microsoftMsxId"], "7-SBX000001");
        assert_eq!(after["team"][0]["email"], "seller@microsoft.example");
        assert_eq!((&after["expirationDateTime"], &after["acceptedDateTime"]), (&Value::Null, &json!(NOW)));
        assert_eq!(answer(&mut store, &id, Answer::Accept, NOW), Err(CannotAnswer::NotWaiting));
    }

    #[test]
    fn declined_it_is_closed_and_the_reason_is_told_for_large_deals_only() {
        let own = Reason::Other("They chose another vendor.".to_owned());
        let cases = [
            (25_000, Reason::default(), json!(UNMANAGED)),
            (25_000, Reason::UnknownCustomer, json!(UNKNOWN_CUSTOMER)),
            (84_000, own.clone(), json!("They chose another vendor.")),
            (24_999, own, Value::Null),
        ];
        for (value, reason, told) in cases {
            let (mut store, _, id) = co_sell(value);
            let after = Value::Object(answer(&mut store, &id, Answer::Decline(reason), NOW).expect("an answer"));
            assert_eq!((&after["status"], &after["substatus"]), (&json!("Closed"), &json!("Declined")));
            assert_eq!((&after["statusReason"], &after["closedDateTime"]), (&told, &json!(NOW)), "{value}");
        }
    }

    #[test]
    fn microsofts_own_is_won_or_lost_once_it_was_accepted() {
        let lost = Close::Lost("Project budget".to_owned());
        for (how, substatus, reason) in [(Close::Won, "Won", Value::Null), (lost, "Lost", json!("Project budget"))] {
            let (mut store, own, id) = co_sell(84000);
            assert_eq!(close(&mut store, &id, how.clone(), NOW), Err(CannotAnswer::NotActive));
            assert_eq!(close(&mut store, &own, how.clone(), NOW), Err(CannotAnswer::NotMicrosofts));
            answer(&mut store, &id, Answer::Accept, NOW).expect("an answer");
            let after = Value::Object(close(&mut store, &id, how.clone(), NOW).expect("an end"));
            assert_eq!((&after["status"], &after["substatus"]), (&json!("Closed"), &json!(substatus)));
            assert_eq!((&after["statusReason"], &after["closedDateTime"]), (&reason, &json!(NOW)));
            assert_eq!(close(&mut store, &id, how, NOW), Err(CannotAnswer::NotActive));
        }
    }

    #[test]
    fn tracking_is_written_on_whosever_referral() {
        let (mut store, own, id) = co_sell(84000);
        for id in [own, id] {
            let before = store.get(&id).expect("a referral").clone();
            let tracking = object(json!({ "microsoftMsxId": "7-ABC" }));
            let after = track(&mut store, &id, tracking.clone(), NOW).expect("a referral");
            assert_eq!(after["trackingInfo"], Value::Object(tracking));
            assert_ne!(after["eTag"], before["eTag"]);
        }
        assert_eq!(track(&mut store, "nobody", object(json!({})), NOW), Err(CannotAnswer::Unknown));
    }

    #[test]
    fn only_a_referral_of_microsofts_can_be_answered() {
        let (mut store, own, _) = co_sell(84000);
        assert_eq!(answer(&mut store, &own, Answer::Accept, NOW), Err(CannotAnswer::NotMicrosofts));
        assert_eq!(answer(&mut store, "nobody", Answer::Accept, NOW), Err(CannotAnswer::Unknown));
    }
}
