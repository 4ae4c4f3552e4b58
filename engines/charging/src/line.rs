//! Arithmetic that can be read: steps of lines, each total the sum of its lines.

use serde::Serialize;
use stour_kernel::Pence;

use crate::rate::Standing;
use crate::refusal::Refusal;

/// One line of a sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is.
    pub label: String,
    /// What it adds; negative for what it takes off.
    pub amount: Pence,
    /// Why.
    pub rule: String,
    /// Where the rule, or the rate in it, is from.
    pub source: String,
    /// How the rate in it stands; `None` where there is none.
    pub standing: Option<Standing>,
}

impl Line {
    /// A line without a rate.
    pub(crate) fn new(
        label: impl Into<String>,
        amount: Pence,
        rule: impl Into<String>,
        source: &str,
    ) -> Self {
        Self {
            label: label.into(),
            amount,
            rule: rule.into(),
            source: source.to_owned(),
            standing: None,
        }
    }
}

/// A sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it is a sum of.
    pub title: String,
    /// What it is made of.
    pub lines: Vec<Line>,
    /// The sum of the lines.
    pub total: Pence,
}

impl Step {
    /// Adds up.
    pub(crate) fn of(title: &str, lines: Vec<Line>) -> Result<Self, Refusal> {
        let total = Pence::checked_sum(lines.iter().map(|line| line.amount));
        Ok(Self {
            title: title.to_owned(),
            total: total.ok_or(Refusal::TooLarge)?,
            lines,
        })
    }
}

/// A part of an amount in basis points, rounded down to a penny.
pub(crate) fn part(of: Pence, basis_points: u16) -> Pence {
    let part = i128::from(of.as_i64()) * i128::from(basis_points) / 10_000;
    // A part of at most the whole, or of six times it, of amounts that are limited when they come in.
    Pence::new(i64::try_from(part).unwrap_or(i64::MAX))
}

/// The difference of two amounts that are limited when they come in, at least nothing.
pub(crate) fn above(one: Pence, other: Pence) -> Pence {
    one.checked_sub(other)
        .map_or(Pence::ZERO, |rest| rest.max(Pence::ZERO))
}

/// The sum, or why there is none.
pub(crate) fn add(one: Pence, other: Pence) -> Result<Pence, Refusal> {
    one.checked_add(other).ok_or(Refusal::TooLarge)
}

/// The other way round; amounts are far from the least that fits.
pub(crate) fn less(amount: Pence) -> Pence {
    Pence::ZERO.checked_sub(amount).unwrap_or(Pence::ZERO)
}
