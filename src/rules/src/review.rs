//! The page's one question: would Microsoft accept this deal, what would it see, and what would change?
//!
//! Rows of text in ([`crate::row`]), JSON out. A request is the facts and then records, with [`row::FILE`] between them: for one
//! review the record as the seller sees it, the saved one where there are unsaved edits (else an empty part), and other open deals;
//! for many, just the records.

use time::Date;

use crate::{
    facts::{Facts, Sent},
    json::Json,
    map, message,
    model::{DealType, Opportunity},
    moment, row,
    salesforce::{self, Record},
    settings::Settings,
    text::{self, Parts},
    validate::{self, Case},
};

/// Why a request or a record could not be reviewed.
struct Unreadable {
    code: &'static str,
    detail: String,
}

/// Reviews one opportunity. Never fails: what can't be read is said in the answer.
pub fn review(request: &[u8], settings: &Settings) -> String {
    let mut json = Json::default();
    let answer = try_review(request, settings, &mut json);
    answer.map_or_else(|problem| unreadable(&problem), |()| json.into_text())
}

/// Reviews many opportunities in one call, each compared with those of its customer. Never fails.
pub fn review_all(request: &[u8], settings: &Settings) -> String {
    let mut json = Json::default();
    let answer = try_review_all(request, settings, &mut json);
    answer.map_or_else(|problem| unreadable(&problem), |()| json.into_text())
}

fn try_review(request: &[u8], settings: &Settings, json: &mut Json) -> Result<(), Unreadable> {
    let (facts, today, mut parts) = open(request)?;
    let record = Record::from_text(parts.next().unwrap_or_default());
    let opportunity = read(&record, settings)?;
    let saved_record = parts.next().filter(|part| !part.is_empty()).map(Record::from_text);
    let saved = saved_record.as_ref().map(|record| read(record, settings)).transpose()?;
    let records: Vec<_> = parts.map(Record::from_text).collect();
    let others: Vec<_> = records.iter().filter_map(|record| read(record, settings).ok()).collect();
    let peers: Vec<_> = others.iter().collect();
    let sent = facts.sent(Sent::of_record(saved.as_ref().unwrap_or(&opportunity)));
    let case = Case {
        edited: saved.is_some(),
        now: facts.now,
        sent: sent.as_ref(),
        caller: facts.caller.as_ref(),
        leaving: facts.leaving.as_ref(),
        registration: facts.registration.as_ref(),
        peers: &peers,
        ..Case::new(&opportunity, settings, today)
    };
    json.open('{');
    write_verdict(json, &case);
    json.key("preview");
    write_preview(json, &opportunity, settings, &facts.held);
    json.close('}');
    Ok(())
}

fn try_review_all(request: &[u8], settings: &Settings, json: &mut Json) -> Result<(), Unreadable> {
    let (facts, today, parts) = open(request)?;
    let records: Vec<_> = parts.filter(|part| !part.is_empty()).map(Record::from_text).collect();
    let deals: Vec<_> = records.iter().map(|record| read(record, settings)).collect();
    let by_customer = by_customer(&deals);
    json.open('{');
    json.member("status", "reviewed");
    json.key("reviews");
    json.open('[');
    for deal in &deals {
        json.open('{');
        match deal {
            Ok(opportunity) => {
                let sent = Sent::of_record(opportunity);
                let peers = of_customer(&by_customer, customer(opportunity));
                let case = Case { now: facts.now, sent: sent.as_ref(), peers, ..Case::new(opportunity, settings, today) };
                write_verdict(json, &case);
            }
            Err(problem) => write_unreadable(json, problem),
        }
        json.close('}');
    }
    json.close(']');
    json.close('}');
    Ok(())
}

/// The deals in the order of their customers, so that each is compared with those of its own alone.
fn by_customer<'d, 'a>(deals: &'d [Result<Opportunity<'a>, Unreadable>]) -> Vec<&'d Opportunity<'a>> {
    let mut sorted: Vec<&Opportunity<'a>> = Vec::with_capacity(deals.len());
    for deal in deals.iter().flatten() {
        let place = sorted.partition_point(|known| customer(known) <= customer(deal));
        sorted.insert(place, deal);
    }
    sorted
}

fn of_customer<'d, 'a>(sorted: &'d [&'d Opportunity<'a>], id: &str) -> &'d [&'d Opportunity<'a>] {
    let start = sorted.partition_point(|known| customer(known) < id);
    let end = sorted.partition_point(|known| customer(known) <= id);
    sorted.get(start..end).unwrap_or_default()
}

fn customer<'a>(deal: &Opportunity<'a>) -> &'a str {
    deal.account.as_ref().map_or("", |account| account.id)
}

/// The facts of a request, its day, and the records that follow.
fn open(request: &[u8]) -> Result<(Facts<'_>, Date, Parts<'_>), Unreadable> {
    let unreadable = |detail: String| Unreadable { code: "request.unreadable", detail };
    let text = str::from_utf8(request).map_err(|_| unreadable("the request is not UTF-8".into()))?;
    let mut parts = text::split(text, row::FILE as u8);
    let facts = Facts::of_pairs(row::pairs(parts.next().unwrap_or_default())).map_err(|error| unreadable(error.text()))?;
    let today = moment::parse_day(facts.today).ok_or_else(|| unreadable(["today is not YYYY-MM-DD: ", facts.today].concat()))?;
    Ok((facts, today, parts))
}

fn read<'a>(record: &Record<'a>, settings: &'a Settings) -> Result<Opportunity<'a>, Unreadable> {
    salesforce::read(record, settings).map_err(|error| Unreadable { code: "record.unreadable", detail: error.detail.into() })
}

fn write_verdict(json: &mut Json, case: &Case<'_>) {
    let findings = validate::findings(case);
    let blocking = validate::blocking(&findings);
    json.member("status", "reviewed");
    json.member("dealType", case.opportunity.deal_type().name());
    json.flag("ready", blocking == 0);
    json.number("blocking", blocking);
    json.number("warnings", findings.len() - blocking);
    json.flag("shared", case.sent.is_some());
    json.key("findings");
    message::write_page_findings(json, &findings, case.settings);
}

/// What Microsoft would see of a new deal, and where Partner Center's values are known, which of them would change.
fn write_preview<'a>(json: &mut Json, opportunity: &'a Opportunity<'a>, settings: &'a Settings, held: &[(&str, &str)]) {
    let deal_type = opportunity.deal_type();
    json.open('{');
    json.member("dealType", deal_type.name());
    json.key("referral");
    let own = map::own_referral(opportunity, settings);
    own.write(json);
    json.key("microsoft");
    match deal_type {
        DealType::CoSell => map::write_microsoft_sections(json, own, opportunity, settings),
        DealType::Private | DealType::PartnerLed => json.raw("null"),
    }
    if !held.is_empty() {
        json.key("changes");
        json.open('[');
        for change in map::changes(opportunity, settings, held) {
            json.open('{');
            json.member("field", change.field);
            json.member("path", change.path);
            json.member("before", &change.before);
            json.member("after", &change.after);
            json.close('}');
        }
        json.close(']');
    }
    json.close('}');
}

fn unreadable(problem: &Unreadable) -> String {
    let mut json = Json::default();
    json.open('{');
    write_unreadable(&mut json, problem);
    json.close('}');
    json.into_text()
}

fn write_unreadable(json: &mut Json, problem: &Unreadable) {
    json.member("status", "unreadable");
    json.member("code", problem.code);
    json.member("message", &problem.detail);
}
