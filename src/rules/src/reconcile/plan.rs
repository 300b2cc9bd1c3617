//! The plan: what the rows ask for and the rules allow.

use time::Date;

use super::{
    Base, Entry, Observed,
    change::{Apart, Change, Sides},
    merge::Choice,
    writeback,
};
use crate::{
    facts::{Leaving, Sent},
    finding::{Field, Finding, Severity},
    lifecycle,
    map::{self, Document, Operation, Transform},
    model::DealType,
    moment::Moment,
    settings::Settings,
    validate::{self, Case},
};

/// How the pair stands, as far as the rules can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<'p> {
    /// The seller has not chosen to share it.
    NotShared,
    /// Something must be mended first; these findings say what. What they don't concern is in the plan all the same.
    NeedsYou(Vec<Finding<'p>>),
    /// Once the plan is carried out, both sides are the same.
    InStep,
}

/// One request to Partner Center.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action<'p> {
    /// Create our referral.
    CreateOwn(&'p Document<'p>),
    /// Create Microsoft's referral in our engagement.
    CreateMicrosoft(&'p Document<'p>),
    /// Change our referral.
    Patch {
        /// The operations, all or none.
        operations: Vec<Operation<'p>>,
        /// The version that they were made from; `None` where the service gave none.
        if_match: Option<&'p str>,
    },
}

/// A request, and what holds once it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'p> {
    /// The request.
    pub action: Action<'p>,
    /// The base from then on. Safe to store at once: it claims nothing of what is still to be written to Salesforce.
    pub base: Base,
    /// What the trail tells of it.
    pub audit: Vec<Entry>,
}

/// What is left to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan<'p> {
    /// How the pair stands.
    pub outcome: Outcome<'p>,
    /// Requests to Partner Center, in their order. After each one, observe and plan again.
    pub partner_center: Vec<Step<'p>>,
    /// Fields of the record that differ, with their new values; written when no request is left.
    pub salesforce: Vec<(String, serde_json::Value)>,
    /// What the trail tells of what is written to the record.
    pub audit: Vec<Entry>,
    /// The base once all of it is done.
    pub base: Base,
    /// Why both sides differ all the same, where Salesforce cannot take what Partner Center has.
    pub apart: Option<Apart>,
}

impl Plan<'_> {
    /// Whether nothing is left to do.
    pub fn is_empty(&self) -> bool {
        self.partner_center.is_empty() && self.salesforce.is_empty() && self.audit.is_empty()
    }
}

/// What the rows ask for, before the rules have looked at it.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    observed: Observed<'a>,
    settings: &'a Settings,
    today: Date,
    now: Moment,
    sent: Option<Sent<'a>>,
    changes: Vec<Change<'a>>,
    /// The document of the create that is due, and all operations: what the rules look at.
    leaving: Leaving<'a>,
}

impl<'a> Draft<'a> {
    /// Compares both sides.
    pub fn new(observed: Observed<'a>, settings: &'a Settings, today: Date, now: Moment) -> Self {
        let Observed { opportunity, own, microsoft, .. } = observed;
        let sides = own.map(|own| Sides { observed, settings, own });
        let changes = sides.map(Sides::changes).unwrap_or_default();
        let may_send = match sides {
            Some(sides) => sides.may_send(),
            None => opportunity.sync && !lifecycle::is_on_hold(opportunity, settings),
        };
        let document = match own {
            _ if !may_send => Document::default(),
            None => map::own_referral(opportunity, settings),
            // One request for help per engagement, whatever became of it: asking again is for people to decide.
            Some(own) if opportunity.deal_type() == DealType::CoSell && microsoft.is_none() => {
                let mut document = map::microsoft_referral(opportunity, settings, Some(&own.engagement_id));
                for pulled in changes.iter().filter(|change| change.choice == Choice::Pull) {
                    pulled.put_into(&mut document);
                }
                document
            }
            Some(_) => Document::default(),
        };
        let patch = changes.iter().flat_map(|change| change.operations.iter().cloned()).collect();
        let names_version = own.is_some_and(|own| own.e_tag.is_some());
        let leaving = Leaving { document, patch, names_version, ..Leaving::default() };
        Self { sent: observed.sent(), observed, settings, today, now, changes, leaving }
    }

    /// What Partner Center holds, as pairs of a path and a canonical text: the facts `held:` of a review, from which the page
    /// shows what its unsaved edits would change.
    pub fn held(&self) -> impl Iterator<Item = (&str, &str)> {
        let patched = self.changes.iter().filter(|change| change.row.mapping.is_patched());
        let texts = patched.filter(|change| change.row.mapping.transform != Transform::Standing);
        texts.map(|change| (&*change.row.mapping.path, change.held.as_str()))
    }

    /// What of it may be done.
    pub fn plan(&self) -> Plan<'_> {
        let creates = !self.leaving.document.members.is_empty();
        let leaves = creates || !self.leaving.patch.is_empty();
        let case = Case {
            now: Some(self.now),
            sent: self.sent.as_ref(),
            leaving: Some(&self.leaving).filter(|_| leaves),
            ..Case::new(self.observed.opportunity, self.settings, self.today)
        };
        let findings = if self.observed.opportunity.sync { validate::findings(&case) } else { Vec::new() };
        match self.observed.own {
            None => self.share(findings, creates),
            Some(_) => self.update(findings, creates),
        }
    }

    /// The plan of a deal that has no referral.
    fn share<'p>(&'p self, findings: Vec<Finding<'p>>, creates: bool) -> Plan<'p> {
        let mut plan = Plan {
            outcome: Outcome::InStep,
            partner_center: Vec::new(),
            salesforce: Vec::new(),
            audit: Vec::new(),
            base: Base::default(),
            apart: None,
        };
        if !creates {
            plan.outcome = Outcome::NotShared;
        } else if validate::blocks(&findings) {
            plan.outcome = Outcome::NeedsYou(findings);
        } else {
            for row in map::rows(self.settings).filter(|row| row.mapping.is_patched()) {
                if let Some(ours) = map::ours(row, self.observed.opportunity, self.settings) {
                    plan.base.set(&row.mapping.path, ours);
                }
            }
            let action = Action::CreateOwn(&self.leaving.document);
            plan.partner_center.push(Step { action, base: plan.base.clone(), audit: Vec::new() });
        }
        plan
    }

    /// The plan of a deal that has one.
    fn update<'p>(&'p self, mut findings: Vec<Finding<'p>>, asks: bool) -> Plan<'p> {
        findings.retain(|finding| !self.changes.iter().any(|change| change.mends(finding)));
        let opens = asks || self.changes.iter().any(Change::opens);
        // To open a deal to Microsoft is to share it: all rules must allow that. An update waits for what concerns its rows.
        let may_open = !validate::blocks(&findings);
        let blocking: Vec<&Finding<'_>> = findings.iter().filter(|it| it.severity == Severity::Block).collect();
        let waits =
            |change: &Change<'_>| (change.opens() && !may_open) || blocking.iter().any(|finding| change.concerns(finding));
        let pushes: Vec<&Change<'_>> =
            self.changes.iter().filter(|change| change.choice == Choice::Push && !waits(change)).collect();
        let pulls: Vec<&Change<'_>> = self.changes.iter().filter(|change| change.choice == Choice::Pull).collect();

        let mut base = self.observed.base.cloned().unwrap_or_default();
        remember(&mut base, self.changes.iter().filter(|change| change.choice == Choice::Agreed));
        let mut partner_center = Vec::new();
        if !pushes.is_empty() {
            remember(&mut base, pushes.iter().copied());
            let operations = pushes.iter().flat_map(|change| change.operations.iter().cloned()).collect();
            let if_match = self.observed.own.and_then(|own| own.e_tag.as_deref());
            let audit = told(&pushes, |fields| Entry::Sent { fields });
            partner_center.push(Step { action: Action::Patch { operations, if_match }, base: base.clone(), audit });
        }
        if asks && may_open {
            let action = Action::CreateMicrosoft(&self.leaving.document);
            partner_center.push(Step { action, base: base.clone(), audit: Vec::new() });
        }
        remember(&mut base, pulls.iter().copied());

        let mut salesforce = writeback::facts(&self.observed, self.settings);
        let mut audit = told(&pulls, |fields| Entry::Received { fields });
        audit.extend(writeback::entries(&salesforce, &self.observed));
        salesforce.extend(pulls.iter().flat_map(|change| change.writes.iter().cloned()));
        let is_waiting = |finding: &Finding<'_>| {
            let differs = |change: &Change<'_>| matches!(change.choice, Choice::Push | Choice::Left) && change.concerns(finding);
            // The help that was asked for is no row of ours; a seller who changes it must hear that it is too late.
            self.changes.iter().any(differs) || (finding.field == Field::Help && self.observed.microsoft.is_some())
        };
        let matters = (opens && !may_open) || blocking.iter().any(|finding| is_waiting(finding));
        let outcome = if matters {
            let relevant = |finding: &Finding<'_>| opens || is_waiting(finding);
            Outcome::NeedsYou(findings.into_iter().filter(relevant).collect())
        } else {
            Outcome::InStep
        };
        let apart = self.changes.iter().find_map(|change| change.apart.clone());
        Plan { outcome, partner_center, salesforce, audit, base, apart }
    }
}

fn remember<'c>(base: &mut Base, changes: impl Iterator<Item = &'c Change<'c>>) {
    for change in changes {
        if let Some(agreed) = &change.agreed {
            base.set(&change.row.mapping.path, agreed.as_str());
        }
    }
}

/// What the trail tells of some changes: first what they are, then what each has to say of its own. That the deal was moved says more
/// than that its stage was sent.
fn told(changes: &[&Change<'_>], all: impl FnOnce(Vec<String>) -> Entry) -> Vec<Entry> {
    let is_move = changes.iter().any(|change| change.row.mapping.transform == Transform::Standing && change.told.is_some());
    let is_listed = |change: &&&Change<'_>| !is_move || change.row.mapping.about != Field::Stage;
    let mut fields: Vec<String> = changes.iter().filter(is_listed).filter_map(|change| change.name()).map(Into::into).collect();
    fields.dedup();
    let sum = (!fields.is_empty()).then(|| all(fields));
    sum.into_iter().chain(changes.iter().filter_map(|change| change.told.clone())).collect()
}
