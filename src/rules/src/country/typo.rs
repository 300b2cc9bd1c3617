//! Whether two names are one slip of the finger apart. Knows nothing of countries.

/// A word shorter than this is one slip away from too many others ("Oman", "Iran", "Mali") to be worth a guess.
const SHORTEST: usize = 5;

/// True when one letter added, left out, exchanged or swapped with its neighbour turns `left` into `right`, and both have at
/// least five letters.
pub(super) fn one_slip_apart(left: &str, right: &str) -> bool {
    if left.chars().count() < SHORTEST || right.chars().count() < SHORTEST {
        return false;
    }
    let (left, right) = without_common_start(left, right);
    let (left, right) = without_common_end(left, right);
    let (mut left, mut right) = (left.chars(), right.chars());
    match (left.next(), left.next(), left.next(), right.next(), right.next(), right.next()) {
        // One is at most one letter longer, or one letter differs.
        (_, None, _, _, None, _) => true,
        (Some(a), Some(b), None, Some(c), Some(d), None) => a == d && b == c,
        _ => false,
    }
}

fn without_common_start<'a>(left: &'a str, right: &'a str) -> (&'a str, &'a str) {
    let (mut left, mut right) = (left.chars(), right.chars());
    loop {
        let rest = (left.as_str(), right.as_str());
        match (left.next(), right.next()) {
            (Some(a), Some(b)) if a == b => {}
            _ => return rest,
        }
    }
}

fn without_common_end<'a>(left: &'a str, right: &'a str) -> (&'a str, &'a str) {
    let (mut left, mut right) = (left.chars(), right.chars());
    loop {
        let rest = (left.as_str(), right.as_str());
        match (left.next_back(), right.next_back()) {
            (Some(a), Some(b)) if a == b => {}
            _ => return rest,
        }
    }
}
