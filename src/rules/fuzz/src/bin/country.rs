//! Every text is some kind of country or none, and the code that is offered is one.
#![no_main]

use cosell_rules::country::{Code, Resolution, resolve};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| match resolve(text) {
    Resolution::Valid(code) => assert_eq!(code.as_str(), text),
    Resolution::Name { code } => assert_eq!(resolve(code.as_str()), Resolution::Valid(code)),
    Resolution::Ambiguous(codes) => assert!(codes.len() > 1 && Code::new(text).is_none()),
    Resolution::Withdrawn { successor: code, .. } | Resolution::Unknown { suggestion: code } =>
        assert!(Code::new(text).is_none() && code.is_none_or(|code| Code::new(code.as_str()) == Some(code))),
});
