//! What moved between two states of a plan.

use std::collections::BTreeMap;

use stour_kernel::Date;

use crate::{Activity, Due, day};

/// What became of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// It was not there before.
    Added,
    /// It is no longer there.
    Removed,
    /// Its date is as it was.
    None,
    /// Its date moved by so many days from one last day to the other: later when positive. Nought where only its
    /// precision or what happens then changed.
    Moved(i64),
    /// It had no date and has one now.
    Dated,
    /// It had a date and has none now.
    Undated,
}

/// What became of each activity, by number. Days are counted between the dates by which or at which something is due; of
/// what has no such date, between the days on which it ends, or begins where nobody said how long it takes.
pub fn slips(was: &[Activity], is: &[Activity]) -> BTreeMap<i64, Slip> {
    let by_number = |all: &[Activity]| -> BTreeMap<i64, Stands> {
        all.iter()
            .map(|one| (one.number, Stands::of(one)))
            .collect()
    };
    let (was, is) = (by_number(was), by_number(is));
    let mut slips: BTreeMap<i64, Slip> =
        was.keys().map(|number| (*number, Slip::Removed)).collect();
    for (number, now) in is {
        let slip = was
            .get(&number)
            .map_or(Slip::Added, |before| before.became(now));
        slips.insert(number, slip);
    }
    slips
}

/// Where an activity stands in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stands {
    due: Option<Due>,
    last: Option<Date>,
}

impl Stands {
    fn of(activity: &Activity) -> Self {
        Self {
            due: activity.due,
            last: activity.last_known_day(),
        }
    }

    fn became(self, now: Self) -> Slip {
        if self == now {
            return Slip::None;
        }
        match (self.last, now.last) {
            (Some(before), Some(now)) => Slip::Moved(day::number(now) - day::number(before)),
            (None, Some(_)) => Slip::Dated,
            (Some(_), None) => Slip::Undated,
            (None, None) => Slip::None,
        }
    }
}
