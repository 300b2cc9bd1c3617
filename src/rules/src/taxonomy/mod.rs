//! Microsoft's lists of codes: which are there, is this one of them, and which one is meant by a label?
//!
//! They change over time, so the built-in table is dated and every list can be replaced by settings. Knows nothing of referrals or
//! findings; where a list is not complete, an entry that is not in it may still be right.
//!
//! The table is generated from `data/taxonomy.csv`, which names its sources: for every list, lines `id|label` or `id`.

#[rustfmt::skip]
mod table;

use crate::{
    country::{
        fold::{has_key, key},
        lists,
    },
    text::{self, split_once, trim},
};

/// The day of the built-in table, as in "2026-01-31".
pub const AS_OF: &str = table::AS_OF;

/// A list of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// How Microsoft can help: `inviteContext.assistanceRequestCode`, without "no help".
    HelpCodes,
    /// `customerProfile.size`.
    CustomerSizes,
    /// `details.requirements.industries`.
    Industries,
    /// `details.requirements.products`.
    Products,
    /// `details.requirements.services`.
    Services,
    /// The partner's part in a services co-sell. By label until replaced: the ids are not published.
    PartnerRoles,
    /// Solution areas of the fiscal year. By label until replaced: the ids are not published.
    SolutionAreas,
    /// Solution plays of the fiscal year. By label until replaced: the ids are not published.
    SolutionPlays,
    /// Whether the customer means to buy through the marketplace. Only `HaveNotDecided` is documented.
    MarketplaceIntents,
    /// Why a referral was declined or lost: `statusReason`.
    CloseReasons,
}

impl List {
    /// Every list.
    pub const ALL: [Self; 10] = [
        Self::HelpCodes,
        Self::CustomerSizes,
        Self::Industries,
        Self::Products,
        Self::Services,
        Self::PartnerRoles,
        Self::SolutionAreas,
        Self::SolutionPlays,
        Self::MarketplaceIntents,
        Self::CloseReasons,
    ];

    /// The key of the list in settings. It never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HelpCodes => "helpCodes",
            Self::CustomerSizes => "customerSizes",
            Self::Industries => "industries",
            Self::Products => "products",
            Self::Services => "services",
            Self::PartnerRoles => "partnerRoles",
            Self::SolutionAreas => "solutionAreas",
            Self::SolutionPlays => "solutionPlays",
            Self::MarketplaceIntents => "marketplaceIntents",
            Self::CloseReasons => "closeReasons",
        }
    }

    /// The list with this key.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.name() == name)
    }

    /// The built-in entries.
    const fn built_in(self) -> &'static str {
        match self {
            Self::HelpCodes => table::HELP_CODES,
            Self::PartnerRoles => table::PARTNER_ROLES,
            Self::SolutionAreas => table::SOLUTION_AREAS,
            Self::SolutionPlays => table::SOLUTION_PLAYS,
            Self::MarketplaceIntents => table::MARKETPLACE_INTENTS,
            Self::CloseReasons => table::CLOSE_REASONS,
            Self::CustomerSizes => table::CUSTOMER_SIZES,
            Self::Industries => table::INDUSTRIES,
            Self::Products => table::PRODUCTS,
            Self::Services => table::SERVICES,
        }
    }
}

/// The lists as they count here: built in, or replaced.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taxonomy {
    replaced: Vec<(List, String)>,
}

impl Taxonomy {
    /// Puts `entries` in the place of a list: lines `id|label` or `id`. Who replaces a list says that it is complete.
    ///
    /// Entries without any id give the built-in list back: a setting left empty is no list.
    pub fn replace(&mut self, list: List, entries: &str) {
        self.replaced.retain(|(known, _)| *known != list);
        if lines(entries).next().is_some() {
            self.replaced.push((list, entries.to_owned()));
        }
    }

    /// Whether what is not in the list is wrong.
    #[must_use]
    pub fn is_complete(&self, list: List) -> bool {
        self.replacement(list).is_some() || !lists(table::PARTIAL, list.name())
    }

    /// The ids, as Microsoft writes them and in its order.
    pub fn ids(&self, list: List) -> impl Iterator<Item = &str> {
        self.entries(list).map(|(id, _)| id)
    }

    /// Whether `id` is in the list, letter for letter.
    #[must_use]
    pub fn contains(&self, list: List, id: &str) -> bool {
        self.ids(list).any(|known| known == id)
    }

    /// What people call `id`; the id itself where nothing else is known, none where it is not in the list.
    #[must_use]
    pub fn label(&self, list: List, id: &str) -> Option<&str> {
        let (id, label) = self.entries(list).find(|(known, _)| *known == id)?;
        Some(if label.is_empty() { id } else { label })
    }

    /// The id that `text` means: the id itself, or the only one that is written so but for case, accents, blanks and punctuation,
    /// or whose label is.
    #[must_use]
    pub fn find(&self, list: List, text: &str) -> Option<&str> {
        if let Some(id) = self.ids(list).find(|id| *id == text) {
            return Some(id);
        }
        let wanted = key(text);
        let mut meant = self.entries(list).filter(|(id, label)| has_key(id, &wanted) || has_key(label, &wanted));
        let (id, _) = meant.next().filter(|_| !wanted.is_empty())?;
        meant.all(|(other, _)| other == id).then_some(id)
    }

    fn replacement(&self, list: List) -> Option<&str> {
        self.replaced.iter().find(|(known, _)| *known == list).map(|(_, entries)| entries.as_str())
    }

    fn entries(&self, list: List) -> impl Iterator<Item = (&str, &str)> {
        lines(self.replacement(list).unwrap_or(list.built_in()))
    }
}

/// The ids and labels of the lines that have an id.
fn lines(entries: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text::lines(entries).map(|line| split_once(line, b'|').unwrap_or((line, "")));
    lines.map(|(id, label)| (trim(id), trim(label))).filter(|(id, _)| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_a_key_of_its_own_and_as_many_entries_as_documented() {
        let counts = List::ALL.map(|list| (list.name(), Taxonomy::default().ids(list).count()));
        let expected = [
            ("helpCodes", 6),
            ("customerSizes", 11),
            ("industries", 14),
            ("products", 20),
            ("services", 10),
            ("partnerRoles", 8),
            ("solutionAreas", 2),
            ("solutionPlays", 6),
            ("marketplaceIntents", 3),
            ("closeReasons", 8),
        ];
        assert_eq!(counts, expected);
        assert!(AS_OF.len() == 10 && AS_OF.starts_with("20"), "{AS_OF}");
    }

    #[test]
    fn every_entry_is_found_by_its_id_its_label_and_in_capitals() {
        let taxonomy = Taxonomy::default();
        for list in List::ALL {
            for id in taxonomy.ids(list) {
                let label = taxonomy.label(list, id).unwrap();
                for text in [id, label, &id.to_uppercase(), &format!(" {} ", label.to_lowercase())] {
                    assert_eq!(taxonomy.find(list, text), Some(id), "{list:?} {text:?}");
                }
                assert!(taxonomy.contains(list, id));
            }
        }
    }

    #[test]
    fn a_text_is_found_when_one_id_is_meant() {
        let taxonomy = Taxonomy::default();
        for (list, text, id) in [
            (List::HelpCodes, "Proof of concept or demo", Some("ProofOfConceptOrDemo")),
            (List::HelpCodes, "Quotes and Licensing", Some("QuotesOrLicensing")),
            (List::HelpCodes, "General or Other", Some("GeneralOrOther")),
            (List::HelpCodes, "Unknown", None),
            (List::HelpCodes, "help", None),
            (List::HelpCodes, "", None),
            (List::HelpCodes, " - ", None),
            (List::Industries, "Retail and Consumer Goods", Some("Retail & Consumer Goods")),
            (List::Products, "dynamics ax gp nav sl", Some("DynamicsAX,GP,NAV,SL")),
            (List::CustomerSizes, "1 to 50 employees", Some("1to50employees")),
            (List::MarketplaceIntents, "Have not decided", Some("HaveNotDecided")),
            (List::CloseReasons, "customer didn’t respond", Some("Customer didn't respond")),
            (List::CloseReasons, "Test referral", None),
        ] {
            assert_eq!(taxonomy.find(list, text), id, "{text:?}");
        }
        assert!(!taxonomy.contains(List::HelpCodes, "generalorother"));
        assert_eq!(taxonomy.label(List::HelpCodes, "generalorother"), None);
    }

    #[test]
    fn what_microsoft_has_not_published_is_never_called_complete() {
        let taxonomy = Taxonomy::default();
        let partial: Vec<List> = List::ALL.into_iter().filter(|list| !taxonomy.is_complete(*list)).collect();
        assert_eq!(partial, [List::PartnerRoles, List::SolutionAreas, List::SolutionPlays, List::MarketplaceIntents]);
    }

    #[test]
    fn a_list_is_replaced_and_given_back() {
        let mut taxonomy = Taxonomy::default();
        taxonomy.replace(List::SolutionAreas, "area-1|Cloud & AI\r\n\n  area-2 | Security \narea-3\n|no id\narea-4|security");
        assert!(taxonomy.is_complete(List::SolutionAreas));
        assert!(taxonomy.ids(List::SolutionAreas).eq(["area-1", "area-2", "area-3", "area-4"]));
        assert_eq!(taxonomy.find(List::SolutionAreas, "cloud and ai"), Some("area-1"));
        assert_eq!(taxonomy.find(List::SolutionAreas, "Security"), None);
        assert_eq!(taxonomy.label(List::SolutionAreas, "area-3"), Some("area-3"));
        assert!(!taxonomy.is_complete(List::SolutionPlays));
        taxonomy.replace(List::SolutionAreas, "another");
        assert!(taxonomy.ids(List::SolutionAreas).eq(["another"]));
        taxonomy.replace(List::SolutionAreas, " \n|label only\n");
        assert_eq!(taxonomy, Taxonomy::default());
    }
}
