//! What is left to do, as data of its own: a plan of the rules borrows what was seen, which the next step replaces. Pure; it must
//! not know how a step is taken.

use std::collections::BTreeMap;

use cosell_rules::facts::Sent;
use cosell_rules::finding::{Finding, Severity};
use cosell_rules::json::Json;
use cosell_rules::lifecycle::Standing;
use cosell_rules::map::patch_to_json;
use cosell_rules::message;
use cosell_rules::model::Opportunity;
use cosell_rules::moment;
use cosell_rules::reconcile::{self, Apart, Base, Draft, Entry, Observed};
use cosell_rules::referral::Referral;
use cosell_rules::settings::Settings;
use cosell_rules::validate::{self, Case};
use serde_json::Value;
use time::OffsetDateTime;

use super::words;

/// What Partner Center holds for an opportunity, as far as it was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) own: Option<Referral>,
    pub(super) microsoft: Option<Referral>,
    /// Our referral was read and its engagement not yet: nobody knows whether Microsoft has a part in it.
    pub(super) is_half: bool,
    /// The search for our referral did not reach back far enough to say that there is none.
    pub(super) search_unfinished: bool,
    /// Where a seller's answer has brought our referral, if that is among what the record is still to be told.
    pub(super) answered: Option<Standing>,
}

/// The opportunity, and whom its words are for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deal<'a> {
    /// As the query returned it.
    pub(super) record: &'a Value,
    pub(super) opportunity: &'a Opportunity<'a>,
    /// Their language is that of whoever asks.
    pub(super) settings: &'a Settings,
    pub(super) link_template: &'a str,
    /// Language of the audit trail.
    pub(super) language: &'a str,
}

/// One request to Partner Center.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Create our referral from this document.
    CreateOwn(String),
    /// Create Microsoft's from this one.
    CreateMicrosoft(String),
    /// Change our referral.
    Patch(Patch),
}

/// A change of our referral.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Patch {
    /// The JSON Patch.
    pub(super) operations: String,
    /// The version that it was made from.
    pub(super) if_match: Option<String>,
}

/// A request, and what holds once it was done.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) action: Action,
    pub(super) base: Base,
    /// Lines of the trail.
    pub(super) told: Vec<String>,
}

/// Findings with their words.
#[derive(Debug)]
pub(super) struct Findings {
    /// As the page shows them, in the language of whoever asks.
    pub(super) views: Vec<Value>,
    /// The sentence of the one that weighs most, in the language asked for; empty when there is none.
    pub(super) first: String,
    /// How many of them block.
    pub(super) blocking: usize,
    /// Whether the record alone does not show what blocks: it takes Partner Center's side to see it.
    pub(super) hidden: bool,
}

impl Findings {
    /// `language` is that of the first sentence.
    pub(super) fn of(findings: &[Finding<'_>], settings: &Settings, language: &str) -> Self {
        let mut json = Json::default();
        message::write_findings(&mut json, findings, settings);
        let first = findings.iter().find(|it| it.severity == Severity::Block).or_else(|| findings.first());
        Self {
            views: serde_json::from_str(&json.into_text()).unwrap_or_default(),
            first: first.map(|finding| message::sentence(finding, language, settings)).unwrap_or_default(),
            blocking: validate::blocking(findings),
            hidden: false,
        }
    }

    /// What the rules say of the deal as it is, with what Microsoft was given where that was seen.
    pub(super) fn of_record(
        opportunity: &Opportunity<'_>,
        settings: &Settings,
        observed: Option<&Observed<'_>>,
        now: OffsetDateTime,
    ) -> Self {
        let sent = observed.and_then(Observed::sent).or_else(|| Sent::of_record(opportunity));
        let case = Case { now: Some(moment::of_clock(now)), sent: sent.as_ref(), ..Case::new(opportunity, settings, now.date()) };
        Self::of(&validate::findings(&case), settings, &settings.locale)
    }
}

/// How the pair stands when no request is left.
#[derive(Debug)]
pub(super) enum Outcome {
    NotShared,
    /// With what both differ in all the same, where Salesforce cannot take it.
    InStep(Option<Apart>),
    NeedsYou(Findings),
}

/// What remains when no request is left.
#[derive(Debug)]
pub(super) struct Rest {
    pub(super) outcome: Outcome,
    pub(super) notes: Notes,
    /// What of it Partner Center alone knows: no value of the deal itself.
    pub(super) facts: Notes,
    /// What both sides agree on once the record is written.
    pub(super) base: Base,
    /// What Partner Center holds, by path.
    pub(super) held: BTreeMap<String, String>,
}

/// What goes to the record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Notes {
    pub(super) fields: Vec<(String, Value)>,
    /// Lines of the trail.
    pub(super) told: Vec<String>,
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Decision {
    Take(Box<Step>),
    Rest(Box<Rest>),
}

/// What is left to do.
pub(super) fn decide(deal: &Deal<'_>, seen: &Seen, base: Option<&Base>, now: OffsetDateTime) -> Decision {
    let draft = Draft::new(deal.observed(seen, base), deal.settings, now.date(), moment::of_clock(now));
    let plan = draft.plan();
    if let Some(step) = plan.partner_center.first() {
        let action = match &step.action {
            reconcile::Action::CreateOwn(document) => Action::CreateOwn(document.to_json()),
            reconcile::Action::CreateMicrosoft(document) => Action::CreateMicrosoft(document.to_json()),
            reconcile::Action::Patch { operations, if_match } => {
                Action::Patch(Patch { operations: patch_to_json(operations), if_match: if_match.map(str::to_owned) })
            }
        };
        return Decision::Take(Box::new(Step { action, base: step.base.clone(), told: deal.lines(&step.audit) }));
    }
    let outcome = match &plan.outcome {
        reconcile::Outcome::NotShared => Outcome::NotShared,
        reconcile::Outcome::InStep => Outcome::InStep(plan.apart.clone()),
        reconcile::Outcome::NeedsYou(findings) => {
            let hidden = Findings::of_record(deal.opportunity, deal.settings, None, now).blocking == 0;
            Outcome::NeedsYou(Findings { hidden, ..Findings::of(findings, deal.settings, deal.language) })
        }
    };
    let told = deal.lines(&plan.audit);
    Decision::Rest(Box::new(Rest {
        outcome,
        notes: Notes { fields: plan.salesforce, told },
        facts: deal.facts(seen),
        base: plan.base,
        held: held(&draft),
    }))
}

fn held(draft: &Draft<'_>) -> BTreeMap<String, String> {
    draft.held().map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

impl<'a> Deal<'a> {
    /// What may go to the record although a request is still open.
    pub(super) fn facts(&self, seen: &Seen) -> Notes {
        if seen.is_half {
            // Without Microsoft's part a co-sell deal looks like one that is only visible.
            return Notes::default();
        }
        let (fields, entries) = self.observed(seen, None).facts(self.settings);
        Notes { fields, told: self.lines(&entries) }
    }

    /// What Partner Center holds, by path, as a page compares its edits with it.
    pub(super) fn held(&self, seen: &Seen, base: Option<&Base>, now: OffsetDateTime) -> BTreeMap<String, String> {
        held(&Draft::new(self.observed(seen, base), self.settings, now.date(), moment::of_clock(now)))
    }

    fn observed<'s>(&self, seen: &'s Seen, base: Option<&'s Base>) -> Observed<'s>
    where
        'a: 's,
    {
        Observed {
            opportunity: self.opportunity,
            record: self.record,
            own: seen.own.as_ref(),
            microsoft: seen.microsoft.as_ref(),
            base,
            answered: seen.answered,
            link_template: self.link_template,
        }
    }

    fn lines(&self, entries: &[Entry]) -> Vec<String> {
        entries.iter().map(|entry| words::told(entry, self.language)).collect()
    }
}

#[cfg(test)]
mod tests {
    use cosell_rules::salesforce::{self, Record};
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);

    /// The rules' whole opportunity, shared as a private deal.
    fn record() -> Value {
        let base: Value = serde_json::from_str(include_str!("../../../rules/tests/cases/base.json")).unwrap();
        let mut record = base["record"].clone();
        record["Sync_with_Partner_Center__c"] = json!(true);
        record
    }

    fn decided(record: &Value, seen: &Seen, base: Option<&Base>) -> Decision {
        let settings = Settings::default();
        let cells = Record::from_json(record, &settings).unwrap();
        let opportunity = salesforce::read(&cells, &settings).unwrap();
        let link_template = "https://partner.example/{id}";
        decide(&Deal { record, opportunity: &opportunity, settings: &settings, link_template, language: "en" }, seen, base, NOW)
    }

    /// What Partner Center holds after the create, and the base from then on.
    fn created() -> (Seen, Base) {
        let Decision::Take(step) = decided(&record(), &Seen::default(), None) else { panic!("nothing to create") };
        let Action::CreateOwn(document) = step.action else { panic!("{:?}", step.action) };
        let mut referral: Value = serde_json::from_str(&document).unwrap();
        let members = json!({
            "id": "r", "engagementId": "e", "eTag": "\"1\"", "status": "Active", "substatus": "Accepted", "direction": "Outgoing"
        });
        referral.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        (Seen { own: Some(Referral::try_from(referral).unwrap()), ..Seen::default() }, step.base)
    }

    #[test]
    fn a_change_is_a_patch_of_the_version_that_was_seen_digit_for_digit() {
        let (seen, base) = created();
        let mut record = record();
        record["Amount"] = serde_json::from_str("123456789012345.67").unwrap();
        let Decision::Take(step) = decided(&record, &seen, Some(&base)) else { panic!("nothing to send") };
        let operations = r#"[{"op":"replace","path":"/details/dealValue","value":123456789012345.67}]"#.to_owned();
        assert_eq!(step.action, Action::Patch(Patch { operations, if_match: Some("\"1\"".to_owned()) }));
        assert_eq!(step.told, ["Sent to Partner Center: deal value."]);
        assert_eq!(step.base.get("/details/dealValue"), Some("123456789012345.67"));
    }

    #[test]
    fn when_both_sides_are_equal_the_record_learns_of_its_referral() {
        let (seen, base) = created();
        let Decision::Rest(rest) = decided(&record(), &seen, Some(&base)) else { panic!("something is left") };
        assert!(matches!(rest.outcome, Outcome::InStep(None)), "{:?}", rest.outcome);
        let written: Value = rest.notes.fields.iter().cloned().collect::<serde_json::Map<_, _>>().into();
        assert_eq!(written["Referral_Identifier__c"], "r");
        assert_eq!(written["Referral_Link__c"], "https://partner.example/r");
        assert_eq!(rest.facts, rest.notes, "no value of the deal differs");
    }

    #[test]
    fn a_value_that_comes_back_is_no_fact_of_the_referral() {
        let (mut seen, base) = created();
        let mut referral = seen.own.unwrap().document;
        referral["details"]["notes"] = json!("Theirs.");
        seen.own = Some(Referral::try_from(referral).unwrap());
        let Decision::Rest(rest) = decided(&record(), &seen, Some(&base)) else { panic!("something is left") };
        let notes = ("Description".to_owned(), json!("Theirs."));
        assert!(rest.notes.fields.contains(&notes) && !rest.facts.fields.contains(&notes), "{rest:?}");
    }

    #[test]
    fn of_findings_the_first_that_blocks_is_told_and_what_the_record_shows_is_not_hidden() {
        let (seen, base) = created();
        let mut record = record();
        record["Amount"] = json!(-5);
        let Decision::Rest(rest) = decided(&record, &seen, Some(&base)) else { panic!("a broken value is sent") };
        let Outcome::NeedsYou(findings) = rest.outcome else { panic!("{:?}", rest.outcome) };
        assert!(findings.first.contains("negative") && findings.blocking == 1 && !findings.hidden, "{findings:?}");
        assert_eq!(findings.views[0]["code"], "amount.negative");
    }
}
