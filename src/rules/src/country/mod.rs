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
use typo::Slip;

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
    /// Only what the table holds letter for letter, with the title that the country bears or none, in either order.
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
        /// The only country with a name one slip away ("Germny") or with another title ("Republic of Georgia"). A guess, not an
        /// answer.
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
    [Some(folded.as_str()), in_order(input, " ").as_deref(), in_order(input, " of ").as_deref()]
        .into_iter()
        .flatten()
        .find_map(|text| {
            let name = squeeze(text);
            by_name(&name).or_else(|| by_extra(&name)).or_else(|| by_title(&name))
        })
        .unwrap_or_else(|| Resolution::Unknown { suggestion: nearest(&squeeze(&folded)) })
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

    /// The slip that makes one of its names of `name`; the likeliest of several.
    fn slip(&self, name: &str) -> Option<Slip> {
        let english = squeeze(&fold(self.name));
        let slips = self.names.split('|').chain([english.as_str()]).filter_map(|known| typo::between(known, name));
        slips.reduce(|one, other| if one == Slip::Likely { one } else { other })
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

/// What stands inverted, in order: "Korea, Republic of", "Iran (Islamic Republic of)", "Congo, Dem. Rep.", "Samoa, American".
///
/// Before anything else is made of it, since "China, Republic of" is the Republic of China and not China. `between` joins the
/// halves. Shorter names than "Mali" are left alone: "N, CA" would be an alpha-3 code.
fn in_order(input: &str, between: &str) -> Option<String> {
    let (name, before) = input.split_once([',', '('])?;
    let (name, before) = (fold(name), fold(before));
    (name.chars().nth(3).is_some() && !before.is_empty()).then(|| before + between + &name)
}

/// What a name after a title is: "Republic of Poland", "Islamic Republic of Iran".
///
/// Certain only where the country bears that very title, since another one may name another place ("State of Georgia"). Of
/// several countries with the name, the only one that bears the title is meant.
fn by_title(name: &str) -> Option<Resolution> {
    let mut titles = table::TITLES.split('\n').filter_map(|line| line.split_once('|'));
    let (title, name, bearers) = titles.find_map(|(title, bearers)| Some((title, name.strip_prefix(title)?, bearers)))?;
    let bears = |code: &&Code| lists(bearers, code.as_str());
    match by_name(name)? {
        Resolution::Name { code } if bears(&&code) => Some(Resolution::Name { code }),
        Resolution::Ambiguous(codes) => {
            let mut bearing = codes.iter().filter(bears);
            match (bearing.next(), bearing.next()) {
                (Some(code), None) => Some(Resolution::Name { code: *code }),
                _ => Some(Resolution::Ambiguous(codes)),
            }
        }
        // A part of a federation is called so, too.
        _ if title == "stateof" => None,
        Resolution::Name { code } | Resolution::Withdrawn { successor: Some(code), .. } => {
            Some(Resolution::Unknown { suggestion: Some(code) })
        }
        other => Some(other),
    }
}

/// The only country with a name one slip away from `name`; none if there are two ("Nigera"), or if the slip is a doubtful one.
fn nearest(name: &str) -> Option<Code> {
    let mut near = Country::all().filter_map(|country| Some((country.code, country.slip(name)?)));
    let (code, slip) = near.next()?;
    (slip == Slip::Likely && near.next().is_none()).then_some(code)
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
