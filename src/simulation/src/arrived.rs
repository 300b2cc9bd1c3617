//! What must hold in the end of the referrals that came to the partner.

use serde_json::Value;

use crate::incoming::Guest;
use crate::sides::{Browser, Record, Referral, referrals};
use crate::world::World;

/// What came.
pub(crate) struct Guests {
    pub(crate) all: Vec<Guest>,
    /// The org wants leads as well.
    pub(crate) wants_leads: bool,
}

/// Looks at everything that came and notes what was not kept.
pub(crate) async fn check(world: &World, browser: &Browser, guests: &Guests) -> anyhow::Result<()> {
    let (all, records) = (referrals(world), browser.records(world).await?);
    let (leads, accounts) = (browser.leads(world).await?, browser.accounts(world).await?);
    for guest in &guests.all {
        let Some(own) = guest.referral.as_ref().and_then(|id| all.iter().find(|it| it.text("/id") == id)) else { continue };
        let id = own.text("/id");
        let deals: Vec<&Record> = records.iter().filter(|record| record.text("Referral_Identifier__c") == id).collect();
        let leads: Vec<&Value> = leads.iter().filter(|lead| text(lead, "Referral_Identifier__c") == id).collect();
        number(world, guest, own, guests.wants_leads, (deals.len(), &leads));
        let is_there = !deals.is_empty();
        let found = accounts.iter().filter(|account| text(account, "Name") == guest.customer).count();
        // A customer of two guests is still one.
        if is_there && found != guest.accounts {
            world.violate("one account for each customer", format!("{:?} has {found}", guest.customer));
        }
        if let [deal] = deals[..] {
            trail(world, deal, own, !leads.is_empty());
        }
    }
    let strangers = records.iter().filter(|record| {
        let id = record.text("Referral_Identifier__c");
        !id.is_empty() && !all.iter().any(|it| it.text("/id") == id)
    });
    let deals = guests.all.iter().map(|guest| format!("Deal of {}", guest.customer));
    let named: Vec<String> = deals.collect();
    let doubles = records.iter().filter(|record| named.iter().any(|name| record.text("Name") == name)).count();
    if doubles > guests.all.len() {
        world.violate(ONCE, format!("{doubles} opportunities of {} referrals", guests.all.len()));
    }
    for record in strangers {
        world.violate(ONCE, format!("{} has a referral that does not exist", record.text("Id")));
    }
    Ok(())
}

const ONCE: &str = "a referral that comes is in the org exactly once";

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// As many records as there should be. What ended before anybody saw it need not be there.
fn number(world: &World, guest: &Guest, own: &Referral, wants_leads: bool, (deals, leads): (usize, &[&Value])) {
    let (id, status) = (own.text("/id"), own.text("/status"));
    let says = |expected: &str| {
        let found = format!("{id} is {status}: {deals} opportunities and {} leads, expected {expected}", leads.len());
        world.violate(ONCE, found);
    };
    let converted = leads.iter().filter(|lead| lead.get("IsConverted") == Some(&Value::Bool(true))).count();
    match (guest.is_lead(), status) {
        (true, _) if !wants_leads && (deals, leads.len()) == (0, 0) => {}
        (true, _) if !wants_leads => says("none"),
        (true, "New") if (deals, leads.len(), converted) != (0, 1, 0) => says("one lead"),
        (true, "Active") if deals != 1 || leads.len() > 1 || converted != leads.len() => says("one opportunity"),
        (true, "Closed") if deals > 1 || leads.len() > 1 => says("at most one of each"),
        (false, "Closed") if deals > 1 || !leads.is_empty() => says("at most one opportunity"),
        (false, "New" | "Active") if deals != 1 || !leads.is_empty() => says("one opportunity"),
        _ => {}
    }
}

/// What happened is told, once.
fn trail(world: &World, record: &Record, own: &Referral, was_lead: bool) {
    const PROMISE: &str = "the audit is complete, and nothing is told twice";
    let deal = record.text("Id");
    let lines = record.trail();
    let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    let expect = |what: &str, found: usize, (least, most): (usize, usize)| {
        if found < least || found > most {
            world.violate(PROMISE, format!("{deal}: {what:?} is told {found} times, not {least} to {most}: {lines:#?}"));
        }
    };
    let patches = world.patches.of(own.text("/id"));
    expect("came", count("This referral came through"), (0, 1));
    expect("account", count("Made the account") + count("It belongs to the account"), (usize::from(!was_lead), 1));
    expect("converted", count("The lead was accepted"), (usize::from(was_lead), usize::from(was_lead)));
    let (accepted, declined) = (count("Accepted the referral"), count("Declined the referral"));
    expect("moved", accepted + declined + count("Marked the deal as"), (patches.moves, patches.moves));
    expect("sent", count("Sent to Partner Center:"), (patches.fields.saturating_sub(patches.doubtful), patches.fields));
    let there = count("The referral was accepted in Partner Center");
    // What was accepted there and closed here before anybody looked is only told as closed.
    let is_accepted = own.text("/substatus") == "Accepted";
    expect("accepted", accepted + there + count("The lead was accepted"), (usize::from(is_accepted), 2));
    if record.people() != 1 {
        world.violate("a deal that comes has its people once", format!("{deal} has {}", record.people()));
    }
}
