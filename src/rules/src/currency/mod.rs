//! ISO 4217 currencies: is this code money that a deal can be counted in today, and if not, what was meant?
//!
//! Microsoft takes ISO 4217 codes (Microsoft Learn, "Referral resources"); organisations keep using codes that were withdrawn,
//! because their past deals are in them. Knows nothing of findings, amounts, exchange rates or the date of today: a currency
//! that was withdrawn is withdrawn. Names in other languages than English are handed in as lines `EUR|euro`.
//!
//! The table is generated from `data/currencies.csv`, which names its sources and their date.

#[rustfmt::skip]
mod table;

use std::fmt;

use crate::country::{
    fold::{has_key, key},
    handed, lists,
};
use crate::text::{number, rsplit_once, split, split_once, trim};

/// The code of a current currency, in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code3(&'static str);

impl Code3 {
    /// The code that `text` is, letter for letter: "EUR", but neither "eur" nor "HRK" nor "XAU".
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        Self::at(Self::place(text)?)
    }

    /// The three letters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Where the code stands among all codes.
    fn place(text: &str) -> Option<usize> {
        place(table::CODES.as_bytes().as_chunks().0, text)
    }

    fn at(place: usize) -> Option<Self> {
        table::CODES.get(3 * place..3 * place + 3).map(Self)
    }
}

impl fmt::Display for Code3 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

/// What a text in a currency field turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurrencyStatus {
    /// Exactly the code of a currency in use.
    Valid,
    /// A code that ISO 4217 no longer has, in any case.
    Withdrawn {
        /// The currency in use today that took its place; none where there are several or the code was never money.
        successor: Option<Code3>,
        /// Year, month and day of the withdrawal. Where ISO's list of historic codes names only the month or the year, the rest is 1.
        since: (u16, u8, u8),
    },
    /// A code of ISO 4217 that no deal is counted in: a fund, a unit of account, a metal, a test code or "no currency".
    NotMoney,
    /// The code of a currency in use, but for small letters or blanks around it.
    WrongCase {
        /// The code to send instead.
        code: Code3,
    },
    /// A name or a sign of one currency in use ("euro", "€", "US dollar"), in English or in the reader's language.
    Name {
        /// The code to send instead.
        code: Code3,
    },
    /// Nothing that is known, or a name of several currencies ("¥", "dollar").
    Unknown,
}

/// Says what `input` is.
#[must_use]
pub fn resolve(input: &str) -> CurrencyStatus {
    resolve_with(input, "")
}

/// Says what `input` is, by the built-in table and then by the names in the reader's language, as lines `EUR|euro`.
#[must_use]
pub fn resolve_with(input: &str, own: &str) -> CurrencyStatus {
    if Code3::new(input).is_some() {
        return CurrencyStatus::Valid;
    }
    let code = trim(input).to_ascii_uppercase();
    if let Some(code) = Code3::new(&code) {
        return CurrencyStatus::WrongCase { code };
    }
    if place(table::NOT_MONEY.as_bytes().as_chunks().0, &code).is_some() {
        return CurrencyStatus::NotMoney;
    }
    if let Some(former) = Former::of(&code) {
        return CurrencyStatus::Withdrawn { successor: former.successor, since: former.since };
    }
    let name = key(input);
    let mut codes = listed(&name);
    if codes.is_empty() {
        codes = handed_in(&name, own);
    }
    match codes.as_slice() {
        [code] => CurrencyStatus::Name { code: *code },
        _ => CurrencyStatus::Unknown,
    }
}

/// The English name of a currency in use ("Swiss Franc").
#[must_use]
pub fn name(code: &str) -> Option<&'static str> {
    split(table::NAMES, b'\n').nth(Code3::place(code)?).map(|line| split_name(line).0)
}

/// The name of `code` among the names in the reader's language: "dollar des États-Unis" in the line `USD|dollar des États-Unis`.
#[must_use]
pub fn localized<'t>(code: &str, own: &'t str) -> Option<&'t str> {
    handed::name(code, own)
}

/// A withdrawn code, found in a line such as "20230101EURHRK": the day, the successor or three hyphens, the codes of both.
struct Former {
    since: (u16, u8, u8),
    successor: Option<Code3>,
}

impl Former {
    fn of(code: &str) -> Option<Self> {
        split(table::WITHDRAWN, b'\n').find_map(|line| {
            let (facts, codes) = line.split_at_checked(11)?;
            place(codes.as_bytes().as_chunks().0, code)?;
            let (day, successor) = facts.split_at_checked(8)?;
            let number = |from: usize, to: usize| u16::try_from(number(day.get(from..to)?)?).ok();
            let short = |from: usize| u8::try_from(number(from, from + 2)?).ok();
            Some(Self { since: (number(0, 4)?, short(4)?, short(6)?), successor: Code3::new(successor) })
        })
    }
}

/// The currencies that the table calls so, by a whole name or by the last word of the English one: "Zloty", "Dollar".
fn listed(name: &str) -> Vec<Code3> {
    let mut codes = Vec::new();
    for (place, line) in split(table::NAMES, b'\n').enumerate() {
        let (english, names) = split_name(line);
        let last_word = rsplit_once(english, b' ').map_or(english, |(_, word)| word);
        if !name.is_empty() && (has_key(english, name) || has_key(last_word, name) || lists(names, name)) {
            codes.extend(Code3::at(place));
        }
    }
    codes
}

/// The currencies in use that the names handed in call so.
fn handed_in(name: &str, own: &str) -> Vec<Code3> {
    let mut codes = Vec::new();
    for (code, known) in handed::lines(own) {
        if !name.is_empty()
            && handed::is_called(known, name)
            && let Some(code) = Code3::new(code)
            && !codes.contains(&code)
        {
            codes.push(code);
        }
    }
    codes
}

/// Where `code` stands among codes in order.
fn place(codes: &[[u8; 3]], code: &str) -> Option<usize> {
    codes.binary_search(&code.as_bytes().try_into().ok()?).ok()
}

/// "Euro|euros|€" → "Euro", "euros|€".
fn split_name(line: &'static str) -> (&'static str, &'static str) {
    split_once(line, b'|').unwrap_or((line, ""))
}
