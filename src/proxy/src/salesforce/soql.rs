//! The queries that the proxy sends, and nothing that sends them.

use cosell_rules::model::Settings;
use cosell_rules::salesforce::field;

use super::features::Features;
use crate::ids::SalesforceId;

/// The org's settings: the one record of the package's custom metadata type.
pub(super) const SETTINGS: &str = "SELECT Country_Field__c, Deal_Value_Field__c, Currency_Field__c, Default_Currency__c \
     FROM Cosell_Setting__mdt WHERE DeveloperName = 'Default'";

const OWN: [&str; 7] = ["Id", "Name", "StageName", "CloseDate", "Description", "LastModifiedDate", "AccountId"];
const ACCOUNT: [&str; 6] = ["Id", "Name", "BillingStreet", "BillingCity", "BillingState", "BillingPostalCode"];
const PERSON: [&str; 5] = ["Id", "FirstName", "LastName", "Email", "Phone"];

/// One opportunity with everything that hangs on it.
///
/// Fields that only some orgs have are asked for where they exist. Our own are always asked for: an org that hides one of
/// them must fail, since a missing referral identifier would look like a deal that was never shared.
pub(super) fn opportunity(id: &SalesforceId, settings: &Settings, features: &Features) -> String {
    let mut fields: Vec<String> = OWN.iter().chain(&field::ALL).map(|name| (*name).to_owned()).collect();
    let optional = ["Amount", settings.deal_value_field.as_str(), settings.currency_field.as_str()];
    for name in optional {
        if features.opportunity_has(name) && !fields.iter().any(|known| known == name) {
            fields.push(name.to_owned());
        }
    }
    fields.extend(below("Account", &ACCOUNT));
    let country = settings.country_field.as_str();
    for name in ["BillingCountry", "BillingCountryCode", country] {
        let path = format!("Account.{name}");
        let known = features.account_has(name) || (name.contains('.') && is_path(name));
        if known && !fields.contains(&path) {
            fields.push(path);
        }
    }
    fields.extend(below("Owner", &PERSON));
    let contacts =
        [vec!["Id".to_owned(), "ContactId".to_owned(), "Role".to_owned(), "IsPrimary".to_owned()], below("Contact", &PERSON)]
            .concat();
    fields.push(format!("(SELECT {} FROM OpportunityContactRoles)", contacts.join(", ")));
    if features.teams {
        let members = [vec!["Id".to_owned(), "UserId".to_owned(), "TeamMemberRole".to_owned()], below("User", &PERSON)].concat();
        fields.push(format!("(SELECT {} FROM OpportunityTeamMembers)", members.join(", ")));
    }
    fields.push(
        "(SELECT Id, Name, Solution_Identifier__c, Solution_Type__c, Publisher_Name__c FROM Microsoft_Solutions__r)".to_owned(),
    );
    format!("SELECT {} FROM Opportunity WHERE Id = {}", fields.join(", "), quote(id.as_str()))
}

fn below(relationship: &str, fields: &[&str]) -> Vec<String> {
    fields.iter().map(|name| format!("{relationship}.{name}")).collect()
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
    fn an_org_without_currencies_teams_and_country_codes_is_not_asked_for_them() {
        let query = opportunity(&id(), &Settings::default(), &features(&["Amount"], &["BillingCountry"], false));
        for absent in ["CurrencyIsoCode", "OpportunityTeamMembers", "BillingCountryCode"] {
            assert!(!query.contains(absent), "{absent} in {query}");
        }
        assert!(query.contains("Account.BillingCountry,"), "{query}");
        assert!(query.ends_with("FROM Opportunity WHERE Id = '006Qy00000AbCdEIAV'"), "{query}");
    }

    #[test]
    fn our_own_fields_are_always_asked_for() {
        let query = opportunity(&id(), &Settings::default(), &features(&[], &[], true));
        for name in field::ALL {
            assert!(query.contains(name), "{name}");
        }
        assert!(query.contains("User.Email"), "{query}");
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
