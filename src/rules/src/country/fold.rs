//! Makes two spellings of a name equal: case, accents, punctuation and small words go, the letters of every script stay.
//!
//! Knows no name. The lookup folds what a person typed, and `cargo xtask tables` folds the source tables with this same file.
//! By hand and only for the scripts that the tables hold, because Unicode's own tables would weigh more in WebAssembly than
//! all the names together.

/// The words of `text` in their plain form, one space between them.
///
/// "the" and "and" are left out, so that "Antigua & Barbuda" is "Antigua and Barbuda"; "St.", "Rep." and "Dem." are spelled out.
pub(crate) fn fold(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        push(letter, &mut plain);
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
    words
}

/// A folded text without its spaces: what names are compared by, since "U.S.A." and "USA" are the same name.
pub(crate) fn squeeze(folded: &str) -> String {
    folded.split(' ').collect()
}

/// Adds what remains of one letter: nothing of a mark, a space for what separates words, at most two letters.
fn push(letter: char, plain: &mut String) {
    match letter {
        'a'..='z' | '0'..='9' | '$' => plain.push(letter),
        'A'..='Z' => plain.push(letter.to_ascii_lowercase()),
        '\u{0}'..='\u{7f}' => plain.push(' '),
        '\u{80}'..='\u{24f}' | 'ə' => latin(letter, plain),
        // Modifier letters (the Uzbek and Hawaiian apostrophes) and combining accents.
        '\u{2b0}'..='\u{36f}' => {}
        '\u{370}'..='\u{3ff}' => plain.push(greek(letter)),
        '\u{400}'..='\u{52f}' => plain.push(cyrillic(letter)),
        '\u{531}'..='\u{556}' => plain.push(shifted(letter, 48)),
        '\u{591}'..='\u{6ff}' => semitic(letter, plain),
        '\u{1e80}'..='\u{1eff}' => plain.push_str(vietnamese(letter)),
        // Joiners and the marks that set the direction of the line: invisible, and often pasted along.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => {}
        '\u{2000}'..='\u{205f}' | '\u{3000}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{30fb}' => plain.push(' '),
        // Full-width forms of ASCII; the result of the shift is never full-width again.
        '\u{ff01}'..='\u{ff5e}' => push(char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(' '), plain),
        letter => plain.push(letter),
    }
}

fn latin(letter: char, plain: &mut String) {
    plain.push_str(match letter {
        // Currency signs stand for words.
        '£' | '¥' => return plain.push(letter),
        '\u{ad}' => "",
        '\u{80}'..='¿' | '×' | '÷' => " ",
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ð' | 'ð' | 'Ď'..='đ' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' | 'Ə' | 'ə' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => "i",
        'Ĳ' | 'ĳ' => "ij",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' | 'Ơ' | 'ơ' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'ß' => "ss",
        'Þ' | 'þ' => "th",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'Ư' | 'ư' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        letter => return plain.push(letter),
    });
}

/// Latin Extended Additional from U+1E80: the Vietnamese vowels, the Welsh ones and the capital sharp s.
fn vietnamese(letter: char) -> &'static str {
    match letter {
        '\u{1e80}'..='\u{1e85}' => "w",
        'ẞ' => "ss",
        '\u{1ea0}'..='\u{1eb7}' => "a",
        '\u{1eb8}'..='\u{1ec7}' => "e",
        '\u{1ec8}'..='\u{1ecb}' => "i",
        '\u{1ecc}'..='\u{1ee3}' => "o",
        '\u{1ee4}'..='\u{1ef1}' => "u",
        '\u{1ef2}'..='\u{1ef9}' => "y",
        _ => "",
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
fn semitic(letter: char, plain: &mut String) {
    plain.push(match letter {
        '\u{5be}' | '\u{5f3}' | '\u{5f4}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' => ' ',
        '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => return,
        'آ' | 'أ' | 'إ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        letter => letter,
    });
}

fn shifted(letter: char, by: u32) -> char {
    char::from_u32(u32::from(letter) + by).unwrap_or(letter)
}
