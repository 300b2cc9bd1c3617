//! Every event of the trail has its words, in every language.

use std::collections::BTreeSet;

use cosell_rules::{
    lifecycle::{Standing, Status, Substatus},
    map::Winner,
    message::{self, Language},
    model::DealType,
    reconcile::Entry,
};
use serde_json::json;

use crate::world::World;

/// How many kinds of entries there are, as [`kind`] counts them.
const KINDS: usize = 10;

/// A number for each kind that tells something of its own. A new one doesn't compile until it stands here, and then fails until
/// [`entries`] has it.
fn kind(entry: &Entry) -> usize {
    match entry {
        Entry::Shared(_) => 0,
        Entry::Asked { .. } => 1,
        Entry::Answered { .. } => 2,
        Entry::Moved { .. } => 3,
        Entry::Found { .. } => 4,
        Entry::Sent { .. } => 5,
        Entry::Received { .. } => 6,
        Entry::StaysVisible => 7,
        Entry::Overruled { winner: Winner::Salesforce, .. } => 8,
        Entry::Overruled { winner: Winner::PartnerCenter, .. } => 9,
    }
}

/// Both sides have changed a value that one of them wins: from plans, since nothing else makes such entries.
fn overruled() -> Vec<Entry> {
    let mut notes = World::shared();
    notes.set("Description", json!("Ours"));
    notes.put("/details/notes", json!("Theirs"));
    notes.run();
    let mut code = World::shared();
    code.settings.mapping[0].winner = Winner::PartnerCenter;
    code.set("Campaign_Code__c", json!("Ours"));
    code.put("/campaignId", json!("Theirs"));
    code.run();
    let audits = [notes, code].into_iter().flat_map(|world| world.audit);
    audits.filter(|entry| matches!(entry, Entry::Overruled { .. })).collect()
}

/// One entry of each kind that has words of its own.
fn entries() -> Vec<Entry> {
    let why = || "Project budget isn't adequate".to_owned();
    let mut entries: Vec<Entry> = DealType::ALL.into_iter().map(Entry::Shared).collect();
    entries.extend([
        Entry::Asked { help: "ProofOfConceptOrDemo".into() },
        Entry::Answered { standing: "Odd".into(), reason: String::new() },
        Entry::StaysVisible,
        Entry::Sent { fields: vec!["amount".into()] },
        Entry::Received { fields: vec!["notes".into(), "closeDate".into()] },
    ]);
    for status in Status::ALL {
        for substatus in Substatus::ALL {
            let standing = Standing { status: *status, substatus: *substatus };
            entries.push(Entry::Answered { standing: standing.to_string(), reason: why() });
            entries.push(Entry::Moved { to: standing, reason: why() });
            entries.push(Entry::Found { standing, reason: String::new() });
        }
    }
    entries.extend(overruled());
    entries
}

#[test]
fn no_kind_of_entry_is_forgotten() {
    let kinds: BTreeSet<usize> = entries().iter().map(kind).collect();
    assert!(kinds.into_iter().eq(0..KINDS));
}

/// What a language lacks is said in English, so a sentence that is the English one is missing.
#[test]
fn every_language_has_words_of_its_own() {
    let tell = |entry: &Entry, language: Language| message::phrase(entry.key(), &entry.params(), language.code());
    for entry in entries() {
        let told: BTreeSet<String> = Language::ALL.into_iter().map(|language| tell(&entry, language)).collect();
        assert_eq!(told.len(), Language::ALL.len(), "{}: {told:?}", entry.key());
    }
}

#[test]
fn every_entry_is_told_in_every_language_and_names_what_it_must() {
    for language in Language::ALL {
        for entry in entries() {
            let told = message::phrase(entry.key(), &entry.params(), language.code());
            assert!(told != entry.key() && told.contains(' '), "{} {}: {told}", language.code(), entry.key());
            assert!(!told.contains(['{', '}']), "{} {}: {told}", language.code(), entry.key());
        }
    }
}
