//! What a pound of a later year is worth in the base year.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::mistake::{Checks, Mistakes};
use crate::said;
use crate::words;

/// The published tables that come with the crate.
const TABLES: &str = include_str!("../data/discount-rates.toml");

/// Which column of a table of rates is used: `standard`, `health` or another that the table has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Basis(pub String);

/// One rate, percent a year, for the years `from..=to` after the base year; open where `to` is absent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Band {
    from: usize,
    to: Option<usize>,
    percent: f64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    name: Spanned<Basis>,
    band: Vec<Spanned<Band>>,
}

/// A table of rates of one date.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vintage {
    name: String,
    dated: String,
    source: String,
    basis: Vec<Column>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    vintage: Vec<Vintage>,
}

/// How a document says what discounts it: a shipped vintage by name, or a table of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chosen {
    vintage: Spanned<String>,
    pub(crate) basis: Spanned<Basis>,
    #[serde(default, deserialize_with = "said::text_if_there")]
    dated: Option<String>,
    #[serde(default, deserialize_with = "said::text_if_there")]
    source: Option<String>,
    table: Option<Vec<Column>>,
}

/// What a case is discounted by.
#[derive(Debug, Clone, Serialize)]
pub struct Discounting {
    /// The name of the table of rates.
    pub vintage: String,
    /// The table's date.
    pub dated: String,
    /// Where the table comes from.
    pub source: String,
    /// The column that the case uses where a line names no other.
    pub basis: Basis,
    /// For each basis, the factor of every year from the base year on.
    #[serde(skip)]
    pub(crate) factors: BTreeMap<Basis, Vec<f64>>,
}

impl Chosen {
    /// The factors of `years` years, or what is wrong with the table.
    pub(crate) fn check(self, years: usize, checks: &mut Checks) -> Option<Discounting> {
        let place = self.vintage.span();
        let name = self.vintage.into_inner();
        let shipped = shipped(checks)?;
        let found = shipped.iter().find(|vintage| vintage.name == name);
        let vintage = match (found, self.table, self.dated, self.source) {
            (Some(found), None, None, None) => found.clone(),
            (None, Some(basis), Some(dated), Some(source)) => Vintage {
                name,
                dated,
                source,
                basis,
            },
            (Some(_), ..) => {
                checks.refuse(place, format!("{name:?} comes with the program: take out dated, source and table, or give your table another name"));
                return None;
            }
            (None, table, ..) => {
                let names: Vec<&str> = shipped.iter().map(|known| known.name.as_str()).collect();
                checks.refuse(place, if table.is_some() {
                    format!("the discount table {name:?} is your own: say dated and source")
                } else {
                    format!("no discount table is called {name:?}: use {}, or give [[discount.table]] with dated and source", words::any_of(&names))
                });
                return None;
            }
        };
        let mut seen = BTreeSet::new();
        for column in &vintage.basis {
            let basis = &column.name;
            checks.ensure(seen.insert(basis.get_ref()), basis.span(), || {
                format!(
                    "{} has two tables called {}",
                    vintage.name,
                    basis.get_ref().0
                )
            });
        }
        let factors = vintage
            .basis
            .iter()
            .filter_map(|column| {
                Some((
                    column.name.get_ref().clone(),
                    column.factors(years, checks)?,
                ))
            })
            .collect();
        let discounting = Discounting {
            vintage: vintage.name,
            dated: vintage.dated,
            source: vintage.source,
            basis: self.basis.get_ref().clone(),
            factors,
        };
        let known = discounting.has(self.basis.get_ref());
        checks.ensure(known || !checks.is_clean(), self.basis.span(), || {
            discounting.unknown(self.basis.get_ref())
        });
        known.then_some(discounting)
    }
}

impl Discounting {
    pub(crate) fn has(&self, basis: &Basis) -> bool {
        self.factors.contains_key(basis)
    }

    pub(crate) fn unknown(&self, basis: &Basis) -> String {
        let names: Vec<&str> = self.factors.keys().map(|known| known.0.as_str()).collect();
        format!(
            "{} has no rates called {:?}: use {}",
            self.vintage,
            basis.0,
            words::any_of(&names)
        )
    }

    /// The factors of one basis; none for one that the table does not have.
    pub(crate) fn of(&self, basis: &Basis) -> &[f64] {
        self.factors.get(basis).map_or(&[], Vec::as_slice)
    }
}

impl Column {
    fn factors(&self, years: usize, checks: &mut Checks) -> Option<Vec<f64>> {
        let mut next = Some(0);
        for band in &self.band {
            let (at, band) = (band.span(), band.get_ref());
            let name = &self.name.get_ref().0;
            checks.ensure((0.0..100.0).contains(&band.percent), at.clone(), || {
                format!(
                    "a discount rate of {}% in {name}: give percent a year, from 0 to below 100",
                    band.percent
                )
            });
            checks.ensure(Some(band.from) == next, at.clone(), || match next {
                Some(next) if next < band.from => format!(
                    "the discount table {name} has a hole: no rate for years {next} to {}",
                    band.from - 1
                ),
                Some(_) => format!(
                    "the discount table {name} gives year {} two rates",
                    band.from
                ),
                None => format!("the discount table {name} goes on after a band without an end"),
            });
            checks.ensure(band.to.is_none_or(|to| to >= band.from), at, || {
                format!("a band of {name} ends before it begins")
            });
            next = band.to.map(|to| to + 1);
        }
        checks.ensure(!self.band.is_empty(), self.name.span(), || {
            format!("the discount table {} has no rates", self.name.get_ref().0)
        });
        checks.ensure(
            self.band.is_empty() || next.is_none_or(|next| next >= years),
            self.name.span(),
            || {
                format!(
                    "the discount table {} ends at year {}, the case at year {}",
                    self.name.get_ref().0,
                    next.unwrap_or(1).saturating_sub(1),
                    years.saturating_sub(1)
                )
            },
        );
        checks.is_clean().then(|| {
            let rate = |year: usize| {
                let band = self.band.iter().map(Spanned::get_ref);
                let mut band = band.filter(|band| band.to.is_none_or(|to| year <= to));
                band.next().map_or(0.0, |band| band.percent)
            };
            compound(years, rate)
        })
    }
}

/// Year by year: each factor is the one before, less the rate of its own year.
fn compound(years: usize, percent: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut factor = 1.0;
    (0..years)
        .map(|year| {
            if year > 0 {
                factor /= 1.0 + percent(year) / 100.0;
            }
            factor
        })
        .collect()
}

fn shipped(checks: &mut Checks) -> Option<Vec<Vintage>> {
    match toml::from_str::<Tables>(TABLES) {
        Ok(tables) => Some(tables.vintage),
        Err(error) => {
            checks.refuse(
                0..0,
                format!("the shipped discount tables cannot be read: {error}"),
            );
            None
        }
    }
}

/// The discount factors of a shipped vintage, for year 0 (which is 1) and so many years in all.
///
/// # Errors
/// A vintage or basis that is not shipped.
pub fn discount_factors(vintage: &str, basis: &Basis, years: usize) -> Result<Vec<f64>, Mistakes> {
    let chosen = Chosen {
        vintage: Spanned::new(0..0, vintage.to_owned()),
        basis: Spanned::new(0..0, basis.clone()),
        dated: None,
        source: None,
        table: None,
    };
    let mut checks = Checks::new("");
    let factors = chosen
        .check(years, &mut checks)
        .map(|found| found.of(basis).to_vec());
    checks.finish(factors)
}

/// What one pound a year is worth in the base year, paid in each of these years but the base year
/// itself: the sum of the factors from year 1 on.
pub fn annuity(factors: &[f64]) -> f64 {
    factors.iter().skip(1).fold(0.0, |sum, factor| sum + factor)
}
