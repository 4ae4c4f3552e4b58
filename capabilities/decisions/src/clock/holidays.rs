//! The bank holidays of the reference data.

use std::sync::OnceLock;

use serde::Deserialize;
use stour_deadlines::Holidays;
use stour_kernel::Date;
use stour_partnership::Status;

use super::ClockError;

/// A year whose holidays are known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Year {
    #[serde(rename = "year")]
    pub(crate) is: i16,
    pub(crate) source: String,
    pub(crate) status: Status,
    pub(crate) days: Vec<Day>,
}

/// A holiday.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Day {
    pub(crate) on: Date,
    pub(crate) name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    year: Vec<Year>,
}

struct Known {
    years: Vec<Year>,
    holidays: Holidays,
}

fn known() -> Result<&'static Known, ClockError> {
    static KNOWN: OnceLock<Result<Known, ClockError>> = OnceLock::new();
    KNOWN
        .get_or_init(|| read(include_str!("../../../../reference/bank-holidays.toml")))
        .as_ref()
        .map_err(Clone::clone)
}

/// The holidays as the engine takes them.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn holidays() -> Result<&'static Holidays, ClockError> {
    known().map(|known| &known.holidays)
}

/// The years with their holidays, names and sources, the earliest first.
///
/// # Errors
/// When the file cannot be read.
pub(crate) fn calendar() -> Result<&'static [Year], ClockError> {
    known().map(|known| known.years.as_slice())
}

fn read(text: &str) -> Result<Known, ClockError> {
    let wrong = |what: String| ClockError::Reference(format!("bank-holidays.toml: {what}"));
    let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let (Some(first), Some(last)) = (file.year.first(), file.year.last()) else {
        return Err(wrong("there is no year".to_owned()));
    };
    let expected = first.is..=last.is;
    // A year left out would be taken for one without holidays.
    if !file.year.iter().map(|year| year.is).eq(expected.clone()) {
        return Err(wrong("the years do not follow on each other".to_owned()));
    }
    for year in &file.year {
        if let Some(day) = year.days.iter().find(|day| day.on.year() != year.is) {
            return Err(wrong(format!("{} stands under {}", day.on, year.is)));
        }
    }
    let days = file.year.iter().flat_map(|year| &year.days);
    let holidays = Holidays::new(days.map(|day| day.on), expected);
    Ok(Known {
        years: file.year,
        holidays,
    })
}
