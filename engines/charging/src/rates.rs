//! The rates that a council uses on a day.

use std::cell::RefCell;

use serde::Serialize;
use stour_kernel::{Date, Pence};

use crate::rate::{Amount, Kind, Rate, Standing};
use crate::refusal::{Missing, Refusal};
use crate::setting::Setting;
use crate::situation::MOST;
use crate::table::{IncomeKind, PropertyReason, Tables};

/// A rate that whoever asks has given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Supplied {
    /// The code of its kind.
    pub kind: String,
    /// How much.
    pub amount: Amount,
    /// Where they have it from.
    pub source: String,
}

/// The rates that a council uses on a day, and those that were supplied.
#[derive(Debug, Clone)]
pub struct Rates<'t> {
    tables: &'t Tables,
    council: &'t str,
    day: Date,
    supplied: Vec<Supplied>,
}

/// A rate as it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Used {
    /// How much.
    pub amount: Amount,
    /// What it is called.
    pub label: String,
    /// Who says so.
    pub source: String,
    /// How it stands on the day.
    pub standing: Standing,
}

impl Used {
    /// The money; a rate of another unit does not come past the table.
    pub(crate) fn pence(&self) -> Pence {
        match self.amount {
            Amount::Money(pence) => pence,
            Amount::Weeks(_) | Amount::BasisPoints(_) => Pence::ZERO,
        }
    }

    pub(crate) fn weeks(&self) -> u16 {
        match self.amount {
            Amount::Weeks(weeks) => weeks,
            Amount::Money(_) | Amount::BasisPoints(_) => 0,
        }
    }

    pub(crate) fn basis_points(&self) -> u16 {
        match self.amount {
            Amount::BasisPoints(points) => points,
            Amount::Money(_) | Amount::Weeks(_) => 0,
        }
    }
}

impl<'t> Rates<'t> {
    pub(crate) fn new(tables: &'t Tables, council: &'t str, day: Date) -> Self {
        Self {
            tables,
            council,
            day,
            supplied: Vec::new(),
        }
    }

    /// The day.
    pub fn day(&self) -> Date {
        self.day
    }

    /// With a rate that whoever asks gives, in place of any other of its kind.
    ///
    /// # Errors
    /// An unknown kind, another unit, an amount out of bounds, no source.
    pub fn supply(&mut self, supplied: Supplied) -> Result<(), Refusal> {
        let wrong = |reason: &str| Refusal::wrong(&supplied.kind, reason);
        let kind = self
            .kind(&supplied.kind)
            .ok_or_else(|| wrong("there is no such rate"))?;
        if kind.unit != supplied.amount.unit() {
            return Err(wrong("it is counted in another unit"));
        }
        if supplied.source.trim().is_empty() {
            return Err(wrong("say where the figure is from"));
        }
        if let Amount::Money(pence) = supplied.amount
            && !(Pence::ZERO..=MOST).contains(&pence)
        {
            return Err(wrong("give an amount from £0 to £1 billion"));
        }
        if let Amount::BasisPoints(10_001..) = supplied.amount {
            return Err(wrong("give at most 100%"));
        }
        self.supplied.retain(|other| other.kind != supplied.kind);
        self.supplied.push(supplied);
        Ok(())
    }

    /// What there are rates of.
    pub fn kind(&self, code: &str) -> Option<&'t Kind> {
        self.tables.kinds.iter().find(|kind| kind.code == code)
    }

    /// The kinds of income.
    pub fn incomes(&self) -> &'t [IncomeKind] {
        &self.tables.incomes
    }

    /// A kind of income.
    pub fn income(&self, code: &str) -> Option<&'t IncomeKind> {
        self.tables.incomes.iter().find(|kind| kind.code == code)
    }

    /// A reason why a home is not counted.
    pub fn property_reason(&self, code: &str) -> Option<&'t PropertyReason> {
        self.tables.properties.iter().find(|one| one.code == code)
    }

    /// The rate of the tables: the council's own in force, else the nation's, else the last of each that was known.
    pub fn published(&self, kind: &str) -> Option<&'t Rate> {
        let of_kind = || self.tables.rates.iter().filter(|rate| rate.kind == kind);
        let of_area = |area: &str| {
            let area = area.to_owned();
            of_kind().filter(move |rate| rate.area == area)
        };
        let day = self.day;
        let in_force = |area: &str| of_area(area).find(|rate| rate.period.contains(day));
        let last = |area: &str| {
            of_area(area)
                .filter(|rate| rate.period.start() <= day)
                .max_by_key(|rate| rate.period.start())
        };
        let nation = &self.tables.nation.0;
        in_force(self.council)
            .or_else(|| in_force(nation))
            .or_else(|| last(self.council))
            .or_else(|| last(nation))
    }

    pub(crate) fn optional(&self, kind: &str) -> Option<Used> {
        let label = self.kind(kind)?.label.clone();
        let supplied = self.supplied.iter().find(|one| one.kind == kind);
        if let Some(supplied) = supplied {
            return Some(Used {
                amount: supplied.amount,
                label,
                source: supplied.source.clone(),
                standing: Standing::Supplied,
            });
        }
        self.published(kind).map(|rate| Used {
            amount: rate.amount,
            label,
            source: rate.source.clone(),
            standing: rate.standing(self.day),
        })
    }
}

impl Rates<'_> {
    /// The labels of what a council may set at home and for which nothing is known.
    pub(crate) fn choices_not_known(&self, setting: Setting) -> Vec<String> {
        let choices = self.tables.kinds.iter().filter(|kind| kind.choice);
        let at_home = |kind: &&Kind| {
            setting == Setting::Home || kind.code != "disability-expenditure-allowance"
        };
        let not_known = |kind: &&Kind| self.optional(&kind.code).is_none();
        let labels = choices.filter(at_home).filter(not_known);
        labels.map(|kind| kind.label.clone()).collect()
    }
}

/// Looks rates up and remembers which are missing, so that all are told at once.
pub(crate) struct Needs<'r, 't> {
    rates: &'r Rates<'t>,
    used: RefCell<Vec<Used>>,
    missing: RefCell<Vec<Missing>>,
}

impl<'r, 't> Needs<'r, 't> {
    pub(crate) fn new(rates: &'r Rates<'t>) -> Self {
        Self {
            rates,
            used: RefCell::default(),
            missing: RefCell::default(),
        }
    }

    pub(crate) fn rates(&self) -> &'r Rates<'t> {
        self.rates
    }

    /// The rate, or a note that it is missing.
    pub(crate) fn rate(&self, kind: &str) -> Option<Used> {
        let found = self.rates.optional(kind);
        if let Some(used) = &found {
            let mut all = self.used.borrow_mut();
            if !all.contains(used) {
                all.push(used.clone());
            }
        } else {
            let label = self.rates.kind(kind).map(|kind| kind.label.as_str());
            let missing = Missing {
                kind: kind.to_owned(),
                label: label.unwrap_or(kind).to_owned(),
            };
            let mut all = self.missing.borrow_mut();
            if !all.contains(&missing) {
                all.push(missing);
            }
        }
        found
    }

    /// Every rate that was looked up and found.
    pub(crate) fn used(&self) -> Vec<Used> {
        self.used.borrow().clone()
    }

    /// Every rate that was looked up and not found.
    pub(crate) fn missing(&self) -> Vec<Missing> {
        self.missing.borrow().clone()
    }

    /// Why nothing can be worked out, once everything needed was looked up.
    pub(crate) fn refusal(&self) -> Refusal {
        Refusal::Missing(self.missing())
    }
}
