//! What happened to somebody, as it is known now or was known on a past day.

pub(crate) mod page;

use stour_kernel::{Date, Timestamp, london};

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
