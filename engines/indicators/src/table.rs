//! The cells of one indicator.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::layout::{Dimension, Layout};
use crate::tally::Cell;

/// What one indicator is taken apart by, and where each dimension's pieces are among its cells.
///
/// Additions wrap, so that what is counted out again leaves what was there before, whatever was in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Table {
    dimensions: Vec<(Dimension, usize)>,
    /// Cells of one month.
    width: usize,
    /// Of each cell what is below and above the line.
    counts: Vec<[i64; 2]>,
    /// Of each cell what was measured, and its squares: apart, as most indicators measure nothing, and what is not
    /// touched takes no memory.
    measured: Vec<(i64, i128)>,
    /// How often each value was measured, by cell: percentiles need each.
    values: Option<Values>,
}

type Values = BTreeMap<(usize, i64), i64>;

impl Table {
    /// Without anything in it.
    pub(crate) fn new(layout: &Layout, dimensions: &[Dimension], values: bool) -> Self {
        let mut width = 0;
        let dimensions = dimensions.iter().map(|dimension| {
            let offset = width;
            width += layout.len(*dimension);
            (*dimension, offset)
        });
        let dimensions = dimensions.collect();
        let cells = width * layout.span();
        Self {
            dimensions,
            width,
            counts: vec![[0, 0]; cells],
            measured: vec![(0, 0); cells],
            values: values.then(BTreeMap::new),
        }
    }

    /// The same without anything in it.
    pub(crate) fn emptied(&self) -> Self {
        Self {
            dimensions: self.dimensions.clone(),
            width: self.width,
            counts: vec![[0, 0]; self.counts.len()],
            measured: vec![(0, 0); self.measured.len()],
            values: self.values.as_ref().map(|_| BTreeMap::new()),
        }
    }

    /// Counts a case of a month in or out.
    #[inline]
    pub(crate) fn case(&mut self, layout: &Layout, month: usize, case: &Case, sign: i64) {
        let weight = sign.wrapping_mul(case.weight);
        let above = case.verdict.is_in_numerator();
        let of_line = |counts: bool| if counts { weight } else { 0 };
        let counts = [case.verdict.is_in_denominator(), above].map(of_line);
        let row = month * self.width;
        for (dimension, offset) in &self.dimensions {
            if let Some(piece) = layout.piece(*dimension, case)
                && let Some(cell) = self.counts.get_mut(row + *offset + piece)
            {
                count(cell, counts);
            }
        }
        if above && (case.value != 0 || self.values.is_some()) {
            self.measure(layout, row, case, sign);
        }
    }

    fn measure(&mut self, layout: &Layout, row: usize, case: &Case, sign: i64) {
        let value = i128::from(case.value);
        let squares = i128::from(sign).wrapping_mul(value.wrapping_mul(value));
        for (dimension, offset) in &self.dimensions {
            let Some(piece) = layout.piece(*dimension, case) else {
                continue;
            };
            let place = row + *offset + piece;
            if let Some(cell) = self.measured.get_mut(place) {
                measure(cell, (sign.wrapping_mul(case.value), squares));
            }
            if let Some(values) = &mut self.values {
                note(values, (place, case.value), sign);
            }
        }
    }

    /// Adds what another of the same layout has.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (cell, other) in self.counts.iter_mut().zip(&other.counts) {
            if *other != [0, 0] {
                count(cell, *other);
            }
        }
        for (cell, other) in self.measured.iter_mut().zip(&other.measured) {
            if *other != (0, 0) {
                measure(cell, *other);
            }
        }
        if let (Some(values), Some(others)) = (&mut self.values, &other.values) {
            for (key, times) in others {
                note(values, *key, *times);
            }
        }
    }

    /// The place of a piece in a month; none where the table is not taken apart so.
    pub(crate) fn place(&self, month: usize, dimension: Dimension, piece: usize) -> Option<usize> {
        let mut dimensions = self.dimensions.iter();
        let (_, offset) = dimensions.find(|(known, _)| *known == dimension)?;
        Some(month * self.width + offset + piece)
    }

    pub(crate) fn has(&self, dimension: Dimension) -> bool {
        self.dimensions.iter().any(|(known, _)| *known == dimension)
    }

    /// What is at a place.
    pub(crate) fn cell(&self, place: usize) -> Option<Cell> {
        let [denominator, numerator] = *self.counts.get(place)?;
        let (sum, squares) = *self.measured.get(place)?;
        Some(Cell {
            denominator,
            numerator,
            sum,
            squares,
        })
    }

    /// How often each value was measured at a place, the least first.
    pub(crate) fn values(&self, place: usize) -> impl Iterator<Item = (i64, i64)> {
        let range = (place, i64::MIN)..=(place, i64::MAX);
        let values = self.values.iter();
        let values = values.flat_map(move |values| values.range(range.clone()));
        values.map(|((_, value), times)| (*value, *times))
    }
}

#[inline]
fn count([denominator, numerator]: &mut [i64; 2], [below, above]: [i64; 2]) {
    *denominator = denominator.wrapping_add(below);
    *numerator = numerator.wrapping_add(above);
}

fn measure((sum, squares): &mut (i64, i128), (one, square): (i64, i128)) {
    *sum = sum.wrapping_add(one);
    *squares = squares.wrapping_add(square);
}

/// Notes that a value was measured so many times more, or fewer.
fn note(values: &mut Values, key: (usize, i64), times: i64) {
    let count = values.entry(key).or_default();
    *count += times;
    // What was counted out again leaves nothing behind, so that two tallies of the same facts are equal.
    if *count == 0 {
        values.remove(&key);
    }
}
