//! The three-way merge of one row: what each side holds, and what both agreed on last.

use crate::map::{ROW, Winner, row_key, set_rows};

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// Both sides hold the same.
    Agreed,
    /// Salesforce's value goes to Partner Center.
    Push,
    /// Partner Center's value goes to Salesforce.
    Pull,
    /// They differ, and the side that would have to change can't be written: nothing is done, now or next time.
    Left,
}

/// The three texts of a row, and which sides may be written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts<'t> {
    pub(super) ours: &'t str,
    pub(super) held: &'t str,
    pub(super) base: Option<&'t str>,
    pub(super) may_push: bool,
    pub(super) may_pull: bool,
    pub(super) winner: Winner,
}

impl Texts<'_> {
    /// What becomes of the row, and whether the other side's own change loses by it.
    pub(super) fn choose(self) -> (Choice, bool) {
        if self.ours == self.held {
            return (Choice::Agreed, false);
        }
        let (side, is_conflict) = match self.base {
            Some(base) if base == self.held => (Winner::Salesforce, false),
            Some(base) if base == self.ours => (Winner::PartnerCenter, false),
            // Without a common past, what is there completes what is blank.
            None if self.held.is_empty() => (Winner::Salesforce, false),
            None if self.ours.is_empty() => (Winner::PartnerCenter, false),
            _ => (self.winner, true),
        };
        match side {
            Winner::Salesforce if self.may_push => (Choice::Push, is_conflict),
            Winner::PartnerCenter if self.may_pull => (Choice::Pull, is_conflict),
            _ => (Choice::Left, false),
        }
    }
}

/// Merges two sets row by row: what one side added is added, what one side took out is taken out, and a row that both changed is
/// Salesforce's. `base` is what Salesforce held last, so that what only Partner Center knows stays where it is.
pub(super) fn merge_sets(ours: &str, held: &str, base: Option<&str>) -> String {
    let find = |set: &'_ str, key: &str| set_rows(set).find(|row| row_key(row) == key).map(str::to_owned);
    let mut keys: Vec<&str> = set_rows(ours).chain(set_rows(held)).map(row_key).collect();
    keys.sort_unstable();
    keys.dedup();
    let merged = keys.into_iter().filter_map(|key| {
        let (ours, held) = (find(ours, key), find(held, key));
        match base.map(|base| find(base, key)) {
            // Unchanged in Salesforce.
            Some(base) if base == ours => held,
            None if ours.is_none() => held,
            _ => ours,
        }
    });
    merged.collect::<Vec<_>>().join(ROW)
}

/// A row of a set that both sides changed, as Salesforce and as Partner Center have it; none without a common past.
pub(super) fn conflict<'t>(ours: &'t str, held: &'t str, base: Option<&str>) -> Option<(&'t str, &'t str)> {
    let find = |set: &'t str, key: &str| set_rows(set).find(|row| row_key(row) == key);
    let base = base?;
    set_rows(ours).find_map(|mine| {
        let theirs = find(held, row_key(mine)).filter(|theirs| *theirs != mine)?;
        let known = set_rows(base).find(|row| row_key(row) == row_key(mine));
        (known != Some(mine) && known != Some(theirs)).then_some((mine, theirs))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_follows_the_side_that_changed() {
        use Choice::{Agreed, Left, Pull, Push};
        use Winner::{PartnerCenter, Salesforce};
        // ours, held, base, may push, may pull, winner, then what is done and whether somebody loses
        let cases = [
            ("a", "a", None, true, true, Salesforce, (Agreed, false)),
            ("a", "a", Some("b"), true, true, Salesforce, (Agreed, false)),
            ("new", "old", Some("old"), true, true, PartnerCenter, (Push, false)),
            ("old", "new", Some("old"), true, true, Salesforce, (Pull, false)),
            ("", "old", Some("old"), true, true, PartnerCenter, (Push, false)),
            ("mine", "theirs", Some("old"), true, true, Salesforce, (Push, true)),
            ("mine", "theirs", Some("old"), true, true, PartnerCenter, (Pull, true)),
            ("mine", "theirs", None, true, true, Salesforce, (Push, true)),
            ("mine", "", None, true, true, PartnerCenter, (Push, false)),
            ("", "theirs", None, true, true, Salesforce, (Pull, false)),
            ("new", "old", Some("old"), false, true, Salesforce, (Left, false)),
            ("old", "new", Some("old"), true, false, Salesforce, (Left, false)),
            ("mine", "theirs", Some("old"), false, true, Salesforce, (Left, false)),
        ];
        for (ours, held, base, may_push, may_pull, winner, wanted) in cases {
            let texts = Texts { ours, held, base, may_push, may_pull, winner };
            assert_eq!(texts.choose(), wanted, "{texts:?}");
        }
    }

    #[test]
    fn sets_are_merged_member_by_member() {
        let set = |letters: &str| letters.split_whitespace().collect::<Vec<_>>().join("\n").replace('=', "\t");
        // ours, held, base, merged
        let cases = [
            ("a b", "a", Some("a"), "a b"),
            ("a", "a b", Some("a"), "a b"),
            ("a", "a b", Some("a b"), "a"),
            ("a b", "a", Some("a b"), "a"),
            ("a b", "a c", Some("a"), "a b c"),
            ("a", "b", None, "a b"),
            ("", "b", None, "b"),
            ("a=2", "a=1 b", Some("a=1"), "a=2 b"),
            ("a=1", "a=2", Some("a=1"), "a=2"),
            ("a=2", "a=3", Some("a=1"), "a=2"),
            ("a=2", "", Some("a=1"), "a=2"),
        ];
        for (ours, held, base, merged) in cases {
            let base_set = base.map(set);
            assert_eq!(merge_sets(&set(ours), &set(held), base_set.as_deref()), set(merged), "{ours} | {held} | {base:?}");
        }
    }

    #[test]
    fn a_row_that_both_changed_is_a_conflict_and_no_other() {
        let set = |letters: &str| letters.split_whitespace().collect::<Vec<_>>().join("\n").replace('=', "\t");
        // ours, held, base, whether it is one
        let cases = [
            ("a=2", "a=3", Some("a=1"), true),
            ("b=1 a=2", "a=3 b=1", Some("a=1 b=1"), true),
            ("a=2", "a=3", Some(""), true),
            ("a=2", "a=1", Some("a=1"), false),
            ("a=1", "a=2", Some("a=1"), false),
            ("a=2", "", Some("a=1"), false),
            ("a=2", "a=3", None, false),
            ("a=2", "a=2", Some("a=1"), false),
        ];
        for (ours, held, base, is_conflict) in cases {
            let base_set = base.map(set);
            assert_eq!(
                conflict(&set(ours), &set(held), base_set.as_deref()).is_some(),
                is_conflict,
                "{ours} | {held} | {base:?}"
            );
        }
    }
}
