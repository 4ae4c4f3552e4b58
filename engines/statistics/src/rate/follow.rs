//! Distinct people, and what happened to them afterwards.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use serde::Serialize;

use super::{Confidence, Withheld};
use crate::proportion::{self, Proportion, wilson};

/// How many different people there are among events.
pub fn distinct<P: Ord>(people: impl IntoIterator<Item = P>) -> usize {
    people
        .into_iter()
        .collect::<std::collections::BTreeSet<P>>()
        .len()
}

/// Something that happened to a person on a day, counted from any day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event<P> {
    /// The person.
    pub person: P,
    /// The day.
    pub day: i32,
}

/// How many beginnings were followed by something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Followed {
    /// Beginnings that were observed to the end of the time after them.
    pub of: u64,
    /// Those followed by an event in that time.
    pub with: u64,
    /// Beginnings too recent to say: in neither of the two.
    pub too_recent: u64,
}

impl Followed {
    /// The share that was followed by something, such as readmissions.
    ///
    /// # Errors
    /// When nothing was observed to the end, or more were followed by something than there are.
    pub fn with(&self, confidence: Confidence) -> Result<Proportion, proportion::Error> {
        wilson(self.with, self.of, confidence.get())
    }

    /// The share that was not, such as those still at home.
    ///
    /// # Errors
    /// When nothing was observed to the end, or more were followed by something than there are.
    pub fn without(&self, confidence: Confidence) -> Result<Proportion, proportion::Error> {
        let without = self.of.checked_sub(self.with);
        let without = without.ok_or(proportion::Error::MoreThanAll {
            numerator: self.with,
            denominator: self.of,
        })?;
        wilson(without, self.of, confidence.get())
    }
}

/// For each beginning, whether the same person had an event so many days after it: `1..=30` for a readmission
/// within 30 days, `1..=91` for a return within 91. A beginning whose time had not passed on the last day
/// that was observed counts in neither number, even if an event came: counting it would favour those who
/// come back.
///
/// # Errors
/// [`Withheld::NoDays`] when the days end before they begin.
pub fn followed<P: Ord>(
    beginnings: &[Event<P>],
    events: &[Event<P>],
    after: &RangeInclusive<u16>,
    observed_until: i32,
) -> Result<Followed, Withheld> {
    let (from, to) = (*after.start(), *after.end());
    if from > to {
        return Err(Withheld::NoDays { from, to });
    }
    let mut days: BTreeMap<&P, Vec<i32>> = BTreeMap::new();
    for event in events {
        days.entry(&event.person).or_default().push(event.day);
    }
    for days in days.values_mut() {
        days.sort_unstable();
    }
    let mut found = Followed {
        of: 0,
        with: 0,
        too_recent: 0,
    };
    for beginning in beginnings {
        let from = beginning.day.saturating_add(i32::from(from));
        let to = beginning.day.saturating_add(i32::from(to));
        if to > observed_until {
            found.too_recent += 1;
            continue;
        }
        found.of += 1;
        let next = days.get(&beginning.person).and_then(|days| {
            let place = days.partition_point(|day| *day < from);
            days.get(place)
        });
        found.with += u64::from(next.is_some_and(|day| *day <= to));
    }
    Ok(found)
}
