//! Whether two names are one slip of the finger apart. Knows nothing of countries.

/// A word shorter than this is one slip away from too many others ("Oman", "Iran", "Mali") to be worth a guess.
const SHORTEST: usize = 5;

/// True when one letter added, left out, exchanged or swapped with its neighbour turns `left` into `right`, and both have at
/// least five letters. Only for names in Latin letters, which are ASCII once folded.
pub(super) fn one_slip_apart(left: &str, right: &str) -> bool {
    if !right.is_ascii() || left.len() < SHORTEST || right.len() < SHORTEST {
        return false;
    }
    let same = left.bytes().zip(right.bytes()).take_while(|(left, right)| left == right).count();
    let (left, right) = (left.as_bytes().get(same..).unwrap_or_default(), right.as_bytes().get(same..).unwrap_or_default());
    match (left, right) {
        ([a, b, left @ ..], [c, d, right @ ..]) if a == d && b == c && left == right => true,
        ([_, after_left @ ..], [_, after_right @ ..]) => after_left == after_right || after_left == right || left == after_right,
        ([_], []) | ([], [_]) => true,
        _ => false,
    }
}
