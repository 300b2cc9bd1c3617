//! Every text is some kind of currency or none, and the code that is offered is one.
#![no_main]

use cosell_rules::currency::{Code3, CurrencyStatus, resolve};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| match resolve(text) {
    CurrencyStatus::Valid => assert_eq!(Code3::new(text).map(Code3::as_str), Some(text)),
    CurrencyStatus::WrongCase { code }
    | CurrencyStatus::Name { code }
    | CurrencyStatus::Withdrawn { successor: Some(code), .. } => assert_eq!(resolve(code.as_str()), CurrencyStatus::Valid),
    _ => assert!(Code3::new(text).is_none()),
});
