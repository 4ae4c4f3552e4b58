//! Days of the week and of the month by which schedules repeat.

use serde_json::Value;

use super::context::{Context, Lenient, as_words, noted};
use crate::value::{ByDay, ByMonthDay, DayRule, Weekday};

/// The parts of a list that stands in words or as a list.
fn parts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(parts).collect(),
        other => {
            let words = as_words(other).unwrap_or_default();
            let words = words.trim_matches(['[', ']']).to_ascii_uppercase();
            let split = words.split([',', ';', '/', '&', '|', ' ', '"']);
            split
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        }
    }
}

/// A day however it is written: `MO`, `Mon`, `Mondays`.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    let text = text.to_ascii_uppercase();
    Weekday::ALL.into_iter().find(|day| {
        let name = day.name().to_ascii_uppercase();
        text == day.as_str()
            || (text.len() >= 3
                && (name.starts_with(&text) || text.strip_suffix('S') == Some(&name)))
    })
}

fn rule(text: &str) -> Option<DayRule> {
    let at = text.find(|letter: char| letter.is_ascii_alphabetic())?;
    let (ordinal, day) = text.split_at_checked(at)?;
    let ordinal = match ordinal.trim_start_matches('+') {
        "" => None,
        ordinal => Some(ordinal.parse().ok()?),
    };
    Some(DayRule {
        ordinal,
        day: weekday(day)?,
    })
}

/// The days of one part, which may be a span such as `MON-FRI`.
fn rules(part: &str) -> Option<Vec<DayRule>> {
    if let Some(rule) = rule(part) {
        return Some(vec![rule]);
    }
    let (first, last) = part.split_once('-')?;
    let (first, last) = (weekday(first)?, weekday(last)?);
    let all = Weekday::ALL.into_iter().cycle().skip(first.place()).take(7);
    let mut days = Vec::new();
    for day in all {
        days.push(DayRule { ordinal: None, day });
        if day == last {
            break;
        }
    }
    Some(days)
}

impl Lenient for ByDay {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let found: Vec<DayRule> = parts(&value)
            .iter()
            .filter_map(|part| rules(part))
            .flatten()
            .collect();
        let right = found.into_iter().filter_map(|rule| Self::new(vec![rule]));
        let right: Vec<DayRule> = right.flat_map(|day| day.rules().to_vec()).collect();
        noted(
            &value,
            Self::new(right),
            "it is not days of the week as the standard writes them",
            context,
        )
    }
}

impl Lenient for ByMonthDay {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let found = parts(&value)
            .into_iter()
            .filter_map(|part| part.parse().ok());
        let right = found
            .filter(|day| Self::new(vec![*day]).is_some())
            .collect();
        noted(
            &value,
            Self::new(right),
            "it is not days of the month as the standard writes them",
            context,
        )
    }
}

impl Lenient for Weekday {
    fn lenient(value: Value, context: &mut Context<'_>) -> Option<Self> {
        let read = as_words(&value).and_then(|said| weekday(&said));
        noted(&value, read, "it is not a day of the week", context)
    }
}
