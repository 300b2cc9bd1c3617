//! What comes in, as a service sends it, and what becomes of it in orgs that have more or less.

use serde_json::{Map, Value, json};

use super::*;
use crate::{
    message::Language,
    moment,
    reconcile::{Draft, Observed},
};

const ALL: [&str; 7] = ["Amount", "CurrencyIsoCode", "Name", "CloseDate", "Description", "StageName", "Net__c"];
const NOW: &str = "2026-11-22T14:00:00Z";

/// A co-sell referral from a Microsoft seller; `changes` are put at their paths.
fn referral(changes: &[(&str, Value)]) -> Referral {
    let mut document: Value = serde_json::from_str(include_str!("../../tests/cases/inbound.json")).unwrap();
    for (path, value) in changes {
        let (parent, name) = path.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[name] = value.clone();
    }
    Referral::try_from(document).unwrap()
}

fn settings() -> Settings {
    Settings { on_hold_stage: "On Hold".into(), ..Settings::default() }
}

/// Calls `with` for a referral in an org that has these fields.
fn taken<R>(own: &Referral, settings: &Settings, fields: &[&str], with: impl FnOnce(&Intake<'_>) -> R) -> R {
    let has = |name: &str| fields.contains(&name);
    let now = moment::parse_moment(NOW).unwrap();
    let (link_template, today) = ("https://partner.example/{id}", day("2026-11-22"));
    let org = Org { opportunity_has: &has, account_has: &has };
    with(&Intake { own, microsoft: None, settings, org, link_template, today, now })
}

fn object(fields: Vec<(String, Value)>) -> Map<String, Value> {
    fields.into_iter().collect()
}

fn day(text: &str) -> Date {
    moment::parse_day(text).unwrap()
}

/// The remarks as an English trail has them.
fn told(remarks: &[Remark]) -> Vec<String> {
    remarks.iter().map(|remark| remark.sentence("en")).collect()
}

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

#[test]
fn the_account_is_looked_for_by_number_then_postal_code_then_city() {
    let own = referral(&[]);
    let settings = Settings { duns_field: "Duns__c".into(), ..settings() };
    let number = Search::Duns { field: "Duns__c".into(), number: "31-507-0000".into() };
    let places = [
        Search::PostalCode { code: "25813".into(), initial: Some('W') },
        Search::City { city: "Husum".into(), initial: Some('W') },
    ];
    let found = taken(&own, &settings, &["Duns__c"], searches);
    assert_eq!(found, [vec![number], places.to_vec()].concat());
    assert_eq!(taken(&own, &settings, &[], searches), places, "the org has no such field");
    let foreign = referral(&[
        ("/customerProfile/name", json!("Økern AS")),
        ("/customerProfile/address/postalCode", Value::Null),
        ("/customerProfile/ids", json!([])),
    ]);
    assert_eq!(taken(&foreign, &settings, &["Duns__c"], searches), [Search::City { city: "Husum".into(), initial: None }]);
    let nobody = referral(&[("/customerProfile/name", json!(" - "))]);
    assert_eq!(taken(&nobody, &settings, &["Duns__c"], searches), []);
}

#[test]
fn an_account_is_the_customer_if_name_and_place_are_the_same_but_for_their_spelling() {
    let account = |id: &str, name: &str, postal_code: &str, city: &str| Account {
        id: id.into(),
        name: name.into(),
        postal_code: postal_code.into(),
        city: city.into(),
    };
    let same = account("1", "WATTENWERK G.m.b.H.", "258 13", "");
    let twin = account("2", "Wattenwerk, GmbH", "25813", "");
    let in_town = account("3", "Wattenwerk GmbH", "", "husum");
    let others = [account("4", "Wattenwerk AG", "25813", "Husum"), account("5", "Wattenwerk GmbH", "20457", "Hamburg")];
    let own = referral(&[]);
    let choice = |search: &Search, candidates: &[Account]| {
        taken(&own, &settings(), &[], |intake| match choose(search, intake, candidates) {
            Match::One(account) => account.id.clone(),
            Match::Several => "several".into(),
            Match::None => "none".into(),
        })
    };
    let by_code = Search::PostalCode { code: "25813".into(), initial: None };
    let by_city = Search::City { city: "Husum".into(), initial: Some('W') };
    let by_number = Search::Duns { field: "Duns__c".into(), number: "31".into() };
    assert_eq!(choice(&by_code, &[others.as_slice(), std::slice::from_ref(&same)].concat()), "1");
    assert_eq!(choice(&by_code, &[same.clone(), twin]), "several");
    assert_eq!(choice(&by_code, &others), "none");
    assert_eq!(choice(&by_city, &[in_town, others[0].clone()]), "3");
    assert_eq!(choice(&by_number, &others[..1]), "4", "the number says it, whatever the name");
    assert_eq!(choice(&by_number, &others), "several");
}

#[test]
fn the_customers_people_become_contacts_with_a_last_name() {
    let person = |first: &str, last: &str, email: &str| json!({ "firstName": first, "lastName": last, "email": email });
    let team = json!([
        person("Ada", "Okafor", "Ada@wattenwerk.example"),
        person("Ada", "Okafor", "ada@WATTENWERK.example"),
        person("Li", "", ""),
        person("", "", "pier.sand@wattenwerk.example"),
        person("", "", ""),
        person("Jo", "Brook", ""),
        person("Jo", "Brook", "jo.brook@wattenwerk.example"),
    ]);
    let own = referral(&[("/customerProfile/team", team)]);
    let (people, more) = taken(&own, &settings(), &[], customers);
    let shown: Vec<_> = people.iter().map(|it| (it.email.as_str(), it.contact["LastName"].as_str().unwrap())).collect();
    assert_eq!(shown, [("ada@wattenwerk.example", "Okafor"), ("", "Li"), ("pier.sand@wattenwerk.example", "pier.sand")]);
    assert_eq!(more, 2);
    assert_eq!(people[0].contact["Email"], "Ada@wattenwerk.example");
    assert_eq!(taken(&own, &settings(), &[], colleagues), ["jo@partner.example"]);
}

#[test]
fn the_opportunity_holds_what_a_reconciliation_finds_right_afterwards() {
    let own = referral(&[]);
    let (fields, remarks) = taken(&own, &settings(), &ALL, opportunity);
    let mut record = object(fields);
    let expected = json!({
        "Name": "Tide gauge renewal", "StageName": "On Hold", "Amount": 84000.5, "CurrencyIsoCode": "EUR", "CloseDate": "2027-03-31",
        "Description": "Moves the gauges' data to Azure.", "Sync_with_Partner_Center__c": true,
        "Visible_to_Microsoft_Sellers__c": true, "Customer_Consent__c": true, "Referral_Identifier__c": own.id, "Engagement_Identifier__c": own.engagement_id,
        "Referral_Link__c": format!("https://partner.example/{}", own.id), "Referral_Status__c": "New / Received",
        "Deal_Type__c": "PartnerLed", "Microsoft_Answer_Due__c": "2026-12-04T09:00:00.000Z"
    });
    assert_eq!(Value::Object(record.clone()), expected);
    assert_eq!(told(&remarks), ["This referral came through Partner Center and waits for your answer."]);

    record.insert("Id".into(), "006Qy00000AbCdEIAV".into());
    let (record, settings) = (Value::Object(record), settings());
    let cells = crate::salesforce::Record::from_json(&record, &settings).unwrap();
    let seen = crate::salesforce::read(&cells, &settings).unwrap();
    let agreed = taken(&own, &settings, &ALL, base);
    for base in [None, Some(&agreed)] {
        let link_template = "https://partner.example/{id}";
        let observed = Observed {
            opportunity: &seen,
            record: &record,
            own: Some(&own),
            microsoft: None,
            base,
            answered: None,
            link_template,
        };
        let draft = Draft::new(observed, &settings, day("2026-11-22"), moment::parse_moment(NOW).unwrap());
        let plan = draft.plan();
        assert!(plan.is_empty(), "{plan:?}");
    }
}

#[test]
fn what_an_org_does_not_have_is_left_out_and_said() {
    let no_day = "The referral has no close date; 22 December 2026 stands in its place.";
    let cases: [(&str, Value, &[&str], &str); 4] = [
        (
            "/details/currency",
            json!("USD"),
            &["Amount"],
            "Left out: the deal value 84000.5 USD, because this org has only one currency. Enter it in that one.",
        ),
        ("/details/closingDateTime", Value::Null, &ALL, no_day),
        ("/details/closingDateTime", json!("soon"), &ALL, no_day),
        ("/name", Value::Null, &ALL, ""),
    ];
    for (path, value, fields, sentence) in cases {
        let own = referral(&[(path, value)]);
        let settings = Settings { default_currency: "EUR".into(), ..settings() };
        let (record, remarks) = taken(&own, &settings, fields, opportunity);
        let record = object(record);
        let said = told(&remarks)[1..].join(" ");
        assert_eq!(said, sentence, "{path}");
        assert_eq!(record.contains_key("CurrencyIsoCode"), fields.contains(&"CurrencyIsoCode"), "{path}");
        assert_eq!(
            record.contains_key("Amount"),
            path != "/details/currency",
            "no figure stands in a currency that is not its own"
        );
        assert!(["Name", "CloseDate", "StageName"].iter().all(|name| record[*name].is_string()), "{record:?}");
    }
}

#[test]
fn the_only_currency_of_an_org_is_not_sent_back_as_that_of_the_deal() {
    let own = referral(&[("/details/currency", json!("USD"))]);
    let settings = Settings { default_currency: "EUR".into(), ..settings() };
    let agreed = taken(&own, &settings, &["Amount"], base);
    assert_eq!((agreed.get("/details/currency"), agreed.get("/details/dealValue")), (Some("EUR"), Some("")));
    let own_currency = taken(&referral(&[]), &settings, &["Amount"], base);
    assert_eq!(own_currency.get("/details/dealValue"), Some("84000.5"), "its own currency is no other");
    assert_eq!(agreed.get("/status"), Some("New / Received"));
    let found = taken(&own, &settings, &["Amount"], holds);
    assert_eq!((found.get("/details/currency"), found.get("/details/dealValue")), (Some("EUR"), None));
    assert_eq!(taken(&own, &settings, &ALL, holds).get("/details/currency"), None, "where there is a field, somebody has chosen");
}

#[test]
fn a_referral_that_was_accepted_elsewhere_begins_on_the_active_stage() {
    let own = referral(&[("/status", json!("Active")), ("/substatus", json!("Accepted"))]);
    let (fields, remarks) = taken(&own, &settings(), &ALL, opportunity);
    assert_eq!(object(fields)["StageName"], "Qualification");
    assert_eq!(told(&remarks), ["The referral was accepted in Partner Center."]);
    let found = taken(&own, &settings(), &ALL, holds);
    assert_eq!(found.get("/status"), Some("New / Pending"), "one that is found was made before the answer, and follows it");
    assert_eq!(taken(&referral(&[]), &settings(), &ALL, holds).get("/status"), Some("New / Received"));
}

#[test]
fn a_deal_value_goes_to_the_field_that_the_setting_names_if_it_can() {
    let own = referral(&[]);
    for (name, is_written) in [("Net__c", true), ("Missing__c", false), ("Parent__r.Net__c", false)] {
        let settings = Settings { deal_value_field: name.into(), ..settings() };
        let (fields, _) = taken(&own, &settings, &ALL, opportunity);
        assert_eq!(object(fields).contains_key(name), is_written, "{name}");
    }
}

#[test]
fn the_address_goes_where_the_org_has_it() {
    let own = referral(&[]);
    let picklists = ["BillingCountryCode", "BillingCountry"];
    let custom = Settings { country_field: "Country_Code__c".into(), ..settings() };
    let behind = Settings { country_field: "Country__r.ISO__c".into(), ..settings() };
    let none = Place::default();
    let stateless = Place { without_state: true, ..none };
    let nowhere = Place { without_country: true, without_state: true };
    let no_state = "Left out: the state SH, which is not in this org’s list.";
    let no_country = "Left out: the country DE, which is not in this org’s list.";
    #[allow(clippy::type_complexity, reason = "a table of cases")]
    let cases: [(&Settings, &[&str], Place, Value, Vec<&str>); 6] = [
        (&settings(), &picklists, none, json!({ "BillingCountryCode": "DE", "BillingStateCode": "SH" }), vec![]),
        (&settings(), &["BillingCountry"], none, json!({ "BillingCountry": "DE", "BillingState": "SH" }), vec![]),
        (&custom, &["Country_Code__c"], none, json!({ "Country_Code__c": "DE", "BillingState": "SH" }), vec![]),
        (&behind, &[], none, json!({ "BillingCountry": "DE", "BillingState": "SH" }), vec![]),
        (&settings(), &picklists, stateless, json!({ "BillingCountryCode": "DE" }), vec![no_state]),
        (&settings(), &picklists, nowhere, json!({}), vec![no_country, no_state]),
    ];
    for (settings, fields, place, expected, sentences) in cases {
        let (account, remarks) = taken(&own, settings, fields, |intake| customer(intake, place)).unwrap();
        let mut expected = expected.as_object().unwrap().clone();
        let rest = [
            ("Name", "Wattenwerk GmbH"),
            ("BillingStreet", "Deichweg 4\nHaus B"),
            ("BillingCity", "Husum"),
            ("BillingPostalCode", "25813"),
        ];
        expected.extend(rest.map(|(name, value)| (name.to_owned(), value.into())));
        assert_eq!(account, expected);
        assert_eq!(told(&remarks), sentences);
    }
    let nobody = referral(&[("/customerProfile/name", json!(" "))]);
    assert_eq!(taken(&nobody, &settings(), &[], |intake| customer(intake, none)), None);
}

#[test]
fn solutions_are_kept_once_each_with_what_salesforce_can_hold() {
    let items = json!([
        { "id": "SOL-1", "name": "Gauge Insight", "solutionType": "3p", "publisherName": "Seewarte Software" },
        { "id": "SOL-1", "name": "Again" },
        { "id": "sol-1", "name": "In small letters" },
        { "id": "", "name": "Nameless" },
        { "id": "SOL-2", "solutionType": "4P" },
        { "id": "ASM-1", "solutionType": "assessment" }
    ]);
    let own = referral(&[("/details/requirements/solutions", items)]);
    let found = taken(&own, &settings(), &[], solutions).into_iter().map(Value::Object).collect::<Vec<_>>();
    let first = json!({
        "Name": "Gauge Insight", "Solution_Identifier__c": "SOL-1", "Solution_Type__c": "3P", "Publisher_Name__c": "Seewarte Software"
    });
    let assessment = json!({ "Name": "ASM-1", "Solution_Identifier__c": "ASM-1", "Solution_Type__c": "Assessment" });
    assert_eq!(found, [first, json!({ "Name": "SOL-2", "Solution_Identifier__c": "SOL-2" }), assessment]);
}

#[test]
fn texts_that_are_too_long_for_a_field_are_cut_and_not_refused() {
    let long = "Ä🚀".repeat(100);
    let own = referral(&[("/name", json!(long)), ("/customerProfile/name", json!(long))]);
    let units = |value: &Value| value.as_str().unwrap().encode_utf16().count();
    assert_eq!(units(&object(taken(&own, &settings(), &ALL, opportunity).0)["Name"]), 120);
    let (account, _) = taken(&own, &settings(), &[], |intake| customer(intake, Place::default())).unwrap();
    assert_eq!(units(&account["Name"]), 255);
}

#[test]
fn no_mark_comes_in_whoever_typed_it_and_whatever_the_setting_says() {
    let own = referral(&[("/name", json!("✔ Tide gauges"))]);
    let settings = Settings { check_mark: true, ..settings() };
    taken(&own, &settings, &ALL, |intake| {
        // The first run puts it there, which knows how the pair stands.
        assert_eq!(object(opportunity(intake).0)["Name"], "Tide gauges");
        assert_eq!(base(intake).get("/name"), Some("Tide gauges"));
        let (lead, _) = lead(intake, Place::default());
        let is_marked = |value: &Value| value.as_str().is_some_and(|text| text.starts_with(['✔', '✗']));
        assert!(lead.contains_key("LastName") && !lead.values().any(is_marked), "{lead:?}");
    });
}

#[test]
fn a_lead_has_a_name_and_a_company_whatever_is_missing() {
    let own = referral(&[]);
    let (fields, _) = taken(&own, &settings(), &["BillingCountryCode"], |intake| lead(intake, Place::default()));
    let expected = json!({
        "FirstName": "Ada", "LastName": "Okafor", "Company": "Wattenwerk GmbH", "Email": "ada@wattenwerk.example",
        "Phone": "+49 4841 5550", "Street": "Deichweg 4\nHaus B", "City": "Husum", "PostalCode": "25813", "CountryCode": "DE",
        "StateCode": "SH", "Description": "Moves the gauges' data to Azure.", "Referral_Identifier__c": own.id,
        "Referral_Link__c": format!("https://partner.example/{}", own.id), "Engagement_Identifier__c": own.engagement_id,
        "Referral_Status__c": "New / Received", "Cosell_State__c": "InStep"
    });
    assert_eq!(Value::Object(fields), expected);
    let bare = referral(&[("/customerProfile", Value::Null)]);
    let (fields, _) = taken(&bare, &settings(), &[], |intake| lead(intake, Place::default()));
    assert_eq!((&fields["LastName"], &fields["Company"]), (&json!("[not provided]"), &json!("[not provided]")));
}

#[test]
fn a_status_that_the_org_does_not_know_gives_way_to_its_default() {
    let status =
        |name: &str, is_converted: bool, is_default: bool| LeadStatus { api_name: name.into(), is_converted, is_default };
    let usual = [status("Open - Not Contacted", false, true), status("Closed - Not Converted", false, false)];
    let own_words = [status("Neu", false, true), status("Abgelehnt", false, false), status("Qualified", true, false)];
    let mapped = Settings { lead_statuses: "Closed | Abgelehnt\nNew|Qualified".into(), ..settings() };
    let missing = |name: &str| Some(format!("There is no lead status {name} here; Neu stands in its place."));
    let cases = [
        ("New", &settings(), usual.as_slice(), Some("Open - Not Contacted"), None),
        ("Closed", &settings(), &usual, Some("Closed - Not Converted"), None),
        ("New", &settings(), &own_words, Some("Neu"), missing("Open - Not Contacted")),
        ("Closed", &mapped, &own_words, Some("Abgelehnt"), None),
        ("New", &mapped, &own_words, Some("Neu"), missing("Qualified")),
        ("New", &settings(), &[], None, Some("There is no lead status Open - Not Contacted here.".into())),
    ];
    for (word, settings, known, expected, sentence) in cases {
        let own = referral(&[("/status", json!(word))]);
        let (found, remark) = taken(&own, settings, &[], |intake| lead_status(intake, known));
        assert_eq!((found.as_deref(), remark.map(|it| it.sentence("en"))), (expected, sentence), "{word}");
    }
}

#[test]
fn of_a_lead_only_what_changed_in_partner_center_is_written() {
    let wanted = object([("City", "Kiel"), ("Phone", "1"), ("Email", "new@x.example"), ("Company", "W")].map(of).to_vec());
    let seen = [("City", "Husum"), ("Phone", "1"), ("Email", "new@x.example")].map(|(name, text)| (name.into(), text.into()));
    // The seller has another phone; the e-mail was written by a run that died; the company was never known.
    let record = json!({ "City": "Husum", "Phone": "2", "Email": "new@x.example", "Company": "Wattenwerk" });
    let news = changed(&wanted, &seen.into(), &record);
    assert_eq!(Value::Object(news), json!({ "City": "Kiel" }));
    let nothing_known = changed(&wanted, &std::collections::BTreeMap::new(), &json!({ "Phone": "2" }));
    assert_eq!(nothing_known.keys().collect::<Vec<_>>(), ["City", "Company", "Email"]);
}

fn of((name, text): (&str, &str)) -> (String, Value) {
    (name.to_owned(), text.into())
}

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

#[test]
fn everything_that_is_told_is_told_in_every_language() {
    let text = || "X".to_owned();
    let remarks = [
        Remark::AccountMade(text()),
        Remark::AccountFound(text()),
        Remark::AccountAmbiguous(text()),
        Remark::NoCustomer,
        Remark::MoreContacts(1),
        Remark::MoreContacts(2),
        Remark::CloseDate(day("2026-12-22")),
        Remark::ValueLeftOut { value: text(), currency: text() },
        Remark::StateLeftOut(text()),
        Remark::CountryLeftOut(text()),
        Remark::TeamsOff(vec![text()]),
        Remark::NoUsers(vec![text()]),
        Remark::NotesOff,
        Remark::Incomplete(text()),
        Remark::LeadStatus { missing: text(), instead: text() },
        Remark::LeadStatus { missing: text(), instead: String::new() },
        Remark::LeadCame,
        Remark::LeadChanged(vec![text()]),
        Remark::LeadConverted,
    ];
    for remark in remarks {
        let sentences = Language::ALL.map(|language| remark.sentence(language.code()));
        assert!(sentences.iter().all(|it| it.contains(' ') && !it.contains('{')), "{sentences:?}");
        assert_ne!(sentences[0], sentences[1]);
    }
    let two_lines = Remark::Incomplete("one\ntwo".into()).sentence("en");
    assert!(!two_lines.contains('\n') && two_lines.contains("one two"));
}

#[test]
fn the_customer_has_agreed_where_both_consents_are_given_in_partner_center() {
    let cases = [(json!(true), json!(true), true), (json!(true), json!(false), false), (json!(null), json!(true), false)];
    for (share, contact, is_given) in cases {
        let own = referral(&[
            ("/consent/consentToToShareInfoWithOthers", share.clone()),
            ("/consent/consentToContact", contact.clone()),
        ]);
        let fields = taken(&own, &settings(), &ALL, |intake| object(opportunity(intake).0));
        assert_eq!(fields.contains_key("Customer_Consent__c"), is_given, "{share} {contact}");
    }
}
