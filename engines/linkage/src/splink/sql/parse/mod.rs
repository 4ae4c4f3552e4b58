//! From SQL to a tree.
//!
//! The order in which operators bind is that of `DuckDB`, from the loosest: OR, AND, NOT, IS,
//! comparisons, BETWEEN with IN and LIKE, `||`, + and -, * and /, the sign of a number, and last
//! what stands behind a value: `[1]` and `::type`.

mod call;
mod operator;
mod parser;

use super::super::error::Problem;
use super::expression::Expression;
use super::token::{Token, tokens};
use parser::Parser;

pub(super) use call::CONSTANT_FUNCTIONS;

/// How SQL says which record a column is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::splink) enum Naming {
    /// `surname_l` and `surname_r`, as in the levels of comparisons.
    Suffix,
    /// `l.surname` and `r.surname`, as in blocking rules.
    Prefix,
}

/// The columns of the input by name. Upper and lower case are the same, as in `DuckDB`.
#[derive(Debug, Clone, Default)]
pub(in crate::splink) struct Columns(Vec<String>);

impl Columns {
    /// The position of a column, which is added if it is new.
    pub(in crate::splink) fn place(&mut self, name: &str) -> usize {
        self.find(name).unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        })
    }

    /// The position of a column.
    pub(in crate::splink) fn find(&self, name: &str) -> Option<usize> {
        self.0
            .iter()
            .position(|known| known.eq_ignore_ascii_case(name))
    }

    /// The names, in the spelling that was met first.
    pub(in crate::splink) fn names(&self) -> &[String] {
        &self.0
    }
}

/// The tree of a condition.
pub(in crate::splink) fn parse(
    sql: &str,
    naming: Naming,
    columns: &mut Columns,
) -> Result<Expression, Problem> {
    let mut parser = Parser::new(sql, tokens(sql)?, naming, columns);
    let expression = parser.expression()?;
    match parser.peek() {
        Token::End => Ok(expression),
        _ => Err(parser.problem("an operator or the end of the SQL is expected")),
    }
}
