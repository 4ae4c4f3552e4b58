//! From when a report or a home page tells what changed.

use stour_kernel::{Date, Timestamp, london, london_date};
use stour_register::Around;
use stour_web::words::{day, moment};

use super::kinds::{Meeting, around_day};
use super::rules::Rules;

/// From when, and why from then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Since {
    /// The first day.
    pub(super) day: Date,
    /// The moment, where it was one and no whole day.
    at: Option<Timestamp>,
    /// What happened then.
    pub(super) words: String,
}

impl Since {
    /// The last meeting of a board; else the last report; else so many days ago as the rules say.
    pub(super) fn board(
        around: &Around,
        report: Option<Timestamp>,
        rules: &Rules,
        today: Date,
    ) -> Self {
        let meeting = around_day(around, today).0.as_ref().map(Self::meeting);
        meeting
            .or_else(|| report.map(Self::report))
            .unwrap_or_else(|| Self::back(rules, today))
    }

    /// The last report; else the last meeting of a board; else so many days ago as the rules say.
    pub(super) fn report_or_board(
        around: &Around,
        report: Option<Timestamp>,
        rules: &Rules,
        today: Date,
    ) -> Self {
        let meeting = || around_day(around, today).0.as_ref().map(Self::meeting);
        let report = report.map(Self::report);
        report
            .or_else(meeting)
            .unwrap_or_else(|| Self::back(rules, today))
    }

    /// A day that somebody asked for.
    pub(super) fn asked(asked: Date) -> Self {
        Self {
            day: asked,
            at: None,
            words: format!("since {}", day(asked)),
        }
    }

    fn meeting(meeting: &Meeting) -> Self {
        Self {
            day: meeting.day,
            at: None,
            words: format!(
                "since the last board ({}, {})",
                meeting.title,
                day(meeting.day)
            ),
        }
    }

    fn report(issued: Timestamp) -> Self {
        Self {
            day: london_date(issued),
            at: Some(issued),
            words: format!("since the last report ({})", moment(issued)),
        }
    }

    fn back(rules: &Rules, today: Date) -> Self {
        let begins = stour_planning::days_before(today, rules.back_days);
        Self {
            day: begins,
            at: None,
            words: format!(
                "in the last {} days, as no meeting and no report is recorded",
                rules.back_days
            ),
        }
    }

    /// The moment: of a report that in which it was issued, so that nothing is told twice; otherwise the first of the day in
    /// London, so that what was saved on the day itself is told.
    pub(super) fn moment(&self) -> Timestamp {
        self.at.unwrap_or_else(|| {
            let begins = self.day.to_zoned_datetime(london());
            begins.map_or(Timestamp::MIN, |begins| begins.timestamp())
        })
    }

    /// Whether all of the day is told of.
    pub(super) const fn is_whole_day(&self) -> bool {
        self.at.is_none()
    }
}

#[cfg(test)]
mod tests;
