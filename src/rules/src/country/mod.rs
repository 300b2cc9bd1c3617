//! ISO 3166-1 countries: is this text a code Microsoft takes, and if not, which code did the person mean?
//!
//! Microsoft takes the alpha-2 code in capitals and nothing else (Microsoft Learn, "Referral resources"), while customer records
//! hold names in many languages, abbreviations, old codes and slips of the finger. Everything but the exact code is a
//! suggestion: a person confirms it. Knows nothing of findings, records or the language of the page; localised names are
//! handed in.
//!
//! The table is generated from `data/countries.csv`, which names its sources and their date.

pub(crate) mod fold;
#[rustfmt::skip]
mod table;
mod typo;

use std::fmt;

use fold::{fold, squeeze};

/// Words before "of" that say what kind of state it is and not which one: "Kingdom of Spain".
const TITLES: [&str; 8] = ["republic", "kingdom", "state", "states", "commonwealth", "principality", "sultanate", "duchy"];

/// An assigned ISO 3166-1 alpha-2 code, in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The code that `text` is, letter for letter: "DE", but neither "de" nor "UK" nor a code that was withdrawn.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        Self::at(Self::place(text)?)
    }

    /// The two letters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Where the code stands among all codes.
    fn place(text: &str) -> Option<usize> {
        let (codes, _) = table::CODES.as_bytes().as_chunks();
        codes.binary_search(&<[u8; 2]>::try_from(text.as_bytes()).ok()?).ok()
    }

    fn at(place: usize) -> Option<Self> {
        table::CODES.get(2 * place..2 * place + 2).map(Self)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

/// What a text in a country field turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// Exactly an assigned code: it can be sent as it is.
    Valid(Code),
    /// Another way to write one country: its name in some language, an abbreviation, the alpha-3 code, the code in small letters.
    Name {
        /// The code to send instead.
        code: Code,
    },
    /// The code or the name of a country that ISO 3166-1 no longer has.
    Withdrawn {
        /// The one country that took over; none where there are several, or where it broke up.
        successor: Option<Code>,
        /// The year of the withdrawal.
        since: u16,
    },
    /// A name that several countries bear ("Korea", "Congo"), in the order of their codes.
    Ambiguous(Vec<Code>),
    /// Nothing that is known.
    Unknown {
        /// The only country with a name one slip away ("Germny"). A guess, not an answer.
        suggestion: Option<Code>,
    },
}

/// Says what `input` is, by the built-in table.
#[must_use]
pub fn resolve(input: &str) -> Resolution {
    resolve_with::<&str>(input, &[])
}

/// Says what `input` is, by the built-in table and then by `extra`: names in the language of the page and their codes.
///
/// What the table knows comes first, so that the page and the server never disagree about it.
#[must_use]
pub fn resolve_with<N: AsRef<str>>(input: &str, extra: &[(N, Code)]) -> Resolution {
    look_up(input, &|name| by_extra(name, extra))
}

/// One copy for every type of `extra`: this is shipped to browsers.
fn look_up(input: &str, by_extra: &dyn Fn(&str) -> Option<Resolution>) -> Resolution {
    if let Some(code) = Code::new(input) {
        return Resolution::Valid(code);
    }
    if let Some(code) = Code::new(&input.trim().to_ascii_uppercase()) {
        return Resolution::Name { code };
    }
    let folded = fold(input);
    let name = squeeze(&folded);
    by_name(&name)
        .or_else(|| by_extra(&name))
        .or_else(|| by_name(&without_title(input, &folded)?))
        .or_else(|| by_name(&without_digraphs(&name)))
        .unwrap_or_else(|| Resolution::Unknown { suggestion: nearest(&name) })
}

/// The short English name ("Germany", "Côte d'Ivoire").
#[must_use]
pub fn name(code: Code) -> Option<&'static str> {
    let place = Code::place(code.as_str())?;
    table::NAMES.split('\n').nth(place).map(|line| Country::read(place, line).name)
}

/// An assigned code and its names: a line "DEUGermany|deutschland|…" at the place of the code among the codes.
struct Country {
    code: Code,
    alpha3: &'static str,
    name: &'static str,
    /// Folded names besides the English one, separated by bars.
    names: &'static str,
}

impl Country {
    fn read(at: usize, line: &'static str) -> Self {
        let (alpha3, line) = cut(line, 3);
        let (name, names) = line.split_once('|').unwrap_or((line, ""));
        Self { code: Code::at(at).unwrap_or(Code("")), alpha3, name, names }
    }

    fn all() -> impl Iterator<Item = Self> {
        (0..).zip(table::NAMES.split('\n')).map(|(at, line)| Self::read(at, line))
    }

    fn is_called(&self, name: &str) -> bool {
        spells(self.name, name) || spells(self.alpha3, name) || lists(self.names, name)
    }

    fn is_nearly_called(&self, name: &str) -> bool {
        typo::one_slip_apart(&squeeze(&fold(self.name)), name)
            || self.names.split('|').any(|known| typo::one_slip_apart(known, name))
    }
}

/// A withdrawn code.
struct Former {
    code: &'static str,
    alpha3: &'static str,
    since: u16,
    successor: Option<Code>,
    /// Folded names, separated by bars.
    names: &'static str,
}

impl Former {
    /// Reads a line such as `ZRZAR1997CDzaire`; two hyphens stand where no single country took over.
    fn read(line: &'static str) -> Self {
        let (code, line) = cut(line, 2);
        let (alpha3, line) = cut(line, 3);
        let (since, line) = cut(line, 4);
        let (successor, names) = cut(line, 2);
        Self { code, alpha3, since: since.parse().unwrap_or_default(), successor: Code::new(successor), names }
    }

    fn is_called(&self, name: &str) -> bool {
        spells(self.code, name) || spells(self.alpha3, name) || lists(self.names, name)
    }
}

fn by_name(name: &str) -> Option<Resolution> {
    if name.is_empty() {
        return None;
    }
    let codes = Country::all().filter(|country| country.is_called(name)).map(|country| country.code).collect();
    one_or_several(codes).or_else(|| {
        // The last withdrawal counts: CS was Czechoslovakia, and later Serbia and Montenegro.
        let former = table::WITHDRAWN
            .split('\n')
            .map(Former::read)
            .filter(|former| former.is_called(name))
            .max_by_key(|former| former.since)?;
        Some(Resolution::Withdrawn { successor: former.successor, since: former.since })
    })
}

fn by_extra<N: AsRef<str>>(name: &str, extra: &[(N, Code)]) -> Option<Resolution> {
    let mut codes = Vec::new();
    for (known, code) in extra {
        if !name.is_empty() && squeeze(&fold(known.as_ref())) == name && !codes.contains(code) {
            codes.push(*code);
        }
    }
    one_or_several(codes)
}

fn one_or_several(codes: Vec<Code>) -> Option<Resolution> {
    match codes.as_slice() {
        [] => None,
        [code] => Some(Resolution::Name { code: *code }),
        _ => Some(Resolution::Ambiguous(codes)),
    }
}

/// The name without what kind of state it is: "Republic of Poland", "Moldova, Republic of", "Iran (Islamic Republic of)".
fn without_title(input: &str, folded: &str) -> Option<String> {
    if let Some((name, title)) = input.split_once([',', '('])
        && fold(title).ends_with(" of")
    {
        return Some(squeeze(&fold(name)));
    }
    let (mut title, mut rest) = folded.split_once(' ')?;
    while let Some((word, name)) = rest.split_once(' ') {
        if word == "of" && TITLES.contains(&title) {
            return Some(squeeze(name));
        }
        (title, rest) = (word, name);
    }
    None
}

/// What remains when a keyboard without ä, ö, ü and ø wrote ae, oe and ue: "oesterreich" → "osterreich".
fn without_digraphs(name: &str) -> String {
    let mut last = ' ';
    name.chars()
        .filter(|letter| {
            let second = matches!((last, *letter), ('a' | 'o' | 'u', 'e'));
            last = *letter;
            !second
        })
        .collect()
}

/// The only country with a name one slip away from `name`; none if there are two.
fn nearest(name: &str) -> Option<Code> {
    let mut near = Country::all().filter(|country| country.is_nearly_called(name));
    let only = near.next()?;
    near.next().is_none().then_some(only.code)
}

/// Whether an English name, folded, is `name`. The generator lists the folded form of names that are more than plain ASCII.
pub(crate) fn spells(english: &str, name: &str) -> bool {
    let letters = english.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase());
    letters.eq(name.bytes())
}

/// Whether `name` is one of the names between the bars.
pub(crate) fn lists(names: &str, name: &str) -> bool {
    names.split('|').any(|known| known == name)
}

/// Splits after `at` bytes; a line that is too short yields itself, which no lookup matches.
fn cut(line: &'static str, at: usize) -> (&'static str, &'static str) {
    line.split_at_checked(at).unwrap_or((line, ""))
}
