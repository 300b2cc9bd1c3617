//! Cuts the text of a `$filter` into tokens.

/// A piece of a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `:`, between the variable of a lambda and its body.
    Colon,
    /// A name, a path, a keyword, or a literal without quotes.
    Word(String),
    /// A literal in single quotes, with doubled quotes made single.
    Text(String),
}

/// All tokens, or what stands in the way.
pub(super) fn tokens(filter: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut characters = filter.chars().peekable();
    while let Some(&next) = characters.peek() {
        match next {
            '(' => found.push(Token::Open),
            ')' => found.push(Token::Close),
            ':' => found.push(Token::Colon),
            '\'' => {
                characters.next();
                found.push(Token::Text(quoted(&mut characters)?));
                continue;
            }
            _ if next.is_whitespace() => {}
            _ if in_word(next) => {
                found.push(Token::Word(word(&mut characters)));
                continue;
            }
            other => return Err(format!("the character '{other}' is not expected")),
        }
        characters.next();
    }
    Ok(found)
}

type Characters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn quoted(characters: &mut Characters<'_>) -> Result<String, String> {
    let mut text = String::new();
    while let Some(character) = characters.next() {
        if character != '\'' {
            text.push(character);
        } else if characters.next_if_eq(&'\'').is_some() {
            text.push('\'');
        } else {
            return Ok(text);
        }
    }
    Err("a quote is not closed".to_owned())
}

/// A name ends at a colon, a moment such as `2026-11-22T14:00:00Z` does not.
fn word(characters: &mut Characters<'_>) -> String {
    let mut word = String::new();
    while let Some(character) =
        characters.next_if(|&next| in_word(next) || next == ':' && word.starts_with(|first: char| first.is_ascii_digit()))
    {
        word.push(character);
    }
    word
}

fn in_word(character: char) -> bool {
    character.is_alphanumeric() || "/_-.+".contains(character)
}
