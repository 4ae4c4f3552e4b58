//! Programmes with benefits, made by hand for tests.

use stour_design::chart::Unit;
use stour_kernel::{Date, Environment, UserId};
use stour_outcomes::figures::{About, Course, Limits, Reading};
use stour_register::{Around, Author, Entry, EntryId};
use stour_statistics::xmr::Direction;

use super::measured::{Beside, Measured};
use super::profile::Benefit;

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// An identifier that is always the same for a name and number.
pub(super) fn id(kind: &str, number: i64) -> EntryId {
    let sum: u64 = kind.bytes().map(u64::from).sum();
    let last = sum * 1_000 + number.unsigned_abs();
    format!("01900000-0000-7000-8000-{last:012x}")
        .parse()
        .unwrap()
}

pub(super) fn user(number: u64) -> UserId {
    format!("01900000-0000-7000-9000-{number:012x}")
        .parse()
        .unwrap()
}

/// An entry that is in force, written by the first user.
pub(super) fn entry(kind: &str, number: i64, fields: &[(&str, &str)]) -> Entry {
    Entry {
        id: id(kind, number),
        scope: "test".to_owned(),
        kind: kind.to_owned(),
        number,
        version: 1,
        values: fields.iter().copied().collect(),
        removed: false,
        why: String::new(),
        by: Author {
            user: Some(user(1)),
            name: "Author".to_owned(),
            organisation: "QVV".parse().unwrap(),
        },
        at: Environment::fixed("2026-11-24T09:00:00Z").now(),
    }
}

/// A programme that began in December 2024, with these entries, on 24 November 2026.
pub(super) fn around(entries: impl IntoIterator<Item = Entry>) -> Around {
    let programme = entry("programme", 1, &[("title", "Test"), ("starts", "2024-12")]);
    let mut around = Around::new([programme].into_iter().chain(entries).collect());
    around.today = Some(day("2026-11-24"));
    around
}

/// Figures of a measure.
pub(super) fn course(figures: &[(&str, f64)]) -> Course {
    let readings = figures.iter().map(|(on, value)| Reading {
        day: day(on),
        period: (*on).to_owned(),
        value: *value,
        limits: None,
        unusual: None,
    });
    Course {
        about: About {
            title: "A measure".to_owned(),
            unit: "days".to_owned(),
            direction: Direction::Decrease,
            address: "/board/series/a/b".to_owned(),
            source: "A publisher".to_owned(),
            is_counted: false,
        },
        unit: Unit {
            decimals: 2,
            ..Unit::MEASURE
        },
        readings: readings.collect(),
        target: None,
        places: Vec::new(),
        notes: Vec::new(),
    }
}

/// The same, with limits around the last of them.
pub(super) fn limited(figures: &[(&str, f64)], lower: f64, upper: f64) -> Course {
    let mut course = course(figures);
    if let Some(last) = course.readings.last_mut() {
        last.limits = Some(Limits {
            lower,
            mean: f64::midpoint(lower, upper),
            upper,
        });
    }
    course
}

/// A benefit of a programme beside figures.
pub(super) fn measured(around: &Around, number: i64, figures: Option<Course>) -> Measured {
    let entry = around.entry("benefit", number).unwrap();
    let benefit = Benefit::read(entry, around).unwrap();
    Measured::of(benefit, figures, Beside::default(), around)
}
