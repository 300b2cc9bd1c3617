//! What can be done to an org from outside its APIs, for a test or a demonstration: late commits, products, the admin's
//! rules and field mappings, the calls of the day.

use rust_decimal::Decimal;
use serde_json::Value;
use time::Duration;

use super::Org;
use super::rules::Rules;
use super::schema::object;
use super::state::{Allowance, Lateness};
use super::store::{Row, Until, Writer, number};

const MAPPINGS: &str = "Cosell_Field_Mapping__mdt";

/// When the next write is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Commit {
    /// When [`Org::release_writes`] is called.
    Released,
    /// After so many further calls to the org's APIs.
    AfterCalls(u32),
    /// After so much time.
    After(Duration),
}

impl Org {
    /// Leaves the transaction of the next call that writes open: its rows become visible late, with the stamps of the
    /// moment they were written, and until then no other call can write them. With `sellers_only` the calls of the
    /// integration user are left alone.
    pub(crate) fn hold_next_write(&self, commit: Commit, sellers_only: bool) {
        let until = match commit {
            Commit::Released => Until::Released,
            Commit::AfterCalls(calls) => Until::Calls(calls),
            Commit::After(time) => Until::Moment(self.now() + time),
        };
        self.lock().lateness = Some(Lateness { until, sellers_only });
    }

    /// Commits every open transaction, and the next write with its call.
    pub(crate) fn release_writes(&self) {
        let mut state = self.lock();
        state.lateness = None;
        state.store.commit_all();
    }

    /// Puts products of a total price on an opportunity, as somebody else's work: their sum is its amount, which cannot be
    /// written any more. `None` takes them away, and the amount stays. Says why it cannot be done.
    pub(crate) fn set_products(&self, opportunity: &str, total: Option<Decimal>) -> Result<(), String> {
        let mut state = self.lock();
        let features = state.features;
        let Some(target) = object("Opportunity", features) else {
            return Err("there are no opportunities".to_owned());
        };
        let mut body = Row::new();
        body.insert("HasOpportunityLineItem".to_owned(), Value::Bool(total.is_some()));
        if let Some(total) = total {
            body.insert("Amount".to_owned(), number(total, false));
        }
        let mut writer = Writer::of_setup(&mut state.store, features, self.now());
        writer.update(target, opportunity, &body).map_err(|error| error.message)
    }

    /// Replaces the records of `Cosell_Field_Mapping__mdt`, as a deployment would; they are called by their order.
    /// Says which field the type does not have, or what is missing; then nothing is replaced.
    pub(crate) fn set_mappings(&self, mappings: Vec<Row>) -> Result<(), String> {
        let mut state = self.lock();
        let features = state.features;
        let Some(target) = object(MAPPINGS, features) else {
            return Err("there are no mappings".to_owned());
        };
        let before = state.store.clone();
        state.store.clear(MAPPINGS);
        for (place, mut body) in mappings.into_iter().enumerate() {
            body.insert("DeveloperName".to_owned(), format!("Mapping_{place:02}").into());
            body.insert("MasterLabel".to_owned(), format!("Mapping {place}").into());
            let mut writer = Writer::of_setup(&mut state.store, features, self.now());
            if let Err(error) = writer.create(target, &body) {
                state.store = before;
                return Err(error.message);
            }
        }
        Ok(())
    }

    /// Replaces the org's duplicate and validation rules.
    pub(crate) fn set_rules(&self, rules: Rules) {
        self.lock().rules = rules;
    }

    /// Says how many calls the org has made today and how many it may make; beyond those it refuses every call.
    pub(crate) fn set_usage(&self, used: u64, most: u64) {
        let mut state = self.lock();
        state.calls = used;
        state.allowance = Allowance(most);
    }
}
