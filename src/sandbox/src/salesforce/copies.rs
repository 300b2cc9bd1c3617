//! More of the same: copies of the sample opportunities, so that an org has as many as a measurement wants.

use serde_json::Value;

use super::schema::{Access, Object, object};
use super::store::{Row, Store, Writer, text};
use super::{Features, Org};

/// What hangs on an opportunity, and the field that names it.
const BELOW: [(&str, &str); 3] = [
    ("OpportunityContactRole", "OpportunityId"),
    ("OpportunityTeamMember", "OpportunityId"),
    ("Microsoft_Solution__c", "Opportunity__c"),
];

/// Characters of a name that leave room for a number; the narrowest name, an opportunity's, takes 120.
const LONGEST_NAME: usize = 100;

impl Org {
    /// Copies the opportunities that are open and not shared, in turn, each with a customer of its own and with all that hangs on
    /// it, until the org has so many opportunities. Copies have a number behind their name. Says why it cannot be done.
    pub(crate) fn multiply(&self, total: usize) -> Result<(), String> {
        let mut state = self.lock();
        let features = state.features;
        let objects = Objects::of(features).ok_or("the org has no opportunities")?;
        let originals: Vec<Deal> = state
            .store
            .rows_named("Opportunity")
            .filter(|row| may_be_copied(row))
            .map(|row| objects.deal(&state.store, row))
            .collect();
        if originals.is_empty() {
            return Err("there is no opportunity to copy".to_owned());
        }
        let missing = total.saturating_sub(state.store.rows_named("Opportunity").count());
        let mut writer = Writer::of_setup(&mut state.store, features, self.now());
        for (number, original) in originals.iter().cycle().take(missing).enumerate() {
            objects.copy(&mut writer, original, number + 2)?;
        }
        Ok(())
    }
}

fn may_be_copied(row: &Row) -> bool {
    let closed = row.get("IsClosed").and_then(Value::as_bool).unwrap_or_default();
    !closed && text(row, "Referral_Identifier__c").is_empty()
}

/// The objects whose rows are copied.
struct Objects {
    opportunity: &'static Object,
    account: &'static Object,
    below: Vec<(&'static Object, &'static str)>,
}

impl Objects {
    fn of(features: Features) -> Option<Self> {
        let below = BELOW.into_iter().filter_map(|(name, parent)| Some((object(name, features)?, parent))).collect();
        Some(Self { opportunity: object("Opportunity", features)?, account: object("Account", features)?, below })
    }

    fn deal(&self, store: &Store, opportunity: &Row) -> Deal {
        let id = text(opportunity, "Id");
        let of_deal = |(object, field): &(&'static Object, &'static str)| -> Vec<(&'static Object, &'static str, Row)> {
            let (object, field) = (*object, *field);
            let rows = store.rows_named(object.name).filter(|row| text(row, field) == id);
            rows.map(|row| (object, field, row.clone())).collect()
        };
        Deal {
            opportunity: opportunity.clone(),
            account: store.get("Account", text(opportunity, "AccountId")).cloned(),
            below: self.below.iter().flat_map(of_deal).collect(),
        }
    }

    fn copy(&self, writer: &mut Writer<'_>, original: &Deal, number: usize) -> Result<(), String> {
        let mut parent = None;
        if let Some(account) = &original.account {
            parent = Some(("AccountId", create(writer, self.account, account, Some(number), None)?));
        }
        let id = create(writer, self.opportunity, &original.opportunity, Some(number), parent)?;
        for (object, field, row) in &original.below {
            create(writer, object, row, None, Some((field, id.clone())))?;
        }
        Ok(())
    }
}

/// An opportunity with what belongs to it.
struct Deal {
    opportunity: Row,
    account: Option<Row>,
    /// What hangs on it: the object, the field that names the opportunity, the row.
    below: Vec<(&'static Object, &'static str, Row)>,
}

/// Writes a row again, below another parent and with a number behind its name where those are given; gives its id.
fn create(
    writer: &mut Writer<'_>,
    object: &'static Object,
    row: &Row,
    number: Option<usize>,
    parent: Option<(&str, String)>,
) -> Result<String, String> {
    let mut body = written(object, row, writer.features);
    if let Some(number) = number {
        let name: String = text(row, "Name").chars().take(LONGEST_NAME).collect();
        body.insert("Name".to_owned(), format!("{name} {number}").into());
    }
    if let Some((field, id)) = parent {
        body.insert(field.to_owned(), id.into());
    }
    writer.create(object, &body).map_err(|error| error.message)
}

/// What somebody has written of a row: neither what the platform keeps of it nor what it lacks.
fn written(object: &'static Object, row: &Row, features: Features) -> Row {
    let fields = object.fields(features).filter(|field| field.access != Access::ReadOnly);
    fields.filter_map(|field| row.get(field.name).map(|value| (field.name.to_owned(), value.clone()))).collect()
}
