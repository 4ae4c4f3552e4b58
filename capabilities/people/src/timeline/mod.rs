//! What happened to somebody, as it is known now or was known on a past day.

pub(crate) mod page;

use stour_kernel::{Date, Timestamp, london};
use stour_web::TypedDate;

/// The past day of which it is asked what was known; `None` for what is known now, which is also what is
/// known today.
///
/// # Errors
/// What to say of a text that is no such day.
pub(crate) fn past_day(asked: &TypedDate, today: Date) -> Result<Option<Date>, &'static str> {
    if asked.is_empty() {
        return Ok(None);
    }
    match asked.date() {
        Err(_) => Err("Enter a real date, such as 1 10 2026"),
        Ok(day) if day > today => Err("Enter a day in the past"),
        Ok(day) => Ok((day < today).then_some(day)),
    }
}

/// The last moment of a day in London: what was known on that day is what was recorded by then.
pub(crate) fn end_of(day: Date) -> Timestamp {
    day.tomorrow()
        .and_then(|next| next.to_zoned_datetime(london()))
        .map_or(Timestamp::MAX, |next| next.timestamp())
        .checked_sub(std::time::Duration::from_micros(1))
        .unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests;
