//! Fills the org from the sample data. Records refer to each other by keys there; ids follow the order of the file.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::schema::{Kind, object};
use super::state::{Rights, State};
use super::store::{Row, Writer};
use super::{Features, OrgError, ids, moment};

/// The sample data that the sandbox carries.
pub(super) const SAMPLE: &str = include_str!("../../data/org.json");

/// A state with the rows of the sample data and no session.
pub(super) fn state(data: &str, integration_user: &str, now: OffsetDateTime) -> Result<State, OrgError> {
    let data: Value = serde_json::from_str(data).map_err(|error| OrgError::Data(error.to_string()))?;
    let mut state = State::default();
    let mut rights = BTreeMap::new();
    let writer = Writer::of_setup(&mut state.store, Features::default(), now);
    let mut seed = Seed { writer, data: &data, keys: BTreeMap::new() };
    seed.organization()?;
    seed.users(integration_user, &mut rights)?;
    seed.stages_statuses_and_currencies()?;
    seed.records("accounts", "Account")?;
    seed.records("contacts", "Contact")?;
    seed.records("leads", "Lead")?;
    seed.opportunities()?;
    seed.metadata()?;
    state.rights = rights;
    Ok(state)
}

struct Seed<'a> {
    writer: Writer<'a>,
    data: &'a Value,
    /// Ids by object and key.
    keys: BTreeMap<(&'static str, String), String>,
}

impl Seed<'_> {
    fn list(&self, name: &str) -> Vec<Map<String, Value>> {
        let items = self.data.get(name).and_then(Value::as_array);
        items.into_iter().flatten().filter_map(Value::as_object).cloned().collect()
    }

    /// Writes one record; a refusal names the object and the record.
    fn insert(&mut self, name: &'static str, mut body: Row) -> Result<String, OrgError> {
        let key = body.remove("key").and_then(|key| key.as_str().map(str::to_owned));
        self.resolve(name, &mut body)?;
        let target = object(name, self.writer.features).ok_or_else(|| OrgError::Data(format!("there is no object {name}")))?;
        let id = self.writer.create(target, &body).map_err(|error| {
            let which = key.clone().unwrap_or_default();
            OrgError::Data(format!("{name} {which}: {}: {}", error.code, error.message))
        })?;
        if let Some(key) = key {
            self.keys.insert((name, key), id.clone());
        }
        Ok(id)
    }

    /// Replaces keys by ids, and `+45` by the day 45 days from today.
    fn resolve(&self, name: &'static str, body: &mut Row) -> Result<(), OrgError> {
        for (short, field) in [("account", "AccountId"), ("owner", "OwnerId"), ("contact", "ContactId"), ("user", "UserId")] {
            if let Some(key) = body.remove(short) {
                body.insert(field.to_owned(), key);
            }
        }
        let Some(target) = object(name, self.writer.features) else {
            return Ok(());
        };
        for (field, value) in body.iter_mut() {
            let Some(field) = target.field(field, self.writer.features) else { continue };
            let Some(text) = value.as_str().map(str::to_owned) else { continue };
            match field.kind {
                Kind::Reference(reference) if ids::parse(&text).is_none() => {
                    let id = self
                        .keys
                        .get(&(reference.to, text.clone()))
                        .ok_or_else(|| OrgError::Data(format!("{name}: there is no {} {text}", reference.to)))?;
                    *value = id.clone().into();
                }
                Kind::Date => {
                    if let Some(days) = offset(&text) {
                        *value = moment::date(moment::days_after(self.writer.now, days)).into();
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn organization(&mut self) -> Result<(), OrgError> {
        let mut body = row(&[
            ("OrganizationType", "Enterprise Edition".into()),
            ("IsSandbox", false.into()),
            ("InstanceName", "SWE1".into()),
            ("LanguageLocaleKey", "en_US".into()),
            ("DefaultLocaleSidKey", "en_US".into()),
            ("TimeZoneSidKey", "GMT".into()),
        ]);
        body.extend(self.data.get("organization").and_then(Value::as_object).cloned().unwrap_or_default());
        self.insert("Organization", body).map(|_| ())
    }

    /// Users may carry `"rights": { "edit": false, "share": false, "administer": false }`. The integration user may edit, and neither
    /// share nor administer.
    fn users(&mut self, integration: &str, rights: &mut BTreeMap<String, Rights>) -> Result<(), OrgError> {
        let mut users = self.list("users");
        if !users.iter().any(|user| user.get("Username").and_then(Value::as_str) == Some(integration)) {
            users.push(row(&[
                ("Username", integration.into()),
                ("LastName", "Integration".into()),
                ("FirstName", "Cosell".into()),
                ("Email", integration.into()),
                ("rights", serde_json::json!({ "share": false, "administer": false })),
            ]));
        }
        for mut user in users {
            let granted = user.remove("rights").unwrap_or_default();
            let right = |name: &str| granted.get(name).and_then(Value::as_bool).unwrap_or(true);
            let held = Rights { edit: right("edit"), share: right("share"), administer: right("administer") };
            for (field, value) in [("LanguageLocaleKey", "en_US"), ("LocaleSidKey", "en_US"), ("TimeZoneSidKey", "GMT")] {
                user.entry(field).or_insert(value.into());
            }
            user.entry("IsActive").or_insert(true.into());
            user.entry("UserType").or_insert("Standard".into());
            let id = self.insert("User", user)?;
            rights.insert(id, held);
        }
        Ok(())
    }

    fn stages_statuses_and_currencies(&mut self) -> Result<(), OrgError> {
        for (place, mut stage) in self.list("stages").into_iter().enumerate() {
            let name = stage.get("MasterLabel").cloned().unwrap_or_default();
            stage.entry("ApiName").or_insert(name);
            stage.entry("IsActive").or_insert(true.into());
            stage.entry("SortOrder").or_insert((place + 1).into());
            self.insert("OpportunityStage", stage)?;
        }
        for (place, mut status) in self.list("leadStatuses").into_iter().enumerate() {
            let name = status.get("MasterLabel").cloned().unwrap_or_default();
            status.entry("ApiName").or_insert(name);
            status.entry("SortOrder").or_insert((place + 1).into());
            self.insert("LeadStatus", status)?;
        }
        for mut currency in self.list("currencies") {
            currency.entry("IsActive").or_insert(true.into());
            currency.entry("DecimalPlaces").or_insert(2.into());
            self.insert("CurrencyType", currency)?;
        }
        Ok(())
    }

    fn records(&mut self, list: &str, name: &'static str) -> Result<(), OrgError> {
        for body in self.list(list) {
            self.insert(name, body)?;
        }
        Ok(())
    }

    fn opportunities(&mut self) -> Result<(), OrgError> {
        let below = [
            ("contactRoles", "OpportunityContactRole", "OpportunityId"),
            ("team", "OpportunityTeamMember", "OpportunityId"),
            ("solutions", "Microsoft_Solution__c", "Opportunity__c"),
        ];
        for mut body in self.list("opportunities") {
            let children = below.map(|(list, name, parent)| (body.remove(list), name, parent));
            let id = self.insert("Opportunity", body)?;
            for (list, name, parent) in children {
                for child in list.as_ref().and_then(Value::as_array).into_iter().flatten() {
                    let mut child = child.as_object().cloned().unwrap_or_default();
                    child.insert(parent.to_owned(), id.clone().into());
                    self.insert(name, child)?;
                }
            }
        }
        Ok(())
    }

    fn metadata(&mut self) -> Result<(), OrgError> {
        let mut setting = named("Default", "Default");
        setting.extend(self.data.get("settings").and_then(Value::as_object).cloned().unwrap_or_default());
        self.insert("Cosell_Setting__mdt", setting)?;
        for mapping in self.list("fieldMappings") {
            let mut body = named(mapping.get("name").and_then(Value::as_str).unwrap_or_default(), "Mapping");
            body.extend(mapping.into_iter().filter(|(field, _)| field != "name"));
            self.insert("Cosell_Field_Mapping__mdt", body)?;
        }
        for solution in self.list("solutionCatalogue") {
            let text = |field: &str| solution.get(field).and_then(Value::as_str).unwrap_or_default();
            let mut body = named(text("identifier"), text("name"));
            for (field, from) in [
                ("Solution_Name__c", "name"),
                ("Solution_Identifier__c", "identifier"),
                ("Solution_Type__c", "type"),
                ("Publisher_Name__c", "publisher"),
            ] {
                body.insert(field.to_owned(), solution.get(from).cloned().unwrap_or_default());
            }
            self.insert("Cosell_Solution__mdt", body)?;
        }
        Ok(())
    }
}

/// The naming fields of a custom metadata record: a developer name has letters, digits and underscores only.
fn named(name: &str, label: &str) -> Row {
    let developer: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect();
    let label: String = label.chars().take(40).collect();
    row(&[
        ("DeveloperName", developer.clone().into()),
        ("QualifiedApiName", developer.into()),
        ("MasterLabel", label.clone().into()),
        ("Label", label.into()),
        ("Language", "en_US".into()),
    ])
}

fn row(fields: &[(&str, Value)]) -> Row {
    fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// The days of `+45` or `-3`.
fn offset(text: &str) -> Option<i64> {
    if text.starts_with(['+', '-']) { text.parse().ok() } else { None }
}
