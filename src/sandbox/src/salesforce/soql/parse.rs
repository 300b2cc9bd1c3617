//! Reads tokens as a query. Must not know which objects and fields exist.

use super::super::errors::ApiError;
use super::super::moment;
use super::ast::{Condition, Item, Literal, Operator, Order, Path, Query};
use super::error_at;
use super::lex::{Kind, Token, tokens};

/// Salesforce refuses longer queries; the nesting is bounded so that no query can exhaust the stack.
const LONGEST: usize = 100_000;
const DEEPEST: usize = 64;

/// Reads a whole query.
pub(super) fn parse(text: &str) -> Result<Query, ApiError> {
    if text.chars().count() > LONGEST {
        return Err(ApiError::new(400, "MALFORMED_QUERY", "SOQL statement is too long"));
    }
    let mut parser = Parser { text, tokens: tokens(text)?, next: 0, depth: 0 };
    let query = parser.query(false)?;
    match parser.peek() {
        Kind::End => Ok(query),
        _ => Err(parser.unexpected()),
    }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> &Kind {
        self.tokens.get(self.next).map_or(&Kind::End, |token| &token.kind)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).or(self.tokens.last()).map_or(0, |token| token.at)
    }

    fn unexpected(&self) -> ApiError {
        let shown = match self.peek() {
            Kind::Word(word) | Kind::Number(word) => word.clone(),
            Kind::Text(text) => format!("'{text}'"),
            Kind::Sign(sign) => (*sign).to_owned(),
            Kind::End => "<EOF>".to_owned(),
        };
        error_at(self.text, self.at(), "MALFORMED_QUERY", &format!("unexpected token: '{shown}'"))
    }

    fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Kind::Sign(found) if *found == sign);
        self.next += usize::from(found);
        found
    }

    fn need_sign(&mut self, sign: &str) -> Result<(), ApiError> {
        if self.sign(sign) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let found = matches!(self.peek(), Kind::Word(word) if word.eq_ignore_ascii_case(keyword));
        self.next += usize::from(found);
        found
    }

    fn need_keyword(&mut self, keyword: &str) -> Result<(), ApiError> {
        if self.keyword(keyword) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn path(&mut self) -> Result<Path, ApiError> {
        let at = self.at();
        let Kind::Word(word) = self.peek() else {
            return Err(self.unexpected());
        };
        let names: Vec<String> = word.split('.').map(str::to_owned).collect();
        if names.iter().any(String::is_empty) {
            return Err(self.unexpected());
        }
        self.next += 1;
        Ok(Path { names, at })
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, ApiError>) -> Result<T, ApiError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.unexpected());
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn query(&mut self, inner: bool) -> Result<Query, ApiError> {
        self.need_keyword("SELECT")?;
        let mut select = vec![self.item(inner)?];
        while self.sign(",") {
            select.push(self.item(inner)?);
        }
        if select.contains(&Item::Count) && select.len() > 1 {
            return Err(self.unexpected());
        }
        self.need_keyword("FROM")?;
        let from = self.path()?;
        let filter = if self.keyword("WHERE") { Some(self.any()?) } else { None };
        let order = if self.keyword("ORDER") { self.order()? } else { Vec::new() };
        let limit = if self.keyword("LIMIT") { Some(self.count()?) } else { None };
        let offset = if self.keyword("OFFSET") { self.count()? } else { 0 };
        Ok(Query { select, from, filter, order, limit, offset })
    }

    fn item(&mut self, inner: bool) -> Result<Item, ApiError> {
        if !inner && self.sign("(") {
            let query = self.query(true)?;
            self.need_sign(")")?;
            return Ok(Item::Children(query));
        }
        let path = self.path()?;
        if self.sign("(") {
            let count = path.names.first().is_some_and(|name| name.eq_ignore_ascii_case("COUNT"));
            if !count || inner {
                self.next -= 1;
                return Err(self.unexpected());
            }
            self.need_sign(")")?;
            return Ok(Item::Count);
        }
        Ok(Item::Field(path))
    }

    fn order(&mut self) -> Result<Vec<Order>, ApiError> {
        self.need_keyword("BY")?;
        let mut keys = Vec::new();
        loop {
            let path = self.path()?;
            let descending = !self.keyword("ASC") && self.keyword("DESC");
            let nulls_last = if self.keyword("NULLS") {
                let last = self.keyword("LAST");
                if !last {
                    self.need_keyword("FIRST")?;
                }
                last
            } else {
                false
            };
            keys.push(Order { path, descending, nulls_last });
            if !self.sign(",") {
                return Ok(keys);
            }
        }
    }

    fn count(&mut self) -> Result<usize, ApiError> {
        let Kind::Number(digits) = self.peek() else {
            return Err(self.unexpected());
        };
        let count = digits.parse().map_err(|_| self.unexpected())?;
        self.next += 1;
        Ok(count)
    }

    /// Conditions joined by one operator; SOQL wants parentheses where both are mixed.
    fn any(&mut self) -> Result<Condition, ApiError> {
        self.deeper(|parser| {
            let first = parser.one()?;
            let mut conditions = vec![first];
            let either = matches!(parser.peek(), Kind::Word(word) if word.eq_ignore_ascii_case("OR"));
            let joined = if either { "OR" } else { "AND" };
            while parser.keyword(joined) {
                conditions.push(parser.one()?);
            }
            if matches!(parser.peek(), Kind::Word(word) if word.eq_ignore_ascii_case("AND") || word.eq_ignore_ascii_case("OR")) {
                return Err(parser.unexpected());
            }
            Ok(match (conditions.len(), either) {
                (1, _) => conditions.remove(0),
                (_, true) => Condition::Or(conditions),
                (_, false) => Condition::And(conditions),
            })
        })
    }

    fn one(&mut self) -> Result<Condition, ApiError> {
        if self.keyword("NOT") {
            let inner = self.deeper(Self::one)?;
            return Ok(Condition::Not(Box::new(inner)));
        }
        if self.sign("(") {
            let inner = self.any()?;
            self.need_sign(")")?;
            return Ok(inner);
        }
        let path = self.path()?;
        let outside = self.keyword("NOT");
        if outside || matches!(self.peek(), Kind::Word(word) if word.eq_ignore_ascii_case("IN")) {
            self.need_keyword("IN")?;
            return Ok(Condition::In(path, self.list()?, outside));
        }
        let operator = self.operator()?;
        let literal = self.literal()?;
        Ok(Condition::Compare(path, operator, literal))
    }

    fn operator(&mut self) -> Result<Operator, ApiError> {
        let operator = match self.peek() {
            Kind::Sign("=") => Operator::Equal,
            Kind::Sign("!=" | "<>") => Operator::NotEqual,
            Kind::Sign("<") => Operator::Less,
            Kind::Sign("<=") => Operator::LessOrEqual,
            Kind::Sign(">") => Operator::Greater,
            Kind::Sign(">=") => Operator::GreaterOrEqual,
            Kind::Word(word) if word.eq_ignore_ascii_case("LIKE") => Operator::Like,
            _ => return Err(self.unexpected()),
        };
        self.next += 1;
        Ok(operator)
    }

    fn list(&mut self) -> Result<Vec<Literal>, ApiError> {
        self.need_sign("(")?;
        let mut literals = vec![self.literal()?];
        while self.sign(",") {
            literals.push(self.literal()?);
        }
        self.need_sign(")")?;
        Ok(literals)
    }

    fn literal(&mut self) -> Result<Literal, ApiError> {
        let literal = match self.peek() {
            Kind::Text(text) => Literal::Text(text.clone()),
            Kind::Word(word) if word.eq_ignore_ascii_case("null") => Literal::Null,
            Kind::Word(word) if word.eq_ignore_ascii_case("true") => Literal::Boolean(true),
            Kind::Word(word) if word.eq_ignore_ascii_case("false") => Literal::Boolean(false),
            Kind::Number(text) if text.parse::<rust_decimal::Decimal>().is_ok() => Literal::Number(text.clone()),
            Kind::Number(text) if moment::parse_date(text).is_some() => Literal::Date(text.clone()),
            Kind::Number(text) if moment::parse_datetime(text).is_some() => Literal::DateTime(text.clone()),
            _ => return Err(self.unexpected()),
        };
        self.next += 1;
        Ok(literal)
    }
}
