//! Creating, changing and deleting records as the data APIs do it, with every check of the platform.
//! Must not know which API the call came by.

use serde_json::Value;

use super::super::errors::ApiError;
use super::super::rules::{self, Rules};
use super::super::schema::{Access, Field, Kind, Nature, Object, OnDelete, Reference, Values, object, objects};
use super::super::{Features, ids, moment};
use super::{Row, Store, flag, hooks, text, value};

/// Everything a write needs to know about its surroundings.
pub(in crate::salesforce) struct Writer<'a> {
    /// The rows.
    pub(in crate::salesforce) store: &'a mut Store,
    /// The org's features.
    pub(in crate::salesforce) features: Features,
    /// The moment of the transaction.
    pub(in crate::salesforce) now: time::OffsetDateTime,
    /// Id of the user who writes.
    pub(in crate::salesforce) user: String,
    /// The org's own rules.
    pub(in crate::salesforce) rules: &'a Rules,
    /// Whether the caller saves what only an alert warns of.
    pub(in crate::salesforce) allow_duplicates: bool,
    /// Set while the org is filled: read-only fields may be written and picklists are not restricted.
    pub(in crate::salesforce) setup: bool,
}

impl<'a> Writer<'a> {
    /// Writes as whoever fills the org: by its first user, and past what holds for everybody else. While the sample data is read that
    /// user is not there yet, not even when its own record is written.
    pub(in crate::salesforce) fn of_setup(store: &'a mut Store, features: Features, now: time::OffsetDateTime) -> Self {
        Self { store, features, now, user: ids::nth("005", 1), rules: rules::NONE, allow_duplicates: true, setup: true }
    }
}

impl Writer<'_> {
    /// Creates a record and gives its id.
    pub(in crate::salesforce) fn create(&mut self, object: &'static Object, body: &Row) -> Result<String, ApiError> {
        if object.nature != Nature::Record && !self.setup {
            return Err(Self::not_writable(object, "inserted"));
        }
        let written = self.accept(object, body, Access::CreateOnly)?;
        if let Some(existing) = self.same_member(object, &written) {
            let role = written.into_iter().filter(|(name, _)| name != "UserId" && name != "OpportunityId");
            self.store_changes(object, &existing, &role.collect())?;
            return Ok(existing);
        }
        let mut row = self.defaults(object);
        let mut changed: Vec<&str> = written.keys().map(String::as_str).collect();
        row.extend(written.clone());
        hooks::derive(self.store, self.features, object.name, &mut row, &changed)?;
        changed.extend(hooks::trigger(object.name, &mut row));
        self.check(object, None, &row, &changed, true)?;
        self.check_rules(object, None, &row, &changed)?;
        for (field, value) in [("CreatedDate", moment::rest(self.now)), ("CreatedById", self.user.clone())] {
            row.insert(field.to_owned(), value.into());
        }
        self.stamp(&mut row);
        let contact = (object.name == "Opportunity").then(|| row.remove("ContactId")).flatten();
        let primary = flag(&row, "IsPrimary");
        let parent = text(&row, "OpportunityId").to_owned();
        let id = self.store.insert(object, row);
        if object.name == "OpportunityContactRole" && primary {
            self.only_primary(&parent, &id);
        }
        if object.name == "ContentNote" {
            self.add_document(&id)?;
        }
        if let Some(contact) = contact.filter(|contact| !contact.is_null()) {
            self.add_primary_contact(&id, contact)?;
        }
        Ok(id)
    }

    /// Changes the fields of a record that the body names; null empties a field.
    pub(in crate::salesforce) fn update(&mut self, object: &'static Object, id: &str, body: &Row) -> Result<(), ApiError> {
        if object.nature != Nature::Record && !self.setup {
            return Err(Self::not_writable(object, "updated"));
        }
        let id = text(self.store.find(object, id)?, "Id").to_owned();
        let written = self.accept(object, body, Access::Writable)?;
        self.store_changes(object, &id, &written)
    }

    /// Deletes a record, with the rows that belong to it.
    pub(in crate::salesforce) fn delete(&mut self, target: &'static Object, id: &str) -> Result<(), ApiError> {
        if target.nature != Nature::Record {
            return Err(Self::not_writable(target, "deleted"));
        }
        let id = text(self.store.find(target, id)?, "Id").to_owned();
        self.store.unlocked(target.name, &id)?;
        let now = moment::rest(self.now);
        self.store.discard(target.name, &id, &now);
        self.delete_counterpart(target.name, &id)?;
        for (child, field, on_delete) in self.references_to(target) {
            let pointing: Vec<String> =
                self.store.rows(child).filter(|row| text(row, field.name) == id).map(|row| text(row, "Id").to_owned()).collect();
            for row in pointing {
                match on_delete {
                    OnDelete::Cascade => self.delete(child, &row)?,
                    OnDelete::SetNull => self.empty(child, &row, field),
                    OnDelete::Keep => {}
                }
            }
        }
        Ok(())
    }

    /// Reads the fields a caller wrote: known ones, writable ones, of the right type.
    fn accept(&self, object: &Object, body: &Row, needed: Access) -> Result<Row, ApiError> {
        let mut written = Row::new();
        for (name, value) in body.iter().filter(|(name, _)| *name != "attributes") {
            let field = object.field(name, self.features).ok_or_else(|| {
                let message = format!("No such column '{name}' on sobject of type {}", object.name);
                ApiError::new(400, "INVALID_FIELD", message)
            })?;
            if matches!(field.kind, Kind::Id) && !self.setup {
                let message = "The Id field should not be specified in the sobject data.";
                return Err(ApiError::new(400, "INVALID_FIELD", message));
            }
            let writable = field.access == Access::Writable || field.access == needed;
            if !writable && !self.setup {
                let message = format!(
                    "Unable to create/update fields: {}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.",
                    field.name
                );
                return Err(ApiError::on(&[field.name], "INVALID_FIELD_FOR_INSERT_UPDATE", message));
            }
            let stored = match field.kind {
                Kind::Picklist { .. } if self.setup => value.clone(),
                _ => value::coerce(self.store, field, value)?,
            };
            written.insert(field.name.to_owned(), stored);
        }
        Ok(written)
    }

    fn defaults(&self, object: &Object) -> Row {
        let mut row = Row::new();
        for field in object.fields(self.features) {
            let value: Value = match (field.name, field.kind) {
                ("OwnerId", _) => self.user.clone().into(),
                ("CurrencyIsoCode", _) => self.store.corporate_currency().into(),
                ("OpportunityAccessLevel", _) => "Read".into(),
                ("ShareType", _) => "V".into(),
                ("Visibility", _) => "AllUsers".into(),
                ("Status", Kind::Picklist { values: Values::LeadStatuses, .. }) => self.store.default_lead_status().into(),
                (_, Kind::Boolean) => false.into(),
                _ => continue,
            };
            row.insert(field.name.to_owned(), value);
        }
        row
    }

    fn store_changes(&mut self, object: &'static Object, id: &str, written: &Row) -> Result<(), ApiError> {
        let mut row = self.store.find(object, id)?.clone();
        self.store.unlocked(object.name, id)?;
        if object.name == "Lead" && flag(&row, "IsConverted") && !self.setup {
            return Err(ApiError::on(&[], "CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference converted lead"));
        }
        let mut changed: Vec<&str> = written.keys().map(String::as_str).collect();
        // The sum of its products is the amount; another amount is dropped without an error.
        if object.name == "Opportunity" && flag(&row, "HasOpportunityLineItem") && !self.setup {
            changed.retain(|field| *field != "Amount");
        }
        for name in &changed {
            row.insert((*name).to_owned(), written.get(*name).cloned().unwrap_or_default());
        }
        hooks::derive(self.store, self.features, object.name, &mut row, &changed)?;
        changed.extend(hooks::trigger(object.name, &mut row));
        self.check(object, Some(id), &row, &changed, false)?;
        self.check_rules(object, Some(id), &row, &changed)?;
        self.stamp(&mut row);
        let primary = changed.contains(&"IsPrimary") && flag(&row, "IsPrimary");
        let parent = text(&row, "OpportunityId").to_owned();
        self.store.replace(object.name, id, row);
        if object.name == "ContentNote" {
            self.copy_document(id);
        }
        if object.name == "OpportunityContactRole" && primary {
            self.only_primary(&parent, id);
        }
        Ok(())
    }

    /// The checks that need the whole record or other records.
    fn check(&self, object: &Object, id: Option<&str>, row: &Row, changed: &[&str], whole: bool) -> Result<(), ApiError> {
        let empty = |field: &Field| row.get(field.name).is_none_or(Value::is_null);
        let missing: Vec<&str> = object
            .fields(self.features)
            .filter(|field| field.required && empty(field) && (whole || changed.contains(&field.name)))
            .map(|field| field.name)
            .collect();
        if !missing.is_empty() {
            let message = format!("Required fields are missing: [{}]", missing.join(", "));
            return Err(ApiError::on(&missing, "REQUIRED_FIELD_MISSING", message));
        }
        for field in object.fields(self.features).filter(|field| changed.contains(&field.name)) {
            if empty(field) {
                continue;
            }
            if let Kind::Reference(reference) = field.kind {
                self.check_reference(field, reference, text(row, field.name))?;
            }
            // Sample data may hold a doubled identifier: orgs that got one before the field was made unique do.
            if field.unique && !self.setup {
                self.check_unique(object, id, field, text(row, field.name))?;
            }
        }
        if object.name == "Lead" && changed.contains(&"Status") && !self.setup {
            return self.check_status(text(row, "Status"));
        }
        Ok(())
    }

    /// Only a conversion gives a lead a status of converted leads.
    fn check_status(&self, status: &str) -> Result<(), ApiError> {
        let converted = |row: &Row| text(row, "ApiName") == status && flag(row, "IsConverted");
        if self.store.rows_named("LeadStatus").any(converted) {
            return Err(ApiError::on(&["Status"], "INVALID_STATUS", format!("invalid status: {status}")));
        }
        Ok(())
    }

    fn check_reference(&self, field: &Field, to: &Reference, id: &str) -> Result<(), ApiError> {
        let mut known = to.objects().filter_map(|name| object(name, self.features));
        let Some(parent) = known.find(|parent| parent.prefix == ids::prefix(id)) else {
            let message = format!("{}: id value of incorrect type: {id}", field.label);
            return Err(ApiError::on(&[field.name], "FIELD_INTEGRITY_EXCEPTION", message));
        };
        if let Some(row) = self.store.get(parent.name, id) {
            let inactive = parent.name == "User" && !flag(row, "IsActive");
            if inactive && matches!(field.name, "OwnerId" | "UserId") && !self.setup {
                let message = "operation performed with inactive user";
                return Err(ApiError::on(&[field.name], "INACTIVE_OWNER_OR_USER", message));
            }
            return Ok(());
        }
        if self.store.is_deleted(parent.name, id) {
            return Err(ApiError::on(&[], "ENTITY_IS_DELETED", "entity is deleted"));
        }
        Err(ApiError::on(&[field.name], "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id"))
    }

    fn check_unique(&self, object: &Object, id: Option<&str>, field: &Field, value: &str) -> Result<(), ApiError> {
        let taken =
            self.store.rows(object).find(|row| text(row, field.name).eq_ignore_ascii_case(value) && Some(text(row, "Id")) != id);
        match taken {
            None => self.store.unclaimed(object.name, id, field.name, value),
            Some(row) => {
                let message = format!(
                    "duplicate value found: {} duplicates value on record with id: {}",
                    field.name,
                    text(row, "Id").get(..15).unwrap_or_default()
                );
                Err(ApiError::on(&[], "DUPLICATE_VALUE", message))
            }
        }
    }

    fn stamp(&self, row: &mut Row) {
        let now = moment::rest(self.now);
        row.insert("LastModifiedDate".to_owned(), now.clone().into());
        row.insert("LastModifiedById".to_owned(), self.user.clone().into());
        row.insert("SystemModstamp".to_owned(), now.into());
    }

    /// Creating a team member who is on the team already changes that row instead.
    fn same_member(&self, object: &Object, written: &Row) -> Option<String> {
        if object.name != "OpportunityTeamMember" {
            return None;
        }
        let same = |row: &&Row| ["OpportunityId", "UserId"].iter().all(|field| text(row, field) == text(written, field));
        self.store.rows(object).find(same).map(|row| text(row, "Id").to_owned())
    }

    /// An opportunity has one primary contact role at most.
    fn only_primary(&mut self, opportunity: &str, id: &str) {
        let others: Vec<Row> = self
            .store
            .rows_named("OpportunityContactRole")
            .filter(|row| text(row, "OpportunityId") == opportunity && text(row, "Id") != id)
            .filter(|row| flag(row, "IsPrimary"))
            .cloned()
            .collect();
        for mut row in others {
            row.insert("IsPrimary".to_owned(), false.into());
            self.stamp(&mut row);
            let id = text(&row, "Id").to_owned();
            self.store.replace("OpportunityContactRole", &id, row);
        }
    }

    /// `ContactId` of a new opportunity makes the primary contact role.
    fn add_primary_contact(&mut self, opportunity: &str, contact: Value) -> Result<(), ApiError> {
        let Some(role) = object("OpportunityContactRole", self.features) else {
            return Ok(());
        };
        let mut body = Row::new();
        body.insert("OpportunityId".to_owned(), opportunity.into());
        body.insert("ContactId".to_owned(), contact);
        body.insert("IsPrimary".to_owned(), true.into());
        self.create(role, &body).map(|_| ())
    }

    fn empty(&mut self, object: &'static Object, id: &str, field: &Field) {
        if let Some(mut row) = self.store.get(object.name, id).cloned() {
            row.insert(field.name.to_owned(), Value::Null);
            self.stamp(&mut row);
            self.store.replace(object.name, id, row);
        }
    }

    fn references_to(&self, target: &Object) -> Vec<(&'static Object, &'static Field, OnDelete)> {
        objects(self.features)
            .flat_map(|child| child.fields(self.features).map(move |field| (child, field)))
            .filter_map(|(child, field)| match field.kind {
                Kind::Reference(reference) if reference.leads_to(target.name) => Some((child, field, reference.on_delete)),
                _ => None,
            })
            .collect()
    }

    fn not_writable(object: &Object, done: &str) -> ApiError {
        let message = format!("entity type {} does not support being {done} over this API", object.name);
        ApiError::new(400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message)
    }
}
