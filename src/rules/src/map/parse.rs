//! The lines in which an admin maps fields of their own: `Campaign_Code__c|/campaignId|toPartnerCenter|text`, with a fifth part
//! (`salesforce`, `partnerCenter`) for whose value stands when both sides have changed.
//!
//! Salesforce doesn't tell the case of a field's letters, and nobody has shown that Partner Center tells that of a path's: here it
//! is never told either.

use std::borrow::Cow;

use super::{Blank, Direction, Mapping, ROWS, Side, Source, Transform, When, Winner};
use crate::{
    finding::Field,
    salesforce::field,
    settings::Settings,
    text::{split, trim},
    validate::{WHITELISTED_PATHS, is_read_only, is_within},
};

impl Mapping<'static> {
    /// Reads a line of the settings.
    ///
    /// Fails with what is wrong, in English: a part that is missing or unknown, a path that Partner Center doesn't let anybody
    /// write, or that a built-in row writes already.
    pub fn parse(line: &str) -> Result<Self, &'static str> {
        let mut parts = split(trim(line), b'|').map(trim);
        let mut part = || parts.next().unwrap_or_default();
        let (field, path, direction, transform, winner) = (part(), part(), part(), part(), part());
        if parts.next().is_some() {
            return Err("has lines with more than five parts");
        }
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '.';
        if field.is_empty() || !field.chars().all(is_name) {
            return Err("has a line that doesn't begin with the API name of a field");
        }
        let (side, path) = path.strip_prefix("microsoft:").map_or((Side::Own, path), |path| (Side::Microsoft, path));
        if !path.starts_with('/') || split(path, b'/').skip(1).any(str::is_empty) {
            return Err("has a line whose path doesn't look like /campaignId");
        }
        let (direction, when) = match direction {
            "toPartnerCenter" => (Direction::ToPartnerCenter, When::Always),
            "both" => (Direction::Both, When::Always),
            "onCreate" => (Direction::ToPartnerCenter, When::Create),
            "toSalesforce" => (Direction::ToSalesforce, When::Create),
            _ => return Err("has a line whose direction is not toPartnerCenter, toSalesforce, both or onCreate"),
        };
        let (transform, blank) = match transform {
            "text" => (Transform::Text, Blank::Always),
            "number" => (Transform::Number, Blank::Never),
            "day" => (Transform::Day, Blank::Never),
            "flag" => (Transform::Flag, Blank::Never),
            "tags" if (direction, when) == (Direction::ToPartnerCenter, When::Create) => (Transform::List, Blank::Never),
            "tags" => return Err("has a line whose transform tags goes only with onCreate"),
            _ => return Err("has a line whose transform is not text, number, day, flag or tags"),
        };
        let winner = match winner {
            "" | "salesforce" => Winner::Salesforce,
            "partnerCenter" => Winner::PartnerCenter,
            _ => return Err("has a line whose winner is not salesforce or partnerCenter"),
        };
        if direction != Direction::ToSalesforce {
            may_be_sent(path, when, side)?;
        }
        // What can be changed later is compared letter for letter, so it takes Microsoft's spelling.
        let path = WHITELISTED_PATHS.into_iter().find(|known| known.eq_ignore_ascii_case(path)).unwrap_or(path);
        let path = spelled(path);
        if direction != Direction::ToPartnerCenter && field.contains('.') {
            return Err("has a line that would write to a field behind a lookup");
        }
        Ok(Self {
            source: Source::Mapped,
            field: Cow::Owned(field.into()),
            path: Cow::Owned(path),
            direction,
            when,
            transform,
            winner,
            side,
            blank,
            about: Field::Mapped,
        })
    }

    /// What is wrong with the lines of the settings beside each other, in English: two for one path, or two, built-in ones
    /// included, that would write to one field of Salesforce. Looked at when all settings are read, since some name such fields.
    pub fn conflicts(settings: &Settings) -> Option<&'static str> {
        let lines = &settings.mapping;
        for (place, line) in lines.iter().enumerate() {
            let others = || lines.iter().take(place);
            let overlaps = |other: &Self| {
                other.side == line.side
                    && if line.is_sent() && other.is_sent() {
                        is_within(&other.path, &line.path) || is_within(&line.path, &other.path)
                    } else {
                        other.path.eq_ignore_ascii_case(&line.path)
                    }
            };
            if others().any(overlaps) {
                return Some("has two lines for one path");
            }
            let writes = |name: &str| name.eq_ignore_ascii_case(&line.field);
            let is_built_in = || {
                field::ALL.into_iter().chain([&*settings.reason_field]).any(writes)
                    || ROWS.iter().any(|row| row.is_received() && writes(row.field(settings)))
            };
            if line.is_received() && (is_built_in() || others().any(|other| other.is_received() && writes(&other.field))) {
                return Some("has a line that would write to a field that is written already");
            }
        }
        None
    }

    fn is_sent(&self) -> bool {
        self.direction != Direction::ToSalesforce
    }

    fn is_received(&self) -> bool {
        self.direction != Direction::ToPartnerCenter
    }
}

fn may_be_sent(path: &str, when: When, side: Side) -> Result<(), &'static str> {
    if side == Side::Microsoft {
        return Err("has a line that would write to Microsoft's own referral");
    }
    if ["/status", "/substatus", "/statusReason"].into_iter().any(|own| is_within(path, own)) {
        return Err("has a line whose path is written together with the stage");
    }
    if is_read_only(path) {
        return Err("has a line whose path only Partner Center writes");
    }
    if ROWS.iter().any(|row| row.is_sent() && (is_within(path, &row.path) || is_within(&row.path, path))) {
        return Err("has a line whose path is written already");
    }
    if when == When::Always && !WHITELISTED_PATHS.into_iter().any(|known| known.eq_ignore_ascii_case(path)) {
        return Err("has a line whose path is none that Partner Center lets partners change; onCreate may send it");
    }
    Ok(())
}

/// A path with the sections that built-in rows write to spelled as they spell them: a document must not have one twice.
fn spelled(path: &str) -> String {
    let mut spelled = path.to_owned();
    for row in &ROWS {
        let ends = row.path.bytes().enumerate().skip(1).filter(|(_, byte)| *byte == b'/').map(|(at, _)| at + 1);
        for section in ends.filter_map(|end| row.path.get(..end)) {
            if spelled.get(..section.len()).is_some_and(|start| start.eq_ignore_ascii_case(section)) {
                spelled.replace_range(..section.len(), section);
            }
        }
    }
    spelled
}
