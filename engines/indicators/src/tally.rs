//! Cells: how much of each indicator there was in each month, in all and in pieces.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::thread;

use crate::case::Case;
use crate::columns::{Columns, Subject, index};
use crate::day::{Day, Month};
use crate::pass::Pass;
use crate::plan::Plan;
use crate::vocabulary::Vocabulary;

/// What a number may be taken apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Not taken apart.
    Whole,
    /// The council at the time.
    Council,
    /// The locality at the time.
    Locality,
    /// The council and the locality together: `E06000058/poole-bay`. A practice may have people of two councils.
    LocalityInCouncil,
    /// Bands of five years, the last from 90.
    Age,
    /// Recorded as female, as male, or neither.
    Sex,
    /// Tenths of areas by deprivation.
    Deprivation,
    /// Middle-layer super output areas.
    SmallArea,
    /// The organisation that did it.
    Provider,
    /// Age bands within each council.
    AgeInCouncil,
    /// Age bands within each locality.
    AgeInLocality,
    /// Age bands within each tenth of deprivation.
    AgeInDeprivation,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 12] = [
        Self::Whole,
        Self::Council,
        Self::Locality,
        Self::LocalityInCouncil,
        Self::Age,
        Self::Sex,
        Self::Deprivation,
        Self::SmallArea,
        Self::Provider,
        Self::AgeInCouncil,
        Self::AgeInLocality,
        Self::AgeInDeprivation,
    ];

    /// The dimension within which age bands are counted here; none where this is not one of them.
    const fn around_age(self) -> Option<Self> {
        match self {
            Self::AgeInCouncil => Some(Self::Council),
            Self::AgeInLocality => Some(Self::Locality),
            Self::AgeInDeprivation => Some(Self::Deprivation),
            _ => None,
        }
    }
}

/// How many bands of age there are: 19 of five years, and one for ages that are not known.
pub const BANDS: usize = 20;

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

impl Cell {
    fn add(&mut self, other: &Self, sign: i64) {
        self.denominator += sign * other.denominator;
        self.numerator += sign * other.numerator;
        self.sum += sign * other.sum;
        self.squares += i128::from(sign) * other.squares;
    }

    fn of(case: &Case) -> Self {
        let above = i64::from(case.verdict.is_in_numerator());
        Self {
            denominator: case.weight,
            numerator: above * case.weight,
            sum: above * case.value,
            squares: i128::from(above) * i128::from(case.value) * i128::from(case.value),
        }
    }
}

impl std::ops::Add for Cell {
    type Output = Self;

    fn add(mut self, other: Self) -> Self {
        Self::add(&mut self, &other, 1);
        self
    }
}

impl std::iter::Sum for Cell {
    fn sum<I: Iterator<Item = Self>>(cells: I) -> Self {
        cells.fold(Self::default(), |all, cell| all + cell)
    }
}

/// The pieces of a dimension, and which piece everything of the vocabulary belongs to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Their codes, the empty code for what is not known.
    pub codes: Vec<String>,
    of: Vec<usize>,
}

impl Pieces {
    fn new(all: &[String]) -> Self {
        let codes: BTreeSet<&String> = all.iter().collect();
        let codes: Vec<String> = codes.into_iter().cloned().collect();
        let of = |code| codes.binary_search(code).unwrap_or_default();
        Self {
            of: all.iter().map(of).collect(),
            codes,
        }
    }

    fn of(&self, number: u32) -> usize {
        self.of.get(index(number)).copied().unwrap_or_default()
    }

    /// The place of a code among them.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.codes.iter().position(|known| known == code)
    }
}

/// What numbers are taken apart by: made from the vocabulary, so a new council needs a new layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    first: Month,
    months: usize,
    pieces: BTreeMap<Dimension, Pieces>,
}

impl Layout {
    /// A layout of the months from one to another. `groups` gives the tenth of deprivation and the middle-layer area
    /// of a small area, empty where they are not known.
    pub fn new(
        vocabulary: &Vocabulary,
        (first, last): (Month, Month),
        groups: impl Fn(&str) -> (String, String),
    ) -> Self {
        let (councils, localities): (Vec<_>, Vec<_>) = vocabulary
            .places()
            .map(|(council, locality)| (council.to_owned(), locality.to_owned()))
            .unzip();
        let pairs: Vec<String> = vocabulary
            .places()
            .map(|(council, locality)| format!("{council}/{locality}"))
            .collect();
        let (tenths, middle): (Vec<_>, Vec<_>) =
            vocabulary.areas().iter().map(|area| groups(area)).unzip();
        let descriptions = vocabulary.descriptions().iter();
        let providers: Vec<_> = descriptions
            .map(|description| description.organisation.clone())
            .collect();
        let pieces = [
            (Dimension::Council, councils),
            (Dimension::Locality, localities),
            (Dimension::LocalityInCouncil, pairs),
            (Dimension::Deprivation, tenths),
            (Dimension::SmallArea, middle),
            (Dimension::Provider, providers),
        ];
        let pieces = pieces
            .into_iter()
            .map(|(dimension, all)| (dimension, Pieces::new(&all)))
            .collect();
        let months = last
            .number()
            .saturating_sub(first.number())
            .saturating_add(1);
        Self {
            first,
            months: usize::try_from(months).unwrap_or_default(),
            pieces,
        }
    }

    /// The first month.
    pub const fn first(&self) -> Month {
        self.first
    }

    /// The months, in order.
    pub fn months(&self) -> impl DoubleEndedIterator<Item = Month> + use<> {
        let first = self.first;
        (0..self.months).map(move |place| first.plus(i32::try_from(place).unwrap_or(i32::MAX)))
    }

    /// The pieces of a dimension that follows from the vocabulary.
    pub fn pieces(&self, dimension: Dimension) -> Option<&Pieces> {
        self.pieces.get(&dimension)
    }

    /// How many pieces a dimension has.
    pub fn len(&self, dimension: Dimension) -> usize {
        match (dimension.around_age(), dimension) {
            (Some(around), _) => self.len(around) * BANDS,
            (None, Dimension::Whole) => 1,
            (None, Dimension::Age) => BANDS,
            (None, Dimension::Sex) => 3,
            (None, other) => self
                .pieces
                .get(&other)
                .map_or(0, |pieces| pieces.codes.len()),
        }
    }

    /// The piece that a case belongs to.
    pub fn piece(&self, dimension: Dimension, case: &Case) -> Option<usize> {
        let of = |dimension: Dimension, number: u32| Some(self.pieces.get(&dimension)?.of(number));
        match dimension {
            Dimension::Whole => Some(0),
            Dimension::Council | Dimension::Locality | Dimension::LocalityInCouncil => {
                of(dimension, case.place)
            }
            Dimension::Age => Some(band(case.age)),
            Dimension::Sex => Some(usize::from(case.sex)),
            Dimension::Deprivation | Dimension::SmallArea => of(dimension, case.area),
            Dimension::Provider => of(dimension, case.description?),
            Dimension::AgeInCouncil | Dimension::AgeInLocality | Dimension::AgeInDeprivation => {
                let around = self.piece(dimension.around_age()?, case)?;
                Some(around * BANDS + band(case.age))
            }
        }
    }

    fn month(&self, month: Month) -> Option<usize> {
        let place = month.number().checked_sub(self.first.number())?;
        usize::try_from(place)
            .ok()
            .filter(|place| *place < self.months)
    }
}

/// The place of an age among the bands; the last where it is not known.
fn band(age: Option<i32>) -> usize {
    age.and_then(|age| usize::try_from(age).ok())
        .map_or(BANDS - 1, |age| (age / 5).min(BANDS - 2))
}

/// What one indicator is taken apart by, and where each dimension's pieces are among its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Table {
    dimensions: Vec<(Dimension, usize)>,
    /// Cells of one month.
    width: usize,
    cells: Vec<Cell>,
    /// How often each value was measured, by cell: percentiles need each.
    values: Option<HashMap<(usize, i64), i64>>,
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
            Table {
                dimensions,
                width,
                cells: vec![Cell::default(); width * layout.months],
                values: values.then(HashMap::new),
            }
        });
        let tables = tables.collect();
        Self { layout, tables }
    }

    /// What it is laid out by.
    pub const fn layout(&self) -> &Layout {
        &self.layout
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
                        let mut pass = Pass::new(plan, part.layout.first, as_of);
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
        let one = Cell::of(case);
        for (dimension, offset) in &table.dimensions {
            let Some(piece) = self.layout.piece(*dimension, case) else {
                continue;
            };
            let place = month * table.width + offset + piece;
            if let Some(cell) = table.cells.get_mut(place) {
                cell.add(&one, sign);
            }
            if let Some(values) = &mut table.values
                && case.verdict.is_in_numerator()
            {
                count_value(values, (place, case.value), sign);
            }
        }
    }

    /// What there was of a piece in a month.
    pub fn cell(&self, indicator: usize, month: Month, dimension: Dimension, piece: usize) -> Cell {
        let cell = || {
            let table = self.tables.get(indicator)?;
            table.cells.get(self.place(table, month, dimension, piece)?)
        };
        cell().copied().unwrap_or_default()
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
        for ((place, value), times) in table.values.iter().flatten() {
            if places.contains(place) {
                *found.entry(*value).or_default() += times;
            }
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
        let empty = |table: &Table| Table {
            cells: vec![Cell::default(); table.cells.len()],
            values: table.values.as_ref().map(|_| HashMap::new()),
            ..table.clone()
        };
        Self {
            layout: self.layout.clone(),
            tables: self.tables.iter().map(empty).collect(),
        }
    }

    fn merge(&mut self, other: &Self) {
        for (table, other) in self.tables.iter_mut().zip(&other.tables) {
            for (cell, other) in table.cells.iter_mut().zip(&other.cells) {
                cell.add(other, 1);
            }
            if let (Some(values), Some(others)) = (&mut table.values, &other.values) {
                for (key, times) in others {
                    count_value(values, *key, *times);
                }
            }
        }
    }
}

fn count_value(values: &mut HashMap<(usize, i64), i64>, key: (usize, i64), times: i64) {
    let count = values.entry(key).or_default();
    *count += times;
    // What was counted out again leaves nothing behind, so that two tallies of the same facts are equal.
    if *count == 0 {
        values.remove(&key);
    }
}
