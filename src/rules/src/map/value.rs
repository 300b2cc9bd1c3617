//! Canonical texts: one form for a value, whichever side it comes from, and from it the value for a document.
//!
//! `84000.5`, `2027-03-31`, `true`; texts trimmed, with `\n` between lines; a set as sorted rows ([`set`]), each beginning
//! with what its item is known by.

use std::borrow::Cow;

use super::{
    Node, Row, Side, Source, Transform,
    set::{self, row_key},
};
use crate::{
    decimal::Decimal,
    lifecycle::{self, SalesStage},
    model::{Account, Entry, Opportunity, Person, Solution},
    moment,
    settings::Settings,
    taxonomy::List,
    text::{joined, lines, split, trim},
};

/// The members of one item of a list.
type Item<'a> = Vec<(&'static str, Cow<'a, str>)>;

/// What the opportunity holds for a row, canonical; `None` where it can't be read, blank where there is nothing.
pub(crate) fn ours<'a>(row: Row<'a>, opportunity: &'a Opportunity<'a>, settings: &'a Settings) -> Option<Cow<'a, str>> {
    let nobody = Account::default();
    let account = opportunity.account.as_ref().unwrap_or(&nobody);
    Some(match row.mapping.source {
        Source::Amount => return entry(&opportunity.amount, Decimal::text),
        Source::CloseDate => return entry(&opportunity.close_date, |day| moment::format_day(*day)),
        Source::Mapped => {
            let held = opportunity.mapped.get(row.index).copied().unwrap_or_default();
            return of_text(held, row.mapping.transform);
        }
        Source::Visible => flag(opportunity.help.is_some() || opportunity.visible),
        Source::ConsentToShare => flag(opportunity.consent),
        // Agreed to only where somebody is asked to call: without help, nobody at Microsoft is.
        Source::ConsentToContact => flag(opportunity.consent && opportunity.help.is_some()),
        Source::MoreStreet => joined(street(account).skip(1), ", ").into(),
        Source::Contact | Source::Team => {
            sorted(people(row.mapping.source, opportunity).map(|person| person_row(&person))).into()
        }
        Source::Solutions => sorted(opportunity.usable_solutions().map(|solution| solution.identifier.into())).into(),
        Source::Constant(text) => text.into(),
        Source::Id => opportunity.id.into(),
        Source::Name => text(opportunity.name),
        Source::Currency => opportunity.currency.into(),
        Source::Description => text(opportunity.description),
        Source::SalesStage => lifecycle::sales_stage_text(opportunity.stage, settings).unwrap_or_default().into(),
        Source::CustomerName => account.name.into(),
        Source::Street => street(account).next().unwrap_or_default().into(),
        Source::City => account.city.into(),
        Source::State => account.state.into(),
        Source::PostalCode => account.postal_code.into(),
        Source::Country => account.country.into(),
        Source::Help => opportunity.help.unwrap_or("Unknown").into(),
        Source::Stage | Source::Target | Source::Attributes | Source::None => return None,
    })
}

/// The value for a document, of a canonical text; `None` where a blank one can't be written.
pub(crate) fn node(text: Cow<'_, str>, transform: Transform) -> Option<Node<'_>> {
    Some(match transform {
        Transform::Number => Node::Number(Decimal::read(&text)?),
        // Midnight UTC of the same calendar day: no zone may move a close date.
        Transform::Day => Node::Text([moment::parse_day(&text).map(moment::format_day)?.as_str(), "T00:00:00Z"].concat().into()),
        Transform::Flag | Transform::Latch => Node::Flag(text == "true"),
        Transform::Text | Transform::SalesStage | Transform::Link => Node::Text(text),
        Transform::Standing | Transform::Set | Transform::List => return None,
    })
}

/// The canonical text of a sales stage that Partner Center holds: as it would be sent. A word can mean several stages in percent,
/// and then means the opportunity's own where it can.
pub(crate) fn held_sales_stage(held: String, stage: &str, settings: &Settings) -> String {
    match (lifecycle::sales_stage_of(stage, settings), SalesStage::of(&held)) {
        (Some(ours), _) if ours.is_held_as(&held) => ours.sent_as(settings).to_owned(),
        (_, Some(known)) => known.sent_as(settings).to_owned(),
        (_, None) => held,
    }
}

/// The items of a list or a set, for a document.
pub(crate) fn items<'a>(row: Row<'a>, opportunity: &'a Opportunity<'a>, settings: &'a Settings) -> Vec<Item<'a>> {
    match row.mapping.source {
        Source::Target if row.mapping.side == Side::Microsoft => vec![target("BusinessProfileLocation", "msft")],
        Source::Target => {
            let first = opportunity.usable_solutions().next();
            first.map(|solution| target("SolutionProfile", solution.identifier)).into_iter().collect()
        }
        Source::Solutions => opportunity.usable_solutions().map(solution_item).collect(),
        Source::Attributes => attributes(opportunity, settings),
        Source::Mapped => {
            let held = opportunity.mapped.get(row.index).copied().unwrap_or_default();
            tags(held).map(|tag| vec![("id", tag.into())]).collect()
        }
        source => people(source, opportunity).map(person_item).collect(),
    }
}

/// The people of a set who can be reached: Microsoft asks for complete ones, and one who is not is left out rather than sent in half.
pub(crate) fn people<'a>(source: Source, opportunity: &'a Opportunity<'a>) -> impl Iterator<Item = Person<'a>> {
    let contact = opportunity.customer_contact().filter(|_| source == Source::Contact);
    let team: &[Person<'a>] = if source == Source::Team { &opportunity.team } else { &[] };
    contact.into_iter().chain(team).filter(|person| person.is_complete()).copied()
}

/// The values of a multi-select picklist.
pub(crate) fn tags(held: &str) -> impl Iterator<Item = &str> {
    split(held, b';').map(trim).filter(|tag| !tag.is_empty())
}

/// A person as a row of a set: known by the e-mail address, whose case doesn't matter.
pub(crate) fn person_row(person: &Person<'_>) -> String {
    let email = person.email.to_ascii_lowercase();
    let row = joined([email.as_str(), person.first_name, person.last_name, person.phone].into_iter(), set::CELL);
    if row.contains('\n') { row.replace('\n', " ") } else { row }
}

/// The rows of a set in one text. A person or a solution that is named twice counts once.
pub(crate) fn sorted(rows: impl Iterator<Item = String>) -> String {
    let mut sorted: Vec<String> = Vec::new();
    // One by one to its place: a set has fifty rows at most, and a sort of the library is several kilobytes in a browser.
    for row in rows {
        let place = sorted.partition_point(|known| row_key(known) < row_key(&row));
        if sorted.get(place).is_none_or(|known| row_key(known) != row_key(&row)) {
            sorted.insert(place, row);
        }
    }
    joined(sorted.iter().map(String::as_str), set::ROW)
}

/// A text, trimmed, with `\n` between its lines.
pub(crate) fn text(text: &str) -> Cow<'_, str> {
    let text = trim(text);
    if !text.bytes().any(|byte| byte == b'\r') {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut is_after_return = false;
    for letter in text.chars() {
        match letter {
            '\r' => plain.push('\n'),
            // The line feed of a pair has its break already.
            '\n' if is_after_return => {}
            other => plain.push(other),
        }
        is_after_return = letter == '\r';
    }
    plain.into()
}

/// The canonical form of what an admin's field holds; `None` where it is not what it is mapped as.
fn of_text(held: &str, transform: Transform) -> Option<Cow<'_, str>> {
    match transform {
        Transform::Flag => Some(flag(held == "true")),
        _ if held.is_empty() => Some("".into()),
        Transform::Number => Decimal::read(held).map(|number| number.text().into()),
        Transform::Day => moment::parse_day_of(held).map(|day| moment::format_day(day).into()),
        _ => Some(text(held)),
    }
}

fn entry<T>(entry: &Entry<'_, T>, write: impl FnOnce(&T) -> String) -> Option<Cow<'static, str>> {
    match entry {
        Entry::Missing => Some("".into()),
        Entry::Unreadable(_) => None,
        Entry::Read(value) => Some(write(value).into()),
    }
}

fn flag(flag: bool) -> Cow<'static, str> {
    if flag { "true" } else { "false" }.into()
}

fn street<'a>(account: &Account<'a>) -> impl Iterator<Item = &'a str> {
    lines(account.street).map(trim).filter(|line| !line.is_empty())
}

fn target<'a>(kind: &'static str, id: &'a str) -> Item<'a> {
    vec![("type", kind.into()), ("id", id.into())]
}

fn person_item(person: Person<'_>) -> Item<'_> {
    vec![
        ("firstName", person.first_name.into()),
        ("lastName", person.last_name.into()),
        ("phoneNumber", person.phone.into()),
        ("email", person.email.into()),
    ]
}

fn solution_item<'a>(solution: &Solution<'a>) -> Item<'a> {
    let mut item: Item<'a> = vec![("id", solution.identifier.into()), ("name", solution.name.into()), ("type", "Name".into())];
    for (name, value) in [("solutionType", solution.kind), ("publisherName", solution.publisher)] {
        if !value.is_empty() {
            item.push((name, value.into()));
        }
    }
    item
}

/// Microsoft Learn, "Create a referral": attributes of `additionalRequirements`.
fn attributes<'a>(opportunity: &'a Opportunity<'a>, settings: &'a Settings) -> Vec<Item<'a>> {
    let all = [
        ("CustomerMarketplaceIntent", List::MarketplaceIntents, opportunity.marketplace_intent),
        ("PartnerRole", List::PartnerRoles, opportunity.partner_role),
        ("SolutionArea", List::SolutionAreas, opportunity.solution_area),
        ("SolutionPlay", List::SolutionPlays, opportunity.solution_play),
    ];
    let filled = all.into_iter().filter(|(_, _, value)| !value.is_empty());
    let id = |list, value: &'a str| settings.taxonomy.find(list, value).unwrap_or(value);
    filled.map(|(kind, list, value)| vec![("id", id(list, value).into()), ("type", kind.into())]).collect()
}
