//! A line of an admin's mapping is read or refused, and what was read has a path and a field.
#![no_main]

use cosell_rules::map::Mapping;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &str| match Mapping::parse(line) {
    Ok(mapping) => assert!(mapping.path.starts_with('/') && !mapping.field.is_empty(), "{mapping:?}"),
    Err(problem) => assert!(!problem.is_empty()),
});
