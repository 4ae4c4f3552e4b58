//! What was counted a moment ago. Over a county a year's audit takes seconds of a processor, and nothing in it turns on minutes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use stour_database::Transaction;
use stour_facts::last_change;
use stour_kernel::Timestamp;

use super::period::Period;
use super::review::reviews_kept;
use super::tally::{Counted, counted};
use crate::error::FlowError;

/// What takes less is counted again for whoever asks, once anything has changed.
pub(super) const LONG: Duration = Duration::from_millis(500);
/// For how long what took longer is shown although something has changed since.
pub(super) const MINUTES: i64 = 10;
/// How many periods are kept: one of a county is some tens of megabytes.
const PERIODS: usize = 2;

/// How far the log of facts and the reviews have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Marks {
    facts: i64,
    reviews: i64,
}

/// What was counted, and when.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) counted: Arc<Counted>,
    pub(super) at: Timestamp,
    of: Marks,
    took: Duration,
}

impl Kept {
    /// Whether it may still be shown.
    fn stands(&self, marks: Marks, now: Timestamp) -> bool {
        let seconds = now.as_second() - self.at.as_second();
        let is_recent = (0..60 * MINUTES).contains(&seconds);
        self.of == marks || (self.of.reviews == marks.reviews && self.took >= LONG && is_recent)
    }
}

#[derive(Debug, Default)]
struct Memory(Mutex<BTreeMap<Period, Kept>>);

impl Memory {
    fn get(&self, period: Period) -> Option<Kept> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&period).cloned()
    }

    fn keep(&self, period: Period, kept: &Kept) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(period, kept.clone());
        while all.len() > PERIODS {
            let oldest = all.iter().min_by_key(|(_, kept)| kept.at);
            let Some(oldest) = oldest.map(|(period, _)| *period) else {
                return;
            };
            all.remove(&oldest);
        }
    }
}

/// The admissions of a period, counted now or kept from a count that stands. A transaction that reads gives its own.
///
/// # Errors
/// Those of [`counted`].
pub(super) fn counted_lately(
    tx: &mut Transaction<'_>,
    period: Period,
    now: Timestamp,
) -> Result<Kept, FlowError> {
    let memory = tx.companion::<Memory>();
    let of = Marks {
        facts: last_change(tx)?,
        reviews: reviews_kept(tx)?,
    };
    if let Some(kept) = memory.get(period).filter(|kept| kept.stands(of, now)) {
        return Ok(kept);
    }
    let began = Instant::now();
    let counted = Arc::new(counted(tx, period)?);
    let kept = Kept {
        counted,
        at: now,
        of,
        took: began.elapsed(),
    };
    memory.keep(period, &kept);
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_510_800 + second).unwrap()
    }

    fn kept(took: Duration, month: &str) -> Kept {
        let today = "2026-11-24".parse().unwrap();
        let period = Period::ending(month, today).unwrap();
        let counted = Counted {
            period,
            seen: Vec::new(),
            practices: BTreeMap::new(),
            whole: super::super::tally::Tally::default(),
            groups: Vec::new(),
        };
        let of = Marks {
            facts: 7,
            reviews: 2,
        };
        let at = at(0);
        Kept {
            counted: Arc::new(counted),
            at,
            of,
            took,
        }
    }

    #[test]
    fn what_took_long_is_shown_for_ten_minutes_and_a_review_counts_at_once() {
        let (short, long) = (LONG.saturating_sub(Duration::from_millis(1)), LONG);
        let stands = |took, facts, reviews, after: i64| {
            let now = at(after);
            kept(took, "2026-10").stands(Marks { facts, reviews }, now)
        };
        assert!(
            stands(short, 7, 2, 0) && stands(short, 7, 2, 86_400),
            "nothing has changed"
        );
        assert!(!stands(short, 8, 2, 0), "it costs little to count again");
        assert!(stands(long, 8, 2, 0) && stands(long, 8, 2, 599));
        assert!(!stands(long, 8, 2, 600), "too old");
        assert!(!stands(long, 8, 2, -1), "the clock went back");
        assert!(!stands(long, 8, 3, 1), "somebody has reviewed an admission");
    }

    #[test]
    fn the_latest_periods_are_kept_and_no_more() {
        let memory = Memory::default();
        let mut periods = Vec::new();
        for (second, month) in [(0, "2026-10"), (1, "2026-08"), (2, "2026-09")] {
            let mut one = kept(LONG, month);
            one.at = at(second);
            periods.push(one.counted.period);
            memory.keep(one.counted.period, &one);
        }
        let held: Vec<bool> = periods
            .iter()
            .map(|one| memory.get(*one).is_some())
            .collect();
        assert_eq!(held, [false, true, true]);
    }
}
