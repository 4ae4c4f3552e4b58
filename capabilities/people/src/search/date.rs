//! Dates of birth as people type them.

use stour_kernel::Date;

/// What a text says of a date of birth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Birth {
    /// A day.
    Day(Date),
    /// A month of a year.
    Month(i16, i8),
    /// A year.
    Year(i16),
    /// The year has two figures: one of these days is meant, and only the person can say which.
    Unclear(Vec<Date>),
    /// It looks like a date and is none.
    Impossible,
}

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

/// The year before which nobody alive was born.
const EARLIEST_YEAR: i16 = 1880;

/// Reads the parts of what may be a date, with how many of them it used; `None` when they do not
/// look like one. Understood: `12/03/1941`, `12.3.41`, `12-03-1941`, `12 3 1941`, `12 March 1941`,
/// `12th mar 1941`, `March 1941`, `1941-03-12`, `19410312`, `12031941`, `1941`.
pub(crate) fn read(parts: &[&str], today: Date) -> Option<(Birth, usize)> {
    let (first, rest) = parts.split_first()?;
    if let Some(birth) = one_part(first, today) {
        return Some((birth, 1));
    }
    three_parts(first, rest, today).or_else(|| {
        let month = month(first)?;
        let year = year(rest.first()?)?;
        Some((known_month(year, month, today), 2))
    })
}

fn three_parts(first: &str, rest: &[&str], today: Date) -> Option<(Birth, usize)> {
    let day = ordinal(first)?;
    let [second, third, ..] = rest else {
        return None;
    };
    let figures = |text: &str, most: usize| {
        !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let month = match month(second) {
        Some(month) => month,
        None if figures(second, 2) && (figures(third, 4) && third.len() == 4) => {
            second.parse().ok()?
        }
        None => return None,
    };
    if !figures(third, 4) || third.len() == 3 {
        return None;
    }
    Some((day_of(third, month, day, today), 3))
}

fn one_part(text: &str, today: Date) -> Option<Birth> {
    let pieces: Vec<&str> = text.split(['/', '.', '-']).collect();
    if let [day, middle, year] = pieces.as_slice() {
        let named = month(middle);
        if [day, year].iter().any(|piece| !is_figures(piece))
            || (named.is_none() && !is_figures(middle))
        {
            return None;
        }
        let number = |text: &str| text.parse::<i8>().ok().unwrap_or(0);
        let month = named.unwrap_or_else(|| number(middle));
        return Some(if day.len() == 4 {
            day_of(day, month, number(year), today)
        } else {
            day_of(year, month, number(day), today)
        });
    }
    if let [month, year] = pieces.as_slice()
        && is_figures(month)
        && month.len() <= 2
        && year.len() == 4
        && is_figures(year)
    {
        return Some(known_month(year.parse().ok()?, month.parse().ok()?, today));
    }
    if !is_figures(text) {
        return None;
    }
    match text.len() {
        4 => year(text).map(|year| {
            if year <= today.year() {
                Birth::Year(year)
            } else {
                Birth::Impossible
            }
        }),
        8 => Some(eight_figures(text, today)),
        _ => None,
    }
}

/// `19410312` or `12031941`.
fn eight_figures(text: &str, today: Date) -> Birth {
    let piece = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let number = |text: &str| text.parse::<i8>().unwrap_or(0);
    let year_first = day_of(piece(0, 4), number(piece(4, 6)), number(piece(6, 8)), today);
    match year_first {
        Birth::Day(_) => year_first,
        _ => day_of(piece(4, 8), number(piece(2, 4)), number(piece(0, 2)), today),
    }
}

fn day_of(year: &str, month: i8, day: i8, today: Date) -> Birth {
    let made = |year: i16| {
        Date::new(year, month, day)
            .ok()
            .filter(|date| *date <= today && date.year() >= EARLIEST_YEAR)
    };
    let Ok(number) = year.parse::<i16>() else {
        return Birth::Impossible;
    };
    match year.len() {
        4 => made(number).map_or(Birth::Impossible, Birth::Day),
        1 | 2 => {
            let days: Vec<Date> = [1900, 2000]
                .into_iter()
                .filter_map(|century| made(century + number))
                .collect();
            if days.is_empty() {
                Birth::Impossible
            } else {
                Birth::Unclear(days)
            }
        }
        _ => Birth::Impossible,
    }
}

fn known_month(year: i16, month: i8, today: Date) -> Birth {
    match Date::new(year, month, 1) {
        Ok(first) if first <= today && year >= EARLIEST_YEAR => Birth::Month(year, month),
        _ => Birth::Impossible,
    }
}

fn year(text: &str) -> Option<i16> {
    let plausible = text.len() == 4 && is_figures(text);
    text.parse()
        .ok()
        .filter(|year| plausible && (EARLIEST_YEAR..2100).contains(year))
}

fn is_figures(text: &str) -> bool {
    !text.is_empty() && text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `12`, `12th`, `1st`.
fn ordinal(text: &str) -> Option<i8> {
    let figures = text.trim_end_matches(|character: char| character.is_alphabetic());
    let suffix = text.get(figures.len()..)?.to_lowercase();
    let right = matches!(suffix.as_str(), "" | "st" | "nd" | "rd" | "th");
    figures
        .parse()
        .ok()
        .filter(|day| right && figures.len() <= 2 && (1..=31).contains(day))
}

/// A month by its name or at least three letters of it.
fn month(text: &str) -> Option<i8> {
    let lower = text.to_lowercase();
    if lower.len() < 3 {
        return None;
    }
    let place = MONTHS
        .iter()
        .position(|name| name.starts_with(&lower) || lower == "sept" && *name == "september")?;
    i8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests;
