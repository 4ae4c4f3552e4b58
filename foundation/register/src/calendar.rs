//! Days and months as people write them, in the one spelling in which they are kept.

use stour_kernel::Date;
use stour_web::words;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
/// The years that a register takes: anything else is a slip.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// A day written as `2024-10-30`, `30 October 2024`, `30 Oct 2024`, `30/10/2024` or `30 10 2024`, as `2024-10-30`;
/// none for anything else, and for a day that the calendar does not have.
pub(crate) fn day(text: &str) -> Option<String> {
    let parts = parts(text);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (year, month, day) = match parts.as_slice() {
        [year, month, day] if is_year(year) => (*year, *month, *day),
        [day, month, year] if is_year(year) => (*year, *month, *day),
        _ => return None,
    };
    let date = Date::new(year_of(year)?, month_of(month)?, ordinal(day).parse().ok()?);
    date.ok().map(|date| date.to_string())
}

/// A month written as `2013-09`, `September 2013`, `Sept 2013`, `Sep 2013` or `9 2013`, as `2013-09`; none for anything
/// else.
pub(crate) fn month(text: &str) -> Option<String> {
    let parts = parts(text);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let (year, month) = match parts.as_slice() {
        [year, month] if is_year(year) => (*year, *month),
        [month, year] if is_year(year) => (*year, *month),
        _ => return None,
    };
    Some(format!("{:04}-{:02}", year_of(year)?, month_of(month)?))
}

/// A day of the month without what makes it an ordinal: `30th`.
fn ordinal(day: &str) -> &str {
    let ends = ["st", "nd", "rd", "th"];
    ends.iter()
        .find_map(|end| day.strip_suffix(end))
        .unwrap_or(day)
}

/// The words and numbers of a date, in small letters.
fn parts(text: &str) -> Vec<String> {
    text.split(|sign: char| sign.is_whitespace() || matches!(sign, '-' | '/' | '.' | ','))
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A year is given in four digits: `13` may be a day.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.chars().all(|sign| sign.is_ascii_digit())
}

fn year_of(text: &str) -> Option<i16> {
    text.parse().ok().filter(|year| YEARS.contains(year))
}

/// A month by its number, its name or the beginning of it.
fn month_of(text: &str) -> Option<i8> {
    if let Ok(number) = text.parse::<i8>() {
        return (1..=12).contains(&number).then_some(number);
    }
    let known = (1..)
        .zip(MONTHS)
        .find(|(_, name)| text.len() >= 3 && name.starts_with(text));
    known.map(|(number, _)| number)
}

/// A day that is kept as `2024-10-30`, as pages write it.
pub fn day_in_words(kept: &str) -> String {
    kept.parse().map_or_else(|_| kept.to_owned(), words::day)
}

/// A month that is kept as `2013-09`, as pages write it: `September 2013`.
pub fn month_in_words(kept: &str) -> String {
    let first = format!("{kept}-01").parse::<Date>();
    first.map_or_else(
        |_| kept.to_owned(),
        |first| first.strftime("%B %Y").to_string(),
    )
}

#[cfg(test)]
mod tests;
