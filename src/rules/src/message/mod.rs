//! Words for findings and for the server, in the reader's language. Adding a language is adding one file to `data/messages`.
//!
//! Knows what a finding holds and nothing of rules or of Microsoft's documents. What is written down in a language lies in
//! `words.rs`, how facts are written in `render.rs`; what only the server says is never touched by what the browser calls.

mod render;
#[rustfmt::skip]
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use words::Language;

use crate::{
    finding::{Addition, Finding, Fix, Param, Value},
    json::Json,
    salesforce::field,
    settings::Settings,
};
use render::Reader;
use words::Section;

/// Writes the findings as the page shows them: an array of their facts, their sentence and what would mend them.
///
/// Params are written plainly (`DE`, `2026-11-21`, `84000`), for programs; the sentence has them as the reader writes them.
pub fn write_findings(json: &mut Json, findings: &[Finding<'_>], settings: &Settings) {
    write_with(Language::of_finding, &Reader::new(&settings.locale, settings), json, findings);
}

/// The same for the browser, where a finding about what only the server sees has its code for a sentence. Numbers and days in sentences
/// stand plainly between two characters U+0001: the page writes them for its reader's locale.
pub fn write_page_findings(json: &mut Json, findings: &[Finding<'_>], settings: &Settings) {
    write_with(Language::of_page, &Reader::of_page(settings), json, findings);
}

/// How the sentence of a finding is found.
type Find = fn(Language, &str, &dyn Fn(&str) -> bool, Option<usize>) -> Option<&'static str>;

fn write_with(find: Find, reader: &Reader<'_>, json: &mut Json, findings: &[Finding<'_>]) {
    let mut text = String::new();
    json.open('[');
    for finding in findings {
        json.open('{');
        json.member("code", finding.code);
        json.number("rule", finding.rule.into());
        json.member("severity", finding.severity.name());
        json.member("field", finding.field.name());
        json.key("params");
        json.open('{');
        for (name, param) in &finding.params {
            text.clear();
            render::plain(&mut text, param);
            json.member(name, &text);
        }
        json.close('}');
        text.clear();
        say(&mut text, finding, reader, find);
        json.member("message", &text);
        json.key("fix");
        match &finding.fix {
            Some(fix) => write_fix(json, fix, finding, reader, &mut text),
            None => json.raw("null"),
        }
        json.close('}');
    }
    json.close(']');
}

/// The sentence for one finding, in the language of `locale`. Names of countries and currencies are those of the settings, which
/// are in that language or absent.
pub fn sentence(finding: &Finding<'_>, locale: &str, settings: &Settings) -> String {
    let mut text = String::new();
    say(&mut text, finding, &Reader::new(locale, settings), Language::of_finding);
    text
}

/// A sentence that only the server says, by its key; the key itself where there is none.
pub fn phrase(key: &str, params: &[(&str, Param<'_>)], locale: &str) -> String {
    let reader = Reader {
        language: Language::of(locale),
        country_names: "",
        currency_names: "",
        field: Language::server_field,
        figures: Reader::spelled,
    };
    let template = reader.language.of_server(key, &|name| known(params, name), counted(params));
    let mut text = String::new();
    reader.fill(&mut text, template.unwrap_or(key), params);
    text
}

/// The words of a finding before its facts are filled in, for the rule reference; none for a code that nothing is said about.
pub fn template(code: &str, locale: &str) -> Option<&'static str> {
    Language::of(locale).of_finding(code, &|_| false, None)
}

fn say(text: &mut String, finding: &Finding<'_>, reader: &Reader<'_>, find: Find) {
    let params = finding.params.as_slice();
    let template = find(reader.language, finding.code, &|name| known(params, name), counted(params));
    reader.fill(text, template.unwrap_or(finding.code), params);
}

/// Whether there is something to say under this name.
fn known(params: &[(&str, Param<'_>)], name: &str) -> bool {
    params.iter().any(|(known, param)| *known == name && !matches!(param, Param::Text(text) if text.is_empty()))
}

/// The number that chooses between singular and plural.
fn counted(params: &[(&str, Param<'_>)]) -> Option<usize> {
    params.iter().find_map(|(name, param)| match param {
        Param::Count(count) if *name == "count" => Some(*count),
        _ => None,
    })
}

fn write_fix(json: &mut Json, fix: &Fix<'_>, finding: &Finding<'_>, reader: &Reader<'_>, text: &mut String) {
    json.open('{');
    match fix {
        Fix::Set { object, record_id, field, value } => {
            write_target(json, "set", object.name(), record_id);
            json.key("values");
            json.open('{');
            match value {
                Value::Text(value) => json.member(field, value),
                Value::Flag(flag) => json.flag(field, *flag),
            }
            json.close('}');
        }
        Fix::Choose { object, record_id, field, options } => {
            write_target(json, "choose", object.name(), record_id);
            json.member("field", field);
            json.key("options");
            json.open('[');
            for option in options {
                json.open('{');
                json.member("value", option.as_str());
                text.clear();
                reader.country_as(text, "option", *option);
                json.member("label", text);
                json.close('}');
            }
            json.close(']');
        }
        Fix::Edit { object, record_id, fields } => {
            write_target(json, "edit", object.name(), record_id);
            json.key("fields");
            json.open('[');
            for field in fields {
                json.text(field);
            }
            json.close(']');
        }
        Fix::Add { what } => {
            json.member("kind", "add");
            json.member("what", what.name());
        }
    }
    text.clear();
    label(text, fix, finding, reader);
    json.member("label", text);
    json.close('}');
}

fn write_target(json: &mut Json, kind: &str, object: &str, record_id: &str) {
    json.member("kind", kind);
    json.member("object", object);
    json.member("recordId", record_id);
}

/// The words of the button.
fn label(text: &mut String, fix: &Fix<'_>, finding: &Finding<'_>, reader: &Reader<'_>) {
    let country = finding.params.iter().find(|(_, param)| matches!(param, Param::Country(_)));
    let (key, value) = match fix {
        Fix::Set { value: Value::Text(value), .. } if country.is_some() => ("use-country", &**value),
        Fix::Set { value: Value::Text(value), .. } => match reader.language.word(Section::Term, value) {
            Some(term) => ("use-term", term),
            None => ("use", &**value),
        },
        Fix::Set { field: field::CONSENT, .. } => ("confirm-consent", ""),
        Fix::Set { field: field::VISIBLE, .. } => ("make-visible", ""),
        Fix::Choose { .. } => ("choose", ""),
        Fix::Edit { .. } if is_about_a_blank(finding.code) => ("complete", ""),
        Fix::Edit { .. } | Fix::Set { .. } => ("change", ""),
        Fix::Add { what: Addition::Solution } => ("add-solution", ""),
        Fix::Add { what: Addition::Contact } => ("add-contact", ""),
    };
    let template = reader.language.word(Section::Button, key).unwrap_or(key);
    render::fill(text, template, &mut |text, name| match (name, country) {
        ("country", Some((_, country))) => reader.show(text, country),
        _ => text.push_str(value),
    });
}

fn is_about_a_blank(code: &str) -> bool {
    ["missing", "incomplete"].iter().any(|end| code.ends_with(end))
}
