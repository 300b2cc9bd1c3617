//! Exact decimal numbers: what an amount of money is read into, compared as and written from.
//!
//! Knows no currency and no format but JSON's and Salesforce's, whose REST interface writes large amounts with an exponent
//! ("1.0E7"). No floating point anywhere: two amounts are the same or they are not. Small, because it is shipped to browsers.

use std::{cmp::Ordering, fmt, str::FromStr};

use crate::text::{self, split_once};

/// A number of at most 28 significant digits, as large as 28 digits and with at most 28 decimals.
///
/// Kept without zeros at either end, so that "84000.0" and "84000" are the same in every respect. As digits rather than as one
/// large integer, whose arithmetic would weigh more in WebAssembly than all of this file.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    is_negative: bool,
    /// How many digits stand before the point; of a small number less than none, since the first digit is no zero.
    point: i8,
    /// The digits from the first to the last that counts, as numbers, and zeros behind them.
    digits: [u8; Self::DIGITS],
}

/// The text is no number, or one with more digits than a [`Decimal`] holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotDecimal;

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl fmt::Display for NotDecimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not a decimal number of at most 28 digits")
    }
}

impl std::error::Error for NotDecimal {}

impl Decimal {
    /// How many digits fit: as many before the point, as many behind it, as many from the first to the last that counts.
    pub const DIGITS: usize = 28;

    /// Nought, whose point stands so that every other number is further from it.
    pub const ZERO: Self = Self { is_negative: false, point: i8::MIN, digits: [0; Self::DIGITS] };

    /// Reads "84000", "-0.50", "+3", ".5", "1.0E7", "8.4e-2"; nothing else, no blanks and no separators of thousands.
    ///
    /// Fails where a digit that counts does not fit: nothing is ever rounded.
    pub fn parse(text: &str) -> Result<Self, NotDecimal> {
        Self::read(text).ok_or(NotDecimal)
    }

    /// The same for whoever needs no error.
    #[inline(never)]
    pub(crate) fn read(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (number, exponent) = split_once(unsigned, b'e').or_else(|| split_once(unsigned, b'E')).unwrap_or((unsigned, "0"));
        let (whole, decimals) = split_once(number, b'.').unwrap_or((number, "0"));
        if decimals.is_empty() || number.is_empty() {
            return None;
        }
        let mut point = i64::try_from(whole.len()).ok()? + exponent_of(exponent)?;
        let mut digits = [0; Self::DIGITS];
        let (mut place, mut length) = (0, 0);
        for digit in whole.bytes().chain(decimals.bytes()) {
            match digit {
                b'1'..=b'9' => {
                    *digits.get_mut(place)? = digit - b'0';
                    length = place + 1;
                }
                b'0' => {}
                _ => return None,
            }
            if length == 0 {
                point -= 1;
            } else {
                place += 1;
            }
        }
        if length == 0 {
            return Some(Self::ZERO);
        }
        let most = i64::try_from(Self::DIGITS).ok()?;
        let fits = point <= most && i64::try_from(length).ok()? - point <= most;
        Some(Self { is_negative: text.starts_with('-'), point: i8::try_from(point).ok()?, digits }).filter(|_| fits)
    }

    /// Whether it is nought.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.point == Self::ZERO.point
    }

    /// Whether it is less than nought.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.is_negative
    }
}

/// What "7", "+7" and "-7" say; none beyond what can matter to so few digits.
fn exponent_of(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let exponent = text::number(digits).filter(|exponent| *exponent <= 0x7fff)?;
    Some(if text.starts_with('-') { -i64::from(exponent) } else { exponent.into() })
}

impl Default for Decimal {
    fn default() -> Self {
        Self::ZERO
    }
}

impl FromStr for Decimal {
    type Err = NotDecimal;

    fn from_str(text: &str) -> Result<Self, NotDecimal> {
        Self::parse(text)
    }
}

impl Ord for Decimal {
    /// By value.
    fn cmp(&self, other: &Self) -> Ordering {
        let sizes = (self.point, self.digits).cmp(&(other.point, other.digits));
        match (self.is_negative, other.is_negative) {
            (false, false) => sizes,
            (true, true) => sizes.reverse(),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Decimal {
    /// Plain digits, as [`Decimal::write`] writes them.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text())
    }
}

impl Decimal {
    /// Plain digits, as [`Decimal::write`] writes them.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.write(&mut text);
        text
    }

    /// Appends plain digits, as JSON takes them: "-0.5", never "-.5", "1E7", "84000.0" or "-0".
    pub fn write(&self, text: &mut String) {
        if self.is_zero() {
            text.push('0');
            return;
        }
        if self.is_negative {
            text.push('-');
        }
        let last = self.digits.iter().rposition(|digit| *digit != 0).and_then(|last| i8::try_from(last).ok()).unwrap_or_default();
        // From the digit before the point, or the first one, to the last one, or the digit before the point.
        for place in 0.min(self.point - 1)..=last.max(self.point - 1) {
            if place == self.point {
                text.push('.');
            }
            let digit = usize::try_from(place).ok().and_then(|place| self.digits.get(place)).copied().unwrap_or_default();
            text.push(char::from(b'0' + digit));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal as Theirs;

    use super::*;

    #[test]
    fn what_people_and_interfaces_write_is_read_and_written_plainly() {
        for (text, plain) in [
            ("84000", "84000"),
            ("84000.0", "84000"),
            ("-0.50", "-0.5"),
            ("+3", "3"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("1.0E7", "10000000"),
            ("8.4e-2", "0.084"),
            ("1e+21", "1000000000000000000000"),
            ("1.25E+1", "12.5"),
            ("120e-1", "12"),
            ("0", "0"),
            ("-0", "0"),
            ("-0.00", "0"),
            ("0e999", "0"),
            ("00012.3400", "12.34"),
            ("9999999999999999999999999999", "9999999999999999999999999999"),
            ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
            ("1e-28", "0.0000000000000000000000000001"),
            ("1e27", "1000000000000000000000000000"),
            ("1.00000000000000000000000000000000000", "1"),
            ("0.00000000000000000000000000000000000001e20", "0.000000000000000001"),
        ] {
            assert_eq!(Decimal::parse(text).map(|number| number.to_string()), Ok(plain.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_or_has_a_digit_too_many_is_refused() {
        for text in [
            "",
            " ",
            "-",
            "+",
            ".",
            "-.",
            "e5",
            ".e5",
            "5.",
            "5.e1",
            "1e",
            "1e+",
            "1e-",
            "1e5.0",
            "1e1e1",
            "1,000",
            "1 000",
            " 1",
            "1 ",
            "1\n",
            "1.2.3",
            "--1",
            "+-1",
            "1-",
            "NaN",
            "inf",
            "Infinity",
            "0x1",
            "1_000",
            "1a",
            "١",
            "½",
            "€1",
            "1e28",
            "1e-29",
            "1e999999999999999999999",
            "1e-32768",
            "1e32767",
            "10000000000000000000000000000",
            "99999999999999999999999999999",
            "1.0000000000000000000000000001",
            "0.00000000000000000000000000001",
        ] {
            assert_eq!(Decimal::parse(text), Err(NotDecimal), "{text}");
        }
        assert_eq!(Decimal::parse(&"9".repeat(100_000)), Err(NotDecimal));
        assert_eq!(Decimal::parse(&format!("1e{}", "9".repeat(100_000))), Err(NotDecimal));
    }

    #[test]
    fn numbers_stand_in_the_order_of_their_values() {
        let texts = [
            "-9999999999999999999999999999",
            "-84000.01",
            "-84000",
            "-1",
            "-0.5",
            "-1e-28",
            "0",
            "1e-28",
            "0.1",
            "0.25",
            "0.5",
            "1",
            "83999.99",
            "84000",
            "84000.1",
            "1e27",
            "9999999999999999999999999999",
        ];
        let numbers = texts.map(|text| Decimal::parse(text).unwrap());
        assert!(numbers.is_sorted_by(|left, right| left < right));
        assert_eq!(Decimal::parse("84000.0"), "8.4e4".parse());
        for (number, text) in numbers.iter().zip(texts) {
            assert_eq!((number.is_negative(), number.is_zero()), (text.starts_with('-'), text == "0"), "{text}");
        }
    }

    /// Up to 28 digits with a point somewhere, as both crates hold them.
    fn numbers() -> impl Strategy<Value = String> {
        ("-?", "[0-9]{1,14}", "[0-9]{1,14}").prop_map(|(sign, whole, decimals)| format!("{sign}{whole}.{decimals}"))
    }

    fn both(text: &str) -> (Decimal, Theirs) {
        (Decimal::parse(text).unwrap(), Theirs::from_str_exact(text).unwrap())
    }

    proptest! {
        #[test]
        fn every_number_is_what_rust_decimal_reads(text in numbers()) {
            let (ours, theirs) = both(&text);
            prop_assert_eq!(ours.to_string(), theirs.normalize().to_string());
            prop_assert_eq!(ours.is_zero(), theirs.is_zero());
            prop_assert_eq!(ours.is_negative(), theirs < Theirs::ZERO);
            prop_assert_eq!(Decimal::parse(&ours.to_string()), Ok(ours));
        }

        #[test]
        fn two_numbers_compare_as_rust_decimal_compares_them(left in numbers(), right in numbers()) {
            let ((left, theirs_left), (right, theirs_right)) = (both(&left), both(&right));
            prop_assert_eq!(left.cmp(&right), theirs_left.cmp(&theirs_right));
            prop_assert_eq!(left == right, theirs_left == theirs_right);
        }

        #[test]
        fn an_exponent_moves_the_point(digits in 1_u32..1_000_000, exponent in -20_i32..20) {
            let text = format!("{digits}e{exponent}");
            let theirs = Theirs::from_scientific(&text).unwrap();
            prop_assert_eq!(Decimal::parse(&text).unwrap().to_string(), theirs.normalize().to_string());
        }

        #[test]
        fn no_text_does_harm_and_what_is_read_is_written_and_read_again(text in "[-+.eE0-9 ,]{0,40}|\\PC{0,12}") {
            if let Ok(number) = Decimal::parse(&text) {
                prop_assert_eq!(Decimal::parse(&number.to_string()), Ok(number), "{}", text);
            }
        }
    }
}
