//! A text is a day or none, a moment or none, and what is written is the same when it is read again.
#![no_main]

use cosell_rules::moment::{format_day, format_moment, parse_day, parse_day_of, parse_moment};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(day) = parse_day(text) {
        assert_eq!(parse_day(&format_day(day)), Some(day));
        assert_eq!(parse_day_of(text), Some(day));
    }
    if let Some(moment) = parse_moment(text) {
        assert_eq!(parse_moment(&format_moment(moment)), Some(moment), "{text}");
    }
});
