//! Days, hours and moments.

use jiff::civil::{DateTime, Time};
use serde_json::Value;
use stour_kernel::{Date, Timestamp};

use super::context::{Context, Lenient, as_words, noted};

impl Lenient for Date {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let said = as_words(&value).unwrap_or_default();
        noted(
            &value,
            date(&said),
            "it is not a date as the standard writes it",
            context,
        )
    }
}

/// A date as the standard writes it, with a time after it, or with the day first as people write it here.
pub(super) fn date(said: &str) -> Option<Date> {
    let day = said.split(['T', ' ']).next().unwrap_or_default();
    if let Ok(date) = day.parse() {
        return Some(date);
    }
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let (year, month, day) = if first.len() == 4 {
        (*first, *second, *third)
    } else {
        (*third, *second, *first)
    };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

impl Lenient for Time {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let said = as_words(&value).unwrap_or_default();
        noted(
            &value,
            time(&said),
            "it is not a time of day as the standard writes it",
            context,
        )
    }
}

/// A time such as `10:00:00`, `9.30`, `10:00Z`, `5pm`, or that of a moment.
fn time(said: &str) -> Option<Time> {
    let said = said
        .rsplit('T')
        .next()
        .unwrap_or(said)
        .trim()
        .to_ascii_lowercase();
    if let Ok(time) = said.parse::<Time>() {
        return Some(time.round(jiff::Unit::Second).unwrap_or(time));
    }
    let said = said.replace(' ', "");
    let (said, afternoon) = match (said.strip_suffix("pm"), said.strip_suffix("am")) {
        (Some(said), _) => (said, Some(true)),
        (_, Some(said)) => (said, Some(false)),
        _ => (said.as_str(), None),
    };
    let said = said.split(['z', '+', '-']).next().unwrap_or_default();
    let mut parts = said.split([':', '.', 'h']);
    let mut part = || parts.next().filter(|part| !part.is_empty());
    let hour: i8 = part()?.parse().ok()?;
    let minute: i8 = part().map_or(Some(0), |part| part.parse().ok())?;
    let second: i8 = part().map_or(Some(0), |part| part.parse().ok())?;
    let hour = match (afternoon, hour) {
        (Some(true), 1..=11) => hour + 12,
        (Some(false), 12) | (None, 24) => 0,
        _ => hour,
    };
    Time::new(hour, minute, second, 0).ok()
}

impl Lenient for Timestamp {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let said = as_words(&value).unwrap_or_default();
        if let Ok(moment) = said.parse::<Self>() {
            return Some(moment);
        }
        let local = said.replacen(' ', "T", 1).parse::<DateTime>().ok();
        let local = local.or_else(|| date(&said).map(|date| date.to_datetime(Time::midnight())));
        let read = local.and_then(|local| stour_kernel::london().to_timestamp(local).ok());
        noted(
            &value,
            read,
            "it has no time zone: taken as the time in London",
            context,
        )
    }
}
