//! A series beside those of other areas: the partnership's own, England and neighbours. Where counts
//! depend on how large an area is, each is set against its own mean: how it moved, not how much.

use std::collections::BTreeMap;

use stour_design::chart::{Line, LinesChart, Unit};
use stour_design::{Cell, Heading, InsetText, Markup, Table, html};
use stour_kernel::Date;

use super::view::Whole;
use crate::area::Area;
use crate::comparator::comparator;
use crate::measure::{Compare, Together};
use crate::shown::hidden_caption;
use crate::words;

/// Lines that a reader can tell apart.
const MOST_LINES: usize = 4;
/// Periods in which an area has a figure too, from which it is worth a line.
const FEWEST_IN_COMMON: usize = 2;

/// Another area's figures of the same measure, less what is missing or known to be wrong.
#[derive(Debug, Clone)]
pub(crate) struct Compared {
    pub(crate) area: Area,
    pub(crate) values: BTreeMap<Date, f64>,
}

/// Councils are compared with councils and trusts with trusts; a country with anything.
fn family(kind: &str) -> &str {
    if kind.ends_with("council") {
        "council"
    } else {
        kind
    }
}

impl Compared {
    /// Whether it makes sense beside an area: the whole partnership is compared with countries alone.
    pub(crate) fn is_beside(&self, area: &Area) -> bool {
        if self.area.code == area.code || self.area.code == Together::CODE {
            return false;
        }
        self.area.kind == "country" || family(&self.area.kind) == family(&area.kind)
    }

    /// Countries first, then the partnership's own, then neighbours in the order of their file.
    pub(crate) fn place(&self) -> (u8, usize) {
        let order = crate::comparator::comparators().unwrap_or_default();
        let place = order.iter().position(|one| one.area.code == self.area.code);
        match place {
            Some(place) if self.area.kind == "country" => (0, place),
            None => (1, 0),
            Some(place) => (2, place),
        }
    }

    /// Why it is compared with.
    pub(crate) fn why(&self) -> &str {
        let known = comparator(&self.area.code);
        known.map_or("It is part of the partnership.", |known| known.why.as_str())
    }

    fn in_common(&self, own: &BTreeMap<Date, f64>) -> usize {
        let both = self.values.keys().filter(|at| own.contains_key(at));
        both.count()
    }
}

/// A series relative to its mean over the periods of another, in per cent; itself where that is how it
/// is compared.
fn relative(values: &BTreeMap<Date, f64>, periods: &[Date], how: Compare) -> Vec<Option<f64>> {
    let known: Vec<Option<f64>> = periods.iter().map(|at| values.get(at).copied()).collect();
    if how == Compare::Value {
        return known;
    }
    let present: Vec<f64> = known.iter().copied().flatten().collect();
    let count = u32::try_from(present.len()).map_or(f64::INFINITY, f64::from);
    let mean = present.iter().sum::<f64>() / count;
    known
        .into_iter()
        .map(|value| Some(100.0 * value? / mean).filter(|index| index.is_finite()))
        .collect()
}

impl Whole {
    /// Those it is drawn beside: with figures for periods that it has too.
    pub(crate) fn beside(&self) -> impl Iterator<Item = &Compared> {
        let own = self.judgement.values();
        self.compared
            .iter()
            .filter(move |one| one.in_common(&own) >= FEWEST_IN_COMMON)
    }

    /// The section that sets the series beside others; nothing where there are none.
    pub(crate) fn comparison(&self, periods: &[Date]) -> Markup {
        let others: Vec<&Compared> = self.beside().collect();
        if others.is_empty() {
            return html! {};
        }
        html! {
            (Heading::section("Beside other areas"))
            (self.lines(periods, &others))
            (self.beside_table(periods, &others))
            @if self.measure.compare == Compare::Index {
                (InsetText::new(
                    "Counts depend on how many people live in an area, so each line is in per cent of that area’s own mean \
                     over the same periods: 110 is a tenth above its mean. It says how each moved, not who has more."
                ))
            }
            p {
                "England, the partnership’s own areas, and those that adjoin it. They are not statistical neighbours: no published \
                 set of those was seen. Nothing is made of a difference here; areas differ in age, size and how they record."
            }
        }
    }

    fn lines(&self, periods: &[Date], others: &[&Compared]) -> LinesChart {
        let how = self.measure.compare;
        let own = self.judgement.values();
        let line = |name: &str, values: &BTreeMap<Date, f64>| Line {
            name: name.to_owned(),
            values: relative(values, periods, how),
        };
        let lines: Vec<Line> = std::iter::once(line(self.area.short_name(), &own))
            .chain(
                others
                    .iter()
                    .map(|one| line(one.area.short_name(), &one.values)),
            )
            .take(MOST_LINES)
            .collect();
        let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
        let (what, unit) = match how {
            Compare::Value => (self.measure.unit.as_str(), self.unit()),
            Compare::Index => ("per cent of each area’s own mean", Unit::COUNT),
        };
        let description = format!(
            "{}, for each of {}.",
            words::capital(what),
            names.join(", ")
        );
        let title = format!(
            "{} beside {}",
            self.area.short_name(),
            listed(names.get(1..).unwrap_or_default())
        );
        LinesChart {
            unit,
            period_word: words::capital(self.measure.every.noun()),
            zero_word: String::new(),
            from_zero: false,
            description,
            ..LinesChart::new(
                "beside",
                title,
                format!("{}, {what}", self.measure.title),
                periods
                    .iter()
                    .map(|at| self.measure.every.name(*at))
                    .collect(),
                lines,
            )
        }
    }

    fn beside_table(&self, periods: &[Date], others: &[&Compared]) -> Table {
        let own = self.judgement.values();
        let by_index = self.measure.compare == Compare::Index;
        let row = |area: &Area, values: &BTreeMap<Date, f64>, why: &str| {
            let latest = periods
                .iter()
                .rev()
                .find_map(|at| Some((*at, *values.get(at)?)));
            let (at, value) = latest.map_or_else(Default::default, |(at, value)| {
                (self.measure.every.name(at), self.unit().value(value))
            });
            let mut row: Vec<Cell> = vec![area.name.clone().into(), at.into(), value.into()];
            if by_index {
                let index = relative(values, periods, Compare::Index);
                let index = index.iter().rev().copied().flatten().next();
                let index = index.map_or_else(String::new, |index| {
                    format!("{}%", Unit::COUNT.value(index))
                });
                row.push(index.into());
            }
            row.push(why.to_owned().into());
            row
        };
        let rows = std::iter::once(row(&self.area, &own, "This series.")).chain(
            others
                .iter()
                .map(|one| row(&one.area, &one.values, one.why())),
        );
        let columns = ["Area", "Latest", "Figure"].into_iter();
        let columns = columns.chain(by_index.then_some("Of its own mean"));
        Table {
            first_cell_is_header: true,
            responsive: true,
            ..Table::new(
                hidden_caption("The latest figure of each area, and why it is here"),
                columns.chain(["Why it is here"]),
                rows,
            )
        }
    }
}

/// "England, Hampshire and Wiltshire".
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests;
