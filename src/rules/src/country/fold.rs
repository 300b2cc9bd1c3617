//! Makes two spellings of a name equal: case, accents, punctuation and small words go, the letters of every script stay.
//!
//! Knows no name. The lookup folds what a person typed, and `cargo xtask tables` folds the source tables with this same file.
//! By hand and only for the scripts that the tables hold, because Unicode's own tables would weigh more in WebAssembly than
//! all the names together.

/// Stands for nothing at all: marks, and characters nobody sees.
const NOTHING: char = '\0';

/// What remains of U+00C0 to U+017F, in the order of the code points. A capital stands for the two letters of [`PAIRS`].
const LATIN: &str = "aaaaaaAceeeeiiiidnooooo ouuuuyTSaaaaaaAceeeeiiiidnooooo ouuuuyTy\
                     aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiIIjjkkkllllllllllnnnnnnnnn\
                     ooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

const PAIRS: [(char, &str); 5] = [('A', "ae"), ('I', "ij"), ('O', "oe"), ('S', "ss"), ('T', "th")];

/// What a keyboard without the letter writes in its place. By name, because "ae" is no "ä" in a name that never had one.
const DIGRAPHS: [(char, &str); 7] = [('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('ø', "oe"), ('Ä', "ae"), ('Ö', "oe"), ('Ü', "ue")];

/// `name` as a keyboard without umlauts writes it; none where it has no such letter.
pub(crate) fn spelled_out(name: &str) -> Option<String> {
    let has_one = name.contains(DIGRAPHS.map(|(letter, _)| letter));
    has_one.then(|| DIGRAPHS.iter().fold(name.to_owned(), |name, (letter, letters)| name.replace(*letter, letters)))
}

/// The words of `text` in their plain form, one space between them.
///
/// "the" and "and" are left out, so that "Antigua & Barbuda" is "Antigua and Barbuda"; "St.", "Rep." and "Dem." are spelled out.
pub(crate) fn fold(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().map(base).filter(|letter| *letter != NOTHING) {
        match PAIRS.iter().find(|(pair, _)| *pair == letter) {
            Some((_, letters)) => plain.push_str(letters),
            None => plain.push(letter),
        }
    }
    let mut words = String::with_capacity(plain.len());
    for word in plain.split(' ') {
        let word = match word {
            "" | "the" | "and" => continue,
            "st" => "saint",
            "rep" => "republic",
            "dem" => "democratic",
            word => word,
        };
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    // "AND" alone is Andorra.
    if words.is_empty() { squeeze(&plain) } else { words }
}

/// A folded text without its spaces.
pub(crate) fn squeeze(folded: &str) -> String {
    let mut squeezed = folded.to_owned();
    squeezed.retain(|letter| letter != ' ');
    squeezed
}

/// What names are compared by: folded and without spaces, since "U.S.A." and "USA" are the same name.
pub(crate) fn key(text: &str) -> String {
    squeeze(&fold(text))
}

/// Whether the key of `text` is `key`.
///
/// Looks at the first letter before it folds: most names of a list go by at the price of a byte. "The" and "and" may be left out,
/// so T and A are no reason to stop.
pub(crate) fn has_key(text: &str, wanted: &str) -> bool {
    let (first, wanted_first) = (text.bytes().next().unwrap_or_default() | 32, wanted.bytes().next().unwrap_or_default());
    (first == wanted_first || !first.is_ascii_lowercase() || first == b't' || first == b'a') && key(text) == wanted
}

/// What remains of one letter: itself in small and without accent, a space for what separates words, [`NOTHING`] for a mark.
fn base(letter: char) -> char {
    let code = u32::from(letter);
    match letter {
        'A'..='Z' => letter.to_ascii_lowercase(),
        // Currency signs stand for words.
        'a'..='z' | '0'..='9' | '$' | '£' | '¥' => letter,
        // The soft hyphen, modifier letters (the Uzbek and Hawaiian apostrophes), combining accents, joiners and the marks that
        // set the direction of the line.
        '\u{ad}' | '\u{2b0}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => NOTHING,
        '\0'..='¿' | '\u{2000}'..='\u{205f}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '・' => ' ',
        'À'..='ſ' => latin(code - 0xc0),
        'Ə' | 'ə' => 'e',
        'Ơ' | 'ơ' => 'o',
        'Ư' | 'ư' => 'u',
        'Ș' | 'ș' => 's',
        'Ț' | 'ț' => 't',
        '\u{370}'..='\u{3ff}' => greek(letter),
        '\u{400}'..='\u{52f}' => cyrillic(letter),
        'Ա'..='Ֆ' => shifted(letter, 48),
        '\u{591}'..='\u{6ff}' => semitic(letter),
        'ẞ' => 'S',
        '\u{1ea0}'..='\u{1ef9}' => vietnamese(letter),
        // Full-width forms of ASCII; the result of the shift is never full-width again.
        '！'..='～' => base(char::from_u32(code - 0xfee0).unwrap_or(' ')),
        letter => letter,
    }
}

fn latin(place: u32) -> char {
    let letter = usize::try_from(place).ok().and_then(|place| LATIN.as_bytes().get(place));
    letter.map_or(NOTHING, |letter| char::from(*letter))
}

fn vietnamese(letter: char) -> char {
    match letter {
        '\u{1ea0}'..='\u{1eb7}' => 'a',
        '\u{1eb8}'..='\u{1ec7}' => 'e',
        '\u{1ec8}'..='\u{1ecb}' => 'i',
        '\u{1ecc}'..='\u{1ee3}' => 'o',
        '\u{1ee4}'..='\u{1ef1}' => 'u',
        _ => 'y',
    }
}

fn greek(letter: char) -> char {
    match letter {
        'Ά' | 'ά' => 'α',
        'Έ' | 'έ' => 'ε',
        'Ή' | 'ή' => 'η',
        'Ί' | 'ί' | 'ϊ' | 'ΐ' | 'Ϊ' => 'ι',
        'Ό' | 'ό' => 'ο',
        'Ύ' | 'ύ' | 'ϋ' | 'ΰ' | 'Ϋ' => 'υ',
        'Ώ' | 'ώ' => 'ω',
        'ς' => 'σ',
        'Α'..='Ω' => shifted(letter, 32),
        letter => letter,
    }
}

fn cyrillic(letter: char) -> char {
    match letter {
        // Decomposed text writes these as a letter and a mark, and the mark goes.
        'Ё' | 'ё' => 'е',
        'Й' | 'й' => 'и',
        'Ї' | 'ї' => 'і',
        'А'..='Я' => shifted(letter, 32),
        'Ѐ'..='Џ' => shifted(letter, 80),
        '\u{48a}'..='\u{52f}' if u32::from(letter) % 2 == 0 => shifted(letter, 1),
        letter => letter,
    }
}

/// Hebrew and Arabic: no points, no vowel marks, and one form of the letters that keyboards mix up.
fn semitic(letter: char) -> char {
    match letter {
        '\u{5be}' | '\u{5f3}' | '\u{5f4}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' => ' ',
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => NOTHING,
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        letter => letter,
    }
}

fn shifted(letter: char, by: u32) -> char {
    char::from_u32(u32::from(letter) + by).unwrap_or(letter)
}
