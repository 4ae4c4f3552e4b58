//! The rows of a file, each checked.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;

use csv::{ErrorKind, ReaderBuilder, StringRecord, Trim};
use stour_kernel::Date;
use stour_partnership::Reference;
use stour_statistics::attribute::Counted;

use super::cell::{self, shown};
use super::input::Input;
use super::layout::{Layout, Others};
use super::plan::{Figure, Number, PartOf, Plan};
use super::refusal::{Refusal, Refused};
use super::whole::Found;
use crate::area::Area;
use crate::measure::Measure;
use crate::series::{NewSeries, PartKey, Value};

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// How many rows there were, the headings not counted.
    pub rows: u64,
    /// The series of each measure.
    pub series: Vec<(&'static Measure, Vec<NewSeries>)>,
    /// Figures that are not given, or say nothing: by heading and reason.
    pub withheld: Vec<Withheld>,
    /// Rows of other areas.
    pub left_out: Vec<LeftOut>,
}

/// Figures of a column that are not given, or say nothing.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Withheld {
    /// The heading.
    pub field: String,
    /// Why.
    pub reason: String,
    /// How many.
    pub count: u64,
    /// The line of the first.
    pub first_line: u64,
}

/// Rows of an area that is left out.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct LeftOut {
    /// Its code, as the file has it.
    pub area: String,
    /// How many rows.
    pub rows: u64,
    /// Why, where the layout says so; otherwise it is simply another area.
    pub reason: Option<String>,
}

/// What every row is checked against, and what was found so far.
struct Reading<'a> {
    layout: &'a Layout,
    reference: &'a Reference,
    today: Date,
    headings: StringRecord,
    areas: BTreeMap<String, Option<Area>>,
    found: Found,
    withheld: BTreeMap<(String, String), (u64, u64)>,
    left_out: BTreeMap<String, u64>,
    /// The row is of an area whose figures are kept.
    is_known: bool,
}

/// Reads a file, checking every row; the text is never held whole. `progress` is told how many
/// bytes have been read.
///
/// # Errors
/// Every mistake, the first twenty in full: then nothing of the file is to be recorded.
pub fn read(
    file: impl io::Read,
    layout: &Layout,
    reference: &Reference,
    today: Date,
    progress: &mut dyn FnMut(u64),
) -> Result<Read, Refused> {
    let mut reader = ReaderBuilder::new()
        .trim(Trim::All)
        .buffer_capacity(64 * 1024)
        .from_reader(Input::new(file, progress));
    let headings = reader
        .headers()
        .map_err(|error| of_csv(&error, None))?
        .clone();
    let plan = Plan::of(layout, &headings)?;
    let mut reading = Reading {
        layout,
        reference,
        today,
        headings,
        areas: BTreeMap::new(),
        found: Found::default(),
        withheld: BTreeMap::new(),
        left_out: BTreeMap::new(),
        is_known: true,
    };
    let (mut rows, mut refused) = (0, Refused::default());
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                rows += 1;
                let line = record.position().map_or(0, csv::Position::line);
                if let Err(refusal) = reading.row(&record, line, &plan) {
                    refused.add(refusal);
                }
            }
            Err(error) => {
                let ends = matches!(error.kind(), ErrorKind::Io(_));
                refused.add(of_csv(&error, Some(&reading.headings)));
                if ends {
                    break;
                }
            }
        }
    }
    if rows == 0 && refused.is_empty() {
        refused.add(Refusal::file(
            "there is no row below the headings.",
            "Check that the file is the one you meant.",
        ));
    }
    if refused.is_empty() {
        Ok(reading.finished(rows, &plan))
    } else {
        Err(refused)
    }
}

impl Reading<'_> {
    fn row(&mut self, record: &StringRecord, line: u64, plan: &Plan<'_>) -> Result<(), Refusal> {
        let table = &self.layout.table;
        let date = cell::date(table, text(record, plan.date), self.today)
            .map_err(|wrong| cell::at(wrong, line, &table.date.column))?;
        let mut is_left_out = false;
        for figure in &plan.figures {
            let is_other =
                |&(place, is): &(usize, &str)| !text(record, place).eq_ignore_ascii_case(is);
            if figure.when.as_ref().is_some_and(is_other) {
                continue;
            }
            cell::check_period(figure.measure, date)
                .map_err(|wrong| cell::at(wrong, line, &table.date.column))?;
            let part = self.part(record, line, figure)?;
            let area = self.area(record, line, plan, figure, date)?;
            self.is_known = matches!(self.areas.get(&area), Some(Some(_)));
            is_left_out |= !self.is_known;
            let value = self.value(record, line, figure)?;
            if let Some(value) = value {
                self.keep(figure, part, &area, (line, date), value)?;
            }
        }
        if is_left_out {
            let code = plan.area.map(|place| text(record, place));
            *self
                .left_out
                .entry(code.unwrap_or_default().to_ascii_uppercase())
                .or_default() += 1;
        }
        Ok(())
    }

    fn part(
        &self,
        record: &StringRecord,
        line: u64,
        figure: &Figure<'_>,
    ) -> Result<PartKey, Refusal> {
        let (place, list) = match &figure.part {
            PartOf::Fixed(key) => return Ok(key.clone()),
            PartOf::Column(place, list) => (*place, list),
        };
        let said = text(record, place);
        let part = list.published(said).ok_or_else(|| {
            let reason = format!("{:?} is not in the list {:?}.", shown(said), list.id);
            let remedy = "Check the layout, and the list in reference/series-breakdowns.toml.";
            cell::at((reason, remedy), line, self.heading(place))
        })?;
        Ok(PartKey {
            breakdown: list.id.clone(),
            code: part.code.clone(),
        })
    }

    /// The figure; `None` where it is missing or says nothing, which is noted.
    fn value(
        &mut self,
        record: &StringRecord,
        line: u64,
        figure: &Figure<'_>,
    ) -> Result<Option<Value>, Refusal> {
        let (place, share) = match figure.number {
            Number::Value(place) => (place, None),
            Number::Share {
                count,
                is_inverse,
                size,
            } => (count, Some((is_inverse, size))),
        };
        for place in [Some(place), share.map(|(_, size)| size)]
            .into_iter()
            .flatten()
        {
            let said = text(record, place);
            if self.is_missing(said) {
                let reason = if said.is_empty() {
                    "the cell is empty".to_owned()
                } else {
                    format!("“{}” stands for a missing return", shown(said))
                };
                self.withhold(place, reason, line);
                return Ok(None);
            }
        }
        let mut parts = figure.nothing_without.iter();
        if parts.len() > 0 && parts.all(|place| self.is_missing(text(record, *place))) {
            let reason = format!(
                "{} although every part of it is missing",
                text(record, place)
            );
            self.withhold(place, reason, line);
            return Ok(None);
        }
        let wrong = |wrong, place| cell::at(wrong, line, self.heading(place));
        let Some((is_inverse, size)) = share else {
            let value = cell::figure(figure.measure, text(record, place))
                .map_err(|why| wrong(why, place))?;
            return Ok(Some(value.into()));
        };
        let count = cell::whole(text(record, place)).map_err(|why| wrong(why, place))?;
        let all = cell::whole(text(record, size)).map_err(|why| wrong(why, size))?;
        if count > all {
            let reason = format!("{count} of {all} is more than all.");
            let remedy =
                "Check that the columns are the right ones; correct the row or leave it out.";
            return Err(cell::at((reason, remedy), line, self.heading(place)));
        }
        let counted = Counted {
            count: if is_inverse { all - count } else { count },
            size: all,
        };
        let value = Value::share(counted);
        if value.is_none() {
            self.withhold(
                size,
                "0: there is nothing to be a share of".to_owned(),
                line,
            );
        }
        Ok(value)
    }

    fn is_missing(&self, said: &str) -> bool {
        let mut marks = self.layout.table.missing.iter();
        marks.any(|mark| mark.eq_ignore_ascii_case(said))
    }

    fn withhold(&mut self, place: usize, reason: String, line: u64) {
        if !self.is_known {
            return;
        }
        let field = self.heading(place).to_owned();
        let (count, _) = self.withheld.entry((field, reason)).or_insert((0, line));
        *count += 1;
    }

    fn heading(&self, place: usize) -> &str {
        self.headings.get(place).unwrap_or_default()
    }

    /// The code of the area that a row is about; an area that is left out has no entry among the known.
    fn area(
        &mut self,
        record: &StringRecord,
        line: u64,
        plan: &Plan<'_>,
        figure: &Figure<'_>,
        date: Date,
    ) -> Result<String, Refusal> {
        let columns = &self.layout.table.area;
        let fixed = figure.area.or(columns.fixed.as_deref());
        let said = fixed.unwrap_or_else(|| plan.area.map_or("", |place| text(record, place)));
        let code = columns.means.get(said).map_or(said, String::as_str);
        let named = columns.named.iter().find(|named| named.means(said, date));
        let code = named.map_or(code, |named| named.code.as_str());
        let key = code.to_ascii_uppercase();
        let area = match self.areas.get(&key) {
            Some(known) => known.clone(),
            None => self.new_area(&key, code).ok_or_else(|| {
                let reason = format!(
                    "{:?} is no organisation or area of the partnership.",
                    shown(said)
                );
                let remedy = "Leave out the rows of other areas, or add it to the reference data.";
                let field = columns.column.as_deref().unwrap_or_default();
                cell::at((reason, remedy), line, field)
            })?,
        };
        Ok(match area {
            Some(area) => {
                let code = area.code.clone();
                self.areas.entry(code.clone()).or_insert(Some(area));
                code
            }
            None => key,
        })
    }

    /// An area that is seen for the first time, `Some(None)` where it is one to leave out; `None` where it may not be.
    #[expect(clippy::option_option, reason = "known, to be left out, or neither")]
    fn new_area(&mut self, key: &str, code: &str) -> Option<Option<Area>> {
        let known = Area::named(self.reference, code);
        let may_be_left = self.layout.named.others == Others::LeaveOut
            || self.layout.table.area.left_out.contains_key(key);
        if known.is_none() && !may_be_left {
            return None;
        }
        self.areas.insert(key.to_owned(), known.clone());
        Some(known)
    }

    fn keep(
        &mut self,
        figure: &Figure<'_>,
        part: PartKey,
        area: &str,
        (line, date): (u64, Date),
        value: Value,
    ) -> Result<(), Refusal> {
        let values = self.found.values(figure.measure, part, area);
        match values.entry(date) {
            Entry::Vacant(place) => {
                place.insert(value);
                Ok(())
            }
            Entry::Occupied(known) if known.get().is_same(&value) => Ok(()),
            Entry::Occupied(known) => {
                let reason = format!(
                    "an earlier line has {} for {} on {date}, this one {}.",
                    known.get().value,
                    shown(area),
                    value.value,
                );
                let place = match figure.number {
                    Number::Value(place) | Number::Share { count: place, .. } => place,
                };
                let field = self.heading(place).to_owned();
                Err(cell::at((reason, "Leave one of them."), line, &field))
            }
        }
    }

    fn finished(mut self, rows: u64, plan: &Plan<'_>) -> Read {
        self.found.total(plan, &mut self.withheld);
        if let Some(code) = &self.layout.named.sum {
            self.found.sum(code);
            self.areas
                .entry(code.clone())
                .or_insert_with(|| Area::named(self.reference, code));
        }
        let reasons = &self.layout.table.area.left_out;
        Read {
            rows,
            series: self.found.series(&self.areas),
            withheld: self
                .withheld
                .into_iter()
                .map(|((field, reason), (count, first_line))| Withheld {
                    field,
                    reason,
                    count,
                    first_line,
                })
                .collect(),
            left_out: self
                .left_out
                .into_iter()
                .map(|(area, rows)| LeftOut {
                    reason: reasons.get(&area).cloned(),
                    area,
                    rows,
                })
                .collect(),
        }
    }
}

fn text(record: &StringRecord, place: usize) -> &str {
    record.get(place).unwrap_or_default()
}

fn of_csv(error: &csv::Error, headings: Option<&StringRecord>) -> Refusal {
    match error.kind() {
        ErrorKind::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(refusal) => Refusal::clone(refusal),
            None => Refusal::file(
                format!("the file could not be read: {error}."),
                "Check that it is there and that you may read it.",
            ),
        },
        ErrorKind::Utf8 { pos, err } => {
            let refusal = Refusal::line(
                pos.as_ref().map_or(1, csv::Position::line),
                "a character is not in UTF-8; the file may be in Latin-1 or Windows-1252.",
                "Save the file as CSV in UTF-8.",
            );
            match headings.and_then(|headings| headings.get(err.field())) {
                Some(name) => refusal.in_field(name),
                None => refusal,
            }
        }
        ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => Refusal::line(
            pos.as_ref().map_or(0, csv::Position::line),
            format!("there are {len} fields where the headings are {expected_len}."),
            "Check for a comma or a quotation mark too many, or a line cut short.",
        ),
        _ => Refusal::file(
            format!("the file is not CSV: {error}."),
            "Save it as CSV in UTF-8.",
        ),
    }
}

#[cfg(test)]
mod published;
#[cfg(test)]
mod tests;
