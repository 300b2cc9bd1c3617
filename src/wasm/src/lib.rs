//! The rules for JavaScript, and the client of the proxy.
//!
//! This crate translates and nothing else: it holds no rule and knows no field. Inside Lightning Web Security an object pays for
//! every property that crosses into WebAssembly's memory, and a text going in for every letter: so rows of text go in as bytes,
//! and JSON comes out as one text, which the page's own decoder makes.

mod client;
#[cfg(target_family = "wasm")]
mod memory;
mod types;

use cosell_rules::{review, row, salesforce, settings::Settings};
use wasm_bindgen::prelude::*;

/// The rules with the settings of one org and the language of one reader.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CosellRules {
    settings: Settings,
}

#[wasm_bindgen]
impl CosellRules {
    /// Takes the settings as rows of a name and a text; throws an `Error` with `code` `settings.unreadable` that names the one it
    /// can't read.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &[u8]) -> Result<Self, JsValue> {
        let unreadable = |problem: &str| client::error("settings.unreadable", problem, None);
        let text = str::from_utf8(settings).map_err(|_| unreadable("the settings are not UTF-8"))?;
        match Settings::from_pairs(row::pairs(text)) {
            Ok(settings) => Ok(Self { settings }),
            Err(error) => Err(unreadable(&error.text())),
        }
    }

    /// What a record's rows have to hold, and in which order.
    pub fn columns(&self) -> String {
        salesforce::columns(&self.settings)
    }

    /// Reviews one opportunity: facts and records as rows in UTF-8 in, a `ReviewOutcome` as JSON out. Never throws.
    pub fn review(&self, request: &[u8]) -> String {
        review::review(request, &self.settings)
    }

    /// Reviews many opportunities: facts and records as rows in UTF-8 in, a `BatchOutcome` as JSON out. Never throws.
    #[wasm_bindgen(js_name = reviewAll)]
    pub fn review_all(&self, request: &[u8]) -> String {
        review::review_all(request, &self.settings)
    }
}
