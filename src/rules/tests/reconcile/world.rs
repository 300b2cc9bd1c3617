//! A small model of the two sides: a Salesforce record and Partner Center's referrals as JSON, and a caller that carries plans out.
//!
//! It reads and writes JSON by itself, not through the mapping, and refuses what Microsoft refuses: a path off its list, an
//! operation on a closed referral or on an old version, visibility taken back. What it refuses fails the test.

use std::{fmt, fs, path::Path};

use cosell_rules::{
    lifecycle::Standing,
    map::{own_referral, patch_to_json},
    moment,
    reconcile::{Action, Apart, Base, Closing, Draft, Entry, Observed, Outcome, Plan, State, mark_name, record_update},
    referral::Referral,
    salesforce::{self, Record},
    settings::Settings,
};
use serde_json::{Value, json};

pub(crate) const LINK: &str = "https://partner.microsoft.com/referrals/v2/inbox?id={id}";

/// Microsoft's list (swagger of the "Partner Center Referrals" connector), by hand.
const PATCHABLE: [&str; 18] = [
    "/campaignId",
    "/consent/consentToShareReferralWithMicrosoftSellers",
    "/customerProfile/team",
    "/customerProfile/team/-",
    "/details/closingDateTime",
    "/details/currency",
    "/details/dealValue",
    "/details/notes",
    "/details/requirements/solutions",
    "/details/requirements/solutions/-",
    "/externalReferenceId",
    "/referralProgram",
    "/salesStage",
    "/status",
    "/substatus",
    "/statusReason",
    "/team",
    "/team/-",
];

pub(crate) const SETTINGS: [(&str, &str); 6] = [
    ("activeStage", "Qualification"),
    ("onHoldStage", "On Hold"),
    ("reasonField", "Loss_Reason__c"),
    ("referralProgramField", "Program__c"),
    ("mapping", "Campaign_Code__c|/campaignId|both|text\nPriority__c|/favorite|onCreate|flag"),
    ("defaultCurrency", "EUR"),
];

#[derive(Clone)]
pub(crate) struct World {
    pub(crate) settings: Settings,
    pub(crate) record: Value,
    pub(crate) own: Option<Value>,
    pub(crate) microsoft: Option<Value>,
    pub(crate) base: Option<Base>,
    /// Every patch that was sent, operation by operation.
    pub(crate) patches: Vec<Value>,
    pub(crate) audit: Vec<Entry>,
    /// Where a seller's answer has brought our referral, told already.
    pub(crate) answered: Option<Standing>,
    version: u32,
}

/// What a failing property shows: the settings are always the same.
impl fmt::Debug for World {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |value: &Option<Value>| value.as_ref().map(ToString::to_string).unwrap_or_default();
        let base = self.base.as_ref().map(Base::to_json).unwrap_or_default();
        let (own, microsoft) = (text(&self.own), text(&self.microsoft));
        write!(formatter, "record {}\nown {own}\nmicrosoft {microsoft}\nbase {base}", self.record)
    }
}

/// What a single plan says, for a test to look at.
#[derive(Debug)]
pub(crate) struct Look {
    pub(crate) state: State,
    pub(crate) codes: Vec<&'static str>,
    pub(crate) actions: Vec<Value>,
    pub(crate) salesforce: Value,
    pub(crate) entries: Vec<Entry>,
    pub(crate) is_empty: bool,
    pub(crate) apart: Option<Apart>,
}

impl World {
    /// The base record, synced and complete, never shared.
    pub(crate) fn new() -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/base.json");
        let base: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let mut world = Self {
            settings: Settings::from_pairs(SETTINGS).unwrap(),
            record: base["record"].clone(),
            own: None,
            microsoft: None,
            base: None,
            patches: Vec::new(),
            audit: Vec::new(),
            answered: None,
            version: 0,
        };
        world.set("Sync_with_Partner_Center__c", json!(true));
        for field in ["Campaign_Code__c", "Priority__c", "Loss_Reason__c"] {
            world.set(field, Value::Null);
        }
        world
    }

    /// The same after its first share.
    pub(crate) fn shared() -> Self {
        let mut world = Self::new();
        world.run();
        world
    }

    /// A deal that asks Microsoft for help.
    pub(crate) fn asking(self) -> Self {
        let help = salesforce::field::HELP;
        self.with(&[(help, json!("ProofOfConceptOrDemo")), (salesforce::field::VISIBLE, json!(true))])
    }

    /// The document of our referral, whatever the rules say of it.
    pub(crate) fn document(&self) -> Value {
        let record = Record::from_json(&self.record, &self.settings).unwrap();
        let opportunity = salesforce::read(&record, &self.settings).unwrap();
        serde_json::from_str(&own_referral(&opportunity, &self.settings).to_json()).unwrap()
    }

    pub(crate) fn with(mut self, fields: &[(&str, Value)]) -> Self {
        for (field, value) in fields {
            self.set(field, value.clone());
        }
        self
    }

    /// Writes a field as a seller does; the stage carries its flags.
    pub(crate) fn set(&mut self, field: &str, value: Value) {
        self.record[field] = value;
        if field == "StageName" {
            let stage = self.record["StageName"].as_str().unwrap();
            let (won, closed) = (stage == "Closed Won", stage.starts_with("Closed"));
            self.record["IsWon"] = won.into();
            self.record["IsClosed"] = closed.into();
        }
    }

    /// Writes a path of our referral as somebody does in Partner Center.
    pub(crate) fn put(&mut self, path: &str, value: Value) {
        put(self.own.as_mut().unwrap(), path, value);
        self.new_version();
    }

    pub(crate) fn held(&self, path: &str) -> &Value {
        self.own.as_ref().unwrap().pointer(path).unwrap_or(&Value::Null)
    }

    fn new_version(&mut self) {
        self.version += 1;
        self.own.as_mut().unwrap()["eTag"] = format!("\"{}\"", self.version).into();
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own["status"] == "Closed")
    }

    pub(crate) fn is_on_hold(&self) -> bool {
        self.record["StageName"] == self.settings.on_hold_stage.as_str()
    }

    /// Plans once and hands the plan over.
    fn plan<T>(&self, look: impl FnOnce(&Plan<'_>) -> T) -> T {
        self.draft(|draft| look(&draft.plan()))
    }

    pub(crate) fn draft<T>(&self, look: impl FnOnce(&Draft<'_>) -> T) -> T {
        let record = Record::from_json(&self.record, &self.settings).unwrap();
        let opportunity = salesforce::read(&record, &self.settings).unwrap();
        let referral = |held: &Option<Value>| held.clone().map(|held| Referral::try_from(held).unwrap());
        let (own, microsoft) = (referral(&self.own), referral(&self.microsoft));
        let observed = Observed {
            opportunity: &opportunity,
            record: &self.record,
            own: own.as_ref(),
            microsoft: microsoft.as_ref(),
            base: self.base.as_ref(),
            answered: self.answered,
            link_template: LINK,
        };
        let today = moment::parse_day("2026-11-22").unwrap();
        let now = moment::parse_moment("2026-11-22T14:01:00Z").unwrap();
        look(&Draft::new(observed, &self.settings, today, now))
    }

    pub(crate) fn look(&self) -> Look {
        self.plan(|plan| Look {
            state: state(&plan.outcome),
            codes: match &plan.outcome {
                Outcome::NeedsYou(findings) => findings.iter().map(|finding| finding.code).collect(),
                Outcome::NotShared | Outcome::InStep => Vec::new(),
            },
            actions: plan.partner_center.iter().map(|step| as_json(&step.action)).collect(),
            salesforce: Value::Object(plan.salesforce.iter().cloned().collect()),
            entries: plan.partner_center.iter().flat_map(|step| step.audit.clone()).chain(plan.audit.clone()).collect(),
            is_empty: plan.is_empty(),
            apart: plan.apart.clone(),
        })
    }

    /// Reconciles until nothing is left. A second round is due where the first has moved the stage: what was on hold may be sent.
    pub(crate) fn run(&mut self) {
        for _ in 0..3 {
            self.run_for(u32::MAX, true);
            if self.look().is_empty {
                return;
            }
        }
        panic!("the plan goes in circles: {:#?}", self.look());
    }

    /// Reconciles once, or is killed after so many steps: then what was remembered is lost, but for the base where each step stores it.
    pub(crate) fn run_for(&mut self, steps: u32, stores: bool) {
        let before = self.base.clone();
        let finished = self.take_steps(steps);
        if !finished && !stores {
            self.base = before;
        }
    }

    fn take_steps(&mut self, steps: u32) -> bool {
        let mut trail = Vec::new();
        for step in 0..8 {
            if step == steps {
                return false;
            }
            let (action, base, audit) = self.plan(|plan| match plan.partner_center.first() {
                Some(step) => (Some(as_json(&step.action)), step.base.clone(), step.audit.clone()),
                None => (None, plan.base.clone(), plan.audit.clone()),
            });
            trail.extend(audit);
            if let Some(action) = action {
                self.take(&action);
                self.base = Some(base);
            } else {
                self.write(&trail);
                if step + 1 == steps {
                    return false;
                }
                self.base = Some(base);
                self.audit.extend(trail);
                return true;
            }
        }
        panic!("the plan goes in circles: {:#?}", self.look());
    }

    fn take(&mut self, action: &Value) {
        assert!(!self.is_on_hold(), "on hold, nothing is sent: {action}");
        if let Some(document) = action.get("own") {
            assert!(self.own.is_none(), "a second referral");
            self.own = Some(created(document, "aaaa", "eeee"));
            self.new_version();
        } else if let Some(document) = action.get("microsoft") {
            assert!(self.microsoft.is_none() && !self.is_closed(), "Microsoft is asked once, and not through a closed deal");
            assert_eq!(document["engagementId"], "eeee");
            assert_eq!(document["target"], json!([{ "type": "BusinessProfileLocation", "id": "msft" }]));
            assert_eq!(self.held("/consent/consentToShareReferralWithMicrosoftSellers"), true, "asked before it was shown");
            let mut sibling = created(document, "bbbb", "eeee");
            sibling["status"] = "New".into();
            sibling["substatus"] = "Pending".into();
            sibling["expirationDateTime"] = "2026-12-06T14:01:00.1234567Z".into();
            self.microsoft = Some(sibling);
        } else {
            assert_eq!(action["ifMatch"], self.held("/eTag").clone(), "made from an old version");
            let closed = self.is_closed();
            for operation in action["patch"].as_array().unwrap().clone() {
                self.patch(operation, closed);
            }
            self.new_version();
        }
    }

    fn patch(&mut self, operation: Value, closed: bool) {
        assert!(!closed, "a closed referral is terminal: {operation}");
        let path = operation["path"].as_str().unwrap().to_owned();
        assert!(PATCHABLE.contains(&path.as_str()), "{path} can't be patched");
        assert!(["replace", "add"].contains(&operation["op"].as_str().unwrap()));
        let was = self.held(&path).clone();
        if path.starts_with("/consent") {
            assert_eq!((was, &operation["value"]), (json!(false), &json!(true)), "visibility is never taken back");
        }
        if path == "/customerProfile/team" {
            assert!(self.microsoft.is_none(), "the contact is frozen once Microsoft was asked");
        }
        put(self.own.as_mut().unwrap(), &path, operation["value"].clone());
        self.patches.push(operation);
    }

    fn write(&mut self, trail: &[Entry]) {
        let state = self.plan(|plan| state(&plan.outcome));
        let salesforce = self.plan(|plan| plan.salesforce.clone());
        let words: Vec<String> = trail.iter().map(|entry| entry.key().to_owned()).collect();
        let now = moment::parse_moment("2026-11-22T14:01:00Z").unwrap();
        let closing = Closing { state, reason: "", trail: &words, now };
        let mut update = record_update(&self.record, &salesforce, &closing);
        mark_name(&mut update, &self.record, state, &self.settings);
        for (field, value) in update {
            let was_visible = field == salesforce::field::VISIBLE && self.record[&field] == true;
            assert!(!was_visible || value == true, "visibility is never taken back");
            self.set(&field, value);
        }
    }
}

fn state(outcome: &Outcome<'_>) -> State {
    match outcome {
        Outcome::NotShared => State::NotShared,
        Outcome::NeedsYou(_) => State::NeedsYou,
        Outcome::InStep => State::InStep,
    }
}

fn as_json(action: &Action<'_>) -> Value {
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    match action {
        Action::CreateOwn(document) => json!({ "own": read(&document.to_json()) }),
        Action::CreateMicrosoft(document) => json!({ "microsoft": read(&document.to_json()) }),
        Action::Patch { operations, if_match } => json!({ "patch": read(&patch_to_json(operations)), "ifMatch": if_match }),
    }
}

/// What the service makes of a create.
fn created(document: &Value, id: &str, engagement: &str) -> Value {
    let mut referral = document.clone();
    for (name, value) in [
        ("id", id),
        ("engagementId", engagement),
        ("status", "Active"),
        ("substatus", "Accepted"),
        ("direction", "Outgoing"),
        ("createdDateTime", "2026-11-22T14:00:00.1234567Z"),
    ] {
        referral[name] = value.into();
    }
    referral
}

/// Puts a value at a path, and the objects on the way.
fn put(document: &mut Value, path: &str, value: Value) {
    let mut here = document;
    for part in path.split('/').skip(1) {
        here = match part.parse::<usize>() {
            Ok(index) => &mut here[index],
            Err(_) => &mut here[part],
        };
    }
    *here = value;
}
