//! Small numbers hidden in what is published, and others with them, so that no hidden number can be worked
//! out from the totals.
//!
//! Counts are never changed in computing. A table becomes publishable in three steps:
//!
//! 1. Primary: every count from the lowest to the threshold of the [`Rule`] is hidden, totals too.
//! 2. Secondary: further counts are hidden until every hidden number could be another one. A reader who
//!    knows all that is shown, that counts are whole and how low a hidden one may be can say of none
//!    what it is.
//! 3. Rounding, where the rule says so. It only takes away from what a reader knows.
//!
//! A table with its totals is a network: each row and each column is a place where what flows in flows out.
//! A hidden number could be one more or one less just when a unit can go round in a circle through it and
//! other hidden numbers. So the search for what else to hide is the search for the cheapest circle.

mod circle;

use std::num::NonZeroU64;

use serde::Serialize;

/// What is hidden when a table is published. The numbers are data: they differ between publishers and years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rule {
    lowest: u64,
    threshold: u64,
    rounding: Option<NonZeroU64>,
}

impl Rule {
    /// Hides counts from `lowest` up to `threshold`: a lowest of 1 shows noughts, of 0 hides them too. What is
    /// shown is rounded to the nearest multiple of `rounding`, a half up; none rounds nothing.
    ///
    /// # Errors
    /// [`Refused::HidesNothing`] when the threshold is below the lowest.
    pub const fn new(
        lowest: u64,
        threshold: u64,
        rounding: Option<NonZeroU64>,
    ) -> Result<Self, Refused> {
        if threshold < lowest {
            return Err(Refused::HidesNothing { lowest, threshold });
        }
        Ok(Self {
            lowest,
            threshold,
            rounding,
        })
    }

    /// The lowest count that is hidden.
    pub const fn lowest(&self) -> u64 {
        self.lowest
    }

    /// Whether a count is hidden for its own sake.
    pub const fn hides(&self, count: u64) -> bool {
        count >= self.lowest && count <= self.threshold
    }

    fn shown(&self, count: u64) -> u64 {
        match self.rounding {
            None => count,
            Some(to) => {
                let to = to.get();
                let down = count - count % to;
                if count - down >= to.div_ceil(2) {
                    down.saturating_add(to)
                } else {
                    down
                }
            }
        }
    }
}

/// Which totals are published beside the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Totals {
    /// Those of rows, of columns, and the one of all.
    Both,
    /// Those of columns alone: a list with its total is one column.
    Columns,
}

/// A published number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "state", content = "value")]
pub enum Cell {
    /// Shown, rounded where the rule says so.
    Shown(u64),
    /// Hidden because it is small.
    Primary,
    /// Hidden so that another cannot be worked out.
    Secondary,
}

/// Why a table cannot be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No count is from the lowest to the threshold.
    #[error("counts from {lowest} to {threshold} are none: the threshold is at least the lowest")]
    HidesNothing {
        /// The lowest.
        lowest: u64,
        /// The threshold.
        threshold: u64,
    },
    /// A row is shorter or longer than the first.
    #[error("row {} has {found} numbers and the first has {expected}", row + 1)]
    Uneven {
        /// Which row, from 0.
        row: usize,
        /// How many it has.
        found: usize,
        /// How many the first has.
        expected: usize,
    },
    /// There is nothing in it.
    #[error("there are no numbers")]
    Empty,
    /// The total is too large.
    #[error("the total is too large")]
    TooLarge,
}

/// A table as it may be published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// The counts, row by row.
    pub cells: Vec<Vec<Cell>>,
    /// The total of each row; none where they are not published.
    pub row_totals: Option<Vec<Cell>>,
    /// The total of each column.
    pub column_totals: Vec<Cell>,
    /// The total of all; none where the totals of rows are not published and there are several columns.
    pub total: Option<Cell>,
}

/// The table as it may be published under this rule.
///
/// # Errors
/// When the table is empty or uneven, or its total is beyond what a count can be.
pub fn publish(table: &[Vec<u64>], rule: Rule, totals: Totals) -> Result<Published, Refused> {
    let whole = with_totals(table)?;
    let (rows, columns) = (table.len(), table.first().map_or(0, Vec::len));
    let mut network = circle::Network::new(whole, rule, |_, column| {
        totals == Totals::Both || column < columns
    });
    let primary = network.hidden();
    network.protect();
    let cell = |row: usize, column: usize| {
        if network.is_shown(row, column) {
            Cell::Shown(rule.shown(network.value(row, column)))
        } else if primary.contains(&(row, column)) {
            Cell::Primary
        } else {
            Cell::Secondary
        }
    };
    let both = totals == Totals::Both;
    Ok(Published {
        cells: (0..rows)
            .map(|row| (0..columns).map(|column| cell(row, column)).collect())
            .collect(),
        row_totals: both.then(|| (0..rows).map(|row| cell(row, columns)).collect()),
        column_totals: (0..columns).map(|column| cell(rows, column)).collect(),
        total: both.then(|| cell(rows, columns)),
    })
}

/// The table with a last row and a last column of totals.
fn with_totals(table: &[Vec<u64>]) -> Result<Vec<Vec<u64>>, Refused> {
    let expected = table.first().map_or(0, Vec::len);
    if expected == 0 {
        return Err(Refused::Empty);
    }
    let add = |numbers: &[u64]| {
        let mut numbers = numbers.iter();
        numbers.try_fold(0_u64, |sum, number| sum.checked_add(*number))
    };
    let mut totals = vec![0_u64; expected];
    let mut whole = Vec::with_capacity(table.len() + 1);
    for (row, numbers) in table.iter().enumerate() {
        if numbers.len() != expected {
            return Err(Refused::Uneven {
                row,
                found: numbers.len(),
                expected,
            });
        }
        for (total, number) in totals.iter_mut().zip(numbers) {
            *total = total.checked_add(*number).ok_or(Refused::TooLarge)?;
        }
        let mut numbers = numbers.clone();
        numbers.push(add(&numbers).ok_or(Refused::TooLarge)?);
        whole.push(numbers);
    }
    totals.push(add(&totals).ok_or(Refused::TooLarge)?);
    whole.push(totals);
    Ok(whole)
}
