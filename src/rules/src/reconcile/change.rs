//! One row of the mapping on both sides: whether they agree, and if not, what would make them.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    Entry, Observed, Told, held,
    merge::{Choice, Texts, conflict, merge_sets},
    stage::{self, Move},
};
use crate::{
    finding::{Field, Finding},
    json::Json,
    lifecycle::{self, Standing},
    map::{self, Blank, Direction, Document, Node, Operation, Row, Source, Transform, When, Winner},
    referral::Referral,
    settings::Settings,
};

/// A row, and what becomes of it.
#[derive(Clone, Debug)]
pub(super) struct Change<'a> {
    pub(super) row: Row<'a>,
    pub(super) choice: Choice,
    /// What Partner Center holds, for the page to compare its edits with; of a set, what Salesforce gave of it last.
    pub(super) held: String,
    /// What a push sends.
    pub(super) operations: Vec<Operation<'a>>,
    /// What a pull writes to the record.
    pub(super) writes: Vec<(String, Value)>,
    /// What the trail tells of it, beyond that it was sent or received.
    pub(super) told: Option<Entry>,
    /// The base of the row once the choice is carried out; `None` leaves it as it was.
    pub(super) agreed: Option<String>,
    /// Why Salesforce cannot take what Partner Center has.
    pub(super) apart: Option<Apart>,
}

/// Why both sides differ in the value of the deal although nothing is left to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Here it is the sum of the products; Partner Center has this one.
    Products(String),
    /// The org has one currency, and Partner Center's value, this one, is in another.
    Currency(String),
}

impl Apart {
    /// Key of its sentence.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Products(_) => "apart.products",
            Self::Currency(_) => "apart.currency",
        }
    }

    /// Partner Center's value with its currency, which the sentence names.
    pub fn detail(&self) -> &str {
        match self {
            Self::Products(value) | Self::Currency(value) => value,
        }
    }
}

impl<'a> Change<'a> {
    fn new(row: Row<'a>, choice: Choice, agreed: Option<String>) -> Self {
        Self { row, choice, held: String::new(), operations: Vec::new(), writes: Vec::new(), told: None, agreed, apart: None }
    }

    /// Whether a finding is about this row, so that the row must wait for it.
    pub(super) fn concerns(&self, finding: &Finding<'_>) -> bool {
        match finding.field {
            Field::Referral | Field::Sharer => true,
            Field::Reason => self.row.mapping.source == Source::Stage,
            Field::Consent => self.row.mapping.source == Source::Contact,
            Field::Amount | Field::Currency => is_money(self.row),
            field => field == self.row.mapping.about,
        }
    }

    /// Puts the value that comes from Partner Center into a document that is made of Salesforce's.
    pub(super) fn put_into(&self, document: &mut Document<'a>) {
        let Row { mapping, .. } = self.row;
        let text = self.agreed.clone().unwrap_or_default();
        if let Some(node) = map::node(text.into(), mapping.transform).filter(|_| document.has(&mapping.path)) {
            document.put(Cow::Borrowed(&mapping.path), node);
        }
    }

    /// Whether it opens the deal to Microsoft, which all rules must allow.
    pub(super) fn opens(&self) -> bool {
        self.choice == Choice::Push && self.row.mapping.transform == Transform::Latch
    }

    /// Whether a finding is about what comes from Partner Center, so that it is mended by that.
    pub(super) fn mends(&self, finding: &Finding<'_>) -> bool {
        self.choice == Choice::Pull && finding.field == self.row.mapping.about
    }

    /// What a seller calls it; `None` for what no seller knows of, and for the stage, of which the trail tells in its own words.
    pub(super) fn name(&self) -> Option<&'a str> {
        let is_named = self.row.mapping.about != Field::Referral && self.row.mapping.transform != Transform::Standing;
        is_named.then(|| self.row.mapping.name())
    }
}

/// What the rows are compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides<'a> {
    pub(super) observed: Observed<'a>,
    pub(super) settings: &'a Settings,
    pub(super) own: &'a Referral,
}

impl<'a> Sides<'a> {
    /// All rows that can be kept the same, and what becomes of each; none where the seller doesn't want the deal to be synced.
    pub(super) fn changes(self) -> Vec<Change<'a>> {
        if !self.observed.opportunity.sync {
            return Vec::new();
        }
        let may_send = self.may_send();
        map::rows(self.settings)
            .filter(|row| row.mapping.is_patched() || row.mapping.direction == Direction::Both)
            .filter_map(|row| match row.mapping.transform {
                Transform::Standing => Some(self.stage(row)),
                Transform::Set => self.set(row, may_send),
                Transform::Latch => self.latch(row, may_send),
                _ => self.text(row, may_send),
            })
            .collect()
    }

    /// Whether anything may be sent at all: not of a closed deal, and not while the seller has not answered.
    pub(super) fn may_send(self) -> bool {
        let standing = self.own.standing();
        let waits_for_us = self.own.is_incoming() && standing.is_some_and(Standing::waits);
        let is_answered = matches!(self.standing_move(), Move::Push(_));
        self.observed.opportunity.sync
            && !self.own.is_closed()
            && !lifecycle::is_on_hold(self.observed.opportunity, self.settings)
            && (!waits_for_us || is_answered)
    }

    fn base(self, path: &str) -> Option<&'a str> {
        self.observed.base.and_then(|base| base.get(path))
    }

    /// The operation that puts a value at the path of a row.
    fn operation(self, path: &'a str, value: Node<'a>) -> Operation<'a> {
        let is_there = self.own.at(path).is_some_and(|held| !held.is_null());
        Operation { op: if is_there { "replace" } else { "add" }.into(), path: path.into(), value }
    }

    fn text(self, row: Row<'a>, may_send: bool) -> Option<Change<'a>> {
        let mapping = row.mapping;
        let (ours, mut held, base) = self.texts(row)?;
        let base = base.filter(|_| !is_money(row) || !self.is_money_crossed());
        if mapping.transform == Transform::SalesStage {
            held = map::held_sales_stage(held, self.observed.opportunity.stage, self.settings);
        }
        let may_be_blank = mapping.blank == Blank::Always;
        let may_push = may_send && self.is_open(row) && (may_be_blank || !ours.is_empty());
        let may_pull = self.is_writable(row) && (may_be_blank || !held.is_empty());
        let texts = Texts { ours: &ours, held: &held, base, may_push, may_pull, winner: mapping.winner };
        let (choice, is_conflict) = texts.choose();
        let told = is_conflict.then(|| overruled(row, &ours, &held, choice)).filter(|_| mapping.about != Field::Referral);
        let mut change = Change { told, held: held.clone(), ..Change::new(row, choice, None) };
        match choice {
            Choice::Agreed => change.agreed = Some(held),
            Choice::Push => {
                change.agreed = Some(ours.to_string());
                change.operations = vec![self.operation(&mapping.path, map::node(ours, mapping.transform)?)];
            }
            Choice::Pull => {
                change.writes = vec![(mapping.field(self.settings).to_owned(), written(&held, mapping.transform))];
                change.agreed = Some(held);
            }
            Choice::Left => change.apart = self.apart(row, Texts { may_pull: true, ..texts }),
        }
        Some(change)
    }

    /// Why a row stays as it is that Partner Center has changed, where that is for good and has a reason that can be told.
    fn apart(self, row: Row<'a>, if_writable: Texts<'_>) -> Option<Apart> {
        let wants_it = is_money(row) && if_writable.choose().0 == Choice::Pull;
        let held = |source| self.held_money(source).unwrap_or_default();
        let value = || [held(Source::Amount), held(Source::Currency)].join(" ").trim().to_owned();
        match wants_it {
            true if self.is_sum() => Some(Apart::Products(value())),
            true if self.is_foreign_money() => Some(Apart::Currency(value())),
            _ => None,
        }
    }

    /// What Salesforce holds for a row, what Partner Center holds, and what both agreed on last.
    fn texts(self, row: Row<'a>) -> Option<(Cow<'a, str>, String, Option<&'a str>)> {
        let ours = map::ours(row, self.observed.opportunity, self.settings)?;
        let base = self.base(&row.mapping.path);
        // What the service leaves out has not changed.
        let held = held::held(row, self.own).or_else(|| base.map(str::to_owned)).unwrap_or_default();
        Some((ours, held, base))
    }

    /// Whether both sides have changed the value of the deal, be it the amount here and the currency there. Amount and currency
    /// are one value: mixed, they would be a price that nobody entered.
    fn is_money_crossed(self) -> bool {
        let texts: Vec<_> = map::rows(self.settings).filter(|row| is_money(*row)).filter_map(|row| self.texts(row)).collect();
        texts.iter().any(|(ours, _, base)| base.is_some_and(|base| base != ours))
            && texts.iter().any(|(_, held, base)| base.is_some_and(|base| base != held))
    }

    /// A flag that only ever rises: whoever has raised it wins. Asking for help raises it too, but not the field.
    fn latch(self, row: Row<'a>, may_send: bool) -> Option<Change<'a>> {
        let mapping = row.mapping;
        let ours = map::ours(row, self.observed.opportunity, self.settings)? == "true";
        let held = held::held(row, self.own).as_deref() == Some("true") || self.observed.microsoft.is_some();
        let mut change = Change { held: held.to_string(), ..Change::new(row, Choice::Agreed, Some("true".into())) };
        match (ours, held) {
            (true, true) if self.observed.opportunity.visible => {}
            (false, false) => change.agreed = Some("false".into()),
            (true, false) if may_send => {
                change.choice = Choice::Push;
                change.operations = vec![self.operation(&mapping.path, Node::Flag(true))];
            }
            (true, false) => (change.choice, change.agreed) = (Choice::Left, None),
            (_, true) => {
                change.choice = Choice::Pull;
                change.writes = vec![(mapping.field(self.settings).to_owned(), Value::Bool(true))];
                let was_taken_back = self.base(&mapping.path) == Some("true");
                change.told = was_taken_back.then_some(Entry::StaysVisible);
            }
        }
        Some(change)
    }

    fn set(self, row: Row<'a>, may_send: bool) -> Option<Change<'a>> {
        let mapping = row.mapping;
        let ours = map::ours(row, self.observed.opportunity, self.settings)?;
        let base = self.base(&mapping.path);
        let held = held::held(row, self.own).unwrap_or_default();
        let merged = merge_sets(&ours, &held, base);
        let known = base.unwrap_or(&held).to_owned();
        let told = conflict(&ours, &held, base).map(|(kept, lost)| {
            let plain = |text: &str| text.replace(map::CELL, ", ");
            overruled(row, &plain(kept), &plain(lost), Choice::Push)
        });
        // What Salesforce held, not what was merged: else what only Partner Center knows would look taken out by Salesforce.
        let agreed = Some(ours.into_owned());
        if merged == held {
            return Some(Change { held: known, ..Change::new(row, Choice::Agreed, agreed) });
        }
        if !may_send || !self.is_open(row) {
            return Some(Change { held: known, ..Change::new(row, Choice::Left, None) });
        }
        let operations = vec![self.operation(&mapping.path, self.items(row, &merged))];
        Some(Change { operations, told, held: known, ..Change::new(row, Choice::Push, agreed) })
    }

    /// The array of a merged set: what Partner Center holds unchanged goes back as it came, with all that we don't know of it.
    fn items(self, row: Row<'a>, merged: &str) -> Node<'a> {
        let source = row.mapping.source;
        let mut ours = map::items(row, self.observed.opportunity, self.settings);
        let is_known_by = |item: &[(&str, Cow<'_, str>)], key: &str| {
            item.iter().any(|(name, value)| ["id", "email"].contains(name) && value.eq_ignore_ascii_case(key))
        };
        let held: &[Value] = self.own.at(&row.mapping.path).and_then(Value::as_array).map_or(&[], Vec::as_slice);
        let kept: Vec<&Value> = held
            .iter()
            .filter(|item| {
                let text = held::set_row(source, item);
                // Nobody can tell what a nameless one is; so it is not ours to take out.
                map::row_key(&text).is_empty() || map::set_rows(merged).any(|row| row == text)
            })
            .collect();
        let is_kept = |key: &str| kept.iter().any(|item| map::row_key(&held::set_row(source, item)) == key);
        let wanted: Vec<&str> = map::set_rows(merged).map(map::row_key).filter(|key| !is_kept(key)).collect();
        ours.retain(|item| wanted.iter().any(|key| is_known_by(item, key)));
        if kept.is_empty() {
            return Node::List(ours);
        }
        let mut json = Json::default();
        json.open('[');
        for item in kept {
            json.raw(&item.to_string());
        }
        for item in ours {
            json.open('{');
            for (name, value) in item {
                json.member(name, &value);
            }
            json.close('}');
        }
        json.close(']');
        Node::Json(json.into_text().into())
    }

    fn standing_move(self) -> Move<'a> {
        let base = self.base("/status").and_then(Standing::parse);
        stage::decide(self.observed.opportunity, self.settings, self.own, base)
    }

    fn stage(self, row: Row<'a>) -> Change<'a> {
        let Observed { opportunity, .. } = self.observed;
        let held = self.own.standing();
        let agreed = held.map(|held| held.to_string());
        match self.standing_move() {
            Move::Agreed => Change::new(row, Choice::Agreed, agreed),
            Move::Left => Change::new(row, Choice::Left, None),
            Move::Push(to) => {
                let mut operations = vec![
                    self.operation("/status", Node::Text(to.status.word().into())),
                    self.operation("/substatus", Node::Text(to.substatus.word().into())),
                ];
                let reason = if to.is_closed() { opportunity.reason } else { "" };
                if !reason.is_empty() {
                    operations.push(self.operation("/statusReason", Node::Text(reason.into())));
                }
                let told = Some(Entry::Moved { to, reason: reason.to_owned() });
                Change { operations, told, ..Change::new(row, Choice::Push, Some(to.to_string())) }
            }
            Move::Pull(stage) => {
                let reason = self.own.status_reason.as_deref().unwrap_or_default().trim();
                let mut writes = vec![(row.mapping.field(self.settings).to_owned(), Value::from(stage))];
                if !reason.is_empty() && !self.settings.reason_field.is_empty() && self.own.is_closed() {
                    writes.push((self.settings.reason_field.clone(), Value::from(reason)));
                }
                let told = held.and_then(|standing| {
                    if opportunity.is_closed {
                        Some(overruled(row, opportunity.stage, &standing.to_string(), Choice::Pull))
                    } else {
                        // What a seller of ours has just done was not found there.
                        let is_news = self.observed.answered != Some(standing);
                        is_news.then(|| Entry::Found { standing, reason: reason.to_owned() })
                    }
                });
                Change { writes, told, ..Change::new(row, Choice::Pull, agreed) }
            }
        }
    }

    /// Whether Partner Center lets the row be changed now.
    fn is_open(self, row: Row<'_>) -> bool {
        let is_in_time = match row.mapping.when {
            When::Create => false,
            When::UntilAsked => self.observed.microsoft.is_none(),
            When::Always => true,
        };
        is_in_time && row.mapping.is_patched()
    }

    /// The row of the deal's amount, or of its currency.
    fn money_row(self, source: Source) -> Option<Row<'a>> {
        map::rows(self.settings).find(|row| row.mapping.source == source)
    }

    /// The amount, or the currency, of the deal in Partner Center.
    fn held_money(self, source: Source) -> Option<String> {
        let row = self.money_row(source)?;
        held::held(row, self.own).filter(|text| !text.is_empty())
    }

    /// Whether Partner Center's value is in another currency than the only one that the org has: its figures would be another price.
    fn is_foreign_money(self) -> bool {
        let has_field = self.observed.record.get(&self.settings.currency_field).is_some();
        !has_field
            && self
                .held_money(Source::Currency)
                .is_some_and(|held| !held.eq_ignore_ascii_case(self.observed.opportunity.currency))
    }

    /// Whether the amount is the sum of the opportunity's products: Salesforce would drop another one without a word.
    fn is_sum(self) -> bool {
        let has_products = self.observed.record.get("HasOpportunityLineItem") == Some(&Value::Bool(true));
        has_products && self.money_row(Source::Amount).is_some_and(|row| row.mapping.field(self.settings) == "Amount")
    }

    /// Whether the row has a field of the opportunity that can be written. An org with one currency has no field for it.
    fn is_writable(self, row: Row<'_>) -> bool {
        let field = row.mapping.field(self.settings);
        let is_fixed = match row.mapping.source {
            // Without the amount that goes with it, the currency would make a price that nobody entered.
            Source::Currency => self.is_sum() || self.observed.record.get(field).is_none(),
            Source::Amount => self.is_sum() || self.is_foreign_money(),
            _ => false,
        };
        row.mapping.direction == Direction::Both && !field.is_empty() && !field.contains('.') && !is_fixed
    }
}

fn is_money(row: Row<'_>) -> bool {
    matches!(row.mapping.source, Source::Amount | Source::Currency)
}

/// What the trail tells when both sides had changed a value.
fn overruled(row: Row<'_>, ours: &str, held: &str, choice: Choice) -> Entry {
    let told = |text| Told::new(text, row.mapping.transform);
    let (kept, lost, winner) = match choice {
        Choice::Pull => (held, ours, Winner::PartnerCenter),
        Choice::Agreed | Choice::Push | Choice::Left => (ours, held, Winner::Salesforce),
    };
    Entry::Overruled { field: row.mapping.name().to_owned(), kept: told(kept), lost: told(lost), winner }
}

/// A canonical text as Salesforce takes it.
pub(crate) fn written(text: &str, transform: Transform) -> Value {
    match transform {
        _ if text.is_empty() => Value::Null,
        // Digit for digit: a number that a float could not hold stays what it is.
        Transform::Number => serde_json::from_str(text).unwrap_or(Value::Null),
        Transform::Flag | Transform::Latch => Value::Bool(text == "true"),
        _ => Value::from(text),
    }
}
