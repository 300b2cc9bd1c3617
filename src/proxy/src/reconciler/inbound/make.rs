//! A referral becomes an opportunity: its account is found or made, and all that must not be there without the others is made in
//! one request, with the identifier of the referral, which Salesforce takes only once.

use std::collections::BTreeMap;

use cosell_rules::inbound::{
    self, Customer, Intake, Match, Place, Remark, choose, colleagues, customer, customers, searches, solutions,
};
use cosell_rules::reconcile::{Base, Closing, State, record_update};
use cosell_rules::referral::Referral;
use cosell_rules::salesforce::field;
use serde_json::{Map, Value, json};

use super::{LANGUAGE, Obstacle, Sight};
use crate::ids::SalesforceId;
use crate::reconciler::{Reconciler, words};
use crate::salesforce::{MOST_ACCOUNTS, MOST_REQUESTS, Refusal, Request, SalesforceError, reference};
use crate::store::{EngagementId, Lease};

/// More refusals than there are things to give way in.
const MOST_TRIES: usize = 10;

/// Without these no opportunity is made: Salesforce wants them, or the deal would be another one. In another currency its value
/// would be a lie.
const NEEDED: [&str; 8] =
    ["Name", "StageName", "CloseDate", "CurrencyIsoCode", field::SYNC, field::REFERRAL_ID, field::ENGAGEMENT_ID, field::AUDIT];

/// What was found in the org for a referral.
#[derive(Clone, Debug, Default)]
struct Findings {
    /// The account, where it is one that exists.
    account: Option<String>,
    /// What is to be told of it.
    remarks: Vec<Remark>,
    /// Contacts that exist, by e-mail address in small letters.
    contacts: BTreeMap<String, String>,
    /// Users, likewise.
    users: BTreeMap<String, String>,
}

/// What Salesforce has refused so far, and what is done instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Amends {
    place: Place,
    without_owner: bool,
    without_solutions: bool,
    /// The account that a duplicate rule names.
    account: Option<String>,
    /// The contacts that one names, by the place of those who were to be made instead.
    contacts: BTreeMap<usize, String>,
    /// Fields that are left out, by the record's request and the field's name, and why.
    left_out: BTreeMap<(String, String), String>,
    /// Records that are left out, by their request, and why.
    dropped: BTreeMap<String, String>,
}

/// All records, and what both sides agree on once they are made.
struct Batch {
    requests: Vec<Request>,
    base: Base,
}

impl Reconciler {
    /// Makes the opportunity of our referral, or finds it where it was made already, and joins the two.
    pub(super) async fn become_opportunity(
        &self,
        lease: &Lease<EngagementId>,
        own: &Referral,
        sight: &Sight,
    ) -> Result<(), Obstacle> {
        if let Some(found) = self.salesforce.opportunity_of(&own.id).await? {
            return self.join(lease, &found, own, None, sight).await;
        }
        self.check_stage(own, sight).await?;
        let found = self.look_around(own, sight).await?;
        let mut amends = Amends::default();
        // What an earlier request may still come to, whose answer nobody heard.
        let mut expected = self.store.inbound(&lease.key).await?.and_then(|inbound| inbound.base);
        let mut refused = String::new();
        for _ in 0..MOST_TRIES {
            let in_time = self.renew(lease).await?;
            let batch = sight.intake(own, &self.link_template, |intake| batch(intake, &found, &amends));
            // On disk before it is sent: afterwards nobody may be left to say so.
            if expected.is_none() {
                self.store.expect_inbound(lease, Some(&batch.base)).await?;
            }
            let refusal = match self.salesforce.make(&batch.requests, in_time).await {
                Ok(made) => {
                    let id = made.get(OPPORTUNITY).and_then(|id| SalesforceId::parse_of(id, "006"));
                    let id = id.ok_or_else(|| SalesforceError::Unreadable("an opportunity without its id".to_owned()))?;
                    return self.join(lease, &id, own, Some(batch.base), sight).await;
                }
                Err(refusal) => refusal,
            };
            if is_duplicate(&refusal.error)
                && let Some(found) = self.salesforce.opportunity_of(&own.id).await?
            {
                tracing::info!(opportunity = %found, "somebody else made the opportunity");
                return self.join(lease, &found, own, None, sight).await;
            }
            let SalesforceError::Refused { message, .. } = &refusal.error else {
                return Err(Obstacle::of(refusal.error));
            };
            refused.clone_from(message);
            // Certainly nothing was made, by this request or by an earlier one, which has had its time.
            self.store.expect_inbound(lease, None).await?;
            expected = None;
            let next = amends.clone().after(&refusal, &found);
            if next == amends {
                return Err(Obstacle::of(refusal.error));
            }
            tracing::info!(error = %refusal.error, "Salesforce refused a referral; trying otherwise");
            amends = next;
        }
        Err(Obstacle::reason(words::INBOUND_REFUSED, refused))
    }

    /// The stage that the opportunity begins in must exist: else nothing would hold it there.
    pub(super) async fn check_stage(&self, own: &Referral, sight: &Sight) -> Result<(), Obstacle> {
        let mut stages = None;
        for (setting, stage) in sight.settings.first_stages() {
            if stage.is_empty() {
                return Err(Obstacle::reason(words::INBOUND_NO_STAGE, setting));
            }
            let stages = match &mut stages {
                Some(stages) => stages,
                unasked => unasked.insert(self.salesforce.stages().await?),
            };
            if !stages.iter().any(|known| known == stage) {
                return Err(Obstacle::reason(words::INBOUND_UNKNOWN_STAGE, format!("“{stage}” ({setting})")));
            }
            // An answer is not due any more: the deal never waits on hold.
            if own.standing().is_some_and(cosell_rules::lifecycle::Standing::waits) {
                break;
            }
        }
        Ok(())
    }

    /// Looks for the account, and for the people who are in the org already.
    async fn look_around(&self, own: &Referral, sight: &Sight) -> Result<Findings, Obstacle> {
        let mut found = Findings::default();
        let (account, remark) = self.find_account(own, sight).await?;
        found.remarks.push(remark);
        let intake = |with: &dyn Fn(&Intake<'_>) -> Vec<String>| sight.intake(own, &self.link_template, with);
        if let Some(account) = &account {
            let emails = intake(&|intake| customers(intake).0.into_iter().map(|customer| customer.email).collect());
            let emails: Vec<&str> = emails.iter().map(String::as_str).filter(|email| !email.is_empty()).collect();
            found.contacts = self.salesforce.contacts(account, &emails).await?;
        }
        found.account = account;
        let emails = intake(&colleagues);
        found.users = self.salesforce.users(&emails.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        found.remarks.extend(sight.intake(own, &self.link_template, |intake| {
            left_out(intake, &found.users, sight.features.teams, sight.features.notes)
        }));
        Ok(found)
    }

    /// The account of the customer where exactly one is it, and what is to be told.
    pub(super) async fn find_account(&self, own: &Referral, sight: &Sight) -> Result<(Option<String>, Remark), Obstacle> {
        let name = own.at("/customerProfile/name").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let all = sight.intake(own, &self.link_template, searches);
        if name.is_empty() {
            return Ok((None, Remark::NoCustomer));
        }
        for search in &all {
            let candidates = self.salesforce.accounts(search).await?;
            if candidates.len() >= MOST_ACCOUNTS {
                // Among those that were left out there may be another one.
                return Ok((None, Remark::AccountAmbiguous(name)));
            }
            match sight.intake(own, &self.link_template, |intake| choose(search, intake, &candidates)) {
                Match::One(account) => return Ok((Some(account.id.clone()), Remark::AccountFound(account.name.clone()))),
                Match::Several => return Ok((None, Remark::AccountAmbiguous(name))),
                Match::None => {}
            }
        }
        Ok((None, Remark::AccountMade(name)))
    }
}

const ACCOUNT: &str = "account";
/// What the contacts that are made are called, followed by their place among them.
const CONTACT: &str = "contact";
const OPPORTUNITY: &str = "opportunity";
/// What contact roles and solutions are called, likewise.
const ROLE: &str = "role";
const SOLUTION: &str = "solution";

fn is_duplicate(error: &SalesforceError) -> bool {
    matches!(error, SalesforceError::Refused { code, .. } if code == "DUPLICATE_VALUE")
}

impl Amends {
    /// What else can be done after a refusal; the same where nothing can.
    fn after(mut self, refusal: &Refusal, found: &Findings) -> Self {
        let SalesforceError::Refused { code, message, fields } = &refusal.error else { return self };
        let names = |word: &str| fields.iter().any(|field| field.contains(word)) || message.contains(&word.to_lowercase());
        match code.as_str() {
            // What the org does not take of one it takes of none; found one by one, many would keep the deal out.
            _ if refusal.part.starts_with(SOLUTION) && !is_duplicate(&refusal.error) => self.without_solutions = true,
            "FIELD_INTEGRITY_EXCEPTION" if names("State") && !self.place.without_state => self.place.without_state = true,
            "FIELD_INTEGRITY_EXCEPTION" if names("Country") => self.place.without_country = true,
            "DUPLICATES_DETECTED" => {
                // Only where the rule names one record: which of several is meant is not ours to say.
                if let [(object, id)] = refusal.duplicates.as_slice() {
                    match object.as_str() {
                        "Account" if found.account.is_none() => self.account = Some(id.clone()),
                        "Contact" => {
                            let place = refusal.part.strip_prefix(CONTACT).and_then(|place| place.parse().ok());
                            if let Some(place) = place {
                                self.contacts.insert(place, id.clone());
                            }
                        }
                        _ => {}
                    }
                }
            }
            _ if code.starts_with("TRANSFER_")
                || code.starts_with("INACTIVE_OWNER")
                || fields.iter().any(|it| it == "OwnerId") =>
            {
                self.without_owner = true;
            }
            _ => self.do_without(&refusal.part, fields, message),
        }
        self
    }

    /// Leaves out what is refused of one record, or the record itself where the deal can do without it.
    fn do_without(&mut self, part: &str, fields: &[String], why: &str) {
        let is_person = part.starts_with(CONTACT);
        let needed: &[&str] = match part {
            OPPORTUNITY => &NEEDED,
            ACCOUNT => &["Name"],
            _ if is_person => &["LastName", "AccountId"],
            // A solution is one field with its name.
            _ => &[],
        };
        let mut is_news = false;
        if is_person || [OPPORTUNITY, ACCOUNT].contains(&part) {
            for name in fields.iter().filter(|name| !needed.contains(&name.as_str())) {
                is_news |= self.left_out.insert((part.to_owned(), name.clone()), why.to_owned()).is_none();
            }
        }
        if !is_news && (is_person || part.starts_with(ROLE) || part.starts_with(SOLUTION)) {
            self.dropped.insert(part.to_owned(), why.to_owned());
        }
    }

    /// Takes the fields of a record that are left out, and tells of them.
    fn strip(&self, part: &str, fields: &mut Map<String, Value>) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for ((_, name), why) in self.left_out.iter().filter(|((of, _), _)| of == part) {
            if fields.remove(name).is_some() {
                remarks.push(Remark::Incomplete(format!("{name}: {why}")));
            }
        }
        remarks
    }
}

/// All that is made at once. More solutions than fit come afterwards.
fn batch(intake: &Intake<'_>, found: &Findings, amends: &Amends) -> Batch {
    let mut requests = Vec::new();
    let mut remarks = Vec::new();
    let existing = amends.account.clone().or_else(|| found.account.clone());
    let account: Option<Value> = match existing {
        Some(id) => Some(id.into()),
        None => customer(intake, amends.place).map(|(mut fields, told)| {
            remarks.extend(told);
            remarks.extend(amends.strip(ACCOUNT, &mut fields));
            requests.push(Request { object: "Account", name: ACCOUNT.to_owned(), fields });
            reference(ACCOUNT)
        }),
    };
    let (people, more) = customers(intake);
    let contacts = contacts(people, account.as_ref(), found, amends, (&mut requests, &mut remarks));
    if more > 0 {
        remarks.push(Remark::MoreContacts(more));
    }
    let (mut fields, mut told) = inbound::opportunity(intake);
    told.extend(found.remarks.iter().cloned());
    told.extend(remarks);
    let is_left_out = |name: &str| amends.left_out.contains_key(&(OPPORTUNITY.to_owned(), name.to_owned()));
    let mut of_opportunity: Map<String, Value> = fields.iter().cloned().collect();
    told.extend(amends.strip(OPPORTUNITY, &mut of_opportunity));
    fields.retain(|(name, _)| !is_left_out(name));
    fields.extend(account.map(|account| ("AccountId".to_owned(), account)));
    fields.extend(owner(intake, found, amends).map(|owner| ("OwnerId".to_owned(), owner)));
    requests.push(Request { object: "Opportunity", name: OPPORTUNITY.to_owned(), fields: written(intake, &fields, &told) });
    for (place, contact) in contacts.into_iter().enumerate() {
        let name = format!("{ROLE}{place}");
        if !amends.dropped.contains_key(&name) {
            let fields = [("OpportunityId", reference(OPPORTUNITY)), ("ContactId", contact), ("IsPrimary", json!(place == 0))];
            requests.push(Request { object: "OpportunityContactRole", name, fields: object(fields) });
        }
    }
    let room = MOST_REQUESTS.saturating_sub(requests.len());
    for (place, mut fields) in solutions(intake).into_iter().take(room).enumerate() {
        let name = format!("{SOLUTION}{place}");
        // One that is refused is tried once more when the deal is there, and told then.
        if !amends.without_solutions && !amends.dropped.contains_key(&name) {
            fields.insert("Opportunity__c".to_owned(), reference(OPPORTUNITY));
            requests.push(Request { object: "Microsoft_Solution__c", name, fields });
        }
    }
    Batch { requests, base: inbound::base_without(intake, is_left_out) }
}

/// The contacts of the deal, as later requests call them; those that don't exist are among the requests then.
fn contacts(
    people: Vec<Customer>,
    account: Option<&Value>,
    found: &Findings,
    amends: &Amends,
    (requests, remarks): (&mut Vec<Request>, &mut Vec<Remark>),
) -> Vec<Value> {
    let mut contacts: Vec<Value> = Vec::new();
    let mut made = 0;
    for person in people {
        if let Some(id) = found.contacts.get(&person.email) {
            contacts.push(id.as_str().into());
            continue;
        }
        let name = format!("{CONTACT}{made}");
        let duplicate = amends.contacts.get(&made);
        made += 1;
        if let Some(id) = duplicate {
            contacts.push(id.as_str().into());
            continue;
        }
        let mut fields = person.contact;
        if let Some(why) = amends.dropped.get(&name) {
            let who = fields.get("LastName").and_then(Value::as_str).unwrap_or_default();
            remarks.push(Remark::Incomplete(format!("{who}: {why}")));
            continue;
        }
        remarks.extend(amends.strip(&name, &mut fields));
        fields.extend(account.map(|account| ("AccountId".to_owned(), account.clone())));
        contacts.push(reference(&name));
        requests.push(Request { object: "Contact", name, fields });
    }
    contacts.dedup();
    contacts
}

/// The first of the partner's people who is a user: else the deal would belong to the integration user, and that one would be sent to
/// Microsoft as its seller.
fn owner(intake: &Intake<'_>, found: &Findings, amends: &Amends) -> Option<Value> {
    let first = colleagues(intake).iter().find_map(|email| found.users.get(email).cloned());
    first.filter(|_| !amends.without_owner).map(Value::from)
}

/// The fields with the state of the pair and the first lines of its trail.
pub(super) fn written(intake: &Intake<'_>, fields: &[(String, Value)], told: &[Remark]) -> Map<String, Value> {
    let trail: Vec<String> = told.iter().map(|remark| remark.sentence(LANGUAGE)).collect();
    let closing = Closing { state: State::InStep, reason: "", trail: &trail, now: intake.now };
    record_update(&json!({}), fields, &closing)
}

/// What the org cannot keep of a referral, as its trail tells it.
fn left_out(intake: &Intake<'_>, users: &BTreeMap<String, String>, teams: bool, notes: bool) -> Vec<Remark> {
    let people = colleagues(intake);
    let strangers: Vec<String> = people.iter().filter(|email| !users.contains_key(*email)).cloned().collect();
    let mut remarks = Vec::new();
    if !teams && !people.is_empty() {
        remarks.push(Remark::TeamsOff(people));
    } else if !strangers.is_empty() {
        remarks.push(Remark::NoUsers(strangers));
    }
    if !notes && !intake.note().is_empty() {
        remarks.push(Remark::NotesOff);
    }
    remarks
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests;
