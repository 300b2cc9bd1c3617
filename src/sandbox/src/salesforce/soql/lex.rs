//! Cuts a query into tokens. Must not know what a query may say.

use super::super::errors::ApiError;
use super::error_at;

/// A token and its place in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// What it is.
    pub(super) kind: Kind,
    /// Characters before it.
    pub(super) at: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword, with dots.
    Word(String),
    /// A text between quotes, unescaped.
    Text(String),
    /// A number, a date or a moment: what starts with a digit or a sign.
    Number(String),
    /// `(`, `)`, `,` or an operator.
    Sign(&'static str),
    /// The end of the query.
    End,
}

/// Operators and punctuation, longer ones first.
const SIGNS: [&str; 10] = ["<=", ">=", "!=", "<>", "(", ")", ",", "=", "<", ">"];

/// Every token of the query, `End` last.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, ApiError> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        let rest = characters.get(at..).unwrap_or_default();
        let (kind, length) = if character.is_whitespace() {
            at += 1;
            continue;
        } else if character == '\'' {
            quoted(rest).map_err(|what| error_at(text, at, "MALFORMED_QUERY", &what))?
        } else if character.is_ascii_digit() || "+-".contains(character) {
            let word = run(rest, |c| c.is_ascii_alphanumeric() || "+-.:".contains(c));
            (Kind::Number(word.clone()), word.chars().count())
        } else if character.is_alphabetic() || character == '_' {
            let word = run(rest, |c| c.is_alphanumeric() || "_.".contains(c));
            (Kind::Word(word.clone()), word.chars().count())
        } else if let Some(sign) = SIGNS.iter().find(|sign| starts_with(rest, sign)) {
            (Kind::Sign(sign), sign.len())
        } else {
            let what = format!("unexpected token: '{character}'");
            return Err(error_at(text, at, "MALFORMED_QUERY", &what));
        };
        tokens.push(Token { kind, at });
        at += length;
    }
    tokens.push(Token { kind: Kind::End, at: characters.len() });
    Ok(tokens)
}

fn run(rest: &[char], belongs: impl Fn(char) -> bool) -> String {
    rest.iter().copied().take_while(|c| belongs(*c)).collect()
}

fn starts_with(rest: &[char], sign: &str) -> bool {
    sign.chars().zip(rest).filter(|(a, b)| a == *b).count() == sign.len()
}

/// A text between quotes and the characters it takes up.
fn quoted(rest: &[char]) -> Result<(Kind, usize), String> {
    let mut text = String::new();
    let mut characters = rest.iter().copied().enumerate().skip(1);
    while let Some((place, character)) = characters.next() {
        match character {
            '\'' => return Ok((Kind::Text(text), place + 1)),
            '\\' => match characters.next() {
                Some((_, 'n' | 'N')) => text.push('\n'),
                Some((_, 'r' | 'R')) => text.push('\r'),
                Some((_, 't' | 'T')) => text.push('\t'),
                Some((_, kept @ ('%' | '_'))) => text.extend(['\\', kept]),
                Some((_, plain @ ('\'' | '"' | '\\'))) => text.push(plain),
                Some((_, other)) => return Err(format!("Illegal escape sequence '\\{other}' in string literal")),
                None => break,
            },
            other => text.push(other),
        }
    }
    Err("Invalid string literal: unterminated string".to_owned())
}
