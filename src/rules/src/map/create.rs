//! The documents that create a deal's referrals.
//!
//! A private or partner-led deal is one document; a co-sell deal is two: ours, then Microsoft's, which joins the engagement of the
//! first and carries the request for help (Microsoft Learn, "Create a referral").

use std::borrow::Cow;

use super::{Blank, Direction, Document, Mapping, Node, ROWS, Row, Side, Source, Transform, rows, value};
use crate::{json::Json, model::Opportunity, settings::Settings, text::split};

/// The partner's own referral.
pub fn own_referral<'a>(opportunity: &'a Opportunity<'a>, settings: &'a Settings) -> Document<'a> {
    let mut document = Document { members: Vec::with_capacity(ROWS.len()) };
    fill(&mut document, Side::Own, opportunity, settings);
    document
}

/// The second referral of a co-sell deal, which asks Microsoft for help; without its engagement only in a preview.
pub fn microsoft_referral<'a>(
    opportunity: &'a Opportunity<'a>,
    settings: &'a Settings,
    engagement_id: Option<&'a str>,
) -> Document<'a> {
    let mut document = own_referral(opportunity, settings);
    fill(&mut document, Side::Microsoft, opportunity, settings);
    if let Some(id) = engagement_id {
        document.put("/engagementId".into(), Node::Text(id.into()));
    }
    document
}

/// Writes what the second referral of a co-sell deal has otherwise than ours, which is taken for it: the sections, whole, that its
/// rows write to. For a page, which need not read the rest twice.
pub fn write_microsoft_sections<'a>(
    json: &mut Json,
    mut own: Document<'a>,
    opportunity: &'a Opportunity<'a>,
    settings: &'a Settings,
) {
    fill(&mut own, Side::Microsoft, opportunity, settings);
    let is_written = |row: &Mapping<'_>| row.side == Side::Microsoft && row.direction != Direction::ToSalesforce;
    own.write_where(json, &|path| ROWS.iter().any(|row| is_written(row) && section(&row.path) == section(path)));
}

/// The first part of a path.
fn section(path: &str) -> Option<&str> {
    split(path, b'/').nth(1)
}

fn fill<'a>(document: &mut Document<'a>, side: Side, opportunity: &'a Opportunity<'a>, settings: &'a Settings) {
    for row in rows(settings) {
        let mapping = row.mapping;
        if mapping.side != side || mapping.direction == Direction::ToSalesforce {
            continue;
        }
        if let Some(node) = create_node(row, opportunity, settings) {
            let path = Cow::Borrowed(&*mapping.path);
            // The built-in rows of ours are in the order of a document, each once: their places need not be looked for.
            if side == Side::Own && mapping.source != Source::Mapped {
                document.members.push((path, node));
            } else {
                document.put(path, node);
            }
        }
    }
}

fn create_node<'a>(row: Row<'a>, opportunity: &'a Opportunity<'a>, settings: &'a Settings) -> Option<Node<'a>> {
    match row.mapping.transform {
        Transform::Set => Some(Node::List(value::items(row, opportunity, settings))),
        Transform::List => {
            let items = value::items(row, opportunity, settings);
            (!items.is_empty() || row.mapping.blank != Blank::Never).then_some(Node::List(items))
        }
        transform => {
            let text = value::ours(row, opportunity, settings)?;
            let may_be_blank = row.mapping.blank != Blank::Never && row.mapping.source != Source::Mapped;
            if text.is_empty() && !may_be_blank { None } else { value::node(text, transform) }
        }
    }
}
