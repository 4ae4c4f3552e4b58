//! The part of `DuckDB`'s SQL that conditions of a model are written in: from text to a tree, and
//! from a tree and two records to a value.
//!
//! Every rule here was compared with `DuckDB` 2.0.1; `tests/splink/expressions.csv` holds the
//! comparison.

pub(super) mod calendar;
pub(super) mod number;

mod apply;
mod cast;
mod compare;
mod distance;
mod evaluate;
mod expression;
mod function;
mod list;
mod parse;
mod pattern;
mod text;
mod time_format;
mod token;

pub(super) use evaluate::{Scope, Slot};
pub(super) use expression::{Comparator, Expression, Side};
pub(super) use parse::{Columns, Naming, parse};

#[cfg(test)]
mod tests;
