//! Days, months, moments, amounts and parts of addresses and files as pages write and read them.

use std::fmt::Write as _;

use stour_kernel::{Date, Pence, Timestamp, london};

use crate::problem::Problem;

/// `24 November 2026`.
pub fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `24 November 2026 at 9:05am`, in London.
pub fn moment(at: Timestamp) -> String {
    let at = at.to_zoned_datetime(london());
    let half = if at.hour() < 12 { "am" } else { "pm" };
    format!("{}{half}", at.strftime("%-d %B %Y at %-I:%M"))
}

/// An amount with a minus sign and not a hyphen.
pub fn money(amount: Pence) -> String {
    amount.to_string().replace('-', "−")
}

/// The first and the last day of the months that somebody asked for, each as `2026-11`; where one is left out, of
/// the twelve months up to now.
///
/// # Errors
/// When one is no month.
pub fn months(
    (from, to): (Option<&str>, Option<&str>),
    today: Date,
) -> Result<(Date, Date), Problem> {
    let month = |text: Option<&str>| {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let first = text.map(|text| format!("{text}-01").parse::<Date>());
        first.transpose().map_err(|_| {
            Problem::malformed("Write a month as a year and a month, such as 2026-11.")
        })
    };
    let last = month(to)?.unwrap_or(today).last_of_month();
    // Eleven months before this one.
    let (year, number) = match today.month() {
        12 => (today.year(), 1),
        number => (today.year().saturating_sub(1), number + 1),
    };
    let before = Date::new(year, number, 1).unwrap_or(today);
    Ok((month(from)?.unwrap_or(before), last))
}

/// A field of CSV that a spreadsheet takes as words: in quotes where it must be, and never as a formula, which could be
/// made to send what the sheet holds elsewhere.
pub fn csv_field(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    if field.contains([',', '"', '\n', '\r']) || !guard.is_empty() {
        format!("\"{guard}{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// The text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// Several as people say them: `A, B and C`.
pub fn listed<S: AsRef<str>>(all: &[S]) -> String {
    match all {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", rest.join(", "), last.as_ref())
        }
    }
}

/// A text as one part of an address, or one value of its query.
pub fn segment(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests;
