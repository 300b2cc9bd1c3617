//! A text is an amount or none, and an amount that is written is the same when it is read again.
#![no_main]

use cosell_rules::decimal::Decimal;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(number) = text.parse::<Decimal>() else { return };
    let written = number.to_string();
    assert_eq!(written.parse::<Decimal>(), Ok(number.clone()), "{text} became {written}");
    assert!(serde_json::from_str::<serde_json::Number>(&written).is_ok(), "{written} is no number in JSON");
    // A float is not exact; it still says whether this is another number altogether.
    if let (Ok(one), Ok(other)) = (text.trim().parse::<f64>(), written.parse::<f64>()) {
        assert!(one == other || (one - other).abs() <= one.abs() * 1e-9, "{text} became {written}");
    }
});
