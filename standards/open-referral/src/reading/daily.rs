//! What repeats every so many days, said in weeks.

use jiff::ToSpan;
use serde_json::{Value, json};
use stour_kernel::Date;

use super::context::{Context, as_words, is_nothing};
use super::prepare::Fields;
use crate::value::{Uuid, Weekday};

/// Longer spans between days are no opening times.
const LONGEST_INTERVAL: u16 = 366;

/// A whole number from 1.
fn number(schedule: &Fields, name: &str) -> Option<u16> {
    let said = schedule.get(name).and_then(as_words)?;
    said.parse::<u16>().ok().filter(|number| *number > 0)
}

fn day(schedule: &Fields, name: &str) -> Option<Date> {
    let said = schedule.get(name).and_then(as_words)?;
    said.split('T').next()?.parse().ok()
}

/// Says how often it repeats by the last day on which it does.
fn bounded(schedule: &mut Fields, interval: u16, first: Option<Date>) {
    if let (Some(count), Some(first)) = (number(schedule, "count"), first) {
        let last = first
            .checked_add((i64::from(interval) * i64::from(count - 1)).days())
            .ok();
        let until = day(schedule, "until").into_iter().chain(last).min();
        schedule.remove("count");
        if let Some(until) = until {
            schedule.insert("until".to_owned(), json!(until.to_string()));
        }
    }
}

/// The same as one or more weekly schedules. Every nth day comes back to the same weekday after n weeks (or
/// after a seventh of that), so each weekday that it meets is a schedule of its own.
pub(super) fn unfold(mut schedule: Fields, context: &mut Context<'_>) -> Vec<Value> {
    let interval = number(&schedule, "interval").unwrap_or(1);
    let first = day(&schedule, "dtstart").or_else(|| day(&schedule, "valid_from"));
    let was = json!("DAILY");
    schedule.remove("interval");
    bounded(&mut schedule, interval, first);
    if interval == 1
        || schedule
            .get("byday")
            .is_some_and(|byday| !is_nothing(byday))
    {
        context.note_of(
            "schedules.freq",
            &was,
            Some(&json!("WEEKLY")),
            "the standard knows weeks and months",
        );
        schedule.insert("freq".to_owned(), json!("WEEKLY"));
        let all: Vec<&str> = Weekday::ALL.iter().map(|day| day.as_str()).collect();
        schedule
            .entry("byday")
            .or_insert_with(|| json!(all.join(",")));
        return vec![Value::Object(schedule)];
    }
    let Some(first) = first.filter(|_| interval <= LONGEST_INTERVAL) else {
        context.note_of(
            "schedules.freq",
            &was,
            None,
            "on which days it is cannot be known without the first",
        );
        schedule.remove("freq");
        return vec![Value::Object(schedule)];
    };
    context.note_of(
        "schedules.freq",
        &was,
        Some(&json!("WEEKLY")),
        "the standard knows weeks and months",
    );
    let (days, weeks) = if interval.is_multiple_of(7) {
        (1, interval / 7)
    } else {
        (7, interval)
    };
    (0..days)
        .filter_map(|place| {
            let starts = first
                .checked_add((i64::from(interval) * place).days())
                .ok()?;
            let mut one = schedule.clone();
            let id = one.get("id").and_then(as_words).unwrap_or_default();
            if place > 0 {
                let number = place.to_string();
                let id = Uuid::derived(&[
                    context.publisher(),
                    context.parent(),
                    "every nth day",
                    &id,
                    &number,
                ]);
                one.insert("id".to_owned(), json!(id.to_string()));
            }
            one.insert("freq".to_owned(), json!("WEEKLY"));
            one.insert("interval".to_owned(), json!(weeks));
            one.insert(
                "byday".to_owned(),
                json!(Weekday::from(starts.weekday()).as_str()),
            );
            one.insert("dtstart".to_owned(), json!(starts.to_string()));
            Some(Value::Object(one))
        })
        .collect()
}
