//! The lines in which an admin maps fields of their own: what they may name, and what two of them may not do together.

use cosell_rules::{map::Mapping, settings::Settings};
use serde_json::json;

use crate::support::{folder, outcome, read};

fn settings(lines: &[&str]) -> Settings {
    let mapping = lines.iter().map(|line| Mapping::parse(line).unwrap_or_else(|problem| panic!("{line}: {problem}"))).collect();
    Settings {
        mapping,
        reason_field: "Loss_Reason__c".into(),
        referral_program_field: "Program__c".into(),
        ..Settings::default()
    }
}

#[test]
fn a_path_is_the_same_in_capitals() {
    for (line, why) in [
        ("A__c|/CustomerProfile/Name|onCreate|text", "written already"),
        ("A__c|/DETAILS|onCreate|text", "written already"),
        ("A__c|/etag|onCreate|text", "only Partner Center"),
        ("A__c|/TrackingInfo/x|onCreate|text", "only Partner Center"),
        ("A__c|/Registrations|onCreate|text", "only Partner Center"),
        ("A__c|/EngagementId|onCreate|text", "only Partner Center"),
        ("A__c|/StatusReason|onCreate|text", "with the stage"),
        ("A__c|/Substatus|onCreate|text", "with the stage"),
        ("A__c|/Details/Requirements/Solutions|onCreate|tags", "written already"),
    ] {
        let problem = Mapping::parse(line).expect_err(line);
        assert!(problem.contains(why), "{line}: {problem}");
    }
    assert_eq!(Mapping::parse("A__c|/CAMPAIGNID|both|text").unwrap().path, "/campaignId", "as an update names it");
    assert!(Mapping::parse("A__c|/customerProfile/nameOfTheBoss|onCreate|text").is_ok(), "a longer name is another one");
}

#[test]
fn a_list_is_only_given_at_creation() {
    assert!(Mapping::parse("A__c|/products|onCreate|tags").is_ok());
    for direction in ["toPartnerCenter", "toSalesforce", "both"] {
        let problem = Mapping::parse(&format!("A__c|/campaignId|{direction}|tags")).unwrap_err();
        assert!(problem.contains("onCreate"), "{problem}");
    }
}

#[test]
fn a_multi_select_picklist_becomes_a_list_of_ids() {
    let base = read(&folder().join("base.json"));
    let mapping = json!([
        "Industries__c|/details/requirements/industries|onCreate|tags",
        "Products__c|/products|onCreate|tags",
        "Services__c|/services|onCreate|tags",
    ]);
    let set =
        json!({ "Industries__c": "Education; Agriculture, Forestry, & Fishing;", "Products__c": "Azure", "Services__c": null });
    let referral = outcome(&base, &json!({ "set": set, "settings": { "mapping": mapping } }))["preview"]["referral"].clone();
    let industries = json!([{ "id": "Education" }, { "id": "Agriculture, Forestry, & Fishing" }]);
    assert_eq!(referral["details"]["requirements"]["industries"], industries);
    assert_eq!(referral["products"], json!([{ "id": "Azure" }]));
    assert_eq!(referral.get("services"), None, "a blank one is left out");
}

#[test]
fn lines_that_contradict_each_other_are_told() {
    let (path, field) = (Some("two lines for one path"), Some("written already"));
    for (lines, told) in [
        (&["A__c|/favorite|onCreate|flag", "B__c|/products|onCreate|tags"][..], None),
        (&["A__c|/favorite|onCreate|flag", "B__c|/Favorite|onCreate|flag"], path),
        (&["A__c|/a|onCreate|text", "B__c|/a/b|onCreate|text"], path),
        (&["A__c|/a/b|onCreate|text", "B__c|/a|onCreate|text"], path),
        (&["A__c|/a/b|onCreate|text", "B__c|/a/bc|onCreate|text"], None),
        (&["A__c|/campaignId|toPartnerCenter|text", "B__c|/campaignId|toSalesforce|text"], path),
        (&["A__c|/quality|toSalesforce|text", "B__c|/quality|toSalesforce|text"], path),
        (&["A__c|/quality|toSalesforce|text", "B__c|microsoft:/quality|toSalesforce|text"], None),
        (&["A__c|/quality|toSalesforce|text", "a__C|/direction|toSalesforce|text"], field),
        (&["A__c|/a|onCreate|text", "A__c|/b|onCreate|text"], None),
        (&["A__c|/a|onCreate|text", "A__c|/quality|toSalesforce|text"], None),
        (&["StageName|/quality|toSalesforce|text"], field),
        (&["description|/quality|toSalesforce|text"], field),
        (&["Amount|/quality|toSalesforce|number"], field),
        (&["program__c|/quality|toSalesforce|text"], field),
        (&["Loss_Reason__c|/quality|toSalesforce|text"], field),
        (&["Cosell_State__c|/quality|toSalesforce|text"], field),
        (&["Customer_Consent__c|/isSpam|toSalesforce|flag"], field),
        (&["StageName|/favorite|onCreate|text"], None),
    ] {
        let found = Mapping::conflicts(&settings(lines));
        assert!(found.is_some() == told.is_some() && found.unwrap_or("").contains(told.unwrap_or("")), "{lines:?}: {found:?}");
    }
}
