//! Deals of somebody else, with which a list can be filled. They come from another system than the org and mean nothing.

use serde_json::{Value, json};

/// The create document of one such deal. Microsoft's sellers do not see it.
pub(super) fn deal(number: u16) -> Value {
    json!({
        "name": format!("Deal {number} of another system"),
        "externalReferenceId": format!("ELSEWHERE-{number:05}"),
        "type": "Independent",
        "qualification": "SalesQualified",
        "customerProfile": {
            "name": "Osterfjell Handel AS",
            "address": { "addressLine1": "Bryggegata 3", "city": "Bergen", "postalCode": "5003", "country": "NO" },
            "team": [ {
                "firstName": "Liv", "lastName": "Sandvik", "phoneNumber": "+47 55 50 01 99",
                "email": "liv.sandvik@osterfjell.example"
            } ]
        },
        "consent": {
            "consentToToShareInfoWithOthers": true, "consentToContact": false,
            "consentToShareReferralWithMicrosoftSellers": false
        },
        "details": {
            "dealValue": 1000, "currency": "NOK", "closingDateTime": "2030-06-30T00:00:00Z",
            "requirements": { "solutions": [ { "id": "SOL-10000-OTH", "name": "Something else", "type": "Name" } ] }
        }
    })
}
