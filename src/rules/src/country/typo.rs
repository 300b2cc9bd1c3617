//! Whether two names are one slip of the finger apart. Knows nothing of countries.
//!
//! Half the world's places are one letter away from a country ("Siberia", "Styria", "Paraná", "Almería"). So a slip is taken for
//! one only where it does not look like another word: the first letter stands, the name is long enough, and if a letter is another
//! one, both are vowels ("Southern Iceland" is not Southern Ireland).

/// How long the shorter name must be. Below, a letter more or less makes another word: "Syria" and "Styria", "Malta" and "Malatya".
const SHORTEST: usize = 6;

/// The same for another vowel: "Mexico" and "Moxico".
const SHORTEST_VOWEL: usize = 7;

/// How one letter makes one name of another.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// As a finger slips.
    Likely,
    /// One letter, but perhaps another word.
    Doubtful,
}

/// The slip when one letter added, left out, exchanged or swapped with its neighbour turns `left` into `right`, else none. Only
/// for names in Latin letters, which are ASCII once folded.
pub(super) fn between(left: &str, right: &str) -> Option<Slip> {
    if !right.is_ascii() {
        return None;
    }
    let shorter = left.len().min(right.len());
    let same = left.bytes().zip(right.bytes()).take_while(|(left, right)| left == right).count();
    let shortest = match (left.as_bytes().get(same..)?, right.as_bytes().get(same..)?) {
        ([_], []) | ([], [_]) => SHORTEST,
        ([a, b, left @ ..], [c, d, right @ ..]) if a == d && b == c && left == right => SHORTEST,
        ([_, after @ ..], other) | (other, [_, after @ ..]) if after == other => SHORTEST,
        ([a, left @ ..], [b, right @ ..]) if left == right && is_vowel(*a) && is_vowel(*b) => SHORTEST_VOWEL,
        ([_, left @ ..], [_, right @ ..]) if left == right => usize::MAX,
        _ => return None,
    };
    Some(if same > 0 && shorter >= shortest { Slip::Likely } else { Slip::Doubtful })
}

const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}
