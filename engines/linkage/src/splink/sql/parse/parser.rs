//! The place in the tokens, the limits, and what stands alone: values and columns.

use super::super::super::error::Problem;
use super::super::expression::{Expression, Side};
use super::super::token::Token;
use super::{Columns, Naming};

/// Brackets within brackets beyond this depth are refused, so that no text exhausts the stack.
const DEEPEST: usize = 50;
/// Operators that make the tree deeper without brackets, such as 1 + 1 + 1, are refused beyond
/// this number for the same reason. AND and OR are not of them.
const LONGEST_CHAIN: usize = 200;
/// BETWEEN, IN and CASE repeat what stands before them in the tree. Beyond this number of repeated
/// parts they are refused, since each within another multiplies them.
const MOST_COPIED: usize = 2_000;
/// Lambdas within lambdas beyond this depth are refused: each multiplies the time of a pair.
const MOST_LAMBDAS: usize = 3;

pub(super) struct Parser<'a> {
    sql: &'a str,
    tokens: Vec<(usize, Token)>,
    next: usize,
    depth: usize,
    links: usize,
    copied: usize,
    naming: Naming,
    columns: &'a mut Columns,
    /// The variables of the lambdas around this place, the innermost last.
    variables: Vec<String>,
}

pub(super) type Parsed = Result<Expression, Problem>;

impl<'a> Parser<'a> {
    pub(super) fn new(
        sql: &'a str,
        tokens: Vec<(usize, Token)>,
        naming: Naming,
        columns: &'a mut Columns,
    ) -> Self {
        Self {
            sql,
            tokens,
            next: 0,
            depth: 0,
            links: 0,
            copied: 0,
            naming,
            columns,
            variables: Vec::new(),
        }
    }

    pub(super) fn peek(&self) -> &Token {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> &Token {
        self.tokens
            .get(self.next + by)
            .map_or(&Token::End, |(_, token)| token)
    }

    pub(super) fn take(&mut self) -> Token {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    pub(super) fn problem(&self, reason: impl AsRef<str>) -> Problem {
        self.problem_at(self.next, reason)
    }

    /// Of the token that was taken last.
    pub(super) fn problem_before(&self, reason: impl AsRef<str>) -> Problem {
        self.problem_at(self.next.saturating_sub(1), reason)
    }

    /// The place of the next token, for [`problem_at`](Self::problem_at).
    pub(super) fn place(&self) -> usize {
        self.next
    }

    pub(super) fn problem_at(&self, token: usize, reason: impl AsRef<str>) -> Problem {
        let offset = self
            .tokens
            .get(token)
            .map_or(self.sql.len(), |(offset, _)| *offset);
        Problem::near(self.sql, offset, reason)
    }

    /// Takes the sign if it is next.
    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Token::Sign(next) if *next == sign);
        self.next += usize::from(found);
        found
    }

    pub(super) fn expect_sign(&mut self, sign: &str) -> Result<(), Problem> {
        if self.sign(sign) {
            return Ok(());
        }
        Err(self.problem(format!("{sign} is expected")))
    }

    pub(super) fn is_word(&self, by: usize, word: &str) -> bool {
        matches!(self.ahead(by), Token::Word(next) if next.eq_ignore_ascii_case(word))
    }

    /// Takes the words if they are next.
    pub(super) fn words(&mut self, words: &[&str]) -> bool {
        let found = words
            .iter()
            .enumerate()
            .all(|(by, word)| self.is_word(by, word));
        self.next += if found { words.len() } else { 0 };
        found
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Result<(), Problem> {
        if self.words(&[word]) {
            return Ok(());
        }
        Err(self.problem(format!("{word} is expected")))
    }

    /// One level of brackets further in.
    pub(super) fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= DEEPEST {
            return Err(self.problem(format!("more than {DEEPEST} levels of brackets")));
        }
        self.depth += 1;
        let parsed = inner(self);
        self.depth -= 1;
        parsed
    }

    /// The depth of a lambda's variable, if a word is one: 0 for the innermost.
    pub(super) fn variable(&self, word: &str) -> Option<usize> {
        let known = |known: &String| known.eq_ignore_ascii_case(word);
        self.variables.iter().rev().position(known)
    }

    /// The body of a lambda with this variable.
    pub(super) fn body(&mut self, variable: String) -> Parsed {
        if self.variables.len() >= MOST_LAMBDAS {
            return Err(self.problem(format!("more than {MOST_LAMBDAS} lambdas in each other")));
        }
        self.variables.push(variable);
        let body = self.expression();
        self.variables.pop();
        body
    }

    pub(super) fn link(&mut self) -> Result<(), Problem> {
        self.links += 1;
        if self.links > LONGEST_CHAIN {
            return Err(self.problem(format!("more than {LONGEST_CHAIN} operators")));
        }
        Ok(())
    }

    /// A copy of what has been read, which the tree repeats.
    pub(super) fn copy(&mut self, expression: &Expression) -> Parsed {
        self.copied += expression.size();
        if self.copied > MOST_COPIED {
            return Err(self.problem("BETWEEN, IN and CASE repeat too much"));
        }
        Ok(expression.clone())
    }

    pub(super) fn expression(&mut self) -> Parsed {
        self.deeper(Self::any)
    }

    pub(super) fn primary(&mut self) -> Parsed {
        match self.take() {
            Token::Number(digits) => self.number(&digits),
            Token::Text(text) => Ok(Expression::Constant(text.into())),
            Token::Sign("(") => {
                let inner = self.expression()?;
                self.expect_sign(")")?;
                Ok(inner)
            }
            Token::Sign("[") => self.list("]").map(Expression::List),
            Token::Quoted(name) => self.column(&name),
            Token::Word(word) => self.word(&word),
            Token::Sign(_) | Token::End => Err(self.problem_before("a value is expected")),
        }
    }

    fn number(&self, digits: &str) -> Parsed {
        if let Ok(whole) = digits.parse::<i64>() {
            return Ok(Expression::Constant(whole.into()));
        }
        match digits.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Expression::Constant(value.into())),
            _ => Err(self.problem_before("this number is out of range")),
        }
    }

    /// A column, with its record in the name or before it.
    pub(super) fn column(&mut self, name: &str) -> Parsed {
        let at = self.next - 1;
        let (side, name) = match self.naming {
            Naming::Prefix => {
                let side = side_of(name).filter(|_| self.sign("."));
                let side = side.ok_or_else(|| {
                    self.problem_at(
                        at,
                        "a column is written l.name or r.name in a blocking rule",
                    )
                })?;
                let (Token::Word(column) | Token::Quoted(column)) = self.take() else {
                    return Err(self.problem_at(at, "a column is expected after the point"));
                };
                (side, column)
            }
            Naming::Suffix => name
                .rsplit_once('_')
                .filter(|(column, _)| !column.is_empty())
                .and_then(|(column, side)| Some((side_of(side)?, column.to_owned())))
                .ok_or_else(|| {
                    self.problem_at(at, "a column has a name that ends with _l or _r in a level")
                })?,
        };
        Ok(Expression::Read(side, self.columns.place(&name)))
    }
}

fn side_of(name: &str) -> Option<Side> {
    match name {
        "l" | "L" => Some(Side::Left),
        "r" | "R" => Some(Side::Right),
        _ => None,
    }
}
