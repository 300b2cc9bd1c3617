//! The rules for JavaScript, and the client of the proxy.
//!
//! This crate translates and nothing else: it holds no rule and knows no field. Inside Lightning Web Security every touch of an
//! object outside the sandbox is paid for, and the module's memory lies outside: so requests and answers lie where the page can read
//! and write them with one call each (`exchange`), rows of text going in and JSON coming out.

mod client;
mod exchange;
#[cfg(target_family = "wasm")]
mod memory;
mod types;

use cosell_rules::{review, row, salesforce, settings::Settings};
use exchange::Exchange;
use wasm_bindgen::prelude::*;

/// The rules with the settings of one org and the language of one reader.
#[wasm_bindgen]
#[derive(Debug)]
pub struct CosellRules {
    settings: Settings,
    exchange: Exchange,
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
            Ok(settings) => Ok(Self { settings, exchange: Exchange::default() }),
            Err(error) => Err(unreadable(&error.text())),
        }
    }

    /// What a record's rows have to hold, and in which order.
    pub fn columns(&self) -> String {
        salesforce::columns(&self.settings)
    }

    /// Makes room of so many bytes, a few more than a request will have in UTF-8, and says where it is written.
    pub fn room(&mut self, bytes: usize) -> *const u8 {
        self.exchange.room(bytes)
    }

    /// Where the last answer stands, and every one after it that is no longer than the longest so far.
    pub fn answer(&self) -> *const u8 {
        self.exchange.answer()
    }

    /// Reviews one opportunity: facts and records as rows in, a `ReviewOutcome` as JSON out. Never throws.
    ///
    /// Tells how many kilobytes the answer has, filled up with blanks; 0 where no request arrived, or one that filled its room.
    pub fn review(&mut self) -> usize {
        self.exchange.ask(|request| review::review(request, &self.settings))
    }

    /// Reviews many opportunities: facts and records as rows in, a `BatchOutcome` as JSON out, told like the answer of `review`.
    #[wasm_bindgen(js_name = reviewAll)]
    pub fn review_all(&mut self) -> usize {
        self.exchange.ask(|request| review::review_all(request, &self.settings))
    }
}
