//! `/sobjects/{Object}/updated` and `/deleted`: the ids of the records that were written, or deleted, in a span of time.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::call::{Call, Context, Reply};
use super::errors::ApiError;
use super::schema::{Nature, Object};
use super::{moment, store};

/// How far back the org remembers.
const MEMORY: Duration = Duration::days(30);

/// Ids of the records that were created or changed in the span.
pub(super) fn updated(context: &Context<'_>, call: &Call, target: &Object) -> Result<Reply, ApiError> {
    let span = Span::of(context, call, target)?;
    let rows = context.state.store.rows(target).filter(|row| span.holds(store::text(row, "SystemModstamp")));
    let ids: Vec<&str> = rows.map(|row| store::text(row, "Id")).collect();
    Ok(Reply::ok(json!({ "ids": ids, "latestDateCovered": moment::rest(span.covered(context)) })))
}

/// Ids and moments of the records that were deleted in the span, those too that never lie in the recycle bin.
pub(super) fn deleted(context: &Context<'_>, call: &Call, target: &Object) -> Result<Reply, ApiError> {
    let span = Span::of(context, call, target)?;
    let gone = context.state.store.deletions(target).filter(|(_, when)| span.holds(when));
    let records: Vec<Value> = gone.map(|(id, when)| json!({ "id": id, "deletedDate": when })).collect();
    Ok(Reply::ok(json!({
        "deletedRecords": records,
        "earliestDateAvailable": moment::rest(minute(context.now - MEMORY)),
        "latestDateCovered": moment::rest(span.covered(context))
    })))
}

/// What the call asks about. Seconds do not count, at either end.
struct Span {
    start: OffsetDateTime,
    end: OffsetDateTime,
}

impl Span {
    fn of(context: &Context<'_>, call: &Call, target: &Object) -> Result<Self, ApiError> {
        if call.method != "GET" {
            return Err(ApiError::method(&call.method));
        }
        if target.nature != Nature::Record {
            let message = format!("entity type {} does not support replication", target.name);
            return Err(ApiError::new(400, "INVALID_TYPE", message));
        }
        let read = |name: &str| {
            call.parameter(name).and_then(moment::parse_datetime).map(minute).ok_or_else(|| {
                let message = format!("Invalid or missing date and time in the parameter {name}");
                ApiError::new(400, "INVALID_REPLICATION_DATE", message)
            })
        };
        let span = Self { start: read("start")?, end: read("end")? };
        let refuse = |message: &str| Err(ApiError::new(400, "INVALID_REPLICATION_DATE", message));
        if span.start >= span.end {
            return refuse("startDate must chronologically precede endDate by more than one minute");
        }
        if span.start < minute(context.now - MEMORY) {
            return refuse("startDate before the last 30 days");
        }
        Ok(span)
    }

    fn holds(&self, stamp: &str) -> bool {
        moment::parse_datetime(stamp).is_some_and(|stamp| self.start <= stamp && stamp < self.end)
    }

    /// Up to when nothing can be missing: not beyond now, nor beyond the start of a transaction that is still open.
    fn covered(&self, context: &Context<'_>) -> OffsetDateTime {
        let open = context.state.store.open_since().unwrap_or(context.now);
        minute(self.end.min(context.now).min(open))
    }
}

fn minute(moment: OffsetDateTime) -> OffsetDateTime {
    moment.replace_second(0).and_then(|moment| moment.replace_nanosecond(0)).unwrap_or(moment)
}
