//! Reads a `$filter`: `eq`, `and`, `or`, the order operators on a moment, parentheses, paths with slashes, and `team/any(t:t/email eq '…')`.
//! `and` binds tighter than `or`, as in `OData`.

use serde_json::Value;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::filter::{Filter, Relation};
use super::lex::{Token, tokens};

/// What may be compared: the fields that the documentation filters on.
const FIELDS: [&str; 8] = [
    "engagementId",
    "status",
    "substatus",
    "qualification",
    "type",
    "direction",
    "customerProfile/address/country",
    "updatedDateTime",
];
/// The one array that may be looked into, and what may be compared there.
const COLLECTION: (&str, &str) = ("team", "email");
/// What may be compared by order. The swagger's general text names `gt` and `lt`; the list of parameters, this field.
const ORDERED: &str = "updatedDateTime";
/// Deeper than any filter a person or a client writes; shallower than the stack.
const DEEPEST: usize = 32;

/// Reads a filter, or says in a sentence what is wrong with it.
pub(super) fn filter(text: &str) -> Result<Filter, String> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: tokens.into_iter().peekable(), variable: None, depth: 0 };
    let filter = reader.either()?;
    match reader.tokens.next() {
        None => Ok(filter),
        Some(token) => Err(format!("{token:?} is not expected after the end of the condition")),
    }
}

struct Reader {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    /// The variable of the lambda being read.
    variable: Option<String>,
    depth: usize,
}

impl Reader {
    fn either(&mut self) -> Result<Filter, String> {
        let mut filter = self.both()?;
        while self.keyword("or") {
            filter = Filter::Or(Box::new(filter), Box::new(self.both()?));
        }
        Ok(filter)
    }

    fn both(&mut self) -> Result<Filter, String> {
        let mut filter = self.single()?;
        while self.keyword("and") {
            filter = Filter::And(Box::new(filter), Box::new(self.single()?));
        }
        Ok(filter)
    }

    fn single(&mut self) -> Result<Filter, String> {
        match self.tokens.next() {
            Some(Token::Open) => self.nested(),
            Some(Token::Word(path)) => match path.strip_suffix("/any") {
                Some(collection) => self.lambda(collection),
                None => self.comparison(&path),
            },
            Some(token) => Err(format!("{token:?} is not expected at the start of a condition")),
            None => Err("a condition is missing".to_owned()),
        }
    }

    /// After an opening parenthesis: a condition and the closing one.
    fn nested(&mut self) -> Result<Filter, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("the conditions are nested too deep".to_owned());
        }
        let filter = self.either()?;
        self.depth -= 1;
        self.expect(&Token::Close)?;
        Ok(filter)
    }

    fn lambda(&mut self, collection: &str) -> Result<Filter, String> {
        if self.variable.is_some() || collection != COLLECTION.0 {
            return Err(format!("'any' is not supported on '{collection}'"));
        }
        self.expect(&Token::Open)?;
        let Some(Token::Word(variable)) = self.tokens.next() else {
            return Err("the variable of 'any' is missing".to_owned());
        };
        self.expect(&Token::Colon)?;
        self.variable = Some(variable);
        let condition = Box::new(self.nested()?);
        self.variable = None;
        Ok(Filter::Any { path: vec![collection.to_owned()], condition })
    }

    fn comparison(&mut self, path: &str) -> Result<Filter, String> {
        let known = match &self.variable {
            None => FIELDS.contains(&path).then_some(path),
            Some(variable) => path
                .strip_prefix(variable.as_str())
                .and_then(|rest| rest.strip_prefix('/'))
                .filter(|field| *field == COLLECTION.1),
        };
        let path = known.ok_or_else(|| format!("the property '{path}' cannot be filtered on"))?;
        let path: Vec<String> = path.split('/').map(str::to_owned).collect();
        let Some(Token::Word(operator)) = self.tokens.next() else {
            return Err("an operator is missing".to_owned());
        };
        match Relation::named(&operator).filter(|_| path == [ORDERED]) {
            Some(relation) => Ok(Filter::Moment { path, relation, literal: self.moment()? }),
            None if operator == "eq" => Ok(Filter::Equal { path, literal: self.literal()? }),
            None => Err(format!("the operator '{operator}' is not supported on '{}'", path.join("/"))),
        }
    }

    fn literal(&mut self) -> Result<Value, String> {
        match self.tokens.next() {
            Some(Token::Text(text)) => Ok(Value::String(text)),
            Some(Token::Word(word)) => bare(word),
            _ => Err("a value is missing".to_owned()),
        }
    }

    /// A moment stands without quotes, as in `OData`: in quotes it would be text, which has no order in time.
    fn moment(&mut self) -> Result<OffsetDateTime, String> {
        let refused = || "a date and time with its zone, without quotes, is missing".to_owned();
        match self.tokens.next() {
            Some(Token::Word(word)) => OffsetDateTime::parse(&word, &Rfc3339).map_err(|_| refused()),
            _ => Err(refused()),
        }
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        self.tokens.next_if(|token| matches!(token, Token::Word(word) if word == keyword)).is_some()
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), String> {
        match self.tokens.next() {
            Some(token) if token == *wanted => Ok(()),
            Some(token) => Err(format!("{token:?} stands where {wanted:?} is expected")),
            None => Err(format!("{wanted:?} is missing")),
        }
    }
}

/// A literal without quotes: a constant, a GUID or a moment. Any other text wants quotes.
fn bare(word: String) -> Result<Value, String> {
    match word.as_str() {
        "null" => Ok(Value::Null),
        "true" => Ok(Value::Bool(true)),
        "false" => Ok(Value::Bool(false)),
        _ if uuid::Uuid::parse_str(&word).is_ok() || word.starts_with(|first: char| first.is_ascii_digit()) => {
            Ok(Value::String(word))
        }
        _ => Err(format!("the value {word} wants quotes")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::filter;
    use crate::partner_center::sample::object;

    const ENGAGEMENT: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";

    fn keeps(text: &str) -> bool {
        let referral = object(json!({
            "engagementId": ENGAGEMENT, "status": "Active", "substatus": "Accepted", "type": "Shared",
            "direction": "Outgoing", "updatedDateTime": "2026-11-22T14:00:00.0000000Z", "qualification": null,
            "customerProfile": { "address": { "country": "DE" } },
            "team": [ { "email": "jo@partner.example" }, { "email": "o'neil@partner.example" } ]
        }));
        filter(text).unwrap_or_else(|error| panic!("{text}: {error}")).keeps(&referral)
    }

    #[test]
    fn the_documented_filters_are_read() {
        let cases = [
            ("engagementId eq '0f8fad5b-d9cb-469f-a165-70867728950e'", true),
            ("engagementId eq 0f8fad5b-d9cb-469f-a165-70867728950e", true),
            ("engagementId eq '0F8FAD5B-D9CB-469F-A165-70867728950E'", true),
            ("engagementId eq '11111111-d9cb-469f-a165-70867728950e'", false),
            ("(type eq 'Shared' and direction eq 'Incoming')", false),
            ("(type eq 'Shared' and direction eq 'Outgoing')", true),
            ("status eq 'Active' and type eq 'Shared' and team/any(t:t/email eq 'jo@partner.example')", true),
            ("team/any(t:t/email eq 'nobody@partner.example')", false),
            ("team/any( member : member/email eq 'o''neil@partner.example' )", true),
            ("customerProfile/address/country eq 'DE'", true),
            ("updatedDateTime eq 2026-11-22T14:00:00.0000000Z", true),
            ("updatedDateTime gt 2026-11-22T13:59:59.9999999Z", true),
            ("updatedDateTime gt 2026-11-22T14:00:00Z", false),
            ("updatedDateTime ge 2026-11-22T15:00:00+01:00 and direction eq 'Outgoing'", true),
            ("updatedDateTime lt 2026-11-22T14:00:00Z", false),
            ("updatedDateTime le 2026-11-22T14:00:00Z", true),
            ("qualification eq null", true),
            ("status eq 'Closed' or status eq 'Active'", true),
            // `and` first: Closed, or (Active and Incoming).
            ("status eq 'Active' or status eq 'Closed' and direction eq 'Incoming'", true),
            ("(status eq 'Active' or status eq 'Closed') and direction eq 'Incoming'", false),
            ("team/any(t:(t/email eq 'x' or t/email eq 'jo@partner.example')) and status eq 'Active'", true),
        ];
        for (text, kept) in cases {
            assert_eq!(keeps(text), kept, "{text}");
        }
    }

    #[test]
    fn what_is_not_documented_is_refused_with_a_reason() {
        let deep = format!("{}status eq 'New'{}", "(".repeat(40), ")".repeat(40));
        let cases = [
            "",
            "status",
            "status eq",
            "status eq Active",
            "status ne 'New'",
            "updatedDateTime gt '2026-01-01T00:00:00Z'",
            "updatedDateTime gt 2026-01-01",
            "updatedDateTime gt",
            "status gt 'New'",
            "status eq 'New",
            "(status eq 'New'",
            "status eq 'New')",
            "status eq 'New' and",
            "not status eq 'New'",
            "externalReferenceId eq '006'",
            "name eq 'x'",
            "startswith(status, 'N')",
            "team/any(t:t/phoneNumber eq '1')",
            "team/any(t:status eq 'New')",
            "team/all(t:t/email eq 'x')",
            "customerProfile/team/any(t:t/email eq 'x')",
            "team/any(t/email eq 'x')",
            "team/any(t:team/any(u:u/email eq 'x'))",
            "t/email eq 'x'",
            "status = 'New'",
            &deep,
        ];
        for text in cases {
            assert!(filter(text).is_err(), "{text}");
        }
    }
}
