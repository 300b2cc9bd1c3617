//! Writes JSON text. The answers of the module and the documents for Partner Center are written with it.
//!
//! By hand, because a general serializer is several times the code (see `docs/decisions/small-module.md`), and because an amount
//! must be written digit for digit. Reading JSON is left to a library, on the server.

use crate::text::push_number;

/// JSON text that grows. Commas are set by themselves; whoever opens must close.
///
/// Bytes and not a text, and pushed one by one: names and values are short, and to copy a few bytes in WebAssembly takes longer
/// than to look at each, which has to be done for what needs an escape.
#[derive(Clone, Debug, Default)]
pub struct Json {
    bytes: Vec<u8>,
}

impl Json {
    /// The text so far.
    pub fn into_text(self) -> String {
        // Made of whole texts and ASCII, so it is one.
        String::from_utf8(self.bytes).unwrap_or_default()
    }

    /// Begins an object or, with `'['`, an array.
    pub fn open(&mut self, bracket: char) {
        self.comma();
        self.bytes.push(if bracket == '{' { b'{' } else { b'[' });
    }

    /// Ends an object or an array.
    pub fn close(&mut self, bracket: char) {
        self.bytes.push(if bracket == '}' { b'}' } else { b']' });
    }

    /// The name of the value that is written next.
    pub fn key(&mut self, name: &str) {
        self.text(name);
        self.bytes.push(b':');
    }

    /// A text.
    #[inline(never)]
    pub fn text(&mut self, value: &str) {
        self.comma();
        self.bytes.reserve(value.len() + 2);
        self.bytes.push(b'"');
        for byte in value.bytes() {
            if byte < b' ' || byte == b'"' || byte == b'\\' {
                self.escape(byte);
            } else {
                self.bytes.push(byte);
            }
        }
        self.bytes.push(b'"');
    }

    /// What is JSON already: a number in plain digits, `true`, `null`.
    #[inline(never)]
    pub fn raw(&mut self, value: &str) {
        self.comma();
        self.bytes.extend_from_slice(value.as_bytes());
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
        let mut digits = String::new();
        push_number(&mut digits, value);
        self.raw_member(name, &digits);
    }

    /// A name and a flag.
    pub fn flag(&mut self, name: &str, value: bool) {
        self.raw_member(name, if value { "true" } else { "false" });
    }

    #[cold]
    fn escape(&mut self, byte: u8) {
        self.bytes.push(b'\\');
        match byte {
            b'"' | b'\\' => self.bytes.push(byte),
            b'\n' => self.bytes.push(b'n'),
            _ => {
                let digit = byte % 16;
                let digit = if digit < 10 { b'0' + digit } else { b'a' - 10 + digit };
                self.bytes.extend([b'u', b'0', b'0', b'0' + byte / 16, digit]);
            }
        }
    }

    fn comma(&mut self) {
        if !matches!(self.bytes.last(), None | Some(b'{' | b'[' | b':')) {
            self.bytes.push(b',');
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
