//! What is wrong with an entry of the plan beyond its fields one by one.

use std::collections::BTreeMap;

use stour_kernel::Date;
use stour_planning::{Link, NetworkError, Task, schedule};
use stour_register::{Around, Entry, Values};
use stour_web::FieldError;

use crate::governance::field::{before_programme, programme_begins, too_early, wrong};

use super::kinds::{ACTIVITY, DEPENDENCY};
use super::reading::{Progress, progress, when_of};

/// An activity: its dates agree with each other and with the programme, and what is done says when.
pub(super) fn activity(values: &Values, around: &Around) -> Vec<FieldError> {
    let mut errors = dates(values, around);
    let when = when_of(values).ok().flatten();
    match (when, values.get("qualifier")) {
        (Some(_), "") => errors.push(wrong("qualifier", "Say what happens at the date")),
        (None, qualifier) if !qualifier.is_empty() && errors.is_empty() => {
            errors.push(wrong(
                "month",
                "Give the month, or the day, at which that happens",
            ));
        }
        _ => {}
    }
    let start: Option<Date> = values.get("start").parse().ok();
    if let (Some(start), Some(when), "by") = (start, when, values.get("qualifier"))
        && start > when.last()
    {
        errors.push(wrong("start", "It would begin after it is to be done"));
    }
    if let (Some(start), Some(begins)) = (start, programme_begins(around))
        && start < begins
    {
        errors.push(wrong("start", too_early(begins)));
    }
    if values
        .get("percent")
        .parse()
        .is_ok_and(|percent: u64| percent > 100)
    {
        errors.push(wrong("percent", "Say at most 100 per cent"));
    }
    if values.get("days") == "0" {
        errors.push(wrong(
            "days",
            "What takes no day is a milestone: keep it as one, or say one day",
        ));
    }
    errors.extend(done(values, around));
    errors.extend(before_programme(values, around, &["finished"]));
    errors
}

/// What is done says on which day, which is not in the future; what is not done says none.
fn done(values: &Values, around: &Around) -> Vec<FieldError> {
    let finished: Option<Date> = values.get("finished").parse().ok();
    let is_done = progress(values.get("status"), around.today) == Progress::Done;
    let message = match finished {
        None if is_done => "Say on which day it was done".to_owned(),
        Some(_) if !is_done => {
            return vec![wrong(
                "status",
                "It has a day on which it was done: say that it is done, or take out the day",
            )];
        }
        Some(day) if around.today.is_some_and(|today| day > today) => {
            "The day on which it was done is still to come".to_owned()
        }
        Some(day)
            if values
                .get("start")
                .parse()
                .is_ok_and(|start: Date| day < start) =>
        {
            "It would be done before it began".to_owned()
        }
        _ => return Vec::new(),
    };
    vec![wrong("finished", message)]
}

/// A milestone: its dates agree, and it was not reached in the future.
pub(super) fn milestone(values: &Values, around: &Around) -> Vec<FieldError> {
    let mut errors = dates(values, around);
    let reached: Option<Date> = values.get("reached").parse().ok();
    if let (Some(reached), Some(today)) = (reached, around.today)
        && reached > today
    {
        errors.push(wrong(
            "reached",
            "The day on which it was reached is still to come",
        ));
    }
    errors.extend(before_programme(values, around, &["reached"]));
    errors
}

/// The day is in the month where both are given, and neither is before the programme.
fn dates(values: &Values, around: &Around) -> Vec<FieldError> {
    let when = match when_of(values) {
        Ok(Some(when)) => when,
        Ok(None) => return Vec::new(),
        Err(error) => return vec![error],
    };
    let field = if when.is_month() { "month" } else { "day" };
    match programme_begins(around) {
        Some(begins) if when.last() < begins => vec![wrong(field, too_early(begins))],
        _ => Vec::new(),
    }
}

/// A dependency: between two activities, in whole days, and no circle with those that are there.
pub(super) fn dependency(values: &Values, around: &Around) -> Vec<FieldError> {
    let lag = values.get("lag");
    if !lag.is_empty() && lag.parse::<i32>().is_err() {
        return vec![wrong("lag", "Give whole days, such as 5 or -5")];
    }
    let number = |field: &str| values.get(field).parse::<i64>().ok();
    let (Some(before), Some(after)) = (number("before"), number("after")) else {
        return Vec::new();
    };
    if before == after {
        return vec![wrong("after", "An activity cannot wait for itself")];
    }
    let others = around
        .of_kind(DEPENDENCY.name)
        .filter(|entry| around.of != Some(entry.id));
    let mut links: Vec<Link> = others.filter_map(link).collect();
    links.push(Link {
        before,
        after,
        lag: 0,
    });
    let numbers = links.iter().flat_map(|link| [link.before, link.after]);
    let tasks: BTreeMap<i64, Task> = numbers
        .map(|number| {
            let task = Task {
                number,
                days: 0,
                not_before: None,
                finished: None,
            };
            (number, task)
        })
        .collect();
    let tasks: Vec<Task> = tasks.into_values().collect();
    match schedule(Date::MIN, &tasks, &links) {
        Err(NetworkError::Cycle(circle)) => vec![wrong(
            "after",
            format!(
                "Each would wait for the one before, and the first for the last: {}",
                in_order(&circle)
            ),
        )],
        _ => Vec::new(),
    }
}

/// `AC1, AC4, AC1`: a circle as people say it.
pub(super) fn in_order(circle: &[i64]) -> String {
    let all: Vec<String> = circle
        .iter()
        .chain(circle.first())
        .map(|number| format!("{}{number}", ACTIVITY.prefix))
        .collect();
    all.join(", ")
}

fn link(entry: &Entry) -> Option<Link> {
    Some(Link {
        before: entry.get("before").parse().ok()?,
        after: entry.get("after").parse().ok()?,
        lag: 0,
    })
}
