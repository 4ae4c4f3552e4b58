//! Where something with a deadline stands on a day.

use stour_kernel::Date;

/// Where something that was due by a day stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Done on or before the last day.
    Met,
    /// Done this many days after the last day.
    MetLate(i32),
    /// Not done, and this many days are left; none on the last day itself.
    Running(i32),
    /// Not done, and the last day was this many days ago.
    Overdue(i32),
}

impl Standing {
    /// Where something due by `due` stands on `today`, done on a day or not yet.
    pub fn of(due: Date, done: Option<Date>, today: Date) -> Self {
        match done {
            Some(done) if done <= due => Self::Met,
            Some(done) => Self::MetLate(days(due, done)),
            None if today <= due => Self::Running(days(today, due)),
            None => Self::Overdue(days(due, today)),
        }
    }

    /// Whether somebody has something to do.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Running(_) | Self::Overdue(_))
    }
}

fn days(from: Date, until: Date) -> i32 {
    from.duration_until(until)
        .as_hours()
        .checked_div(24)
        .and_then(|days| i32::try_from(days).ok())
        .unwrap_or(i32::MAX)
}
