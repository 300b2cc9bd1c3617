//! What is written down in each language, and how it is found.
//!
//! One text a language: lines of a letter for the section, the key, a space and the words, in the order of their bytes. A key is
//! searched by halving the text, so there is no table of places to ship. Variants of a sentence (`#one`, `+param`) follow it.
//! Knows nothing of findings.

use std::cmp::Ordering;

use super::table;
use crate::text::{self, split, split_once};

/// A language that words are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    place: usize,
}

/// A part of the words.
#[derive(Clone, Copy)]
pub(super) enum Section {
    /// Sentences of findings.
    Finding = b'f' as isize,
    /// What stands on the buttons of fixes.
    Button = b'b' as isize,
    /// How dates, numbers and lists are written.
    Form = b'd' as isize,
    /// What a seller calls Salesforce's fields.
    Field = b'n' as isize,
    /// What Microsoft's codes mean.
    Term = b't' as isize,
    /// Sentences of the server.
    Server = b's' as isize,
}

impl Section {
    fn letter(self) -> u8 {
        self as u8
    }
}

impl Language {
    /// Every language, English first.
    pub const ALL: [Self; table::CODES.len()] = {
        let mut all = [Self { place: 0 }; table::CODES.len()];
        let mut place = 0;
        #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, where an iterator can't be")]
        while place < all.len() {
            all[place].place = place;
            place += 1;
        }
        all
    };

    /// The language of a BCP 47 tag or a Salesforce locale (`fr`, `fr-CA`, `fr_FR`); English where there are no words for it.
    pub fn of(locale: &str) -> Self {
        let end = locale.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(locale.len());
        let language = locale.get(..end).unwrap_or_default();
        let place = table::CODES.iter().position(|code| code.eq_ignore_ascii_case(language));
        Self { place: place.unwrap_or_default() }
    }

    /// Its ISO 639 code, such as `fr`.
    pub fn code(self) -> &'static str {
        table::CODES.get(self.place).copied().unwrap_or_default()
    }

    /// The words for `key`; English ones where this language lacks them.
    pub(super) fn word(self, section: Section, key: &str) -> Option<&'static str> {
        self.tail(&table::PAGE, section, key).map(line)
    }

    /// What a seller calls a field.
    pub(super) fn field(self, name: &str) -> Option<&'static str> {
        self.word(Section::Field, name)
    }

    /// The same, of the fields too that only the server speaks of.
    pub(super) fn server_field(self, name: &str) -> Option<&'static str> {
        self.field(name).or_else(|| self.tail(&table::SERVER, Section::Field, name).and_then(|tail| tail.split('\n').next()))
    }

    /// The sentence of a finding that a page can show, in the variant for what is known and for the number that counts.
    pub(super) fn of_page(self, key: &str, known: &dyn Fn(&str) -> bool, count: Option<usize>) -> Option<&'static str> {
        self.tail(&table::PAGE, Section::Finding, key).and_then(|tail| self.variant(tail, Section::Finding, key, known, count))
    }

    /// The sentence of any finding, likewise. Some are about what only the server sees, and stay out of the browser's module.
    pub(super) fn of_finding(self, key: &str, known: &dyn Fn(&str) -> bool, count: Option<usize>) -> Option<&'static str> {
        let section = Section::Finding;
        let of_server =
            || self.tail(&table::SERVER, section, key).and_then(|tail| self.variant(tail, section, key, known, count));
        self.of_page(key, known, count).or_else(of_server)
    }

    /// A sentence of the server, likewise. Apart, so that the browser's module holds none of them.
    pub(super) fn of_server(self, key: &str, known: &dyn Fn(&str) -> bool, count: Option<usize>) -> Option<&'static str> {
        self.tail(&table::SERVER, Section::Server, key).and_then(|tail| self.variant(tail, Section::Server, key, known, count))
    }

    /// The words for `key` and every line after them.
    pub(super) fn tail(self, texts: &[&'static str], section: Section, key: &str) -> Option<&'static str> {
        let own = texts.get(self.place).and_then(|text| find(text, section, key));
        own.or_else(|| texts.first().and_then(|text| find(text, section, key)))
    }

    /// Of the words at the head of `tail` and their variants that follow, the last that fits.
    fn variant(
        self,
        tail: &'static str,
        section: Section,
        key: &str,
        known: &dyn Fn(&str) -> bool,
        count: Option<usize>,
    ) -> Option<&'static str> {
        let mut lines = split(tail, b'\n');
        let mut chosen = lines.next();
        for line in lines {
            let variant = line.strip_prefix(char::from(section.letter())).and_then(|line| line.strip_prefix(key));
            let Some((conditions, words)) =
                variant.filter(|rest| matches!(rest.bytes().next(), Some(b'#' | b'+'))).and_then(|rest| split_once(rest, b' '))
            else {
                break;
            };
            let (names, plural) = split_once(conditions, b'#').unwrap_or((conditions, ""));
            let number_fits = plural.is_empty() || count.is_some_and(|count| self.is_one(count));
            if number_fits && split(names, b'+').skip(1).all(known) {
                chosen = Some(words);
            }
        }
        chosen
    }

    /// Whether this language speaks of so many in the singular.
    fn is_one(self, count: usize) -> bool {
        let numbers = self.word(Section::Form, "one").unwrap_or_default();
        split(numbers, b' ').any(|number| text::number(number).is_some_and(|number| usize::try_from(number) == Ok(count)))
    }
}

/// The first line of a text.
fn line(text: &str) -> &str {
    split_once(text, b'\n').map_or(text, |(line, _)| line)
}

/// The words for `key` in `text`, and every line after them.
pub(super) fn find(text: &'static str, section: Section, key: &str) -> Option<&'static str> {
    let (mut from, mut to) = (0, text.len());
    while from < to {
        // The line in the middle: from the last line break before it.
        let before = text.as_bytes().get(from..from.midpoint(to))?;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(from, |at| from + at + 1);
        let here = text.get(start..)?;
        let wanted = [section.letter()].into_iter().chain(key.bytes()).chain([b' ']);
        match here.bytes().take(key.len() + 2).cmp(wanted) {
            Ordering::Less => from = split_once(here, b'\n').map_or(to, |(line, _)| start + line.len() + 1),
            Ordering::Equal => return here.get(key.len() + 2..),
            Ordering::Greater => to = start,
        }
    }
    None
}
