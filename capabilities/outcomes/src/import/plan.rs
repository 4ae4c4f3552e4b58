//! Where the columns of a layout are in a file: found by their headings, each once.

use csv::StringRecord;

use super::cell::shown;
use super::layout::{Layout, SeriesColumns, Total};
use super::refusal::{Refusal, Refused};
use crate::breakdown::{Breakdown, breakdown};
use crate::measure::{Measure, measure};
use crate::series::PartKey;

/// Where everything is.
pub(super) struct Plan<'l> {
    pub(super) area: Option<usize>,
    pub(super) date: usize,
    pub(super) figures: Vec<Figure<'l>>,
}

/// One figure of a row.
pub(super) struct Figure<'l> {
    pub(super) measure: &'static Measure,
    pub(super) part: PartOf,
    pub(super) number: Number,
    pub(super) when: Option<(usize, &'l str)>,
    pub(super) nothing_without: Vec<usize>,
    pub(super) total: Option<Total>,
    pub(super) area: Option<&'l str>,
}

/// Which part a figure is of.
pub(super) enum PartOf {
    /// The one of this key, or the whole.
    Fixed(PartKey),
    /// The one that a column says, of this list.
    Column(usize, &'static Breakdown),
}

/// How the figure is given.
#[derive(Clone, Copy)]
pub(super) enum Number {
    /// As it is.
    Value(usize),
    /// As how many of how many, or how many not.
    Share {
        count: usize,
        is_inverse: bool,
        size: usize,
    },
}

/// The headings of a file, and what is missing from them.
struct Headings<'h> {
    all: &'h StringRecord,
    of_flags: bool,
    refused: Refused,
}

impl<'l> Plan<'l> {
    /// # Errors
    /// Every heading that is not there, or there twice; a layout that does not fit the reference data.
    pub(super) fn of(layout: &'l Layout, headings: &StringRecord) -> Result<Self, Refused> {
        let mut headings = Headings {
            all: headings,
            of_flags: layout.of_flags,
            refused: Refused::default(),
        };
        let table = &layout.table;
        let area = table.area.column.as_deref();
        let area = area.map(|column| headings.place(column, "area"));
        let date = headings.place(&table.date.column, "date");
        let mut figures = Vec::new();
        for columns in &table.series {
            let known = measure(&columns.measure).ok_or_else(|| unfit(&columns.measure))?;
            let list = match &columns.breakdown {
                Some(id) => Some(breakdown(id).ok_or_else(|| unfit(id))?),
                None => None,
            };
            headings.figures(columns, known, list, &mut figures)?;
        }
        if headings.refused.is_empty() {
            Ok(Self {
                area,
                date,
                figures,
            })
        } else {
            Err(headings.refused)
        }
    }
}

fn unfit(id: &str) -> Refusal {
    Refusal::file(
        format!("the layout names {id:?}, which the reference data does not have."),
        "Correct the layout in reference/series-layouts.",
    )
}

impl Headings<'_> {
    fn figures<'l>(
        &mut self,
        columns: &'l SeriesColumns,
        measure: &'static Measure,
        list: Option<&'static Breakdown>,
        figures: &mut Vec<Figure<'l>>,
    ) -> Result<(), Refused> {
        let when = columns.when.as_ref();
        let when = when.map(|when| (self.place(&when.column, "when"), when.is.as_str()));
        let nothing_without: Vec<usize> = columns
            .nothing_without
            .iter()
            .map(|column| self.place(column, "value"))
            .collect();
        let figure = |part, number| Figure {
            measure,
            part,
            number,
            when,
            nothing_without: nothing_without.clone(),
            total: columns.total,
            area: columns.area.as_deref(),
        };
        match list {
            Some(list) if columns.parts_are_columns => {
                for part in &list.part {
                    let key = PartKey {
                        breakdown: list.id.clone(),
                        code: part.code.clone(),
                    };
                    let number = Number::Value(self.place(&part.published, "value"));
                    figures.push(figure(PartOf::Fixed(key), number));
                }
            }
            Some(list) => {
                let column = columns.part_column.as_deref();
                let place = self.place(column.unwrap_or_default(), "part");
                let number = self.number(columns)?;
                figures.push(figure(PartOf::Column(place, list), number));
            }
            None => {
                let number = self.number(columns)?;
                figures.push(figure(PartOf::Fixed(PartKey::default()), number));
            }
        }
        Ok(())
    }

    fn number(&mut self, columns: &SeriesColumns) -> Result<Number, Refused> {
        let share = |count: usize, is_inverse, size: usize| Number::Share {
            count,
            is_inverse,
            size,
        };
        match (
            &columns.value,
            &columns.numerator,
            &columns.not_numerator,
            &columns.denominator,
        ) {
            (Some(value), None, None, None) => Ok(Number::Value(self.place(value, "value"))),
            (None, Some(count), None, Some(size)) => Ok(share(
                self.place(count, "value"),
                false,
                self.place(size, "value"),
            )),
            (None, None, Some(count), Some(size)) => Ok(share(
                self.place(count, "value"),
                true,
                self.place(size, "value"),
            )),
            _ => Err(unfit(&columns.measure).into()),
        }
    }

    /// Where a heading is, whatever its capitals; past the end when it is not there or there twice.
    fn place(&mut self, name: &str, option: &str) -> usize {
        let headings = self.all.iter();
        let mut matching = headings
            .map(|heading| heading.trim_start_matches('\u{feff}'))
            .enumerate()
            .filter(|(_, heading)| heading.eq_ignore_ascii_case(name))
            .map(|(place, _)| place);
        let (first, second) = (matching.next(), matching.next());
        let (reason, remedy) = match (first, second) {
            (Some(place), None) => return place,
            (Some(_), Some(_)) => (
                "two columns have this heading.".to_owned(),
                "Rename one, so that it is clear which is meant.".to_owned(),
            ),
            (None, _) => (
                format!(
                    "no column has this heading. The columns are: {}.",
                    listed(self.all)
                ),
                if self.of_flags {
                    format!("Name one of these with --{option}.")
                } else {
                    "The layout needs it: check that the file and the layout belong together."
                        .to_owned()
                },
            ),
        };
        self.refused
            .add(Refusal::line(1, reason, remedy).in_field(name));
        usize::MAX
    }
}

fn listed(headings: &StringRecord) -> String {
    let mut names: Vec<String> = headings.iter().take(30).map(shown).collect();
    if headings.len() > names.len() {
        names.push("…".to_owned());
    }
    names.join(", ")
}
