//! ISO 3166-1 countries: is this text a code Microsoft takes, and if not, which code did the person mean?
//!
//! Microsoft takes the alpha-2 code in capitals and nothing else (Microsoft Learn, "Referral resources"), while customer records
//! hold names in many languages, abbreviations, old codes and slips of the finger. Everything but the exact code is a
//! suggestion: a person confirms it. Knows nothing of findings, records or the language of the page: the table has English names and
//! each country's own, and names in other languages are handed in as lines `DE|Allemagne`.
//!
//! The table is generated from `data/countries.csv`, which names its sources and their date.

pub(crate) mod fold;
pub(crate) mod handed;
#[rustfmt::skip]
mod table;
mod typo;

use std::fmt;

use fold::{fold, has_key, key, squeeze};
use typo::Slip;

use crate::text::{number, split, split_once, trim};

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
    /// Another way to write one country: its name in English, in its own or in the reader's language, an abbreviation, the alpha-3
    /// code, the code in small letters. Only what is listed letter for letter, with the title that the country bears or none, in
    /// either order.
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
        /// The only country with a name one slip away ("Germny"), with another title ("Republic of Georgia"), or so called in
        /// another language. A guess, not an answer.
        suggestion: Option<Code>,
    },
}

/// Says what `input` is, by the built-in table.
#[must_use]
pub fn resolve(input: &str) -> Resolution {
    resolve_with(input, "", "")
}

/// Says what `input` is, by the built-in table and then by the names handed in, as lines `DE|Allemagne`.
///
/// `own` are the names in the reader's language, certain like those of the table; `others` those in any other language, which are
/// only ever a guess: half the world's towns are called as some language calls a country ("Granada"). What the table knows comes
/// first, so that the page and the server never disagree about it.
#[must_use]
pub fn resolve_with(input: &str, own: &str, others: &str) -> Resolution {
    if let Some(code) = Code::new(input) {
        return Resolution::Valid(code);
    }
    if let Some(code) = Code::new(&trim(input).to_ascii_uppercase()) {
        return Resolution::Name { code };
    }
    let readings = [Some(fold(input)), in_order(input, " "), in_order(input, " of ")];
    let names: Vec<String> = readings.iter().flatten().map(|text| squeeze(text)).filter(|name| !name.is_empty()).collect();
    let certain = names.iter().find_map(|name| by_name(name).or_else(|| by_handed(name, own)).or_else(|| by_title(name)));
    certain.unwrap_or_else(|| Resolution::Unknown {
        suggestion: match names.iter().find_map(|name| by_handed(name, others)) {
            Some(Resolution::Name { code }) => Some(code),
            Some(_) => None,
            None => names.first().and_then(|name| nearest(name, own)),
        },
    })
}

/// The name of `code` among the names in the reader's language: "Allemagne" in the line `DE|Allemagne`.
#[must_use]
pub fn localized(code: Code, own: &str) -> Option<&str> {
    handed::name(code.as_str(), own)
}

/// The short English name ("Germany", "Côte d'Ivoire").
#[must_use]
pub fn name(code: Code) -> Option<&'static str> {
    let place = Code::place(code.as_str())?;
    Country::all().nth(place).map(|country| country.name)
}

/// An assigned code and its names: a line "Germany|deutschland|…" at the place of the code among the codes.
struct Country {
    code: Code,
    /// The letter that makes the alpha-3 code of the code, at the same place: a capital comes last (U in "DEU"), a small one in
    /// between (n in "AND"). A hyphen where neither does, and the alpha-3 code is among the names.
    third: u8,
    name: &'static str,
    /// Keys of the names besides the English one, separated by bars.
    names: &'static str,
}

impl Country {
    fn all() -> impl Iterator<Item = Self> {
        (0..).zip(split(table::NAMES, b'\n')).zip(table::THIRDS.bytes()).filter_map(|((place, line), third)| {
            let (name, names) = split_once(line, b'|').unwrap_or((line, ""));
            Some(Self { code: Code::at(place)?, third, name, names })
        })
    }

    fn is_called(&self, name: &str) -> bool {
        has_key(self.name, name) || self.is_alpha3(name) || lists(self.names, name)
    }

    fn is_alpha3(&self, name: &str) -> bool {
        let (&[first, second], &[a, b, c]) = (self.code.0.as_bytes(), name.as_bytes()) else {
            return false;
        };
        let (b, c) = if self.third.is_ascii_uppercase() { (b, c) } else { (c, b) };
        [first | 32, second | 32, self.third | 32] == [a, b, c]
    }
}

/// A withdrawn code.
struct Former {
    code: &'static str,
    alpha3: &'static str,
    since: u16,
    successor: Option<Code>,
    /// Keys of the names, separated by bars.
    names: &'static str,
}

impl Former {
    /// Reads a line such as `ZRZAR1997CDzaire`; two hyphens stand where no single country took over.
    fn read(line: &'static str) -> Self {
        let (code, line) = cut(line, 2);
        let (alpha3, line) = cut(line, 3);
        let (since, line) = cut(line, 4);
        let (successor, names) = cut(line, 2);
        Self {
            code,
            alpha3,
            since: number(since).and_then(|year| year.try_into().ok()).unwrap_or_default(),
            successor: Code::new(successor),
            names,
        }
    }

    fn is_called(&self, name: &str) -> bool {
        self.code.eq_ignore_ascii_case(name) || self.alpha3.eq_ignore_ascii_case(name) || lists(self.names, name)
    }
}

fn by_name(name: &str) -> Option<Resolution> {
    if name.is_empty() {
        return None;
    }
    let codes = Country::all().filter(|country| country.is_called(name)).map(|country| country.code).collect();
    one_or_several(codes).or_else(|| {
        // The last withdrawal counts: CS was Czechoslovakia, and later Serbia and Montenegro.
        let mut found: Option<Former> = None;
        for former in split(table::WITHDRAWN, b'\n').map(Former::read) {
            if former.is_called(name) && found.as_ref().is_none_or(|found| found.since <= former.since) {
                found = Some(former);
            }
        }
        let former = found?;
        Some(Resolution::Withdrawn { successor: former.successor, since: former.since })
    })
}

/// What the names handed in say.
fn by_handed(name: &str, handed: &str) -> Option<Resolution> {
    let mut codes = Vec::new();
    for (code, known) in handed::lines(handed) {
        if handed::is_called(known, name)
            && let Some(code) = Code::new(code)
            && !codes.contains(&code)
        {
            codes.push(code);
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
    let mut titles = split(table::TITLES, b'\n').filter_map(|line| split_once(line, b'|'));
    let (title, name, bearers) = titles.find_map(|(title, bearers)| Some((title, name.strip_prefix(title)?, bearers)))?;
    let bears = |code: &&Code| bearers.as_bytes().as_chunks::<2>().0.iter().any(|bearer| bearer == code.0.as_bytes());
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
fn nearest(name: &str, own: &str) -> Option<Code> {
    let listed = Country::all().flat_map(|country| {
        let slip = split(country.names, b'|').map(move |known| typo::between(known, name));
        slip.chain([typo::between(&key(country.name), name)]).flatten().map(move |slip| (country.code, slip))
    });
    let handed = handed::lines(own).filter_map(|(code, known)| Some((Code::new(code)?, typo::between(&key(known), name)?)));
    let mut nearest = None;
    for (code, slip) in listed.chain(handed) {
        match nearest {
            Some((other, _)) if other != code => return None,
            Some((_, Slip::Likely)) => {}
            _ => nearest = Some((code, slip)),
        }
    }
    nearest.filter(|(_, slip)| *slip == Slip::Likely).map(|(code, _)| code)
}

/// Whether `name` is one of the names between the bars.
pub(crate) fn lists(names: &str, name: &str) -> bool {
    split(names, b'|').any(|known| known == name)
}

/// Splits after `at` bytes; a line that is too short yields itself, which no lookup matches.
fn cut(line: &'static str, at: usize) -> (&'static str, &'static str) {
    line.split_at_checked(at).unwrap_or((line, ""))
}
