//! What several targets need: the day, and settings that wake every rule.

use cosell_rules::{moment::Moment, settings::Settings};
use time::Date;

/// Pairs that name a field for everything, so that no rule sleeps for want of one.
pub const DEMANDING: [(&str, &str); 20] = [
    ("locale", "fr"),
    ("reasonField", "Reason__c"),
    ("marketplaceIntentField", "Intent__c"),
    ("partnerRoleField", "Role__c"),
    ("solutionAreaField", "Area__c"),
    ("solutionPlayField", "Play__c"),
    ("locationField", "Place__c"),
    ("dunsField", "Duns__c"),
    ("federalField", "Federal__c"),
    ("referralProgramField", "Program__c"),
    ("onHoldStage", "On Hold"),
    ("salesStages", "Qualification|Develop\nOn Hold|Qualify"),
    ("servicesCoSell", "true"),
    ("partnerId", "12345"),
    ("catalog", "SOL-20417-KXD|Gauge Insight|3P|co-sell ready|12345\nASM-1|Look around|Assessment||"),
    ("mapping", "Campaign_Code__c|/campaignId|both|text\nPriority__c|/favorite|onCreate|flag"),
    ("defaultCurrency", "EUR"),
    ("countryNames", "DE|Allemagne\nKR|Corée du Sud"),
    ("otherCountryNames", "DE|Alemania\nKP|Corea"),
    ("currencyNames", "EUR|euro\nUSD|dollar des États-Unis"),
];

/// The settings that a fuzzer's first byte chooses: all defaults, or everything.
///
/// # Panics
///
/// When the pairs above are no settings any more.
pub fn settings(choice: u8) -> Settings {
    let pairs: &[(&str, &str)] = if choice & 1 == 0 { &[] } else { &DEMANDING };
    Settings::from_pairs(pairs.iter().copied()).unwrap()
}

/// The day of all targets, and noon of it.
///
/// # Panics
///
/// Never: both are constants.
pub fn today() -> (Date, Moment) {
    let day = cosell_rules::moment::parse_day("2026-11-22").unwrap();
    (day, cosell_rules::moment::parse_moment("2026-11-22T12:00:00Z").unwrap())
}
