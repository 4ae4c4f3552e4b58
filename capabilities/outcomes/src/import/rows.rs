//! The rows of a file, each checked.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;

use csv::{ErrorKind, ReaderBuilder, StringRecord, Trim};
use stour_kernel::Date;
use stour_partnership::Reference;

use super::input::Input;
use super::refusal::{Refusal, Refused};
use crate::area::Area;
use crate::measure::{Every, Measure};
use crate::series::ByArea;

/// The headings of the three columns that are read. A heading matches whatever its capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The publisher's code of the area.
    pub area: String,
    /// The date, as 2025-08-31.
    pub date: String,
    /// The value.
    pub value: String,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// How many rows there were, the headings not counted.
    pub rows: u64,
    /// The values of each area, by its code.
    pub areas: ByArea,
}

/// What every row is checked against.
struct Check<'a> {
    measure: &'a Measure,
    reference: &'a Reference,
    columns: &'a Columns,
    today: Date,
}

/// Where the three columns are.
struct Places {
    area: usize,
    date: usize,
    value: usize,
}

/// Reads a file, checking every row; the text is never held whole. `progress` is told how many
/// bytes have been read.
///
/// # Errors
/// Every mistake, the first twenty in full: then nothing of the file is to be recorded.
pub fn read(
    file: impl io::Read,
    measure: &Measure,
    columns: &Columns,
    reference: &Reference,
    today: Date,
    progress: &mut dyn FnMut(u64),
) -> Result<Read, Refused> {
    let check = Check {
        measure,
        reference,
        columns,
        today,
    };
    let mut reader = ReaderBuilder::new()
        .trim(Trim::All)
        .buffer_capacity(64 * 1024)
        .from_reader(Input::new(file, progress));
    let headings = reader
        .headers()
        .map_err(|error| of_csv(&error, columns, None))?
        .clone();
    let places = places(&headings, columns)?;
    let (mut found, mut refused) = (Read::default(), Refused::default());
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {
                found.rows += 1;
                let line = record.position().map_or(0, csv::Position::line);
                if let Err(refusal) = check.row(&record, line, &places, &mut found) {
                    refused.add(refusal);
                }
            }
            Err(error) => {
                let ends = matches!(error.kind(), ErrorKind::Io(_));
                refused.add(of_csv(&error, columns, Some(&places)));
                if ends {
                    break;
                }
            }
        }
    }
    if found.rows == 0 && refused.is_empty() {
        refused.add(Refusal::file(
            "there is no row below the headings.",
            "Check that the file is the one you meant.",
        ));
    }
    if refused.is_empty() {
        Ok(found)
    } else {
        Err(refused)
    }
}

fn places(headings: &StringRecord, columns: &Columns) -> Result<Places, Refused> {
    let mut refused = Refused::default();
    let mut place = |name: &str, option: &str| {
        let mut matching = headings
            .iter()
            .map(|heading| heading.trim_start_matches('\u{feff}'))
            .enumerate()
            .filter(|(_, heading)| heading.eq_ignore_ascii_case(name))
            .map(|(place, _)| place);
        match (matching.next(), matching.next()) {
            (Some(place), None) => return place,
            (Some(_), Some(_)) => refused.add(
                Refusal::line(
                    1,
                    "two columns have this heading.",
                    "Rename one, so that it is clear which is meant.",
                )
                .in_field(name),
            ),
            (None, _) => refused.add(
                Refusal::line(
                    1,
                    format!(
                        "no column has this heading. The columns are: {}.",
                        listed(headings)
                    ),
                    format!("Name one of these with --{option}."),
                )
                .in_field(name),
            ),
        }
        usize::MAX
    };
    let places = Places {
        area: place(&columns.area, "area"),
        date: place(&columns.date, "date"),
        value: place(&columns.value, "value"),
    };
    if refused.is_empty() {
        Ok(places)
    } else {
        Err(refused)
    }
}

fn listed(headings: &StringRecord) -> String {
    let mut names: Vec<String> = headings.iter().take(30).map(shown).collect();
    if headings.len() > names.len() {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// A text from the file as a message shows it: short, and without control characters.
fn shown(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .map(|character| {
            if character.is_control() {
                '\u{fffd}'
            } else {
                character
            }
        })
        .take(40)
        .collect();
    if text.chars().nth(40).is_some() {
        shown.push('…');
    }
    shown
}

impl Check<'_> {
    fn row(
        &self,
        record: &StringRecord,
        line: u64,
        places: &Places,
        found: &mut Read,
    ) -> Result<(), Refusal> {
        let cell = |place: usize| record.get(place).unwrap_or_default();
        let date = self
            .date(cell(places.date), line)
            .map_err(|refusal| refusal.in_field(&self.columns.date))?;
        let value = self
            .value(cell(places.value), line)
            .map_err(|refusal| refusal.in_field(&self.columns.value))?;
        let values = self
            .area(cell(places.area), line, found)
            .map_err(|refusal| refusal.in_field(&self.columns.area))?;
        match values.entry(date) {
            Entry::Vacant(place) => {
                place.insert(value);
                Ok(())
            }
            Entry::Occupied(known) if known.get().total_cmp(&value).is_eq() => Ok(()),
            Entry::Occupied(known) => Err(Refusal::line(
                line,
                format!(
                    "an earlier line has {} for {} on {date}, this one {value}.",
                    known.get(),
                    shown(cell(places.area)),
                ),
                "Leave one of them.",
            )
            .in_field(&self.columns.value)),
        }
    }

    fn area<'f>(
        &self,
        code: &str,
        line: u64,
        found: &'f mut Read,
    ) -> Result<&'f mut BTreeMap<Date, f64>, Refusal> {
        let key = code.to_ascii_uppercase();
        match found.areas.entry(key) {
            Entry::Occupied(known) => Ok(&mut known.into_mut().1),
            Entry::Vacant(place) => {
                let area = Area::named(self.reference, code).ok_or_else(|| {
                    Refusal::line(
                        line,
                        format!(
                            "{:?} is no organisation or area of the partnership.",
                            shown(code)
                        ),
                        "Leave out the rows of other areas, or add it to the reference data.",
                    )
                })?;
                Ok(&mut place.insert((area, BTreeMap::new())).1)
            }
        }
    }

    fn date(&self, text: &str, line: u64) -> Result<Date, Refusal> {
        let refuse = |reason: String, remedy: &str| Err(Refusal::line(line, reason, remedy));
        let plain = text.len() == 10;
        let Some(date) = text.parse::<Date>().ok().filter(|_| plain) else {
            return refuse(
                format!("{:?} is not a date.", shown(text)),
                "Write dates as 2025-08-31.",
            );
        };
        let measure = self.measure;
        if date > self.today {
            return refuse(format!("{date} has not come yet."), "Check the year.");
        }
        if date < measure.starts || measure.ends.is_some_and(|ends| date >= ends) {
            let until = measure
                .ends
                .map_or_else(String::new, |ends| format!(" until {ends}"));
            return refuse(
                format!("{date} is outside the measure's definition."),
                &format!("It holds from {}{until}.", measure.starts),
            );
        }
        if measure.every == Every::Month && date.day() != 1 {
            return refuse(
                format!("{date} is not the first day of a month."),
                "Date a month by its first day.",
            );
        }
        Ok(date)
    }

    fn value(&self, text: &str, line: u64) -> Result<f64, Refusal> {
        let refuse = |reason: String, remedy: &str| Err(Refusal::line(line, reason, remedy));
        if text.is_empty() {
            return refuse(
                "there is no value.".to_owned(),
                "Leave the row out: a day without a row is shown as missing.",
            );
        }
        let numeric = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
        let Some(value) = text
            .parse::<f64>()
            .ok()
            .filter(|value| numeric && value.is_finite())
        else {
            return refuse(
                format!("{:?} is not a number.", shown(text)),
                "Write numbers as 1234 or 1234.5, without separators or signs for missing values.",
            );
        };
        if value < 0.0 {
            return refuse(
                format!("{} is negative.", shown(text)),
                "A count cannot be less than nought: correct it, or leave the row out.",
            );
        }
        if self.measure.whole && value.fract() > 0.0 {
            return refuse(
                format!("{} is not a whole number.", shown(text)),
                "This measure counts people: check that the column is the right one.",
            );
        }
        // A negative nought is a nought.
        Ok(value.abs())
    }
}

fn of_csv(error: &csv::Error, columns: &Columns, places: Option<&Places>) -> Refusal {
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
            let named = places.and_then(|places| {
                let names = [
                    (places.area, &columns.area),
                    (places.date, &columns.date),
                    (places.value, &columns.value),
                ];
                names
                    .into_iter()
                    .find(|(place, _)| *place == err.field())
                    .map(|(_, name)| name)
            });
            match named {
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
mod tests;
