//! A series divided: by reason, by organisation. Bars for the latest period, and a table of them all.

use std::collections::BTreeMap;

use stour_design::chart::{Bar, BarChart};
use stour_design::{Cell, Column, Details, Heading, InsetText, Markup, Table, html};
use stour_kernel::Date;

use super::value::{Value, Values};
use super::view::Whole;
use crate::breakdown::{Breakdown, Part};
use crate::shown::hidden_caption;
use crate::words;

/// More periods than this stand below each other.
const MOST_ACROSS: usize = 13;

/// The parts of a series by one list.
#[derive(Debug, Clone)]
pub(crate) struct Divided {
    pub(crate) list: &'static Breakdown,
    /// The parts that have a figure, in the order of the list.
    pub(crate) parts: Vec<(&'static Part, Values)>,
    /// Periods whose figures are known to be wrong.
    pub(crate) withheld: BTreeMap<Date, String>,
}

/// A period of a divided series.
struct Period {
    at: Date,
    /// Each part in the order of the list.
    values: Vec<Option<f64>>,
    /// What the series itself says.
    whole: Option<f64>,
}

impl Divided {
    fn at(&self, at: Date) -> Vec<Option<f64>> {
        let is_withheld = self.withheld.contains_key(&at);
        let parts = self.parts.iter();
        parts
            .map(|(_, values)| {
                let value = values.get(&at).filter(|_| !is_withheld);
                value.map(|value: &Value| value.value)
            })
            .collect()
    }

    fn periods(&self, whole: &BTreeMap<Date, f64>) -> Vec<Period> {
        let mut dates: Vec<Date> = self
            .parts
            .iter()
            .flat_map(|(_, values)| values.keys().copied())
            .collect();
        dates.sort_unstable();
        dates.dedup();
        dates
            .into_iter()
            .map(|at| Period {
                at,
                values: self.at(at),
                whole: whole.get(&at).copied(),
            })
            .filter(|period| period.values.iter().any(Option::is_some))
            .collect()
    }
}

impl Period {
    /// How far the parts are from the whole; `None` where they agree or one is not known.
    fn difference(&self) -> Option<f64> {
        let sum: f64 = self.values.iter().flatten().sum();
        let difference = sum - self.whole?;
        (difference.abs() > 0.5).then_some(difference)
    }
}

impl Whole {
    /// A section for each list by which the series is divided.
    pub(crate) fn divided_sections(&self) -> Markup {
        html! { @for divided in &self.divided { (self.divided_section(divided)) } }
    }

    fn divided_section(&self, divided: &Divided) -> Markup {
        let periods = divided.periods(&self.judgement.values());
        let Some(latest) = periods.last() else {
            return html! {};
        };
        let list = divided.list;
        html! {
            (Heading::section(format!("{} {}", self.measure.title, list.heading)))
            (self.bars(divided, &periods, latest))
            @if !self.measure.percent { (self.sums(&periods)) }
            (Details::new(
                format!("Every {} {}", self.measure.every.noun(), list.heading),
                html! { (self.parts_table(divided, &periods)) },
            ))
            @if let Some(note) = &list.note { p { (note) } }
        }
    }

    fn bars(&self, divided: &Divided, periods: &[Period], latest: &Period) -> BarChart {
        let unit = self.unit();
        let every = self.measure.every;
        let year = jiff::Span::new().years(1);
        let before = latest.at.checked_sub(year).ok();
        let before = periods.iter().find(|period| Some(period.at) == before);
        let sum: f64 = latest.values.iter().flatten().sum();
        let mut rows: Vec<(&Part, Option<f64>, Option<f64>)> = divided
            .parts
            .iter()
            .zip(&latest.values)
            .enumerate()
            .map(|(place, ((part, _), now))| {
                let then = before.and_then(|period| period.values.get(place).copied().flatten());
                (*part, *now, then)
            })
            .collect();
        rows.sort_by(|a, b| b.1.unwrap_or(-1.0).total_cmp(&a.1.unwrap_or(-1.0)));
        let all = rows.len();
        if all > MOST_ACROSS {
            rows.retain(|(_, now, then)| {
                now.is_none_or(|now| now > 0.0) || then.is_some_and(|then| then > 0.0)
            });
        }
        let left = all - rows.len();
        let written = |value: Option<f64>| {
            value.map_or_else(|| "Missing".to_owned(), |value| unit.value(value))
        };
        let share = |value: Option<f64>| match value {
            Some(value) if sum > 0.0 && !self.measure.percent => {
                format!("{:.0}%", 100.0 * value / sum)
            }
            _ => String::new(),
        };
        let bars = rows.iter().map(|(part, now, then)| Bar {
            cells: vec![
                written(*now),
                share(*now),
                then.map_or_else(String::new, |value| unit.value(value)),
            ],
            ..Bar::amount(part.whole_label(), *now, written(*now))
        });
        let largest = rows
            .iter()
            .find(|(_, now, _)| now.is_some_and(|value| value > 0.0));
        let title = match largest {
            Some((part, _, _)) if self.measure.is_singular() => {
                format!("Highest {}: {}", self.measure.subject, part.label)
            }
            Some((part, _, _)) => format!("Most {}: {}", self.measure.subject, part.label),
            None => format!("No {} in any part", self.measure.subject),
        };
        let name = every.name(latest.at);
        BarChart {
            unit,
            columns: [divided.list.title.as_str(), &name, "Share", "A year before"]
                .map(str::to_owned)
                .to_vec(),
            description: format!(
                "{} bars; {} in all; {left} more parts are nought.",
                rows.len(),
                unit.value(sum)
            ),
            ..BarChart::new(
                format!("parts-{}", divided.list.id),
                title,
                format!(
                    "{}, {} {}, {name}",
                    self.measure.title,
                    self.area.short_name(),
                    divided.list.heading
                ),
                bars.collect(),
            )
        }
    }

    /// Whether the parts add up to the series.
    fn sums(&self, periods: &[Period]) -> Markup {
        let every = self.measure.every;
        let compared = periods
            .iter()
            .filter(|period| period.whole.is_some())
            .count();
        let other: Vec<String> = periods
            .iter()
            .filter_map(|period| {
                let difference = period.difference()?;
                Some(format!(
                    "{} by {}",
                    every.name(period.at),
                    self.unit().value(difference)
                ))
            })
            .collect();
        html! {
            @if compared == 0 {
                p { "There is no total to hold the parts against." }
            } @else if other.is_empty() {
                p { "The parts add up to the total in all " (words::counted(words::number(compared), every.noun())) " that have both." }
            } @else {
                (InsetText::new(format!(
                    "The parts do not add up to the total as published: {}.",
                    other.join("; ")
                )))
            }
        }
    }

    /// Every period of every part: the fewer of the two across.
    fn parts_table(&self, divided: &Divided, periods: &[Period]) -> Table {
        let unit = self.unit();
        let every = self.measure.every;
        let written =
            |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| unit.value(value));
        let labels = || divided.parts.iter().map(|(part, _)| part.whole_label());
        let names = || periods.iter().map(|period| every.name(period.at));
        let first = |text: &str| vec![Column::from(text)];
        let (columns, rows): (Vec<Column>, Vec<Vec<Cell>>) = if periods.len() <= MOST_ACROSS {
            let columns = first(&divided.list.title)
                .into_iter()
                .chain(names().map(Column::numeric));
            let rows = labels().enumerate().map(|(place, label)| {
                let values = periods
                    .iter()
                    .map(|period| written(period.values.get(place).copied().flatten()).into());
                std::iter::once(label.into()).chain(values).collect()
            });
            (columns.collect(), rows.collect())
        } else {
            let noun = words::capital(every.noun());
            let columns = first(&noun)
                .into_iter()
                .chain(labels().map(Column::numeric));
            let rows = periods.iter().rev().map(|period| {
                let values = period.values.iter().map(|value| written(*value).into());
                std::iter::once(every.name(period.at).into())
                    .chain(values)
                    .collect()
            });
            (columns.collect(), rows.collect())
        };
        Table {
            first_cell_is_header: true,
            scroll: true,
            compact: true,
            id: Some(format!("every-{}", divided.list.id)),
            columns,
            rows,
            caption: Some(hidden_caption(&format!(
                "{} {}",
                self.measure.title, divided.list.heading
            ))),
            ..Table::default()
        }
    }
}
