//! The rows of the org: kept, found, thrown into the recycle bin. Must not know who may write what; `write` does.

mod address;
mod duplicates;
mod hooks;
mod late;
mod notes;
mod value;
mod write;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::errors::ApiError;
use super::schema::{Field, Kind, Object, Reference, Values};
use super::{Features, countries, ids};

pub(super) use late::Until;
pub(super) use value::{decimal, number};
pub(super) use write::Writer;

/// One record: field values by API name. A field that was never written is absent and reads as null, or false.
pub(super) type Row = Map<String, Value>;

type Table = BTreeMap<String, Row>;

/// Every row of the org. Ids grow with time, so a table's order is the order of creation.
#[derive(Clone, Debug, Default)]
pub(super) struct Store {
    rows: BTreeMap<&'static str, Table>,
    deleted: BTreeMap<&'static str, Table>,
    counters: BTreeMap<&'static str, u64>,
    /// Transactions that have written and not committed.
    open: Vec<late::Transaction>,
}

impl Store {
    /// The rows of an object, in order of creation.
    pub(super) fn rows(&self, object: &Object) -> impl Iterator<Item = &Row> {
        self.rows.get(object.name).into_iter().flat_map(BTreeMap::values)
    }

    /// The rows of an object by its name, whatever the features.
    pub(super) fn rows_named(&self, object: &str) -> impl Iterator<Item = &Row> {
        self.rows.get(object).into_iter().flat_map(BTreeMap::values)
    }

    /// The rows of an object in the recycle bin.
    pub(super) fn recycled(&self, object: &Object) -> impl Iterator<Item = &Row> {
        let table = if object.recycled { self.deleted.get(object.name) } else { None };
        table.into_iter().flat_map(BTreeMap::values)
    }

    /// A row, when it is there.
    pub(super) fn get(&self, object: &str, id: &str) -> Option<&Row> {
        self.rows.get(object)?.get(id)
    }

    /// The row a reference leads to, when it is there; in the recycle bin too, when that counts.
    pub(super) fn parent(&self, reference: &Reference, id: &str, recycled: bool) -> Option<&Row> {
        let thrown_away = |object: &str| if recycled { self.deleted.get(object)?.get(id) } else { None };
        reference.objects().find_map(|object| self.get(object, id).or_else(|| thrown_away(object)))
    }

    /// A row, or the error of a call that names it in its URL.
    pub(super) fn find(&self, object: &Object, id: &str) -> Result<&Row, ApiError> {
        let id = ids::parse(id).ok_or_else(|| ApiError::new(400, "MALFORMED_ID", format!("malformed id {id}")))?;
        if let Some(row) = self.get(object.name, &id) {
            return Ok(row);
        }
        if self.is_deleted(object.name, &id) {
            return Err(ApiError::deleted());
        }
        Err(ApiError::no_record())
    }

    /// When each row of an object was deleted, oldest row first: id and moment.
    pub(super) fn deletions(&self, object: &Object) -> impl Iterator<Item = (&str, &str)> {
        let table = self.deleted.get(object.name);
        table.into_iter().flat_map(BTreeMap::values).map(|row| (text(row, "Id"), text(row, "SystemModstamp")))
    }

    /// Whether the row was there and was deleted.
    pub(super) fn is_deleted(&self, object: &str, id: &str) -> bool {
        self.deleted.get(object).is_some_and(|table| table.contains_key(id))
    }

    /// The values a picklist offers: value and label.
    pub(super) fn values(&self, values: Values) -> Vec<(String, String)> {
        let rows = |object: &str, value: &str, label: &str| {
            self.rows_named(object).map(|row| (text(row, value).to_owned(), text(row, label).to_owned())).collect()
        };
        let owned = |(value, label): (&str, &str)| (value.to_owned(), label.to_owned());
        match values {
            Values::Fixed(values) => values.iter().copied().map(owned).collect(),
            Values::Countries => countries::all().map(owned).collect(),
            Values::States => countries::states().map(|(_, code, name)| owned((code, name))).collect(),
            Values::LeadStatuses => rows("LeadStatus", "ApiName", "MasterLabel"),
            Values::Stages => rows("OpportunityStage", "ApiName", "MasterLabel"),
            Values::Currencies => rows("CurrencyType", "IsoCode", "IsoCode"),
        }
    }

    /// The currency that amounts without a code are in.
    pub(super) fn corporate_currency(&self) -> Option<&str> {
        self.rows_named("CurrencyType").find(|row| flag(row, "IsCorporate")).map(|row| text(row, "IsoCode"))
    }

    /// The status of a lead that is created without one.
    pub(super) fn default_lead_status(&self) -> Option<&str> {
        self.rows_named("LeadStatus").find(|row| flag(row, "IsDefault")).map(|row| text(row, "ApiName"))
    }

    /// The single row of `Cosell_Setting__mdt` that the package reads.
    pub(super) fn settings_mut(&mut self) -> Option<&mut Row> {
        let table = self.rows.get_mut("Cosell_Setting__mdt")?;
        table.values_mut().find(|row| text(row, "DeveloperName") == "Default")
    }

    /// Takes away all records of a custom metadata type: a deployment replaces them.
    pub(super) fn clear(&mut self, metadata: &'static str) {
        self.rows.remove(metadata);
    }

    /// Fills or empties the country and state codes of every address after the feature was switched.
    pub(super) fn align_countries(&mut self, features: Features) {
        for (object, prefix) in address::PREFIXES {
            for row in self.rows.get_mut(object).into_iter().flat_map(BTreeMap::values_mut) {
                address::align(row, prefix, features);
            }
        }
    }

    /// Puts a new row in and gives its id.
    fn insert(&mut self, object: &Object, mut row: Row) -> String {
        let counter = self.counters.entry(object.prefix).or_default();
        *counter += 1;
        let id = ids::nth(object.prefix, *counter);
        row.insert("Id".to_owned(), id.clone().into());
        self.put(object.name, &id, row);
        id
    }

    /// Puts a row in under an id it has already.
    fn put(&mut self, object: &'static str, id: &str, row: Row) {
        self.rows.entry(object).or_default().insert(id.to_owned(), row);
    }

    /// Replaces a row.
    fn replace(&mut self, object: &str, id: &str, row: Row) {
        if let Some(place) = self.rows.get_mut(object).and_then(|table| table.get_mut(id)) {
            *place = row;
        }
    }

    /// Moves a row into the recycle bin.
    fn discard(&mut self, object: &'static str, id: &str, now: &str) {
        let Some(mut row) = self.rows.get_mut(object).and_then(|table| table.remove(id)) else {
            return;
        };
        row.insert("IsDeleted".to_owned(), true.into());
        row.insert("SystemModstamp".to_owned(), now.into());
        self.deleted.entry(object).or_default().insert(id.to_owned(), row);
    }
}

/// What an answer in an API version shows in a field: of a file not its bytes but where they are.
pub(super) fn shown(row: &Row, field: &Field, object: &str, version: &str) -> Value {
    match read(row, field) {
        Value::String(_) if matches!(field.kind, Kind::Base64) => {
            format!("/services/data/{version}/sobjects/{object}/{}/{}", text(row, "Id"), field.name).into()
        }
        value => value,
    }
}

/// What is in a field: what was written, else false for a checkbox and null for the rest.
pub(super) fn read(row: &Row, field: &Field) -> Value {
    match row.get(field.name) {
        Some(value) => value.clone(),
        None if matches!(field.kind, Kind::Boolean) => Value::Bool(false),
        None => Value::Null,
    }
}

/// A text of a row, empty when there is none.
pub(super) fn text<'a>(row: &'a Row, field: &str) -> &'a str {
    row.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// A checkbox of a row.
pub(super) fn flag(row: &Row, field: &str) -> bool {
    row.get(field).and_then(Value::as_bool).unwrap_or_default()
}

/// A number of a row.
pub(super) fn amount(row: &Row, field: &str) -> Option<Decimal> {
    row.get(field).and_then(decimal)
}
