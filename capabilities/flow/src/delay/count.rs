//! People and nights by what they are lost to.

use std::collections::BTreeMap;

use jiff::ToSpan;
use stour_kernel::Date;

use crate::spell::{LostNight, Spell};

/// How many days the longer of the two counts of nights goes back, and the shorter.
pub(super) const LONG: i64 = 28;
pub(super) const SHORT: i64 = 7;

/// What one reason holds up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Held {
    /// People who wait for it now.
    pub(super) now: u32,
    /// Nights lost to it in the last 7 days.
    pub(super) week: u32,
    /// Nights lost to it in the last 28 days.
    pub(super) month: u32,
}

impl Held {
    fn add(&mut self, other: Self) {
        self.now += other.now;
        self.week += other.week;
        self.month += other.month;
    }
}

/// By reason: a code of the list `delay-reason`, or none where no reason was said.
pub(super) type ByReason = BTreeMap<Option<String>, Held>;

/// The first day of so many that end yesterday: the night of today is not over.
pub(super) fn first_of(days: i64, today: Date) -> Date {
    today.checked_sub(days.days()).unwrap_or(today)
}

/// Counts stays that go on and nights that were lost.
pub(super) fn by_reason<'s>(
    stays: impl IntoIterator<Item = &'s Spell>,
    nights: impl IntoIterator<Item = &'s LostNight>,
    today: Date,
) -> ByReason {
    let mut counts = ByReason::new();
    let ready = stays
        .into_iter()
        .filter_map(|spell| spell.review.as_ref())
        .filter(|review| !review.meets);
    for review in ready {
        let now = Held {
            now: 1,
            ..Held::default()
        };
        counts
            .entry(Some(review.because.clone()))
            .or_default()
            .add(now);
    }
    let (week, month) = (first_of(SHORT, today), first_of(LONG, today));
    for night in nights {
        let lost = Held {
            now: 0,
            week: u32::from(night.of >= week && night.of < today),
            month: u32::from(night.of >= month && night.of < today),
        };
        counts.entry(night.reason.clone()).or_default().add(lost);
    }
    counts.retain(|_, held| *held != Held::default());
    counts
}

/// All reasons together.
pub(super) fn total(counts: &ByReason) -> Held {
    let mut all = Held::default();
    for held in counts.values() {
        all.add(*held);
    }
    all
}
