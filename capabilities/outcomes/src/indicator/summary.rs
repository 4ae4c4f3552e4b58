//! From cases to numbers: by month of discharge, and for the last twelve complete months by council
//! and locality.

use std::collections::BTreeMap;

use stour_kernel::{Date, GssCode, LocalityCode};
use stour_statistics::proportion::{Proportion, wilson};

use super::{Case, Definition};
use crate::words;

/// How many months the main value covers.
const MONTHS: i32 = 12;

/// How many, of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Above the line.
    pub numerator: u64,
    /// Below the line.
    pub denominator: u64,
}

impl Count {
    /// The proportion with its interval; `None` of nobody.
    pub fn proportion(&self, definition: &Definition) -> Option<Proportion> {
        wilson(self.numerator, self.denominator, definition.interval).ok()
    }

    fn take(&mut self, case: &Case) {
        self.denominator += 1;
        self.numerator += u64::from(case.verdict.is_in_numerator());
    }
}

impl std::ops::Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            numerator: self.numerator + other.numerator,
            denominator: self.denominator + other.denominator,
        }
    }
}

/// Whole months: the first day of the first, and the first day after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    /// The first day.
    pub from: Date,
    /// The first day that is not part of it.
    pub before: Date,
}

impl Months {
    /// The month of a day.
    pub fn of(date: Date) -> Self {
        let from = date.first_of_month();
        Self {
            from,
            before: months_later(from, 1),
        }
    }

    /// The last twelve months of which every discharge has had its day on `today`.
    pub fn last_complete(definition: &Definition, today: Date) -> Self {
        let days = jiff::Span::new().days(definition.days.saturating_add(1));
        let settled = today.checked_sub(days).unwrap_or(Date::MIN);
        // The month of `settled` is complete only when that is its last day.
        let before = settled.tomorrow().map_or(settled, Date::first_of_month);
        Self {
            from: months_later(before, -MONTHS),
            before,
        }
    }

    /// Whether a day is in them.
    pub fn contain(&self, date: Date) -> bool {
        self.from <= date && date < self.before
    }

    /// The first day of the last of them.
    pub fn last(&self) -> Date {
        months_later(self.before, -1)
    }

    /// "March 2026", "September 2025 to August 2026".
    pub fn words(&self) -> String {
        if self.from == self.last() {
            return words::month(self.from);
        }
        format!(
            "{} to {}",
            words::month(self.from),
            words::month(self.last())
        )
    }
}

/// One part of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<K> {
    /// Which part.
    pub key: K,
    /// Its count.
    pub count: Count,
}

/// A council and its localities, which add up to it. What is not known has no code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// The council.
    pub whole: Piece<Option<GssCode>>,
    /// Its localities.
    pub localities: Vec<Piece<Option<LocalityCode>>>,
}

/// The indicator, computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The months that the total and the councils are of.
    pub months: Months,
    /// The count of those months.
    pub total: Count,
    /// The same by council and locality.
    pub councils: Vec<Council>,
    /// Every complete month from the first with a discharge.
    pub by_month: Vec<Piece<Months>>,
    /// How many discharges of those months got each verdict, those outside the count included.
    pub verdicts: BTreeMap<&'static str, u64>,
}

/// Months three by three, counted back from the last; one or two that are left over at the beginning
/// are left out.
pub fn by_quarter(by_month: &[Piece<Months>]) -> Vec<Piece<Months>> {
    let (_, quarters) = by_month.as_rchunks::<3>();
    quarters
        .iter()
        .map(|[first, second, third]| Piece {
            key: Months {
                from: first.key.from,
                before: third.key.before,
            },
            count: first.count + second.count + third.count,
        })
        .collect()
}

/// Adds up cases as they can be judged on `today`.
pub fn summarise<'c>(
    definition: &Definition,
    cases: impl IntoIterator<Item = &'c Case>,
    today: Date,
) -> Summary {
    let months = Months::last_complete(definition, today);
    let mut total = Count::default();
    let mut councils: BTreeMap<Option<GssCode>, BTreeMap<Option<LocalityCode>, Count>> =
        BTreeMap::new();
    let mut by_month: BTreeMap<Date, Count> = BTreeMap::new();
    let mut verdicts: BTreeMap<&'static str, u64> = BTreeMap::new();
    for case in cases {
        let recent = months.contain(case.discharged);
        if recent {
            *verdicts.entry(case.verdict.kind()).or_default() += 1;
        }
        if case.discharged >= months.before || !case.verdict.is_in_denominator() {
            continue;
        }
        by_month
            .entry(case.discharged.first_of_month())
            .or_default()
            .take(case);
        if recent {
            total.take(case);
            let localities = councils.entry(case.council).or_default();
            localities
                .entry(case.locality.clone())
                .or_default()
                .take(case);
        }
    }
    Summary {
        months,
        total,
        councils: councils.into_iter().map(council).collect(),
        by_month: every_month(&by_month, months.before),
        verdicts,
    }
}

fn council(
    (code, localities): (Option<GssCode>, BTreeMap<Option<LocalityCode>, Count>),
) -> Council {
    let count = localities
        .values()
        .fold(Count::default(), |sum, part| sum + *part);
    Council {
        whole: Piece { key: code, count },
        localities: localities
            .into_iter()
            .map(|(key, count)| Piece { key, count })
            .collect(),
    }
}

fn every_month(counts: &BTreeMap<Date, Count>, before: Date) -> Vec<Piece<Months>> {
    let mut months = Vec::new();
    let Some(mut month) = counts.keys().next().copied() else {
        return months;
    };
    while month < before {
        let count = counts.get(&month).copied().unwrap_or_default();
        let key = Months::of(month);
        months.push(Piece { key, count });
        month = months_later(month, 1);
    }
    months
}

fn months_later(date: Date, months: i32) -> Date {
    date.checked_add(jiff::Span::new().months(months))
        .unwrap_or(if months < 0 { Date::MIN } else { Date::MAX })
}

#[cfg(test)]
mod tests;
