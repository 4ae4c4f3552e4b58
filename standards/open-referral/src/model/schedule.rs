//! When a service is open, as it is said. What it means is in [`opening`](crate::opening).

use std::num::NonZeroU16;

use jiff::civil::Time;
use stour_kernel::Date;

use super::record::entity;
use crate::value::{ByDay, ByMonthDay, Frequency, Text, Uuid, WebAddress, Weekday};

entity! {
    /// When something is open (schema `schedule`): a rule of repetition by RFC 5545, and hours.
    pub struct Schedule {
        required {
            /// The entry.
            id: Uuid,
        }
        optional {
            /// Of which service.
            service_id: Uuid,
            /// Of which service at which place.
            service_at_location_id: Uuid,
            /// From which day this is so.
            valid_from: Date,
            /// Up to which day this is so.
            valid_to: Date,
            /// From which day repetitions are counted.
            dtstart: Date,
            /// The last day on which it may repeat (HSDS).
            until: Date,
            /// How many times it repeats (HSDS).
            count: NonZeroU16,
            /// On which day a week begins, Monday where nothing is said (HSDS).
            wkst: Weekday,
            /// How it repeats.
            freq: Frequency,
            /// Every how many weeks or months.
            interval: NonZeroU16,
            /// On which days of the week.
            byday: ByDay,
            /// On which days of the month.
            bymonthday: ByMonthDay,
            /// That it is closed on these days, whatever other entries say (beyond the standard).
            closed: bool,
            /// All of it in words.
            description: Text,
            /// When it opens.
            opens_at: Time,
            /// When it closes; not after it opens means on the next day.
            closes_at: Time,
            /// A page about it.
            schedule_link: WebAddress,
            /// Whether one goes there or is called.
            attending_type: Text,
            /// More about it.
            notes: Text,
        }
        one {}
        many {}
    }
}
