//! The records of an opportunity that comes in: its account, itself, its solutions.

use serde_json::{Map, Value, json};
use time::{Date, Duration};

use super::{Intake, Remark, account::duns, bounded, people::text};
use crate::{
    country,
    lifecycle::{Standing, Status},
    map::{self, Direction, Row, Side, Source, Transform},
    model::Opportunity,
    moment,
    reconcile::{Base, Entry, Observed, held_text, written},
    salesforce::field,
    settings::Settings,
    text::joined,
};

/// Days until the close date of a deal that names none; Salesforce wants one.
const DAYS_TO_CLOSE: i64 = 30;

/// What of an address Salesforce may refuse, because a list of the org's lacks it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The country is left out, and with it the state.
    pub without_country: bool,
    /// The state is left out.
    pub without_state: bool,
}

/// The account of the customer; `None` where the referral names no customer.
pub fn customer(intake: &Intake<'_>, place: Place) -> Option<(Map<String, Value>, Vec<Remark>)> {
    let name = bounded(intake.text("/customerProfile/name"), 255);
    if name.is_empty() {
        return None;
    }
    let mut account = Map::from_iter([("Name".to_owned(), name.into())]);
    let remarks = put_address(&mut account, intake, place, "Billing", &intake.settings.country_field);
    let field = &intake.settings.duns_field;
    if let Some(number) = duns(intake).filter(|_| !field.contains('.') && (intake.org.account_has)(field)) {
        account.insert(field.clone(), number.into());
    }
    Some((account, remarks))
}

/// Puts the customer's address into a record whose fields begin with `prefix`. The country goes where the org has it.
pub(super) fn put_address(
    record: &mut Map<String, Value>,
    intake: &Intake<'_>,
    place: Place,
    prefix: &str,
    country_field: &str,
) -> Vec<Remark> {
    let address = intake.own.at("/customerProfile/address").unwrap_or(&Value::Null);
    let told = |name| text(address, name);
    let mut put = |name: String, value: &str, most: usize| {
        if !value.is_empty() {
            record.insert(name, bounded(value, most).into());
        }
    };
    let street = joined(["addressLine1", "addressLine2"].map(told).into_iter().filter(|line| !line.is_empty()), "\n");
    put(format!("{prefix}Street"), &street, 255);
    put(format!("{prefix}City"), told("city"), 40);
    put(format!("{prefix}PostalCode"), told("postalCode"), 20);

    let (country, state) = (told("country"), told("state"));
    let has_lists = intake.org.has_picklists();
    let code = country::Code::new(country).map_or(country, |code| code.as_str());
    let is_plain = country_field.contains('.') || !(intake.org.account_has)(country_field);
    let country_name = match country_field {
        "BillingCountry" if has_lists => format!("{prefix}CountryCode"),
        "BillingCountry" => format!("{prefix}Country"),
        _ if is_plain => format!("{prefix}Country"),
        own => own.to_owned(),
    };
    let mut remarks = Vec::new();
    if place.without_country && !country.is_empty() {
        remarks.push(Remark::CountryLeftOut(country.to_owned()));
    } else {
        put(country_name, code, 80);
    }
    let is_code = state.len() <= 3 && state.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if (place.without_state || place.without_country) && !state.is_empty() {
        remarks.push(Remark::StateLeftOut(state.to_owned()));
    } else if has_lists && is_code {
        put(format!("{prefix}StateCode"), &state.to_ascii_uppercase(), 10);
    } else {
        put(format!("{prefix}State"), state, 80);
    }
    remarks
}

/// The fields of the opportunity but for its account and owner, and what is to be told of them. Its stage waits for our answer, or
/// is the active one where it was accepted elsewhere.
pub fn opportunity(intake: &Intake<'_>) -> (Vec<(String, Value)>, Vec<Remark>) {
    let Intake { own, settings, .. } = *intake;
    let mut remarks = Vec::new();
    let mut fields: Vec<(String, Value)> = Vec::new();
    let foreign = foreign_value(intake);
    for (row, text) in values(intake).filter(|(row, text)| !text.is_empty() && !is_left_out(*row, foreign.as_ref())) {
        let name = row.mapping.field(settings);
        let text = if name == "Name" { bounded(&text, 120) } else { text };
        fields.push((name.to_owned(), written(&text, row.mapping.transform)));
    }
    let mut default = |name: &str, value: &dyn Fn() -> Value| {
        let is_blank = !fields.iter().any(|(known, _)| known == name);
        if is_blank {
            fields.push((name.to_owned(), value()));
        }
        is_blank
    };
    default("Name", &|| bounded(intake.text("/customerProfile/name"), 120).into());
    default("Name", &|| own.id.as_str().into());
    let day = default_close(intake.today);
    if default("CloseDate", &|| moment::format_day(day).into()) {
        remarks.push(Remark::CloseDate(day));
    }
    if let Some((value, currency)) = foreign {
        remarks.push(Remark::ValueLeftOut { value, currency });
    }
    fields.push(("StageName".to_owned(), stage(intake).into()));
    fields.push((field::SYNC.to_owned(), true.into()));
    // One tick here, two there: it stands where the customer has given both.
    let is_given = |path: &str| own.at(path).and_then(Value::as_bool) == Some(true);
    if is_given("/consent/consentToToShareInfoWithOthers") && is_given("/consent/consentToContact") {
        fields.push((field::CONSENT.to_owned(), true.into()));
    }
    let nobody = Opportunity::default();
    let blank = json!({});
    let observed = Observed {
        opportunity: &nobody,
        record: &blank,
        own: Some(own),
        microsoft: intake.microsoft,
        base: None,
        answered: None,
        link_template: intake.link_template,
    };
    let (facts, _) = observed.facts(settings);
    fields.extend(facts.into_iter().filter(|(_, value)| !value.is_null()));
    if let Some(standing) = own.standing() {
        remarks.insert(0, Remark::Came(Entry::Found { standing, reason: String::new() }));
    }
    (fields, remarks)
}

/// The value of the deal and its currency, where that is not the one that the org has alone: the figures would be another price here.
fn foreign_value(intake: &Intake<'_>) -> Option<(String, String)> {
    let currency = intake.text("/details/currency");
    let has_field = (intake.org.opportunity_has)(&intake.settings.currency_field);
    if currency.is_empty() || has_field || currency.eq_ignore_ascii_case(&intake.settings.default_currency) {
        return None;
    }
    let value = values(intake).find(|(row, _)| row.mapping.source == Source::Amount).map(|(_, text)| text);
    Some((value.unwrap_or_default(), currency.to_owned()))
}

fn is_left_out(row: Row<'_>, foreign: Option<&(String, String)>) -> bool {
    foreign.is_some() && row.mapping.source == Source::Amount
}

/// The stage that the opportunity begins in.
fn stage<'a>(intake: &Intake<'a>) -> &'a str {
    let is_active = Status::of(&intake.own.status) == Some(Status::Active);
    if is_active { &intake.settings.active_stage } else { &intake.settings.on_hold_stage }
}

fn default_close(today: Date) -> Date {
    today.saturating_add(Duration::days(DAYS_TO_CLOSE))
}

/// The rows that the opportunity takes from Partner Center, where the org has their fields, with their canonical texts.
fn values<'a>(intake: &'a Intake<'a>) -> impl Iterator<Item = (Row<'a>, String)> + 'a {
    let is_there = |row: &Row<'_>| {
        let name = row.mapping.field(intake.settings);
        let is_own = row.mapping.direction == Direction::Both && row.mapping.side == Side::Own;
        // A standard field that the describe call hides can't be written either; but these three make the record.
        let is_known = ["Name", "CloseDate", "Description", field::VISIBLE].contains(&name) || (intake.org.opportunity_has)(name);
        is_own && !name.is_empty() && !name.contains('.') && is_known && row.mapping.transform != Transform::Standing
    };
    map::rows(intake.settings).filter(is_there).filter_map(|row| Some((row, held_text(row, intake.own)?)))
}

/// What both sides agree on once the opportunity is made as [`opportunity`] says. What Salesforce could not take is in it as
/// Salesforce has it: a currency that it has no field for is not sent back as another one.
pub fn base(intake: &Intake<'_>) -> Base {
    base_without(intake, |_| false)
}

/// The same where these fields were left out, because Salesforce refuses them: of those nothing is agreed on.
pub fn base_without(intake: &Intake<'_>, is_refused: impl Fn(&str) -> bool) -> Base {
    let mut base = standing(intake);
    let foreign = foreign_value(intake);
    for (row, text) in values(intake).filter(|(row, _)| !is_refused(row.mapping.field(intake.settings))) {
        // As Salesforce has it: blank.
        base.set(&row.mapping.path, if is_left_out(row, foreign.as_ref()) { String::new() } else { text });
    }
    keep_only_currency(&mut base, intake);
    base
}

/// What both sides agree on of an opportunity that is found rather than made: that nobody has answered yet, and the currency of an
/// org that has only one. Only we write the referral's identifier, so it began on hold; where it is another stage now, a seller
/// has moved it, and where the referral was answered meanwhile, the opportunity has yet to follow.
pub fn holds(intake: &Intake<'_>) -> Base {
    let mut base = Base::default();
    let waiting = intake.own.standing().filter(|standing| standing.waits());
    base.set("/status", waiting.unwrap_or(Standing::PENDING).to_string());
    keep_only_currency(&mut base, intake);
    base
}

/// Where an org has no field for the currency, the one that it has stands for every deal; nobody has chosen it.
fn keep_only_currency(base: &mut Base, intake: &Intake<'_>) {
    let settings = intake.settings;
    let has_currency = (intake.org.opportunity_has)(&settings.currency_field);
    if !has_currency && !settings.default_currency.is_empty() {
        let currency = map::rows(settings).find(|row| row.mapping.source == Source::Currency);
        if let Some(row) = currency {
            base.set(&row.mapping.path, settings.default_currency.as_str());
        }
    }
}

fn standing(intake: &Intake<'_>) -> Base {
    let mut base = Base::default();
    if let Some(standing) = intake.own.standing() {
        base.set("/status", standing.to_string());
    }
    base
}

/// The solutions of the deal, each with its identifier in `Solution_Identifier__c`, but for the opportunity.
pub fn solutions(intake: &Intake<'_>) -> Vec<Map<String, Value>> {
    let mut solutions: Vec<Map<String, Value>> = Vec::new();
    let all = intake.own.at("/details/requirements/solutions").and_then(Value::as_array).into_iter().flatten();
    for item in all.filter(|item| !text(item, "id").is_empty()) {
        let id = text(item, "id");
        // Salesforce takes each solution once, and doesn't tell the case of its letters.
        let kept = bounded(id, 100);
        let known = |solution: &Map<String, Value>| {
            let other = solution.get("Solution_Identifier__c").and_then(Value::as_str);
            other.is_some_and(|other| other.eq_ignore_ascii_case(&kept))
        };
        if solutions.iter().any(known) {
            continue;
        }
        let name = Some(text(item, "name")).filter(|name| !name.is_empty()).unwrap_or(id);
        let mut solution = Map::new();
        let told = [
            ("Name", name, 80),
            ("Solution_Identifier__c", id, 100),
            ("Solution_Type__c", solution_type(text(item, "solutionType")), 40),
            ("Publisher_Name__c", text(item, "publisherName"), 255),
        ];
        for (field, value, most) in told.into_iter().filter(|(_, value, _)| !value.is_empty()) {
            solution.insert(field.to_owned(), bounded(value, most).into());
        }
        solutions.push(solution);
    }
    solutions
}

/// The type as the package's list has it; blank for what that does not know.
fn solution_type(word: &str) -> &str {
    ["1P", "3P", "Assessment"].into_iter().find(|known| known.eq_ignore_ascii_case(word)).unwrap_or_default()
}

impl Settings {
    /// The setting that says where a referral that waits for our answer goes, and its value.
    pub fn first_stages(&self) -> [(&'static str, &str); 2] {
        [("onHoldStage", &self.on_hold_stage), ("activeStage", &self.active_stage)]
    }
}
