//! Short ways to write plans.

use jiff::{SignedDuration, civil::date};
use stour_kernel::Date;
use stour_planning::{Activity, Dependency, Due, Link, Nature, Qualifier, Task};

/// The day so many days after 1 January 2024.
pub(crate) fn at(days: i64) -> Date {
    date(2024, 1, 1).saturating_add(SignedDuration::from_hours(days * 24))
}

/// How many days a day is after 1 January 2024.
pub(crate) fn since(day: Date) -> i64 {
    date(2024, 1, 1).duration_until(day).as_hours() / 24
}

pub(crate) fn task(number: i64, days: u32) -> Task {
    Task {
        number,
        days,
        not_before: None,
        finished: None,
    }
}

pub(crate) fn link(before: i64, after: i64) -> Link {
    Link {
        before,
        after,
        lag: 0,
    }
}

pub(crate) fn activity(number: i64, when: &str, qualifier: Qualifier) -> Activity {
    Activity {
        number,
        due: Some(Due {
            when: when.parse().unwrap(),
            qualifier,
        }),
        responsible: vec!["Board".to_owned()],
        ..Activity::default()
    }
}

pub(crate) fn by(number: i64, when: &str) -> Activity {
    activity(number, when, Qualifier::By)
}

pub(crate) fn waits(before: i64, after: i64) -> Dependency {
    Dependency {
        before,
        after,
        lag: 0,
        nature: Nature::Order,
    }
}
