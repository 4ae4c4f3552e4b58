//! What a plan is made of.

use stour_kernel::Date;

use crate::{Task, When, day};

/// What happens at the date of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// It is done by then.
    By,
    /// It begins then, and ends some time after.
    Commencing,
    /// It begins then and goes on.
    Onwards,
}

/// A date and what happens then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Due {
    /// The date.
    pub when: When,
    /// What happens then.
    pub qualifier: Qualifier,
}

/// Something to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Activity {
    /// What people call it: 8 of "activity 8".
    pub number: i64,
    /// When; `None` when nobody said.
    pub due: Option<Due>,
    /// The day it begins, where that was said beside the date or is known.
    pub start: Option<Date>,
    /// How many days it takes; `None` when nobody said.
    pub days: Option<u32>,
    /// The day it was done, once it was.
    pub finished: Option<Date>,
    /// What is left of it, where somebody says how far it has got.
    pub left: Option<Left>,
    /// Who is responsible: boards, roles, organisations.
    pub responsible: Vec<String>,
}

/// What is left to do of something that is not done: nothing of it can be done before that day any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// The day on which that is so.
    pub from: Date,
    /// How many days it still takes.
    pub days: u32,
}

/// Why one activity comes before another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// One simply needs the other.
    Order,
    /// The first drafts what the second issues.
    DraftThenIssue,
    /// The first sets up who governs what the second puts in place.
    GovernanceFirst,
}

/// An activity that can begin only after another is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dependency {
    /// The one that comes first.
    pub before: i64,
    /// The one that waits.
    pub after: i64,
    /// Days between the two; negative where they may overlap.
    pub lag: i32,
    /// Why.
    pub nature: Nature,
}

/// That somebody is in place only once an activity is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Who, as [`Activity::responsible`] names them.
    pub owner: String,
    /// The activity that appoints them, or whoever they need to act.
    pub by: i64,
}

impl Activity {
    /// The last day on which it can begin and keep to its own dates.
    pub(crate) fn latest_start(&self) -> Option<Date> {
        if self.start.is_some() {
            return self.start;
        }
        let Due { when, qualifier } = self.due?;
        let taken = match (qualifier, self.days) {
            (Qualifier::By, Some(days)) => i64::from(days.saturating_sub(1)),
            _ => 0,
        };
        Some(day::plus(when.last(), -taken))
    }

    /// Whether somebody said that it takes days.
    pub(crate) fn takes_days(&self) -> bool {
        self.days.is_some_and(|days| days > 0)
    }

    /// Whether it has a first day of its own; of what is only to be done by a date nobody said how long it takes.
    pub(crate) fn needs_its_first_day(&self) -> bool {
        let is_by = self.due.is_some_and(|due| due.qualifier == Qualifier::By);
        self.takes_days() || self.start.is_some() || !is_by
    }

    /// The last day that its date can be, or where it has none, the day on which it ends or begins as far as that was said.
    pub(crate) fn last_known_day(&self) -> Option<Date> {
        let by_start = || Some(day::last_day(self.start?, self.days.unwrap_or(0)));
        self.latest_due().or_else(by_start)
    }

    /// The first day on which it can be done by its own dates. A month says that it is done in that month, and not
    /// in one before.
    pub(crate) fn earliest_end(&self) -> Option<Date> {
        if self.finished.is_some() {
            return self.finished;
        }
        let taken = i64::from(self.days.unwrap_or(0).saturating_sub(1));
        let by_start = self.start.map(|start| day::plus(start, taken));
        let by_due = self.due.map(|due| match due.qualifier {
            Qualifier::By => due.when.first(),
            Qualifier::Commencing | Qualifier::Onwards => day::plus(due.when.first(), taken),
        });
        by_start.max(by_due)
    }

    /// The last day that its date can be.
    pub(crate) fn latest_due(&self) -> Option<Date> {
        self.due.map(|due| due.when.last())
    }

    /// The last day by which it is to be done; none for what only begins at its date.
    pub fn deadline(&self) -> Option<Date> {
        let due = self.due.filter(|due| due.qualifier == Qualifier::By)?;
        Some(due.when.last())
    }

    /// Whether its date has passed and it is not done: of what goes on from a date, only the beginning has passed,
    /// which is not overdue.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.finished.is_none() && self.deadline().is_some_and(|deadline| deadline < today)
    }

    /// How many days it is overdue; 0 when it is not.
    pub fn days_overdue(&self, today: Date) -> i64 {
        match self.deadline() {
            Some(deadline) if self.is_overdue(today) => day::number(today) - day::number(deadline),
            _ => 0,
        }
    }
}

impl Activity {
    /// The first day on which it may begin by what was said of it alone: its start, or the date at which it is to
    /// begin.
    pub fn begins_by_its_date(&self) -> Option<Date> {
        let by_due = self.due.filter(|due| due.qualifier != Qualifier::By);
        self.start.or_else(|| by_due.map(|due| due.when.first()))
    }

    /// The activity as a task: what was done where it was done, and what is left of what is not. One that does not say how
    /// long it takes stands at the first day of its own date when `at_its_date`; otherwise its date by which it is to be
    /// done keeps it from nothing.
    pub fn task(&self, at_its_date: bool) -> Task {
        let is_pinned = at_its_date && self.days.is_none();
        let pinned = self.due.filter(|_| is_pinned).map(|due| due.when.first());
        let begins = self.begins_by_its_date().or(pinned);
        let left = self.left.filter(|_| self.finished.is_none());
        Task {
            number: self.number,
            days: left.map_or(self.days.unwrap_or(0), |left| left.days),
            not_before: begins.max(left.map(|left| left.from)),
            finished: self.finished,
        }
    }
}
