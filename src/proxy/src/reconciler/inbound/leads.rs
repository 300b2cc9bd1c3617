//! A referral becomes a lead, and the lead an opportunity once the referral is accepted in Partner Center.

use std::collections::BTreeMap;

use cosell_rules::inbound::{self, Place, Remark, changed, lead, lead_status};
use cosell_rules::lifecycle::Status;
use cosell_rules::moment;
use cosell_rules::reconcile::{Closing, State, record_update};
use cosell_rules::referral::Referral;
use cosell_rules::salesforce::field;
use serde_json::{Map, Value};

use super::make::written;
use super::{LANGUAGE, Obstacle, Sight};
use crate::ids::SalesforceId;
use crate::reconciler::Reconciler;
use crate::salesforce::{FoundLead, Opened, SalesforceError};
use crate::store::{EngagementId, Lease};
use crate::wire_time;

/// What of a lead is read beside the fields that are written.
const READ: [&str; 3] = ["Status", field::AUDIT, "LastModifiedDate"];

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
                self.store.end_inbound(&lease.key).await?;
                Ok(())
            }
            // Accepted before it was seen: it need not be a lead first.
            None if status == Some(Status::Active) => {
                self.store.begin_inbound(&lease.key, &own.id, self.clock.now()).await?;
                self.become_opportunity(lease, own, sight).await
            }
            None => {
                self.store.begin_inbound(&lease.key, &own.id, self.clock.now()).await?;
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
        let was_given =
            async { Ok::<_, Obstacle>(self.store.inbound(key).await?.is_some_and(|inbound| inbound.given.is_some())) };
        if sight.settings.cosell_only && !was_given.await? {
            return Ok(None);
        }
        Ok(self.salesforce.lead(&own.id, &READ).await?)
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
            Some(Opened::Opportunity(opportunity)) => self.adopt(lease, opportunity, own, sight).await,
            Some(Opened::Nothing) => {
                tracing::info!("the lead was converted without an opportunity");
                self.store.end_inbound(&lease.key).await?;
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
        let mut place = Place::default();
        let (mut fields, mut remarks) = (fields, remarks);
        loop {
            self.renew(lease).await?;
            let told: Vec<Remark> = [Remark::LeadCame].into_iter().chain(missing.clone()).chain(remarks).collect();
            let all: Vec<(String, Value)> =
                fields.into_iter().chain(status.clone().map(|status| ("Status".to_owned(), status.into()))).collect();
            let body = sight.intake(own, &self.link_template, |intake| written(intake, &all, &told));
            let Err(error) = self.salesforce.make_lead(&body).await else { break };
            let SalesforceError::Refused { code, .. } = &error else { return Err(Obstacle::Failure(error.into())) };
            // Made by somebody else, or by us without being told: the next look finds it.
            if code == "DUPLICATE_VALUE" {
                let detail = "a lead with this referral appeared meanwhile".to_owned();
                return Err(SalesforceError::Retry { after: None, detail }.into());
            }
            let next = Place { without_state: true, without_country: place.without_state };
            if code != "FIELD_INTEGRITY_EXCEPTION" || next == place {
                return Err(Obstacle::of(error));
            }
            place = next;
            (fields, remarks) = sight.intake(own, &self.link_template, |intake| lead(intake, place));
        }
        tracing::info!(referral = own.id, "a referral is a lead now");
        self.store.give_inbound(&lease.key, &given).await?;
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
        self.store.begin_inbound(&lease.key, &own.id, self.clock.now()).await?;
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
            self.store.end_inbound(&lease.key).await?;
        } else {
            self.store.give_inbound(&lease.key, &given(&fields, None)).await?;
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
        self.store.begin_inbound(&lease.key, &own.id, self.clock.now()).await?;
        let (account, _) = self.find_account(own, sight).await?;
        let (fields, base) =
            sight.intake(own, &self.link_template, |intake| (inbound::opportunity(intake).0, inbound::base(intake)));
        let name = fields.iter().find(|(name, _)| name == "Name").and_then(|(_, value)| value.as_str()).unwrap_or_default();
        self.renew(lease).await?;
        // On disk before: whoever finds it converted knows by it that no person did it, who has typed its values.
        self.store.expect_inbound(&lease.key, Some(&base)).await?;
        let converted = self.salesforce.convert_lead(&found.id, account.as_deref(), name).await;
        if let Err(SalesforceError::Refused { .. }) = &converted {
            self.store.expect_inbound(&lease.key, None).await?;
        }
        match converted.map_err(Obstacle::of)? {
            Some(opportunity) => self.adopt(lease, &opportunity, own, sight).await,
            None => Ok(self.store.end_inbound(&lease.key).await?),
        }
    }

    /// Makes an opportunity that a lead became the opportunity of its referral. Who converts a lead by hand has typed its values and
    /// chosen its stage: then only what Partner Center alone knows is written, and the merge sees to the rest.
    async fn adopt(
        &self,
        lease: &Lease<EngagementId>,
        opportunity: &SalesforceId,
        own: &Referral,
        sight: &Sight,
    ) -> Result<(), Obstacle> {
        self.store.begin_inbound(&lease.key, &own.id, self.clock.now()).await?;
        if self.salesforce.opportunity_of(&own.id).await?.as_ref() != Some(opportunity) {
            let is_ours = self.store.inbound(&lease.key).await?.is_some_and(|inbound| inbound.base.is_some());
            let record = self.salesforce.opportunity(opportunity, &sight.settings).await.map_err(Obstacle::of)?;
            let update = sight.intake(own, &self.link_template, |intake| {
                let (mut fields, mut remarks) = inbound::opportunity(intake);
                if !is_ours {
                    fields.retain(|(name, _)| OF_PARTNER_CENTER.contains(&name.as_str()));
                    remarks.clear();
                }
                remarks.retain(|remark| !matches!(remark, Remark::Came(_)));
                remarks.insert(0, Remark::LeadConverted);
                let trail: Vec<String> = remarks.iter().map(|remark| remark.sentence(LANGUAGE)).collect();
                let closing = Closing { state: State::InStep, reason: "", trail: &trail, now: intake.now };
                record_update(&record, &fields, &closing)
            });
            let read_at = record.get("LastModifiedDate").and_then(Value::as_str).and_then(wire_time::read);
            self.renew(lease).await?;
            self.salesforce.update(opportunity, &update, read_at).await.map_err(Obstacle::of)?;
        }
        self.join(lease, opportunity, own, None, sight).await
    }

    async fn status_of(&self, own: &Referral, sight: &Sight) -> Result<(Option<String>, Option<Remark>), Obstacle> {
        let known = self.salesforce.lead_statuses().await?;
        Ok(sight.intake(own, &self.link_template, |intake| lead_status(intake, &known)))
    }
}

/// What a lead has from us, as text by field.
fn given(fields: &Map<String, Value>, status: Option<&str>) -> BTreeMap<String, String> {
    let status = status.map(|status| ("Status".to_owned(), status.to_owned()));
    let texts = fields.iter().filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    texts.chain(status).collect()
}
