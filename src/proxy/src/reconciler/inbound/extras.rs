//! What is added once the opportunity is there and joined: solutions that found no room, the team, the notes. Each is looked for
//! before it is made, so whoever takes over adds only what is missing. What Salesforce refuses is told, and nothing waits for it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cosell_rules::inbound::{Remark, colleagues, solutions};
use cosell_rules::message;
use cosell_rules::referral::Referral;
use serde_json::{Map, Value, json};

use super::{Both, LANGUAGE, Obstacle, Sight};
use crate::ids::SalesforceId;
use crate::reconciler::Reconciler;
use crate::salesforce::{MOST_REQUESTS, Refusal, Request, SalesforceError, reference};

/// What the request for a note is called.
const NOTE: &str = "note";

impl Reconciler {
    /// Adds what is missing, and ends the way of the engagement.
    pub(super) async fn complete(&self, both: &Both<'_>, own: &Referral, sight: &Sight) -> Result<(), Obstacle> {
        let opportunity = &both.opportunity.key;
        let mut lines = Vec::new();
        let solutions = self.missing_solutions(opportunity, own, sight).await?;
        let members = self.missing_members(opportunity, own, sight).await?;
        let note = self.missing_note(opportunity, own, sight).await?;
        let missing = solutions.len();
        for requests in [solutions, members, note] {
            for some in requests.chunks(MOST_REQUESTS) {
                let mut some = some.to_vec();
                while !some.is_empty() {
                    let in_time = self.renew_both(both).await?;
                    let Err(Refusal { error, part, .. }) = self.salesforce.make(&some, in_time).await else { break };
                    let SalesforceError::Refused { code, message, .. } = error else {
                        return Err(Obstacle::Failure(error.into()));
                    };
                    // Somebody added a solution meanwhile, which the opportunity has once: look again for what is missing.
                    if code == "DUPLICATE_VALUE" && self.missing_solutions(opportunity, own, sight).await?.len() < missing {
                        return Err(Obstacle::Failure(SalesforceError::Changed.into()));
                    }
                    tracing::warn!(%opportunity, error = message, "not all of a referral could be kept");
                    let line = Remark::Incomplete(message).sentence(LANGUAGE);
                    if !lines.contains(&line) {
                        lines.push(line);
                    }
                    // The others can do without it, unless they hang on it, as the link hangs on its note.
                    let tried = some.len();
                    some.retain(|request| request.name != part && part != NOTE);
                    if some.len() == tried {
                        break;
                    }
                }
            }
        }
        self.tell_later(both, lines).await?;
        self.store.end_inbound(both.engagement).await?;
        Ok(())
    }

    async fn missing_solutions(
        &self,
        opportunity: &SalesforceId,
        own: &Referral,
        sight: &Sight,
    ) -> Result<Vec<Request>, SalesforceError> {
        let wanted = sight.intake(own, &self.link_template, solutions);
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.salesforce.solutions_of(opportunity).await?;
        let is_missing = |fields: &Map<String, Value>| {
            let id = fields.get("Solution_Identifier__c").and_then(Value::as_str).unwrap_or_default();
            !known.iter().any(|it| it.eq_ignore_ascii_case(id))
        };
        let missing = wanted.into_iter().filter(is_missing).enumerate();
        let request = |(place, mut fields): (usize, Map<String, Value>)| {
            fields.insert("Opportunity__c".to_owned(), opportunity.as_str().into());
            Request { object: "Microsoft_Solution__c", name: format!("solution{place}"), fields }
        };
        Ok(missing.map(request).collect())
    }

    async fn missing_members(
        &self,
        opportunity: &SalesforceId,
        own: &Referral,
        sight: &Sight,
    ) -> Result<Vec<Request>, SalesforceError> {
        let emails = sight.intake(own, &self.link_template, colleagues);
        if !sight.features.teams || emails.is_empty() {
            return Ok(Vec::new());
        }
        let users = self.salesforce.users(&emails.iter().map(String::as_str).collect::<Vec<_>>()).await?;
        if users.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.salesforce.members_of(opportunity).await?;
        let missing = users.into_values().filter(|user| !known.contains(user)).enumerate();
        let request = |(place, user): (usize, String)| {
            let fields = [("OpportunityId", opportunity.as_str()), ("UserId", &user), ("OpportunityAccessLevel", "Edit")];
            let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
            Request { object: "OpportunityTeamMember", name: format!("member{place}"), fields }
        };
        Ok(missing.map(request).collect())
    }

    async fn missing_note(
        &self,
        opportunity: &SalesforceId,
        own: &Referral,
        sight: &Sight,
    ) -> Result<Vec<Request>, SalesforceError> {
        let text = sight.intake(own, &self.link_template, |intake| intake.note().to_owned());
        if !sight.features.notes || text.is_empty() {
            return Ok(Vec::new());
        }
        // The referral's identifier tells this note from all others, in whatever language its title is.
        let short = own.id.get(..8).unwrap_or(&own.id);
        let known = self.salesforce.titles_of(opportunity).await?;
        if known.iter().any(|title| title.ends_with(short)) {
            return Ok(Vec::new());
        }
        let title = format!("{} {short}", message::phrase("inbound.note-title", &[], LANGUAGE));
        let note = json!({ "Title": title, "Content": STANDARD.encode(html(&text)) });
        let link = json!({ "ContentDocumentId": reference(NOTE), "LinkedEntityId": opportunity.as_str(), "ShareType": "V" });
        let request = |object, name: &str, fields: Value| {
            let fields = fields.as_object().cloned().unwrap_or_default();
            Request { object, name: name.to_owned(), fields }
        };
        Ok(vec![request("ContentNote", NOTE, note), request("ContentDocumentLink", "link", link)])
    }
}

/// Text as a note holds it (Salesforce Object Reference, "`ContentNote`"): HTML in which line breaks of their own are dropped.
fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' | '\r' => html.push_str("<br>"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn a_note_is_text_whatever_is_written_in_it() {
        assert_eq!(html("a < b & \"c\"\r\nd's\n"), "a &lt; b &amp; &quot;c&quot;<br>d&#39;s<br>");
    }
}
