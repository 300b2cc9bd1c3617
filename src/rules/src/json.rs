//! Writes JSON text. The answers of the module and the documents for Partner Center are written with it.
//!
//! By hand, because a general serializer is several times the code (see `docs/decisions/small-module.md`), and because an amount
//! must be written digit for digit. Reading JSON is left to a library, on the server.

use crate::text::push_number;

/// JSON text that grows. Commas are set by themselves; whoever opens must close.
#[derive(Clone, Debug, Default)]
pub struct Json {
    text: String,
}

impl Json {
    /// The text so far.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Begins an object or, with `'['`, an array.
    pub fn open(&mut self, bracket: char) {
        self.comma();
        self.text.push_str(if bracket == '{' { "{" } else { "[" });
    }

    /// Ends an object or an array.
    pub fn close(&mut self, bracket: char) {
        self.text.push_str(if bracket == '}' { "}" } else { "]" });
    }

    /// The name of the value that is written next.
    pub fn key(&mut self, name: &str) {
        self.text(name);
        self.sign(":");
    }

    /// A text.
    pub fn text(&mut self, value: &str) {
        self.comma();
        self.sign("\"");
        let mut rest = value;
        // What needs no escape is copied in runs; byte by byte, as no part of a longer letter looks like what needs one.
        while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            let (plain, tail) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.text.push_str(plain);
            match tail.as_bytes().first() {
                Some(b'"') => self.text.push_str("\\\""),
                Some(b'\\') => self.text.push_str("\\\\"),
                Some(b'\n') => self.text.push_str("\\n"),
                Some(control) => {
                    self.text.push_str(if *control < 16 { "\\u000" } else { "\\u001" });
                    let digit = control % 16;
                    self.text.push(char::from(if digit < 10 { b'0' + digit } else { b'a' - 10 + digit }));
                }
                None => {}
            }
            rest = tail.get(1..).unwrap_or_default();
        }
        self.text.push_str(rest);
        self.sign("\"");
    }

    /// What is JSON already: a number in plain digits, `true`, `null`.
    pub fn raw(&mut self, value: &str) {
        self.comma();
        self.text.push_str(value);
    }

    /// A name and a text.
    pub fn member(&mut self, name: &str, value: &str) {
        self.key(name);
        self.text(value);
    }

    /// A name and what is JSON already.
    pub fn raw_member(&mut self, name: &str, value: &str) {
        self.key(name);
        self.raw(value);
    }

    /// A name and a number.
    pub fn number(&mut self, name: &str, value: usize) {
        self.key(name);
        self.comma();
        push_number(&mut self.text, value);
    }

    /// A name and a flag.
    pub fn flag(&mut self, name: &str, value: bool) {
        self.raw_member(name, if value { "true" } else { "false" });
    }

    /// Punctuation, as a text: pushing a letter would encode it first, a dozen times for every member.
    fn sign(&mut self, sign: &str) {
        self.text.push_str(sign);
    }

    fn comma(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.sign(",");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[test]
    fn what_is_written_is_read_back_by_a_library() {
        let mut json = Json::default();
        json.open('{');
        json.member("text", "a \"quote\", a \\, a\nline, \u{1} and é 漢 🚢");
        json.raw_member("number", "84000.5");
        json.flag("flag", true);
        json.key("list");
        json.open('[');
        json.text("");
        json.raw("null");
        json.open('{');
        json.close('}');
        json.close(']');
        json.close('}');
        let read: Value = serde_json::from_str(&json.into_text()).unwrap();
        assert_eq!(read["text"], "a \"quote\", a \\, a\nline, \u{1} and é 漢 🚢");
        assert_eq!(read["number"].to_string(), "84000.5");
        assert_eq!(read["flag"], json!(true));
        assert_eq!(read["list"], json!(["", null, {}]));
    }
}
