//! The rows of the mapping, and the lines in which an admin adds to them.

use cosell_rules::map::{Direction, Mapping, ROWS, Side, Transform, When, Winner};

#[test]
fn a_line_of_the_settings_becomes_a_row() {
    let row = Mapping::parse(" Campaign_Code__c | /campaignId | toPartnerCenter | text ").unwrap();
    assert_eq!((&*row.field, &*row.path), ("Campaign_Code__c", "/campaignId"));
    assert_eq!((row.direction, row.when), (Direction::ToPartnerCenter, When::Always));
    assert_eq!((row.transform, row.winner, row.side), (Transform::Text, Winner::Salesforce, Side::Own));

    let row = Mapping::parse("Flag__c|/campaignId|both|flag|partnerCenter").unwrap();
    assert_eq!((row.direction, row.transform, row.winner), (Direction::Both, Transform::Flag, Winner::PartnerCenter));

    let row = Mapping::parse("Id__c|microsoft:/trackingInfo/other|toSalesforce|text").unwrap();
    assert_eq!((&*row.path, row.side), ("/trackingInfo/other", Side::Microsoft));
}

#[test]
fn sections_that_exist_are_spelled_as_microsoft_spells_them() {
    let cases = [
        ("/Details/Requirements/industries", "/details/requirements/industries"),
        ("/CUSTOMERPROFILE/size", "/customerProfile/size"),
        ("/CampaignId", "/campaignId"),
        ("/own/Section", "/own/Section"),
    ];
    for (written, read) in cases {
        let transform = if written.contains("industries") { "tags" } else { "text" };
        let row = Mapping::parse(&format!("A__c|{written}|onCreate|{transform}")).unwrap();
        assert_eq!(row.path, read);
    }
}

#[test]
fn a_line_that_cannot_work_says_why() {
    let cases = [
        ("", "API name"),
        ("Not a field|/campaignId|both|text", "API name"),
        ("A__c|campaignId|both|text", "path"),
        ("A__c|/details//x|both|text", "path"),
        ("A__c|/campaignId|sideways|text", "direction"),
        ("A__c|/campaignId|both|float", "transform"),
        ("A__c|/campaignId|both", "transform"),
        ("A__c|/campaignId|both|text|nobody", "winner"),
        ("A__c|/campaignId|both|text|salesforce|more", "five parts"),
        ("Account.A__c|/campaignId|both|text", "lookup"),
        ("A__c|/favorite|both|text", "lets partners change"),
        ("A__c|/favorite|toPartnerCenter|text", "lets partners change"),
        ("A__c|/eTag|onCreate|text", "only Partner Center"),
        ("A__c|/trackingInfo/x|onCreate|text", "only Partner Center"),
        ("A__c|/team/-|toPartnerCenter|text", "written already"),
        ("A__c|/details|onCreate|text", "written already"),
        ("A__c|/details/dealValue|both|number", "written already"),
        ("A__c|/statusReason|both|text", "with the stage"),
        ("A__c|microsoft:/campaignId|toPartnerCenter|text", "Microsoft's own"),
    ];
    for (line, why) in cases {
        let problem = Mapping::parse(line).expect_err(line);
        assert!(problem.contains(why), "{line}: {problem}");
    }
    for line in ["A__c|/favorite|onCreate|flag", "A__c|/id|toSalesforce|text", "Account.A__c|/campaignId|toPartnerCenter|text"] {
        assert!(Mapping::parse(line).is_ok(), "{line}");
    }
}

#[test]
fn no_value_is_written_by_two_rows() {
    for (at, row) in ROWS.iter().enumerate() {
        for other in &ROWS[at + 1..] {
            let is_same_place = row.path == other.path && row.side == other.side;
            let both_write = row.direction != Direction::ToSalesforce && other.direction != Direction::ToSalesforce;
            assert!(!(is_same_place && both_write), "{}", row.path);
            assert!(row.field.is_empty() || row.field != other.field, "{}", row.field);
        }
    }
}
