//! Describe: what objects and fields the caller sees. A feature that is off hides its part.

use serde_json::{Value, json};

use super::call::{Call, Context};
use super::schema::{self, Access, Field, Kind, Nature, Object};

/// The list of all objects.
pub(super) fn global(context: &Context<'_>, call: &Call) -> Value {
    let objects: Vec<Value> = schema::objects(context.state.features).map(|object| summary(call, object)).collect();
    json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects })
}

/// An object without its fields.
pub(super) fn basic(call: &Call, object: &Object) -> Value {
    json!({ "objectDescribe": summary(call, object), "recentItems": [] })
}

/// An object with fields and child relationships.
pub(super) fn object(context: &Context<'_>, call: &Call, object: &'static Object) -> Value {
    let features = context.state.features;
    let mut described = summary(call, object);
    let fields: Vec<Value> = object.fields(features).map(|one| field(context, object, one)).collect();
    let children: Vec<Value> = object
        .children(features)
        .map(|(child, field, relationship)| {
            json!({
                "childSObject": child.name,
                "field": field.name,
                "relationshipName": relationship,
                "cascadeDelete": matches!(field.kind, Kind::Reference(to) if to.on_delete == schema::OnDelete::Cascade),
                "deprecatedAndHidden": false
            })
        })
        .collect();
    let master = json!([{
        "active": true, "available": true, "defaultRecordTypeMapping": true, "developerName": "Master",
        "master": true, "name": "Master", "recordTypeId": "012000000000000AAA"
    }]);
    if let Some(described) = described.as_object_mut() {
        described.insert("fields".to_owned(), fields.into());
        described.insert("childRelationships".to_owned(), children.into());
        described.insert("recordTypeInfos".to_owned(), master);
    }
    described
}

fn summary(call: &Call, object: &Object) -> Value {
    let record = object.nature == Nature::Record;
    let base = format!("/services/data/{}/sobjects/{}", call.version, object.name);
    json!({
        "name": object.name,
        "label": object.label,
        "labelPlural": object.plural,
        "keyPrefix": object.prefix,
        "custom": object.custom(),
        "customSetting": false,
        "queryable": true,
        "retrieveable": true,
        "createable": record,
        "updateable": record,
        "deletable": record,
        "undeletable": record && object.recycled,
        "replicateable": record,
        "deprecatedAndHidden": false,
        "urls": {
            "sobject": base,
            "describe": format!("{base}/describe"),
            "rowTemplate": format!("{base}/{{ID}}")
        }
    })
}

fn field(context: &Context<'_>, object: &Object, field: &Field) -> Value {
    let record = object.nature == Nature::Record;
    let (digits, scale) = match field.kind {
        Kind::Number(digits, scale) | Kind::Currency(digits, scale) => (digits, scale),
        Kind::Percent => (3, 0),
        _ => (0, 0),
    };
    let whole = if matches!(field.kind, Kind::Int) { 9 } else { 0 };
    let (to, relationship) = match field.kind {
        Kind::Reference(reference) => (vec![reference.to], Some(reference.relationship)),
        _ => (Vec::new(), None),
    };
    let (values, restricted) = match field.kind {
        Kind::Picklist { values, restricted } => (context.state.store.values(values), restricted),
        _ => (Vec::new(), false),
    };
    let values: Vec<Value> = values
        .into_iter()
        .map(|(value, label)| json!({ "active": true, "defaultValue": false, "label": label, "validFor": null, "value": value }))
        .collect();
    let defaulted = matches!(field.kind, Kind::Boolean) || matches!(field.name, "OwnerId" | "CurrencyIsoCode" | "Probability");
    json!({
        "name": field.name,
        "label": field.label,
        "type": field.describe_type(),
        "custom": field.custom(),
        "createable": record && field.access != Access::ReadOnly,
        "updateable": record && field.access == Access::Writable,
        "nillable": !field.required && !matches!(field.kind, Kind::Boolean | Kind::Id),
        "defaultedOnCreate": defaulted,
        "calculated": false,
        "filterable": field.filterable(),
        "sortable": field.filterable(),
        "groupable": field.filterable(),
        "length": field.length,
        "byteLength": field.length * 3,
        "precision": digits + scale,
        "scale": scale,
        "digits": whole,
        "unique": field.unique,
        "externalId": field.external_id,
        "idLookup": field.external_id || matches!(field.kind, Kind::Id),
        "caseSensitive": false,
        "nameField": field.name == "Name",
        "restrictedPicklist": restricted,
        "dependentPicklist": false,
        "controllerName": null,
        "picklistValues": values,
        "referenceTo": to,
        "relationshipName": relationship,
        "compoundFieldName": null,
        "permissionable": record && !field.required && field.access != Access::ReadOnly,
        "inlineHelpText": null
    })
}
