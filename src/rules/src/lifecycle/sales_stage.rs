//! Microsoft's sales stages, and which one an opportunity's stage is.
//!
//! Source: Microsoft Learn, "Manage co-sell opportunities" (names and percent); the swagger of Microsoft's "Partner Center
//! Referrals" connector (four words). The two don't agree, so both are read, and an admin chooses which is sent.

use crate::{
    settings::Settings,
    text::{self, lines, rsplit_once, trim},
};

/// How far a deal has come, as Microsoft counts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SalesStage {
    /// 10 percent: created or accepted.
    Created,
    /// 20 percent.
    Qualified,
    /// 40 percent.
    Developed,
    /// 60 percent.
    Proposed,
    /// 80 percent.
    Negotiated,
    /// 100 percent.
    Won,
}

/// What Salesforce's own stages are to Microsoft. A lost deal has no stage there.
const STANDARD: [(&str, SalesStage); 9] = [
    ("Prospecting", SalesStage::Created),
    ("Qualification", SalesStage::Qualified),
    ("Needs Analysis", SalesStage::Developed),
    ("Value Proposition", SalesStage::Developed),
    ("Id. Decision Makers", SalesStage::Developed),
    ("Perception Analysis", SalesStage::Developed),
    ("Proposal/Price Quote", SalesStage::Proposed),
    ("Negotiation/Review", SalesStage::Negotiated),
    ("Closed Won", SalesStage::Won),
];

impl SalesStage {
    /// Every stage. Where two share a word, the one that the word means when it is read comes first.
    pub const ALL: [Self; 6] = [Self::Qualified, Self::Created, Self::Developed, Self::Proposed, Self::Negotiated, Self::Won];

    /// The word for it in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Created | Self::Qualified => "Qualify",
            Self::Developed => "Develop",
            Self::Proposed => "Propose",
            Self::Negotiated | Self::Won => "Close",
        }
    }

    /// Its percent, in digits.
    pub fn percent(self) -> &'static str {
        match self {
            Self::Created => "10",
            Self::Qualified => "20",
            Self::Developed => "40",
            Self::Proposed => "60",
            Self::Negotiated => "80",
            Self::Won => "100",
        }
    }

    /// What is sent: the word, or the percent where the settings say so.
    pub fn sent_as(self, settings: &Settings) -> &'static str {
        if settings.sales_stage_percent { self.percent() } else { self.word() }
    }

    /// Reads a word of the API, whatever its case, or a percent with or without its sign.
    pub fn of(text: &str) -> Option<Self> {
        let text = trim(text);
        let number = trim(text.strip_suffix('%').unwrap_or(text));
        Self::ALL.into_iter().find(|stage| stage.percent() == number || stage.word().eq_ignore_ascii_case(text))
    }

    /// Whether what Partner Center holds means this stage. A word means every stage that shares it.
    pub fn is_held_as(self, held: &str) -> bool {
        self.word().eq_ignore_ascii_case(trim(held)) || Self::of(held) == Some(self)
    }
}

/// Microsoft's sales stage for an opportunity's stage: by the admin's lines, else as Salesforce's own stages are called. `None`
/// where neither knows it, or where a line names a stage of another kind, as solution assessments have them.
pub fn sales_stage_of(stage: &str, settings: &Settings) -> Option<SalesStage> {
    match own_word(stage, settings) {
        Some(word) => SalesStage::of(word),
        None => STANDARD.into_iter().find(|(name, _)| *name == stage).map(|(_, known)| known),
    }
}

/// What is sent for an opportunity's stage. What an admin's line says in no word of ours is sent as it stands.
pub fn sales_stage_text<'s>(stage: &str, settings: &'s Settings) -> Option<&'s str> {
    match sales_stage_of(stage, settings) {
        Some(known) => Some(known.sent_as(settings)),
        None => own_word(stage, settings),
    }
}

/// What the admin's lines `stage|word or percent` say.
pub(crate) fn own_word<'s>(stage: &str, settings: &'s Settings) -> Option<&'s str> {
    let mut lines = lines(&settings.sales_stages).filter_map(|line| rsplit_once(line, b'|'));
    lines.find(|(name, _)| trim(name) == stage).map(|(_, word)| trim(word))
}

/// Whether every line is a stage of the org's, `|`, and something.
pub fn sales_stages_are_readable(lines: &str) -> bool {
    text::lines(trim(lines))
        .all(|line| rsplit_once(line, b'|').is_some_and(|(stage, word)| !trim(stage).is_empty() && !trim(word).is_empty()))
}
