//! The check mark in the name, for every state, setting and form of a name.

use cosell_rules::{
    reconcile::{State, mark_name},
    salesforce::without_mark,
    settings::Settings,
};
use serde_json::{Map, Value, json};

use crate::world::World;

const STATES: [State; 5] = [State::NotShared, State::InStep, State::Waiting, State::NeedsYou, State::Broken];

/// The name that the record has afterwards, and whether it was written.
fn named(held: &str, new: Option<&str>, state: State, is_on: bool) -> (String, bool) {
    let settings = Settings { check_mark: is_on, ..Settings::default() };
    let mut update: Map<String, Value> = new.map(|name| ("Name".to_owned(), name.into())).into_iter().collect();
    mark_name(&mut update, &json!({ "Name": held }), state, &settings);
    let written = update.get("Name").and_then(Value::as_str);
    (written.unwrap_or(held).to_owned(), written.is_some())
}

#[test]
fn the_name_says_how_the_pair_stands_where_the_setting_wants_it() {
    let long = "x".repeat(119);
    let marked_long = format!("✔ {long}");
    let astral = "🌊".repeat(59);
    let full = format!("✗ {astral}");
    // The name that is there; then with the mark on: not shared, in step, waiting, needs you, broken; then with it off.
    let cases: [(&str, [&str; 5], &str); 14] = [
        ("Tide", ["Tide", "✔ Tide", "Tide", "✗ Tide", "✗ Tide"], "Tide"),
        ("✔ Tide", ["Tide", "✔ Tide", "✔ Tide", "✗ Tide", "✗ Tide"], "Tide"),
        ("✗ Tide", ["Tide", "✔ Tide", "✗ Tide", "✗ Tide", "✗ Tide"], "Tide"),
        // Never twice, whoever has put them there.
        ("✔ ✗ Tide", ["Tide", "✔ Tide", "✔ ✗ Tide", "✗ Tide", "✗ Tide"], "Tide"),
        // Not as we write it: replaced, and never taken away.
        ("✓ Tide", ["✓ Tide", "✔ Tide", "✓ Tide", "✗ Tide", "✗ Tide"], "✓ Tide"),
        ("✘Tide", ["✘Tide", "✔ Tide", "✘Tide", "✗ Tide", "✗ Tide"], "✘Tide"),
        ("✔Tide", ["✔Tide", "✔ Tide", "✔Tide", "✗ Tide", "✗ Tide"], "✔Tide"),
        ("✔\u{fe0f} Tide", ["✔\u{fe0f} Tide", "✔ Tide", "✔\u{fe0f} Tide", "✗ Tide", "✗ Tide"], "✔\u{fe0f} Tide"),
        // The seller's own, within the name.
        (
            "Tide ✔ gauges",
            ["Tide ✔ gauges", "✔ Tide ✔ gauges", "Tide ✔ gauges", "✗ Tide ✔ gauges", "✗ Tide ✔ gauges"],
            "Tide ✔ gauges",
        ),
        // There is no name behind it.
        ("✔", ["✔"; 5], "✔"),
        ("", [""; 5], ""),
        // No room: the name is worth more.
        (&long, [&long; 5], &long),
        (&astral, [&astral, &format!("✔ {astral}"), &astral, &full, &full], &astral),
        (&marked_long, [&long, &long, &marked_long, &long, &long], &long),
    ];
    for (held, on, off) in cases {
        for (state, on) in STATES.into_iter().zip(on) {
            for (is_on, wanted) in [(true, on), (false, off)] {
                let (name, is_written) = named(held, None, state, is_on);
                assert_eq!((name.as_str(), is_written), (wanted, wanted != held), "{held} {state:?} {is_on}");
                assert_eq!(named(&name, None, state, is_on), (name, false), "{held} {state:?} {is_on}: twice");
            }
        }
    }
}

#[test]
fn a_name_that_comes_from_partner_center_gets_the_mark_too() {
    // The name that is there, and with the mark on and off: the new one while the pair is in step, waits, or needs somebody.
    let cases = [
        ("Tide", true, ["✔ Ebb", "Ebb", "✗ Ebb"]),
        ("✔ Tide", true, ["✔ Ebb", "✔ Ebb", "✗ Ebb"]),
        ("✗ Tide", true, ["✔ Ebb", "✗ Ebb", "✗ Ebb"]),
        ("✔ Tide", false, ["Ebb"; 3]),
    ];
    for (held, is_on, wanted) in cases {
        for new in ["Ebb", "✔ Ebb", "✗ Ebb"] {
            for (state, wanted) in [State::InStep, State::Waiting, State::NeedsYou].into_iter().zip(wanted) {
                assert_eq!(named(held, Some(new), state, is_on), (wanted.to_owned(), true), "{held} {new} {state:?}");
            }
        }
    }
    assert_eq!(named("✔ Ebb", Some("Ebb"), State::InStep, true), ("✔ Ebb".to_owned(), false), "it is there already");
    let long = "x".repeat(120);
    assert_eq!(named("✔ Tide", Some(&long), State::InStep, true).0, long);
}

#[test]
fn whatever_marks_stand_before_a_name_are_no_part_of_it() {
    for name in ["✔ Tide", "✗Tide", "✔ ✗ Tide", "✓✔ Tide", "✔\u{fe0f}\u{a0}Tide", "✘\u{fe0e} Tide"] {
        assert_eq!(without_mark(name), "Tide", "{name}");
    }
}

#[test]
fn a_mark_is_no_change_for_partner_center_and_comes_and_goes_with_the_setting() {
    let mut world = World::new();
    world.settings.check_mark = true;
    world.run();
    assert_eq!(world.record["Name"], "✔ Tide gauge renewal");
    assert_eq!(world.held("/name"), "Tide gauge renewal");
    assert_eq!(world.base.as_ref().unwrap().get("/name"), Some("Tide gauge renewal"));

    world.put("/name", json!("Ebb gauges"));
    world.run();
    assert_eq!(world.record["Name"], "✔ Ebb gauges");
    // What somebody typed there is a name with a mark as well.
    world.put("/name", json!("✗ Ebb gauges"));
    assert!(world.look().is_empty, "{:?}", world.look());

    world.set("Amount", json!(-1));
    world.run();
    assert_eq!(world.record["Name"], "✗ Ebb gauges");
    world.settings.check_mark = false;
    world.run();
    assert_eq!(world.record["Name"], "Ebb gauges");
    assert!(world.look().is_empty && world.patches.is_empty());
}
