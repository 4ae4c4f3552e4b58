//! Cells: how much of each indicator there was in each month, in all and in pieces.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use crate::case::Case;
use crate::columns::{Columns, Subject};
use crate::day::{Day, Month};
use crate::layout::{Dimension, Layout};
use crate::pass::Pass;
use crate::plan::Plan;

/// What there was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// Below the line.
    pub denominator: i64,
    /// Above the line.
    pub numerator: i64,
    /// What was measured, added up over what counts above the line.
    pub sum: i64,
    /// The squares of what was measured, added up.
    pub squares: i128,
}

impl std::ops::Add for Cell {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            denominator: self.denominator.wrapping_add(other.denominator),
            numerator: self.numerator.wrapping_add(other.numerator),
            sum: self.sum.wrapping_add(other.sum),
            squares: self.squares.wrapping_add(other.squares),
        }
    }
}

impl std::iter::Sum for Cell {
    fn sum<I: Iterator<Item = Self>>(cells: I) -> Self {
        cells.fold(Self::default(), |all, cell| all + cell)
    }
}

/// What one indicator is taken apart by, and where each dimension's pieces are among its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    dimensions: Vec<(Dimension, usize)>,
    /// Cells of one month.
    width: usize,
    /// Of each cell what is below and above the line. Additions wrap, so that what is counted out again leaves what
    /// was there before, whatever was in it.
    counts: Vec<[i64; 2]>,
    /// Of each cell what was measured, and its squares: apart, as most indicators measure nothing, and what is not
    /// touched takes no memory.
    measured: Vec<(i64, i128)>,
    /// How often each value was measured, by cell: percentiles need each.
    values: Option<BTreeMap<(usize, i64), i64>>,
}

impl Table {
    fn empty(
        dimensions: Vec<(Dimension, usize)>,
        (width, months): (usize, usize),
        values: bool,
    ) -> Self {
        Self {
            dimensions,
            width,
            counts: vec![[0, 0]; width * months],
            measured: vec![(0, 0); width * months],
            values: values.then(BTreeMap::new),
        }
    }

    /// Adds to the counts of a cell: below the line, above it.
    fn count(&mut self, place: usize, [below, above]: [i64; 2]) {
        if let Some(counts) = self.counts.get_mut(place) {
            let [denominator, numerator] = *counts;
            *counts = [
                denominator.wrapping_add(below),
                numerator.wrapping_add(above),
            ];
        }
    }

    /// Adds to what was measured in a cell: the sum, and the squares.
    fn measure(&mut self, place: usize, (sum, squares): (i64, i128)) {
        if let Some(measured) = self.measured.get_mut(place) {
            *measured = (
                measured.0.wrapping_add(sum),
                measured.1.wrapping_add(squares),
            );
        }
    }

    /// Notes that a value was measured so many times more, or fewer.
    fn value(&mut self, key: (usize, i64), times: i64) {
        let Some(values) = &mut self.values else {
            return;
        };
        let count = values.entry(key).or_default();
        *count += times;
        // What was counted out again leaves nothing behind, so that two tallies of the same facts are equal.
        if *count == 0 {
            values.remove(&key);
        }
    }

    fn merge(&mut self, other: &Self) {
        for (place, counts) in other.counts.iter().enumerate() {
            if *counts != [0, 0] {
                self.count(place, *counts);
            }
        }
        for (place, measured) in other.measured.iter().enumerate() {
            if *measured != (0, 0) {
                self.measure(place, *measured);
            }
        }
        for (key, times) in other.values.iter().flatten() {
            self.value(*key, *times);
        }
    }
}

/// How much of each indicator there was in each month, in all and in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    layout: Layout,
    tables: Vec<Table>,
}

impl Tally {
    /// An empty tally. For each indicator: what it is taken apart by, and whether each value is kept.
    pub fn new(layout: Layout, indicators: &[(Vec<Dimension>, bool)]) -> Self {
        let tables = indicators.iter().map(|(dimensions, values)| {
            let mut width = 0;
            let dimensions = dimensions.iter().map(|dimension| {
                let offset = width;
                width += layout.len(*dimension);
                (*dimension, offset)
            });
            let dimensions = dimensions.collect();
            Table::empty(dimensions, (width, layout.span()), *values)
        });
        let tables = tables.collect();
        Self { layout, tables }
    }

    /// What it is laid out by.
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Takes a layout of a vocabulary that has grown. Where a month or piece is new or has another place, it says so and
    /// changes nothing: then everybody must be counted anew.
    #[must_use]
    pub fn extend(&mut self, layout: Layout) -> bool {
        let fits = self.layout.has_places_of(&layout);
        if fits {
            self.layout = layout;
        }
        fits
    }

    /// Counts everybody, on so many threads.
    pub fn count(&mut self, plan: &Plan, columns: &Columns, as_of: Day, threads: usize) {
        self.count_some(plan, columns, as_of, threads, |_| true);
    }

    /// Counts those people of the columns whose place is chosen.
    pub fn count_some(
        &mut self,
        plan: &Plan,
        columns: &Columns,
        as_of: Day,
        threads: usize,
        chosen: impl Fn(usize) -> bool + Sync,
    ) {
        let each = columns.people().div_ceil(threads.max(1)).max(1);
        let empty = self.emptied();
        let parts: Vec<Self> = thread::scope(|scope| {
            let started: Vec<_> = (0..columns.people())
                .step_by(each)
                .map(|from| {
                    let (mut part, chosen) = (empty.clone(), &chosen);
                    scope.spawn(move || {
                        let mut pass = Pass::new(plan, part.layout.first(), as_of);
                        for place in
                            (from..columns.people().min(from + each)).filter(|place| chosen(*place))
                        {
                            if let Some(subject) = columns.subject(place) {
                                part.subject(&mut pass, &subject, 1);
                            }
                        }
                        part
                    })
                })
                .collect();
            // A thread fails only by a panic, which is passed on.
            started
                .into_iter()
                .map(|thread| {
                    thread
                        .join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                })
                .collect()
        });
        for part in &parts {
            self.merge(part);
        }
    }

    /// Counts one person in, or with a sign of -1 out again.
    pub fn subject(&mut self, pass: &mut Pass<'_>, subject: &Subject<'_>, sign: i64) {
        pass.subject(subject, |case| self.case(case, sign));
    }

    /// Counts one case in or out.
    pub fn case(&mut self, case: &Case, sign: i64) {
        if !case.verdict.is_in_denominator() {
            return;
        }
        let (Some(month), Some(table)) = (
            self.layout.month(case.month),
            self.tables.get_mut(case.indicator),
        ) else {
            return;
        };
        let weight = sign.wrapping_mul(case.weight);
        let above = case.verdict.is_in_numerator();
        let counts = [weight, if above { weight } else { 0 }];
        let value = i128::from(case.value);
        let measured = (
            sign.wrapping_mul(case.value),
            i128::from(sign).wrapping_mul(value.wrapping_mul(value)),
        );
        for slot in 0..table.dimensions.len() {
            let Some(place) = table.dimensions.get(slot).and_then(|(dimension, offset)| {
                let piece = self.layout.piece(*dimension, case)?;
                Some(month * table.width + offset + piece)
            }) else {
                continue;
            };
            table.count(place, counts);
            if above {
                if case.value != 0 {
                    table.measure(place, measured);
                }
                table.value((place, case.value), sign);
            }
        }
    }

    /// What there was of a piece in a month.
    pub fn cell(&self, indicator: usize, month: Month, dimension: Dimension, piece: usize) -> Cell {
        let cell = || {
            let table = self.tables.get(indicator)?;
            let place = self.place(table, month, dimension, piece)?;
            let [denominator, numerator] = *table.counts.get(place)?;
            let (sum, squares) = *table.measured.get(place)?;
            Some(Cell {
                denominator,
                numerator,
                sum,
                squares,
            })
        };
        cell().unwrap_or_default()
    }

    /// What there was of a piece in several months.
    pub fn cells(
        &self,
        indicator: usize,
        months: impl IntoIterator<Item = Month>,
        dimension: Dimension,
        piece: usize,
    ) -> Cell {
        months
            .into_iter()
            .map(|month| self.cell(indicator, month, dimension, piece))
            .sum()
    }

    /// How often each value was measured in several months, the least first; empty where values are not kept.
    pub fn values(
        &self,
        indicator: usize,
        months: impl IntoIterator<Item = Month>,
        dimension: Dimension,
        piece: usize,
    ) -> BTreeMap<i64, i64> {
        let mut found = BTreeMap::new();
        let Some(table) = self.tables.get(indicator) else {
            return found;
        };
        let places: BTreeSet<usize> = months
            .into_iter()
            .filter_map(|month| self.place(table, month, dimension, piece))
            .collect();
        let values = table.values.iter();
        let range = |place| (place, i64::MIN)..=(place, i64::MAX);
        for ((_, value), times) in
            values.flat_map(|values| places.iter().flat_map(|place| values.range(range(*place))))
        {
            *found.entry(*value).or_default() += times;
        }
        found
    }

    /// Whether an indicator is taken apart by a dimension.
    pub fn has(&self, indicator: usize, dimension: Dimension) -> bool {
        let table = self.tables.get(indicator);
        table.is_some_and(|table| {
            table
                .dimensions
                .iter()
                .any(|(known, _)| *known == dimension)
        })
    }

    fn place(
        &self,
        table: &Table,
        month: Month,
        dimension: Dimension,
        piece: usize,
    ) -> Option<usize> {
        let (_, offset) = table
            .dimensions
            .iter()
            .find(|(known, _)| *known == dimension)?;
        (piece < self.layout.len(dimension)).then_some(())?;
        Some(self.layout.month(month)? * table.width + offset + piece)
    }

    fn emptied(&self) -> Self {
        let empty = |table: &Table| {
            Table::empty(
                table.dimensions.clone(),
                (table.width, self.layout.span()),
                table.values.is_some(),
            )
        };
        Self {
            layout: self.layout.clone(),
            tables: self.tables.iter().map(empty).collect(),
        }
    }

    fn merge(&mut self, other: &Self) {
        for (table, other) in self.tables.iter_mut().zip(&other.tables) {
            table.merge(other);
        }
    }
}
