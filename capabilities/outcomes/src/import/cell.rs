//! The cells of a file: dates and numbers, each checked.

use jiff::civil;
use stour_kernel::Date;

use super::layout::{DateForm, Table};
use super::refusal::Refusal;
use crate::measure::{Every, Measure};

/// Why a cell cannot be used, and what to do: the line and the heading are added by the row.
pub(super) type Wrong = (String, &'static str);

/// A text from the file as a message shows it: short, and without control characters.
pub(super) fn shown(text: &str) -> String {
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

/// A date as the layout writes it.
pub(super) fn date(table: &Table, text: &str, today: Date) -> Result<Date, Wrong> {
    let form = table.date.form;
    let Some(date) = read_date(form, text) else {
        return Err((
            format!("{:?} is not a date.", shown(text)),
            match form {
                DateForm::Day => "Write dates as 2025-08-31.",
                DateForm::YearMonth => "Write months as 2025-08.",
                DateForm::MonthName => "Write months as August 2025.",
                DateForm::FinancialYear => "Write financial years as 2024-25.",
            },
        ));
    };
    if date > today {
        return Err((format!("{date} has not come yet."), "Check the year."));
    }
    if date < table.starts || table.ends.is_some_and(|ends| date >= ends) {
        return Err((
            format!("{date} is outside the dates of the layout."),
            "Check the year, and that the file and the layout belong together.",
        ));
    }
    Ok(date)
}

fn read_date(form: DateForm, text: &str) -> Option<Date> {
    match form {
        DateForm::Day => text.parse().ok().filter(|_| text.len() == 10),
        DateForm::YearMonth => {
            let date = (text.len() == 7).then(|| format!("{text}-01"))?;
            date.parse().ok()
        }
        DateForm::MonthName => civil::Date::strptime("%d %B %Y", format!("1 {text}"))
            .ok()
            .and_then(|date| date.to_string().parse().ok()),
        DateForm::FinancialYear => {
            let (year, next) = text.split_once('-')?;
            let begins: u16 = (year.len() == 4).then(|| year.parse().ok())??;
            let following = begins.checked_add(1)? % 100;
            let is_right = next == format!("{following:02}");
            let date = is_right.then(|| format!("{year}-04-01"))?;
            date.parse().ok()
        }
    }
}

/// Whether a measure has a figure for this date.
pub(super) fn check_period(measure: &Measure, date: Date) -> Result<(), (String, String)> {
    if date < measure.starts || measure.ends.is_some_and(|ends| date >= ends) {
        let until = measure
            .ends
            .map_or_else(String::new, |ends| format!(" until {ends}"));
        return Err((
            format!("{date} is outside the measure's definition."),
            format!("It holds from {}{until}.", measure.starts),
        ));
    }
    if !measure.every.begins_on(date) {
        let noun = match measure.every {
            Every::Year => "financial year",
            other => other.noun(),
        };
        return Err((
            format!("{date} is not the first day of a {noun}."),
            format!("Date a {noun} by its first day."),
        ));
    }
    Ok(())
}

/// The most that a figure may be: whole numbers up to it are held exactly, and any that are added up or squared stay
/// numbers. A million million pounds in pence is a tenth of it.
const MOST: f64 = 1e15;

/// A number, nought or more.
pub(super) fn number(text: &str) -> Result<f64, Wrong> {
    if text.is_empty() {
        return Err((
            "there is no value.".to_owned(),
            "Leave the row out: a day without a row is shown as missing.",
        ));
    }
    let numeric = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    let Some(value) = text
        .parse::<f64>()
        .ok()
        .filter(|value| numeric && value.is_finite())
    else {
        return Err((
            format!("{:?} is not a number.", shown(text)),
            "Write numbers as 1234 or 1234.5, without separators or signs for missing values.",
        ));
    };
    if value < 0.0 {
        return Err((
            format!("{} is negative.", shown(text)),
            "A count cannot be less than nought: correct it, or leave the row out.",
        ));
    }
    if value > MOST {
        return Err((
            format!("{} is more than any figure can be.", shown(text)),
            "Check that the column is the right one, and that no figures ran together.",
        ));
    }
    // A negative nought is a nought.
    Ok(value.abs())
}

/// A number that counts whole things.
pub(super) fn whole(text: &str) -> Result<f64, Wrong> {
    let value = number(text)?;
    if value.fract() > 0.0 {
        return Err((
            format!("{} is not a whole number.", shown(text)),
            "This measure counts people: check that the column is the right one.",
        ));
    }
    Ok(value)
}

/// A figure of a measure as it stands in one cell.
pub(super) fn figure(measure: &Measure, text: &str) -> Result<f64, Wrong> {
    if measure.whole {
        return whole(text);
    }
    let value = number(text)?;
    if measure.percent && value > 100.0 {
        return Err((
            format!("{} is more than 100 per cent.", shown(text)),
            "A share cannot be more than all: check that the column is the right one.",
        ));
    }
    Ok(value)
}

/// Where a wrong cell is.
pub(super) fn at((reason, remedy): (String, impl Into<String>), line: u64, field: &str) -> Refusal {
    Refusal::line(line, reason, remedy).in_field(field)
}

#[cfg(test)]
mod tests;
