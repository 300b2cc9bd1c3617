//! What the sample org promises, counted: enough deals, countries and currencies, and every oddity of a real CRM at least once.
//! Knows the format of `data/org.json` and nothing of the rules: "ready" below is a plain reading of the row, not a verdict.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use serde_json::Value;
use std::collections::BTreeSet;

fn org() -> Value {
    serde_json::from_str(include_str!("../data/org.json")).unwrap()
}

fn rows<'a>(org: &'a Value, list: &str) -> &'a [Value] {
    org[list].as_array().unwrap()
}

fn row<'a>(org: &'a Value, list: &str, key: &Value) -> &'a Value {
    rows(org, list).iter().find(|row| row["key"] == *key).unwrap_or_else(|| panic!("{list} has no {key}"))
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or("")
}

fn account<'a>(org: &'a Value, opportunity: &Value) -> &'a Value {
    row(org, "accounts", &opportunity["account"])
}

/// Contacts of an opportunity, the primary one first.
fn contacts<'a>(org: &'a Value, opportunity: &Value) -> Vec<&'a Value> {
    let mut roles: Vec<&Value> = rows(opportunity, "contactRoles").iter().collect();
    roles.sort_by_key(|role| role["IsPrimary"] != true);
    roles.iter().map(|role| row(org, "contacts", &role["contact"])).collect()
}

fn complete(person: &Value) -> bool {
    ["FirstName", "LastName", "Email", "Phone"].iter().all(|field| !text(person, field).is_empty())
}

fn is_code(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn amount(opportunity: &Value) -> String {
    opportunity["Amount"].as_number().map_or_else(String::new, ToString::to_string)
}

fn due_later(opportunity: &Value) -> bool {
    text(opportunity, "CloseDate").starts_with('+')
}

const WITHDRAWN_COUNTRIES: [&str; 2] = ["AN", "CS"];
const WITHDRAWN_CURRENCIES: [&str; 2] = ["HRK", "BGN"];

/// A row a seller could share without mending anything first.
fn looks_ready(org: &Value, opportunity: &Value) -> bool {
    let account = account(org, opportunity);
    let country = text(account, "BillingCountry");
    let currency = text(opportunity, "CurrencyIsoCode");
    let amount = amount(opportunity);
    let asks_for_help = !text(opportunity, "How_can_Microsoft_help__c").is_empty();
    ["BillingStreet", "BillingCity"].iter().all(|field| !text(account, field).is_empty())
        && is_code(country, 2)
        && !WITHDRAWN_COUNTRIES.contains(&country)
        && is_code(currency, 3)
        && !WITHDRAWN_CURRENCIES.contains(&currency)
        && !(amount.is_empty() || amount == "0" || amount.starts_with('-'))
        && due_later(opportunity)
        && complete(row(org, "users", &opportunity["owner"]))
        && !rows(opportunity, "solutions").is_empty()
        && opportunity["Customer_Consent__c"] == true
        && (!asks_for_help || contacts(org, opportunity).first().is_some_and(|contact| complete(contact)))
}

fn some_opportunity(says: impl Fn(&Value) -> bool) -> bool {
    rows(&org(), "opportunities").iter().any(says)
}

#[test]
fn there_are_at_least_sixty_four_opportunities_and_a_third_of_them_look_ready() {
    let org = org();
    let all = rows(&org, "opportunities");
    let ready = all.iter().filter(|opportunity| looks_ready(&org, opportunity)).count();
    assert!(all.len() >= 64, "{}", all.len());
    assert!(ready * 3 >= all.len(), "{ready} of {}", all.len());
}

#[test]
fn the_accounts_lie_in_at_least_thirty_two_countries_counting_only_those_given_as_a_code() {
    let org = org();
    let countries: BTreeSet<&str> = rows(&org, "accounts")
        .iter()
        .map(|account| text(account, "BillingCountry"))
        .filter(|country| is_code(country, 2) && !WITHDRAWN_COUNTRIES.contains(country))
        .collect();
    assert!(countries.len() >= 32, "{countries:?}");
}

#[test]
fn the_deals_are_in_at_least_sixteen_currencies_and_each_is_a_currency_of_the_org() {
    let org = org();
    let known: BTreeSet<&str> = rows(&org, "currencies").iter().map(|currency| text(currency, "IsoCode")).collect();
    let used: BTreeSet<&str> = rows(&org, "opportunities")
        .iter()
        .map(|opportunity| text(opportunity, "CurrencyIsoCode"))
        .filter(|code| !code.is_empty())
        .collect();
    assert!(used.len() >= 16, "{used:?}");
    assert!(used.is_subset(&known), "{:?}", used.difference(&known));
    assert_eq!(rows(&org, "currencies").iter().filter(|currency| currency["IsCorporate"] == true).count(), 1);
}

#[test]
fn countries_are_written_as_people_write_them() {
    let org = org();
    let written: BTreeSet<&str> = rows(&org, "accounts").iter().map(|account| text(account, "BillingCountry")).collect();
    let promised = [
        "",
        "AN",
        "CS",
        "DEU",
        "de",
        "usa",
        "UK",
        "U.S.A.",
        "Great Britain",
        "Holland",
        "Korea",
        "Congo",
        "Germny",
        "Deutschland",
        "Vereinigte Staaten",
        "Allemagne",
        "Suisse",
        "Österreich",
        "España",
        "Polska",
        "日本",
        "中国",
        "ישראל",
        "EMEA",
    ];
    let absent: Vec<&str> = promised.into_iter().filter(|country| !written.contains(country)).collect();
    assert!(absent.is_empty(), "{absent:?}");
}

#[test]
fn every_kind_of_amount_and_currency_fault_occurs() {
    for number in ["", "0", "-12500", "9999999999999999.99"] {
        assert!(some_opportunity(|opportunity| amount(opportunity) == number), "amount {number:?}");
    }
    for currency in WITHDRAWN_CURRENCIES.into_iter().chain([""]) {
        assert!(some_opportunity(|opportunity| text(opportunity, "CurrencyIsoCode") == currency), "currency {currency:?}");
    }
}

#[test]
fn people_are_incomplete_in_every_way() {
    let org = org();
    let no_mail = |person: &Value| text(person, "Email").is_empty();
    let no_phone = |person: &Value| text(person, "Phone").is_empty();
    assert!(rows(&org, "contacts").iter().any(no_mail));
    assert!(rows(&org, "contacts").iter().any(no_phone));
    assert!(some_opportunity(|opportunity| no_phone(row(&org, "users", &opportunity["owner"]))));
    assert!(some_opportunity(|opportunity| rows(opportunity, "contactRoles").is_empty()));
    assert!(some_opportunity(|opportunity| rows(opportunity, "contactRoles").len() >= 3));
    assert!(some_opportunity(|opportunity| rows(opportunity, "contactRoles").len() == 2
        && rows(opportunity, "contactRoles").iter().all(|role| role["IsPrimary"] == false)));
}

#[test]
fn addresses_lack_every_part_once() {
    let org = org();
    for field in ["BillingStreet", "BillingCity", "BillingPostalCode", "BillingCountry"] {
        assert!(rows(&org, "accounts").iter().any(|account| text(account, field).is_empty()), "{field}");
    }
}

#[test]
fn names_use_the_whole_of_unicode_and_the_whole_of_the_field() {
    let has = |first: char, last: char| {
        some_opportunity(|opportunity| text(opportunity, "Name").chars().any(|letter| (first..=last).contains(&letter)))
    };
    assert!(has('\u{1F300}', '\u{1FAFF}'), "emoji");
    assert!(has('\u{0590}', '\u{05FF}'), "Hebrew");
    assert!(has('\u{0600}', '\u{06FF}'), "Arabic");
    assert!(has('\u{4E00}', '\u{9FFF}'), "CJK");
    let lengths: Vec<usize> = rows(&org(), "opportunities").iter().map(|row| text(row, "Name").chars().count()).collect();
    assert_eq!(lengths.iter().max(), Some(&120));
}

#[test]
fn every_stage_is_used_and_some_close_dates_are_past() {
    let org = org();
    for stage in rows(&org, "stages") {
        assert!(some_opportunity(|opportunity| opportunity["StageName"] == stage["MasterLabel"]), "{}", stage["MasterLabel"]);
    }
    assert!(some_opportunity(|opportunity| !due_later(opportunity)));
}

#[test]
fn private_partner_led_and_co_sell_deals_all_occur() {
    let kind = |help: bool, visible: bool| {
        some_opportunity(|row| {
            row["How_can_Microsoft_help__c"].is_string() == help && row["Visible_to_Microsoft_Sellers__c"] == visible
        })
    };
    assert!(kind(false, false), "private");
    assert!(kind(false, true), "partner-led");
    assert!(kind(true, true), "co-sell");
    assert!(kind(true, false), "help asked without visibility");
}

#[test]
fn every_reference_leads_somewhere_and_every_solution_is_in_the_catalogue() {
    let org = org();
    let catalogue: BTreeSet<&str> = rows(&org, "solutionCatalogue").iter().map(|entry| text(entry, "identifier")).collect();
    assert!(catalogue.len() >= 12);
    for kind in ["1P", "3P"] {
        assert!(rows(&org, "solutionCatalogue").iter().any(|entry| text(entry, "type") == kind), "{kind}");
    }
    for opportunity in rows(&org, "opportunities") {
        let account = account(&org, opportunity);
        let name = text(opportunity, "Name");
        assert!(contacts(&org, opportunity).iter().all(|contact| contact["account"] == account["key"]), "{name}");
        assert!(rows(opportunity, "contactRoles").iter().filter(|role| role["IsPrimary"] == true).count() <= 1, "{name}");
        assert!(
            rows(opportunity, "solutions").iter().all(|row| catalogue.contains(text(row, "Solution_Identifier__c"))),
            "{name}"
        );
        row(&org, "users", &opportunity["owner"]);
        for member in rows(opportunity, "team") {
            row(&org, "users", &member["user"]);
        }
    }
}

#[test]
fn keys_are_unique() {
    let org = org();
    for list in ["users", "accounts", "contacts", "opportunities"] {
        let keys: BTreeSet<&str> = rows(&org, list).iter().map(|row| text(row, "key")).collect();
        assert_eq!(keys.len(), rows(&org, list).len(), "{list}");
    }
}

#[test]
fn the_first_deal_has_three_faults_and_nothing_else() {
    let org = org();
    let deal = &rows(&org, "opportunities")[0];
    let account = account(&org, deal);
    assert_eq!(text(deal, "key"), "o1");
    assert_eq!(text(deal, "Name"), "Warehouse modernisation");
    assert_eq!((amount(deal).as_str(), text(deal, "CurrencyIsoCode"), text(deal, "CloseDate")), ("84000", "EUR", "+60"));
    assert_eq!(text(account, "Name"), "Halden Logistik GmbH");
    let address = ["BillingStreet", "BillingCity", "BillingState", "BillingPostalCode"].map(|field| text(account, field));
    assert_eq!(address, ["Hafenstraße 12", "Hamburg", "Hamburg", "20457"]);
    assert!(!text(deal, "Description").is_empty());
    assert!(complete(row(&org, "users", &deal["owner"])));
    for unset in ["Sync_with_Partner_Center__c", "Visible_to_Microsoft_Sellers__c", "Customer_Consent__c"] {
        assert_eq!(deal[unset], false, "{unset}");
    }
    assert!(deal.get("How_can_Microsoft_help__c").is_none());
    // The country is a name, nothing is sold yet, and the contact cannot be reached.
    assert_eq!(text(account, "BillingCountry"), "Deutschland");
    assert!(rows(deal, "solutions").is_empty());
    let contacts = contacts(&org, deal);
    assert_eq!((text(contacts[0], "FirstName"), text(contacts[0], "LastName")), ("Ada", "Okafor"));
    assert!(contacts[0]["Email"].is_null() && contacts[0]["Phone"].is_null());
}

#[test]
fn the_second_deal_is_a_private_one_without_a_fault() {
    let org = org();
    let deal = &rows(&org, "opportunities")[1];
    assert!(looks_ready(&org, deal));
    assert!(complete(contacts(&org, deal)[0]));
    assert_eq!(rows(deal, "solutions").len(), 1);
    assert_eq!(deal["Visible_to_Microsoft_Sellers__c"], false);
    assert!(deal.get("How_can_Microsoft_help__c").is_none());
}
