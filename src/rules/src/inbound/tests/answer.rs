//! The seller's answer.

use super::*;

#[test]
fn an_answer_is_given_once_and_only_where_one_is_due() {
    let closed = |substatus: &str| referral(&[("/status", json!("Closed")), ("/substatus", json!(substatus))]);
    let active = referral(&[("/status", json!("Active")), ("/substatus", json!("Accepted"))]);
    let outgoing = referral(&[("/direction", json!("Outgoing"))]);
    let refused = |code, detail: &str| Reply::Refused { code, detail: detail.into() };
    let cases = [
        (&active, true, Reply::Said),
        (&active, false, refused("decision.answered", "Active / Accepted")),
        (&closed("Declined"), false, Reply::Said),
        (&closed("Declined"), true, refused("decision.answered", "Closed / Declined")),
        (&closed("Won"), true, refused("decision.answered", "Closed / Won")),
        (&closed("Expired"), true, refused("decision.expired", "")),
        (&closed("Expired"), false, refused("decision.expired", "")),
        (&outgoing, true, refused("decision.not-incoming", "")),
    ];
    for (own, accepts, expected) in cases {
        assert_eq!(reply(own, accepts, "Others"), expected, "{} {accepts}", own.status_words());
    }
    let own = referral(&[("/statusReason", json!("")), ("/substatus", json!("Pending"))]);
    let accepted =
        r#"[{"op":"replace","path":"/status","value":"Active"},{"op":"replace","path":"/substatus","value":"Accepted"}]"#;
    assert_eq!(reply(&own, true, ""), Reply::Send(accepted.into()));
    let declined = r#"[{"op":"replace","path":"/status","value":"Closed"},{"op":"replace","path":"/substatus","value":"Declined"},{"op":"replace","path":"/statusReason","value":"Others"}]"#;
    assert_eq!(reply(&own, false, "Others"), Reply::Send(declined.into()));
}

#[test]
fn a_reason_is_one_of_the_list_and_accepting_needs_none() {
    let settings = Settings::default();
    assert_eq!(reason(true, "whatever", &settings), Some(""));
    assert_eq!(reason(false, " not a CUSTOMER ", &settings), Some("Not a customer"));
    for text in ["", " ", "Because"] {
        assert_eq!(reason(false, text, &settings), None, "{text:?}");
    }
}
