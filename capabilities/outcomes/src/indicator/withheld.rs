//! What is withheld of an indicator from those who see counts only: everything that its pages, files and answers
//! show of it, decided at once, since months add up to years and localities to councils.

use std::collections::BTreeSet;

use stour_indicators::{Dimension, Formula, Rule};

use super::period::{Period, quarters};
use super::piece::{self, Piece};
use super::publish::{Audience, Counts, Published, Sums};
use super::report::Maker;
use crate::catalogue::{Apart, Definition, Statistic};
use crate::counted::{Figure, Which};

/// Pieces whose numbers add up to the same whole, and some of them to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// Councils, localities, and the parts of localities that lie in councils.
    Places,
    /// The pieces of another kind.
    Other(Apart),
}

impl Family {
    /// That of the pieces by which a number is taken apart.
    pub(crate) const fn of(apart: Apart) -> Self {
        match apart {
            Apart::Council | Apart::Locality => Self::Places,
            other => Self::Other(other),
        }
    }

    /// That of a piece.
    pub(crate) fn of_piece(piece: &Piece) -> Self {
        let found = piece::ALL
            .iter()
            .find(|(apart, _)| apart.dimension() == piece.dimension);
        found.map_or(Self::Places, |(apart, _)| Self::of(*apart))
    }
}

/// What is withheld of an indicator, of the whole or of a family of pieces.
#[derive(Debug, Clone)]
pub(crate) struct Withheld {
    /// The periods that are shown one after another: months, or quarters where months are too small.
    pub(crate) periods: Vec<Period>,
    /// Those and the main one: nothing is shown of any other.
    shown: BTreeSet<Period>,
    held: BTreeSet<(Dimension, String, Period)>,
}

impl Withheld {
    fn nothing(periods: Vec<Period>, latest: Period) -> Self {
        Self {
            shown: periods.iter().copied().chain([latest]).collect(),
            periods,
            held: BTreeSet::new(),
        }
    }

    /// Whether numbers of this period are shown at all.
    pub(crate) fn has(&self, period: Period) -> bool {
        self.shown.contains(&period)
    }

    /// A number as it may be shown.
    pub(crate) fn publish(&self, figure: Figure, which: Which<'_>) -> Published {
        let (first, last) = which.months;
        let number = (
            which.dimension,
            which.code.to_owned(),
            Period { first, last },
        );
        if self.has(number.2) && !self.held.contains(&number) {
            Published::Shown(figure)
        } else {
            Published::Withheld
        }
    }

    /// Whether a reader knows the number of a period of the whole, from itself or by adding up.
    fn is_known(&self, period: Period) -> bool {
        let shown = |period: &Period| {
            self.has(*period)
                && !self
                    .held
                    .contains(&(Dimension::Whole, String::new(), *period))
        };
        if self.has(period) {
            return shown(&period);
        }
        let inside = |one: &&Period| period.first <= one.first && one.last <= period.last;
        let parts: Vec<&Period> = self.periods.iter().filter(inside).collect();
        let length: i32 = parts.iter().map(|part| part.length()).sum();
        length == period.length() && parts.into_iter().all(shown)
    }
}

/// A row of the table of everything that is shown: a piece, and those that add up to it.
struct Row {
    piece: Piece,
    /// Its part of the whole; none of one that is a part of those alone.
    of_whole: Option<Apart>,
    parts: Vec<usize>,
}

/// The columns of the table.
struct Columns {
    latest: Period,
    periods: Vec<Period>,
    /// The periods that add up to the main one.
    window: Vec<usize>,
}

impl Columns {
    fn new(latest: Period, periods: Vec<Period>) -> Self {
        let inside = |period: &Period| latest.first <= period.first && period.last <= latest.last;
        let window = periods
            .iter()
            .enumerate()
            .filter(|(_, period)| **period != latest && inside(period))
            .map(|(place, _)| place)
            .collect();
        Self {
            latest,
            periods,
            window,
        }
    }

    /// Every period, the main one last if it is not one of those that follow each other.
    fn all(&self) -> Vec<Period> {
        let mut all = self.periods.clone();
        if !all.contains(&self.latest) {
            all.push(self.latest);
        }
        all
    }
}

impl Maker<'_> {
    /// What is withheld of the whole.
    pub(super) fn withheld(&self, definition: &Definition, audience: Audience) -> Withheld {
        let latest = Period::latest(definition, self.as_of());
        let months = self.months(definition, latest.last);
        if audience == Audience::MayOpen {
            return Withheld::nothing(months, latest);
        }
        self.decide(definition, (latest, months), &[], None)
    }

    /// What is withheld of the pieces of a family, beside a whole.
    pub(super) fn withheld_of(
        &self,
        definition: &Definition,
        family: Family,
        whole: &Withheld,
        audience: Audience,
    ) -> Withheld {
        let latest = Period::latest(definition, self.as_of());
        if audience == Audience::MayOpen {
            return Withheld::nothing(whole.periods.clone(), latest);
        }
        let rows = self.rows(definition, family);
        self.decide(
            definition,
            (latest, whole.periods.clone()),
            &rows,
            Some(whole),
        )
    }

    /// Decides by month and, where a month of a known piece would be withheld, by quarter.
    fn decide(
        &self,
        definition: &Definition,
        (latest, months): (Period, Vec<Period>),
        rows: &[Row],
        whole: Option<&Withheld>,
    ) -> Withheld {
        let are_months = months.iter().all(|period| period.first == period.last);
        let by_month = self.table(
            definition,
            &Columns::new(latest, months.clone()),
            rows,
            whole,
        );
        let is_unknown = |dimension: Dimension, code: &str| {
            let mut own = rows.iter().map(|row| &row.piece);
            own.any(|piece| {
                piece.dimension == dimension && piece.code == code && piece.is_unknown()
            })
        };
        let too_small = by_month.held.iter().any(|(dimension, code, period)| {
            *period != latest && latest.contains(period.first) && !is_unknown(*dimension, code)
        });
        if !too_small || !are_months || definition.shown.months == 1 || definition.is_of_lives() {
            return by_month;
        }
        let columns = Columns::new(latest, quarters(&months));
        self.table(definition, &columns, rows, whole)
    }

    /// The pieces of a family that a definition is taken apart into.
    fn rows(&self, definition: &Definition, family: Family) -> Vec<Row> {
        let apart = |apart| definition.shown.apart.contains(&apart);
        let row = |piece, of_whole| Row {
            piece,
            of_whole,
            parts: Vec::new(),
        };
        let of = |apart| {
            let all = piece::all(self.state, self.reference, apart);
            all.into_iter().map(move |piece| row(piece, Some(apart)))
        };
        let kinds: Vec<Apart> = match family {
            Family::Other(apart) => vec![apart],
            Family::Places => vec![Apart::Council, Apart::Locality],
        };
        let mut rows: Vec<Row> = kinds
            .into_iter()
            .filter(|kind| apart(*kind))
            .flat_map(of)
            .collect();
        if family == Family::Places && apart(Apart::Council) && apart(Apart::Locality) {
            let councils: Vec<String> = rows
                .iter()
                .filter(|row| row.of_whole == Some(Apart::Council))
                .map(|row| row.piece.code.clone())
                .collect();
            for council in councils {
                for within in piece::localities(self.state, self.reference, &council) {
                    let place = rows.len();
                    for above in &mut rows {
                        let code = match above.of_whole {
                            Some(Apart::Council) => council.as_str(),
                            Some(_) => within.own_code(),
                            None => continue,
                        };
                        if above.piece.code == code {
                            above.parts.push(place);
                        }
                    }
                    rows.push(row(within, None));
                }
            }
        }
        rows
    }

    /// Decides on a whole table. A number that is worked out from others is withheld when one of them is.
    fn table(
        &self,
        definition: &Definition,
        columns: &Columns,
        rows: &[Row],
        whole: Option<&Withheld>,
    ) -> Withheld {
        let mut found = Withheld::nothing(columns.periods.clone(), columns.latest);
        for counted in self.worked_out_from(definition) {
            let own;
            let whole = match (whole, counted.id == definition.id) {
                (Some(_), false) => {
                    own = self.table(counted, columns, &[], None);
                    Some(&own)
                }
                (whole, _) => whole,
            };
            found.held.extend(self.held(counted, columns, rows, whole));
        }
        if let Some(whole) = whole {
            let held = whole
                .held
                .iter()
                .filter(|(_, _, period)| found.has(*period));
            let held: Vec<_> = held.cloned().collect();
            found.held.extend(held);
        }
        found
    }

    fn held(
        &self,
        definition: &Definition,
        columns: &Columns,
        rows: &[Row],
        whole: Option<&Withheld>,
    ) -> Vec<(Dimension, String, Period)> {
        let all = columns.all();
        let mut sums = Sums::new(&definition.small_numbers);
        // One after another: the columns of the whole, then those of each row.
        for period in &all {
            let (counts, is_small) = self.counts(definition, (Dimension::Whole, ""), *period);
            match whole {
                Some(whole) => sums.push_decided(counts, !whole.is_known(*period)),
                None => sums.push(counts, is_small),
            };
        }
        for row in rows {
            for period in &all {
                let piece = (row.piece.dimension, row.piece.code.as_str());
                let (counts, is_small) = self.counts(definition, piece, *period);
                sums.push(counts, is_small);
            }
        }
        let width = all.len();
        let at = |row: usize, column: usize| (row + 1) * width + column;
        if let Some(latest) = all.iter().position(|period| *period == columns.latest) {
            for first in (0..=rows.len()).map(|row| row * width) {
                let window = columns.window.iter().map(|column| first + column);
                sums.add_up(first + latest, window.collect());
            }
        }
        let kinds: BTreeSet<Apart> = rows.iter().filter_map(|row| row.of_whole).collect();
        for column in 0..width {
            for kind in &kinds {
                let own = rows.iter().enumerate();
                let own = own.filter(|(_, row)| row.of_whole == Some(*kind));
                sums.add_up(column, own.map(|(place, _)| at(place, column)).collect());
            }
            for (place, row) in rows
                .iter()
                .enumerate()
                .filter(|(_, row)| !row.parts.is_empty())
            {
                let parts = row.parts.iter().map(|part| at(*part, column));
                sums.add_up(at(place, column), parts.collect());
            }
        }
        let whole = [(Dimension::Whole, "")].into_iter();
        let names = whole.chain(
            rows.iter()
                .map(|row| (row.piece.dimension, row.piece.code.as_str())),
        );
        let numbers = names.flat_map(|(dimension, code)| {
            all.iter()
                .map(move |period| (dimension, code.to_owned(), *period))
        });
        let held = numbers.zip(sums.settle());
        held.filter(|(_, held)| *held)
            .map(|(number, _)| number)
            .collect()
    }

    /// The counts of a number; and whether too few stand behind it, though there seem to be more.
    fn counts(
        &self,
        definition: &Definition,
        (dimension, code): (Dimension, &str),
        period: Period,
    ) -> (Counts, bool) {
        let cell = |months| {
            let which = Which {
                months,
                dimension,
                code,
            };
            self.figures.cell(definition, which)
        };
        let all = cell(period.months());
        let apart = match definition.shown.statistic {
            Statistic::Proportion => all.denominator - all.numerator,
            _ => 0,
        };
        // Somebody who is counted each month is in each of them: behind a year stand no fewer than in its fullest.
        let lasts = matches!(
            definition.rule,
            Some(Rule::Open { .. } | Rule::People { .. })
        );
        let is_small = lasts && {
            let months =
                (period.first.number()..=period.last.number()).map(stour_indicators::Month::new);
            let fullest = months.map(|month| cell((month, month)).numerator).max();
            let fullest = fullest.and_then(|fullest| u64::try_from(fullest).ok());
            fullest.is_some_and(|fullest| definition.small_numbers.has(fullest))
        };
        ([all.numerator, all.denominator, apart], is_small)
    }

    /// The counted definitions that a number is worked out from; itself if it is counted.
    pub(super) fn worked_out_from<'d>(&self, definition: &'d Definition) -> Vec<&'d Definition> {
        let Some(Rule::Formula { of }) = &definition.rule else {
            return vec![definition];
        };
        let Ok(formula) = Formula::new(of) else {
            return Vec::new();
        };
        let parts = formula.names().into_iter();
        parts
            .filter_map(|name| self.catalogue.named(name))
            .flat_map(|part| self.worked_out_from(part))
            .collect()
    }
}
