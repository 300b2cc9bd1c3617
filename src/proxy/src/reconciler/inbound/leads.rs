//! A referral becomes a lead, and the lead an opportunity once the referral is accepted in Partner Center.

use std::collections::BTreeMap;

use cosell_rules::inbound::{self, Place, Remark, changed, colleagues, customers, lead, lead_status};
use cosell_rules::lifecycle::Status;
use cosell_rules::moment;
use cosell_rules::reconcile::{Closing, State, record_update};
use cosell_rules::referral::Referral;
use cosell_rules::salesforce::field;
use serde_json::{Map, Value};

use super::make::written;
use super::{LANGUAGE, Obstacle, Sight};
use crate::ids::SalesforceId;
use crate::reconciler::{Failure, Reconciler};
use crate::salesforce::{Conversion, Converted, FoundLead, Opened, SalesforceError};
use crate::store::{EngagementId, Lease, StoreError};
use crate::wire_time;

/// What of a lead is read beside the fields that are written.
const READ: [&str; 4] = ["Status", "Email", field::AUDIT, "LastModifiedDate"];

/// Without these there is no lead, or nobody would know of which referral.
const NEEDED: [&str; 5] = ["LastName", "Company", field::REFERRAL_ID, field::ENGAGEMENT_ID, field::AUDIT];

/// What follows Partner Center without being told: nobody typed it.
const SILENT: [&str; 4] = ["Status", field::STATE, field::REFERRAL_STATUS, field::REFERRAL_LINK];

/// What of an opportunity only Partner Center says, and that it is shared.
const OF_PARTNER_CENTER: [&str; 5] =
    [field::SYNC, field::REFERRAL_ID, field::ENGAGEMENT_ID, field::REFERRAL_LINK, field::REFERRAL_STATUS];

impl Reconciler {
    /// Makes the lead of our referral, or brings it to where the referral is.
    pub(super) async fn become_lead(&self, lease: &Lease<EngagementId>, own: &Referral, sight: &Sight) -> Result<(), Obstacle> {
        let status = Status::of(&own.status);
        let (fields, remarks) = sight.intake(own, &self.link_template, |intake| lead(intake, Place::default()));
        let names: Vec<&str> = fields.keys().map(String::as_str).chain(READ).collect();
        let found = self.salesforce.lead(&own.id, &names).await?;
        match found {
            None if status == Some(Status::Closed) => {
                self.store.end_inbound(lease).await?;
                Ok(())
            }
            // Accepted before it was seen: it need not be a lead first.
            None if status == Some(Status::Active) => {
                self.check_deleted(&lease.key).await?;
                self.store.begin_inbound(lease, &own.id, self.clock.now()).await?;
                self.become_opportunity(lease, own, sight).await
            }
            None => {
                self.check_deleted(&lease.key).await?;
                self.store.begin_inbound(lease, &own.id, self.clock.now()).await?;
                self.make_lead(lease, own, fields, remarks, sight).await
            }
            Some(found) if found.opened.is_some() || status == Some(Status::Active) => {
                self.become_of_lead(lease, &found, own, sight).await
            }
            Some(found) => self.follow(lease, &found, fields, own, sight).await,
        }
    }

    /// The lead of a referral that looked like one before. Where none can be, nobody is asked.
    pub(super) async fn lead_of(&self, key: &EngagementId, own: &Referral, sight: &Sight) -> Result<Option<FoundLead>, Obstacle> {
        if sight.settings.cosell_only && !self.was_lead(key).await? {
            return Ok(None);
        }
        Ok(self.salesforce.lead(&own.id, &READ).await?)
    }

    /// Stops where there was a lead and is none: who deleted it does not want it back, whatever happens in Partner Center.
    pub(super) async fn check_deleted(&self, key: &EngagementId) -> Result<(), Obstacle> {
        if self.was_lead(key).await? { Err(Obstacle::deleted()) } else { Ok(()) }
    }

    /// Whether a lead was certainly made.
    async fn was_lead(&self, key: &EngagementId) -> Result<bool, StoreError> {
        Ok(self.store.inbound(key).await?.is_some_and(|inbound| inbound.given.is_some()))
    }

    /// Joins the opportunity that a lead has become, or becomes now.
    pub(super) async fn become_of_lead(
        &self,
        lease: &Lease<EngagementId>,
        found: &FoundLead,
        own: &Referral,
        sight: &Sight,
    ) -> Result<(), Obstacle> {
        match &found.opened {
            Some(Opened::Opportunity(opportunity)) => self.adopt(lease, opportunity, own, None, sight).await,
            Some(Opened::Nothing) => {
                tracing::info!("the lead was converted without an opportunity");
                self.store.end_inbound(lease).await?;
                Ok(())
            }
            None => self.convert(lease, found, own, sight).await,
        }
    }

    async fn make_lead(
        &self,
        lease: &Lease<EngagementId>,
        own: &Referral,
        fields: Map<String, Value>,
        remarks: Vec<Remark>,
        sight: &Sight,
    ) -> Result<(), Obstacle> {
        let (status, missing) = self.status_of(own, sight).await?;
        let given = given(&fields, status.as_deref());
        let owner = self.colleague(own, sight).await?;
        let mut place = Place::default();
        let mut left_out: BTreeMap<String, String> = BTreeMap::new();
        let (mut fields, mut remarks) = (fields, remarks);
        loop {
            self.renew(lease).await?;
            let mut told: Vec<Remark> = [Remark::LeadCame].into_iter().chain(missing.clone()).chain(remarks).collect();
            told.extend(left_out.iter().map(|(name, why)| Remark::Incomplete(format!("{name}: {why}"))));
            let more = [("Status", &status), ("OwnerId", &owner)];
            let more = more.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?.into())));
            let all: Vec<(String, Value)> =
                fields.into_iter().chain(more).filter(|(name, _)| !left_out.contains_key(name)).collect();
            let body = sight.intake(own, &self.link_template, |intake| written(intake, &all, &told));
            let Err(error) = self.salesforce.make_lead(&body).await else { break };
            let SalesforceError::Refused { code, message, fields: named } = &error else {
                return Err(Obstacle::Failure(error.into()));
            };
            // Made by somebody else, or by us without being told: the next look finds it.
            if code == "DUPLICATE_VALUE" {
                return Err(Failure::Busy("a lead with this referral appeared meanwhile").into());
            }
            let next = Place { without_state: true, without_country: place.without_state };
            if code == "FIELD_INTEGRITY_EXCEPTION" && next != place {
                place = next;
            } else {
                let sent = |name: &&String| all.iter().any(|(known, _)| known == *name);
                let optional: Vec<&String> = named.iter().filter(sent).filter(|name| !NEEDED.contains(&name.as_str())).collect();
                if optional.is_empty() {
                    return Err(Obstacle::of(error));
                }
                left_out.extend(optional.into_iter().map(|name| (name.clone(), message.clone())));
            }
            tracing::info!(%error, "Salesforce refused a lead; trying otherwise");
            (fields, remarks) = sight.intake(own, &self.link_template, |intake| lead(intake, place));
        }
        tracing::info!(referral = own.id, "a referral is a lead now");
        self.store.give_inbound(lease, &given).await?;
        Ok(())
    }

    /// Writes to a lead what Partner Center has changed since it was written last; what a seller changed stays.
    async fn follow(
        &self,
        lease: &Lease<EngagementId>,
        found: &FoundLead,
        mut fields: Map<String, Value>,
        own: &Referral,
        sight: &Sight,
    ) -> Result<(), Obstacle> {
        self.store.begin_inbound(lease, &own.id, self.clock.now()).await?;
        let (status, missing) = self.status_of(own, sight).await?;
        fields.extend(status.map(|status| ("Status".to_owned(), Value::from(status))));
        let seen = self.store.inbound(&lease.key).await?.and_then(|inbound| inbound.given).unwrap_or_default();
        let news = changed(&fields, &seen, &found.record);
        if !news.is_empty() {
            let named: Vec<String> = news.keys().filter(|name| !SILENT.contains(&name.as_str())).cloned().collect();
            let mut told: Vec<String> = Vec::new();
            if !named.is_empty() {
                told.push(Remark::LeadChanged(named).sentence(LANGUAGE));
            }
            // Told with the status that could not be had, and not again with every look.
            if news.contains_key(field::REFERRAL_STATUS) {
                told.extend(missing.map(|remark| remark.sentence(LANGUAGE)));
            }
            let closing = Closing { state: State::InStep, reason: "", trail: &told, now: moment::of_clock(sight.now) };
            let mut update = record_update(&found.record, &news.into_iter().collect::<Vec<_>>(), &closing);
            self.renew(lease).await?;
            let read_at = found.record.get("LastModifiedDate").and_then(Value::as_str).and_then(wire_time::read);
            let mut written = self.salesforce.change_lead(&found.id, &update, read_at).await;
            if matches!(&written, Err(SalesforceError::Refused { code, .. }) if code == "FIELD_INTEGRITY_EXCEPTION") {
                // A place that the org's lists lack is left out, as it is of a new lead.
                update.retain(|name, _| !name.starts_with("State") && !name.starts_with("Country"));
                written = self.salesforce.change_lead(&found.id, &update, read_at).await;
            }
            written.map_err(Obstacle::of)?;
        }
        if own.is_closed() {
            // Nothing about it can change any more.
            self.store.end_inbound(lease).await?;
        } else {
            self.store.give_inbound(lease, &given(&fields, None)).await?;
        }
        Ok(())
    }

    async fn convert(
        &self,
        lease: &Lease<EngagementId>,
        found: &FoundLead,
        own: &Referral,
        sight: &Sight,
    ) -> Result<(), Obstacle> {
        self.store.begin_inbound(lease, &own.id, self.clock.now()).await?;
        // Before, not afterwards: a lead can't be taken back out of an opportunity that has no stage to be in.
        self.check_stage(own, sight).await?;
        let (account, remark) = self.find_account(own, sight).await?;
        let contact = self.contact_of(account.as_deref(), found, own, sight).await?;
        let owner = self.colleague(own, sight).await?;
        let (fields, base) =
            sight.intake(own, &self.link_template, |intake| (inbound::opportunity(intake).0, inbound::base(intake)));
        let name = fields.iter().find(|(name, _)| name == "Name").and_then(|(_, value)| value.as_str()).unwrap_or_default();
        self.renew(lease).await?;
        // An earlier request may have done it, whose answer nobody heard.
        let was_asked = self.store.inbound(&lease.key).await?.is_some_and(|inbound| inbound.base.is_some());
        // On disk before: whoever finds it converted knows by it that no person did it, who has typed its values.
        self.store.expect_inbound(lease, Some(&base)).await?;
        let wish = Conversion { account: account.as_deref(), contact: contact.as_deref(), owner: owner.as_deref(), name };
        let mut converted = self.salesforce.convert_lead(&found.id, &wish).await;
        if matches!(&converted, Err(SalesforceError::Refused { .. })) && owner.is_some() {
            // Somebody who may not own deals must not keep the deal from us.
            tracing::info!("Salesforce refused a conversion; leaving its owner to the lead");
            converted = self.salesforce.convert_lead(&found.id, &Conversion { owner: None, ..wish }).await;
        }
        if !may_be_ours(&converted, was_asked) {
            self.store.expect_inbound(lease, None).await?;
        }
        match converted.map_err(Obstacle::of)?.opportunity {
            Some(opportunity) => self.adopt(lease, &opportunity, own, Some(remark), sight).await,
            None => Ok(self.store.end_inbound(lease).await?),
        }
    }

    /// Makes an opportunity that a lead became the opportunity of its referral. Who converts a lead by hand has typed its values and
    /// chosen its stage: then only what Partner Center alone knows is written, and the merge sees to the rest.
    async fn adopt(
        &self,
        lease: &Lease<EngagementId>,
        opportunity: &SalesforceId,
        own: &Referral,
        account: Option<Remark>,
        sight: &Sight,
    ) -> Result<(), Obstacle> {
        self.store.begin_inbound(lease, &own.id, self.clock.now()).await?;
        if self.salesforce.opportunity_of(&own.id).await?.as_ref() != Some(opportunity) {
            let is_ours = self.store.inbound(&lease.key).await?.is_some_and(|inbound| inbound.base.is_some());
            let record = self.salesforce.opportunity(opportunity, &sight.settings).await.map_err(|error| match error {
                SalesforceError::Gone => Obstacle::deleted(),
                error => Obstacle::of(error),
            })?;
            let update = sight.intake(own, &self.link_template, |intake| {
                let (mut fields, mut remarks) = inbound::opportunity(intake);
                if !is_ours {
                    fields.retain(|(name, _)| OF_PARTNER_CENTER.contains(&name.as_str()));
                    remarks.clear();
                }
                remarks.retain(|remark| !matches!(remark, Remark::Came(_)));
                remarks.insert(0, Remark::LeadConverted);
                remarks.extend(account);
                let trail: Vec<String> = remarks.iter().map(|remark| remark.sentence(LANGUAGE)).collect();
                let closing = Closing { state: State::InStep, reason: "", trail: &trail, now: intake.now };
                record_update(&record, &fields, &closing)
            });
            let read_at = record.get("LastModifiedDate").and_then(Value::as_str).and_then(wire_time::read);
            let in_time = self.renew(lease).await?;
            self.salesforce.update(opportunity, &update, read_at, in_time).await.map_err(Obstacle::of)?;
        }
        self.join(lease, opportunity, own, None, sight).await
    }

    /// The first of the partner's people who is a user: the referral names who sees to it.
    async fn colleague(&self, own: &Referral, sight: &Sight) -> Result<Option<String>, Obstacle> {
        let emails = sight.intake(own, &self.link_template, colleagues);
        let users = self.salesforce.users(&emails.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        Ok(emails.iter().find_map(|email| users.get(email).cloned()))
    }

    /// The contact of the account that the lead is, by its e-mail address: else a conversion makes another one of the same person.
    async fn contact_of(
        &self,
        account: Option<&str>,
        found: &FoundLead,
        own: &Referral,
        sight: &Sight,
    ) -> Result<Option<String>, Obstacle> {
        let Some(account) = account else { return Ok(None) };
        let typed = found.record.get("Email").and_then(Value::as_str).map(str::to_lowercase);
        let told = || sight.intake(own, &self.link_template, |intake| customers(intake).0.into_iter().next().map(|it| it.email));
        let Some(email) = typed.or_else(told).filter(|email| !email.is_empty()) else { return Ok(None) };
        Ok(self.salesforce.contacts(account, &[&email]).await?.remove(&email))
    }

    async fn status_of(&self, own: &Referral, sight: &Sight) -> Result<(Option<String>, Option<Remark>), Obstacle> {
        let known = self.salesforce.lead_statuses().await?;
        Ok(sight.intake(own, &self.link_template, |intake| lead_status(intake, &known)))
    }
}

/// Whether a conversion is, or may still turn out to be, one that we asked for: now, or before where `was_asked`.
fn may_be_ours(converted: &Result<Converted, SalesforceError>, was_asked: bool) -> bool {
    match converted {
        // Else a person was faster than we.
        Ok(converted) => converted.is_new || was_asked,
        // Of a lead that was converted before, the resource would have given the opportunity.
        Err(SalesforceError::Refused { .. } | SalesforceError::Gone) => false,
        // This request came to nothing, as where somebody holds the lead, maybe to convert it; of an earlier one that says nothing.
        Err(
            SalesforceError::Retry { undone: true, .. }
            | SalesforceError::SignIn { .. }
            | SalesforceError::Changed
            | SalesforceError::Settings(_),
        ) => was_asked,
        Err(SalesforceError::Retry { undone: false, .. } | SalesforceError::Unreadable(_)) => true,
    }
}

/// What a lead has from us, as text by field.
fn given(fields: &Map<String, Value>, status: Option<&str>) -> BTreeMap<String, String> {
    let status = status.map(|status| ("Status".to_owned(), status.to_owned()));
    let texts = fields.iter().filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    texts.chain(status).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversion_is_ours_unless_a_person_was_faster_or_it_certainly_came_to_nothing() {
        let text = String::new;
        let done = |is_new| Ok(Converted { opportunity: None, is_new });
        let cases = [
            ("done now", done(true), [true, true]),
            ("done before", done(false), [false, true]),
            ("refused", Err(SalesforceError::Refused { code: text(), message: text(), fields: Vec::new() }), [false, false]),
            ("gone", Err(SalesforceError::Gone), [false, false]),
            ("not let in", Err(SalesforceError::SignIn { detail: text() }), [false, true]),
            ("changed meanwhile", Err(SalesforceError::Changed), [false, true]),
            ("locked", Err(SalesforceError::Retry { after: None, undone: true, detail: text() }), [false, true]),
            ("unheard", Err(SalesforceError::Retry { after: None, undone: false, detail: text() }), [true, true]),
            ("unread", Err(SalesforceError::Unreadable(text())), [true, true]),
        ];
        for (what, converted, expected) in cases {
            assert_eq!([false, true].map(|was_asked| may_be_ours(&converted, was_asked)), expected, "{what}");
        }
    }
}
