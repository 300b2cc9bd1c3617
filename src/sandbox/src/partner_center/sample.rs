//! A create document that the service takes, for the tests of this module.

use serde_json::{Value, json};

use super::document::Document;

/// The first document of a co-sell deal.
pub(super) fn referral() -> Value {
    json!({
        "name": "Cold store modernisation",
        "externalReferenceId": "006Qy00000AbCdEIAV",
        "qualification": "SalesQualified",
        "type": "Shared",
        "target": [ { "type": "SolutionProfile", "id": "SOL-20417-KXD" } ],
        "status": "New",
        "substatus": "Pending",
        "customerProfile": {
            "name": "Polarhaus Logistik GmbH",
            "address": { "addressLine1": "Hafenstraße 12", "city": "Hamburg", "postalCode": "20457", "country": "DE" },
            "team": [ {
                "firstName": "Ada", "lastName": "Okafor", "phoneNumber": "+49 40 5550123",
                "email": "ada.okafor@polarhaus.example"
            } ]
        },
        "consent": {
            "consentToToShareInfoWithOthers": true, "consentToContact": true,
            "consentToShareReferralWithMicrosoftSellers": true
        },
        "details": {
            "notes": "Moves its warehouse management to Azure.", "dealValue": 84000, "currency": "EUR",
            "closingDateTime": "2027-03-31T00:00:00Z",
            "requirements": { "solutions": [ { "id": "SOL-20417-KXD", "name": "Warehouse Insight", "type": "Name" } ] }
        },
        "team": [ {
            "firstName": "Jo", "lastName": "Lindqvist", "phoneNumber": "+46 8 555 0100",
            "email": "jo.lindqvist@partner.example"
        } ],
        "inviteContext": { "assistanceRequestCode": "Unknown" }
    })
}

/// The second document: Microsoft's referral in that engagement.
pub(super) fn microsoft(engagement: &str) -> Value {
    let mut document = referral();
    document["engagementId"] = json!(engagement);
    document["target"] = json!([ { "type": "BusinessProfileLocation", "id": "msft" } ]);
    document["inviteContext"] = json!({ "assistanceRequestCode": "ProofOfConceptOrDemo", "notes": "A demo, please." });
    document
}

/// As the object it is.
pub(super) fn object(value: Value) -> Document {
    match value {
        Value::Object(members) => members,
        other => panic!("not an object: {other}"),
    }
}

/// With the value at a JSON pointer replaced, or taken away when there is none.
pub(super) fn changed(mut document: Value, pointer: &str, value: Option<Value>) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = document.pointer_mut(parent).and_then(Value::as_object_mut).expect("a parent");
    match value {
        Some(value) => parent.insert(name.to_owned(), value),
        None => parent.remove(name),
    };
    document
}

/// A patch that replaces one value.
pub(super) fn replace(path: &str, value: Value) -> Value {
    let mut operation = object(json!({ "op": "replace", "path": path }));
    operation.insert("value".to_owned(), value);
    Value::Array(vec![Value::Object(operation)])
}
