//! The rules for JavaScript, and the client of the proxy.
//!
//! This crate translates and nothing else: it holds no rule and knows no field. Records cross as bytes, because inside Lightning
//! Web Security an object pays for every property that crosses into WebAssembly's memory; settings and small answers cross as
//! objects.

mod client;
mod types;

use cosell_rules::{model::Settings, review};
use wasm_bindgen::prelude::*;

/// The rules with the settings of one org and the language of one reader.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CosellRules {
    settings: Settings,
}

#[wasm_bindgen]
impl CosellRules {
    /// Takes the settings; throws an `Error` with `code` `settings.unreadable` when they are no settings.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(unchecked_param_type = "Settings")] settings: JsValue) -> Result<Self, JsValue> {
        match serde_wasm_bindgen::from_value(settings) {
            Ok(settings) => Ok(Self { settings }),
            Err(error) => Err(client::error("settings.unreadable", &error.to_string(), None)),
        }
    }

    /// Reviews one opportunity: a `ReviewRequest` in, a `ReviewOutcome` out, both as UTF-8 JSON. Never throws.
    pub fn review(&self, request: &[u8]) -> Vec<u8> {
        review::review_bytes(request, &self.settings)
    }

    /// Reviews many opportunities: a `BatchRequest` in, a `BatchOutcome` out, both as UTF-8 JSON. Never throws.
    #[wasm_bindgen(js_name = reviewAll)]
    pub fn review_all(&self, request: &[u8]) -> Vec<u8> {
        review::review_all_bytes(request, &self.settings)
    }
}
