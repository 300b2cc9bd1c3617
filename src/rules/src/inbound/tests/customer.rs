//! The account of a referral that comes in, and its people.

use super::*;

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
