//! What must hold when the storm is over and everybody has had time.

use cosell_proxy::store::Store;

use crate::history::History;
use crate::sides::{Browser, Field, Record, Referral, referrals};
use crate::world::World;

/// Looks at everything and notes what was not kept.
pub(crate) async fn check(world: &World, browser: &Browser, history: &History, store: &Store) -> anyhow::Result<()> {
    let all = referrals(world);
    for record in browser.records(world).await? {
        let deal = record.text("Id").to_owned();
        let known = record.text("Referral_Identifier__c");
        let is_named = |it: &Referral| it.text("/externalReferenceId") == deal || it.text("/id") == known;
        let is_ours = |it: &&Referral| !it.is_microsofts() && is_named(it);
        let own: Vec<&Referral> = all.iter().filter(is_ours).collect();
        if own.len() > 1 {
            world.violate("one referral of ours for each deal", format!("{deal} has {}", own.len()));
        }
        let Some(own) = own.first() else {
            if record.flag("Sync_with_Partner_Center__c") && !record.flag("IsClosed") {
                world.violate("what is shared has a referral", format!("{deal}: {}", state(&record)));
            }
            continue;
        };
        let engagement = own.text("/engagementId");
        let siblings: Vec<&Referral> =
            all.iter().filter(|it| it.is_microsofts() && it.text("/engagementId") == engagement).collect();
        if siblings.len() > 1 {
            world.violate("at most one referral of Microsoft's for each engagement", format!("{deal} has {}", siblings.len()));
        }
        equal(world, &record, own);
        if own.waits_for_us() {
            // Nothing is sent before it is answered.
            continue;
        }
        edits(world, history, &record, own);
        if own.is_incoming() {
            continue;
        }
        trail(world, &record, own, siblings.first().copied());
    }
    let is_stray = |it: &&Referral| !it.is_microsofts() && !it.is_incoming() && it.text("/externalReferenceId").is_empty();
    let strays = all.iter().filter(is_stray).count();
    if strays > 0 {
        world.violate("one referral of ours for each deal", format!("{strays} belong to nobody"));
    }
    queue(world, store, &all).await?;
    Ok(())
}

/// Nothing is left to be done: no event is unread, and only what waits for an answer is looked at again.
async fn queue(world: &World, store: &Store, all: &[Referral]) -> anyhow::Result<()> {
    const PROMISE: &str = "the work queue is empty";
    let (now, far) = (world.clock.time(), time::Duration::days(3_650));
    let due = store.due(now, 1_000).await?;
    if !due.is_empty() {
        world.violate(PROMISE, format!("due: {due:?}"));
    }
    let waits = all.iter().filter(|it| it.text("/status") == "New").count();
    let later = store.due(now + far, 1_000).await?;
    if later.len() > waits {
        world.violate(PROMISE, format!("{later:?}, but {waits} wait for an answer"));
    }
    let unread = store.arrivals(1_000).await?;
    if !unread.is_empty() {
        world.violate(PROMISE, format!("unread: {unread:?}"));
    }
    Ok(())
}

fn state(record: &Record) -> String {
    format!("{} {}", record.text("Cosell_State__c"), record.text("Cosell_State_Reason__c"))
}

/// Both sides hold the same, as far as Microsoft lets a referral be changed.
fn equal(world: &World, record: &Record, own: &Referral) {
    const PROMISE: &str = "both sides are equal";
    let deal = record.text("Id");
    for (ours, theirs) in [("Referral_Identifier__c", "/id"), ("Engagement_Identifier__c", "/engagementId")] {
        if record.text(ours) != own.text(theirs) {
            world.violate(PROMISE, format!("{deal} {ours}: {:?}, {:?}", record.text(ours), own.text(theirs)));
        }
    }
    let closed = match own.text("/substatus") {
        "Won" => Some(true),
        "Lost" | "Declined" | "Expired" => Some(false),
        _ => None,
    };
    if own.is_closed() != record.flag("IsClosed") || closed.is_some_and(|won| won != record.flag("IsWon")) {
        let stage = record.text("StageName");
        world.violate(PROMISE, format!("{deal} is {stage:?} and {:?} {}", own.text("/substatus"), state(record)));
    }
    if own.waits_for_us() && record.text("StageName") != "On Hold" {
        world.violate(PROMISE, format!("{deal} is {:?} and waits for an answer", record.text("StageName")));
    }
    if own.is_closed() || own.waits_for_us() {
        // What was written after that stays where it was written.
        return;
    }
    for field in Field::ALL {
        let (ours, theirs) = (record.plain(field), own.plain(field));
        if ours != theirs {
            world.violate(PROMISE, format!("{deal} {field:?}: {ours:?}, {theirs:?} ({})", state(record)));
        }
    }
    if record.text("CurrencyIsoCode") != own.text("/details/currency") {
        world.violate(PROMISE, format!("{deal} currency"));
    }
    // Nobody adds any in the portal, and nobody takes any away.
    if record.solutions() != own.solutions() {
        world.violate(PROMISE, format!("{deal} solutions: {:?}, {:?}", record.solutions(), own.solutions()));
    }
}

/// The edit that must stand does, and one that lost without knowing is named.
fn edits(world: &World, history: &History, record: &Record, own: &Referral) {
    const PROMISE: &str = "no edit is lost that the conflict rule does not name";
    let deal = record.text("Id");
    // Nobody could tell that a value had come across before it was replaced: then it counts as a conflict.
    let is_doubtful = world.patches.of(own.text("/id")).doubtful + world.patches.of(deal).doubtful > 0;
    // Nor could who found a record that somebody else had made, and that was changed on both sides since.
    let is_doubtful = is_doubtful || world.patches.of(own.text("/id")).is_forgotten;
    for field in Field::ALL {
        let Some(due) = history.due(deal, field) else { continue };
        let (ours, theirs) = (record.plain(field), own.plain(field));
        if own.is_closed() {
            // The last edit of one side may have come too late for the other; it stands on its own.
            if ![&due.stands, due.named.as_ref().unwrap_or(&due.stands)].contains(&&ours) && ours != theirs && !is_doubtful {
                world.violate(PROMISE, format!("{deal} {field:?}: {due:?}, but it is {ours:?}, {theirs:?}"));
            }
            continue;
        }
        let is_named = |value: &str| {
            record.trail().iter().any(|line| line.starts_with("Changed on both sides") && names(line, field, value))
        };
        if is_doubtful && ours == theirs && is_named(&due.stands) {
            continue;
        }
        if ours != due.stands || theirs != due.stands {
            world.violate(PROMISE, format!("{deal} {field:?}: {due:?}, but it is {ours:?}, {theirs:?}"));
        } else if let Some(lost) = &due.named
            && !is_named(lost)
        {
            world.violate(PROMISE, format!("{deal} {field:?}: nothing tells that {lost:?} was overruled"));
        }
    }
}

fn names(line: &str, field: Field, value: &str) -> bool {
    match field {
        Field::Amount => {
            let whole = value.split('.').next().unwrap_or_default();
            line.replace([',', '\u{a0}', '\u{202f}', '\''], "").contains(whole)
        }
        Field::CloseDate => day_in_words(value).is_some_and(|day| line.contains(&day)),
        Field::Notes => line.contains(value.trim_end_matches('.')),
    }
}

/// `2027-03-05` as the English trail has it: 5 March 2027.
fn day_in_words(day: &str) -> Option<String> {
    let date = time::Date::parse(day, time::macros::format_description!("[year]-[month]-[day]")).ok()?;
    Some(format!("{} {} {}", date.day(), date.month(), date.year()))
}

/// Each event has its line, and none has two.
fn trail(world: &World, record: &Record, own: &Referral, sibling: Option<&Referral>) {
    const PROMISE: &str = "the audit is complete, and nothing is told twice";
    let deal = record.text("Id");
    let lines = record.trail();
    let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    let expect = |what: &str, found: usize, expected: usize| {
        if found != expected {
            world.violate(PROMISE, format!("{deal}: {what:?} is told {found} times, not {expected}"));
        }
    };
    let visible = own.0.pointer("/consent/consentToShareReferralWithMicrosoftSellers") == Some(&true.into());
    let (private, led, co_sell) = (
        count("Registered in Partner Center as a private"),
        count("Shared with Microsoft: its sellers"),
        count("Shared with Microsoft as co-sell"),
    );
    match (sibling.is_some(), visible) {
        (true, _) => expect("co-sell", co_sell, 1),
        (false, true) => expect("partner-led", led, 1),
        (false, false) => expect("private", private, 1),
    }
    expect("private", private, private.min(1));
    expect("partner-led", led, led.min(1));
    expect("asked", count("Asked Microsoft for help"), usize::from(sibling.is_some()));
    let answer = sibling.map(|sibling| sibling.text("/substatus")).unwrap_or_default();
    expect("accepted", count("Microsoft accepted the deal"), usize::from(answer == "Accepted"));
    expect("declined", count("Microsoft declined the deal"), usize::from(answer == "Declined"));
    let patches = world.patches.of(own.text("/id"));
    let overruled = lines.iter().filter(|line| line.starts_with("Changed on both sides: stage") && line.contains("Closed"));
    let found = count("The deal was closed as") + overruled.count();
    let told = count("Marked the deal as");
    if own.is_closed() && patches.moves == 0 && world.patches.of(deal).is_closed_here {
        // Both have closed it. Where they agree there is nothing to tell, and nobody can tell who was heard.
        expect("closed", found + told, (found + told).min(1));
        return;
    }
    let sent = count("Sent to Partner Center:");
    expect("sent", sent, sent.clamp(patches.fields.saturating_sub(patches.doubtful), patches.fields));
    expect("told", told, patches.moves);
    expect("closed there", found, usize::from(own.is_closed() && patches.moves == 0));
}
