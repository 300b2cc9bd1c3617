//! What becomes of the value of the deal: amount and currency go together, or not at all.

use cosell_rules::reconcile::Apart;
use serde_json::json;

use crate::examples::{keys, patch};
use crate::world::World;

#[test]
fn the_amount_of_a_deal_with_products_is_never_written_and_partner_centers_stays() {
    let mut world = World::new().with(&[("HasOpportunityLineItem", json!(true))]);
    world.run();
    world.put("/details/dealValue", json!(90_000));
    world.run();
    assert_eq!((&world.record["Amount"], world.held("/details/dealValue")), (&json!(84000.0), &json!(90_000)));
    let look = world.look();
    assert!(look.is_empty);
    assert_eq!(look.apart, Some(Apart::Products("90000 EUR".to_owned())), "that both differ is said");
    world.set("Amount", json!(95_000));
    world.run();
    assert_eq!(world.held("/details/dealValue"), &json!(95_000), "what its products add up to is sent");
    assert_eq!(world.look().apart, None);
}

#[test]
fn a_value_in_another_currency_than_the_orgs_only_one_is_not_taken_as_its_own() {
    let mut world = World::new();
    world.settings.default_currency = "EUR".to_owned();
    world.record.as_object_mut().unwrap().remove("CurrencyIsoCode");
    world.run();
    assert_eq!(world.held("/details/currency"), &json!("EUR"));
    world.put("/details/currency", "NOK".into());
    world.put("/details/dealValue", json!(62_000));
    world.run();
    let look = world.look();
    assert!(look.is_empty);
    assert_eq!((&world.record["Amount"], look.apart), (&json!(84000.0), Some(Apart::Currency("62000 NOK".to_owned()))));
    world.set("Amount", json!(90_000));
    world.run();
    assert_eq!([world.held("/details/dealValue"), world.held("/details/currency")], [&json!(90_000), &json!("EUR")]);
    assert_eq!(world.look().apart, None, "the seller's value went there with its currency");
}

#[test]
fn a_currency_is_never_taken_over_without_the_amount_that_goes_with_it() {
    for amount in [62_000, 84_000] {
        let mut world = World::new().with(&[("HasOpportunityLineItem", json!(true))]);
        world.run();
        world.put("/details/currency", "NOK".into());
        world.put("/details/dealValue", json!(amount));
        world.run();
        assert_eq!([&world.record["Amount"], &world.record["CurrencyIsoCode"]], [&json!(84000.0), &json!("EUR")]);
        let look = world.look();
        assert!(look.is_empty);
        assert_eq!(look.apart, Some(Apart::Products(format!("{amount} NOK"))), "that both differ is said");
        world.set("Amount", json!(95_000));
        world.run();
        assert_eq!([world.held("/details/dealValue"), world.held("/details/currency")], [&json!(95_000), &json!("EUR")]);
        assert_eq!(world.look().apart, None);
    }
}

#[test]
fn the_same_figure_in_another_currency_than_the_orgs_only_one_is_another_value() {
    let mut world = World::new();
    world.settings.default_currency = "EUR".to_owned();
    world.record.as_object_mut().unwrap().remove("CurrencyIsoCode");
    world.run();
    world.put("/details/currency", "NOK".into());
    world.run();
    let look = world.look();
    assert!(look.is_empty);
    assert_eq!(look.apart, Some(Apart::Currency("84000 NOK".to_owned())));
}

#[test]
fn amount_and_currency_are_one_value() {
    let mut world = World::shared().with(&[("Amount", json!(92_000))]);
    world.put("/details/currency", "USD".into());
    assert_eq!(keys(&world), ["audit.sent", "audit.overruled.salesforce", "audit.overruled.salesforce"]);
    world.run();
    assert_eq!((&world.record["CurrencyIsoCode"], world.held("/details/currency")), (&json!("EUR"), &json!("EUR")));
    assert_eq!(world.held("/details/dealValue"), &json!(92_000));
    // An amount that a rule blocks keeps the currency back as well.
    let blocked = World::shared().with(&[("Amount", json!(-1)), ("CurrencyIsoCode", json!("USD"))]);
    assert_eq!(patch(&blocked), Vec::<String>::new());
}
