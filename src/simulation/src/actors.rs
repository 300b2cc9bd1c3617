//! Who does what in a world, and when: sellers in the org, Microsoft's sellers and colleagues in the portal. A script is written
//! from the seed before the world begins; whether what it says can still be done is seen when its time has come.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use cosell_sandbox::in_process::{Answer, Reason};
use serde_json::{Value, json};
use tokio::time::Instant;
use tower::ServiceExt;

use crate::dice::Dice;
use crate::history::{Edit, History, Side};
use crate::process::Door;
use crate::sides::{Browser, Field, Referral, referrals};
use crate::world::World;

/// How long the storm lasts.
const STORM: Duration = Duration::from_mins(30);

/// What somebody does.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// The seller switches the deal's sharing on and clicks.
    Share,
    /// The seller clicks once more.
    Click,
    /// The seller changes a field, or two at once.
    Edit(Field),
    EditTwo(Field, Field),
    /// The seller adds a solution.
    AddSolution,
    /// The seller moves the deal on.
    Move,
    /// The seller lets Microsoft's sellers see the deal, or asks them for help.
    Open,
    AskForHelp,
    /// The seller closes it.
    Close {
        won: bool,
    },
    /// A colleague changes a field in the portal.
    Portal(Field),
    /// A colleague closes the deal in the portal.
    ClosePortal {
        won: bool,
    },
    /// Microsoft answers.
    Accept,
    Decline,
}

/// Each with its weight.
const ACTS: [(Act, u64); 17] = [
    (Act::Click, 16),
    (Act::Edit(Field::Amount), 8),
    (Act::Edit(Field::CloseDate), 5),
    (Act::Edit(Field::Notes), 5),
    (Act::EditTwo(Field::Amount, Field::Notes), 3),
    (Act::AddSolution, 3),
    (Act::Move, 3),
    (Act::Open, 2),
    (Act::AskForHelp, 3),
    (Act::Close { won: true }, 1),
    (Act::Close { won: false }, 1),
    (Act::Portal(Field::Amount), 8),
    (Act::Portal(Field::CloseDate), 5),
    (Act::Portal(Field::Notes), 5),
    (Act::ClosePortal { won: true }, 1),
    (Act::ClosePortal { won: false }, 1),
    (Act::Decline, 1),
];

/// Everybody.
pub(crate) struct Actors {
    pub(crate) world: Arc<World>,
    pub(crate) browser: Browser,
    pub(crate) history: Arc<History>,
    pub(crate) doors: Vec<Arc<Door>>,
    pub(crate) deals: Vec<String>,
    pub(crate) solutions: Vec<Value>,
    pub(crate) dice: Dice,
}

impl Actors {
    /// Plays what the seed says, until the storm is over.
    pub(crate) async fn play(&self) -> anyhow::Result<()> {
        let begin = Instant::now();
        let mut script: Vec<(Duration, usize, Act)> = Vec::new();
        for deal in 0..self.deals.len() {
            script.push((self.dice.between(0, 120_000), deal, Act::Share));
            script.push((self.dice.between(300_000, 1_500_000), deal, Act::Accept));
            for _ in 0..6 + self.dice.below(10) {
                let moment = self.dice.between(60_000, u64::try_from(STORM.as_millis()).unwrap_or(0));
                script.push((moment, deal, self.act()));
                // People do things in a row, and click when they are done.
                if self.dice.happens(0.5) {
                    script.push((moment + self.dice.between(0, 20_000), deal, self.act()));
                    script.push((moment + self.dice.between(0, 30_000), deal, Act::Click));
                }
            }
        }
        script.sort_by_key(|(moment, deal, _)| (*moment, *deal));
        for (moment, deal, act) in script {
            tokio::time::sleep_until(begin + moment).await;
            if let Some(deal) = self.deals.get(deal) {
                self.perform(deal, act).await?;
            }
        }
        tokio::time::sleep_until(begin + STORM).await;
        Ok(())
    }

    fn act(&self) -> Act {
        let mut left = self.dice.below(ACTS.iter().map(|(_, weight)| weight).sum());
        let chosen = ACTS.iter().find(|(_, weight)| {
            let is_it = left < *weight;
            left = left.saturating_sub(*weight);
            is_it
        });
        chosen.map_or(Act::Click, |(act, _)| *act)
    }

    async fn perform(&self, deal: &str, act: Act) -> anyhow::Result<()> {
        match act {
            Act::Share => {
                self.save(deal, json!({ "Sync_with_Partner_Center__c": true })).await?;
                self.click_twice(deal).await
            }
            Act::Click if self.dice.happens(0.2) => self.click_twice(deal).await,
            Act::Click => self.click(deal).await,
            Act::Edit(field) => self.edit(deal, &[field]).await,
            Act::EditTwo(one, other) => self.edit(deal, &[one, other]).await,
            Act::AddSolution => match self.dice.pick(&self.solutions) {
                Some(solution) => {
                    let known = self.browser.record(&self.world, deal).await?.solutions();
                    let id = solution.get("identifier").and_then(Value::as_str).unwrap_or_default();
                    if known.contains(id) { Ok(()) } else { self.browser.add_solution(&self.world, deal, solution).await }
                }
                None => Ok(()),
            },
            Act::Move => {
                let stages =
                    ["Qualification", "Needs Analysis", "Value Proposition", "Proposal/Price Quote", "Negotiation/Review"];
                let stage = self.dice.pick(&stages).copied().unwrap_or_default();
                self.save(deal, json!({ "StageName": stage })).await
            }
            Act::Open => self.save(deal, json!({ "Visible_to_Microsoft_Sellers__c": true })).await,
            Act::AskForHelp => {
                let help = json!({
                    "How_can_Microsoft_help__c": "ProofOfConceptOrDemo", "Visible_to_Microsoft_Sellers__c": true
                });
                let asked = !self.browser.record(&self.world, deal).await?.text("How_can_Microsoft_help__c").is_empty();
                if asked { Ok(()) } else { self.save(deal, help).await }
            }
            Act::Close { won } => self.close(deal, won).await,
            Act::Portal(field) => self.portal(deal, field).await,
            Act::ClosePortal { won } => {
                if let Some(own) = self.own(deal).await? {
                    let substatus = if won { "Won" } else { "Lost" };
                    let patch = json!([
                        { "op": "replace", "path": "/status", "value": "Closed" },
                        { "op": "replace", "path": "/substatus", "value": substatus }
                    ]);
                    let taken = self.world.services.edit(own.text("/id"), patch).is_ok();
                    if taken {
                        self.world.patches.edited(own.text("/id"));
                    }
                    self.world.trace.note(format!("portal closes {deal} as {substatus}: {taken}"));
                }
                Ok(())
            }
            Act::Accept => self.answer(deal, &Answer::Accept).await,
            Act::Decline => self.answer(deal, &Answer::Decline(Reason::Other("Not in this territory.".to_owned()))).await,
        }
    }

    /// The seller closes the deal.
    pub(crate) async fn close(&self, deal: &str, won: bool) -> anyhow::Result<()> {
        self.save(deal, json!({ "StageName": if won { "Closed Won" } else { "Closed Lost" } })).await?;
        // Also before there is a referral.
        self.world.patches.closes(deal);
        self.click(deal).await
    }

    /// Saves fields of a deal that is open; a closed one is left alone.
    pub(crate) async fn save(&self, deal: &str, fields: Value) -> anyhow::Result<()> {
        if !self.browser.record(&self.world, deal).await?.flag("IsClosed") {
            self.browser.save(&self.world, deal, &fields).await?;
        }
        Ok(())
    }

    pub(crate) async fn edit(&self, deal: &str, fields: &[Field]) -> anyhow::Result<()> {
        let before = self.browser.record(&self.world, deal).await?;
        if before.flag("IsClosed") {
            return Ok(());
        }
        let new: Vec<(Field, String)> = fields.iter().map(|field| (*field, self.new_value(deal, *field))).collect();
        let mut body = serde_json::Map::new();
        for (field, value) in &new {
            body.insert(field.of_record().to_owned(), as_json(*field, value, false));
        }
        if self.dice.happens(0.25) {
            // A trigger, a flow or a bulk load: it becomes visible later, with the time at which it was written.
            let lasts = self.dice.below(90);
            self.world.trace.note(format!("the next write shows after {lasts} s"));
            self.world.services.hold_next_write(time::Duration::seconds(i64::try_from(lasts).unwrap_or(0)));
        }
        if self.browser.save(&self.world, deal, &Value::Object(body)).await? {
            for (field, value) in new {
                self.history.note(deal, field, Edit { side: Side::Salesforce, value, before: before.plain(field) });
            }
        }
        Ok(())
    }

    pub(crate) async fn portal(&self, deal: &str, field: Field) -> anyhow::Result<()> {
        let Some(own) = self.own(deal).await? else { return Ok(()) };
        let value = self.new_value(deal, field);
        let patch = json!([{ "op": "replace", "path": field.of_referral(), "value": as_json(field, &value, true) }]);
        let taken = self.world.services.edit(own.text("/id"), patch).is_ok();
        self.world.trace.note(format!("portal sets {field:?} of {deal} to {value}: {taken}"));
        if taken {
            self.world.patches.edited(own.text("/id"));
            self.world.patches.edited(deal);
            self.history.note(deal, field, Edit { side: Side::PartnerCenter, value, before: own.plain(field) });
        }
        Ok(())
    }

    /// A value that nobody has written before.
    fn new_value(&self, deal: &str, field: Field) -> String {
        let number = self.history.count(deal, field) + 1;
        match field {
            Field::Amount => format!("{}.00", 50_000 + 1_000 * number + usize::try_from(self.dice.below(900)).unwrap_or(0)),
            Field::CloseDate => {
                (self.world.clock.time().date() + time::Duration::days(100 + i64::try_from(number).unwrap_or(0))).to_string()
            }
            Field::Notes => format!("Note {number} of {}.", self.dice.below(1_000_000)),
        }
    }

    async fn answer(&self, deal: &str, answer: &Answer) -> anyhow::Result<()> {
        let Some(own) = self.own(deal).await? else { return Ok(()) };
        let engagement = own.text("/engagementId");
        let sibling = referrals(&self.world).into_iter().find(|it| it.is_microsofts() && it.text("/engagementId") == engagement);
        if let Some(sibling) = sibling {
            let outcome = self.world.services.answer(sibling.text("/id"), answer.clone());
            self.world.trace.note(format!("Microsoft answers {deal}: {answer:?} {}", outcome.is_ok()));
        }
        Ok(())
    }

    /// Our referral of a deal.
    pub(crate) async fn own(&self, deal: &str) -> anyhow::Result<Option<Referral>> {
        let record = self.browser.record(&self.world, deal).await?;
        let known = record.text("Referral_Identifier__c");
        let is_it = |it: &Referral| !it.is_microsofts() && (it.text("/externalReferenceId") == deal || it.text("/id") == known);
        Ok(referrals(&self.world).into_iter().find(is_it))
    }

    /// The seller clicks; nobody waits for the answer.
    pub(crate) async fn click(&self, deal: &str) -> anyhow::Result<()> {
        let Some(router) = self.somebody() else {
            self.world.trace.note(format!("seller clicks {deal}: nobody is there"));
            return Ok(());
        };
        let request = self.request(deal).await?;
        let (world, deal) = (Arc::clone(&self.world), deal.to_owned());
        world.trace.note(format!("seller clicks {deal}"));
        tokio::spawn(async move {
            let status = router.oneshot(request).await.map_or_else(|never| match never {}, |response| response.status());
            world.trace.note(format!("seller has {} for {deal}", status.as_u16()));
        });
        Ok(())
    }

    /// An impatient seller, or two of them: whoever answers need not be the same both times.
    async fn click_twice(&self, deal: &str) -> anyhow::Result<()> {
        self.click(deal).await?;
        tokio::time::sleep(self.dice.between(0, 400)).await;
        self.click(deal).await
    }

    /// Whoever serves sellers now.
    pub(crate) fn somebody(&self) -> Option<Router> {
        let open: Vec<_> = self.doors.iter().filter_map(|door| door.router()).collect();
        self.dice.pick(&open).cloned()
    }

    /// A referral by its id.
    pub(crate) fn referral(&self, id: &str) -> Option<Referral> {
        referrals(&self.world).into_iter().find(|it| it.text("/id") == id)
    }

    async fn request(&self, deal: &str) -> anyhow::Result<Request<Body>> {
        let token = self.browser.token(&self.world, deal, "share").await?;
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("/v1/opportunities/{deal}/reconcile"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::ACCEPT_LANGUAGE, "en");
        Ok(request.body(Body::empty())?)
    }
}

/// A value as its side takes it.
fn as_json(field: Field, value: &str, portal: bool) -> Value {
    match field {
        Field::Amount => serde_json::from_str(value).unwrap_or_default(),
        Field::CloseDate if portal => Value::from(format!("{value}T00:00:00Z")),
        Field::CloseDate | Field::Notes => Value::from(value),
    }
}
