//! Which referrals come in, and as what.

use super::*;

#[test]
fn what_a_referral_is_follows_from_type_qualification_and_inviter() {
    let (ours, msft, partner) = (json!("own-org"), json!("msft"), json!("other-partner"));
    let cases = [
        ("Independent", "Direct", &msft, true),
        ("Independent", "Direct", &Value::Null, true),
        ("Independent", "SalesQualified", &msft, true),
        ("independent", "MARKETINGQUALIFIED", &json!("MSFT"), true),
        ("Independent", "SalesQualified", &partner, false),
        ("Independent", "None", &ours, false),
        ("Shared", "SalesQualified", &msft, false),
        ("Shared", "SalesQualified", &partner, false),
        ("Shared", "None", &ours, false),
        ("Shared", "Direct", &msft, false),
        ("Independent", "Direct", &partner, false),
        ("Independent", "Novel", &msft, false),
    ];
    let leads_too = Settings { cosell_only: false, ..Settings::default() };
    for (kind, qualification, inviter, is_lead) in cases {
        let changes = [
            ("/type", json!(kind)),
            ("/qualification", json!(qualification)),
            ("/inviteContext/invitedBy/organizationId", inviter.clone()),
        ];
        let all = [referral(&changes)];
        let what = format!("{kind} {qualification} {inviter}");
        let expected = if is_lead { Kind::Lead(&all[0]) } else { Kind::Opportunity(&all[0]) };
        assert_eq!(classify(&all, &leads_too), expected, "{what}");
        let without_leads = if is_lead { Kind::Aside(Aside::OnlyCoSell) } else { expected };
        assert_eq!(classify(&all, &Settings::default()), without_leads, "{what}");
    }
}

#[test]
fn ours_is_the_one_that_came_to_us_and_not_microsofts() {
    let came = referral(&[]);
    let sent = referral(&[("/direction", json!("Outgoing"))]);
    let microsofts = referral(&[("/id", json!("m")), ("/target", json!([{ "type": "BusinessProfileLocation", "id": "msft" }]))]);
    let closed = referral(&[("/id", json!("old")), ("/status", json!("Closed")), ("/substatus", json!("Declined"))]);
    let cases: [(&[&Referral], Option<&str>); 4] = [
        (&[&microsofts, &came], Some(came.id.as_str())),
        (&[&closed, &came, &microsofts], Some(came.id.as_str())),
        (&[&sent, &microsofts], None),
        (&[], None),
    ];
    for (referrals, own) in cases {
        let all: Vec<Referral> = referrals.iter().map(|it| (*it).clone()).collect();
        let found = match classify(&all, &Settings::default()) {
            Kind::Opportunity(own) => Some(own.id.as_str()),
            Kind::Aside(Aside::NotOurs) => None,
            other => panic!("{other:?}"),
        };
        assert_eq!(found, own);
    }
    assert_eq!(classify(&[closed], &Settings::default()), Kind::Aside(Aside::Closed));
}
