//! From cells to a number and how sure we are of it.

mod life;
mod population;
mod standardised;

use std::collections::BTreeMap;

use stour_indicators::{BANDS, Cell, Dimension, Formula, Month, Rule};
use stour_partnership::Reference;
use stour_statistics::proportion::wilson;
use stour_statistics::rate::{self, Confidence, Withheld, count, direct, indirect, mean};

use super::state::State;
use crate::catalogue::{Catalogue, Definition, Population, Standardised, Statistic};

/// From which share of the people who live somewhere being on record a rate is of those who live there.
const COVERED: f64 = 0.9;

/// A number with what it was made of, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// What it was made of.
    pub(crate) cell: Cell,
    /// People, or years lived, that a rate is of.
    pub(crate) population: Option<f64>,
    /// The number; or why there is none.
    pub(crate) estimate: Result<Estimate, String>,
}

impl Figure {
    /// Whether anything was counted, or worked out from other numbers.
    pub(crate) fn counts_anything(&self) -> bool {
        self.cell != Cell::default()
            || self.population.is_none()
                && self
                    .estimate
                    .as_ref()
                    .is_ok_and(|estimate| estimate.value != 0.0)
    }
}

/// A number with its interval, in the unit of its definition.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Estimate {
    /// The number.
    pub(crate) value: f64,
    /// Its interval, where it has one.
    pub(crate) interval: Option<(f64, f64)>,
}

/// Which cells a number is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Which<'w> {
    /// The first and the last month.
    pub(crate) months: (Month, Month),
    /// What is taken apart.
    pub(crate) dimension: Dimension,
    /// The code of the piece.
    pub(crate) code: &'w str,
}

/// Makes numbers of cells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures<'s> {
    state: &'s State,
    catalogue: &'s Catalogue,
    reference: &'s Reference,
    /// Whether rates are of the people who live somewhere; otherwise of those on record.
    by_residents: bool,
}

impl<'s> Figures<'s> {
    pub(crate) fn new(
        state: &'s State,
        catalogue: &'s Catalogue,
        reference: &'s Reference,
    ) -> Self {
        let figures = Self {
            state,
            catalogue,
            reference,
            by_residents: true,
        };
        Self {
            by_residents: figures.coverage() >= COVERED,
            ..figures
        }
    }

    /// The share of the people who live in the partnership that are on record.
    pub(crate) fn coverage(&self) -> f64 {
        let recorded: u32 = self.state.on_record(Dimension::Whole, "").iter().sum();
        let residents: u32 = self
            .reference
            .lsoas
            .iter()
            .map(|area| area.population)
            .sum();
        f64::from(recorded) / f64::from(residents.max(1))
    }

    /// Whether rates are of the people who live somewhere; otherwise of those on record.
    pub(crate) const fn by_residents(&self) -> bool {
        self.by_residents
    }

    /// The cell of some months. What counts in each month of a fact that goes on counts the fact once.
    pub(crate) fn cell(&self, definition: &Definition, which: Which<'_>) -> Cell {
        let tally = self.state.tally();
        let piece = self.piece(which.dimension, which.code);
        let place = self.state.place(&definition.id);
        place
            .zip(piece)
            .map_or_else(Cell::default, |(place, piece)| {
                let cell = |month| tally.cell(place, month, which.dimension, piece);
                let cells = months(which.months).map(cell);
                if goes_on(definition) {
                    once(cells)
                } else {
                    cells.sum()
                }
            })
    }

    /// The number of some months.
    pub(crate) fn figure(&self, definition: &Definition, which: Which<'_>) -> Figure {
        let cell = self.cell(definition, which);
        let mut population = None;
        let estimate = self.estimate(definition, which, &cell, &mut population);
        Figure {
            cell,
            population,
            estimate,
        }
    }

    fn estimate(
        &self,
        definition: &Definition,
        which: Which<'_>,
        cell: &Cell,
        population: &mut Option<f64>,
    ) -> Result<Estimate, String> {
        if let Some(why) = &definition.why_not {
            return Err(why.clone());
        }
        if let Some(fault) = self.catalogue.faults_of(&definition.id).next() {
            return Err(format!(
                "Withheld: the definition has a fault. {}",
                fault.what
            ));
        }
        if let Some(place) = self.state.place(&definition.id)
            && !self.state.tally().has(place, which.dimension)
        {
            return Err("None: it is not taken apart by this".to_owned());
        }
        let shown = &definition.shown;
        let confidence = Confidence::new(shown.interval).map_err(said)?;
        let divide_by = shown.divide_by.unwrap_or(1.0);
        let plain = |value: f64| {
            Ok(Estimate {
                value,
                interval: None,
            })
        };
        match shown.statistic {
            Statistic::Count => {
                let limits = count::limits(
                    whole(cell.numerator),
                    count::Method::for_count(whole(cell.numerator)),
                    confidence,
                );
                Ok(Estimate {
                    value: real(cell.numerator),
                    interval: interval(limits, 1.0),
                })
            }
            Statistic::Sum => plain(real(cell.sum) / divide_by),
            Statistic::Proportion if shown.standardised.is_some() => {
                self.standardised_proportion(definition, which, confidence)
            }
            Statistic::Proportion => {
                let found = wilson(
                    whole(cell.numerator),
                    whole(cell.denominator),
                    shown.interval,
                )
                .map_err(|_| "Nobody yet".to_owned())?;
                Ok(Estimate {
                    value: 100.0 * found.value,
                    interval: Some((100.0 * found.lower, 100.0 * found.upper)),
                })
            }
            Statistic::Mean => {
                let number = usize::try_from(cell.numerator).unwrap_or_default();
                let found =
                    mean::mean_of_sums(number, real(cell.sum), wide(cell.squares), confidence)
                        .map_err(said)?;
                Ok(Estimate {
                    value: found.value / divide_by,
                    interval: interval(found.interval, divide_by),
                })
            }
            Statistic::Percentile => {
                let values = self.values(definition, which);
                let share = shown.percentile.unwrap_or(50.0) / 100.0;
                plain(mean::percentile(&values, share).map_err(said)? / divide_by)
            }
            Statistic::Rate | Statistic::SumRate => self.rate(definition, which, cell, population),
            Statistic::LifeExpectancy => {
                self.life_expectancy(definition, which)
                    .map(|found| Estimate {
                        value: found.value,
                        interval: interval(found.interval, 1.0),
                    })
            }
            Statistic::SlopeOfInequality => self.slope(definition, which),
            Statistic::Formula => self.formula(definition, which).and_then(plain),
        }
    }

    fn rate(
        &self,
        definition: &Definition,
        which: Which<'_>,
        cell: &Cell,
        population: &mut Option<f64>,
    ) -> Result<Estimate, String> {
        let shown = &definition.shown;
        let confidence = Confidence::new(shown.interval).map_err(said)?;
        let per = shown.per.unwrap_or(100_000.0);
        let of = shown.of.ok_or("None: the definition names no population")?;
        let bands = self
            .people(of, which)
            .ok_or("None: no population of this piece is known")?;
        // A year of each month's people is a twelfth of each of them.
        let years = if is_stock(definition) {
            1.0
        } else {
            real(span(which.months)) / 12.0
        };
        let lived = |band: usize| bands.get(band).map_or(0.0, |people| people * years);
        let chosen = || chosen(of);
        let all: f64 = chosen().map(lived).sum();
        *population = Some(all);
        if shown.statistic == Statistic::SumRate {
            let value = real(cell.sum) / shown.divide_by.unwrap_or(1.0) / all * per;
            return if value.is_finite() {
                Ok(Estimate {
                    value,
                    interval: None,
                })
            } else {
                Err(said(Withheld::NoPopulation))
            };
        }
        let counted = |dimension, band| self.in_band(definition, which, dimension, band);
        // One age has nothing to be evened out.
        let standardised = shown
            .standardised
            .filter(|_| which.dimension != Dimension::Age);
        let found = match standardised {
            None => {
                let found =
                    count::rate(whole(cell.numerator), all, per, None, confidence).map_err(said)?;
                (found.value, found.interval)
            }
            Some(Standardised::Direct) => {
                let parts = chosen().map(|band| direct::Band {
                    count: whole(counted(which.dimension, band).numerator),
                    population: lived(band),
                    weight: direct::EUROPEAN_2013
                        .get(band)
                        .map_or(0.0, |(_, weight)| *weight),
                });
                let found = direct::standardised(&parts.collect::<Vec<_>>(), per, confidence)
                    .map_err(said)?;
                (found.value, found.interval)
            }
            Some(Standardised::Indirect) => {
                let whole_bands = self.people(
                    of,
                    Which {
                        dimension: Dimension::Whole,
                        code: "",
                        ..which
                    },
                );
                let whole_bands = whole_bands.unwrap_or_default();
                let parts = chosen().map(|band| indirect::Band {
                    count: whole(counted(which.dimension, band).numerator),
                    population: lived(band),
                    reference_count: real(counted(Dimension::Whole, band).numerator),
                    reference_population: whole_bands
                        .get(band)
                        .map_or(0.0, |people| people * years),
                });
                let found =
                    indirect::rate(&parts.collect::<Vec<_>>(), per, confidence).map_err(said)?;
                (found.ratio.value, found.ratio.interval)
            }
        };
        Ok(Estimate {
            value: found.0,
            interval: interval(found.1, 1.0),
        })
    }

    fn formula(&self, definition: &Definition, which: Which<'_>) -> Result<f64, String> {
        let Some(Rule::Formula { of }) = &definition.rule else {
            return Err("None: it has no formula".to_owned());
        };
        let formula = Formula::new(of).map_err(|error| error.to_string())?;
        let value = |name: &str| {
            let other = self.catalogue.named(name)?;
            self.figure(other, which)
                .estimate
                .ok()
                .map(|estimate| estimate.value)
        };
        let found = formula.value(&value);
        found.ok_or_else(|| {
            "None: one of the numbers that it is worked out from is not known".to_owned()
        })
    }

    /// The cell of one band of ages within a piece.
    fn in_band(
        &self,
        definition: &Definition,
        which: Which<'_>,
        dimension: Dimension,
        band: usize,
    ) -> Cell {
        let Some(place) = self.state.place(&definition.id) else {
            return Cell::default();
        };
        let (dimension, piece) = match dimension {
            Dimension::Whole => (Dimension::Age, Some(band)),
            Dimension::Age => {
                let own = which.code.parse() == Ok(band);
                (Dimension::Age, own.then_some(band))
            }
            Dimension::Council => (Dimension::AgeInCouncil, self.piece(dimension, which.code)),
            Dimension::Locality => (Dimension::AgeInLocality, self.piece(dimension, which.code)),
            Dimension::LocalityInCouncil => (
                Dimension::AgeInLocalityInCouncil,
                self.piece(dimension, which.code),
            ),
            Dimension::Deprivation => (
                Dimension::AgeInDeprivation,
                self.piece(dimension, which.code),
            ),
            other => (other, None),
        };
        let piece = match dimension {
            Dimension::Age => piece,
            _ => piece.map(|piece| piece * BANDS + band),
        };
        piece.map_or_else(Cell::default, |piece| {
            self.state
                .tally()
                .cells(place, months(which.months), dimension, piece)
        })
    }

    fn values(&self, definition: &Definition, which: Which<'_>) -> Vec<f64> {
        let counted = self.counts_of_values(definition, which);
        let repeated = counted.into_iter().flat_map(|(value, times)| {
            std::iter::repeat_n(real(value), usize::try_from(times).unwrap_or_default())
        });
        repeated.collect()
    }

    /// The place of a piece among those of its dimension.
    fn piece(&self, dimension: Dimension, code: &str) -> Option<usize> {
        match dimension {
            Dimension::Whole => Some(0),
            Dimension::Age | Dimension::Sex => code.parse().ok(),
            other => self.state.tally().layout().pieces(other)?.place(code),
        }
    }

    fn counts_of_values(&self, definition: &Definition, which: Which<'_>) -> BTreeMap<i64, i64> {
        let place = self.state.place(&definition.id);
        let piece = self.piece(which.dimension, which.code);
        place
            .zip(piece)
            .map_or_else(BTreeMap::new, |(place, piece)| {
                self.state
                    .tally()
                    .values(place, months(which.months), which.dimension, piece)
            })
    }
}

/// Whether people are counted on a day rather than facts over time.
fn is_stock(definition: &Definition) -> bool {
    matches!(
        definition.rule,
        Some(Rule::People { .. } | Rule::Open { .. })
    )
}

/// Whether a fact counts in each month for as long as it goes on.
fn goes_on(definition: &Definition) -> bool {
    matches!(
        definition.rule,
        Some(Rule::Days { .. } | Rule::Spread { .. })
    )
}

/// Months added up with every fact counted once, as a few that go on for long are few: all of the first month, and those
/// that are new in a later one. After a birthday a fact is in another piece by age and new in none, so that there are no
/// fewer than in the month with the most.
fn once(months: impl Iterator<Item = Cell>) -> Cell {
    let (mut all, mut facts, mut most) = (Cell::default(), 0, 0);
    for (place, month) in months.enumerate() {
        facts += if place == 0 {
            month.numerator
        } else {
            month.denominator
        };
        most = most.max(month.numerator);
        all = all + month;
    }
    let facts = facts.max(most);
    Cell {
        numerator: facts,
        denominator: facts,
        ..all
    }
}

/// The bands of ages of a population.
fn chosen(of: Population) -> impl Iterator<Item = usize> + Clone {
    let from = usize::from(of.age_from / 5);
    let before = of.age_before.map_or(19, |age| usize::from(age / 5));
    from..before.min(19)
}

fn months((first, last): (Month, Month)) -> impl Iterator<Item = Month> {
    (first.number()..=last.number()).map(Month::new)
}

fn span((first, last): (Month, Month)) -> i64 {
    i64::from(last.number()) - i64::from(first.number()) + 1
}

fn interval(found: rate::Interval, divide_by: f64) -> Option<(f64, f64)> {
    Some((found.lower? / divide_by, found.upper / divide_by))
}

fn said(withheld: Withheld) -> String {
    format!("None: {withheld}")
}

fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// As a real number: counts, days and pence are far below the largest that one holds exactly.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "far below 2^53"
)]
const fn real(number: i64) -> f64 {
    number as f64
}

/// Squares of pence may be beyond what a real number holds exactly: what is lost is far below what is shown.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "what is lost is not shown"
)]
const fn wide(number: i128) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests;
