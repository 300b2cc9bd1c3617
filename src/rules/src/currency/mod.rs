//! ISO 4217 currencies: is this code money that a deal can be counted in today, and if not, what was meant?
//!
//! Microsoft takes ISO 4217 codes (Microsoft Learn, "Referral resources"); organisations keep using codes that were withdrawn,
//! because their past deals are in them. Knows nothing of findings, amounts, exchange rates or the date of today: a currency
//! that was withdrawn is withdrawn.
//!
//! The table is generated from `data/currencies.csv`, which names its sources and their date.

#[rustfmt::skip]
mod table;

use std::fmt;

use crate::country::{
    fold::{fold, squeeze},
    lists, spells,
};

/// The code of a current currency, in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code3(&'static str);

impl Code3 {
    /// The code that `text` is, letter for letter: "EUR", but neither "eur" nor "HRK" nor "XAU".
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        Current::of(text).filter(|currency| currency.is_money).map(|currency| Self(currency.code))
    }

    /// The three letters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
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
    /// A name or a sign of one currency in use ("euro", "€", "US dollar").
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
    if Code3::new(input).is_some() {
        return CurrencyStatus::Valid;
    }
    let code = input.trim().to_ascii_uppercase();
    if let Some(currency) = Current::of(&code) {
        return if currency.is_money {
            CurrencyStatus::WrongCase { code: Code3(currency.code) }
        } else {
            CurrencyStatus::NotMoney
        };
    }
    if let Some(former) = Former::of(&code) {
        return CurrencyStatus::Withdrawn { successor: former.successor, since: former.since };
    }
    by_name(&squeeze(&fold(input))).map_or(CurrencyStatus::Unknown, |code| CurrencyStatus::Name { code })
}

/// How many decimals an amount in this currency has: 2 for "EUR", 0 for "JPY", 3 for "KWD". None for codes without (gold) and for
/// codes that are not in use, whose decimals ISO 4217 does not list.
#[must_use]
pub fn minor_units(code: &str) -> Option<u8> {
    Current::of(code)?.minor_units
}

/// The English name of a code that is in use ("Swiss Franc", "Gold").
#[must_use]
pub fn name(code: &str) -> Option<&'static str> {
    Current::of(code).map(|currency| currency.name())
}

/// A code in use: "EUR+2" among the codes, and a line "Euro|euros|€" at the same place among the names.
struct Current {
    place: usize,
    code: &'static str,
    /// Plus is money, minus is not.
    is_money: bool,
    minor_units: Option<u8>,
}

impl Current {
    /// Bytes of one code with its sign and its digit; the digit is a hyphen where there are no minor units.
    const LENGTH: usize = 5;

    fn at(place: usize) -> Option<Self> {
        let start = place * Self::LENGTH;
        let (code, facts) = table::CODES.get(start..start + Self::LENGTH)?.split_at_checked(3)?;
        let (sign, digit) = facts.split_at_checked(1)?;
        Some(Self { place, code, is_money: sign == "+", minor_units: digit.parse().ok() })
    }

    fn of(code: &str) -> Option<Self> {
        let (codes, _) = table::CODES.as_bytes().as_chunks::<{ Self::LENGTH }>();
        Self::at(place(codes, code)?)
    }

    fn line(&self) -> &'static str {
        table::NAMES.split('\n').nth(self.place).unwrap_or_default()
    }

    fn name(&self) -> &'static str {
        split_name(self.line()).0
    }
}

/// A withdrawn code: "HRK20230101EUR", three hyphens where there is no single successor.
struct Former {
    since: (u16, u8, u8),
    successor: Option<Code3>,
}

impl Former {
    const LENGTH: usize = 14;

    fn of(code: &str) -> Option<Self> {
        let (codes, _) = table::WITHDRAWN.as_bytes().as_chunks::<{ Self::LENGTH }>();
        let start = place(codes, code)? * Self::LENGTH;
        let facts = |from: usize, to: usize| table::WITHDRAWN.get(start + from..start + to).unwrap_or_default();
        Some(Self {
            since: (
                facts(3, 7).parse().unwrap_or_default(),
                facts(7, 9).parse().unwrap_or_default(),
                facts(9, 11).parse().unwrap_or_default(),
            ),
            successor: Code3::new(facts(11, 14)),
        })
    }
}

fn by_name(name: &str) -> Option<Code3> {
    if name.is_empty() {
        return None;
    }
    let mut called = (0..).zip(table::NAMES.split('\n')).filter_map(|(place, line)| {
        let (english, names) = split_name(line);
        let last_word = english.rsplit(' ').next().unwrap_or_default();
        let is_called = spells(english, name) || spells(last_word, name) || lists(names, name);
        Current::at(place).filter(|currency| is_called && currency.is_money)
    });
    let only = called.next()?;
    called.next().is_none().then_some(Code3(only.code))
}

/// Where the record that starts with `code` stands.
fn place<const LENGTH: usize>(records: &[[u8; LENGTH]], code: &str) -> Option<usize> {
    let code: [u8; 3] = code.as_bytes().try_into().ok()?;
    records.binary_search_by(|record| record.iter().take(3).cmp(&code)).ok()
}

/// "Euro|euros|€" → "Euro", "euros|€".
fn split_name(line: &'static str) -> (&'static str, &'static str) {
    line.split_once('|').unwrap_or((line, ""))
}
