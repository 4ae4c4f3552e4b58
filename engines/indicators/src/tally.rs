//! Cells: how much of each indicator there was in each month, in all and in pieces.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use crate::case::Case;
use crate::columns::{Columns, Subject};
use crate::day::{Day, Month};
use crate::layout::{Dimension, Layout};
use crate::pass::Pass;
use crate::plan::Plan;
use crate::table::Table;

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

/// How much of each indicator there was in each month, in all and in pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    layout: Layout,
    tables: Vec<Table>,
}

impl Tally {
    /// An empty tally. For each indicator: what it is taken apart by, and whether each value is kept.
    pub fn new(layout: Layout, indicators: &[(Vec<Dimension>, bool)]) -> Self {
        let tables = indicators
            .iter()
            .map(|(dimensions, values)| Table::new(&layout, dimensions, *values));
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

    /// Counts one person out as they were before and in as they are after, which leaves alone the cells of whatever
    /// did not change.
    pub fn replace(
        &mut self,
        pass: &mut Pass<'_>,
        before: Option<&Subject<'_>>,
        after: Option<&Subject<'_>>,
    ) {
        let same = before.zip(after);
        let same = same.map_or(0, |(before, after)| before.same(after));
        let mut cases = std::mem::take(&mut pass.replaced);
        if let Some(before) = before {
            pass.beyond(before, same, |case| cases.push(*case));
        }
        let mut old = cases.iter().peekable();
        if let Some(after) = after {
            pass.beyond(after, same, |case| {
                // Cases come in one order: of two that are equal nothing need be done, and one that is new lets the
                // others wait.
                if old.next_if(|old| *old == case).is_some() {
                    return;
                }
                let of = |case: &Case| (case.indicator, case.event, case.month);
                if let Some(changed) = old.next_if(|old| of(old) == of(case)) {
                    self.case(changed, -1);
                }
                self.case(case, 1);
            });
        }
        for gone in old {
            self.case(gone, -1);
        }
        cases.clear();
        pass.replaced = cases;
    }

    /// Counts one case in or out.
    pub fn case(&mut self, case: &Case, sign: i64) {
        if !case.verdict.is_in_denominator() && !case.verdict.is_in_numerator() {
            return;
        }
        let (Some(month), Some(table)) = (
            self.layout.month(case.month),
            self.tables.get_mut(case.indicator),
        ) else {
            return;
        };
        table.case(&self.layout, month, case, sign);
    }

    /// What there was of a piece in a month.
    pub fn cell(&self, indicator: usize, month: Month, dimension: Dimension, piece: usize) -> Cell {
        let cell = || {
            let table = self.tables.get(indicator)?;
            table.cell(self.place(table, month, dimension, piece)?)
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
        for (value, times) in places.iter().flat_map(|place| table.values(*place)) {
            *found.entry(value).or_default() += times;
        }
        found
    }

    /// Whether an indicator is taken apart by a dimension.
    pub fn has(&self, indicator: usize, dimension: Dimension) -> bool {
        let table = self.tables.get(indicator);
        table.is_some_and(|table| table.has(dimension))
    }

    fn place(
        &self,
        table: &Table,
        month: Month,
        dimension: Dimension,
        piece: usize,
    ) -> Option<usize> {
        (piece < self.layout.len(dimension)).then_some(())?;
        table.place(self.layout.month(month)?, dimension, piece)
    }

    fn emptied(&self) -> Self {
        Self {
            layout: self.layout.clone(),
            tables: self.tables.iter().map(Table::emptied).collect(),
        }
    }

    fn merge(&mut self, other: &Self) {
        for (table, other) in self.tables.iter_mut().zip(&other.tables) {
            table.merge(other);
        }
    }
}
