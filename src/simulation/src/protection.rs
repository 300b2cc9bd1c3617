//! The protections that can be taken out of a world, each at a seam: what the network carries, what the database keeps, what a
//! setting says. The proxy itself is always the one that ships; for the fence alone its store has a switch, since what a database
//! refuses it cannot be made to take. A proof that never fails proves nothing.

/// One protection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Protection {
    /// Its name on the command line.
    pub name: &'static str,
    /// What is done to the world.
    pub sabotage: Sabotage,
}

/// How a protection is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sabotage {
    /// The network loses this header of requests.
    RequestHeader(&'static str),
    /// The network loses this header of answers.
    AnswerHeader(&'static str),
    /// The network answers searches among our own referrals with nothing.
    BlindSearch,
    /// The deal's id does not travel with a create.
    NoReference,
    /// The referral's identifier does not travel with what is made of it in the org.
    NoIdentifier,
    /// Settings of the proxy.
    Settings(&'static [(&'static str, &'static str)]),
    /// The database undoes what these statements watch for; and settings.
    Store(&'static [&'static str], &'static [(&'static str, &'static str)]),
    /// All processes have the same name.
    OneName,
    /// The store takes what a run writes whose lease is lost.
    NoFence,
}

/// Every protection that can be taken out.
pub const PROTECTIONS: &[Protection] = &[
    Protection { name: "if-match", sabotage: Sabotage::RequestHeader("if-match") },
    Protection { name: "if-unmodified-since", sabotage: Sabotage::RequestHeader("if-unmodified-since") },
    Protection { name: "retry-after", sabotage: Sabotage::AnswerHeader("retry-after") },
    Protection { name: "look-before-create", sabotage: Sabotage::BlindSearch },
    Protection { name: "reference-in-create", sabotage: Sabotage::NoReference },
    Protection { name: "identifier-in-record", sabotage: Sabotage::NoIdentifier },
    Protection { name: "settle-wait", sabotage: Sabotage::Settings(&[("RECONCILE__SETTLE_SECONDS", "0")]) },
    Protection {
        name: "intent-before-create",
        sabotage: Sabotage::Store(
            &["CREATE TRIGGER no_intent AFTER UPDATE OF attempt_at, microsoft_attempt_at ON links BEGIN UPDATE links SET \
               intent_at = NULL, attempt_at = NULL, attempt_open = 0, microsoft_intent_at = NULL, microsoft_attempt_at = NULL, \
               microsoft_attempt_open = 0 WHERE opportunity_id = NEW.opportunity_id; END"],
            &[("RECONCILE__FIRST_LOOK_SECONDS", "0")],
        ),
    },
    Protection {
        name: "base",
        sabotage: Sabotage::Store(
            &[
                "CREATE TRIGGER no_base AFTER UPDATE OF base ON links WHEN NEW.base IS NOT NULL BEGIN UPDATE links SET base = NULL \
               WHERE opportunity_id = NEW.opportunity_id; END",
            ],
            &[],
        ),
    },
    Protection {
        name: "told-before-patch",
        sabotage: Sabotage::Store(
            &["CREATE TRIGGER not_told AFTER UPDATE OF told ON links WHEN NEW.told <> '[]' BEGIN UPDATE links SET told = '[]' \
               WHERE opportunity_id = NEW.opportunity_id; END"],
            &[],
        ),
    },
    Protection { name: "lease", sabotage: Sabotage::OneName },
    Protection { name: "fence", sabotage: Sabotage::NoFence },
    Protection { name: "sweep", sabotage: Sabotage::Settings(&[("SWEEP__INTERVAL_SECONDS", "0")]) },
    Protection { name: "feed", sabotage: Sabotage::Settings(&[("FEED__INTERVAL_SECONDS", "0")]) },
    Protection { name: "feed-overlap", sabotage: Sabotage::Settings(&[("FEED__OVERLAP_SECONDS", "1")]) },
    Protection {
        name: "wake-counter",
        sabotage: Sabotage::Store(
            &["CREATE TRIGGER no_wakes AFTER UPDATE OF wakes ON work WHEN NEW.wakes <> OLD.wakes BEGIN UPDATE work SET \
               wakes = OLD.wakes WHERE work_key = NEW.work_key; END"],
            &[],
        ),
    },
    Protection {
        name: "inbox",
        sabotage: Sabotage::Store(
            &["CREATE TRIGGER once_only AFTER UPDATE OF arrivals ON inbox BEGIN DELETE FROM inbox \
               WHERE referral_id = NEW.referral_id; END"],
            &[],
        ),
    },
];

impl Protection {
    /// The one with that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        PROTECTIONS.iter().find(|protection| protection.name == name).copied()
    }
}
