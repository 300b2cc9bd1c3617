//! E-mail addresses and phone numbers look as if somebody could be reached by them.
//!
//! By hand and tolerant: it is meant to catch slips and placeholders, not to teach people how to write their number.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind, Target},
    text::{rsplit_once, split},
};

const CONTACT_EMAIL: Kind = Kind::warn("reachable.contact-email", Field::Contact);
const CONTACT_PHONE: Kind = Kind::warn("reachable.contact-phone", Field::Contact);
const TEAM_EMAIL: Kind = Kind::warn("reachable.team-email", Field::Team);
const TEAM_PHONE: Kind = Kind::warn("reachable.team-phone", Field::Team);

pub(super) const RULE: Rule = Rule {
    number: 44,
    summary: "E-mail addresses and phone numbers of the customer contact and the team have the form of such.",
    about: "Microsoft validates the contacts of marketplace leads; that it looks at those of deals as well is our own \
            conclusion. Nothing is stopped. Numbers may be written in any usual way, with an extension too. Addresses that end \
            in .invalid, as in a refreshed sandbox, reach nobody.",
    kinds: &[&CONTACT_EMAIL, &CONTACT_PHONE, &TEAM_EMAIL, &TEAM_PHONE],
    basis: Basis::Conclusion,
    source: "Microsoft Learn, \"Manage leads\": contact details of marketplace leads are validated; our own conclusion for \
             deals",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if let Some(contact) = case.opportunity.customer_contact() {
        let mut point_out = |kind, value: &'a str, field| {
            findings.add(kind).with("value", value).edit(Target::Contact, contact.id, &[field]);
        };
        if !contact.email.is_empty() && !is_email(contact.email) {
            point_out(&CONTACT_EMAIL, contact.email, "Email");
        }
        if !contact.phone.is_empty() && !is_phone(contact.phone) {
            point_out(&CONTACT_PHONE, contact.phone, "Phone");
        }
    }
    // Incomplete members are not sent. One finding a cause: the next appears when the first is mended.
    let sent = || case.opportunity.team.iter().filter(|member| member.is_complete());
    if let Some(member) = sent().find(|member| !is_email(member.email)) {
        findings.add(&TEAM_EMAIL).with("person", member.full_name()).with("value", member.email);
    }
    if let Some(member) = sent().find(|member| !is_phone(member.phone)) {
        findings.add(&TEAM_PHONE).with("person", member.full_name()).with("value", member.phone);
    }
}

/// Whether a text has the form of an e-mail address that mail can be sent to.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = rsplit_once(text, b'@') else { return false };
    is_local(local) && is_domain(domain)
}

fn is_local(local: &str) -> bool {
    if local.len() > 64 {
        return false;
    }
    // Between quotation marks almost anything may stand; nobody mistypes that.
    if local.len() > 2 && local.starts_with('"') && local.ends_with('"') {
        return true;
    }
    split(local, b'.').all(|part| !part.is_empty() && part.bytes().all(is_atom))
}

/// What may stand in a local part without quotation marks. Letters beyond ASCII may, too.
fn is_atom(byte: u8) -> bool {
    byte > b' ' && byte != 0x7f && !b"\"(),:;<>@[\\]".contains(&byte)
}

fn is_domain(domain: &str) -> bool {
    let mut last = "";
    let mut labels = 0;
    for label in split(domain, b'.') {
        let is_label = (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || !byte.is_ascii());
        if !is_label {
            return false;
        }
        last = label;
        labels += 1;
    }
    labels > 1
        && last.len() > 1
        && !last.bytes().any(|byte| byte.is_ascii_digit() && !last.starts_with("xn--"))
        && !last.eq_ignore_ascii_case("invalid")
}

/// Whether a text has the form of a phone number, with or without an extension.
fn is_phone(text: &str) -> bool {
    let text = text.strip_prefix("tel:").unwrap_or(text);
    let (mut digits, mut letters, mut first, mut is_varied) = (0, 0, None, false);
    for (place, letter) in text.char_indices() {
        if let Some(digit) = digit(letter) {
            digits += 1;
            is_varied |= *first.get_or_insert(digit) != digit;
            continue;
        }
        match letter {
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '-' | '.' | '(' | ')' | '/' | '·' | '\u{200e}' | '‐'..='–' => {}
            '+' | '\u{ff0b}' if digits == 0 => {}
            // Words on a keypad: 1-800-FLOWERS.
            'A'..='Z' if digits > 2 && !text.bytes().any(|byte| byte.is_ascii_lowercase()) => letters += 1,
            _ => return is_number(digits, is_varied) && letters == 0 && is_extension(text.get(place..).unwrap_or_default()),
        }
    }
    is_number(digits + letters, is_varied || letters > 0)
}

/// From the shortest national numbers to the fifteen digits of E.164 with a trunk prefix, an access code or an extension.
fn is_number(digits: usize, is_varied: bool) -> bool {
    (5..=20).contains(&digits) && is_varied
}

/// What may follow a number: `ext. 12`, `x12`, `#12`, `;ext=12`, `, poste 12`.
fn is_extension(text: &str) -> bool {
    let (mut digits, mut others) = (0, 0);
    for letter in text.chars() {
        match letter {
            _ if digit(letter).is_some() => digits += 1,
            ' ' | '-' | ')' => {}
            '+' | '@' | '/' => return false,
            _ if digits > 0 => return false,
            _ => others += 1,
        }
    }
    (1..=8).contains(&digits) && others <= 12
}

/// The value of a digit, as it is written in Europe and America, in Arabic or Persian, or in full width.
fn digit(letter: char) -> Option<u32> {
    let zero = match letter {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(u32::from(letter) - u32::from(zero))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_mail_reaches_are_left_alone() {
        for address in [
            "ada@wattenwerk.example",
            "ada.okafor+gauges@wattenwerk.example",
            "a@b.example",
            "o'brien@wattenwerk.example",
            "ada_okafor-2@sub.wattenwerk.example",
            "vertrieb@wasser-strassen.example",
            "ADA@WATTENWERK.EXAMPLE",
            "zoë@wattenwerk.example",
            "kontakt@küste.example",
            "info@xn--kste-0ra.xn--p1ai",
            "info@例え.テスト",
            "x=y/z!#$%&*?^`{|}~@wattenwerk.example",
            "\"ada okafor\"@wattenwerk.example",
            "a@1.example",
        ] {
            assert!(is_email(address), "{address}");
        }
    }

    #[test]
    fn addresses_that_reach_nobody_are_pointed_out() {
        for address in [
            "ada",
            "ada@",
            "@wattenwerk.example",
            "ada@wattenwerk",
            "ada@wattenwerk.",
            "ada@.example",
            "ada@wattenwerk..example",
            "ada..okafor@wattenwerk.example",
            ".ada@wattenwerk.example",
            "ada.@wattenwerk.example",
            "ada okafor@wattenwerk.example",
            "ada@watten werk.example",
            "ada@wattenwerk.example, jo@wattenwerk.example",
            "ada@wattenwerk.example;",
            "<ada@wattenwerk.example>",
            "ada@jo@wattenwerk.example",
            "mailto:ada@wattenwerk.example",
            "ada@-wattenwerk.example",
            "ada@wattenwerk-.example",
            "ada@watten_werk.example",
            "ada@192.0.2.1",
            "ada@wattenwerk.e",
            "ada@wattenwerk.example.invalid",
            "\"\"@wattenwerk.example",
            "n/a",
        ] {
            assert!(!is_email(address), "{address}");
        }
        assert!(!is_email(&["a".repeat(65).as_str(), "@wattenwerk.example"].concat()));
        assert!(!is_email(&["a@", "b".repeat(64).as_str(), ".example"].concat()));
    }

    #[test]
    fn numbers_that_people_write_are_left_alone() {
        for number in [
            "+49 4841 5550",
            "+46 8 555 0100",
            "+4648550100",
            "0049 4841 5550",
            "+49 (0) 4841 5550",
            "(+49) 4841-5550",
            "04841/5550",
            "04841 / 55 50 - 12",
            "(555) 010-0199",
            "555-010-0199",
            "555.010.0199",
            "1-800-FLOWERS",
            "+1 800 BOATS US",
            "+1 555 010 0199 x12",
            "+1 555 010 0199 ext. 12",
            "+1 555 010 0199 ext 1234",
            "+1 555 010 0199 #12",
            "+1 555 010 0199, 12",
            "+15550100199;ext=12",
            "+1 (555) 010-0199 (ext. 12)",
            "+33 1 99 00 12 34 poste 12",
            "+49 4841 5550 Durchwahl 12",
            "+33\u{a0}1\u{202f}99\u{a0}00\u{a0}12\u{a0}34",
            "+49 4841 5550‑12",
            "+49 4841 5550–0",
            "tel:+49-4841-5550",
            "+966 ٥٥٥ ٠١٢٣",
            "+98 ۲۱ ۵۵۵۰",
            "03-5550-1234",
            "+290 5550",
            "\u{ff0b}\u{ff18}\u{ff11} 3 5550 1234",
            "\u{ff10}\u{ff13}-5550-1234",
            "+1 555 010 0199 EXT 12",
            "55501",
            "\u{200e}+972 3 555 0100",
        ] {
            assert!(is_phone(number), "{number}");
        }
    }

    #[test]
    fn what_is_no_number_is_pointed_out() {
        for number in [
            "n/a",
            "-",
            "none",
            "tbd",
            "call Ada",
            "UNKNOWN",
            "1234",
            "0",
            "0000000",
            "111 111 1111",
            "+",
            "ada@wattenwerk.example",
            "+49 4841 5550 / +49 170 5550",
            "+49 4841 5550, +49 170 5550",
            "+49 4841 5550 or 170 5550 1234",
            "mobile: +49 170 5550",
            "+49 4841 5550 please call before noon",
            "+49 4841 5550 ext",
            "123456789012345678901",
            "49+4841+5550",
        ] {
            assert!(!is_phone(number), "{number}");
        }
    }
}
