//! The queries that the proxy sends, and nothing that sends them.

use cosell_rules::row;
use cosell_rules::salesforce::{self, field};
use cosell_rules::settings::Settings;

use super::features::Features;
use crate::ids::SalesforceId;

/// The org's settings: the one record of the package's custom metadata type.
pub(super) const SETTINGS: &str = "SELECT Country_Field__c, Deal_Value_Field__c, Currency_Field__c, Default_Currency__c, \
     Active_Stage__c, On_Hold_Stage__c, Cosell_Only__c, Check_Mark__c, Rule_Settings__c FROM Cosell_Setting__mdt WHERE DeveloperName = 'Default'";

/// Its fields, and the settings that they hold.
pub(super) const SETTING_FIELDS: [(&str, &str); 9] = [
    ("Country_Field__c", "countryField"),
    ("Deal_Value_Field__c", "dealValueField"),
    ("Currency_Field__c", "currencyField"),
    ("Default_Currency__c", "defaultCurrency"),
    ("Active_Stage__c", "activeStage"),
    ("On_Hold_Stage__c", "onHoldStage"),
    ("Cosell_Only__c", "coSellOnly"),
    ("Check_Mark__c", "checkMark"),
    ("Rule_Settings__c", "rules"),
];

/// The fields that an admin maps beside the built-in ones, in the order in which the package's Apex reads them.
pub(super) const MAPPINGS: &str = "SELECT Opportunity_Field__c, Referral_Path__c, Direction__c, Transform__c, Winner__c \
     FROM Cosell_Field_Mapping__mdt WHERE Active__c = true ORDER BY DeveloperName";

/// The fields of such a mapping, in the order of a line of the setting `mapping`.
pub(super) const MAPPING_FIELDS: [&str; 5] =
    ["Opportunity_Field__c", "Referral_Path__c", "Direction__c", "Transform__c", "Winner__c"];

/// Standard fields that an org may not hide from us: one that is not asked for would look blank, and be sent as such.
const OPPORTUNITY: [&str; 7] = ["Id", "Name", "StageName", "IsClosed", "IsWon", "CloseDate", "Description"];
/// When the record was changed and by whom: what a write is guarded by, and how our own is told from others.
const VERSION: [&str; 3] = ["LastModifiedDate", "SystemModstamp", "LastModifiedById"];
const ACCOUNT: [&str; 6] = ["Id", "Name", "BillingStreet", "BillingCity", "BillingState", "BillingPostalCode"];

/// One opportunity with everything that hangs on it: what the rules want of a record, what is only written, and what a write is
/// guarded by.
///
/// Fields that only some orgs have are asked for where they exist. Our own are always asked for: an org that hides one of
/// them must fail, since a missing referral identifier would look like a deal that was never shared.
pub(super) fn opportunity(id: &SalesforceId, settings: &Settings, features: &Features) -> String {
    let columns = salesforce::columns(settings);
    let mut tables = columns.split(row::GROUP);
    let own = tables.next().unwrap_or_default().split(row::UNIT);
    let only_written = field::ALL.into_iter().chain([settings.referral_program_field.as_str()]);
    let mut fields: Vec<String> = Vec::new();
    for path in own.chain(only_written).chain(VERSION).chain(["HasOpportunityLineItem"]) {
        if is_there(path, features) && !fields.iter().any(|known| known == path) {
            fields.push(path.to_owned());
        }
    }
    for table in tables {
        let (relationship, columns) = table.split_once(row::UNIT).map_or((table, None), |(name, columns)| (name, Some(columns)));
        if relationship != "OpportunityTeamMembers" || features.teams {
            // The id is not for the rules: a child that is gone is only named by it.
            let columns: Vec<&str> = ["Id"].into_iter().chain(columns.into_iter().flat_map(|all| all.split(row::UNIT))).collect();
            fields.push(format!("(SELECT {} FROM {relationship})", columns.join(", ")));
        }
    }
    format!("SELECT {} FROM Opportunity WHERE Id = {}", fields.join(", "), quote(id.as_str()))
}

/// Whether a path can be asked for. Of what lies behind a lookup nobody has told us; there, only its form is looked at.
fn is_there(path: &str, features: &Features) -> bool {
    match path.split_once('.') {
        None => {
            let is_needed = OPPORTUNITY.contains(&path) || field::ALL.contains(&path) || VERSION.contains(&path);
            is_needed || features.opportunity_has(path)
        }
        Some(("Account", name)) if !name.contains('.') => ACCOUNT.contains(&name) || features.account_has(name),
        Some(_) => is_path(path),
    }
}

/// Whether an admin's setting is a field name, or a path of them, and nothing that could end the field list.
fn is_path(text: &str) -> bool {
    text.split('.').all(|part| {
        part.bytes().next().is_some_and(|first| first.is_ascii_alphabetic())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

/// A text as a SOQL literal (SOQL and SOSL Reference, "Quoted string escape sequences").
pub(super) fn quote(text: &str) -> String {
    let mut literal = String::from("'");
    for character in text.chars() {
        match character {
            '\'' | '\\' | '"' => literal.extend(['\\', character]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            other => literal.push(other),
        }
    }
    literal.push('\'');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(opportunity: &[&str], account: &[&str], teams: bool) -> Features {
        Features::of(opportunity.iter().copied(), account.iter().copied(), teams)
    }

    fn id() -> SalesforceId {
        SalesforceId::parse("006Qy00000AbCdE").unwrap()
    }

    #[test]
    fn text_in_a_query_stays_text() {
        let cases = [
            ("Ada", "'Ada'"),
            ("O'Neill", r"'O\'Neill'"),
            (r"back\slash", r"'back\\slash'"),
            (r"x\' OR Name != '", r"'x\\\' OR Name != \''"),
            ("line\nbreak", r"'line\nbreak'"),
            ("\"", "'\\\"'"),
            ("Žižkov 🚀", "'Žižkov 🚀'"),
        ];
        for (text, literal) in cases {
            assert_eq!(quote(text), literal);
        }
    }

    #[test]
    fn every_setting_that_is_used_is_asked_for() {
        for (field, _) in SETTING_FIELDS {
            assert!(SETTINGS.contains(field), "{field}");
        }
        for field in MAPPING_FIELDS {
            assert!(MAPPINGS.contains(field), "{field}");
        }
    }

    #[test]
    fn an_org_without_currencies_teams_and_country_codes_is_not_asked_for_them() {
        let query = opportunity(&id(), &Settings::default(), &features(&["Amount"], &["BillingCountry"], false));
        for absent in ["CurrencyIsoCode", "OpportunityTeamMembers", "BillingCountryCode"] {
            assert!(!query.contains(absent), "{absent} in {query}");
        }
        assert!(query.contains("Account.BillingCountry,"), "{query}");
        assert!(query.contains("Amount,"), "{query}");
        assert!(query.ends_with("FROM Opportunity WHERE Id = '006Qy00000AbCdEIAV'"), "{query}");
    }

    #[test]
    fn our_own_fields_and_what_would_look_blank_are_always_asked_for() {
        let query = opportunity(&id(), &Settings::default(), &features(&[], &[], true));
        for name in field::ALL.into_iter().chain(OPPORTUNITY).chain(VERSION).chain(["Owner.Email", "Account.Name"]) {
            assert!(query.contains(&format!("{name}, ")), "{name} in {query}");
        }
        assert!(!query.contains("Amount"), "{query}");
        for people in ["Contact.Phone FROM OpportunityContactRoles)", "User.Phone FROM OpportunityTeamMembers)"] {
            assert!(query.contains(people), "{people} in {query}");
        }
        assert!(query.contains("(SELECT Id, Solution_Identifier__c, "), "{query}");
        assert_eq!(query.matches("(SELECT Id, ").count(), 3, "{query}");
    }

    #[test]
    fn all_that_the_rules_want_is_asked_for_where_the_org_has_it() {
        let pairs = [
            ("reasonField", "Loss_Reason__c"),
            ("dunsField", "DunsNumber"),
            ("referralProgramField", "Program__c"),
            ("mapping", "Campaign_Code__c|/campaignId|both|text"),
        ];
        let settings = Settings::from_pairs(pairs).unwrap();
        let own = ["Loss_Reason__c", "Program__c", "Campaign_Code__c", "Amount", "CurrencyIsoCode"];
        let account = ["DunsNumber", "BillingCountry", "BillingCountryCode"];
        let whole = opportunity(&id(), &settings, &features(&own, &account, true));
        let bare = opportunity(&id(), &settings, &features(&[], &[], true));
        for path in salesforce::columns(&settings).split([row::UNIT, row::GROUP]).filter(|path| !path.is_empty()) {
            assert!(whole.contains(path), "{path} in {whole}");
        }
        assert!(whole.contains("Program__c"), "{whole}");
        for absent in own.iter().chain(&account) {
            assert!(!bare.contains(absent), "{absent} in {bare}");
        }
    }

    #[test]
    fn configured_fields_are_asked_for_once_and_only_if_they_are_field_names() {
        let settings = Settings {
            deal_value_field: "Net_Value__c".into(),
            country_field: "Country__r.ISO_Code__c".into(),
            currency_field: "Name FROM User--".into(),
            ..Settings::default()
        };
        let query = opportunity(&id(), &settings, &features(&["Amount", "Net_Value__c"], &["BillingCountry"], false));
        assert_eq!(query.matches("Net_Value__c").count(), 1);
        assert!(query.contains("Account.Country__r.ISO_Code__c"));
        assert!(!query.contains("--"), "{query}");
        let hostile = Settings { country_field: "X.Y FROM User".into(), ..Settings::default() };
        assert!(!opportunity(&id(), &hostile, &features(&[], &[], false)).contains("FROM User"));
    }
}
