//! What the UI API says about objects: fields, child relationships, picklist values.

use serde_json::{Map, Value, json};

use super::super::call::{Call, Context, Reply};
use super::super::errors::ApiError;
use super::super::schema::{Access, Field, Kind, Object, Values, object, objects};
use super::super::store;
use super::record::{MASTER_TYPE, tag};
use super::{supported, unsupported};

/// The objects the UI API reaches.
pub(super) fn directory(context: &Context<'_>, call: &Call) -> Reply {
    let known: Map<String, Value> = objects(context.state.features)
        .filter(|object| supported(object))
        .map(|object| {
            let url = format!("/services/data/{}/ui-api/object-info/{}", call.version, object.name);
            let entry = json!({
                "apiName": object.name,
                "keyPrefix": object.prefix,
                "label": object.label,
                "labelPlural": object.plural,
                "objectInfoUrl": url
            });
            (object.name.to_owned(), entry)
        })
        .collect();
    Reply::ok(json!({ "eTag": tag(&known), "objects": known }))
}

/// One object with its fields.
pub(super) fn object_info(context: &Context<'_>, name: &str) -> Result<Reply, ApiError> {
    let features = context.state.features;
    let target = reachable(context, name)?;
    let fields: Map<String, Value> = target.fields(features).map(|one| (one.name.to_owned(), field(one))).collect();
    let children: Vec<Value> = target
        .children(features)
        .filter(|(child, _, _)| supported(child))
        .map(|(child, field, relationship)| {
            json!({
                "childObjectApiName": child.name,
                "fieldName": field.name,
                "junctionIdListNames": [],
                "junctionReferenceTo": [],
                "relationshipName": relationship
            })
        })
        .collect();
    let writable = target.nature == super::super::schema::Nature::Record;
    let mut types = Map::new();
    types.insert(
        MASTER_TYPE.to_owned(),
        json!({
            "available": true, "defaultRecordTypeMapping": true, "master": true,
            "name": "Master", "recordTypeId": MASTER_TYPE
        }),
    );
    Ok(Reply::ok(json!({
        "apiName": target.name,
        "childRelationships": children,
        "createable": writable,
        "custom": target.custom(),
        "defaultRecordTypeId": MASTER_TYPE,
        "deletable": writable,
        "dependentFields": {},
        "eTag": tag(&fields),
        "feedEnabled": false,
        "fields": fields,
        "keyPrefix": target.prefix,
        "label": target.label,
        "labelPlural": target.plural,
        "layoutable": true,
        "mruEnabled": true,
        "nameFields": if target.field("Name", features).is_some() { vec!["Name"] } else { Vec::new() },
        "queryable": true,
        "recordTypeInfos": types,
        "searchable": true,
        "themeInfo": null,
        "updateable": writable
    })))
}

fn reachable(context: &Context<'_>, name: &str) -> Result<&'static Object, ApiError> {
    object(name, context.state.features).filter(|target| supported(target)).ok_or_else(|| unsupported(name))
}

fn field(field: &Field) -> Value {
    let (to, relationship) = match field.kind {
        Kind::Reference(reference) => {
            let to = json!([{ "apiName": reference.to, "nameFields": ["Name"] }]);
            (to, Some(reference.relationship))
        }
        _ => (json!([]), None),
    };
    let (digits, scale) = match field.kind {
        Kind::Number(digits, scale) | Kind::Currency(digits, scale) => (digits, scale),
        _ => (0, 0),
    };
    json!({
        "apiName": field.name,
        "calculated": false,
        "compound": false,
        "compoundComponentName": null,
        "compoundFieldName": null,
        "controllerName": null,
        "controllingFields": [],
        "createable": field.access != Access::ReadOnly,
        "custom": field.custom(),
        "dataType": data_type(field),
        "filterable": field.filterable(),
        "highScaleNumber": false,
        "htmlFormatted": false,
        "inlineHelpText": null,
        "label": field.label,
        "length": field.length,
        "nameField": field.name == "Name",
        "polymorphicForeignKey": false,
        "precision": digits + scale,
        "reference": relationship.is_some(),
        "referenceTargetField": null,
        "referenceToInfos": to,
        "relationshipName": relationship,
        "required": field.required,
        "scale": scale,
        "searchPrefilterable": false,
        "sortable": field.filterable(),
        "unique": field.unique,
        "updateable": field.access == Access::Writable
    })
}

/// The type as the UI API names it: describe's name in camel case.
fn data_type(field: &Field) -> &'static str {
    match field.kind {
        Kind::Id | Kind::Reference(_) => "Reference",
        Kind::Text => "String",
        Kind::TextArea | Kind::LongText => "TextArea",
        Kind::Base64 => "Base64",
        Kind::Email => "Email",
        Kind::Phone => "Phone",
        Kind::Url => "Url",
        Kind::Boolean => "Boolean",
        Kind::Int => "Int",
        Kind::Number(..) => "Double",
        Kind::Currency(..) => "Currency",
        Kind::Percent => "Percent",
        Kind::Date => "Date",
        Kind::DateTime => "DateTime",
        Kind::Picklist { .. } => "Picklist",
    }
}

/// The values of every picklist of an object.
pub(super) fn all_picklists(context: &Context<'_>, call: &Call, name: &str) -> Result<Reply, ApiError> {
    let target = reachable(context, name)?;
    let picklists: Map<String, Value> = target
        .fields(context.state.features)
        .filter_map(|field| Some((field.name.to_owned(), values(context, call, target, field)?)))
        .collect();
    Ok(Reply::ok(json!({ "eTag": tag(&picklists), "picklistFieldValues": picklists })))
}

/// The values of one picklist.
pub(super) fn picklist(context: &Context<'_>, call: &Call, name: &str, field: &str) -> Result<Reply, ApiError> {
    let target = reachable(context, name)?;
    target.field(field, context.state.features).and_then(|field| values(context, call, target, field)).map(Reply::ok).ok_or_else(
        || {
            let message = format!("Field {field} is not a picklist of {}", target.name);
            ApiError::new(400, "INVALID_FIELD", message)
        },
    )
}

fn values(context: &Context<'_>, call: &Call, target: &Object, field: &Field) -> Option<Value> {
    let Kind::Picklist { values, .. } = field.kind else {
        return None;
    };
    let store = &context.state.store;
    let entries: Vec<Value> = store
        .values(values)
        .into_iter()
        .map(|(value, label)| {
            let stage = matches!(values, Values::Stages)
                .then(|| store.rows_named("OpportunityStage").find(|row| store::text(row, "ApiName") == value));
            let attributes = stage.flatten().map(|stage| {
                json!({
                    "closed": store::flag(stage, "IsClosed"),
                    "won": store::flag(stage, "IsWon"),
                    "defaultProbability": stage.get("DefaultProbability"),
                    "forecastCategoryName": stage.get("ForecastCategoryName")
                })
            });
            json!({ "attributes": attributes, "label": label, "validFor": [], "value": value })
        })
        .collect();
    let mut tagged = Map::new();
    tagged.insert("values".to_owned(), entries.clone().into());
    let url = format!(
        "/services/data/{}/ui-api/object-info/{}/picklist-values/{MASTER_TYPE}/{}",
        call.version, target.name, field.name
    );
    Some(json!({
        "controllerValues": {},
        "defaultValue": null,
        "eTag": tag(&tagged),
        "url": url,
        "values": entries
    }))
}
