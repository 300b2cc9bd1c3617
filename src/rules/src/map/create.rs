//! The documents that create a deal's referrals.
//!
//! A private or partner-led deal is one document; a co-sell deal is two: ours, then Microsoft's, which joins the engagement of the
//! first and carries the request for help (Microsoft Learn, "Create a referral").

use std::borrow::Cow;

use super::{Blank, Direction, Document, Node, ROWS, Row, Side, Source, Transform, rows, value};
use crate::{model::Opportunity, settings::Settings};

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
