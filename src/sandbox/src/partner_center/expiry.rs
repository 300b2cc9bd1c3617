//! The clock of an invitation: who does not answer in time finds it closed as expired (Microsoft Learn, "Manage co-sell
//! opportunities"). The service looks at it whenever it is asked anything, so that nobody sees an overdue one open.

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::document::{Document, set, text};
use super::lifecycle::enter;
use super::store::Store;
use crate::clock::seven_digits;

/// Closes what has waited too long, on whichever side. The moment it was to be answered by stays with it.
pub(super) fn expire(store: &mut Store, now: OffsetDateTime) {
    let overdue: Vec<Document> = store.all().iter().filter(|referral| is_overdue(referral, now)).cloned().collect();
    for mut referral in overdue {
        let moment = seven_digits(now);
        let due = referral.get("expirationDateTime").cloned().unwrap_or(Value::Null);
        enter(&mut referral, "Closed", "Expired", &moment);
        set(&mut referral, "expirationDateTime", due);
        store.replace(referral, &moment);
    }
}

fn is_overdue(referral: &Document, now: OffsetDateTime) -> bool {
    let due = OffsetDateTime::parse(text(referral, &["expirationDateTime"]), &Rfc3339);
    text(referral, &["status"]) == "New" && due.is_ok_and(|due| due <= now)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use time::Duration;

    use super::super::create::create;
    use super::super::sample::{microsoft, referral};
    use super::super::store::Store;
    use super::expire;
    use crate::clock::seven_digits;
    use crate::clock::test::START;

    #[test]
    fn an_invitation_expires_after_fourteen_days_and_nothing_else_does() {
        let mut store = Store::default();
        let own = Value::Object(create(&mut store, referral(), START, "https://partner.example").expect("ours"));
        let engagement = own["engagementId"].as_str().expect("an engagement");
        let sibling = create(&mut store, microsoft(engagement), START, "https://partner.example").expect("Microsoft's");
        store.take_changes();

        let due = START + Duration::days(14);
        expire(&mut store, due - Duration::MILLISECOND);
        assert_eq!(store.all()[1], sibling);
        expire(&mut store, due);
        let after = Value::Object(store.all()[1].clone());
        assert_eq!((&after["status"], &after["substatus"]), (&json!("Closed"), &json!("Expired")));
        assert_eq!((&after["closedDateTime"], &after["updatedDateTime"]), (&json!(seven_digits(due)), &json!(seven_digits(due))));
        assert_eq!(after["expirationDateTime"], sibling["expirationDateTime"]);
        assert_ne!(after["eTag"], sibling["eTag"]);
        assert_eq!(Value::Object(store.all()[0].clone()), own, "an accepted deal has all the time there is");
        assert_eq!(store.take_changes().len(), 1);
        expire(&mut store, due + Duration::DAY);
        assert_eq!(Value::Object(store.all()[1].clone()), after, "it ends once");
    }
}
