//! How facts are written: plainly for programs, and for a reader as the language has it.
//!
//! Everything is appended to the text that is being made; nothing is built beside it. Knows no rule and no finding.

use time::Date;

use super::words::{Language, Section};
use crate::{
    country, currency,
    finding::Param,
    moment,
    settings::Settings,
    text::{push_number, split, split_once},
};

/// Who reads.
pub(super) struct Reader<'a> {
    pub(super) language: Language,
    /// Lines `DE|Allemagne`.
    pub(super) country_names: &'a str,
    /// Lines `EUR|euro`.
    pub(super) currency_names: &'a str,
    /// What a field is called.
    pub(super) field: fn(Language, &str) -> Option<&'static str>,
    /// How numbers and days are written: [`Self::spelled`] or [`marked`].
    pub(super) figures: fn(&Self, &mut String, &Param<'_>),
}

/// Stands before and after a number or a day that somebody else is to write: no sentence and no value holds it.
const MARK: char = '\u{1}';

impl<'a> Reader<'a> {
    pub(super) fn new(locale: &str, settings: &'a Settings) -> Self {
        Self {
            language: Language::of(locale),
            country_names: &settings.country_names,
            currency_names: &settings.currency_names,
            field: Language::field,
            figures: Self::spelled,
        }
    }

    /// For the page, which knows its reader's locale better than any language does, and has a library for it.
    pub(super) fn of_page(settings: &'a Settings) -> Self {
        Self { figures: marked, ..Self::new(&settings.locale, settings) }
    }

    /// As the language has them: "84,000.5", "22 November 2026".
    pub(super) fn spelled(&self, text: &mut String, param: &Param<'_>) {
        match param {
            Param::Day(day) => self.day(text, *day),
            _ => self.number(text, param),
        }
    }

    /// Writes a sentence with its facts.
    pub(super) fn fill(&self, text: &mut String, template: &str, params: &[(&str, Param<'_>)]) {
        fill(text, template, &mut |text, name| {
            if let Some((_, param)) = params.iter().find(|(known, _)| *known == name) {
                self.show(text, param);
            }
        });
    }

    /// Writes a fact.
    pub(super) fn show(&self, text: &mut String, param: &Param<'_>) {
        match param {
            Param::Text(value) => text.push_str(value),
            Param::Count(_) | Param::Amount(_) | Param::Day(_) => (self.figures)(self, text, param),
            Param::Country(code) => text.push_str(self.country(*code)),
            Param::Currency(code) => {
                let localized = currency::localized(code.as_str(), self.currency_names);
                text.push_str(localized.or_else(|| currency::name(code.as_str())).unwrap_or(code.as_str()));
            }
            Param::Countries(codes) => {
                self.list(text, codes.len(), "or", &mut |text, at| {
                    if let Some(code) = codes.get(at) {
                        self.country_as(text, "country", *code);
                    }
                });
            }
            Param::Fields(fields) => {
                self.list(text, fields.len(), "and", &mut |text, at| {
                    if let Some(field) = fields.get(at) {
                        text.push_str((self.field)(self.language, field).unwrap_or(field));
                    }
                });
            }
            Param::Term(code) => text.push_str(self.language.word(Section::Term, code).unwrap_or(code)),
        }
    }

    /// Writes a country with its code, in the form that the language has under this name.
    pub(super) fn country_as(&self, text: &mut String, form: &str, code: country::Code) {
        fill(text, self.form(form), &mut |text, name| {
            text.push_str(if name == "code" { code.as_str() } else { self.country(code) });
        });
    }

    fn country(&self, code: country::Code) -> &str {
        country::localized(code, self.country_names).or_else(|| country::name(code)).unwrap_or(code.as_str())
    }

    fn form(&self, name: &str) -> &'static str {
        self.language.word(Section::Form, name).unwrap_or_default()
    }

    /// `84000.5` → "84,000.5".
    fn number(&self, text: &mut String, param: &Param<'_>) {
        let mut number = String::new();
        plain(&mut number, param);
        let (whole, fraction) = split_once(&number, b'.').unwrap_or((&number, ""));
        let (digits, group) = (whole.strip_prefix('-').unwrap_or(whole).len(), self.form("group"));
        for (at, sign) in whole.chars().enumerate() {
            let left = whole.len() - at;
            if left < digits && left % 3 == 0 {
                text.push_str(group);
            }
            text.push(sign);
        }
        if !fraction.is_empty() {
            text.push_str(self.form("decimal"));
            text.push_str(fraction);
        }
    }

    fn day(&self, text: &mut String, day: Date) {
        fill(text, self.form("date"), &mut |text, name| match (name, day.day(), self.language.word(Section::Form, "first")) {
            ("day", 1, Some(first)) => text.push_str(first),
            ("day", number, _) => push_number(text, number.into()),
            ("month", ..) => {
                let mut months = split(self.form("months"), b' ');
                text.push_str(months.nth(usize::from(u8::from(day.month())) - 1).unwrap_or_default());
            }
            _ => push_number(text, usize::try_from(day.year()).unwrap_or_default()),
        });
    }

    /// "one, two and three".
    fn list(&self, text: &mut String, length: usize, last: &str, item: &mut dyn FnMut(&mut String, usize)) {
        for at in 0..length {
            if at > 0 {
                text.push_str(self.form(if at + 1 == length { last } else { "comma" }));
            }
            item(text, at);
        }
    }
}

/// Writes a number or a day plainly, between marks.
fn marked(_: &Reader<'_>, text: &mut String, param: &Param<'_>) {
    text.push(MARK);
    plain(text, param);
    text.push(MARK);
}

/// Writes a template, and whatever `value` writes for `{name}`. In one pass, so that a value with braces stays as it is.
pub(super) fn fill(text: &mut String, template: &str, value: &mut dyn FnMut(&mut String, &str)) {
    let mut rest = template;
    while let Some((before, after)) = split_once(rest, b'{') {
        text.push_str(before);
        let (name, tail) = split_once(after, b'}').unwrap_or((after, ""));
        value(text, name);
        rest = tail;
    }
    text.push_str(rest);
}

/// Writes a fact for programs: codes, digits, fields with commas between them.
pub(super) fn plain(text: &mut String, param: &Param<'_>) {
    match param {
        Param::Text(value) | Param::Term(value) => text.push_str(value),
        Param::Count(count) => push_number(text, *count),
        Param::Amount(amount) => amount.write(text),
        Param::Day(day) => text.push_str(&moment::format_day(*day)),
        Param::Country(code) => text.push_str(code.as_str()),
        Param::Currency(code) => text.push_str(code.as_str()),
        Param::Countries(codes) => join(text, codes.iter().map(|code| code.as_str())),
        Param::Fields(fields) => join(text, fields.iter().copied()),
    }
}

fn join<'a>(text: &mut String, parts: impl Iterator<Item = &'a str>) {
    for (at, part) in parts.enumerate() {
        if at > 0 {
            text.push(',');
        }
        text.push_str(part);
    }
}
