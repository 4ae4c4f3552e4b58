//! Small counts in a table, and what they could be worked out from.

use std::ops::RangeInclusive;

/// Which rows of a table must not be shown. The sums of rows and columns are taken to be known from
/// elsewhere, so a row is withheld as a whole where any of its counts is in `small`, and where that leaves
/// one row only, which subtraction would give, the row of the smallest sum is withheld with it. The first
/// cell of a row is its sum.
pub(crate) fn withhold(rows: &[Vec<u64>], small: &RangeInclusive<u64>) -> Vec<bool> {
    let mut held: Vec<bool> = rows
        .iter()
        .map(|row| row.iter().any(|count| small.contains(count)))
        .collect();
    if held.iter().filter(|held| **held).count() == 1 {
        let next = rows
            .iter()
            .zip(&mut held)
            .filter(|(row, held)| !**held && row.first().is_some_and(|sum| *sum > 0))
            .min_by_key(|(row, _)| row.first().copied());
        if let Some((_, held)) = next {
            *held = true;
        }
    }
    held
}

#[cfg(test)]
mod tests;
