//! Words for findings, in the reader's language. Adding a language is adding one file beside `en.rs` and one arm to [`Language`].

mod en;
mod fr;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    finding::{Addition, Finding, Fix},
    model::DealType,
    referral::Referral,
};

/// A language that messages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English, also for everybody whose language we don't speak.
    English,
    /// French.
    French,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// The language of a BCP 47 tag or a Salesforce locale: `fr`, `fr-CA`, `fr_FR`; English for any other.
    pub fn of(locale: &str) -> Self {
        match locale.split(['-', '_']).next() {
            Some(language) if language.eq_ignore_ascii_case("fr") => Self::French,
            _ => Self::English,
        }
    }

    fn words(self) -> &'static Words {
        match self {
            Self::English => &en::WORDS,
            Self::French => &fr::WORDS,
        }
    }
}

/// Everything that one language has to say.
struct Words {
    /// Code → sentence, with `{name}` for the finding's params.
    findings: &'static [(&'static str, &'static str)],
    /// Salesforce field → what a seller calls it.
    fields: &'static [(&'static str, &'static str)],
    /// Help code → the label of the picklist.
    help: &'static [(&'static str, &'static str)],
    /// Text of the other sentences, by key.
    phrases: &'static [(&'static str, &'static str)],
    /// Between the last two of a list.
    and: &'static str,
}

/// A finding with its words: what a page shows.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingView {
    /// The facts.
    #[serde(flatten)]
    pub finding: FindingFacts,
    /// One sentence for the seller.
    pub message: String,
    /// What would mend it, with the words of its button.
    pub fix: Option<FixView>,
}

/// A finding without its fix, which carries words of its own.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingFacts {
    /// Stable code.
    pub code: &'static str,
    /// Number of the rule.
    pub rule: u8,
    /// Whether it stops a share.
    pub severity: crate::finding::Severity,
    /// The field.
    pub field: crate::finding::Field,
    /// The facts that the message names.
    pub params: BTreeMap<&'static str, String>,
}

/// A fix with the words of its button.
#[derive(Clone, Debug, Serialize)]
pub struct FixView {
    /// What it does.
    #[serde(flatten)]
    pub fix: Fix,
    /// The words.
    pub label: String,
}

/// Gives every finding its words.
pub fn localize(findings: Vec<Finding>, locale: &str) -> Vec<FindingView> {
    let words = Language::of(locale).words();
    findings.into_iter().map(|finding| view(finding, words)).collect()
}

fn view(finding: Finding, words: &Words) -> FindingView {
    let message = text(&finding, words);
    let fix = finding.fix.map(|fix| FixView { label: label(&fix, finding.code, &finding.params, words), fix });
    FindingView {
        finding: FindingFacts {
            code: finding.code,
            rule: finding.rule,
            severity: finding.severity,
            field: finding.field,
            params: finding.params,
        },
        message,
        fix,
    }
}

/// One sentence for one finding.
pub fn sentence(finding: &Finding, language: Language) -> String {
    text(finding, language.words())
}

fn text(finding: &Finding, words: &Words) -> String {
    // Where a replacement is known the sentence may say so: `country.unknown+code` beside `country.unknown`.
    let with_code = finding.params.contains_key("code").then(|| format!("{}+code", finding.code));
    let template = with_code
        .and_then(|key| lookup(words.findings, &key))
        .or_else(|| lookup(words.findings, finding.code))
        .unwrap_or(finding.code);
    fill(template, &finding.params, words)
}

fn label(fix: &Fix, code: &str, params: &BTreeMap<&'static str, String>, words: &Words) -> String {
    let key = match fix {
        Fix::Set { .. } if params.contains_key("country") => "use-country",
        Fix::Set { .. } if params.contains_key("code") => "use",
        Fix::Set { values, .. } if values.contains_key(crate::salesforce::field::CONSENT) => "confirm-consent",
        Fix::Set { .. } => "make-visible",
        Fix::Choose { .. } => "choose",
        Fix::Edit { .. } if code.ends_with("missing") || code.ends_with("incomplete") => "complete",
        Fix::Edit { .. } => "change",
        Fix::Add { what: Addition::Solution } => "add-solution",
        Fix::Add { what: Addition::Contact } => "add-contact",
    };
    fill(lookup(words.phrases, key).unwrap_or(key), params, words)
}

/// The audit entry of a share.
pub fn shared(deal_type: DealType, language: Language) -> String {
    let key = match deal_type {
        DealType::Private => "shared-private",
        DealType::PartnerLed => "shared-partner-led",
        DealType::CoSell => "shared-co-sell",
    };
    phrase(key, &[], language)
}

/// The audit entry of a request for help.
pub fn asked(help: &str, language: Language) -> String {
    let label = lookup(language.words().help, help).unwrap_or(help);
    phrase("asked", &[("help", label)], language)
}

/// The audit entry of Microsoft's answer.
pub fn answered(microsoft: &Referral, language: Language) -> String {
    let key = match microsoft.substatus.as_str() {
        "Accepted" => "answered-accepted",
        "Declined" => "answered-declined",
        "Expired" => "answered-expired",
        _ => "answered-other",
    };
    let reason = microsoft.status_reason.as_deref().unwrap_or_default();
    phrase(key, &[("status", &microsoft.status_words()), ("reason", reason)], language).trim_end().to_owned()
}

/// A sentence by its key, with `{name}` filled in; the key itself when the language lacks it.
pub fn phrase(key: &str, params: &[(&'static str, &str)], language: Language) -> String {
    let words = language.words();
    let params = params.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    fill(lookup(words.phrases, key).unwrap_or(key), &params, words)
}

fn lookup(table: &'static [(&'static str, &'static str)], key: &str) -> Option<&'static str> {
    table.iter().find(|(name, _)| *name == key).map(|(_, value)| *value)
}

/// Replaces `{name}` in one pass, so that a value with braces stays as it is.
fn fill(template: &str, params: &BTreeMap<&'static str, String>, words: &Words) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        match (name, params.get(name)) {
            ("missing", Some(fields)) => filled.push_str(&list(fields, words)),
            (_, Some(value)) => filled.push_str(value),
            (_, None) => {}
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

/// `Email,Phone` → "e-mail and phone".
fn list(fields: &str, words: &Words) -> String {
    let names: Vec<_> = fields.split(',').map(|field| lookup(words.fields, field).unwrap_or(field)).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} {} {last}", others.join(", "), words.and),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate::{RULES, document};

    fn codes() -> impl Iterator<Item = &'static str> {
        RULES.iter().flat_map(|rule| rule.codes.iter().copied()).chain(document::CODES.iter().map(|(_, code)| *code))
    }

    #[test]
    fn every_language_has_a_sentence_for_every_code() {
        for language in Language::ALL {
            let missing: Vec<_> = codes().filter(|code| lookup(language.words().findings, code).is_none()).collect();
            assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
        }
    }

    #[test]
    fn every_language_says_the_same_things() {
        let keys = |table: &'static [(&'static str, &'static str)]| {
            let mut keys: Vec<_> = table.iter().map(|(key, _)| *key).collect();
            keys.sort_unstable();
            keys
        };
        let english = Language::English.words();
        for language in Language::ALL {
            let words = language.words();
            assert_eq!(keys(words.findings), keys(english.findings), "{language:?}: findings");
            assert_eq!(keys(words.fields), keys(english.fields), "{language:?}: fields");
            assert_eq!(keys(words.help), keys(english.help), "{language:?}: help");
            assert_eq!(keys(words.phrases), keys(english.phrases), "{language:?}: phrases");
        }
    }

    #[test]
    fn french_punctuation_never_stands_alone_on_a_line() {
        let words = Language::French.words();
        let all = [words.findings, words.fields, words.help, words.phrases].into_iter().flatten();
        let alone = |text: &&str| ["« ", " »", " :", " ;", " ?", " !"].iter().any(|pair| text.contains(pair));
        assert_eq!(all.map(|(_, text)| *text).filter(alone).collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn a_value_with_braces_is_shown_as_it_is() {
        let finding = Finding::new("country.unknown", crate::finding::Field::AccountCountry).with("value", "{code} {");
        assert!(sentence(&finding, Language::English).contains("{code} {"));
    }

    #[test]
    fn missing_parts_are_listed_as_a_person_would() {
        let finding = Finding::new("contact.incomplete", crate::finding::Field::Contact)
            .with("person", "Ada Okafor")
            .with("missing", "FirstName,Email,Phone");
        assert_eq!(
            sentence(&finding, Language::French),
            "Il manque à Ada Okafor\u{a0}: prénom, e-mail et téléphone. Microsoft l’appellera ou lui écrira."
        );
    }
}
