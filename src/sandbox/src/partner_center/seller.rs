//! Microsoft's seller: whoever answers an invitation. Driven from outside, as nothing in the API can.
//! What an answer looks like follows Microsoft Learn, "Manage co-sell opportunities" and the co-sell FAQ.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::create::is_microsofts;
use super::document::{Document, at, place, set, text};
use super::lifecycle::enter;
use super::store::Store;

/// The text when Microsoft knows the customer but nobody there looks after it; the other one documented is
/// "No corresponding Microsoft customer record could be found".
const DEFAULT_REASON: &str = "No Microsoft seller directly manages this customer";
/// Below this, in US dollars, Microsoft does not say why it declines.
const REASON_FROM: Decimal = Decimal::from_parts(25_000, 0, 0, false, 0);

/// What the seller answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Takes the deal.
    Accept,
    /// Does not, with a reason given or the usual one.
    Decline(Option<String>),
}

/// Why the seller cannot answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CannotAnswer {
    /// No such referral.
    #[error("there is no such referral")]
    Unknown,
    /// It is a partner's.
    #[error("the referral is not Microsoft's")]
    NotMicrosofts,
    /// It was answered, or has ended.
    #[error("the referral is not waiting for an answer")]
    NotWaiting,
}

/// Answers and gives the referral as it is then.
pub(super) fn answer(store: &mut Store, id: &str, answer: Answer, now: &str) -> Result<Document, CannotAnswer> {
    let mut referral = store.get(id).ok_or(CannotAnswer::Unknown)?.clone();
    if !is_microsofts(&referral) {
        return Err(CannotAnswer::NotMicrosofts);
    }
    if text(&referral, &["status"]) != "New" {
        return Err(CannotAnswer::NotWaiting);
    }
    match answer {
        Answer::Accept => {
            enter(&mut referral, "Active", "Accepted", now);
            let number = store.next_microsoft_number();
            set(&mut referral, "trackingInfo", json!({ "microsoftMsxId": format!("7-SBX{number:06}") }));
            if let Some(team) = place(&mut referral, &["team"]) {
                *team = json!([{
                    "firstName": "Microsoft", "lastName": "Seller", "phoneNumber": "+1 555 0100",
                    "email": "seller@microsoft.example"
                }]);
            }
        }
        Answer::Decline(reason) => {
            enter(&mut referral, "Closed", "Declined", now);
            let told = tells_why(&referral).then(|| reason.unwrap_or_else(|| DEFAULT_REASON.to_owned()));
            set(&mut referral, "statusReason", told.map_or(Value::Null, Value::String));
        }
    }
    Ok(store.replace(referral, now))
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
    use super::super::sample::{changed, microsoft, referral};
    use super::super::store::Store;
    use super::{Answer, CannotAnswer, DEFAULT_REASON, answer};
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
        let own = Some("They chose another vendor.".to_owned());
        let cases = [(25_000, None, json!(DEFAULT_REASON)), (84_000, own.clone(), json!(own)), (24_999, own, Value::Null)];
        for (value, reason, told) in cases {
            let (mut store, _, id) = co_sell(value);
            let after = Value::Object(answer(&mut store, &id, Answer::Decline(reason), NOW).expect("an answer"));
            assert_eq!((&after["status"], &after["substatus"]), (&json!("Closed"), &json!("Declined")));
            assert_eq!((&after["statusReason"], &after["closedDateTime"]), (&told, &json!(NOW)), "{value}");
        }
    }

    #[test]
    fn only_a_referral_of_microsofts_can_be_answered() {
        let (mut store, own, _) = co_sell(84000);
        assert_eq!(answer(&mut store, &own, Answer::Accept, NOW), Err(CannotAnswer::NotMicrosofts));
        assert_eq!(answer(&mut store, "nobody", Answer::Accept, NOW), Err(CannotAnswer::Unknown));
    }
}
